"""Single numbers far from what is usual, each with the slip that would explain it.

A ratio check in the manner of Hidiroglou and Berthelot (1986, Survey Methodology 12: 73-83), with medians for quartiles
and a scale that lets small counts scatter as they do.
"""

from collections.abc import Iterator

import numpy as np

from pipeline.judge.plausibility.panel import Flags, Numbers, Panel
from pipeline.judge.plausibility.question import Question
from pipeline.judge.plausibility.robust import others_there
from pipeline.judge.plausibility.usual import FAR, Usual

NEAR = 2.0  # scatters within which another number would be usual
TEN, TEN_THOUSAND = 10, 10_000
ABOUT = 2.0  # by which factor a number may miss that of a slip, so that 612 times is not called 10,000 times
NEVER = "P-USU-03"  # a number where there is usually none
TURNS = ("P-TEN-01", "P-TEN-02", "P-WAN-01", "P-WAN-02", "P-YTD-01")


def odd_cells(panel: Panel, usual: Usual) -> Iterator[Question]:
    """A question for every number that is far off; the slip that would bring it back is named."""
    counts = panel.counts
    odd = usual.held.odd(counts)
    slips, others = _slips(panel, usual), np.broadcast_to(others_there(counts), counts.shape)
    for unit, month, line in np.argwhere(odd):
        here = (unit, month, line)
        written, expected = int(counts[here]), round(float(usual.expected[here]))
        rule = next((name for name, fits in slips.items() if fits[here]), "") if expected else NEVER
        before = counts[unit, month - 1, line] if month else np.nan
        steady = month and abs(usual.score[unit, month - 1, line]) < FAR and before > 0
        facts = {"base": int(before) if steady else expected, "last": bool(steady), "expected": expected}
        facts |= {"others": int(others[here])}
        rule = rule or _bare(written, expected)
        yield Question(rule, int(unit), int(month), panel.refs[line], written, float(usual.effect[here]), facts)


def _told(panel: Panel, usual: Usual) -> Numbers:
    """What each number is told beside: last month's where that was usual, else what is usual."""
    last = np.full_like(panel.counts, np.nan)
    steady = (np.abs(usual.score) < FAR) & (panel.counts > 0)
    last[:, 1:] = np.where(steady[:, :-1], panel.counts[:, :-1], np.nan)
    told: Numbers = np.where(np.isnan(last), usual.expected, last)
    return told


def _bare(written: int, expected: int) -> str:
    """What is asked where no slip explains the number."""
    return "P-USU-01" if written > expected else "P-USU-02" if written else "P-SIL-02"


def _slips(panel: Panel, usual: Usual) -> dict[str, Flags]:
    """Where each slip would explain a number: times 10 or 10,000 (or short of it), the year so far for the month."""
    counts, before, base = panel.counts, np.nan_to_num(panel.before), np.maximum(_told(panel, usual), 1)

    def fits(sound: Numbers, possible: Flags) -> Flags:
        found: Flags = possible & (usual.distance(sound) <= NEAR)
        return found

    def about(sound: Numbers) -> Flags:
        found: Flags = (sound <= base * ABOUT) & (sound * ABOUT >= base)
        return found

    some = counts > 0
    later = np.array([len(month.so_far) > 2 for month in panel.months])[None, :, None]
    readings = (
        fits(counts / TEN, some & (counts % TEN == 0) & about(counts / TEN)),
        fits(counts * TEN, some & about(counts * TEN)),
        fits(counts / TEN_THOUSAND, some & (counts % TEN_THOUSAND == 0) & about(counts / TEN_THOUSAND)),
        fits(counts * TEN_THOUSAND, some & about(counts * TEN_THOUSAND)),
        fits(counts - before, later & (before > 0) & (counts > before)),
    )
    return dict(zip(TURNS, readings, strict=True))
