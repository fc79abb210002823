"""A workbook as read, whatever it came in: cells by sheet, defined names, and the cells whose value cannot be had."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
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

    Or a text that shows otherwise than it reads, for a part of it is struck out or raised ("formatted"), or hidden or a
    control of a web page ("odd").
    """

    kind: Literal["error", "uncalculated", "percent", "covered", "formatted", "odd"]
    shown: str


@dataclass(frozen=True)
class Book:
    """Cells of every sheet from A1 on, names, and marks; ``said`` is what the sender should know.

    ``all_text`` is a container that keeps every number as text, which says nothing about who typed it; ``widths`` are
    how many cells it wrote in each row, where rows may differ in that.
    """

    sheets: Mapping[str, list[list[object]]]
    names: Mapping[str, Position] = field(default_factory=dict)
    marks: Mapping[Position, Mark] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    all_text: bool = False
    widths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def at(self, position: Position) -> object:
        """The cell's value; "" for an empty cell."""
        sheet, row, column = position
        rows = self.sheets.get(sheet, [])
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""

    def without(self, sheet: str) -> "Book":
        """The book without a sheet that is no part of any return."""
        return replace(self, sheets={name: rows for name, rows in self.sheets.items() if name != sheet})

    def lost(self, position: Position) -> bool:
        """Whether a formula stands in the cell that was never calculated."""
        mark = self.marks.get(position)
        return mark is not None and mark.kind == "uncalculated"


@lru_cache(maxsize=1 << 16)
def address(row: int, column: int) -> str:
    """A cell's address, as a spreadsheet shows it."""
    return str(xl_rowcol_to_cell(row, column))
