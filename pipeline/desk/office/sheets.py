"""A list as a workbook that the office edits: everything is text, so that Excel makes no date of a month."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

SPARE = 500  # rows below the list that are text too
NOTES = "填写说明"


class Column(NamedTuple):
    """A column: its title, width, what to write in it, and what may be chosen."""

    title: str
    width: int
    about: str
    choices: tuple[str, ...] = ()


def write_list(path: Path, title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """The workbook: the list on its first sheet, what its columns are on the second."""
    from pipeline.paper.xlsx import Workbook

    book = Workbook(path)
    head = book.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(title)
    for n, column in enumerate(columns):
        sheet.set_column(n, n, column.width, text)
        sheet.write_string(0, n, column.title, head)
        if column.choices:
            sheet.data_validation(1, n, SPARE, n, {"validate": "list", "source": list(column.choices)})
    for r, row in enumerate(rows, start=1):
        for n, cell in enumerate(row):
            sheet.write_string(r, n, cell, text) if cell else sheet.write_blank(r, n, None, text)
    sheet.freeze_panes(1, 0)
    _notes(book.add_worksheet(NOTES), columns, book.add_format({"text_wrap": True, "valign": "top"}), head)
    book.close()


def _notes(sheet: Any, columns: Sequence[Column], wrapped: Any, head: Any) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 80)
    for n, words in enumerate(("栏", "怎么填")):
        sheet.write_string(0, n, words, head)
    for r, column in enumerate(columns, start=1):
        sheet.write_string(r, 0, column.title, wrapped)
        sheet.write_string(r, 1, column.about, wrapped)
