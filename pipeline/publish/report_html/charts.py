"""The charts as values: the columns of the months, the bars of the parts and of the units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.outcome import Outcome
from pipeline.table import Table
from pipeline.theme import width

BARS = 15  # units that have a bar of their own
STEPS = (1, 2, 5, 10)
LINES = 5  # of the grid, at most


@dataclass(frozen=True)
class Chart:
    """A chart: its address on the page, what it shows, in which unit, its points in their order, what it leaves out."""

    id: str
    title: str
    unit: str
    points: Sequence[tuple[str, int]]
    note: str = ""

    @property
    def words(self) -> str:
        """Everything that it shows, for whoever does not see it."""
        return "；".join(f"{name} {value:,}" for name, value in self.points)

    @property
    def most(self) -> int:
        """The largest value, at least 1."""
        return max([1, *(value for _, value in self.points)])

    @property
    def label(self) -> int:
        """How wide the longest name is, in half-width characters."""
        return max(width(name) for name, _ in self.points)

    @cached_property
    def grid(self) -> list[int]:
        """The values of its lines, from 0 to no less than the largest value, at round distances."""
        power = 10 ** (len(str(self.most)) - 1)
        wide = max(power // 10, 1)
        step = next(s for s in (*(wide * n for n in STEPS), *(power * n for n in STEPS)) if s * LINES >= self.most)
        return list(range(0, self.most + step, step))


def charts(outcome: Outcome) -> list[Chart]:
    """The months and the parts of the first table by month, the units of the first table by unit."""
    found: list[Chart] = []
    by_month, by_unit = (_first(outcome, rows) for rows in ("months", "units"))
    if by_month:
        name, unit = by_month.columns[0].name, by_month.columns[0].unit
        months = [(row.label, row.values[0]) for row in by_month.rows if row.kind == "item"]
        found.append(Chart("months", f"{name}（按月）", unit, months))
        parts = sorted(_parts(by_month), key=lambda part: -part[1])
        found += [Chart("parts", f"{name}（分项）", unit, parts)] if parts else []
    if by_unit:
        name, unit = by_unit.columns[0].name, by_unit.columns[0].unit
        units = _ranked(by_unit)
        found.append(Chart("units", f"{name}（按单位）", unit, units[:BARS], _others(units[BARS:], unit)))
    return found


def _first(outcome: Outcome, rows: str) -> Table | None:
    return next((table for table in outcome.tables if table.annual.rows == rows), None)


def _parts(table: Table) -> Iterator[tuple[str, int]]:
    """The columns after the first that count one line each, and what the first has more than all of them."""
    first, *others = (column.linear for column in table.columns)
    single = [n for n, linear in enumerate(others, start=1) if linear and len(linear.terms) == 1]
    every = {ref for linear in (first, *(table.columns[n].linear for n in single)) if linear for ref in linear.refs}
    rest = [n for n, linear in enumerate(others, start=1) if linear and set(linear.refs) == every]
    for n in (*single, *(rest if single else ())):
        if n in single or table.rows[0].values[n]:
            yield table.columns[n].name, table.rows[0].values[n]


def _ranked(table: Table) -> list[tuple[str, int]]:
    """The units, that with most first."""
    return sorted(((r.label, r.values[0]) for r in table.rows if r.kind == "item"), key=lambda point: -point[1])


def _others(units: Sequence[tuple[str, int]], unit: str) -> str:
    return f"其余{len(units)}个单位合计{sum(value for _, value in units):,}{unit}。" if units else ""
