"""An .xlsb: calamine for the values, its records for error cells and percentages, which calamine does not tell.

Records as in [MS-XLSB] 2.1.4: number and length in groups of 7 bits, then the content. Names are not read.
"""

import zipfile
from collections.abc import Iterator

from pipeline.intake.book import Book, Mark, Position
from pipeline.intake.bounds import check_size, open_zip
from pipeline.intake.containers.ooxml import PERCENT_BUILT_IN, read_values
from pipeline.intake.containers.workbook_xml import targets

_ROW, _SHEET, _FORMAT, _STYLE, _STYLES = 0, 156, 44, 47, 617  # numbers of records: BrtRowHdr, BrtBundleSh, …
_ERRORS, _NUMBERS = {3, 11}, {2, 5, 9}
_LENGTHS = {2: 12, 3: 9, 4: 9, 5: 16, 6: 12, 7: 12, 8: 12, 9: 16, 10: 9, 11: 9}  # of cells with values, at least
_SHOWN = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def read_xlsb(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable where it is beyond bounds; any other exception means damage."""
    marks: dict[Position, Mark] = {}
    with open_zip(data) as archive:
        styles = _percent_styles(archive.read("xl/styles.bin")) if "xl/styles.bin" in archive.namelist() else set()
        for sheet, part in _sheets(archive):
            marks |= dict(_marks(sheet, archive.read(part), styles))
        macros = "xl/vbaProject.bin" in archive.namelist()
    return Book(read_values(data), {}, marks, ("文件里有宏，没有运行",) if macros else ())


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Every sheet with its part."""
    parts = targets(archive.read("xl/_rels/workbook.bin.rels"))
    for number, content in _records(archive.read("xl/workbook.bin")):
        if number == _SHEET:
            relation, end = _string(content, 8)
            name, _ = _string(content, end)
            yield name, parts[relation]


def _marks(sheet: str, records: bytes, percent: set[int]) -> Iterator[tuple[Position, Mark]]:
    """The marks of a sheet. Raises Unreadable where its values reach too far; calamine would not survive it."""
    row = 0
    for number, content in _records(records):
        if number == _ROW:
            row = int.from_bytes(content[:4], "little")
        elif number in _LENGTHS:
            if len(content) < _LENGTHS[number]:
                raise ValueError(content)  # calamine would make up the rest from the cell before
            column, style = int.from_bytes(content[:4], "little"), int.from_bytes(content[4:7], "little")
            check_size(sheet, row + 1, column + 1)
            if number in _ERRORS:
                yield (sheet, row, column), Mark("error", _SHOWN.get(content[8], "#N/A"))
            elif number in _NUMBERS and style in percent:
                yield (sheet, row, column), Mark("percent", "百分数")


def _percent_styles(records: bytes) -> set[int]:
    """The numbers of the cell styles that show a percentage."""
    formats, styles, counting = set(map(int, PERCENT_BUILT_IN)), [], False
    for number, content in _records(records):
        counting = counting or number == _STYLES
        if number == _FORMAT and "%" in _string(content, 2)[0]:
            formats.add(int.from_bytes(content[:2], "little"))
        elif number == _STYLE and counting:
            styles.append(int.from_bytes(content[2:4], "little"))
    return {n for n, shown in enumerate(styles) if shown in formats}


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        number, at = _grouped(data, at, 2)
        length, at = _grouped(data, at, 4)
        yield number, data[at : at + length]
        at += length


def _grouped(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in groups of 7 bits, the lowest first; and where it ends."""
    value = 0
    for n in range(most):
        value |= (data[at + n] & 0x7F) << (7 * n)
        if not data[at + n] & 0x80:
            return value, at + n + 1
    return value, at + most


def _string(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it; and where it ends."""
    end = at + 4 + 2 * int.from_bytes(content[at : at + 4], "little")
    return content[at + 4 : end].decode("utf-16-le"), end
