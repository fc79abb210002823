"""A return as unknown numbers: what of it is filled in, what the form computes, and which rules are judged by it."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from pipeline.desk.edition.program import Bound, Program, Terms, Way, broken, holds
from schemas.entry import Entry
from schemas.form import Form
from schemas.rules.terms import Claim, Linear, Ref, Statement
from schemas.table import Table

WHOLE = 10_000  # the largest number that is tried, in units, beyond what the rules themselves speak of
TO_DATE = "year_to_date"

Key = tuple[str, str]
Combo = tuple[str, int, str, tuple[str, ...], tuple[str, ...]]  # items of a register: shift, table, fields, codes


@dataclass(frozen=True)
class Unknowns:
    """The numbers of a unit's return of a month (``forms`` at 0) and of the returns of earlier months (at -1, …).

    ``form`` is the whole form, ``known`` what earlier months came to, ``before`` 本年累计 of the month before where the
    template knows it (None: the unit fills in its own).
    """

    form: Form
    forms: Mapping[int, Form]
    known: Mapping[Ref, int] = field(default_factory=dict)
    before: Mapping[Key, int] | None = None

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        """Every number that stands in the forms."""
        each = ((shift, ref) for shift, form in self.forms.items() for _, refs in form.filled_in for ref in refs)
        return tuple(replace(ref, shift=shift) for shift, ref in each)

    @cached_property
    def inputs(self) -> tuple[Ref, ...]:
        """The numbers that a unit fills in."""
        own = (ref for ref in self.refs if self.form.entry(ref).is_input)
        return tuple(ref for ref in own if ref.measure != TO_DATE or ref.shift or self.before is None)

    @cached_property
    def groups(self) -> tuple[tuple[int, Table, tuple[Combo, ...]], ...]:
        """The items of each register by what is counted of them: the two crossed fields together, each other apart."""
        found = []
        for shift, form in self.forms.items():
            for table in (t for t in form.edition.tables if t.shape == "register" and form.table(t.id)):
                apart = [(f.code,) for f in table.fields if f.codes and f.code not in table.cross]
                for fields in [table.cross, *apart] if table.cross or apart else [()]:
                    codes = [self._codes(form, table, code) for code in fields]
                    found.append((shift, table, tuple(("items", shift, table.id, fields, c) for c in product(*codes))))
        return tuple(found)

    @cached_property
    def _spoken_of(self) -> int:
        """The largest number in a rule of the form."""
        claims = (claim for s in self.form.statements for claim in (s.claim, *s.guards))
        return max((abs(side.constant) for claim in claims for side in (claim.left, claim.right)), default=0)

    def judged(self) -> list[Statement]:
        """The statements in use that these returns are judged by: the month's own, then those of earlier ones."""
        return [own for shift in self.forms for own in self._judged(shift)]

    def program(self, *, computed: bool = True) -> Program:
        """What every such return satisfies; with what the form computes of it, or as if that were typed over."""
        whole = WHOLE + 2 * self._spoken_of
        program = Program({ref: whole * 10 ** self.form.entry(ref).quantity.decimals for ref in self.refs})
        program.smallest |= {ref: -whole * 10**e.quantity.decimals for ref, e in self._below}
        for _, table, combos in self.groups:
            program.largest |= dict.fromkeys(combos, whole)
            first = next(own for _, other, own in self.groups if other.id == table.id and own[0][1] == combos[0][1])
            if first is not combos:
                program.bounds.append(Bound((*((1, c) for c in combos), *((-1, c) for c in first)), 0, 0))
        if computed:
            program.bounds += self._computed()
        return program

    @property
    def _below(self) -> Iterator[tuple[Ref, Entry]]:
        """The numbers that may be less than 0."""
        entries = ((ref, self.form.entry(ref)) for ref in self.refs)
        return ((ref, entry) for ref, entry in entries if entry.least < 0)

    def held(self, statement: Statement) -> list[Way]:
        """The ways in which a statement holds: a guard is not met, or the claim is true."""
        unmet = [(way,) for guard in statement.guards for way in broken(guard, self._known)]
        return [*unmet, (holds(statement.claim, self._known),)]

    def broken(self, statement: Statement) -> list[Way]:
        """The ways in which a statement is broken: all guards are met, and the claim is not true."""
        met = tuple(holds(guard, self._known) for guard in statement.guards)
        return [(*met, way) for way in broken(statement.claim, self._known)]

    def counted(self, ref: Ref) -> Terms:
        """A count of a register as its items."""
        entry = self.form.entry(ref)
        for shift, table, combos in self.groups:
            if (shift, table.id) != (ref.shift, ref.table):
                continue
            fields, found = combos[0][3], None
            if ref.line == "rows":
                found = combos
            elif entry.row and fields == table.cross:
                found = tuple(c for c in combos if c[4] == (entry.row, entry.column))
            elif not entry.row and entry.block in fields:
                found = tuple(c for c in combos if c[4][fields.index(entry.block)] == ref.line)
            if found is not None:
                return tuple((1, combo) for combo in found)
        return ()

    def _codes(self, form: Form, table: Table, code: str) -> list[str]:
        """The codes that an item may have in a field; "" where it may be left empty."""
        asked = next(f for f in table.fields if f.code == code)
        valid = dict.fromkeys(row.code for row in self.form.codes[asked.codes] if row.valid(form.month or ""))
        return [*valid, *([] if asked.required else [""])]

    def _known(self, times: int, ref: Hashable) -> tuple[Terms, int]:
        assert isinstance(ref, Ref)  # noqa: S101  # rules speak of nothing else
        if ref in self.known:
            return (), times * self.known[ref]
        if (ref.table, ref.line) not in self.forms[ref.shift].entries:
            return (), 0
        if self.form.entry(ref).derived:
            return tuple((times * n, key) for n, key in self.counted(ref)), 0
        return ((times, ref),), 0

    def _computed(self) -> Iterator[Bound]:
        """Totals are their parts together; 本年累计 goes on from what is known."""
        for ref in self.refs:
            entry = self.form.entry(ref)
            if entry.is_total:
                there = self.forms[ref.shift].entries[ref.table, ref.line].parts
                yield Bound(((-1, ref), *((1, replace(ref, line=part)) for part in there)), 0, 0)
            elif ref.measure == TO_DATE and not ref.shift and self.before is not None:
                before = self.before.get((ref.table, ref.line), 0)
                yield Bound(((1, ref), (-1, replace(ref, measure="month"))), before, before)

    def _judged(self, shift: int) -> Iterator[Statement]:
        month = self.forms[shift].month or ""
        for whole in self.form.statements:
            if whole.scope == "row" or not whole.speaks_of(month) or (shift and whole.spans_months):
                continue
            own = _moved(whole, shift)
            if (own.at.table, own.at.line) in self.forms[shift].entries and all(map(self._is_there, own.refs)):
                yield own

    def _is_there(self, ref: Ref) -> bool:
        """Whether there is a number for it: one that is not asked is 0 of a flow, and none of anything else."""
        if ref in self.known:
            return True
        if ref.shift not in self.forms:
            return False
        return (ref.table, ref.line) in self.forms[ref.shift].entries or self.form.entry(ref).kind == "flow"


def _moved(statement: Statement, shift: int) -> Statement:
    """The statement as one about the return of an earlier month."""

    def side(linear: Linear) -> Linear:
        return replace(linear, terms=tuple((n, replace(ref, shift=ref.shift + shift)) for n, ref in linear.terms))

    if not shift:
        return statement
    claims = [Claim(side(c.left), c.operator, side(c.right), c.quantity) for c in (statement.claim, *statement.guards)]
    at = replace(statement.at, shift=shift)
    return replace(statement, claim=claims[0], guards=tuple(claims[1:]), at=at)


def apart(statements: Sequence[Statement], from_: Statement) -> list[Statement]:
    """All statements but this one."""
    return [one for one in statements if one.key != from_.key]
