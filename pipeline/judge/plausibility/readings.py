"""Returns that would be usual if they were read otherwise: a row up or down, or the year so far for the month.

Such a return adds up and is wrong all the same; only the unit's other months tell.
"""

from collections.abc import Iterator

import numpy as np

from pipeline.judge.plausibility.panel import Numbers, Panel
from pipeline.judge.plausibility.question import Question
from pipeline.judge.plausibility.robust import median_of_others, others_there, stabilised
from pipeline.judge.plausibility.usual import FEW, MOST, Usual

GAIN = 15.0  # scatters in all by which the other reading must be nearer
LINES = 3  # lines that must be nearer by
CLEARLY = 2.0  # so many scatters each


def otherwise(panel: Panel, usual: Usual) -> Iterator[Question]:
    """A question for every return that a run of neighbouring lines, read otherwise, makes usual."""
    scaled = stabilised(panel.counts)
    centre = np.where(others_there(panel.counts) >= FEW, median_of_others(scaled), np.nan)
    off = np.minimum(np.abs(scaled - centre) / usual.scatter, MOST)
    apart = np.where(panel.neighbours, 0.0, -np.inf)
    for rule, away, breaks in (
        ("P-ROW-01", _against_line_before(scaled, centre, usual.scatter), apart),
        ("P-ROW-02", _against_line_after(scaled, centre, usual.scatter), apart),
        ("P-YTD-02", _as_year_so_far(panel, centre, usual.scatter), np.zeros(len(panel.refs))),
    ):
        nearer = np.nan_to_num(off - np.minimum(away, MOST))
        yield from _found(panel, usual, rule, nearer, breaks)


def _found(panel: Panel, usual: Usual, rule: str, nearer: Numbers, breaks: Numbers) -> Iterator[Question]:
    """The returns in which some run of lines gains enough; a run goes over lines without a break between them."""
    best, first, last = _best_run(nearer, breaks)
    for unit, month in np.argwhere(best >= GAIN):
        lines = np.arange(first[unit, month], last[unit, month] + 1)
        lines = lines[nearer[unit, month, lines] >= CLEARLY]
        if len(lines) >= LINES:
            facts = {"count": len(lines), "until": panel.refs[lines[-1]]}
            ref = panel.refs[lines[0]]
            yield Question(rule, int(unit), int(month), ref, None, usual.effect_of(unit, month), facts)


def _best_run(gains: Numbers, breaks: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The largest sum of neighbouring gains in each return, with its first and last line (Kadane's algorithm)."""
    shape = gains.shape[:2]
    best, current = np.zeros(shape), np.zeros(shape)
    first, last, start = (np.zeros(shape, dtype="int64") for _ in range(3))
    for n in range(gains.shape[2]):
        fresh = (current + breaks[n] <= 0) if n else np.ones(shape, dtype="bool")
        start = np.where(fresh, n, start)
        current = np.where(fresh, 0.0, current) + gains[:, :, n]
        better = current > best
        best, first, last = np.where(better, current, best), np.where(better, start, first), np.where(better, n, last)
    return best, first, last


def _against_line_before(scaled: Numbers, centre: Numbers, scatter: Numbers) -> Numbers:
    """How far each number is from what the line above it usually has: as if all stood one row too low."""
    away = np.full_like(scaled, MOST)
    away[:, :, 1:] = np.abs(scaled[:, :, 1:] - centre[:, :, :-1]) / scatter[:, :, :-1]
    return away


def _against_line_after(scaled: Numbers, centre: Numbers, scatter: Numbers) -> Numbers:
    """How far each number is from what the line below it usually has: as if all stood one row too high."""
    away = np.full_like(scaled, MOST)
    away[:, :, :-1] = np.abs(scaled[:, :, :-1] - centre[:, :, 1:]) / scatter[:, :, 1:]
    return away


def _as_year_so_far(panel: Panel, centre: Numbers, scatter: Numbers) -> Numbers:
    """How far each number, less the year's months before, is from what the line usually has."""
    month = panel.counts - panel.before
    away = np.abs(stabilised(month) - centre) / scatter
    return np.where((month >= 0) & (panel.before > 0), away, MOST)
