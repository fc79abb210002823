"""A form: an edition bound to an office's code lists, with every rule checked and bound to its lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from schemas.codes import Code
from schemas.edition import EDITIONS, Agreement, Edition, Rule, read_edition
from schemas.entry import Entry, entries_of
from schemas.mistake import Mistake, nearest
from schemas.office import Office
from schemas.reading import read_text
from schemas.rules.bind import bind_expression, bind_sentence
from schemas.rules.parse import Misspelt, parse, parse_expression
from schemas.rules.terms import Claim, Linear, Ref, Selection, Statement
from schemas.toml_lines import Location, line_of


@dataclass(frozen=True)
class Meeting:
    """An agreement bound to its lines: two sums that must meet."""

    agreement: Agreement
    left: Linear
    right: Linear


@dataclass(frozen=True)
class Form:
    """The lines and bound rules of an edition, of one month or (``month`` None) of all its months together."""

    edition: Edition
    codes: Mapping[str, tuple[Code, ...]]
    month: str | None = None

    @cached_property
    def entries(self) -> dict[tuple[str, str], Entry]:
        """The lines in printed order, by table and code."""
        return {(e.table, e.code): e for e in entries_of(self.edition, self.codes, self.month)}

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every rule and agreement as statements about one return and the months before it.

        In a month's form, what it does not ask counts nothing, and is not answered for.
        """
        if self.month is not None:
            whole = Form(self.edition, self.codes).statements
            return tuple(self._asked(s) for s in whole if (s.at.table, s.at.line) in self.entries)
        agreed = (rule for agreement in self.edition.agreements for rule in self._as_rules(agreement))
        return self._bound((*self.edition.rules, *agreed))

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The agreements, bound."""
        return tuple(
            Meeting(a, self.expression(a.left)[0], self.expression(f"sum({a.right})")[0])
            for a in self.edition.agreements
        )

    @cached_property
    def _months(self) -> dict[str, "Form"]:
        return {}

    def in_month(self, month: str) -> "Form":
        """The form as that month's template asks it; bound once a month, however many returns there are."""
        if month not in self._months:
            self._months[month] = Form(self.edition, self.codes, month)
        return self._months[month]

    def table(self, table: str) -> tuple[Entry, ...]:
        """The lines of one table."""
        return tuple(e for e in self.entries.values() if e.table == table)

    def entry(self, ref: Ref) -> Entry:
        """The line that a reference names."""
        return self.entries[ref.table, ref.line]

    def expression(self, text: str) -> tuple[Linear, ...]:
        """The sums that an expression of the edition stands for. Raises Misspelt."""
        return bind_expression(parse_expression(text), self.select)

    def select(self, selection: Selection) -> tuple[Ref, ...]:
        """The lines that a selection names. Raises Misspelt with the nearest valid name."""
        tables = {table.id: table for table in self.edition.tables}
        if selection.table not in tables:
            raise Misspelt(f"没有表“{selection.table}”，{nearest(selection.table, tables)}")
        if selection.measure not in tables[selection.table].measures:
            known = tables[selection.table].measures
            raise Misspelt(f"表 {selection.table} 没有“{selection.measure}”栏，{nearest(selection.measure, known)}")
        codes = self._codes(selection)
        return tuple(Ref(selection.table, code, selection.measure, selection.shift) for code in codes)

    def _codes(self, selection: Selection) -> list[str]:
        entries = self.table(selection.table)
        if selection.first == "*":
            return [e.code for e in entries if not e.is_total]
        if selection.last is None and selection.first in {e.block for e in entries if e.block}:
            return [e.code for e in entries if e.block == selection.first and not e.is_total]
        known = [e.code for e in entries]
        for code in filter(None, (selection.first, selection.last)):
            if code not in known:
                names = known + sorted({e.block for e in entries if e.block})
                raise Misspelt(f"表 {selection.table} 没有“{code}”行，{nearest(code, names)}")
        first, last = known.index(selection.first), known.index(selection.last or selection.first)
        if last < first:
            raise Misspelt(f"“{selection.first}..{selection.last}”前后颠倒，请按表中的顺序写")
        return known[first : last + 1]

    def _asked(self, statement: Statement) -> Statement:
        def side(whole: Linear) -> Linear:
            return Linear(tuple(t for t in whole.terms if (t[1].table, t[1].line) in self.entries), whole.constant)

        claim, *guards = (Claim(side(c.left), c.operator, side(c.right)) for c in (statement.claim, *statement.guards))
        return replace(statement, claim=claim, guards=tuple(guards))

    def _bound(self, rules: Iterable[Rule]) -> tuple[Statement, ...]:
        return tuple(statement for rule in rules for statement in self._statements(rule))

    def _statements(self, rule: Rule) -> Iterator[Statement]:
        places: set[Ref] = set()
        for claim, guards in bind_sentence(parse(rule.holds), self.select):
            at = self._place(rule, claim)
            if at in places:
                raise Misspelt(f"有几行都会显示在 {at}，each part of 左边的第一项要逐行写，不写 at")
            places.add(at)
            yield Statement(rule.id, rule.level, claim, guards, at, rule.months, rule.blank, rule.ask)

    def _place(self, rule: Rule, claim: Claim) -> Ref:
        """The line where a statement shows: the one it says, or else the first on its left."""
        refs = self.expression(rule.at)[0].refs if rule.at else claim.left.refs
        if not refs:
            raise Misspelt("左边没有指标，不知道显示在哪一行，请把两边对调")
        return refs[0]

    def _as_rules(self, agreement: Agreement) -> Iterator[Rule]:
        """The agreement as rules about one return, by how the block it names is to be read."""
        names = {"id": agreement.id, "level": agreement.level, "at": agreement.at}
        if self._reading(agreement) == "partition":
            yield Rule(holds=f"{agreement.left} = sum({agreement.right})", **names)
        else:
            yield Rule(holds=f"{agreement.left} <= sum({agreement.right})", **names)
            yield Rule(holds=f"each part of {agreement.right} <= {agreement.left}", **{**names, "at": ""})

    def _reading(self, agreement: Agreement) -> str:
        blocks = {f"{t.id}.{b.id}": b.reading for t in self.edition.tables for b in t.blocks}
        return blocks.get(agreement.right, "partition")


