"""What would be usual in each cell, and how far what is written is from it."""

from dataclasses import dataclass, fields

import numpy as np

from pipeline.judge.plausibility.panel import Flags, Numbers, Panel
from pipeline.judge.plausibility.robust import (
    MAD,
    Places,
    counted,
    median,
    median_of_others,
    others_there,
    stabilised,
)

FEW = 4  # months or peers from which a median or a scatter is trusted
MANY = 8  # numbers of a line from which its scatter over all units is
PEERS = 5  # units whose common movement is the month's
MOST = 6.0  # scatters that one number may count for, where several are added up
SCATTER = 1.5  # where nothing is known of a line's
FAR = 4.5  # scatters from which a number is asked about
LEAST = 5  # how much more or less it must be


@dataclass(frozen=True)
class Held:
    """What a number is held against, by unit, month and line: nothing of it depends on the number itself.

    ``centre`` is the usual place on the scale, ``move`` by how much the month's peers moved from theirs, ``scatter``
    the scatter around it, ``year`` the place of the same month last year. ``alone`` where a zero would be the unit's
    only one, ``first`` where there is no other number, ``idle`` where most others are 0. ``middle`` and ``spread`` are
    those of the line's numbers of all units, where there are many.
    """

    centre: Numbers
    move: Numbers
    scatter: Numbers
    year: Numbers
    alone: Flags
    first: Flags
    idle: Flags
    middle: Numbers
    spread: Numbers

    @property
    def expected(self) -> Numbers:
        """The number that would be expected."""
        return np.where(self.idle, 0.0, counted(self.centre + self.move))

    def of(self, month: int) -> "Held":
        """The same of one month."""
        return Held(*(getattr(self, own.name)[:, month : month + 1] for own in fields(self)))

    def at(self, units: Places, lines: Places) -> "Held":
        """The same of some units and lines of its one month."""
        return Held(*(getattr(self, own.name)[units, 0, lines] for own in fields(self)))

    def score(self, counts: Numbers) -> Numbers:
        """How many scatters counts are off; not a number where they cannot be judged."""
        scaled, zero = stabilised(counts), counts == 0
        seen = np.where(zero, np.nan, scaled)
        plain = seen - self.centre
        score = _nearest(plain - self.move, plain, seen - self.year) / self.scatter
        low = (scaled - self.centre - self.move) / self.scatter
        score = np.where(zero, np.where(self.alone, low, 0.0), score)
        score = np.where(zero & self.first, np.nan, score)
        score = np.where(self.idle & ~zero, self._when_not_zero(seen, score), score)
        return np.where(np.isnan(counts), np.nan, score)

    def odd(self, counts: Numbers) -> Flags:
        """Which counts are asked about."""
        found: Flags = (np.abs(self.score(counts)) >= FAR) & (np.abs(counts - self.expected) >= LEAST)
        return found

    def _when_not_zero(self, seen: Numbers, score: Numbers) -> Numbers:
        """The score against the line's numbers of all units, or against the unit's own, whichever is nearer."""
        above = np.maximum(seen - self.middle, 0.0) / self.spread
        own = np.where(np.isnan(score), np.inf, score)
        nearer: Numbers = np.where(np.abs(own) < above, own, above)
        return nearer


@dataclass(frozen=True)
class Usual:
    """What is usual, by unit, month and line.

    What the numbers are held against, how many scatters each is off, what number would be expected, and by what share
    of the city's total the line would change if that stood there. Where a score is not a number, the cell was not
    judged: it has no number, or too little to hold it against.
    """

    held: Held
    score: Numbers
    expected: Numbers
    effect: Numbers

    @property
    def centre(self) -> Numbers:
        """The usual place on the scale."""
        return self.held.centre

    @property
    def scatter(self) -> Numbers:
        """The scatter around it."""
        return self.held.scatter

    def effect_of(self, unit: int, month: int) -> float:
        """The effect of a whole return: that of its most changed line."""
        return float(np.nanmax(self.effect[unit, month], initial=0.0))

    def distance(self, counts: Numbers) -> Numbers:
        """How many scatters other counts in place of these would be off, with the peers' movement or without."""
        plain = stabilised(counts) - self.centre
        near: Numbers = np.fmin(np.abs(plain), np.abs(plain - self.held.move)) / self.scatter
        return near


def usual(panel: Panel) -> Usual:
    """A number is held against the unit's other months, moved as its peers moved in the month.

    What is like the same month last year, or like other months without the movement, is not held against it: of the
    three the nearest counts. A zero is odd only in a line in which the unit has no other; where more than half of the
    unit's other months are 0, a number is held against what the line is anywhere when it is not 0.
    """
    held = held_against(panel)
    expected = held.expected
    return Usual(held, held.score(panel.counts), expected, np.abs(panel.counts - expected) / panel.totals)


def held_against(panel: Panel) -> Held:
    """What each number of a panel is held against, also where none is there yet."""
    zero = panel.counts == 0
    seen = np.where(zero, np.nan, stabilised(panel.counts))
    centre = median_of_others(seen)
    plain = seen - centre
    enough = (~np.isnan(plain)).sum(axis=0, keepdims=True) >= PEERS
    move = np.where(enough, np.nan_to_num(median(plain, 0)), 0.0)
    others, zeros = others_there(panel.counts), zero.sum(axis=1, keepdims=True) - zero
    alone = (zeros == 0) & (others_there(seen) >= FEW)
    known = (~np.isnan(seen)).sum(axis=(0, 1), keepdims=True) >= MANY
    middle = median(seen, (0, 1))
    spread = np.maximum(MAD * median(np.abs(seen - middle), (0, 1)), 1.0)
    flat = move, _scatter(plain - move), np.where(known, middle, np.nan), spread
    move, scatter, middle, spread = (np.broadcast_to(one, panel.counts.shape) for one in flat)
    idle = 2 * zeros > others
    return Held(centre, move, scatter, _last_year(seen), alone, others == 0, idle, middle, spread)


def _scatter(residuals: Numbers) -> Numbers:
    """The scatter of a unit's line: its own and the line's over all units, the larger, and never less than counts'."""
    there = ~np.isnan(residuals)
    sizes = np.abs(residuals)
    line = np.where(there.sum(axis=(0, 1), keepdims=True) >= MANY, MAD * median(sizes, (0, 1)), SCATTER)
    own = np.where(there.sum(axis=1, keepdims=True) >= FEW, MAD * median(sizes, 1), 0.0)
    return np.maximum(np.maximum(line, own), 1.0)


def _last_year(seen: Numbers) -> Numbers:
    """Where each number stood in the same month last year."""
    before = np.full_like(seen, np.nan)
    before[:, 12:] = seen[:, :-12]
    return before


def _nearest(*residuals: Numbers) -> Numbers:
    """Of several residuals the one nearest to 0; what is not a number does not count."""
    nearest = residuals[0]
    for other in residuals[1:]:
        nearest = np.where(np.abs(other) < np.abs(nearest), other, nearest)
    return nearest
