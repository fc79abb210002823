"""The pandera schema compiled from a form: many returns are judged by its rules at once."""

from collections.abc import Callable, Iterable
from weakref import ReferenceType, ref

import pandas as pd
import pandera.pandas as pa

from schemas.rules.judge import Numbers, Verdicts, judge_many
from schemas.rules.terms import Ref, Statement

Seen = Callable[[Statement, Numbers, Verdicts], object]


def schema_for(statements: tuple[Statement, ...], seen: Seen | None = None) -> pa.DataFrameSchema:
    """The pandera schema of many returns at once: a row a return, an Int64 column a line they need, ``calendar_month``.

    Each statement is one check whose name is its key. What is not judged passes (a predicate with NA would make the
    check itself fail); ``seen`` is told each statement with the returns' numbers and its verdicts.
    """
    refs = {ref for s in statements for ref in s.refs}
    columns = {name: pa.Column("Int64", nullable=True) for name in sorted(map(str, refs))}
    numbers = _taken_once(refs)
    checks = [_check(s, numbers, seen) for s in statements]
    return pa.DataFrameSchema({**columns, "calendar_month": pa.Column(int)}, checks=checks)


def _taken_once(refs: Iterable[Ref]) -> Callable[[pd.DataFrame], Numbers]:
    """The numbers of a frame, the same for every check of it."""
    taken: list[tuple[ReferenceType[pd.DataFrame], Numbers]] = []

    def numbers(wide: pd.DataFrame) -> Numbers:
        if not taken or taken[0][0]() is not wide:
            taken[:] = [(ref(wide), Numbers(wide, refs))]
        return taken[0][1]

    return numbers


def _check(statement: Statement, numbers: Callable[[pd.DataFrame], Numbers], seen: Seen | None) -> pa.Check:
    def holds(wide: pd.DataFrame) -> "pd.Series[bool]":
        there = numbers(wide)
        verdicts = judge_many(statement, there)
        if seen is not None:
            seen(statement, there, verdicts)
        return pd.Series(~verdicts.broken, index=wide.index)

    return pa.Check(holds, name=statement.key, title=statement.level, error=statement.rule, ignore_na=False)
