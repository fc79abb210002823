"""The pandera schema compiled from a form: many returns are judged by its rules at once."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pandera.pandas as pa

from schemas.rules.judge import judge_frame
from schemas.rules.terms import Statement

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
