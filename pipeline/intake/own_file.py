"""A workbook that the office itself keeps at the top of the inbox: one sheet, one header row, one row a thing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.intake.book import Unreadable
from pipeline.intake.cells import text_of
from pipeline.intake.containers import read_book
from schemas.mistake import Mistake


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
    """The rows of the file's first sheet that are not empty; none where there is no such file.

    Raises Mistake where it cannot be opened or lacks a heading.
    """
    if not path.exists():
        return []
    try:
        book = read_book(path.read_bytes(), path.name)
    except Unreadable as error:
        raise Mistake(path, None, f"文件{error}，请用 Excel 打开后重新保存。") from None
    sheet, rows = next(iter(book.sheets.items()))
    heads = [text_of(cell) for cell in rows[0]] if rows else []
    lacking = [heading for heading in headings if heading not in heads]
    if lacking:
        raise Mistake(path, 1, f"缺少“{lacking[0]}”栏，应有：{'、'.join(headings)}。")
    at = {heading: heads.index(heading) for heading in headings}
    return [OwnRow(sheet, n, row, at) for n, row in enumerate(rows[1:], 2) if any(map(text_of, row))]
