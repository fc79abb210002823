"""A telephone number typed into a cell for a number is a number, and no text that could be covered."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.judge.leaks import search
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.leaks import id_of
from schemas.quantity import Quantity

if TYPE_CHECKING:
    import pandas as pd

LEAST = 10**10  # the shortest of these numbers has eleven digits


def typed(outcome: Outcome) -> Iterator[Finding]:
    """A question for each accepted number of a unit that looks like one of a person's, at the first of its cells."""
    return iter({finding.id: finding for finding in reversed(list(_each(outcome)))}.values())


def _each(outcome: Outcome) -> Iterator[Finding]:
    facts = outcome.facts
    large: pd.DataFrame = facts[(facts["value"].abs() >= LEAST).fillna(value=False) & (facts["role"] != "computed")]
    for row in large.itertuples(index=False):
        number = str(Quantity(str(row.unit_of_measure), int(str(row.decimals))).exact(int(str(row.value))))
        for hit in search(number):
            place = Place(str(row.unit), str(row.period), str(row.file), str(row.sheet), str(row.cell))
            finding = tell("W-LEAK-04", place, value=hit.partly, name=hit.name)
            yield replace(finding, id=id_of(str(row.unit), hit.secret))
