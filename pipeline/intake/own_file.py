"""A workbook that the office itself keeps at the top of the inbox: one header row, one row a thing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.intake.book import Unreadable
from pipeline.intake.cells import text_of
from pipeline.intake.containers import read_book
from schemas.mistake import Mistake

TOP = 10  # rows among which the headings are looked for


class OwnRow:
    """One row: its cells by their heading."""

    def __init__(self, sheet: str, number: int, cells: Sequence[object], at: Mapping[str, int]) -> None:
        self.sheet = sheet
        self.number = number  # as the spreadsheet counts, from 1
        self._cells, self._at = cells, at

    def raw(self, heading: str) -> object:
        """What stands in the cell; "" where nothing does."""
        return self._cells[self._at[heading]] if self._at[heading] < len(self._cells) else ""

    def text(self, heading: str) -> str:
        """The cell as text."""
        return text_of(self.raw(heading))

    def cell(self, heading: str) -> str:
        """The cell's address."""
        return str(xl_rowcol_to_cell(self.number - 1, self._at[heading]))


def read_own(path: Path, headings: Sequence[str]) -> list[OwnRow]:
    """The rows below the headings that are not empty; none where there is no such file.

    Titles may stand above the headings. Raises Mistake where it cannot be opened or lacks a heading.
    """
    if not path.exists():
        return []
    try:
        book = read_book(path.read_bytes(), path.name)
    except Unreadable as error:
        raise Mistake(path, None, f"文件{error}，请用 Excel 打开后重新保存。") from None
    sheet, head, rows = _headed(book.sheets, headings)
    heads = [text_of(cell) for cell in rows[head]] if rows else []
    lacking = [heading for heading in headings if heading not in heads]
    if lacking:
        raise Mistake(path, head + 1, f"缺少“{lacking[0]}”栏，应有：{'、'.join(headings)}。")
    at = {heading: heads.index(heading) for heading in headings}
    return [OwnRow(sheet, n, row, at) for n, row in enumerate(rows[head + 1 :], head + 2) if any(map(text_of, row))]


def _headed(
    sheets: Mapping[str, Sequence[Sequence[object]]], headings: Sequence[str]
) -> tuple[str, int, Sequence[Sequence[object]]]:
    """The sheet, and the row in it, that has most of the headings (of equals the first), with the sheet's rows."""
    wanted = set(headings)
    found = ((name, n, rows) for name, rows in sheets.items() for n in range(max(1, min(len(rows), TOP))))
    return max(found, key=lambda at: len(wanted & set(map(text_of, at[2][at[1]]))) if at[2] else 0)
