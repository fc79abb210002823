"""The pandera models of what is told about returns: revisions, rulings, what rules are worth, how units do.

Column order is the order of the published files. Empty text is "", a missing number is NA.
"""

from typing import ClassVar

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from schemas.frames import exact


class Revisions(pa.DataFrameModel):
    """One row a number that is another than was forwarded; what was or is not there is NA."""

    published: Series[str]
    period: Series[str]
    unit: Series[str]
    table: Series[str]
    line: Series[str]
    column: Series[str]
    label: Series[str]
    before: Series[str] = exact()
    after: Series[str] = exact()
    difference: Series[str] = exact()
    cause: Series[str]
    file: Series[str]
    sheet: Series[str]
    cell: Series[str]
    return_sha256: Series[str]
    ruling: Series[str]
    unit_of_measure: Series[str]


class Printed(pa.DataFrameModel):
    """One row a printed cell of the annual tables: a number in its unit, or why there is none.

    ``row`` and ``column`` are keys, which stay when a name changes; ``label`` and ``heading`` are the names printed.
    """

    table: Series[str]
    title: Series[str]
    row: Series[str]
    label: Series[str]
    column: Series[str]
    heading: Series[str]
    unit_of_measure: Series[str]
    value: Series[str]
    decimals: Series[str]
    there: Series[str]
    owed: Series[str]
    why: Series[str]

    class Config:
        """A cell is printed once."""

        unique: ClassVar[list[str]] = ["table", "row", "column"]


class Ripple(pa.DataFrameModel):
    """One row a printed number that moves with a revision, or a later month's 本年累计 that lacks it (table empty)."""

    published: Series[str]
    table: Series[str]
    title: Series[str]
    row: Series[str]
    column: Series[str]
    unit_of_measure: Series[str]
    before: Series[str] = exact()
    after: Series[str] = exact()
    difference: Series[str] = exact()
    before_state: Series[str]
    after_state: Series[str]


class Rulings(pa.DataFrameModel):
    """One row a ruling of the office; ``lapsed`` says why it is no longer obeyed, "" where it is."""

    id: Series[str]
    kind: Series[str]
    finding: Series[str]
    unit: Series[str]
    period: Series[str]
    digest: Series[str]
    item: Series[str]
    amount: Series[str] = exact()
    received: Series[str]
    expected: Series[str]
    reason: Series[str]
    by: Series[str]
    day: Series[str]
    until: Series[str]
    sheet: Series[str]
    row: Series[int]
    unit_of_measure: Series[str]
    lapsed: Series[str]


class Replies(pa.DataFrameModel):
    """One row a reply of a unit on a 核实单, with what became of it."""

    unit: Series[str]
    period: Series[str]
    finding: Series[str]
    question: Series[str]
    value: Series[str]
    answer: Series[str]
    reason: Series[str]
    state: Series[str]
    explanation: Series[str]
    file: Series[str]
    sheet: Series[str]
    cell: Series[str]
    sha256: Series[str]


class Rules(pa.DataFrameModel):
    """One row a rule and a month: how many returns it judged, in how many it fired, and what became of those."""

    rule: Series[str]
    level: Series[str] = pa.Field(isin=("must", "verify", "trial"))
    period: Series[str]
    judged: Series[int] = pa.Field(ge=0)
    not_judged: Series[int] = pa.Field(ge=0)
    fired: Series[int] = pa.Field(ge=0)
    open: Series[int] = pa.Field(ge=0)
    mended: Series[int] = pa.Field(ge=0)
    explained: Series[int] = pa.Field(ge=0)
    passed: Series[int] = pa.Field(ge=0)
    elsewhere: Series[int] = pa.Field(ge=0)

    @pa.dataframe_check
    @classmethod
    def becomes_something(cls, rules: pd.DataFrame) -> "pd.Series[bool]":
        """Each return that a rule fired in is counted once more, by what became of it."""
        ends = rules[["open", "mended", "explained", "passed", "elsewhere"]].sum(axis="columns")
        return (rules["fired"] == ends) & (rules["fired"] <= rules["judged"])


class Assessment(pa.DataFrameModel):
    """One row a unit: how it did over the months that are due; what cannot be said is NA."""

    period: Series[str]
    unit: Series[str]
    owed: Series[int] = pa.Field(ge=1)
    sent: Series[int] = pa.Field(ge=0)
    counted: Series[int] = pa.Field(ge=0)
    on_time: Series[int] = pa.Field(ge=0)
    late: Series[int] = pa.Field(ge=0)
    missing: Series[int] = pa.Field(ge=0)
    days_late: Series[int] = pa.Field(ge=0)
    first_right: Series[int] = pa.Field(ge=0)
    sent_back: Series[int] = pa.Field(ge=0)
    most_rounds: Series[int] = pa.Field(ge=0)
    on_time_rate: Series[pd.Float64Dtype] = pa.Field(nullable=True, in_range={"min_value": 0, "max_value": 1})
    first_right_rate: Series[pd.Float64Dtype] = pa.Field(nullable=True, in_range={"min_value": 0, "max_value": 1})
    on_time_earlier: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    on_time_later: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    first_right_earlier: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    first_right_later: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    open_questions: Series[int] = pa.Field(ge=0)
    oldest_days: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    breadth: Series[int] = pa.Field(ge=0)
    breadth_of: Series[int] = pa.Field(ge=0)
    items: Series[int] = pa.Field(ge=0)
    days: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    peers: Series[int] = pa.Field(ge=1)
    peers_on_time_rate: Series[pd.Float64Dtype] = pa.Field(nullable=True)
    peers_first_right_rate: Series[pd.Float64Dtype] = pa.Field(nullable=True)
    peers_breadth: Series[pd.Float64Dtype] = pa.Field(nullable=True)
    peers_days: Series[pd.Float64Dtype] = pa.Field(nullable=True)


class Lines(pa.DataFrameModel):
    """One row a number that a form asks for or counts: what its code means, what it is counted in."""

    edition: Series[str]
    table: Series[str]
    line: Series[str]
    column: Series[str]
    name: Series[str]
    unit_of_measure: Series[str]
    decimals: Series[int]
    nature: Series[str] = pa.Field(isin=("flow", "stock", "opening"))


class Units(pa.DataFrameModel):
    """One row what a unit was called for some time."""

    unit: Series[str]
    name: Series[str]
    short: Series[str]
    group: Series[str]
    parent: Series[str]
    valid_from: Series[str]
    valid_to: Series[str]
    successor: Series[str]
