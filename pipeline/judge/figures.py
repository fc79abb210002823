"""The numbers of single returns, for looking closer at the few in which something is broken."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.values.periods import parse_month
from schemas.form import Form
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd


class Figures:
    """Some returns of a wide frame (pipeline.judge.wide), each with those of the same unit's months before."""

    def __init__(self, form: Form, wide: "pd.DataFrame", rets: Collection[int]) -> None:
        shifts = {ref.shift for statement in form.statements for ref in statement.refs}
        refs = [Ref(*key, measure) for key, entry in form.entries.items() for measure in entry.measures]
        refs = [ref for ref in refs if str(ref) in wide]
        self._refs = {months: [replace(ref, shift=months) for ref in refs] for months in sorted({0, -1, *shifts})}
        self._returns = self._with_months_before(wide[wide["unit"].isin(wide.loc[list(rets), "unit"])], rets)
        needed = wide.loc[
            sorted({ret for months in self._returns.values() for several in months.values() for ret in several})
        ]
        columns = (needed[str(ref)].astype("object").where(needed[str(ref)].notna(), None) for ref in refs)
        self._numbers = dict(zip(needed.index, zip(*columns, strict=True), strict=True))
        self._months = dict(zip(needed.index, needed["calendar_month"], strict=True))

    def of(self, ret: int) -> tuple[dict[Ref, int | None], int]:
        """A return's numbers and its calendar month; by shifted Ref the numbers of earlier months.

        Of a month with several returns, what they agree on: which of them is in force may not be known yet.
        """
        numbers: dict[Ref, int | None] = {}
        for months, several in self._returns[ret].items():
            for ref, *values in zip(self._refs[months], *(self._numbers[one] for one in several), strict=False):
                if len(set(values)) == 1:
                    numbers[ref] = values[0]
        return numbers, int(self._months[ret])

    def _with_months_before(self, wide: "pd.DataFrame", rets: Collection[int]) -> dict[int, dict[int, list[int]]]:
        """Each return, and those of its unit's months before, by how many months."""
        periods = dict(zip(map(int, wide.index), zip(wide["unit"], wide["period"], strict=True), strict=True))
        there: dict[tuple[str, str], list[int]] = defaultdict(list)
        for ret, whose in periods.items():
            there[whose].append(ret)
        found = {ret: {0: [ret]} for ret in rets}
        for ret in rets:
            unit, period = periods[ret]
            month = parse_month(period)
            found[ret] |= {n: there.get((unit, str(month.plus(n))), []) for n in self._refs if n and month}
        return found
