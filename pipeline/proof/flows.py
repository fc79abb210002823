"""Any stock that a sentence tells of: what was there and what came are what went and what is left.

The words say only what each count is to the stock. Where any other way of adding and taking away makes what is left,
nothing is said.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from pipeline.judge.slips import slip
from pipeline.proof.balances import told_balance
from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.sums import total_of
from schemas.proof import Prose

FLOW = ("there", "left", "both", "gone", "came")  # in the order in which they are tried
AFTER = 8  # letters behind a count that may say what it is to the stock
LEAST, MOST = 3, 6  # counts of one stock
FAR = 3  # times smaller than what it should be that a count may be


def flows(sentences: Sequence[Sentence], groups: Sequence[Group], prose: Prose, year: int) -> Iterator[Doubt]:
    """Every sentence whose stock does not come out."""
    inside = {part for group in groups for part in group.parts if group.total.meets(*total_of(group.parts))}
    for sentence in (s for s in sentences if not s.inside):
        counts = [f for f in sentence.counts if f not in inside]
        units = {f.unit for f in counts}
        for unit in units:
            own = [f for f in counts if f.unit == unit and not f.rough]
            if LEAST <= len(own) <= MOST:
                yield from _of(own, prose, year)


def _of(counts: Sequence[Figure], prose: Prose, year: int) -> Iterator[Doubt]:
    roles: dict[str, list[Figure]] = defaultdict(list)
    for figure in counts:
        roles[role_in(figure, prose, year)].append(figure)
    there, came, both, gone, left = (roles[name] for name in ("there", "came", "both", "gone", "left"))
    if roles[""] or len(left) != 1 or not gone or len(both) > 1 or len(there) > 1:
        return
    sides: list[tuple[list[Figure], list[Figure]]] = []
    if both:
        sides = [([*there, *came], both)] if there and came else []
        sides += [(both, [*gone, *left])]
    elif came and there:
        sides = [([*there, *came], [*gone, *left])]
    broken = [side for side in sides if not any(_meet(one, side[1]) for one in _ways(side[0], came))]
    if not broken or _made_otherwise([*there, *both], came, gone, left[0]):
        return
    around = ([*there, *came], [*gone, *left])
    one, other = broken[0] if len(broken) < len(sides) or not _meet(*around) else (around[0], both)
    gap = abs(_sum(one) - _sum(other))
    large = max(_sum(one), _sum(other))
    if gap * FAR < large or any(_slipped(f, gap) for f in (*one, *other)):
        yield told_balance(one, other)


def role_in(figure: Figure, prose: Prose, year: int) -> str:
    """What a count is to a stock, "" where its words do not say."""
    around = f"{figure.before}#{figure.after[:AFTER]}"
    for number, name in ((year + 1, "下年"), (year - 1, "上年")):
        around = around.replace(f"{number}年", name)
    return role_of(around, prose)


def role_of(around: str, prose: Prose) -> str:
    """What words with # for a count say that it is to a stock."""
    return next((name for name in FLOW if re.search(getattr(prose.flow, name), around)), "")


def _meet(one: Sequence[Figure], other: Sequence[Figure]) -> bool:
    (low, high), (least, most) = total_of(one), total_of(other)
    if any(f.scaled is not None for f in (*one, *other)):
        return abs(_sum(one) - _sum(other)) <= max(f.high - f.value for f in (*one, *other))
    return low <= most and least <= high


def _ways(side: Sequence[Figure], came: Sequence[Figure]) -> Iterator[Sequence[Figure]]:
    """A side as it is, and with one of several counts of what came alone: 收到864件，受理741件."""
    yield side
    for one in came if len(came) > 1 else ():
        yield [f for f in side if f is one or f not in came]


def _made_otherwise(
    there: Sequence[Figure], came: Sequence[Figure], gone: Sequence[Figure], left: Figure
) -> bool:  # fmt: skip
    """Whether some of what was there or came less some of what went makes what is left."""
    able = [[f.value for f in several] for several in ([*there, *came], gone)]
    more, less = ([sum(way) for n in range(1, len(own) + 1) for way in combinations(own, n)] for own in able)
    return len(able[0]) + len(able[1]) > LEAST and any(
        a - b == left.value for a in more if a != able[0][0] for b in less
    )


def _slipped(figure: Figure, gap: Decimal) -> bool:
    able = (figure.value - gap, figure.value + gap)
    return any(n >= 0 and n % 1 == 0 and figure.value % 1 == 0 and slip(int(figure.value), int(n)) for n in able)


def _sum(figures: Sequence[Figure]) -> Decimal:
    return sum((figure.value for figure in figures), Decimal(0))
