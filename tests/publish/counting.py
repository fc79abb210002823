"""Count the annual tables in plain Python, as a clerk would: whose values, of which months, added up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.tables.outcome import Outcome
from pipeline.values.table import Table, TableColumn, TableRow
from schemas.rules.terms import Linear, Ratio, Ref

QUARTERS = {"第一季度": (1, 2, 3), "第二季度": (4, 5, 6), "第三季度": (7, 8, 9), "第四季度": (10, 11, 12)}

Value = tuple[str, str, int]  # unit, period, value
Wanted = Callable[[str, str], bool]  # whether the value of a unit and period is wanted


@dataclass(frozen=True)
class Counting:
    """The month's values of a year by table and heading (line, or line.column), and what they are."""

    outcome: Outcome
    values: dict[tuple[str, str], list[Value]]

    def figure(self, linear: Linear | Ratio, wanted: Wanted) -> int | None:
        """A sum of lines over the units and months that are wanted, or a ratio of two; None where there is no value."""
        if isinstance(linear, Ratio):
            top, bottom = self.figure(linear.top, wanted), self.figure(linear.bottom, wanted)
            return linear.steps(top, bottom) if bottom and top is not None else None
        found = [(times, value) for times, ref in linear.terms for value in self._line(ref, wanted)]
        return sum(times * value for times, value in found) + linear.constant if found else None

    def table(self, table: Table) -> list[list[int | None]]:
        """A whole annual table in steps of what its cells are counted in."""
        return [
            [
                self.figure(row.counts[n], whose(table, row, column, self.outcome))
                for n, column in enumerate(table.columns)
            ]
            for row in table.rows
        ]

    def _line(self, ref: Ref, wanted: Wanted) -> list[int]:
        """The values that count: all of a flow, of a stock those of the last month that has any, of an opening the first.

        What has no values at all is counted of a register, and 0 there.
        """
        entry = self.outcome.form.entry(ref)
        heading = f"{entry.line}.{entry.column}" if entry.column else entry.line
        own = [value for value in self.values.get((ref.table, heading), []) if wanted(*value[:2])]
        if entry.kind == "flow":
            return [value for _, _, value in own] or [0] * entry.derived
        units, every = {unit for unit, _, _ in own}, {period for all_ in self.values.values() for _, period, _ in all_}
        periods = [period for period in every if any(wanted(unit, period) for unit in units)]
        asked = [period for period in periods if entry.asked(period)]
        end = (max if entry.kind == "stock" else min)(asked, default="")
        return [value for _, period, value in own if period == end]


def by_heading(rows: Iterable[tuple[str, str, str, str, int]]) -> dict[tuple[str, str], list[Value]]:
    """Values given as table, heading, unit, period and value."""
    found: dict[tuple[str, str], list[Value]] = {}
    for table, heading, unit, period, value in rows:
        found.setdefault((table, heading), []).append((unit, period, value))
    return found


def steps(outcome: Outcome, table: str, heading: str, written: object) -> int:
    """A number as it is written in a line's own unit, as the tables reckon with it."""
    line, _, column = heading.partition(".")
    entry = next(e for e in outcome.form.table(table) if (e.line, e.column) == (line, column))
    return round(Decimal(str(written)).scaleb(entry.quantity.decimals))


def whose(table: Table, row: TableRow, column: TableColumn, outcome: Outcome) -> Wanted:
    """The units and months that a cell stands for, by the words printed at its row and column."""
    months = QUARTERS.get(row.label) or QUARTERS.get(column.name) or range(1, 13)
    if table.annual.rows == "months" and row.kind == "item":
        months = (int(row.label.removesuffix("月")),)
    units = {unit.code for unit in outcome.office.units}
    if table.annual.rows == "units" and row.kind != "total":
        units = {unit.code for unit in outcome.office.units if row.label in {unit.short, unit.kind}}
    return lambda unit, period: unit in units and int(period[-2:]) in months
