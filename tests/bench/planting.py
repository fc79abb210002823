"""Returns in which something goes wrong: one slip, two, or what is no slip of this return at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from random import Random

from schemas.rules.terms import Ref
from tests.bench.mistakes import LOOKED_FOR, SLIPS
from tests.bench.worlds import YEAR_TO_DATE, Return, World

TWO, TWO_NEAR, NOTHING = "two slips", "two in one balance", "nothing wrong"
ELSEWHERE = GAP, REGISTER, BEFORE = "true difference", "item not in register", "slip the month before"
KINDS = (*SLIPS, TWO, TWO_NEAR, *ELSEWHERE, NOTHING)


@dataclass(frozen=True)
class Case:
    """A return in which something was planted: of what kind, in which cells."""

    kind: str
    sound: Return
    values: Return
    month: int
    wrong: frozenset[Ref]


@dataclass(frozen=True)
class Planter:
    """Plants in a world's returns. ``computed``: on our form, where what is typed runs on in totals and 本年累计.

    There a slip is in an input of the month or in a total typed over; else in any cell, and in that alone.
    """

    world: World
    random: Random
    computed: bool

    def cases(self, kind: str, count: int) -> Iterator[Case]:
        """Returns with one slip of a kind; with two slips, with a true difference, or with nothing at all."""
        for _ in range(count if self._possible(kind) else 0):
            wrong, values = None, {}
            while wrong is None:
                sound, month = self.random.choice(self.world.sound)
                values = dict(sound)
                wrong = self._plant(kind, values)
            yield Case(kind, sound, values, month, frozenset(wrong))

    def _possible(self, kind: str) -> bool:
        """Overlapping channels have no gap; where nothing else is known, nothing else can be wrong."""
        return not (self.world.overlap if kind == GAP else self.world.bare and kind in ELSEWHERE)

    def _plant(self, kind: str, values: Return) -> list[Ref] | None:
        if kind in SLIPS:
            return self._one(kind, values, self._cells(values))
        if kind == NOTHING:
            return []
        if kind in ELSEWHERE:
            return {GAP: self._gap, REGISTER: self._register, BEFORE: self._before}[kind](values)
        first = self._one(self.random.choice(LOOKED_FOR), values, self._cells(values))
        near = self._near(first[0]) if first and kind == TWO_NEAR else self._cells(values)
        second = first and self._one(self.random.choice(LOOKED_FOR), values, [r for r in near if r not in first])
        return first + second if second else None

    def _one(self, kind: str, values: Return, cells: list[Ref]) -> list[Ref] | None:
        self.random.shuffle(cells)
        for ref in cells:
            right = values.get(ref)
            if right is not None and right >= 0:
                found = sorted({*SLIPS[kind](self.world, self.random, ref, values)} - {right})
                if found:
                    self._type(ref, self.random.choice(found), values, self.computed)
                    return [ref]
        return None

    def _cells(self, values: Return) -> list[Ref]:
        there = [(e, m) for e in self.world.form.entries.values() if not e.derived for m in e.measures]
        return [Ref(e.table, e.code, m) for e, m in there if m == "month" or not self.computed]

    def _near(self, ref: Ref) -> list[Ref]:
        """The cells that share a balance with one."""
        shared = [s for s in self.world.statements if ref in s.refs and s.claim.operator == "="]
        found = {r for s in shared for r in s.refs if not r.shift and not self.world.form.entry(r).derived}
        return sorted(r for r in found if r.measure == "month" or not self.computed)

    def _type(self, ref: Ref, new: int, values: Return, computed: bool) -> None:
        delta, entry = new - (values[ref] or 0), self.world.form.entry(ref)
        values[ref] = new
        if not computed or entry.is_total:
            return
        totals = [e for e in self.world.form.table(ref.table) if ref.line in e.parts]
        follow = [Ref(e.table, e.code, measure) for e in totals for measure in e.measures]
        follow += [Ref(ref.table, ref.line, YEAR_TO_DATE)] if YEAR_TO_DATE in entry.measures else []
        for other in follow:
            values[other] = (values[other] or 0) + delta

    def _gap(self, values: Return) -> list[Ref] | None:
        """Up to three items have no channel, truly: the register says so too."""
        _, channels = self.world.partition
        able = [ref for ref in channels if values[ref]]
        if not able:
            return None
        ref = self.random.choice(able)
        left = max(0, (values[ref] or 0) - self.random.randint(1, 3))
        self._type(ref, left, values, computed=True)
        values.update({count: left for count, side in self.world.counts if side.refs == (ref,)})
        return []

    def _register(self, values: Return) -> list[Ref] | None:
        """One item is missing in the register: in its rows, its category and its channel."""
        by_block = groupby(self.world.counts, key=lambda count: self.world.form.entry(count[0]).block)
        for counts in [[ref for ref, _ in group if values[ref]] for _, group in by_block]:
            if not counts:
                return None
            ref = self.random.choice(counts)
            values[ref] = (values[ref] or 0) - 1
        return []

    def _before(self, values: Return) -> list[Ref] | None:
        """A slip that stands in the cumulative figures of the month before, and in their totals."""
        cells = [ref for ref in values if ref.shift and ref.measure == YEAR_TO_DATE]
        self.random.shuffle(cells)
        kind = self.random.choice(LOOKED_FOR)
        for ref in cells:
            if found := sorted({*SLIPS[kind](self.world, self.random, ref, values)} - {values[ref]}):
                new = self.random.choice(found)
                totals = [e for e in self.world.form.table(ref.table) if ref.line in e.parts]
                for other in (Ref(e.table, e.code, YEAR_TO_DATE, ref.shift) for e in totals):
                    values[other] = (values[other] or 0) + new - (values[ref] or 0)
                values[ref] = new
                return [ref]
        return None
