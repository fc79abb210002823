"""Versions: which return of a unit and month is in force."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from pipeline.ledger.copies import copies
from pipeline.values.files import short
from pipeline.values.findings import Finding
from pipeline.values.periods import due_day, parse_month
from pipeline.values.rulings import EXCLUDE, NONE, PROVISIONAL, SEND_BACK, Rulings
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd


def enter(
    returns: "pd.DataFrame", findings: Iterable[Finding], office: Office, rulings: Rulings = NONE
) -> "pd.DataFrame":
    """The returns as schemas.received.Entered.

    Versions of a unit's month count in the order of arrival; the same content again is no version (copy_of names the
    first), unless something else came in between: then the unit went back to what it had said. In force is the newest
    version without a must finding: a rejected one never displaces an accepted one. Newest ones of one day are tied:
    which of them came last is a question, and none of them is in force meanwhile.
    """
    from schemas.frames import frame_of
    from schemas.received import Entered

    returns = returns.assign(digest=returns["sha256"].map(short))
    returns = _as_received(returns, rulings)
    returns["excluded"] = returns["digest"].isin(rulings.on_files(EXCLUDE))
    returns["copy_of"] = copies(returns)
    known = (returns["unit"] != "") & (returns["period"] != "") & (returns["edition"] != "")
    rejected = {f.file for f in findings if f.level == "must" and f.pending}
    wrong, sent_back = returns["file"].isin(rejected), returns["digest"].isin(rulings.on_files(SEND_BACK))
    returns["provisional"] = wrong & known & ~sent_back & returns["digest"].isin(rulings.on_files(PROVISIONAL))
    returns["rejected"] = (wrong | sent_back | (returns["edition"] == "")) & ~returns["provisional"]
    returns["days_late"] = _days_late(returns, office)
    return frame_of(Entered, _in_force(returns)).sort_values("ret")


def _as_received(returns: "pd.DataFrame", rulings: Rulings) -> "pd.DataFrame":
    """The returns in the order of arrival; a corrected day is that of the first file of its content."""
    order = ["received", "file"]
    returns = returns.sort_values(order, kind="stable")
    told = returns["digest"].map({digest: day.isoformat() for digest, day in rulings.arrivals.items()})
    corrected = told.notna() & ~returns.duplicated("digest")
    return returns.assign(received=returns["received"].mask(corrected, told)).sort_values(order, kind="stable")


def _in_force(returns: "pd.DataFrame") -> "pd.DataFrame":
    """The returns, in the order of arrival, with version, tied and in_force."""
    keys = ["unit", "period"]
    there = (returns["copy_of"] == "") & ~returns["excluded"] & (returns["unit"] != "") & (returns["period"] != "")
    own = returns[there]
    version = (own.groupby(keys).cumcount() + 1).reindex(returns.index).astype("Int64")
    accepted = own[~own["rejected"]]
    last = accepted.groupby(keys)["received"].transform("max") == accepted["received"]
    tied = accepted.index[last & accepted.duplicated([*keys, "received"], keep=False)]
    newest = accepted.drop(tied).groupby(keys).tail(1).index
    return returns.assign(version=version, tied=returns.index.isin(tied), in_force=returns.index.isin(newest))


def _days_late(returns: "pd.DataFrame", office: Office) -> "pd.Series[int]":
    import pandas as pd

    due = {p: due_day(month, office) for p in set(returns["period"]) if (month := parse_month(p))}
    late = [
        max(0, (date.fromisoformat(received) - due[period]).days) if received and period in due else None
        for received, period in zip(returns["received"], returns["period"], strict=True)
    ]
    return pd.Series(late, index=returns.index, dtype="Int64")
