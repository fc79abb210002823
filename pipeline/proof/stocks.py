"""A stock that a paragraph opens and closes: what was there, with what moved added or taken away, is what is left.

Only the opening and the closing need words; what moved between them may go either way. Where any way of adding and
taking away fits, nothing is said; where none does and one slip of the pen would make one fit, it is told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import SWAPPED
from pipeline.proof.balances import told_balance
from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.flows import role_in
from pipeline.proof.sums import total_of
from schemas.proof import Prose

MOST = 8  # counts in the sentence that closes a stock
MOVES = 4  # counts that move one stock
LEAST = 100  # digits below which a number is one slip from another by chance, where no word says which way it moved
OPENS = ("both", "there")  # what a stock opens with, the surest first
Move = tuple[int, Figure]


def stocks(sentences: Sequence[Sentence], groups: Sequence[Group], prose: Prose, year: int) -> Iterator[Doubt]:
    """Every stock that does not close, by the sentence that closes it and the one before."""
    inside = {part for group in groups for part in group.parts if group.total.meets(*total_of(group.parts))}
    before: list[Figure] = []
    for sentence in (s for s in sentences if not s.inside):
        before = [f for f in before if f.paragraph is sentence.paragraph]
        own = [f for f in sentence.figures if f.role in {"count", "base"} and not f.rough and f not in inside]
        closing = [f for f in own if role_in(f, prose, year) == "left"]
        if len(closing) == 1 and not any(word in f.gap for f in own for word in prose.parts):
            left = closing[0]
            here, there = ([f for f in several if f.unit == left.unit and f is not left] for several in (own, before))
            yield from _closed([*there, *here], here, left, prose, year) if len(here) <= MOST else ()
        before = [f for f in sentence.counts if not f.rough][:MOST]


def _closed(
    around: Sequence[Figure], own: Sequence[Figure], left: Figure, prose: Prose, year: int
) -> Iterator[Doubt]:  # fmt: skip
    roles = {f: role_in(f, prose, year) for f in around}
    opens = _opening(around, own, roles) if "left" not in roles.values() else None
    if opens is None or (roles[opens] == "came" and re.search(prose.flow.there, left.paragraph.text)):
        return
    moves = [f for f in own if f is not opens and roles[f] not in OPENS]
    if not 1 <= len(moves) <= MOVES:
        return
    ways = [list(zip(way, moves, strict=True)) for way in product((1, -1, 0), repeat=len(moves)) if any(way)]
    every = [f for f in around if f not in moves and f is not opens]
    if any(_fits(opens, way, left) for way in ways) or any(_fits(f, way, left) for f in every for way in ways):
        return
    signs = {"came": (1,), "gone": (-1,)}
    able = [list(zip(way, moves, strict=True)) for way in product(*(signs.get(roles[f], (1, -1)) for f in moves))]
    least = 0 if len(able) == 1 else LEAST
    slips = [(how, way) for way in able for how, size in _slips(opens, way, left) if how == SWAPPED or size >= least]
    for _, way in sorted(slips, key=lambda one: one[0] != SWAPPED)[:1]:
        yield told_balance(*_sides(opens, way, left))


def _opening(around: Sequence[Figure], own: Sequence[Figure], roles: Mapping[Figure, str]) -> Figure | None:
    """What a stock opens with: what was there, or else all that came."""
    for name in OPENS:
        if found := [f for f in around if roles[f] == name]:
            return found[0] if len(found) == 1 else None
    came = [f for f in own if roles[f] == "came"] or [f for f in around[:1] if roles[f] == "came"]
    return came[0] if len(came) == 1 else None


def _fits(opens: Figure, way: Sequence[Move], left: Figure) -> bool:
    low, high = opens.low, opens.high
    for sign, figure in way:
        low += figure.low if sign > 0 else -figure.high if sign < 0 else 0
        high += figure.high if sign > 0 else -figure.low if sign < 0 else 0
    return low <= left.high and left.low <= high


def _sides(opens: Figure, way: Sequence[Move], left: Figure) -> tuple[list[Figure], list[Figure]]:
    return [opens, *(f for sign, f in way if sign > 0)], [*(f for sign, f in way if sign < 0), left]


def _slips(opens: Figure, way: Sequence[Move], left: Figure) -> Iterator[tuple[str, int]]:
    """The slips of the pen that would make a way fit, each with the digits that it spoilt."""
    one, other = _sides(opens, way, left)
    gap = sum((f.value for f in one), Decimal(0)) - sum((f.value for f in other), Decimal(0))
    for side, sign in ((one, -1), (other, 1)):
        for figure in side:
            right = (figure.value + sign * gap) * figure.digits / figure.value if figure.value else Decimal(0)
            if right >= 0 and right % 1 == 0 and (how := slip(figure.digits, int(right))):
                yield how, figure.digits
