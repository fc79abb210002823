"""An .xlsx or .xlsm: calamine for the values, the XML for names and for what calamine does not tell."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import cast
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Book, Mark, Position, Unreadable
from pipeline.intake.bounds import BEYOND, MOST_TEXT, check_sheets, check_size, open_zip, without_dtd
from pipeline.intake.containers.rich_text import odd_texts
from pipeline.intake.containers.sheet_xml import look_through
from pipeline.intake.containers.sniff import FOREIGN

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _TEXTS, _MACROS = "xl/styles.xml", "xl/sharedStrings.xml", "xl/vbaProject.bin"
_TARGET = re.compile(r"^'?(?P<sheet>.+?)'?!\$?(?P<cell>[A-Z]{1,3}\$?\d+)$")
_USE = re.compile(rb"""t=["']s["'][^>]*>\s*<(?:[\w.-]+:)?v>(\d+)""")
_QUOTED = re.compile(r'"[^"]*"|\\.')
PERCENT_BUILT_IN = {"9", "10"}


def read_ooxml(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable where it is beyond bounds; any other exception means damage."""
    with open_zip(data) as archive:
        parts = _Parts(archive)
        names, paths = _workbook_part(parts)
        sheets = {sheet: parts.read(path) for sheet, path in paths.items()}
        percent = _percent_styles(parts.read(_STYLES)) if _STYLES in parts else frozenset()
        texts = parts.read(_TEXTS) if _TEXTS in parts else b""
    _check_texts(texts, sheets)
    odd = odd_texts(texts)
    marks: dict[Position, Mark] = {}
    rewritten: dict[str, bytes] = {}
    for sheet, xml in sheets.items():
        seen = look_through(sheet, xml, percent, odd)
        marks |= {(sheet, row, column): mark for (row, column), mark in seen.marks.items()}
        rewritten |= {paths[sheet].lower(): seen.rewritten} if seen.rewritten else {}
    values = read_values(_with_parts(data, rewritten) if rewritten else data)
    return Book(values, names, marks, ("文件里有宏，没有运行",) if _MACROS in parts else ())


def read_values(data: bytes) -> dict[str, list[list[object]]]:
    """The values of every sheet from A1 on, by calamine."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        check_sheets(len(book.sheet_names))
        return {name: _values(book, name) for name in book.sheet_names}


def _values(book: CalamineWorkbook, name: str) -> list[list[object]]:
    sheet = book.get_sheet_by_name(name)
    check_size(name, sheet.total_height, sheet.total_width)
    return cast(list[list[object]], sheet.to_python(skip_empty_area=False))


class _Parts:
    """The XML parts of a workbook by name, great or small letters alike, as calamine finds them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        if len(self._names) < len(archive.namelist()):
            raise Unreadable("里面有重名的部件，可能损坏或被改动过", BEYOND)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """The part; raises KeyError where there is none, Unreadable where it declares entities."""
        return without_dtd(self._archive.read(self._names[name.lower()]))


def _workbook_part(parts: _Parts) -> tuple[dict[str, Position], dict[str, str]]:
    """Defined names by name, but for those of a sheet that is gone; and the part of each sheet."""
    names, sheets = _names_and_sheets(parts.read(WORKBOOK))
    check_sheets(len(sheets))
    relations = parts.read(RELATIONS)
    _check_places(relations)
    found = targets(relations)
    paths = {sheet: found[key] for sheet, key in sheets.items()}
    return {name: at for name, at in names.items() if at[0] in sheets}, paths


@lru_cache(maxsize=64)
def _names_and_sheets(xml: bytes) -> tuple[dict[str, Position], dict[str, str]]:
    """Defined names and the relation of each sheet; units that fill in the same template send the same part."""
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    defined = sorted(root.iterfind(".//{*}definedName"), key=lambda name: name.get("localSheetId") is None)
    told = ((name.get("name", ""), _target(name.text or "")) for name in defined)  # the workbook's own names win
    listed = [(sheet.get("name", ""), _relation(sheet)) for sheet in root.iterfind(".//{*}sheet")]
    sheets = dict(listed)
    if len(sheets) < len(listed):
        raise Unreadable("里面有重名的工作表，可能损坏或被改动过", BEYOND)
    return {name: at for name, at in told if at}, sheets


def _relation(sheet: ET.Element) -> str:
    """The id of a sheet's part; its attribute's name space differs in strict workbooks."""
    return next((value for key, value in sheet.items() if key.endswith("}id")), "")


@lru_cache(maxsize=64)
def targets(xml: bytes) -> dict[str, str]:
    """The path of each relation's part."""
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    paths = {relation.get("Id", ""): relation.get("Target", "") for relation in root}
    return {key: path.lstrip("/") if path.startswith("/") else f"xl/{path}" for key, path in paths.items()}


@lru_cache(maxsize=64)
def _check_places(xml: bytes) -> None:
    """Raises Unreadable where styles or texts stand elsewhere than calamine looks: dates would be bare numbers."""
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    kinds = {relation.get("Id", ""): relation.get("Type", "").rpartition("/")[2] for relation in root}
    usual = {"styles": _STYLES, "sharedStrings": _TEXTS}
    if any(path.lower() != usual.get(kinds[key], path).lower() for key, path in targets(xml).items()):
        raise Unreadable("里面的样式或文字不在平常的位置", FOREIGN)


@lru_cache(maxsize=4096)
def _target(text: str) -> Position | None:
    """The cell that a defined name refers to; every return of a form has the same ones."""
    found = _TARGET.match(text)
    if not found:
        return None
    row, column = xl_cell_to_rowcol(found["cell"].replace("$", ""))
    return found["sheet"].replace("''", "'"), row, column


@lru_cache(maxsize=64)
def _percent_styles(xml: bytes) -> frozenset[str]:
    """The numbers of the cell styles that show a percentage: 5 % is kept as 0.05, and 100 % as 1."""
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    formats = {
        one.get("numFmtId", ""): _QUOTED.sub("", one.get("formatCode", "")) for one in root.iterfind(".//{*}numFmt")
    }
    percent = {number for number, code in formats.items() if "%" in code} | PERCENT_BUILT_IN
    styles = (style for group in root.iterfind(".//{*}cellXfs") for style in group)
    return frozenset(str(n) for n, style in enumerate(styles) if style.get("numFmtId") in percent)


def _check_texts(shared: bytes, sheets: Mapping[str, bytes]) -> None:
    """Raises Unreadable where a few long texts are used so often that the sheets would not fit into memory."""
    lengths = [len(text) for text in shared.split(b"</si>")]
    if max(lengths) * sum(xml.count(b"v>") for xml in sheets.values()) <= MOST_TEXT:
        return
    uses = (int(found[1]) for xml in sheets.values() for found in _USE.finditer(xml))
    if sum(lengths[use] for use in uses if use < len(lengths)) > MOST_TEXT:
        raise Unreadable("里面的文字太多，不像一份月报", BEYOND)


def _with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The archive with some parts replaced, by their names in small letters, for the reader's eyes only."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name, content in _parts(source):
            target.writestr(name, parts.get(name.lower(), content))
    return out.getvalue()


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    yield from ((part.filename, archive.read(part)) for part in archive.infolist())
