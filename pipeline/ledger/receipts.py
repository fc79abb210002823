"""What was received, electronic and on paper, with the three days of each unit's month: due, closed, accepted."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.ledger.papers import Paper
from pipeline.values.periods import closing_day, due_day
from pipeline.values.rulings import ELECTRONIC, PAPER, Rulings
from schemas.office import Office
from schemas.period import period_of

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.received import Receipts, Standing

BOOK = "收件登记"


def receipts(
    returns: "DataFrame[Standing]", papers: Sequence[Paper], rulings: Rulings, office: Office
) -> "DataFrame[Receipts]":
    """The receipts of ``returns``, and of the copies on paper."""
    from schemas.frames import frame_of
    from schemas.received import Receipts

    in_force = returns[returns["in_force"]]
    accepted = dict(zip(zip(in_force["unit"], in_force["period"], strict=True), in_force["received"], strict=True))
    told = {digest: ruling.id for digest, ruling in rulings.arrivals.items()}
    days = {period: _dates(period, office) for period in {*returns["period"], *(p.ruling.period for p in papers)}}
    rows = [
        row | {"kind": ELECTRONIC, "by": told[row["digest"]] if row["corrected"] else BOOK}
        for row in returns.to_dict("records")
    ]
    whole = frame_of(Receipts, (row | _days(row, accepted, days) for row in [*rows, *map(_row, papers)]))
    return whole.sort_values(["period", "unit", "kind", "received", "file", "by"], kind="stable", ignore_index=True)


def _row(paper: Paper) -> dict[Any, Any]:
    ruling = paper.ruling
    received = ruling.received.isoformat()
    known = {"unit": ruling.unit, "period": ruling.period, "received": received, "by": ruling.id}
    said = {"check_code": paper.code, "version": paper.version, "state": paper.state}
    return {"file": "", "sha256": "", "kind": PAPER} | known | said


def _dates(period: str, office: Office) -> tuple[date, date] | None:
    """When the return of a month is due, and when the month is closed; None where the month is not known."""
    month = period_of(period)
    return (due_day(month, office), closing_day(month, office)) if month else None


def _days(
    row: Mapping[Any, Any], accepted: Mapping[tuple[str, str], str], dates: Mapping[str, tuple[date, date] | None]
) -> dict[str, Any]:
    """The days of the unit's month, and how late this receipt was."""
    known = dates[row["period"]]
    if known is None:
        return {"due": "", "closed": "", "accepted": "", "days_late": None}
    due, closed = known
    late = max(0, (date.fromisoformat(row["received"]) - due).days) if row["received"] else None
    days = {"due": due.isoformat(), "closed": closed.isoformat(), "days_late": late}
    return days | {"accepted": accepted.get((row["unit"], row["period"]), "")}
