"""Medians that a few wrong numbers do not move, and a scale on which counts of every size scatter alike.

The scale is that of Anscombe (1948, Biometrika 35: 246-254) for negative binomial counts: like the square root where
counts are small, and scatter as Poisson's do, and like the logarithm where they are large, and scatter in proportion.
"""

import warnings

import numpy as np
from numpy.typing import NDArray

from pipeline.judge.plausibility.panel import Numbers

Places = NDArray[np.int64]

SHAPE = 10.0  # of the negative binomial: large counts scatter by 1/√10, about a third, from month to month
MAD = 1.4826  # makes the median absolute deviation of normal numbers their standard deviation


def stabilised(counts: Numbers) -> Numbers:
    """Counts on a scale on which they scatter by about 1."""
    scaled: Numbers = 2 * np.sqrt(SHAPE) * np.arcsinh(np.sqrt((np.maximum(counts, 0) + 0.375) / (SHAPE - 0.75)))
    return scaled


def counted(scaled: Numbers) -> Numbers:
    """The counts that stand at these places of the scale."""
    counts: Numbers = (SHAPE - 0.75) * np.sinh(scaled / (2 * np.sqrt(SHAPE))) ** 2 - 0.375
    return np.maximum(counts, 0)


def median(numbers: Numbers, axis: int | tuple[int, ...]) -> Numbers:
    """The median of the numbers that are there; not a number where there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of slices in which nothing is there
        found: Numbers = np.nanmedian(numbers, axis=axis, keepdims=True)
    return found


def median_of_others(numbers: Numbers) -> Numbers:
    """For every number the median of the others along the second axis; not a number where there are none.

    From one sorting: where a number is left out, those above it move down by one.
    """
    order = np.argsort(numbers, axis=1, kind="stable")
    ordered = np.take_along_axis(numbers, order, axis=1)
    rank = np.argsort(order, axis=1, kind="stable")
    others = others_there(numbers)

    def at(place: Places) -> Numbers:
        shifted = np.clip(place + (place >= rank), 0, numbers.shape[1] - 1)
        return np.take_along_axis(ordered, shifted, axis=1)

    middle: Numbers = (at((others - 1) // 2) + at(others // 2)) / 2
    return np.where(others > 0, middle, np.nan)


def others_there(numbers: Numbers) -> Places:
    """How many other numbers there are along the second axis."""
    there = (~np.isnan(numbers)).astype("int64")
    others: Places = there.sum(axis=1, keepdims=True) - there
    return others
