"""A sheet of somebody's form as its cells are: words, formulas, room to fill in, and how each is set."""

import re
from pathlib import Path
from typing import Any, NamedTuple
from warnings import catch_warnings, simplefilter

from pipeline.intake.book import Unreadable
from pipeline.intake.bounds import MOST_BYTES, check_sheets, check_size, open_zip
from schemas.mistake import CannotRun

Spot = tuple[int, int]  # row and column, from 1

NOTHING = re.compile(r"[-—–－/×*＊_\s]+")  # what says that nothing is asked here
_LEADING = re.compile(r"^[ \u3000\t]*")
_DECIMALS = re.compile(r"[0#?]\.([0#?]+)")
_CHOICES = re.compile(r'"([^"]*)"')


class Cell(NamedTuple):
    """A cell: its words ("" where it has a number, a formula or nothing), and what tells how it is filled in."""

    text: str = ""
    number: str = ""
    formula: str = ""
    indent: int = 0
    decimals: int = 0
    prompt: str = ""
    choices: tuple[str, ...] = ()
    framed: bool = False

    @property
    def barred(self) -> bool:
        """Whether it says that nothing is asked here."""
        return bool(self.text) and NOTHING.fullmatch(self.text) is not None

    @property
    def words(self) -> str:
        """Its words, those that say something."""
        return "" if self.barred else self.text

    @property
    def shown(self) -> str:
        """Its words or its number."""
        return self.words or self.number

    @property
    def is_room(self) -> bool:
        """Whether it is empty and there to be filled in."""
        return (
            not self.text
            and not self.number
            and not self.formula
            and (self.framed or bool(self.prompt or self.choices))
        )


EMPTY = Cell()


class Sheet:
    """The cells of a sheet; every part of a merged cell is told as the whole."""

    def __init__(self, name: str, cells: dict[Spot, Cell], merged: dict[Spot, Spot]) -> None:
        self.name, self._cells, self._merged = name, cells, merged
        self.rows = max((row for row, _ in cells), default=0)
        self.columns = max((column for _, column in cells), default=0)

    def spot(self, row: int, column: int) -> Spot:
        """The cell that a place belongs to: itself, or the first of those merged with it."""
        return self._merged.get((row, column), (row, column))

    def at(self, row: int, column: int) -> Cell:
        """The cell at a place."""
        return self._cells.get(self.spot(row, column), EMPTY)

    def worded(self, row: int) -> dict[int, Spot]:
        """The columns of a row that have words, each with the cell they stand in."""
        return {c: self.spot(row, c) for c in range(1, self.columns + 1) if self.at(row, c).words}

    def is_blank(self, row: int) -> bool:
        """Whether nothing at all stands in a row."""
        return not any(self.at(row, c)[:3] != EMPTY[:3] for c in range(1, self.columns + 1))


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of a workbook that a person sees. Raises CannotRun where it is none, or larger than any form."""
    if not path.is_file():
        raise CannotRun(f"找不到“{path}”。请写一份 Excel 表式（.xlsx）的路径。")
    if path.suffix.lower() not in {".xlsx", ".xlsm"}:
        raise CannotRun(f"“{path.name}”不是 .xlsx 文件。请用 Excel 或 WPS 另存为 .xlsx，再运行一次。")
    try:
        book = _book(path)
        check_sheets(len(book.worksheets))
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in shown:
            check_size(sheet.title, sheet.max_row, sheet.max_column)
    except Unreadable as error:
        raise CannotRun(f"读不了“{path.name}”：{error}。请核对是不是一份表式。") from None
    return [_sheet(sheet) for sheet in shown]


def _book(path: Path) -> Any:
    import openpyxl

    if path.stat().st_size > MOST_BYTES:
        raise Unreadable("文件太大")
    open_zip(path.read_bytes()).close()
    try:
        with catch_warnings():
            simplefilter("ignore")
            return openpyxl.load_workbook(path)
    except Exception as error:  # whatever a file does to its reader is damage
        raise Unreadable("损坏或没有下载完整") from error


def _sheet(sheet: Any) -> Sheet:
    merged = {
        (row, column): (span.min_row, span.min_col)
        for span in sheet.merged_cells.ranges
        for row in range(span.min_row, span.max_row + 1)
        for column in range(span.min_col, span.max_col + 1)
    }
    rules = _rules(sheet)
    cells = {
        (c.row, c.column): _cell(c, *rules.get((c.row, c.column), ("", ())))
        for row in sheet.iter_rows()
        for c in row
        if c.value is not None or c.has_style
    }
    cells |= {
        spot: Cell(prompt=told, choices=choices, framed=True)
        for spot, (told, choices) in rules.items()
        if spot not in cells
    }
    return Sheet(sheet.title, cells, merged)


def _rules(sheet: Any) -> dict[Spot, tuple[str, tuple[str, ...]]]:
    """What cells may take: what the prompt of each says, and what can be chosen."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        listed = _CHOICES.fullmatch(rule.formula1 or "") if rule.type == "list" else None
        choices = tuple(one.strip() for one in listed[1].split(",")) if listed else ()
        for span in rule.sqref.ranges:
            for row in range(span.min_row, min(span.max_row, sheet.max_row + 1) + 1):
                for column in range(span.min_col, min(span.max_col, sheet.max_column) + 1):
                    found[row, column] = (rule.prompt or "", choices)
    return found


def _cell(cell: Any, prompt: str, choices: tuple[str, ...]) -> Cell:
    value, formula, number, text = cell.value, "", "", ""
    if cell.data_type == "f":
        formula = str(getattr(value, "text", value))
    elif isinstance(value, str):
        text = value
    elif value is not None:
        number = f"{value:g}" if isinstance(value, float) else str(value)
    decimals = _DECIMALS.search(cell.number_format or "")
    spaces = _LEADING.match(text)
    leading = len(spaces[0].replace("\u3000", "  ")) if spaces else 0
    sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
    return Cell(
        " ".join(text.split()),
        number,
        formula,
        int(cell.alignment.indent or 0) + (leading + 1) // 2,
        len(decimals[1]) if decimals else 0,
        prompt,
        choices,
        any(side is not None and side.style for side in sides),
    )
