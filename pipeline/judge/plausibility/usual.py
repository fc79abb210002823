"""What would be usual in each cell, and how far what is written is from it."""

from dataclasses import dataclass

import numpy as np

from pipeline.judge.plausibility.panel import Numbers, Panel
from pipeline.judge.plausibility.robust import MAD, counted, median, median_of_others, others_there, stabilised

FEW = 4  # months or peers from which a median or a scatter is trusted
MANY = 8  # numbers of a line from which its scatter over all units is
PEERS = 5  # units whose common movement is the month's
MOST = 6.0  # scatters that one number may count for, where several are added up
SCATTER = 1.5  # where nothing is known of a line's


@dataclass(frozen=True)
class Usual:
    """What is usual, by unit, month and line.

    The usual place on the scale, by how much the month's peers moved from theirs, the scatter around it, how many
    scatters the number is off, what number would be expected, and by what share of the city's total the line would
    change if that stood there. Where a score is not a number, the cell was not judged: it has no number, or too little
    to hold it against.
    """

    centre: Numbers
    move: Numbers
    scatter: Numbers
    score: Numbers
    expected: Numbers
    effect: Numbers

    def effect_of(self, unit: int, month: int) -> float:
        """The effect of a whole return: that of its most changed line."""
        return float(np.nanmax(self.effect[unit, month], initial=0.0))

    def distance(self, counts: Numbers) -> Numbers:
        """How many scatters other counts in place of these would be off, with the peers' movement or without."""
        plain = stabilised(counts) - self.centre
        near: Numbers = np.fmin(np.abs(plain), np.abs(plain - self.move)) / self.scatter
        return near


def usual(panel: Panel) -> Usual:
    """A number is held against the unit's other months, moved as its peers moved in the month.

    What is like the same month last year, or like other months without the movement, is not held against it: of the
    three the nearest counts. A zero is odd only in a line in which the unit has no other; where more than half of the
    unit's other months are 0, a number is held against what the line is anywhere when it is not 0.
    """
    scaled, zero = stabilised(panel.counts), panel.counts == 0
    seen = np.where(zero, np.nan, scaled)
    centre = median_of_others(seen)
    plain = seen - centre
    enough = (~np.isnan(plain)).sum(axis=0, keepdims=True) >= PEERS
    move = np.where(enough, np.nan_to_num(median(plain, 0)), 0.0)
    scatter = _scatter(plain - move)
    nearest = _nearest(plain - move, plain, _since_last_year(seen))
    score = nearest / scatter
    others = others_there(panel.counts)
    zeros = zero.sum(axis=1, keepdims=True) - zero
    only_zero = zero & (zeros == 0) & (others_there(seen) >= FEW)
    score = np.where(zero, np.where(only_zero, (scaled - centre - move) / scatter, 0.0), score)
    score = np.where(zero & (others == 0), np.nan, score)
    idle = 2 * zeros > others
    score = np.where(idle & ~zero, _when_not_zero(seen, score), score)
    expected = np.where(idle, 0.0, counted(centre + move))
    score = np.where(np.isnan(panel.counts), np.nan, score)
    return Usual(centre, move, scatter, score, expected, np.abs(panel.counts - expected) / panel.totals)


def _scatter(residuals: Numbers) -> Numbers:
    """The scatter of a unit's line: its own and the line's over all units, the larger, and never less than counts'."""
    there = ~np.isnan(residuals)
    sizes = np.abs(residuals)
    line = np.where(there.sum(axis=(0, 1), keepdims=True) >= MANY, MAD * median(sizes, (0, 1)), SCATTER)
    own = np.where(there.sum(axis=1, keepdims=True) >= FEW, MAD * median(sizes, 1), 0.0)
    return np.maximum(np.maximum(line, own), 1.0)


def _since_last_year(seen: Numbers) -> Numbers:
    """How far a number has moved since the same month last year."""
    moved = np.full_like(seen, np.nan)
    moved[:, 12:] = seen[:, 12:] - seen[:, :-12]
    return moved


def _nearest(*residuals: Numbers) -> Numbers:
    """Of several residuals the one nearest to 0; what is not a number does not count."""
    nearest = residuals[0]
    for other in residuals[1:]:
        nearest = np.where(np.abs(other) < np.abs(nearest), other, nearest)
    return nearest


def _when_not_zero(seen: Numbers, score: Numbers) -> Numbers:
    """The score against the line's numbers of all units, or against the unit's own, whichever is nearer."""
    known = (~np.isnan(seen)).sum(axis=(0, 1), keepdims=True) >= MANY
    middle = median(seen, (0, 1))
    spread = np.maximum(MAD * median(np.abs(seen - middle), (0, 1)), 1.0)
    above = np.where(known, np.maximum(seen - middle, 0.0) / spread, np.nan)
    own = np.where(np.isnan(score), np.inf, score)
    nearer: Numbers = np.where(np.abs(own) < above, own, above)
    return nearer
