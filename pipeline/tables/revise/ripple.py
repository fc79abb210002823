"""The 本年累计 of later months that do not have a correction in them yet."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.values.revisions import Change, Moved
from schemas.crosswalk import Crosswalk
from schemas.entry import Entry
from schemas.form import form_for
from schemas.office import Office
from schemas.period import period_of, periods_of
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd

CUMULATIVE = "本年累计"


def later_months(
    changes: Sequence[Change], wide: "pd.DataFrame", walk: Crosswalk, own: "pd.Index[int]", office: Office
) -> Iterator[Moved]:
    """The 本年累计 of later months in force that do not have the changed numbers in them yet, unless one is missing.

    ``wide`` are the returns in force as the units sent them, a row a return, in the lines of ``walk.form``: the
    office's adjustments are never in a unit's own figure. Told are those of that form, ``own``.
    """
    touched: dict[tuple[str, Entry], Change] = {}
    for change in changes:
        entry = _line(change, walk)
        if entry and entry.kind == "flow" and "year_to_date" in entry.measures and not change.ruling:
            key = change.unit, entry
            touched[key] = min(change, touched.get(key, change), key=lambda one: one.period)
    for (unit, entry), change in touched.items():
        line = str(Ref(entry.table, entry.code))
        months = wide[wide["unit"] == unit].sort_values("period")
        months = months[months["period"].map(entry.listed).astype(bool)]
        for ret in _whole(months, unit, line, entry, office):
            period, written = str(months.loc[ret, "period"]), str(months.loc[ret, f"{line}:year_to_date"])
            if period > change.period and ret in own and written != "<NA>":
                both = int(written), int(months.loc[months["period"] <= period, line].sum())
                if abs(both[0] - both[1]) >= walk.rounding((entry.table, entry.code)):
                    row = f"{office.short(unit, period)} {period}"
                    yield Moved(change.published, "", CUMULATIVE, row, entry.label, entry.quantity, *both)


def _line(change: Change, walk: Crosswalk) -> Entry | None:
    """The line of ``walk.form`` that a change of another form's line touches; None where it has nothing of the kind."""
    form = form_for(walk.forms, change.period) or walk.target
    place = change.table, change.line, change.column
    for key, terms in walk.sources(form).items():
        if any((e := form.entries[own]) and (e.table, e.line, e.column) == place for _, own in terms):
            return walk.form.entries[key]
    return None


def _whole(months: "pd.DataFrame", unit: str, line: str, entry: Entry, office: Office) -> Iterator[int]:
    """The returns, in order, up to the first month that the unit owes and that has no number."""
    numbers = dict(zip(months["period"], zip(months.index, months[line], strict=True), strict=True))
    last = str(months["period"].max()) if len(months) else ""
    end = period_of(last)
    for month in map(str, periods_of(end.year, end.length) if end else ()):
        owed = entry.listed(month) and unit in {own.code for own in office.units_in(month)}
        if month > last or (owed and str(numbers.get(month, (0, "<NA>"))[1]) == "<NA>"):
            return
        if month in numbers:
            yield int(numbers[month][0])
