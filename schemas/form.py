"""A form: an edition bound to an office's code lists, with every rule bound to its lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from schemas.agreement import Meeting, reading_of, rules_of
from schemas.bound import statements_of
from schemas.codes import Code
from schemas.document import Root
from schemas.edition import Address, Agreement, Edition, Rule
from schemas.entries import Duties, entries_of
from schemas.entry import Entry
from schemas.listed import Listed
from schemas.mistake import nearest
from schemas.quantity import Quantity
from schemas.rules.bind import apart, bind_expression, quantity_of, together
from schemas.rules.parse import Misspelt, parse_expression
from schemas.rules.terms import DAYS, ITEM, Linear, Ref, Selection, Statement

Keys = frozenset[tuple[str, str]]  # lines by table and code


@dataclass(frozen=True)
class Form:
    """The lines and bound rules of an edition: of all months and units together, or as one template asks them.

    ``roots`` say where each part of it stood first (schemas.lineage); ``brought`` is what other editions change in its
    lines where their numbers stand beside its own (schemas.crosswalk): what they are counted in, when they were not
    asked. ``files`` are what it was read from.
    """

    edition: Edition
    codes: Mapping[str, tuple[Code, ...]]
    duties: Duties
    asked: Keys | None = None
    month: str | None = None
    made_from: "Form | None" = field(default=None, repr=False, compare=False)
    roots: Mapping[Address, Root] = field(default_factory=dict, repr=False, compare=False)
    files: tuple[Path, ...] = field(default=(), repr=False, compare=False)
    brought: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict, repr=False)
    _lists: dict[tuple[str, str], Listed] = field(default_factory=dict, init=False, repr=False, compare=False)
    _entries: dict[str | None, tuple[Entry, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _months: dict[str, tuple[Keys, list[Entry]]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _templates: dict[tuple[str, Keys], "Form"] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def entries(self) -> dict[tuple[str, str], Entry]:
        """The lines in printed order, by table and code."""
        every = {(e.table, e.code): e for e in self.whole.entries_in(self.month)}
        changed = {key: replace(every[key], **change) for key, change in self.brought.items() if key in every}
        return {key: entry for key, entry in (every | changed).items() if self.asked is None or key in self.asked}

    def entries_in(self, month: str | None) -> Sequence[Entry]:
        """The lines of a month, or of all months together, whoever is asked for them; made once."""
        if month not in self._entries:
            self._entries[month] = tuple(entries_of(self.edition, self.codes, self.duties, month))
        return self._entries[month]

    @property
    def lists(self) -> Mapping[str, tuple[Code, ...]]:
        """The office's code lists, and those of the edition itself."""
        return {**self.codes, **self.edition.lists}

    @cached_property
    def filled_in(self) -> tuple[tuple[Entry, tuple[Ref, ...]], ...]:
        """The lines that stand in the form, each with its numbers; what is counted from registers does not."""
        there = (entry for entry in self.entries.values() if not entry.derived)
        return tuple((e, tuple(Ref(e.table, e.code, measure) for measure in e.measures)) for e in there)

    @cached_property
    def named(self) -> dict[tuple[str, str], Entry]:
        """Everything that a rule may speak of, to be named in sentences: the lines, and the fields of registers."""
        fields = [(table.id, field) for table in self.edition.tables for field in table.fields]
        return {(table, f.code): Entry(table, f.code, f.name, DAYS, derived=True) for table, f in fields} | self.entries

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every rule and agreement in use as statements about one return and the months before it.

        In a template's form, what it does not ask counts nothing, and is not answered for. Rules on trial are none of
        them: no template shows them and no number is suspected by them.
        """
        if self.asked is not None:
            whole = self.whole.statements
            return tuple(self._asked(s) for s in whole if s.scope == "row" or (s.at.table, s.at.line) in self.entries)
        agreed = (rule for agreement in self.edition.agreements for rule in rules_of(agreement, self.edition))
        return self.bind((*(rule for rule in self.edition.rules if not rule.trial), *agreed))

    @cached_property
    def judged(self) -> tuple[Statement, ...]:
        """What returns are judged by: the statements in use, then those of the rules on trial (level "trial")."""
        return (*self.statements, *self.bind(rule for rule in self.edition.rules if rule.trial))

    @property
    def whole(self) -> "Form":
        """The form of all months and units together."""
        return self.made_from or self

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """The agreements within a return or between its months, part by part where they say so."""
        return tuple(
            Meeting(
                agreement,
                left,
                right,
                quantity,
                apart(agreement.tolerance, left, quantity, self.quantity_at),
                overlap=not agreement.each and reading_of(agreement, self.edition) == "overlap",
            )
            for agreement in self.edition.agreements
            if agreement.mode == "equal"
            for quantity, (left, right) in map(self.together, self._sides(agreement))
        )

    def of(self, month: str, unit: str | None = None) -> "Form":
        """The form as a month's template asks it of a unit; bound once for all units that are asked the same."""
        if month not in self._months:
            there = [e for e in self.entries_in(month) if e.asked(month)]
            every = frozenset((e.table, e.code) for e in there if e.asked_of is None)
            self._months[month] = every, [e for e in there if e.asked_of is not None]
        every, some = self._months[month]
        own = frozenset((e.table, e.code) for e in some if e.asked(month, unit))
        if (month, own) not in self._templates:
            self._templates[month, own] = Form(self.edition, self.codes, self.duties, every | own, month, self.whole)
        return self._templates[month, own]

    def table(self, table: str) -> tuple[Entry, ...]:
        """The lines of one table."""
        return self._tables.get(table, ())

    @cached_property
    def _tables(self) -> dict[str, tuple[Entry, ...]]:
        names = dict.fromkeys(table for table, _ in self.entries)
        return {name: tuple(e for e in self.entries.values() if e.table == name) for name in names}

    def entry(self, ref: Ref) -> Entry:
        """The line that a reference names."""
        return self.entries[ref.table, ref.line]

    def leaves(self, ref: Ref) -> tuple[str, ...]:
        """The codes of what is filled in for a line: its own, or those of everything that makes its sum."""
        parts = self.entry(ref).parts
        every = (code for part in parts for code in self.leaves(Ref(ref.table, part)))
        return tuple(dict.fromkeys(every)) if parts else (ref.line,)

    def asks(self, linear: Linear, months: Iterable[str]) -> bool:
        """Whether each line of a sum is asked of anybody in one of these months."""
        asked = set(months)
        return all(any(self.entry(ref).asked(month) for month in asked) for ref in linear.refs)

    def expression(self, text: str) -> tuple[Linear, ...]:
        """The sums that an expression of the edition stands for. Raises Misspelt."""
        return bind_expression(parse_expression(text), self.select, self.quantity_at)

    def quantity(self, *sums: Linear) -> Quantity:
        """What sums are counted in, or several are added and compared in. Raises Misspelt of unlike units."""
        return quantity_of(sums, self.quantity_at)

    def together(self, sums: Iterable[Linear]) -> tuple[Quantity, tuple[Linear, ...]]:
        """What sums of the form are counted in together, and each in its steps. Raises Misspelt of unlike units."""
        return together(sums, self.quantity_at)

    def select(self, selection: Selection) -> tuple[Ref, ...]:
        """The lines that a selection names. Raises Misspelt with the nearest valid name."""
        tables = {table.id: table for table in self.edition.tables}
        if selection.table not in tables:
            raise Misspelt(f"没有表“{selection.table}”，{nearest(selection.table, tables)}")
        table = tables[selection.table]
        if selection.measure not in table.measures:
            known = table.measures
            raise Misspelt(f"表 {selection.table} 没有“{selection.measure}”栏，{nearest(selection.measure, known)}")
        if selection.first in {field.code for field in table.fields if field.kind == "date"}:
            if selection.last or selection.shift or selection.years:
                raise Misspelt(f"“{selection.first}”是日期栏，后面不能写 .. 或 @")
            return (Ref(selection.table, selection.first, ITEM),)
        codes = self._listed(table.id, selection.measure).select(selection)
        shift = selection.shift + selection.years * 12 // self.edition.length
        return tuple(Ref(selection.table, code, selection.measure, shift) for code in codes)

    def bind(self, rules: Iterable[Rule]) -> tuple[Statement, ...]:
        """The statements that rules make. Raises Misspelt."""
        return tuple(statement for rule in rules for statement in statements_of(rule, self))

    def bind_agreement(self, agreement: Agreement) -> tuple[Statement, ...]:
        """The statements that an agreement makes. Raises Misspelt."""
        statements = self.bind(rules_of(agreement, self.edition))
        left, right = self.expression(agreement.left), self._right(agreement)
        if agreement.each and right and len(left) != len(right):
            raise Misspelt(f"两边的行数不同（{len(left)}、{len(right)}）")
        return statements

    def numbers(self, text: str) -> tuple[Linear, ...]:
        """The sums of an annual table or the report. Raises Misspelt where they add up what is of two kinds."""
        sums = self.expression(text)
        for linear in sums:
            if any(ref.measure == ITEM for ref in linear.refs):
                raise Misspelt("日期栏不能相加")
            if any(ref.shift or ref.measure != "month" for ref in linear.refs):
                raise Misspelt("汇总表和统计稿只用本期数，不写“:”和“@”")
        return sums

    def _listed(self, table: str, measure: str) -> Listed:
        """The lines of a table that have the measure."""
        if (table, measure) not in self._lists:
            self._lists[table, measure] = Listed.of(e for e in self.table(table) if measure in e.measures)
        return self._lists[table, measure]

    def _asked(self, statement: Statement) -> Statement:
        if statement.scope == "row":
            return statement

        def side(whole: Linear) -> Linear:
            return Linear(tuple(t for t in whole.terms if (t[1].table, t[1].line) in self.entries), whole.constant)

        claim, *guards = (
            replace(c, left=side(c.left), right=side(c.right)) for c in (statement.claim, *statement.guards)
        )
        return replace(statement, claim=claim, guards=tuple(guards))

    def quantity_at(self, ref: Ref) -> Quantity:
        """What a line is counted in; dates of a register in nothing."""
        entry = self.entries.get((ref.table, ref.line))
        return entry.quantity if entry else DAYS

    def _sides(self, agreement: Agreement) -> Iterator[tuple[Linear, Linear]]:
        if agreement.each:
            yield from zip(self.expression(agreement.left), self.expression(agreement.right), strict=True)
        else:
            yield self.expression(agreement.left)[0], self.expression(f"sum({agreement.right})")[0]

    def _right(self, agreement: Agreement) -> tuple[Linear, ...]:
        """The right side of an agreement; of one with owners, none: it names the matrix of their records."""
        if agreement.mode != "owner":
            return self.expression(agreement.right)
        records = [table.id for table in self.edition.tables if table.columns_from]
        if agreement.right not in records:
            raise Misspelt(f"没有主管单位填的表“{agreement.right}”，{nearest(agreement.right, records)}")
        return ()


def form_for(forms: Iterable[Form], month: str) -> Form | None:
    """The form of that period ("2012-07", "2012-Q3"), or None."""
    return next((form for form in forms if form.edition.covers(month)), None)
