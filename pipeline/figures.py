"""The numbers of single returns, for looking closer at the few in which something is broken."""

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.periods import parse_month
from schemas.form import Form
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd


class Figures:
    """The returns of a wide frame (pipeline.wide), each with those of the same unit's months before."""

    def __init__(self, form: Form, wide: "pd.DataFrame") -> None:
        refs = (Ref(*key, measure) for key, entry in form.entries.items() for measure in entry.measures)
        self._refs = [ref for ref in refs if str(ref) in wide]
        self._numbers = wide[[str(ref) for ref in self._refs]]
        self._about = wide[["unit", "period", "calendar_month"]]
        self._rows = wide.groupby(["unit", "period"]).indices
        shifts = {ref.shift for statement in form.statements for ref in statement.refs if ref.shift}
        self._shifts = sorted({-1, *shifts})

    def of(self, ret: int) -> tuple[dict[Ref, int | None], int]:
        """A return's numbers and its calendar month; by shifted Ref the numbers of earlier months.

        Of a month with several returns, what they agree on: which of them is in force may not be known yet.
        """
        unit, period, month = self._about.loc[ret]
        own, numbers = parse_month(str(period)), self._agreed(self._numbers.loc[[ret]])
        for months in self._shifts if own else ():
            rows = self._rows.get((unit, str(own.plus(months))), ())  # type: ignore[union-attr]  # None has no shifts
            before = self._agreed(self._numbers.iloc[list(rows)])
            numbers |= {replace(ref, shift=months): value for ref, value in before.items()}
        return numbers, int(str(month))

    def _agreed(self, returns: "pd.DataFrame") -> dict[Ref, int | None]:
        """What all of the returns have for each number: None where they differ, lack it, or there is none."""
        known = zip(*returns.astype("object").where(returns.notna(), None).to_numpy(), strict=True)
        found = dict(zip(self._refs, map(set, known), strict=False))
        return {ref: values.pop() for ref, values in found.items() if len(values) == 1}
