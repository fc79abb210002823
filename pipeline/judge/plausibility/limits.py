"""The numbers of a month that is still to come which nobody would ask about: what a blank form can ask with.

Found by putting numbers to the very question that is put to returns (``Held.odd``), so that there is one definition of
what is far from usual. What other units do in the month is not known yet.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.judge.plausibility.panel import Panel
from pipeline.judge.plausibility.usual import Held, held_against
from pipeline.values.known import Span
from schemas.rules.terms import Ref

Places = NDArray[np.int64]

SMALL, GROWTH, MOST = 24, 1.08, 1e12  # every number up to the first is tried, then each so much larger than the last


def limits(panel: Panel, month: int) -> dict[str, dict[Ref, tuple[Span, ...]]]:
    """By unit and line the numbers of the panel's month that would not be asked about, where some others would."""
    held, tried = held_against(panel).of(month), _tried()
    odd = np.stack([held.odd(np.full(held.centre.shape, number))[:, 0] for number in tried])
    turns, units, lines = np.nonzero(odd[1:] != odd[:-1])
    edges = _edges(held.at(units, lines), tried[turns], tried[turns + 1])
    found: dict[tuple[int, int], list[int]] = {(int(u), int(n)): [] for u, n in np.argwhere(odd.any(axis=0))}
    for at, edge in zip(zip(units.tolist(), lines.tolist(), strict=True), edges.tolist(), strict=True):
        found[at].append(edge)
    spans: dict[str, dict[Ref, tuple[Span, ...]]] = {unit: {} for unit in panel.units}
    for (unit, line), own in found.items():
        spans[panel.units[unit]][panel.refs[line]] = _spans(own, begins=not odd[0, unit, line])
    return spans


def _tried() -> Places:
    numbers = list(range(SMALL + 1))
    while numbers[-1] < MOST:
        numbers.append(int(numbers[-1] * GROWTH) + 1)
    return np.array(numbers, dtype="int64")


def _edges(held: Held, below: Places, above: Places) -> Places:
    """The first number from which on it is as at ``above``, each between two numbers of which one is odd."""
    then = held.odd(above.astype("float64"))
    while (above - below > 1).any():
        middle = (below + above) // 2
        same = held.odd(middle.astype("float64")) == then
        below, above = np.where(same, below, middle), np.where(same, middle, above)
    return above


def _spans(edges: list[int], *, begins: bool) -> tuple[Span, ...]:
    """The runs of numbers that are not odd, from where it turns; ``begins``: 0 is none that is odd."""
    turns: list[int | None] = [*([0] if begins else []), *edges]
    turns += [None] if len(turns) % 2 else []
    runs = list(pairwise(turns))[::2]
    return tuple(Span(low, None if high is None else high - 1) for low, high in runs if low is not None)
