"""The numbers of single returns, for looking closer at the few in which something is broken."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from schemas.form import Form
from schemas.office import Office
from schemas.period import period_of
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd


class Figures:
    """Some returns of a wide frame (pipeline.judge.wide), each with those of the same unit's months before.

    With an ``office`` the stocks of those that a unit took over are added to its own of the months before.
    """

    def __init__(self, form: Form, wide: "pd.DataFrame", rets: Collection[int], office: Office | None = None) -> None:
        shifts = {ref.shift for statement in form.statements for ref in statement.refs}
        refs = [Ref(*key, measure) for key, entry in form.entries.items() for measure in entry.measures]
        refs = [ref for ref in refs if str(ref) in wide]
        self._refs = {months: [replace(ref, shift=months) for ref in refs] for months in sorted({0, -1, *shifts})}
        self._stocks = [ref for ref in refs if form.entry(ref).kind == "stock"]
        self._returns, self._carried = self._with_months_before(wide, rets, office)
        own = {ret for months in self._returns.values() for several in months.values() for ret in several}
        units = (several for months in self._carried.values() for several in months.values())
        taken_over = (ret for several in units for one in several for ret in one)
        needed = wide.loc[sorted(own.union(taken_over))]
        self._columns = {ref: n for n, ref in enumerate(refs)}
        columns = (needed[str(ref)].array.to_numpy(object, na_value=None) for ref in refs)
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
        for months, units in self._carried.get(ret, {}).items():
            numbers |= {replace(ref, shift=months): self._added(ref, units) for ref in self._stocks}
        return numbers, int(self._months[ret])

    def _added(self, ref: Ref, units: list[list[int]]) -> int | None:
        """A stock of several units, each by its returns of a month; None where one of them is not known."""
        found = [{self._numbers[ret][self._columns[ref]] for ret in own} for own in units]
        known = [value for own in found if len(own) == 1 and (value := next(iter(own))) is not None]
        return sum(known) if known and len(known) == len(units) else None

    def _with_months_before(
        self, wide: "pd.DataFrame", rets: Collection[int], office: Office | None
    ) -> tuple[dict[int, dict[int, list[int]]], dict[int, dict[int, list[list[int]]]]]:
        """By how many months before: the returns of each one's unit, and those of all units that held its stocks."""
        successors = {own.successor for own in office.history.successions} if office else set()
        own = wide if successors else wide[wide["unit"].isin(wide.loc[list(rets), "unit"])]
        periods = dict(zip(map(int, own.index), zip(own["unit"], own["period"], strict=True), strict=True))
        there: dict[tuple[str, str], list[int]] = defaultdict(list)
        for ret, whose in periods.items():
            there[whose].append(ret)
        divided = office.history.divided if office else frozenset()
        found, carried = {ret: {0: [ret]} for ret in rets}, dict[int, dict[int, list[list[int]]]]()
        for ret in rets:
            unit, period = periods[ret]
            whole = period_of(period)
            moved = {n: str(whole.plus(n)) for n in self._refs if n} if whole else {}
            found[ret] |= {n: there.get((unit, then), []) for n, then in moved.items()}
            if office and unit in successors:
                carriers = {n: office.carriers(unit, period, then) for n, then in moved.items()}
                carried[ret] = {
                    n: [[] if code in divided - {unit} else there.get((code, moved[n]), []) for code in codes]
                    for n, codes in carriers.items()
                    if codes != (unit,)
                }
        return found, carried
