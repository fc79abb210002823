"""How each total of the annual tables is counted again from 数据_机读 alone, for the manifest of what is forwarded.

Whoever receives the folder, years later too, needs neither the form nor the office to do it (see desk.verifying).
"""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.heads import first_row
from pipeline.tables.explain import facts_behind
from pipeline.tables.outcome import Outcome
from pipeline.values.machine import heading_of
from pipeline.values.table import Table
from schemas.quantity import Quantity
from schemas.rules.terms import Linear

if TYPE_CHECKING:
    import pandas as pd

PLACE = ("edition", "table", "line", "column")  # of a number, as facts name it
Part = tuple[str, str, str, Fraction]  # edition, table and column of the machine sheet, how often each number counts


def totals(outcome: Outcome) -> list[dict[str, Any]]:
    """Each number of a table's first row: its cell, its value, and what it adds up.

    ``of`` are the parts: the numbers in one column of the machine sheet, of an edition, a table and the measure month,
    ``times`` each; ``at`` are the periods, or "period/unit" where not all who reported in it count.
    """
    return [total for table in outcome.tables for total in _of_table(outcome, table)]


def _of_table(outcome: Outcome, table: Table) -> Iterator[dict[str, Any]]:
    row = table.rows[0]
    if row.kind != "total":
        return
    for n, (column, counts, answer) in enumerate(zip(table.columns, row.counts, row.answers, strict=True)):
        if isinstance(counts, Linear) and answer.some:
            quantity = table.quantity(row, n)
            yield {
                "sheet": table.annual.sheet,
                "cell": xl_rowcol_to_cell(first_row(table), n + 1),
                "name": f"{row.label}“{column.name}”",
                "value": str(quantity.exact(answer.steps)),
                "plus": str(quantity.exact(counts.constant)),
                "of": _parts(outcome.facts, facts_behind(outcome, counts, row, column), quantity),
            }


def _parts(facts: "pd.DataFrame", behind: "pd.DataFrame", quantity: Quantity) -> list[dict[str, Any]]:
    """The facts behind a number by the columns of the machine sheet that they stand in."""
    places: dict[Part, set[tuple[str, str]]] = defaultdict(set)
    wanted = facts.loc[behind.index, [*PLACE, "period", "unit", "decimals"]]
    columns = [wanted[name].tolist() for name in wanted.columns]
    for edition, table, line, column, period, unit, decimals, times in zip(*columns, behind["times"], strict=True):
        each = Fraction(times) * Fraction(10) ** (decimals - quantity.decimals)
        places[edition, table, heading_of(line, column), each].add((period, unit))
    every = _reporting(facts)
    return [
        {"edition": e, "table": t, "column": heading, "times": str(times), "at": _at(keys, every[e, t])}
        for (e, t, heading, times), keys in sorted(places.items())
    ]


def _reporting(facts: "pd.DataFrame") -> dict[tuple[str, str], dict[str, set[str]]]:
    """Who has any number of a table, by edition, table and period."""
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    keys = facts[["edition", "table", "period", "unit"]].drop_duplicates()
    for edition, table, period, unit in keys.itertuples(index=False, name=None):
        found[edition, table][period].add(unit)
    return found


def _at(keys: set[tuple[str, str]], every: dict[str, set[str]]) -> list[str]:
    by_period: dict[str, set[str]] = defaultdict(set)
    for period, unit in keys:
        by_period[period].add(unit)
    told: list[str] = []
    for period, units in sorted(by_period.items()):
        told += [period] if units == every[period] else [f"{period}/{unit}" for unit in sorted(units)]
    return told
