"""What may be written in a cell instead of what is right: the slips that are looked for, and two that are not."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from random import Random

from schemas.rules.terms import Ref
from tests.bench.worlds import Return, World

Slip = Callable[[World, Random, Ref, Return], Iterable[int]]


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
