"""Which rows of a table the public sees: no unit's own that the office did not clear, nor one that sums would give."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.values.table import Table, TableRow
from schemas.office import EVERY_UNIT, Office


@dataclass(frozen=True)
class Shown:
    """A table as it is released: its rows, and how many of units are left out."""

    table: Table
    rows: tuple[TableRow, ...]
    hidden: int

    @property
    def is_told(self) -> bool:
        """Whether anything is left of it."""
        return bool(self.rows)


def shown(table: Table, office: Office) -> Shown:
    """A table without the rows of units that are not cleared.

    Where one unit of a group alone is not cleared, the others would tell it, and none of the group is shown, nor any
    where it is the only one of all; a group of one unit that is not cleared is not shown either, and where that is the
    only such group, no group is.
    """
    known, cleared = {unit.code for unit in office.units}, cleared_by(office)
    groups = dict(_groups(table, known))
    hidden = {row.key for rows in groups.values() for row in rows if row.key not in cleared}
    for rows in groups.values():
        if sum(row.key in hidden for row in rows) == 1:
            hidden |= {row.key for row in rows}
    if len(hidden) == 1:
        hidden = {row.key for rows in groups.values() for row in rows}
    alone = {head for head, rows in groups.items() if head and len(rows) == 1 and rows[0].key in hidden}
    if len(alone) == 1:
        alone = {head for head in groups if head}
    rows = tuple(row for row in table.rows if not (_is_unit(row, known) and row.key in hidden) and row.key not in alone)
    return Shown(table, rows if _has_more_than_headings(rows) else (), len(table.rows) - len(rows))


def cleared_by(office: Office) -> frozenset[str]:
    """The codes of the units whose own figures the office cleared for the public."""
    wanted = set(office.settings.open.units)
    if EVERY_UNIT in wanted:
        return frozenset(unit.code for unit in office.units)
    return frozenset(unit.code for unit in office.units if any(wanted & set(row.names) for row in unit.rows))


def _groups(table: Table, known: set[str]) -> Iterator[tuple[str, Sequence[TableRow]]]:
    """The rows of units below the group that they stand in; "" where there is none."""
    found: Mapping[str, list[TableRow]] = defaultdict(list)
    head = ""
    for row in table.rows:
        if row.kind == "group":
            head = row.key
        elif _is_unit(row, known):
            found[head].append(row)
    yield from found.items()


def _is_unit(row: TableRow, known: set[str]) -> bool:
    return row.kind == "item" and (row.key in known or bool(row.units and len(row.units) == 1))


def _has_more_than_headings(rows: Sequence[TableRow]) -> bool:
    return any(row.kind != "heading" for row in rows)
