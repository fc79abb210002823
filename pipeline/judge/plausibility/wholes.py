"""Returns that look odd as a whole: a unit that falls silent or wakes up, and numbers that are all round."""

from collections.abc import Iterator
from math import comb

import numpy as np

from pipeline.judge.plausibility.panel import Flags, Panel
from pipeline.judge.plausibility.question import Question
from pipeline.judge.plausibility.robust import median_of_others, others_there, stabilised
from pipeline.judge.plausibility.usual import FEW, Usual

BUSY_LINES = 3  # lines that a unit usually has something in
TEN = 10
CHANCE = 1e-4  # that so many numbers are round by chance


def silent_and_waking(panel: Panel, usual: Usual, least: int) -> Iterator[Question]:
    """A unit with nothing in a month, where it usually has something; or with much, where it never had anything."""
    nothing = _nothing(panel)
    heard, quiet = usually(panel)
    wakes = panel.there & ~nothing & quiet & ((panel.counts > 0).sum(axis=2) >= least)
    yield from _asked("P-SIL-01", nothing & heard, panel, usual)
    yield from _asked("P-WAK-01", wakes, panel, usual)


def usually(panel: Panel) -> tuple[Flags, Flags]:
    """Of which unit and month a return without any number is odd, and of which one with numbers; by the others."""
    nothing = _nothing(panel)
    heard = panel.there & ~nothing
    other_quiet, other_heard = (flags.sum(axis=1, keepdims=True) - flags for flags in (nothing, heard))
    busy = (median_of_others(stabilised(panel.counts)) > stabilised(np.ones(1))).sum(axis=2) >= BUSY_LINES
    return busy & (other_heard >= FEW) & (other_heard > other_quiet), (other_heard == 0) & (other_quiet >= FEW)


def _nothing(panel: Panel) -> Flags:
    found: Flags = panel.there & (np.nansum(panel.counts, axis=2) == 0) & ~np.isnan(panel.counts).any(axis=2)
    return found


def _asked(rule: str, flags: Flags, panel: Panel, usual: Usual) -> Iterator[Question]:
    for unit, month in np.argwhere(flags):
        facts = {"count": int((panel.counts[unit, month] > 0).sum())}
        yield Question(rule, int(unit), int(month), None, None, usual.effect_of(unit, month), facts)


def all_round(panel: Panel, usual: Usual) -> Iterator[Question]:
    """Returns with more multiples of 10 among their numbers of two digits and more than chance would make.

    Chance is how often such numbers are round in all returns: where everybody rounds, nobody is asked.
    """
    large = panel.counts >= TEN
    round_ = large & (panel.counts % TEN == 0)
    share = max(0.1, round_.sum() / max(large.sum(), 1))
    many, rounds = large.sum(axis=2), round_.sum(axis=2)
    other = others_there(np.where(panel.there, 1.0, np.nan)) > 0
    for unit, month in np.argwhere((rounds >= FEW) & (2 * rounds > many) & other):
        n, k = int(many[unit, month]), int(rounds[unit, month])
        if sum(comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k, n + 1)) <= CHANCE:
            facts = {"count": n, "round": k}
            yield Question("P-RND-01", int(unit), int(month), None, None, usual.effect_of(unit, month), facts)
