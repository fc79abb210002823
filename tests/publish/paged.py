"""How many pages a workbook takes in print, from what its file says alone: no font and no program has a part in it."""

from pathlib import Path
from typing import Any

from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import get_column_letter

from tests.publish.reading import load

A4 = (595.3, 841.9)  # points
PIXELS, PADDING, POINTS = 7, 5, 0.75  # of a character at the width that files are written for, and of a pixel
ROW, INCH = 15.0, 72.0


def pages_of(path: Path) -> dict[str, int]:
    """By visible sheet the pages it takes."""
    return {sheet.title: _pages(sheet) for sheet in load(path) if sheet.sheet_state == "visible"}


def scale_of(sheet: Any) -> float:
    """By how much a sheet shrinks to be as wide as its page."""
    width, _ = _room(sheet)
    left, _, right, _ = _area(sheet)
    wide = sum(_wide(sheet, column) for column in range(left, right + 1))
    return (
        min(1.0, width / wide)
        if sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage
        else 1.0
    )


def _pages(sheet: Any) -> int:
    _, top, _, bottom = _area(sheet)
    if all(sheet.row_dimensions[row].hidden for row in range(top, bottom + 1)):
        return 0
    if (
        sheet.page_setup.fitToHeight in {None, 1}
        and sheet.sheet_properties.pageSetUpPr
        and sheet.sheet_properties.pageSetUpPr.fitToPage
    ):
        return 1
    _, high = _room(sheet)
    room, breaks = high / scale_of(sheet), {one.id for one in sheet.row_breaks.brk}
    head = sum(_high(sheet, row) for row in _repeated(sheet) if row >= top)
    pages, used = 1, 0.0
    for row in range(top, bottom + 1):
        own = 0.0 if sheet.row_dimensions[row].hidden else _high(sheet, row)
        if used + own > room or row - 1 in breaks:
            pages, used = pages + 1, head
        used += own
    return pages


def _room(sheet: Any) -> tuple[float, float]:
    margins, lying = sheet.page_margins, sheet.page_setup.orientation == "landscape"
    wide, high = reversed(A4) if lying else A4
    return wide - INCH * (margins.left + margins.right), high - INCH * (margins.top + margins.bottom)


def _area(sheet: Any) -> tuple[int, int, int, int]:
    if sheet.print_area:
        return range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))
    return 1, 1, sheet.max_column, sheet.max_row


def _repeated(sheet: Any) -> range:
    rows = str(sheet.print_title_rows or "").replace("$", "")
    first, _, last = rows.partition(":")
    return range(int(first), int(last) + 1) if last else range(0)


def _high(sheet: Any, row: int) -> float:
    return sheet.row_dimensions[row].height or ROW


def _wide(sheet: Any, column: int) -> float:
    for own in sheet.column_dimensions.values():
        if own.min and own.min <= column <= own.max and own.width:
            return 0.0 if own.hidden else (own.width * PIXELS + PADDING) * POINTS
    own = sheet.column_dimensions[get_column_letter(column)].width
    return (own * PIXELS + PADDING) * POINTS


def smallest(sheet: Any) -> float:
    """The size in print of the smallest letters of its cells."""
    sizes = {cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value is not None and cell.font.sz}
    return min(sizes, default=11.0) * scale_of(sheet)
