"""An .ods of LibreOffice: one walk through content.xml gives values, names, errors and merges."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from re import compile as pattern
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Book, Mark, Position, Unreadable
from pipeline.intake.bounds import check_sheets, check_size, open_zip, without_dtd
from pipeline.intake.containers.sniff import FOREIGN

_MANIFEST = "META-INF/manifest.xml"
_CELLS = {"table-cell", "covered-table-cell"}
_TARGET = pattern(r"^\$?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^.']+))\.\$?(?P<cell>[A-Z]{1,3}\$?\d+)$")
_BLANKS = {"s": " ", "tab": "\t", "line-break": "\n"}
_NUMBERS = {"float", "currency", "percentage"}


@dataclass
class Sheet:
    """A sheet while it is read: values by row and column, and where the next cell stands.

    ``odd`` are the styles of text that is struck out or raised.
    """

    name: str
    odd: frozenset[str] = frozenset()
    values: dict[tuple[int, int], object] = field(default_factory=dict)
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)
    row: int = 0

    def take(self, row: ET.Element) -> None:
        """Enter a row, as often as it is repeated; empty ones only move on."""
        times = int(_get(row, "number-rows-repeated", "1"))
        cells = [cell for cell in row.iter() if _local(cell) in _CELLS]
        placed = list(_placed(self.name, cells, self.odd))
        for down in range(times if placed else 0):
            check_size(self.name, self.row + down + 1, max(column for column, _, _ in placed) + 1)
            for column, value, mark in placed:
                self.values[self.row + down, column] = value
                if mark:
                    self.marks[self.row + down, column] = mark
        self.row += times

    def rows(self) -> list[list[object]]:
        """The values from A1 on."""
        tall = max((row for row, _ in self.values), default=-1) + 1
        wide = max((column for _, column in self.values), default=-1) + 1
        check_size(self.name, tall, wide)
        return [[self.values.get((row, column), "") for column in range(wide)] for row in range(tall)]


def read_ods(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable where it is beyond bounds; any other exception means damage."""
    with open_zip(data) as archive:
        if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
            raise Unreadable("加了打开密码", FOREIGN)
        xml = without_dtd(archive.read("content.xml"))
    sheets: list[Sheet] = []
    names: dict[str, Position] = {}
    odd, style = set[str](), ""
    for event, element in ET.iterparse(BytesIO(xml), ("start", "end")):  # noqa: S314  # no DTD, no entities
        name = _local(element)
        if (event, name) == ("start", "table"):
            sheets.append(Sheet(_get(element, "name"), frozenset(odd)))
            check_sheets(len(sheets))
        elif (event, name) == ("end", "table-row") and sheets:
            sheets[-1].take(element)
            element.clear()
        elif (event, name) == ("end", "text-properties") and _is_odd(element):
            odd.add(style)
        elif (event, name) == ("start", "style"):
            style = _get(element, "name")
        elif (event, name) == ("end", "named-range"):
            at = _target(_get(element, "cell-range-address"))
            names |= {_get(element, "name"): at} if at else {}
    marks = {(sheet.name, *spot): mark for sheet in sheets for spot, mark in sheet.marks.items()}
    return Book({sheet.name: sheet.rows() for sheet in sheets}, names, marks)


def _placed(sheet: str, cells: list[ET.Element], odd: frozenset[str]) -> Iterator[tuple[int, object, Mark | None]]:
    """The cells of a row that hold something, with their columns."""
    column = 0
    for cell in cells:
        value, mark = _value(cell)
        if any(_local(part) == "span" and _get(part, "style-name") in odd for part in cell.iter()):
            mark = Mark("formatted", "")
        times = int(_get(cell, "number-columns-repeated", "1"))
        if value != "" or mark:
            check_size(sheet, 1, column + times)
            yield from ((column + right, value, mark) for right in range(times))
        column += times


def _value(cell: ET.Element) -> tuple[object, Mark | None]:
    kind, text = _get(cell, "value-type"), "\n".join("".join(_said(p)) for p in cell if _local(p) == "p")
    covered = Mark("covered", "") if _local(cell) == "covered-table-cell" and text else None
    if _is_error(cell, text):
        return "", Mark("error", text)
    if kind in _NUMBERS:
        number = float(_get(cell, "value"))
        return number, covered or (Mark("percent", text) if kind == "percentage" else None)
    if kind == "date":
        return date.fromisoformat(_get(cell, "date-value")[:10]), covered
    if kind == "boolean":
        return _get(cell, "boolean-value") == "true", covered
    return text, covered


def _said(part: ET.Element) -> Iterator[str]:
    """The text of a paragraph; white space beyond one blank is written as elements."""
    yield _BLANKS.get(_local(part), "") + (part.text or "")
    for child in part:
        yield from _said(child)
        yield child.tail or ""


def _is_odd(looks: ET.Element) -> bool:
    """Whether a style strikes text out, raises or lowers it."""
    struck = any(_get(looks, f"text-line-through-{how}", "none") != "none" for how in ("style", "type"))
    return struck or not _get(looks, "text-position", "0%").startswith("0%")


def _is_error(cell: ET.Element, text: str) -> bool:
    types = (value for key, value in cell.items() if key.endswith("}value-type"))
    return "error" in types or (bool(_get(cell, "formula")) and text.startswith(("#", "Err:")))


def _target(address: str) -> Position | None:
    found = _TARGET.match(address)
    if not found:
        return None
    row, column = xl_cell_to_rowcol(found["cell"].replace("$", ""))
    return (found["quoted"] or found["plain"]).replace("''", "'"), row, column


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _get(element: ET.Element, name: str, default: str = "") -> str:
    """An attribute by its name without name space, the office's own before LibreOffice's."""
    return next(
        (value for key, value in element.items() if key.endswith(f"}}{name}") and "calcext" not in key), default
    )
