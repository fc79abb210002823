"""What was received, electronic and on paper, with the three days of each unit's month: due, closed, accepted."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.ledger.papers import Paper
from pipeline.paper.check_code import as_typed
from pipeline.values.mails import NO_MAIL, Mail
from pipeline.values.periods import closing_day, due_day
from pipeline.values.rulings import ELECTRONIC, PAPER, Receive, Rulings
from schemas.office import Office
from schemas.period import period_of

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.received import Receipts, Standing

BOOK = "收件登记"


def receipts(
    returns: "DataFrame[Standing]",
    papers: Sequence[Paper],
    rulings: Rulings,
    office: Office,
    mails: Mapping[str, Mail],
) -> "DataFrame[Receipts]":
    """The receipts of ``returns``, each with the mail of its file, and of the copies on paper."""
    from schemas.frames import frame_of
    from schemas.received import Receipts

    in_force = returns[returns["in_force"]]
    accepted = dict(zip(zip(in_force["unit"], in_force["period"], strict=True), in_force["received"], strict=True))
    told = {digest: ruling.id for digest, ruling in rulings.arrivals.items()}
    told |= {f"{r.unit} {r.period} {as_typed(r.expected)}": r.id for r in rulings.of(Receive) if r.typed}
    days = {period: _dates(period, office) for period in {*returns["period"], *(p.ruling.period for p in papers)}}
    rows = [
        row
        | {"kind": ELECTRONIC, "by": _by(row, told, rulings) if row["corrected"] else BOOK}
        | _evidence(mails.get(row["file"], NO_MAIL))
        for row in returns.to_dict("records")
    ]
    whole = frame_of(Receipts, (row | _days(row, accepted, days) for row in [*rows, *map(_row, papers)]))
    return whole.sort_values(["period", "unit", "kind", "received", "file", "by"], kind="stable", ignore_index=True)


def _by(row: Mapping[Any, Any], told: Mapping[str, str], rulings: Rulings) -> str:
    """The ruling that says when a file came: about the file, the paper that it was typed from, or the whole month."""
    own = told.get(row["digest"]) or told.get(f"{row['unit']} {row['period']} {row['check_code']}")
    whole = rulings.of_month(row["unit"], row["period"])
    return own or (whole.id if whole else "")


def _evidence(mail: Mail) -> dict[str, str]:
    return {"sender": mail.sender, "sent_on": mail.sent, "message_id": mail.id}


def _row(paper: Paper) -> dict[Any, Any]:
    ruling = paper.ruling
    received = str(ruling.received)
    known = {"unit": ruling.unit, "period": ruling.period, "received": received, "by": ruling.id}
    said = {"check_code": paper.code, "version": paper.version, "state": paper.state}
    return {"file": "", "sha256": "", "kind": PAPER} | known | said | _evidence(NO_MAIL)


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
