"""Where each number of a form stands in its template."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from schemas.edition import Edition
from schemas.entry import Entry
from schemas.form import Form
from schemas.rules.terms import Ref
from schemas.table import Table

CODE, NAME, UNIT, MONTH, YEAR_TO_DATE, LAST_MONTH, CHECK, NOTE = range(8)
GRID = (UNIT, MONTH, YEAR_TO_DATE, LAST_MONTH)  # where the columns of a matrix stand
MOST = 10  # columns of a matrix that a sheet of its own takes side by side
_FIRST = "一"
_NUMBERED = re.compile(r"([一二三四五六七八九十]+)、")  # how a heading begins that has a number
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


class GroupHead(NamedTuple):
    """The headings above those of a matrix, each over the columns that share it; "" over none.

    ``note`` is what stands over the names of the rows.
    """

    groups: tuple[str, ...]
    note: str = ""


Row = str | GroupHead | GridHead | Cells


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
                _grid(table, entries, len(self.grid(table.sheet))) if table.shape == "matrix" else _list(table, entries)
            )
        return {sheet: _numbered(own, _sections(self.form.edition, sheet)) for sheet, own in rows.items()}

    def grid(self, sheet: str) -> tuple[int, ...]:
        """Where the columns of matrices stand on a sheet: as many as its widest has, where nothing else is on it.

        A list has the columns of its measures.
        """
        if sheet not in self._grids:
            own = [table for table in self.form.edition.tables if table.sheet == sheet and self.form.table(table.id)]
            most = max((len({e.column for e in self.form.table(table.id)}) for table in own), default=0)
            alone = all(table.own_rows for table in own) and 0 < most <= MOST
            self._grids[sheet] = tuple(range(UNIT, UNIT + most)) if alone else GRID
        return self._grids[sheet]

    @cached_property
    def _grids(self) -> dict[str, tuple[int, ...]]:
        return {}

    def heads(self, sheet: str) -> dict[int, str]:
        """The longest heading above each column of a sheet's matrices with rows of their own."""
        found: dict[int, str] = {}
        for head in (row for row in self.sheets[sheet] if isinstance(row, GridHead)):
            table = next(table for table in self.form.edition.tables if table.id == head.columns[0].table)
            for column, entry in zip(self.grid(sheet), head.columns if table.own_rows else (), strict=False):
                found[column] = max(found.get(column, ""), entry.name.rpartition("·")[2], key=len)
        return found

    def check(self, sheet: str) -> int:
        """The column of a sheet's checks; its 说明 stand right of it."""
        return self.grid(sheet)[-1] + 1

    def note(self, sheet: str) -> int:
        """The column of a sheet's 说明."""
        return self.check(sheet) + 1

    def is_wide(self, sheet: str) -> bool:
        """Whether a sheet has more columns than an upright page."""
        return len(self.grid(sheet)) > len(GRID)

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
            (entry.table, entry.code): Place(sheet, FIRST_ROW + 1 + n, self.grid(sheet)[c] if row.is_grid else MONTH)
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
        if entry.indent:
            return entry.indent
        parent = self.form.entries.get((entry.table, entry.parent))
        return 1 + self.depth(parent) if parent else 0

    def cell(self, ref: Ref, *, sheet: str = "") -> str:
        """The address of a value, with its sheet's name unless it stands on ``sheet``."""
        place = self.places[ref.table, ref.line]
        address = xl_rowcol_to_cell(place.row, place.column if ref.measure == "month" else YEAR_TO_DATE)
        return address if place.sheet == sheet else f"'{place.sheet}'!{address}"

    def inputs(self, ref: Ref, *, sheet: str = "") -> list[str]:
        """The cells that must be filled in before a value means anything: a total's parts, or the line itself."""
        return [self.cell(Ref(ref.table, code), sheet=sheet) for code in self.form.leaves(ref)]


def _list(table: Table, entries: tuple[Entry, ...]) -> list[Row]:
    rows: list[Row] = [table.section] if table.section else []
    section = ""
    for entry in entries:
        rows += [entry.section, Cells((entry,))] if entry.section not in {"", section} else [Cells((entry,))]
        section = entry.section
    return rows


def _sections(edition: Edition, sheet: str) -> list[str]:
    """The headings of sections that an edition has on a sheet, whether or not a unit is asked what is under them."""
    return [
        title
        for table in edition.tables
        if table.sheet == sheet
        for title in (
            table.section,
            *(block.title for block in table.blocks),
            *(line.section for line in table.lines),
        )
        if title
    ]


def _numbered(rows: list[Row], every: Sequence[str]) -> list[Row]:
    """The rows with their headings numbered as the edition's are, and no number left out where a heading is.

    Numbers that begin again are counted again.
    """
    numbers = [found[1] if (found := _NUMBERED.match(title)) else "" for title in every]
    left: list[str] = []  # the numbers that are still to be given
    told, at = list(rows), 0
    for place, row in enumerate(rows):
        if not isinstance(row, str) or row not in every[at:] or not _NUMBERED.match(row):
            continue
        here = every.index(row, at)
        again = [n for n in range(at, here + 1) if numbers[n] == _FIRST]
        left = [number for number in numbers[again[-1] if again else at :] if number] if again or not at else left
        told[place] = _NUMBERED.sub(f"{left.pop(0)}、", row)
        at = here + 1
    return told


def _grid(table: Table, entries: tuple[Entry, ...], width: int) -> list[Row]:
    """The rows of a matrix below its headings; of more columns than a page has in parts, one below the other."""
    lines = {row: tuple(cells) for row, cells in groupby(entries, key=lambda entry: entry.line)}
    first, groups = next(iter(lines.values())), {column.code: column.group for column in table.columns}
    parts: list[Row] = [table.section or table.title]
    for start in range(0, len(first), width):
        head = first[start : start + width]
        above = tuple(groups.get(entry.column, "") for entry in head)
        parts += [GroupHead(above, table.head), GridHead(head)] if any(above) or table.head else [GridHead(head)]
        parts += _rows(table, {row: Cells(cells[start : start + width]) for row, cells in lines.items()})
    return parts


def _rows(table: Table, lines: Mapping[str, Cells]) -> list[Row]:
    """The rows of a matrix, with its own headings among them that have something below them."""
    own = {row.code: row for row in table.own_rows}
    rows: list[Row] = []
    open_: list[Row] = []
    for code in own or lines:
        if code in own and own[code].heading:
            open_.append(own[code].name)
        elif code in lines:
            rows += [*open_, lines[code]]
            open_ = []
    return rows
