"""An .xls of Excel 97 to 2003, by xlrd: values, names, number formats and error cells."""

import logging
import os
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from pipeline.intake.book import Book, Mark, Position, Unreadable
from pipeline.intake.bounds import check_sheets, check_size
from pipeline.intake.containers.sniff import FOREIGN


def read_xls(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable; any other exception means damage."""
    import xlrd

    logging.captureWarnings(True)
    try:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123  # xlrd tells what it wonders about to a file
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=nowhere)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Unreadable("加了打开密码", FOREIGN) from None
        raise
    check_sheets(book.nsheets)
    sheets: dict[str, list[list[object]]] = {}
    marks: dict[Position, Mark] = {}
    for sheet in book.sheets():
        check_size(sheet.name, sheet.nrows, sheet.ncols)
        sheets[sheet.name] = [[_value(cell, book) for cell in sheet.row(r)] for r in range(sheet.nrows)]
        marks |= dict(_marks(sheet, book))
    return Book(sheets, dict(_names(book)), marks)


def _value(cell: Any, book: Any) -> object:
    import xlrd

    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT}:
        return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return _day(cell.value, book.datemode) if cell.ctype == xlrd.XL_CELL_DATE else ""


def _day(serial: float, datemode: int) -> date | float:
    """A date; the bare number where no calendar has such a day, as where a count was formatted as a date."""
    import xlrd

    try:
        day: datetime = xlrd.xldate_as_datetime(serial, datemode)
    except (ValueError, OverflowError):
        return serial
    return day.date() if day.time() == datetime.min.time() else day


def _marks(sheet: Any, book: Any) -> Iterator[tuple[Position, Mark]]:
    import xlrd

    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                shown = xlrd.error_text_from_code.get(cell.value, "#N/A")
                yield (sheet.name, row, column), Mark("error", shown)
            elif cell.ctype == xlrd.XL_CELL_NUMBER and _is_percent(cell.xf_index, book):
                yield (sheet.name, row, column), Mark("percent", f"{cell.value * 100:.10g}%")
    yield from (((sheet.name, *spot), Mark("formatted", "")) for spot in _formatted(sheet, book))
    for top, bottom, start, end in sheet.merged_cells:
        for row in range(top, min(bottom, sheet.nrows)):
            for column in range(start, min(end, sheet.ncols)):
                if (row, column) != (top, start):
                    yield (sheet.name, row, column), Mark("covered", "")


def _formatted(sheet: Any, book: Any) -> Iterator[tuple[int, int]]:
    """The cells with a text of which a part is struck out, raised or lowered."""
    for spot, runs in sheet.rich_text_runlist_map.items():
        fonts = (book.font_list[font] for _, font in runs)
        if any(font.struck_out or font.escapement for font in fonts):
            yield spot


def _is_percent(style: int, book: Any) -> bool:
    shown = book.format_map.get(book.xf_list[style].format_key)
    return shown is not None and "%" in shown.format_str


def _names(book: Any) -> Iterator[tuple[str, Position]]:
    """Names that mean one cell, the workbook's own last, so that they win."""
    for name in sorted(book.name_obj_list, key=lambda one: one.scope < 0):
        areas = getattr(name.result, "value", None)
        if isinstance(areas, list) and len(areas) == 1:
            first, past, top, bottom, left, right = areas[0].coords
            if (past - first, bottom - top, right - left) == (1, 1, 1) and 0 <= first < book.nsheets:
                yield name.name, (book.sheet_names()[first], top, left)
