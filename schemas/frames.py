"""The pandera models of our own tables.

Column order is that of the published files. Empty text is "", a missing number is NA. A model says what holds of its
table: types, keys, what one column says of another; asked once, by ``frame_of``; what it refuses is a defect of ours.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias, TypeVar, cast

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import DataFrame, Index, Series

from schemas.states import CELL_STATES, FINDING_STATES, READ_STATES, RETURN_STATES, ROLES, SCOPES, VERDICTS

M = TypeVar("M", bound=pa.DataFrameModel)
Truth: TypeAlias = "pd.Series[bool]"
VALUE, DECIMALS = "value", "decimals"  # of the facts: a number in steps, and what they are steps of


def once(frame: pd.DataFrame, *key: str) -> Truth:
    """Whether each row is the only one of its key."""
    return ~frame.duplicated(list(key), keep=False)


def exact() -> Any:
    """A column of numbers written out in their own unit; "" is none."""
    return pa.Field(str_matches=r"^(-?\d+(\.\d+)?)?$", metadata={"exact": True})


class Rows(pa.DataFrameModel):
    """Cells as filled in, one row a cell of a return; a value that could not be read is NA with state "unread"."""

    ret: Series[int]
    table: Series[str]
    line: Series[str]
    measure: Series[str]
    role: Series[str] = pa.Field(isin=ROLES)
    written: Series[str]
    value: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    state: Series[str] = pa.Field(isin=READ_STATES)
    problem: Series[str]
    sheet: Series[str]
    cell: Series[str]
    note: Series[str]

    @pa.dataframe_check
    @classmethod
    def one_of_each(cls, rows: pd.DataFrame) -> Truth:
        """A return has each number once."""
        return once(rows, "ret", "table", "line", "measure")

    @pa.dataframe_check
    @classmethod
    def state_tells_the_value(cls, rows: pd.DataFrame) -> Truth:
        """There is a number where the state says so, and only there."""
        return _said(rows["value"], rows["state"])


class Returns(pa.DataFrameModel):
    """One row a file received, and one a return that is missing (file empty)."""

    unit: Series[str]
    period: Series[str]
    file: Series[str]
    sha256: Series[str]
    received: Series[str]
    edition: Series[str]
    version: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    state: Series[str] = pa.Field(isin=RETURN_STATES)
    days_late: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    must: Series[int] = pa.Field(ge=0)
    verify: Series[int] = pa.Field(ge=0)
    typed: Series[str]

    @pa.dataframe_check
    @classmethod
    def one_of_each(cls, returns: pd.DataFrame) -> Truth:
        """A file stands there once, and so does a return that is missing."""
        key = returns["file"].mask(returns["file"] == "", returns["unit"] + returns["period"])
        return ~(key + returns["sha256"]).duplicated(keep=False)

    @pa.dataframe_check
    @classmethod
    def missing_has_no_file(cls, returns: pd.DataFrame) -> Truth:
        """What is missing has no file, and everything else has one."""
        return (returns["state"] == RETURN_STATES[0]) == (returns["file"] == "")


class Facts(pa.DataFrameModel):
    """Accepted values, one row a value, each with the cell it was read from.

    ``value`` is in steps of 10**-``decimals`` of ``unit_of_measure``; in the data files it is the exact number.
    """

    period: Series[str]
    unit: Series[str]
    table: Series[str]
    line: Series[str]
    column: Series[str]
    measure: Series[str]
    role: Series[str] = pa.Field(isin=ROLES)
    value: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    decimals: Series[int] = pa.Field(ge=0)
    unit_of_measure: Series[str]
    cell_state: Series[str] = pa.Field(isin=CELL_STATES)
    quality: Series[str] = pa.Field(isin=("A", "P"))
    edition: Series[str]
    return_sha256: Series[str]
    file: Series[str]
    sheet: Series[str]
    cell: Series[str]
    version: Series[int]
    ruling: Series[str]

    @pa.dataframe_check
    @classmethod
    def one_of_each(cls, facts: pd.DataFrame) -> Truth:
        """Each number of a return stands there once in each role, an adjustment once for each ruling."""
        return once(facts, "period", "unit", "table", "line", "column", "measure", "role", "ruling")

    @pa.dataframe_check
    @classmethod
    def state_tells_the_value(cls, facts: pd.DataFrame) -> Truth:
        """There is a number where the state says so, and only there."""
        return _said(facts["value"], facts["cell_state"])

    @pa.dataframe_check
    @classmethod
    def ruling_has_its_reason(cls, facts: pd.DataFrame) -> Truth:
        """A ruling is named where one adjusts, or bears the return for the time, and only there."""
        return (facts["ruling"] != "") == ((facts["role"] == "adjustment") | (facts["quality"] == "P"))


class Findings(pa.DataFrameModel):
    """One row a finding: where, what was written, what is wrong, what to do, and whether it is settled."""

    id: Series[str]
    level: Series[str] = pa.Field(isin=("must", "verify", "note", "ask", "trial"))
    rule: Series[str]
    unit: Series[str]
    period: Series[str]
    file: Series[str]
    sheet: Series[str]
    cell: Series[str]
    value: Series[str]
    message: Series[str]
    remedy: Series[str]
    state: Series[str] = pa.Field(isin=FINDING_STATES)

    @pa.dataframe_check
    @classmethod
    def one_of_each(cls, findings: pd.DataFrame) -> Truth:
        """A finding is told once of a file."""
        return once(findings, "id", "file")


class Reconciliation(pa.DataFrameModel):
    """One row two figures that must meet, at one scope; difference is left less right.

    The numbers are exact, in ``unit_of_measure``.
    """

    id: Series[str]
    title: Series[str]
    scope: Series[str] = pa.Field(isin=SCOPES)
    unit: Series[str]
    period: Series[str]
    left: Series[str]
    left_value: Series[str] = exact()
    right: Series[str]
    right_value: Series[str] = exact()
    difference: Series[str] = exact()
    verdict: Series[str] = pa.Field(isin=VERDICTS)
    explanation: Series[str]
    unit_of_measure: Series[str]

    @pa.dataframe_check
    @classmethod
    def left_less_right(cls, rows: pd.DataFrame) -> Truth:
        """The difference is left less right, where both are known; where it is not known, nothing was judged."""
        sides = zip(rows["left_value"], rows["right_value"], rows["difference"], strict=True)
        return _truth(not d or not (a and b) or Decimal(a) - Decimal(b) == Decimal(d) for a, b, d in sides)

    @pa.dataframe_check
    @classmethod
    def verdict_tells_the_difference(cls, rows: pd.DataFrame) -> Truth:
        """What agrees in every return has no difference (what differs may cancel out), what was not judged has none."""
        known, agree = rows["difference"] != "", rows["verdict"] == VERDICTS[0]
        none = _truth(difference != "" and not Decimal(difference) for difference in rows["difference"])
        return (known == (rows["verdict"] != VERDICTS[3])) & (~agree | none)


class Wide(pa.DataFrameModel):
    """One row a return, by its number; beside these columns one for each line and measure, named by its Ref."""

    ret: Index[int] = pa.Field(unique=True)
    unit: Series[str]
    period: Series[str]
    calendar_month: Series[int] = pa.Field(in_range={"min_value": 1, "max_value": 12})

    @pa.dataframe_check
    @classmethod
    def numbers_may_lack(cls, wide: pd.DataFrame) -> bool:
        """Every line is a column of whole numbers of which each may lack."""
        return {str(kind) for kind in wide.dtypes.drop(["unit", "period", "calendar_month"])} <= {"Int64"}


class InForce(Wide):
    """The returns that count: of a unit and month one at most."""

    @pa.dataframe_check
    @classmethod
    def one_of_each(cls, wide: pd.DataFrame) -> Truth:
        """A unit's month counts once."""
        return once(wide, "unit", "period")


