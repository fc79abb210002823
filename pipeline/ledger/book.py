"""The book of returns: every file received, every return that is owed and not there, and how many they are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.ledger.coverage import Coverage
from pipeline.ledger.settle import REJECTED
from pipeline.values.findings import PROVISIONAL
from pipeline.values.periods import Month
from schemas.office import Office

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Returns
    from schemas.received import Standing

MISSING = "未报"


def waiting(returns: "DataFrame[Standing]") -> "DataFrame[Standing]":
    """The returns that wait to be mended: the newest of a unit's month where it is rejected, or borne for the time.

    Of a file whose form is not known nothing can tell whether a later one replaces it; it waits while it lies there, as
    long as its name speaks of no unit and month that have an accepted return.
    """
    rejected = returns[returns["state"].isin([REJECTED, PROVISIONAL])]
    known = returns[returns["version"].notna() & (returns["edition"] != "")].sort_values("version")
    newest = known.groupby(["unit", "period"]).tail(1)
    return rejected[
        rejected["ret"].isin(newest["ret"]) | ((rejected["edition"] == "") & (rejected["must"] > 0))
    ].sort_values("file")


def book(returns: "DataFrame[Standing]", office: Office, months: Sequence[Month]) -> "DataFrame[Returns]":
    """Every file received, and a row 未报 for every return that is owed and not there."""
    import pandas as pd

    from schemas.frames import Returns, columns_of, frame_of

    counts = returns[~returns["excluded"]]
    there = set(zip(counts["unit"], counts["period"], strict=True))
    owed = ((unit.code, str(month)) for month in months for unit in office.units_in(str(month)))
    blank: dict[str, str | int | None] = {**dict.fromkeys(columns_of(Returns), ""), "state": MISSING}
    blank |= {"version": None, "days_late": None, "must": 0, "verify": 0}
    missing = [blank | {"unit": unit, "period": period} for unit, period in owed if (unit, period) not in there]
    whole = pd.concat([returns, pd.DataFrame(missing)], ignore_index=True)
    ordered = whole.sort_values(["period", "unit", "received", "file"], kind="stable", ignore_index=True)
    return frame_of(Returns, ordered)


def coverage(returns: "DataFrame[Standing]", office: Office, months: Sequence[Month]) -> Coverage:
    """How many returns were owed, and what became of them, by unit and month."""
    owed = {(unit.code, str(month)) for month in months for unit in office.units_in(str(month))}
    received, counted, borne = (
        set(zip(own["unit"], own["period"], strict=True)) & owed
        for own in (
            returns[~returns["excluded"]],
            returns[returns["in_force"]],
            returns[returns["in_force"] & returns["provisional"]],
        )
    )
    return Coverage(len(owed), len(received), len(counted), len(received - counted), len(owed - received), len(borne))