def read_form(name: str, office: Office, folder: Path = EDITIONS) -> Form:
    """The edition of that id, bound to the office's codes and checked through. Raises Mistake with file and line."""
    if not (folder / f"{name}.toml").exists():
        known = sorted(path.stem for path in folder.glob("*.toml"))
        path = office.folder / "office.toml"
        raise Mistake(path, line_of(read_text(path), ("editions",)), f"没有表式“{name}”，{nearest(name, known)}。")
    edition = read_edition(name, folder)
    for location, what in _mistakes(edition, office):
        path = folder / f"{name}.toml"
        raise Mistake(path, line_of(read_text(path), location), what + "。")
    return Form(edition, office.codes)


def _mistakes(edition: Edition, office: Office) -> Iterator[tuple[Location, str]]:
    """Everything in an edition that a reader of its TOML alone cannot see is wrong, in the order of the file."""
    for t, table in enumerate(edition.tables):
        for b, block in enumerate(table.blocks):
            if block.codes not in office.codes:
                yield ("table", t, "block", b), f"没有代码表“{block.codes}”，{nearest(block.codes, office.codes)}"
    form = Form(edition, office.codes)
    yield from _doubles(form)
    for location, text, bind in _sentences(form):
        try:
            bind()
        except Misspelt as error:
            yield location, f"“{text}”：{error}"


def _doubles(form: Form) -> Iterator[tuple[Location, str]]:
    """Lines and rules that stand twice, and parents that do not exist."""
    for t, table in enumerate(form.edition.tables):
        codes = [entry.code for entry in entries_of(form.edition, form.codes, None) if entry.table == table.id]
        earlier = codes[: len(codes) - len(table.lines)]
        for n, line in enumerate(table.lines):
            if line.code in earlier:
                yield ("table", t, "line", n), f"表 {table.id} 的代码“{line.code}”出现了两次"
            if line.parent and line.parent not in codes:
                yield ("table", t, "line", n), f"上级行“{line.parent}”不存在，{nearest(line.parent, codes)}"
            earlier.append(line.code)
    seen: set[str] = set()
    ids = {"rule": [rule.id for rule in form.edition.rules], "agreement": [a.id for a in form.edition.agreements]}
    for key, number, name in ((key, n, name) for key, names in ids.items() for n, name in enumerate(names)):
        if name in seen:
            yield (key, number, "id"), f"编号“{name}”出现了两次"
        seen.add(name)


def _sentences(form: Form) -> Iterator[tuple[Location, str, Callable[[], object]]]:
    """Every text of the edition that is written in the rule language, with what must succeed."""
    edition = form.edition
    for n, rule in enumerate(edition.rules):
        if rule.at:
            yield ("rule", n, "at"), rule.id, partial(form.expression, rule.at)
        yield ("rule", n, "holds"), rule.id, partial(form._bound, [rule])
    for n, agreement in enumerate(edition.agreements):
        for key in ("left", "right", "at"):
            yield ("agreement", n, key), agreement.id, partial(form.expression, getattr(agreement, key))
        yield ("agreement", n), agreement.id, partial(form._bound, form._as_rules(agreement))
    columns = (
        (("annual", n, "column", c), column.of)
        for n, annual in enumerate(edition.annual)
        for c, column in enumerate(annual.columns)
    )
    headline = ((("report", "headline", n), h.of) for n, h in enumerate(edition.report.headline))
    printed = ((("report", "printed", n), p.of) for n, p in enumerate(edition.report.printed))
    for location, text in (*columns, *headline, *printed):
        yield location, text, partial(form.expression, text)


def forms_of(office: Office, folder: Path = EDITIONS) -> tuple[Form, ...]:
    """The forms that the office uses."""
    return tuple(read_form(name, office, folder) for name in office.settings.editions)


def form_for(forms: Iterable[Form], month: str) -> Form | None:
    """The form that is valid in that month, or None."""
    return next((form for form in forms if month in form.edition.valid), None)