def _said(value: "pd.Series[Any]", state: "pd.Series[str]") -> Truth:
    """Whether the state says what the value is: that there is one, and that it is 0."""
    there = state.isin(("number", "zero"))
    return (there == value.notna()) & ((state == "zero") == (value == 0).fillna(False))


def _truth(holds: Iterable[bool]) -> Truth:
    return pd.Series(list(holds), dtype="bool")


def columns_of(model: type[pa.DataFrameModel]) -> list[str]:
    """The columns of a table, in the order of its file."""
    return list(model.to_schema().columns)


def frame_of(model: type[M], rows: "pd.DataFrame | Iterable[Any]" = ()) -> DataFrame[M]:
    """A table of the model, each column of its type also where there is no row. Raises SchemaError where it is none.

    ``rows`` are values in the order of the columns, mappings by column, or a frame that has these columns and others.
    """
    data = rows if isinstance(rows, pd.DataFrame) else list(rows)
    kinds, asked = _asked(model)
    return cast("DataFrame[M]", asked.validate(pd.DataFrame(data, columns=list(kinds)).astype(kinds)))


@cache
def _asked(model: type[M]) -> tuple[dict[str, Any], Any]:
    """The types of the columns, and what else is asked of a frame: types that it was given are not asked for again."""
    kinds = {name: column.dtype.type for name, column in model.to_schema().columns.items()}
    return kinds, model.to_schema().update_columns({name: {"dtype": None} for name in kinds})
