"""The 本年累计 of later months that do not have a correction in them yet."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.values.revisions import Change, Moved
from schemas.form import Form
from schemas.office import Office
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd

CUMULATIVE = "本年累计"


def later_months(changes: Sequence[Change], wide: "pd.DataFrame", form: Form, office: Office) -> Iterator[Moved]:
    """The 本年累计 of later months in force that do not have the changed numbers in them yet, unless one is missing.

    ``wide`` are the returns in force as the units sent them, a row a return: the office's adjustments are never in a
    unit's own figure.
    """
    entries = {(e.table, e.line, e.column): e for e in form.entries.values()}
    touched: dict[tuple[str, str], Change] = {}
    for change in changes:
        entry = entries.get((change.table, change.line, change.column))
        if entry and entry.kind == "flow" and "year_to_date" in entry.measures and not change.ruling:
            key = change.unit, str(Ref(entry.table, entry.code))
            touched[key] = min(change, touched.get(key, change), key=lambda one: one.period)
    for (unit, line), change in touched.items():
        entry = entries[change.table, change.line, change.column]
        months = wide[wide["unit"] == unit].sort_values("period")
        for ret in _whole(months, unit, line, office):
            period, written = str(months.loc[ret, "period"]), months.loc[ret, f"{line}:year_to_date"]
            should = months.loc[months["period"] <= period, line].sum()
            if period > change.period and str(written) != "<NA>" and written != should:
                row = f"{office.short(unit, period)} {period}"
                both = int(str(written)), int(str(should))
                yield Moved(change.published, "", CUMULATIVE, row, entry.label, entry.quantity, *both)


def _whole(months: "pd.DataFrame", unit: str, line: str, office: Office) -> Iterator[int]:
    """The returns, in order, up to the first month that the unit owes and that has no number."""
    numbers = dict(zip(months["period"], zip(months.index, months[line], strict=True), strict=True))
    last = str(months["period"].max()) if len(months) else ""
    for month in (f"{last[:4]}-{n:02}" for n in range(1, 13)):
        owed = unit in {own.code for own in office.units_in(month)}
        if month > last or (owed and str(numbers.get(month, (0, "<NA>"))[1]) == "<NA>"):
            return
        if month in numbers:
            yield int(numbers[month][0])
