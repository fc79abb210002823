"""A return as grids of values, to be changed and written anew: what is left when its cells are copied elsewhere."""

import html
import io
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_cell_to_rowcol

from tests.pipeline.overtype import Edit

Rows = list[list[object]]
Grids = dict[str, Rows]
Change = Callable[[Grids], object]

COVER, GIVEN, BASIC, LIST = "封面", "主动公开", "基本情况", "公开台账"


def anew(*changes: Change, write: Callable[[Grids], bytes] | None = None) -> Edit:
    """The visible sheets copied to a new workbook, values only, names and stamp lost; then changed."""

    def edit(path: Path) -> None:
        grids = {sheet: [list(row) for row in rows] for sheet, rows in _grids(path.read_bytes()).items()}
        for change in changes:
            change(grids)
        path.write_bytes((write or as_xlsx)(grids))

    return edit


@lru_cache(maxsize=8)
def _grids(data: bytes) -> Grids:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    shown = (COVER, GIVEN, BASIC, LIST)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in shown}


def as_xlsx(grids: Grids) -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in grids.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(r, c, value) if value else None
                    else:
                        sheet.write(r, c, value)
    return memory.getvalue()


def text(value: object) -> str:
    """A value as a spreadsheet shows it."""
    if isinstance(value, float):
        return f"{value:.10g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def one_sheet(grids: Grids) -> Rows:
    """All sheets one below the other."""
    return [row for rows in grids.values() for row in (*rows, [""])]


def as_text(encoding: str, separator: str = ",") -> Callable[[Grids], bytes]:
    """All sheets one below the other as a table of text, as Excel and WPS save it."""

    def write(grids: Grids) -> bytes:
        lines = (separator.join(_quoted(text(value), separator) for value in row) for row in one_sheet(grids))
        return "\r\n".join(lines).encode(encoding)

    return write


def _quoted(value: str, separator: str) -> str:
    return '"' + value.replace('"', '""') + '"' if separator in value or '"' in value or "\n" in value else value


def as_html(
    encoding: str = "utf-8", head: str = "", cell: Callable[[str], str] = html.escape
) -> Callable[[Grids], bytes]:
    """Every sheet as a table of a web page, as web systems export them."""

    def write(grids: Grids) -> bytes:
        tables = (
            "<table>"
            + "".join(f"<tr>{''.join(f'<td>{cell(text(v))}</td>' for v in row)}</tr>" for row in rows)
            + "</table>"
            for rows in grids.values()
        )
        return f'{head}<html><head><meta charset="{encoding}"></head><body>{"".join(tables)}</body></html>'.encode(
            encoding
        )

    return write


def put(sheet: str, **cells: object) -> Change:
    """Type values over cells: put("基本情况", D9=6)."""

    def change(grids: Grids) -> None:
        for address, value in cells.items():
            row, column = xl_cell_to_rowcol(address)
            grids[sheet][row][column] = value

    return change


def row_above(sheet: str, row: int, *values: object) -> Change:
    """Insert a row above row ``row``."""
    return lambda grids: grids[sheet].insert(row - 1, [*values, *[""] * (len(grids[sheet][0]) - len(values))])


def column_before(sheet: str, column: int, heading: str = "", at: int = 4) -> Change:
    """Insert a column before column ``column``, perhaps with a heading in row ``at``."""

    def change(grids: Grids) -> None:
        for r, row in enumerate(grids[sheet], 1):
            row.insert(column - 1, heading if r == at else "")

    return change


def stretched(sheet: str, **cells: object) -> Change:
    """Type values over cells, even beyond the last column."""

    def change(grids: Grids) -> None:
        spots = {xl_cell_to_rowcol(address): value for address, value in cells.items()}
        wide = max(column for _, column in spots) + 1
        for row in grids[sheet]:
            row.extend([""] * (wide - len(row)))
        for (row, column), value in spots.items():
            grids[sheet][row][column] = value

    return change
