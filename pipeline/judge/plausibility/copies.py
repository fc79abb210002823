"""Returns that equal another: another unit's of the same month, or an earlier month of the unit's own."""

from collections import defaultdict
from collections.abc import Hashable, Iterator

import numpy as np

from pipeline.judge.plausibility.panel import Panel
from pipeline.judge.plausibility.question import Question
from pipeline.judge.plausibility.usual import MOST, Usual

At = tuple[int, int]  # unit and month


def copies(panel: Panel, usual: Usual, least: int) -> Iterator[Question]:
    """A question for every return whose every number stands in another too, ``least`` of them not 0.

    Which of two units copied is not known: asked is the one whose numbers are less like its own, and each of them where
    nothing tells. That a return equals the month just before is asked elsewhere (reconcile), and not once more here.
    """
    numbers = {at: panel.counts[at].tobytes() for at in _busy(panel, least)}
    once = {at: key for at, key in numbers.items() if numbers.get((at[0], at[1] - 1)) != key}
    oddness = np.nansum(np.minimum(np.abs(usual.score), MOST), axis=2)
    for group in _equal({at: (at[1], key) for at, key in once.items()}):
        likely, *others = sorted(group, key=lambda at: (oddness[at], at))
        for at in others:
            yield _question("P-DUP-02", at, panel, usual, {"other": panel.units[likely[0]]})
        if oddness[others[0]] == oddness[likely]:
            yield _question("P-DUP-02", likely, panel, usual, {"other": panel.units[others[0][0]]})
    for first, *later in _equal({at: (at[0], key) for at, key in once.items()}):
        for at in later:
            yield _question("P-DUP-01", at, panel, usual, {"expected": panel.months[first[1]].words})


def _busy(panel: Panel, least: int) -> Iterator[At]:
    """The returns with enough numbers that are not 0 to be no coincidence."""
    for unit, month in np.argwhere((panel.counts > 0).sum(axis=2) >= least):
        yield int(unit), int(month)


def _equal(keys: dict[At, Hashable]) -> Iterator[list[At]]:
    """The returns with the same key, where there are several, in order of month."""
    groups: dict[Hashable, list[At]] = defaultdict(list)
    for at, key in keys.items():
        groups[key].append(at)
    yield from (group for group in groups.values() if len(group) > 1)


def _question(rule: str, at: At, panel: Panel, usual: Usual, facts: dict[str, object]) -> Question:
    count = int((panel.counts[at] > 0).sum())
    return Question(rule, *at, None, None, usual.effect_of(*at), {"count": count, **facts})
