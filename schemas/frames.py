"""The pandera models of our own tables, and the schema compiled from a form.

Column order is the order of the published files. Empty text is "", a missing number is NA.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from schemas.rules.judge import judge_frame
from schemas.rules.terms import Statement

ROLES = ("input", "declared", "computed", "adjustment")
CELL_STATES = ("number", "zero", "blank", "not_applicable")
READ_STATES = (*CELL_STATES, "unread")
RETURN_STATES = ("未报", "退回", "待核实", "通过", "核实通过", "暂列", "作废")
IN_FORCE = ("待核实", "通过", "核实通过", "暂列")
FINDING_STATES = ("待改", "待说明", "待确认", "已改", "已说明", "核实通过", "暂列", "作废", "知悉", "请留意", "试行")
SCOPES = ("city", "month", "unit-year", "return")
VERDICTS = ("一致", "不一致", "已说明", "未判")


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


class Facts(pa.DataFrameModel):
    """Accepted values, one row a value, each with the cell it was read from (money in 分)."""

    period: Series[str]
    unit: Series[str]
    table: Series[str]
    line: Series[str]
    column: Series[str]
    measure: Series[str]
    role: Series[str] = pa.Field(isin=ROLES)
    value: Series[pd.Int64Dtype] = pa.Field(nullable=True)
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


class Reconciliation(pa.DataFrameModel):
    """One row two figures that must meet, at one scope; difference is left less right."""

    id: Series[str]
    title: Series[str]
    scope: Series[str] = pa.Field(isin=SCOPES)
    unit: Series[str]
    period: Series[str]
    left: Series[str]
    left_value: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    right: Series[str]
    right_value: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    difference: Series[pd.Int64Dtype] = pa.Field(nullable=True)
    verdict: Series[str] = pa.Field(isin=VERDICTS)
    explanation: Series[str]


def columns_of(model: type[pa.DataFrameModel]) -> list[str]:
    """The columns of a table, in the order of its file."""
    return list(model.to_schema().columns)


def frame_of(model: type[pa.DataFrameModel], rows: "pd.DataFrame | Iterable[Any]" = ()) -> pd.DataFrame:
    """A frame of the model: its columns in their order, each of its type, also where there is no row.

    ``rows`` are values in the order of the columns, mappings by column, or a frame that has these columns and others.
    """
    data = rows if isinstance(rows, pd.DataFrame) else list(rows)
    kinds = {name: column.dtype.type for name, column in model.to_schema().columns.items()}
    return pd.DataFrame(data, columns=list(kinds)).astype(kinds)


Seen = Callable[[Statement, pd.DataFrame, "pd.Series[Any]"], object]


def schema_for(statements: tuple[Statement, ...], seen: Seen | None = None) -> pa.DataFrameSchema:
    """The pandera schema of many returns at once: a row a return, an Int64 column a line they need, ``calendar_month``.

    Each statement is one check whose name is its key. What is not judged passes (a predicate with NA would make the
    check itself fail); ``seen`` is told each statement with the returns and its verdicts on them.
    """
    refs = {str(ref) for s in statements for ref in s.refs}
    columns = {name: pa.Column("Int64", nullable=True) for name in sorted(refs)}
    return pa.DataFrameSchema(
        {**columns, "calendar_month": pa.Column(int)}, checks=[_check(s, seen) for s in statements]
    )


def verdicts(statement: Statement, wide: pd.DataFrame) -> "pd.Series[Any]":
    """Whether the statement holds, by return; NA is not judged. Outside its months it holds."""
    judged = judge_frame(statement, wide)
    outside = ~wide["calendar_month"].isin(statement.months)
    return judged.mask(outside, True) if outside.any() else judged


def _check(statement: Statement, seen: Seen | None) -> pa.Check:
    def holds(wide: pd.DataFrame) -> "pd.Series[Any]":
        result = verdicts(statement, wide)
        if seen is not None:
            seen(statement, wide, result)
        return result.fillna(True).astype(bool)

    return pa.Check(holds, name=statement.key, title=statement.level, error=statement.rule, ignore_na=False)
