"""What is known of returns without looking into them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.values.findings import Finding, Place, tell
from pipeline.values.periods import Month, closing_day, due_day
from pipeline.values.rulings import NONE, Rulings, SendBack
from schemas.office import Office
from schemas.period import period_of

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.received import Entered

AGAIN = "W-VER-01"  # about the arrival of a copy, not about its content


def arrivals(
    returns: "DataFrame[Entered]", office: Office, months: list[Month], as_of: date, rulings: Rulings = NONE
) -> Iterator[Finding]:
    """What the receipts book and the office tell: copies, what is late, missing or sent back, what came on one day."""
    for row in returns[(returns["copy_of"] != "") & ~returns["again"]].itertuples(index=False):
        yield tell("N-DUP-01", _place(row), first=row.copy_of)
    own = returns[returns["version"].notna()].sort_values(["received", "version"], kind="stable")
    first = own.drop_duplicates(["unit", "period"])
    first = first.drop_duplicates(["unit", "through"])  # what was forwarded is late once, whatever it brings
    for row in first[(first["edition"] != "") & (first["days_late"] > 0)].itertuples(index=False):
        yield _late(str(row.unit), _month(str(row.through)), str(row.received), int(str(row.days_late)), office)
    yield from _unordered(returns)
    yield from _again(returns)
    yield from _sent_back(returns, rulings.on_files(SendBack))
    counts = returns[~returns["excluded"]]
    there = set(zip(counts["unit"], counts["period"], strict=True))
    for month in months:
        due_on = due_day(month, office)
        for unit in office.units_in(str(month)) if due_on < as_of else ():
            if (unit.code, str(month)) not in there:
                place = Place(unit.code, str(month))
                yield tell("E-ABS-01", place, expected=month.words, due=due_on)


def _late(unit: str, month: Month, received: str, days: int, office: Office) -> Finding:
    """A return that came after its due day, or even after the month was closed."""
    due, closed, came = due_day(month, office), closing_day(month, office), date.fromisoformat(received)
    kind, place = "N-LATE-02" if came > closed else "N-LATE-01", Place(unit, str(month))
    return tell(kind, place, value=str(days), received=came, due=due, closed=closed, days=days)


def _unordered(returns: "DataFrame[Entered]") -> Iterator[Finding]:
    """Accepted versions that came together, none of them followed by another: the office finds out which is last."""
    tied = returns[returns["tied"]].sort_values(["unit", "period", "version"])
    for (unit, period), own in tied.groupby(["unit", "period"]):
        names, digests = own["file"].tolist(), own["digest"].tolist()
        place, facts = (
            Place(str(unit), str(period), names[-1], ret=int(own["ret"].iloc[-1])),
            {"first": names[0], "name": names[-1]},
        )
        yield tell("W-ORD-01", place, value=" ".join(sorted(digests)), digest=digests[0], **facts)


def _again(returns: "DataFrame[Entered]") -> Iterator[Finding]:
    """Contents that came again after another version had been accepted, which stays: the unit may have gone back."""
    in_force = returns[returns["in_force"]].itertuples(index=False)
    counting = {(row.unit, row.period): row for row in in_force}
    known = returns[returns["version"].notna()].sort_values("version")
    same = dict(zip(known["digest"], known["version"], strict=True))
    for row in returns[returns["again"]].sort_values("ret").itertuples(index=False):
        counts = counting.get((row.unit, row.period))
        if counts:
            facts = {"name": row.file, "same": same[str(row.digest)], "counts": counts.version}
            yield tell(AGAIN, _place(row), value=f"{row.digest} {counts.digest}", **facts)


def _sent_back(returns: "DataFrame[Entered]", rulings: Mapping[str, SendBack]) -> Iterator[Finding]:
    """Returns that the office sends back for a reason of its own."""
    own = returns[returns["digest"].isin(rulings) & (returns["copy_of"] == "") & ~returns["excluded"]]
    for row in own.itertuples(index=False):
        yield tell("E-RUL-01", _place(row), value=str(row.digest), words=rulings[str(row.digest)].words)


def _place(row: Any) -> Place:
    return Place(str(row.unit), str(row.period), str(row.file), content=str(row.sha256), ret=int(row.ret))


def _month(text: str) -> Month:
    """The period of a return that is known."""
    return period_of(text) or Month(0, 1)
