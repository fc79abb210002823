"""An .xlsx or .xlsm: calamine for the values, the XML for names and for what calamine does not tell."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import cast
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook

from pipeline.intake.book import Book, Mark, Position, Unreadable
from pipeline.intake.bounds import BEYOND, MOST_TEXT, MOST_VALUES, check_sheets, check_size, open_zip
from pipeline.intake.containers.rich_text import odd_texts
from pipeline.intake.containers.sheet_xml import look_through
from pipeline.intake.containers.workbook_xml import STYLES, TEXTS, Parts, workbook_part

_MACROS = "xl/vbaProject.bin"
_USE = re.compile(rb"""t=["']s["'][^>]*>\s*<(?:[\w.-]+:)?v>(\d+)""")
_QUOTED = re.compile(r'"[^"]*"|\\.')
PERCENT_BUILT_IN = {"9", "10"}


def read_ooxml(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable where it is beyond bounds; any other exception means damage."""
    with open_zip(data) as archive:
        parts = Parts(archive)
        names, paths = workbook_part(parts)
        sheets = {sheet: parts.read(path) for sheet, path in paths.items()}
        percent = _percent_styles(parts.read(STYLES)) if STYLES in parts else frozenset()
        texts = parts.read(TEXTS) if TEXTS in parts else b""
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
    """Raises Unreadable where there is more in the sheets, each use of a shared text counted, than fits into memory."""
    values = sum(xml.count(b"v>") + xml.count(b"is>") for xml in sheets.values()) // 2  # each is opened and closed
    if values > MOST_VALUES:
        raise Unreadable(f"里面有 {values:,} 个值，不像一份月报", BEYOND)
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
