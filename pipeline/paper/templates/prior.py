"""What the facts of a run tell of the months before a return: the same for a blank form and for one sent back."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from pipeline.paper.templates.draft import Prior
from pipeline.values.known import Known
from pipeline.values.periods import Month
from schemas.crosswalk import Crosswalk
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str]  # table and code; only lists, whose lines are their codes, have a month before


def prior_of(facts: "pd.DataFrame | None", unit: str, month: Month, office: Office, walk: Crosswalk) -> Prior:
    """The unit's last month and its cumulative figures; nothing where last month's return is not in force.

    ``facts`` are in the lines of ``walk.form`` (pipeline.tables.brought), that of the return. 本年累计 begins with the
    first month of the year for which the unit owes a return; a line that was not in last month's form goes on from the
    last month of the year whose form had it.
    """
    before = month.so_far[:-1]
    if not any(unit == owing.code for earlier in before for owing in office.units_in(str(earlier))):
        return Prior({})
    if facts is None:
        return Prior()
    own = facts[(facts["unit"] == unit) & facts["role"].isin(["input", "declared"]) & (facts["column"] == "")]
    last = str(month.plus(-1))
    if not own["period"].eq(last).any():
        return Prior()
    return Prior(_numbers(own, "year_to_date", last, walk), _numbers(own[own["period"] == last], "month", last, walk))


def prior_known(prior: Prior, known: Known) -> Prior:
    """The same with the last period's figures of what is known otherwise, where it has none: of the year before."""
    if prior.last_month or prior.cumulative is None:
        return prior
    last = {(r.table, r.line): n for r, n in known.numbers.items() if r.shift == -1 and r.measure == "month"}
    return replace(prior, last_month=last)


def _numbers(facts: "pd.DataFrame", measure: str, last: str, walk: Crosswalk) -> dict[Key, int]:
    """The newest number of each line, in steps of the return's own form; none where last month's form had it, empty."""
    own = facts[(facts["measure"] == measure) & (facts["period"] >= f"{last[:4]}-01")].dropna(subset=["steps"])
    newest = own[own["period"] == own.groupby(["table", "line"])["period"].transform("max")]
    told = newest.groupby(["table", "line"]).agg(period=("period", "first"), steps=("steps", "sum"))
    found: dict[Key, int] = {}
    for (table, line), period, steps in zip(told.index, told["period"], told["steps"], strict=True):
        if period == last or not walk.form.entries[table, line].listed(last):
            found[table, line] = _own_steps((table, line), int(steps), walk)
    return found


def _own_steps(key: Key, steps: int, walk: Crosswalk) -> int:
    """A number in the steps that a cell of the return takes: half of one is rounded up."""
    exact = Decimal(steps) / walk.rounding(key)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
