"""A workbook as read: cells by sheet, defined names, and what calamine does not tell.

calamine reads an error cell and a formula without a result as empty; both are found in the XML (see `scan`).
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

Position = tuple[str, int, int]  # sheet, row and column from 0

MOST_BYTES = 64 * 2**20  # unpacked; a return has a few hundred thousand
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TARGET = re.compile(r"^'?(?P<sheet>.+?)'?!\$?(?P<cell>[A-Z]{1,3}\$?\d+)$")
_LACKING = re.compile(rb"(?:</f>|<f [^>]*/>)(?!<v>[^<])")  # a formula that no value follows
_ODD_CELL = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL)


class Unreadable(ValueError):
    """A file that is not a workbook we can read; the text completes "文件“…”"."""


@dataclass(frozen=True)
class Book:
    """Cells of every sheet from A1 on, names, and the cells whose content could not be had."""

    sheets: dict[str, list[list[object]]]
    names: dict[str, Position] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    uncalculated: frozenset[Position] = frozenset()

    def at(self, position: Position) -> object:
        """The cell's value; "" for an empty cell."""
        sheet, row, column = position
        rows = self.sheets.get(sheet, [])
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def read_book(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable."""
    if not data:
        raise Unreadable("是空的（0 字节）")
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable("是旧格式（.xls、.et）或者加了打开密码")
    if data[:2] != b"PK":
        raise Unreadable("不是 Excel 工作簿")
    try:
        return _read(data)
    except Unreadable:
        raise
    except BaseException as error:  # calamine's panics are not Exceptions
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise Unreadable("损坏或没有下载完整") from None


def _read(data: bytes) -> Book:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise Unreadable("太大，不像一份月报")
        if "xl/workbook.xml" not in archive.namelist():
            raise Unreadable("不是 Excel 工作簿")
        names, paths = _workbook_part(archive)
        errors: dict[Position, str] = {}
        uncalculated: set[Position] = set()
        for sheet, path in paths.items():
            _scan(sheet, archive.read(path), errors, uncalculated)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    return Book(cast(dict[str, list[list[object]]], sheets), names, errors, frozenset(uncalculated))


def _workbook_part(archive: zipfile.ZipFile) -> tuple[dict[str, Position], dict[str, str]]:
    """Defined names by name, but for those of a sheet that is gone; and the part of each sheet."""
    names, sheets = _names_and_sheets(archive.read("xl/workbook.xml"))
    targets = _targets(archive.read("xl/_rels/workbook.xml.rels"))
    parts = set(archive.namelist())
    paths = {name: path for name, key in sheets.items() if (path := targets.get(key, "")) in parts}
    return {name: at for name, at in names.items() if at[0] in paths}, paths


@lru_cache(maxsize=64)
def _names_and_sheets(xml: bytes) -> tuple[dict[str, Position], dict[str, str]]:
    """Defined names and the relation of each sheet; units that fill in the same template send the same part."""
    root = _parse(xml)
    defined = sorted(root.iter(f"{_MAIN}definedName"), key=lambda name: name.get("localSheetId") is None)
    told = ((name.get("name", ""), _target(name.text or "")) for name in defined)  # the workbook's own names win
    sheets = {sheet.get("name", ""): sheet.get(_REL, "") for sheet in root.iter(f"{_MAIN}sheet")}
    return {name: at for name, at in told if at}, sheets


@lru_cache(maxsize=64)
def _targets(xml: bytes) -> dict[str, str]:
    """The path of each relation's part."""
    paths = {relation.get("Id", ""): relation.get("Target", "") for relation in _parse(xml)}
    return {key: path.lstrip("/") if path.startswith("/") else f"xl/{path}" for key, path in paths.items()}


@lru_cache(maxsize=1 << 16)
def address(row: int, column: int) -> str:
    """A cell's address, as a spreadsheet shows it."""
    return str(xl_rowcol_to_cell(row, column))


@lru_cache(maxsize=4096)
def _target(text: str) -> Position | None:
    """The cell that a defined name refers to; every return of a form has the same ones."""
    found = _TARGET.match(text)
    if not found:
        return None
    row, column = xl_cell_to_rowcol(found["cell"].replace("$", ""))
    return found["sheet"].replace("''", "'"), row, column


def _scan(sheet: str, xml: bytes, errors: dict[Position, str], uncalculated: set[Position]) -> None:
    """Note error cells and formulas without a result; a sheet that has neither costs one search each."""
    if b't="e"' not in xml and not _LACKING.search(xml):
        return
    for cell in _ODD_CELL.finditer(xml):
        opening, content = cell[0].partition(b">")[0], cell[2] or b""
        position = (sheet, *xl_cell_to_rowcol(cell[1].decode()))
        if b't="e"' in opening:
            value = re.search(rb"<v>(.*?)</v>", content)
            errors[position] = value[1].decode() if value else "#N/A"
        elif b"<f" in content and b't="str"' not in opening and not re.search(rb"<v(?: [^>/]*)?>[^<]|<is>", content):
            uncalculated.add(position)


def _parse(xml: bytes) -> ET.Element:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Unreadable("含有不安全的内容")
    return ET.fromstring(xml)  # noqa: S314  # no DTD, no entities: refused above
