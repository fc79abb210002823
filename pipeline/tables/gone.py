"""What the year's facts hold that the form of its tables has not: told beside them with its sums, never left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.values.periods import Month
from schemas.crosswalk import Crosswalk
from schemas.entry import Entry
from schemas.period import month_run

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Gone:
    """A line of an earlier edition that the form of the tables has nothing of: its sum over ``span``, of ``returns``.

    ``value`` is in steps of the line; of a stock what the last month has, None where nobody gave a number.
    """

    edition: str
    entry: Entry
    span: str
    value: int | None

    @property
    def words(self) -> str:
        """The line with its sum, as it is told: 试填数（T10.36）1—6月共9件."""
        line = f"“{self.entry.label}”（{self.entry.table}.{self.entry.line}）"
        if self.value is None:
            return f"{line}{self.span}没有填报数"
        what = "共" if self.entry.kind == "flow" else "期末" if self.entry.kind == "stock" else "期初"
        return f"{line}{self.span}{what}{self.entry.quantity.told(self.value)}"


def gone(facts: "pd.DataFrame", walk: Crosswalk, months: Sequence[Month]) -> Iterator[Gone]:
    """The lines of the year's earlier forms that are in no table, each with what was given of it."""
    for form in walk.forms:
        own = [month for month in months if str(month) in form.edition.valid]
        for entry in walk.gone(form) if form is not walk.target else ():
            if entry.parts or (entry.derived and entry.column) or entry.asked_of is not None:
                continue
            there = facts[
                (facts["edition"] == form.edition.id) & (facts["table"] == entry.table)
                & (facts["line"] == entry.line) & (facts["column"] == entry.column) & (facts["measure"] == "month")
                & (facts["role"] != "computed")
            ].dropna(subset=["value"])  # fmt: skip
            yield Gone(form.edition.id, entry, _words(own), _sum(there, entry))


def _words(months: Sequence[Month]) -> str:
    """Months of a year that follow each other: 4—6月."""
    first, last = months[0].month, months[-1].month
    return month_run(first, last)


def _sum(facts: "pd.DataFrame", entry: Entry) -> int | None:
    if facts.empty:
        return None
    if entry.kind != "flow":
        facts = facts[facts["period"] == (max if entry.kind == "stock" else min)(facts["period"])]
    return int(facts["value"].sum())
