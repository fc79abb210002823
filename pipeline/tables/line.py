"""A line over all returns, as sums are made of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Mask = np.ndarray[Any, np.dtype[np.bool_]]
    Whole = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Column:
    """A line over all returns: its values, where they are numbers, where it was asked, and else why there is none.

    ``part`` is where a number lacks some of what it should add up.
    """

    values: "Whole"
    number: "Mask"
    asked: "Mask"
    why: "Whole"
    part: "Mask"
