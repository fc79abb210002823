"""What the facts of a run tell of the months before a return: the same for a blank form and for one sent back."""

from typing import TYPE_CHECKING, Any

from pipeline.paper.templates.draft import Prior
from pipeline.values.periods import Month
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd


def prior_of(facts: "pd.DataFrame | None", unit: str, month: Month, office: Office) -> Prior:
    """The unit's last month and its cumulative figures; nothing where last month's return is not in force.

    本年累计 begins with the first month of the year for which the unit owes a return.
    """
    before = Month(month.year, 1).until(month.plus(-1))
    if not any(unit == owing.code for earlier in before for owing in office.units_in(str(earlier))):
        return Prior({})
    if facts is None:
        return Prior()
    own = facts[(facts["unit"] == unit) & (facts["period"] == str(month.plus(-1))) & (facts["role"] != "computed")]
    own = own[own["column"] == ""]
    if own.empty:
        return Prior()
    values = {
        measure: {_key(r): int(str(r.value)) for r in rows.itertuples(index=False)}
        for measure, rows in own.dropna(subset=["value"]).groupby("measure")
    }
    return Prior(values.get("year_to_date"), values.get("month", {}))


def _key(fact: Any) -> tuple[str, str]:
    """Table and code of a fact; only lists, whose lines are their codes, have a month before."""
    return str(fact.table), str(fact.line)
