"""An .xls of Excel 97 to 2003, by xlrd: values, names, comments, and how the cells look."""

import logging
import os
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pipeline.intake.book import Book, Comment, Hidden, Mark, Position, Unreadable
from pipeline.intake.bounds import check_sheets, check_size
from pipeline.intake.containers.sniff import FOREIGN
from pipeline.intake.containers.xls_around import around_of
from pipeline.intake.letters import BLACK, LEAST_POINTS, WHITE, Colour, blends
from pipeline.intake.number_format import BUILT_IN, UNKNOWN
from pipeline.intake.shown import look_of, repeated, text_look

_LEAST_HEIGHT, _LEAST_WIDTH = LEAST_POINTS * 20, 256  # in which anything is seen: 20ths of a point, 256ths of a letter
_FILLS = 4  # of an alignment: the text over and over, as often as the cell is wide


class Style(NamedTuple):
    """What a cell's style shows: its number format, and whether it strikes out, is not seen, or repeats a number."""

    code: str
    struck: bool
    unseen: bool
    repeated: bool
    colours: tuple[Colour | None, Colour | None]


def read_xls(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable; any other exception means damage."""
    import xlrd

    logging.captureWarnings(True)
    told = {"formatting_info": True, "ignore_workbook_corruption": True}  # PHPExcel's are called so, and are whole
    try:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123  # xlrd tells what it wonders about to a file
            book = xlrd.open_workbook(file_contents=data, logfile=nowhere, **told)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Unreadable("加了打开密码", FOREIGN) from None
        raise
    check_sheets(book.nsheets)
    styles = [_style(xf, book) for xf in book.xf_list]
    sheets: dict[str, list[list[object]]] = {}
    marks: dict[Position, Mark] = {}
    for sheet in book.sheets():
        check_size(sheet.name, sheet.nrows, sheet.ncols)
        sheets[sheet.name] = [[_value(cell) for cell in sheet.row(r)] for r in range(sheet.nrows)]
        for (row, column), value, mark in _looks(sheet, styles, since_1904=book.datemode == 1):
            sheets[sheet.name][row][column] = value
            marks |= {(sheet.name, row, column): mark} if mark else {}
        marks |= {(sheet.name, *spot): Mark("covered", "") for spot in _covered(sheet)}
    own = {sheet.name: _colours(sheet, styles) for sheet in book.sheets()}
    comments = (Comment((s.name, *spot), note.text) for s in book.sheets() for spot, note in s.cell_note_map.items())
    hidden = {sheet.name: _hidden(sheet) for sheet in book.sheets()}
    zeros = frozenset(sheet.name for sheet in book.sheets() if not sheet.show_zero_values)
    around = around_of(data, book.sheet_names(), book.colour_map)
    more = {(name, *spot): mark for name, one in around.items() for spot, mark in one.marks(sheets[name], own[name])}
    return Book(
        sheets,
        dict(_names(book)),
        more | marks,
        hidden=hidden,
        comments=tuple(comments),
        without_zeros=zeros,
        drawings=tuple(drawing for one in around.values() for drawing in one.drawn),
    )


def _colours(sheet: Any, styles: list[Style]) -> Callable[[int, int], tuple[Colour | None, Colour | None]]:
    """What tells ink and ground of a cell."""
    return lambda row, column: styles[sheet.cell_xf_index(row, column)].colours


def _value(cell: Any) -> object:
    import xlrd

    if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT, xlrd.XL_CELL_DATE}:
        return cell.value
    return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else ""


def _looks(
    sheet: Any, styles: list[Style], *, since_1904: bool
) -> Iterator[tuple[tuple[int, int], object, Mark | None]]:
    """The cells that are seen otherwise than they are kept, with the value to be read."""
    import xlrd

    odd = set(_formatted(sheet))
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            value, mark, style = _value(cell), None, styles[cell.xf_index]
            if cell.ctype == xlrd.XL_CELL_ERROR:
                mark = Mark("error", xlrd.error_text_from_code.get(cell.value, "#N/A"))
            elif cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
                value, mark = look_of(cell.value, style.code, since_1904=since_1904)
                mark = repeated(cell.value) if style.repeated else mark
            elif cell.ctype == xlrd.XL_CELL_TEXT:
                mark = text_look(cell.value, style.code)
            if value != "" and (style.struck or style.unseen):
                mark = Mark("struck" if style.struck else "unseen", mark.shown if mark else "")
            if (row, column) in odd:
                mark = Mark("formatted", "")
            if mark or value != _value(cell):
                yield (row, column), value, mark


def _style(xf: Any, book: Any) -> Style:
    from xlrd.formatting import std_format_strings

    key, font = xf.format_key, book.font_list[xf.font_index]
    told = book.format_map.get(key)
    code = told.format_str if told else None
    if code is None or code == std_format_strings.get(key):  # xlrd's own word for what the file does not say
        code = BUILT_IN.get(key, UNKNOWN)
    fill = xf.background
    ground = {0: WHITE, 1: book.colour_map.get(fill.pattern_colour_index)}.get(fill.fill_pattern)
    unseen = _is_small(font) or blends(_ink(font, book), ground)
    repeats = xf.alignment.hor_align == _FILLS
    return Style(code, bool(font.struck_out), unseen, repeats, (_ink(font, book), ground))


def _ink(font: Any, book: Any) -> Colour | None:
    """The colour of a font; None where that is not certain."""
    return book.colour_map.get(font.colour_index) or (BLACK if font.colour_index > 63 else None)


def _is_small(font: Any) -> bool:
    return bool(font.height < _LEAST_HEIGHT)


def _covered(sheet: Any) -> Iterator[tuple[int, int]]:
    """The cells under merges, but for the first of each."""
    for top, bottom, start, end in sheet.merged_cells:
        for row in range(top, min(bottom, sheet.nrows)):
            yield from (
                (row, column) for column in range(start, min(end, sheet.ncols)) if (row, column) != (top, start)
            )


def _hidden(sheet: Any) -> Hidden:
    rows = (row for row, about in sheet.rowinfo_map.items() if about.hidden or about.height < _LEAST_HEIGHT)
    columns = (column for column, about in sheet.colinfo_map.items() if about.hidden or about.width < _LEAST_WIDTH)
    return Hidden(frozenset(rows), frozenset(columns), sheet.visibility != 0)


def _formatted(sheet: Any) -> Iterator[tuple[int, int]]:
    """The cells with a text of which a part is struck out, raised, lowered or not to be seen."""
    for spot, runs in sheet.rich_text_runlist_map.items():
        fonts = (sheet.book.font_list[font] for _, font in runs)
        if any(font.struck_out or font.escapement or _is_lost(font, sheet.book) for font in fonts):
            yield spot


def _is_lost(font: Any, book: Any) -> bool:
    """Whether letters are not seen on paper."""
    return _is_small(font) or blends(_ink(font, book), WHITE)


def _names(book: Any) -> Iterator[tuple[str, Position]]:
    """Names that mean one cell, the workbook's own last, so that they win."""
    for name in sorted(book.name_obj_list, key=lambda one: one.scope < 0):
        areas = getattr(name.result, "value", None)
        if isinstance(areas, list) and len(areas) == 1:
            first, past, top, bottom, left, right = areas[0].coords
            if (past - first, bottom - top, right - left) == (1, 1, 1) and 0 <= first < book.nsheets:
                yield name.name, (book.sheet_names()[first], top, left)
