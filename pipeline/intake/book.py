"""A workbook as read, whatever it came in: cells by sheet, defined names, and the cells whose value cannot be had."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

Position = tuple[str, int, int]  # sheet, row and column from 0


class Unreadable(ValueError):
    """A file that is no workbook we can read; ``kind`` is its finding, the text completes "文件“…”"."""

    def __init__(self, reason: str, kind: str = "E-FIL-01") -> None:
        super().__init__(reason)
        self.kind = kind


class Mark(NamedTuple):
    """Why a cell's value is not what it seems: an error, a formula without a result, a percentage, under a merge.

    Or it is seen otherwise than it is kept: a part of the text is struck out or raised ("formatted"), the format shows
    another thing ("shown"), all of it is struck out ("struck") or not seen for its colour or size ("unseen");
    on a web page something of it is hidden, or a control ("odd"); or it looks otherwise on a condition ("conditional").
    """

    kind: Literal[
        "error", "uncalculated", "percent", "covered", "formatted", "shown", "struck", "unseen", "odd", "conditional"
    ]
    shown: str


class Hidden(NamedTuple):
    """What of a sheet is not seen: rows and columns from 0, or all of it."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    whole: bool = False


class Comment(NamedTuple):
    """What somebody noted at a cell, which is no content of it."""

    at: Position
    text: str


class Drawing(NamedTuple):
    """Something that lies over the cells of a sheet, from its first cell to its last, and the text on it."""

    sheet: str
    first: tuple[int, int]
    last: tuple[int, int]
    what: str
    text: str

    def covers(self, position: Position) -> bool:
        """Whether it lies over a cell."""
        sheet, row, column = position
        (top, left), (bottom, right) = self.first, self.last
        return sheet == self.sheet and top <= row <= bottom and left <= column <= right


@dataclass(frozen=True)
class Book:
    """Cells of every sheet from A1 on, names, and marks; ``said`` is what the sender should know.

    ``all_text`` is a container that keeps every number as text, which says nothing about who typed it; ``widths`` are
    how many cells it wrote in each row, where rows may differ in that; ``without_zeros`` are sheets that show no 0.
    """

    sheets: Mapping[str, list[list[object]]]
    names: Mapping[str, Position] = field(default_factory=dict)
    marks: Mapping[Position, Mark] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    all_text: bool = False
    hidden: Mapping[str, Hidden] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    widths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    without_zeros: frozenset[str] = frozenset()
    drawings: tuple[Drawing, ...] = ()

    def at(self, position: Position) -> object:
        """The cell's value; "" for an empty cell."""
        sheet, row, column = position
        rows = self.sheets.get(sheet, [])
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""

    def seen(self, position: Position) -> object:
        """The cell's value, or where its format shows another thing, that as a text."""
        mark = self.marks.get(position)
        return mark.shown if mark and mark.kind == "shown" else self.at(position)

    @cached_property
    def otherwise(self) -> frozenset[tuple[str, int]]:
        """The rows of sheets in which a format shows another thing than is kept."""
        return frozenset((sheet, row) for (sheet, row, _), mark in self.marks.items() if mark.kind == "shown")

    def is_hidden(self, position: Position) -> bool:
        """Whether the cell stands on a sheet, a row or a column that is hidden."""
        hidden = self.hidden.get(position[0])
        return hidden is not None and (hidden.whole or position[1] in hidden.rows or position[2] in hidden.columns)

    def hides(self, sheet: str) -> bool:
        """Whether the whole sheet is hidden."""
        return sheet in self.hidden and self.hidden[sheet].whole

    def without(self, sheet: str) -> "Book":
        """The book without a sheet that is no part of any return."""
        kept = {name: rows for name, rows in self.sheets.items() if name != sheet}
        return replace(self, sheets=kept, comments=tuple(one for one in self.comments if one.at[0] != sheet))

    def lost(self, position: Position) -> bool:
        """Whether a formula stands in the cell that was never calculated."""
        mark = self.marks.get(position)
        return mark is not None and mark.kind == "uncalculated"


@lru_cache(maxsize=1 << 16)
def address(row: int, column: int) -> str:
    """A cell's address, as a spreadsheet shows it."""
    return str(xl_rowcol_to_cell(row, column))
