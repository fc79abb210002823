"""Where each number of a form stands in its template."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from schemas.entry import Entry
from schemas.form import Form
from schemas.rules.terms import Ref
from schemas.table import Table

CODE, NAME, UNIT, MONTH, YEAR_TO_DATE, LAST_MONTH, CHECK, NOTE = range(8)
GRID = (UNIT, MONTH, YEAR_TO_DATE, LAST_MONTH)  # where the columns of a matrix stand
FIRST_ROW = 3  # below title, header and banner: the headings of the columns


class Place(NamedTuple):
    """A number's sheet, row and column (from 0)."""

    sheet: str
    row: int
    column: int


class GridHead(NamedTuple):
    """The headings of a matrix: one cell of each column stands for it."""

    columns: tuple[Entry, ...]


class Cells(NamedTuple):
    """A printed row: the one number of a list's line, or the cells of a matrix's row."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        """The number that the row is named by; its 说明 is the row's."""
        return self.entries[0]

    @property
    def is_grid(self) -> bool:
        """Whether it is a row of a matrix."""
        return bool(self.first.column)


Row = str | GridHead | Cells


@dataclass(frozen=True)
class Layout:
    """The sheets of one template: lines in order, a heading row above each section. Registers have their own sheets."""

    form: Form

    @cached_property
    def sheets(self) -> dict[str, list[Row]]:
        """Each form sheet's rows below the column headings."""
        rows: dict[str, list[Row]] = {}
        for table in self.form.edition.tables:
            entries = self.form.table(table.id)
            if table.shape == "register" or not entries:
                continue
            rows.setdefault(table.sheet, []).extend(
                _grid(table, entries) if table.shape == "matrix" else _list(table, entries)
            )
        return rows

    @cached_property
    def registers(self) -> tuple[Table, ...]:
        """The registers that the form asks for."""
        return tuple(t for t in self.form.edition.tables if t.shape == "register" and self.form.table(t.id))

    @cached_property
    def cells(self) -> dict[tuple[str, str], Cells]:
        """The printed row of each number, by table and code."""
        return {
            (e.table, e.code): row
            for rows in self.sheets.values()
            for row in rows
            if isinstance(row, Cells)
            for e in row.entries
        }

    @cached_property
    def places(self) -> dict[tuple[str, str], Place]:
        """Where each number of the month stands, by table and code."""
        return {
            (entry.table, entry.code): Place(sheet, FIRST_ROW + 1 + n, GRID[c] if row.is_grid else MONTH)
            for sheet, rows in self.sheets.items()
            for n, row in enumerate(rows)
            if isinstance(row, Cells)
            for c, entry in enumerate(row.entries)
        }

    @property
    def fingerprint(self) -> str:
        """A short hash of what is asked and where; a return whose stamp shows another was made from another form."""
        content = [self.form.edition.id, [(*key, *place) for key, place in self.places.items()]]
        return "h" + hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12]

    def depth(self, entry: Entry) -> int:
        """How many lines above it the line is a part of."""
        parent = self.form.entries.get((entry.table, entry.parent))
        return 1 + self.depth(parent) if parent else 0

    def cell(self, ref: Ref, *, sheet: str = "") -> str:
        """The address of a value, with its sheet's name unless it stands on ``sheet``."""
        place = self.places[ref.table, ref.line]
        address = xl_rowcol_to_cell(place.row, place.column if ref.measure == "month" else YEAR_TO_DATE)
        return address if place.sheet == sheet else f"'{place.sheet}'!{address}"

    def inputs(self, ref: Ref, *, sheet: str = "") -> list[str]:
        """The cells that must be filled in before a value means anything: a total's parts, or the line itself."""
        entry = self.form.entry(ref)
        codes = entry.parts or (entry.code,)
        return [self.cell(Ref(ref.table, code), sheet=sheet) for code in codes]


def _list(table: Table, entries: tuple[Entry, ...]) -> list[Row]:
    rows: list[Row] = [table.section] if table.section else []
    for entry in entries:
        rows += [entry.section, Cells((entry,))] if entry.section else [Cells((entry,))]
    return rows


def _grid(table: Table, entries: tuple[Entry, ...]) -> list[Row]:
    """The rows of a matrix below its headings; of more columns than a page has in parts, one below the other."""
    lines = [Cells(tuple(cells)) for _, cells in groupby(entries, key=lambda entry: entry.line)]
    parts: list[Row] = [table.section or table.title]
    for first in range(0, len(lines[0].entries), len(GRID)):
        own = [Cells(line.entries[first : first + len(GRID)]) for line in lines]
        parts += [GridHead(own[0].entries), *own]
    return parts
