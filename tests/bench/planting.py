"""What goes wrong in a sound return: the slips that are looked for, and what no single slip explains."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from schemas.rules.terms import Ref
from tests.bench.worlds import YEAR_TO_DATE, Return, World

Slip = Callable[[World, Random, Ref, Return], Iterable[int]]  # what may be written in a cell instead


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
        for _ in range(0 if kind == GAP and self.world.overlap else count):
            wrong, values = None, {}
            while wrong is None:
                sound, month = self.random.choice(self.world.sound)
                values = dict(sound)
                wrong = self._plant(kind, values)
            yield Case(kind, sound, values, month, frozenset(wrong))

    def _plant(self, kind: str, values: Return) -> list[Ref] | None:
        if kind in SLIPS:
            return self._one(kind, values, self._cells(values))
        if kind == NOTHING:
            return []
        if kind == GAP:
            return self._gap(values)
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


def swapped(world: World, random: Random, ref: Ref, values: Return) -> Iterator[int]:
    digits = str(values[ref])
    for i in range(len(digits) - 1):
        turned = f"{digits[:i]}{digits[i + 1]}{digits[i]}{digits[i + 2 :]}"
        yield from [int(turned)] if turned[0] != "0" else []


def one_digit(world: World, random: Random, ref: Ref, values: Return) -> Iterator[int]:
    digits = str(values[ref])
    for i in range(len(digits)):
        for digit in "0123456789":
            if digit != "0" or i or len(digits) == 1:
                yield int(f"{digits[:i]}{digit}{digits[i + 1 :]}")


def sign(world: World, random: Random, ref: Ref, values: Return) -> Iterator[int]:
    yield -(values[ref] or 0)


def times(factor: int) -> Slip:
    def slipped(world: World, random: Random, ref: Ref, values: Return) -> Iterator[int]:
        yield (values[ref] or 0) * factor
        yield from [(values[ref] or 0) // factor] if (values[ref] or 0) % factor == 0 else []

    return slipped


def counted(extra: int) -> Slip:
    """A total that has one of its lines once more, or not at all."""

    def slipped(world: World, random: Random, ref: Ref, values: Return) -> Iterator[int]:
        sums = (s.claim for s in world.statements if s.claim.operator == "=" and s.claim.left.terms == ((1, ref),))
        for claim in sums:
            parts = [values[part] or 0 for part in claim.right.refs if len(claim.right.refs) > 1 and not part.shift]
            yield from ((values[ref] or 0) + extra * part for part in parts)

    return slipped


def left_standing(world: World, random: Random, ref: Ref, values: Return) -> Iterator[int]:
    before = values.get(replace(ref, shift=-1))
    yield from [before] if before else []


def another(world: World, random: Random, ref: Ref, values: Return) -> Iterator[int]:
    """Some other number of about its size."""
    yield random.randrange(max(10, (values[ref] or 0) * 3))


SLIPS: Mapping[str, Slip] = {
    "digits swapped": swapped, "one digit": one_digit, "sign": sign, "×10": times(10), "万": times(10_000),
    "line counted twice": counted(1), "last month's value": left_standing,
    "line left out": counted(-1), "another number": another,
}  # fmt: skip
LOOKED_FOR = tuple(SLIPS)[:-2]
TWO, TWO_NEAR, GAP, NOTHING = "two slips", "two in one balance", "true difference", "nothing wrong"
KINDS = (*SLIPS, TWO, TWO_NEAR, GAP, NOTHING)
