"""What is known of returns without looking into them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from pipeline.values.findings import Finding, Place, tell
from pipeline.values.periods import Month, closing_day, due_day
from pipeline.values.rulings import NONE, SEND_BACK, Ruling, Rulings
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd


def arrivals(
    returns: "pd.DataFrame", office: Office, months: list[Month], as_of: date, rulings: Rulings = NONE
) -> Iterator[Finding]:
    """What the receipts book and the office tell: copies, what is late, missing or sent back, what came on one day."""
    for row in returns[returns["copy_of"] != ""].itertuples(index=False):
        yield tell("N-DUP-01", Place(str(row.unit), str(row.period), str(row.file)), first=row.copy_of)
    first = returns[(returns["version"] == 1) & (returns["edition"] != "")]
    for row in first[first["days_late"] > 0].itertuples(index=False):
        yield _late(str(row.unit), _month(str(row.period)), str(row.received), int(str(row.days_late)), office)
    yield from _unordered(returns)
    yield from _sent_back(returns, rulings.on_files(SEND_BACK))
    counts = returns[~returns["excluded"]]
    there = set(zip(counts["unit"], counts["period"], strict=True))
    for month in months:
        due_on = due_day(month, office)
        for unit in office.units_in(str(month)) if due_on < as_of else ():
            if (unit.code, str(month)) not in there:
                place = Place(unit.code, str(month))
                yield tell("E-ABS-01", place, expected=month.words, due=due_on.isoformat())


def _late(unit: str, month: Month, received: str, days: int, office: Office) -> Finding:
    """A return that came after its due day, or even after the month was closed."""
    due, closed = due_day(month, office).isoformat(), closing_day(month, office).isoformat()
    kind, place = "N-LATE-02" if received > closed else "N-LATE-01", Place(unit, str(month))
    return tell(kind, place, value=str(days), received=received, due=due, closed=closed, days=days)


def _unordered(returns: "pd.DataFrame") -> Iterator[Finding]:
    """Accepted versions of one day, none of them followed by another: which came last only the office can find out."""
    tied = returns[returns["tied"]].sort_values(["unit", "period", "version"])
    for (unit, period), own in tied.groupby(["unit", "period"]):
        names = own["file"].tolist()
        yield tell("W-ORD-01", Place(str(unit), str(period), names[-1]), first=names[0], name=names[-1])


def _sent_back(returns: "pd.DataFrame", rulings: Mapping[str, Ruling]) -> Iterator[Finding]:
    """Returns that the office sends back for a reason of its own."""
    own = returns[returns["digest"].isin(rulings) & (returns["copy_of"] == "") & ~returns["excluded"]]
    for row in own.itertuples(index=False):
        place = Place(str(row.unit), str(row.period), str(row.file))
        yield tell("E-RUL-01", place, value=str(row.digest), words=rulings[str(row.digest)].words)


def _month(text: str) -> Month:
    return Month(int(text[:4]), int(text[5:]))
