"""Returns that equal another: an earlier month of the unit's own, or another unit's of the same month."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from pipeline.plausibility.panel import Panel
from pipeline.plausibility.question import Question
from pipeline.plausibility.usual import Usual

MOST = 6.0


def copies(panel: Panel, usual: Usual, least: int) -> Iterator[Question]:
    """A question for every return whose every number stands in another too, ``least`` of them not 0.

    Which of two units copied is not known: asked is the one whose numbers are less like its own. That a return equals
    the month just before is asked elsewhere (reconcile).
    """
    oddness = np.nansum(np.minimum(np.abs(usual.score), MOST), axis=2)
    same: dict[bytes, list[tuple[int, int]]] = defaultdict(list)
    for unit, month in np.argwhere((panel.counts > 0).sum(axis=2) >= least):
        same[panel.counts[unit, month].tobytes()].append((int(unit), int(month)))
    for group in (group for group in same.values() if len(group) > 1):
        likely, *others = sorted(group, key=lambda at: (oddness[at], at[1], at[0]))
        for at in others:
            yield from _asked(panel, usual, at, [likely, *(other for other in others if other != at)])


def _asked(panel: Panel, usual: Usual, at: tuple[int, int], group: list[tuple[int, int]]) -> Iterator[Question]:
    """The question about a return that equals those of the group, if one of them is of its unit or its month."""
    unit, month = at
    beside = next((other for other in group if other[1] == month), None)
    earlier = next((other for other in group if other[0] == unit and other[1] < month - 1), None)
    repeats = (unit, month - 1) in group
    off = np.abs(panel.counts[at] - usual.expected[at]) / panel.totals
    effect, count = float(np.nanmax(off, initial=0.0)), int((panel.counts[at] > 0).sum())
    if beside:
        facts = {"count": count, "other": panel.units[beside[0]]}
        yield Question("P-DUP-02", unit, month, None, None, effect, facts)
    elif earlier and not repeats:
        facts = {"count": count, "expected": panel.months[earlier[1]].words}
        yield Question("P-DUP-01", unit, month, None, None, effect, facts)
