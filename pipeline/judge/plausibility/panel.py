"""The counts of all returns in force as one block: units × months × lines, what is not there is not a number."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.values.periods import Month
from schemas.form import Form
from schemas.office import Office
from schemas.period import period_of
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

NONE = -1


@dataclass(frozen=True)
class Panel:
    """``counts`` of each unit, month and line that is filled in; ``rets`` the return of unit and month, or NONE.

    A unit that took over another stands twice. The year that is reported begins with the month numbered ``since``;
    only the months ``asked`` (by number) are asked about, the others are compared with. ``neighbours`` are the lines
    that stand right below another of their table.
    """

    refs: tuple[Ref, ...]
    units: tuple[str, ...]
    months: tuple[Month, ...]
    rets: NDArray[np.int64]
    counts: Numbers
    neighbours: Flags
    since: int
    asked: tuple[int, ...]

    @property
    def there(self) -> Flags:
        """Whether there is a return of unit and month."""
        found: Flags = self.rets != NONE
        return found

    @cached_property
    def totals(self) -> Numbers:
        """What each line comes to in the city, over the year that is reported; at least 1."""
        sums: Numbers = np.nansum(self.counts[:, self.since :], axis=(0, 1))
        return np.maximum(sums, 1.0)

    @cached_property
    def before(self) -> Numbers:
        """The sum of the same year's months before; not a number where one of them is missing."""
        sums = np.full_like(self.counts, np.nan)
        for n, month in enumerate(self.months):
            if month.opens_year:
                sums[:, n] = 0
            elif n:
                sums[:, n] = sums[:, n - 1] + self.counts[:, n - 1]
        return sums


def panel(
    wide: "pd.DataFrame",
    form: Form,
    office: Office,
    since: Month,
    asked: Collection[Month] | None = None,
    until: Month | None = None,
) -> Panel:
    """The block of a wide frame (judge.wide) with one row a unit and month; lines that are 0 throughout are left.

    The year begins with ``since``; asked about are its months ``asked``, by default all. It goes on to ``until``, also
    where nothing is there of it yet. A unit that took over another is from then on like a unit of its own: what was
    usual before says nothing of it.
    """
    inputs = [Ref(*key) for key, entry in form.entries.items() if entry.is_input and entry.kind == "flow"]
    numbers = wide[[str(ref) for ref in inputs]].to_numpy("float64", na_value=np.nan)
    busy = np.flatnonzero((numbers > 0).any(axis=0))
    refs = tuple(inputs[n] for n in busy)
    whose = [
        (unit, office.history.changed(unit, period)) for unit, period in zip(wide["unit"], wide["period"], strict=True)
    ]
    units = sorted(set(whose))
    known = [since, until or since, *(month for text in set(wide["period"]) if (month := period_of(text)))]
    months = tuple(min(known).until(max(known)))
    numbered = {unit: n for n, unit in enumerate(units)}
    row = np.array([numbered[unit] for unit in whose], dtype="int64")
    column = wide["period"].map({str(month): n for n, month in enumerate(months)}).to_numpy("int64")
    counts = np.full((len(units), len(months), len(refs)), np.nan)
    rets = np.full((len(units), len(months)), NONE, dtype="int64")
    counts[row, column], rets[row, column] = numbers[:, busy], wide.index.to_numpy("int64")
    tables = np.array([ref.table for ref in refs], dtype="object")
    neighbours = (np.diff(busy, prepend=-2) == 1) & (tables == np.roll(tables, 1))
    first = months.index(since)
    own = tuple(n for n, month in enumerate(months) if n >= first and (asked is None or month in asked))
    return Panel(refs, tuple(unit for unit, _ in units), months, rets, counts, neighbours, first, own)
