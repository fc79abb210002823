"""An .xlsx or .xlsm: calamine for the values, the XML for names and for what calamine does not tell."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook

from pipeline.intake.book import Book, Hidden, Unreadable
from pipeline.intake.bounds import BEYOND, MOST_TEXT, MOST_VALUES, check_sheets, check_size
from pipeline.intake.containers.comments_xml import comments_of
from pipeline.intake.containers.drawings_xml import drawings_of
from pipeline.intake.containers.package import packed
from pipeline.intake.containers.rich_text import odd_texts
from pipeline.intake.containers.sheet_xml import Look, Seen
from pipeline.intake.containers.styles import Styles, styles_of
from pipeline.intake.containers.workbook_xml import Parts, Workbook, workbook_of

MACROS = "文件里有宏，没有运行"
_MACROS = "xl/vbaProject.bin"
_USE = re.compile(rb"""t=["']s["'][^>]*>\s*<(?:[\w.-]+:)?v>(\d+)""")
_LEAST = 15  # bytes of a cell with a value

Values = dict[str, list[list[object]]]


def read_ooxml(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable where it is beyond bounds; any other exception means damage."""
    parts = Parts(data)
    about = workbook_of(parts)
    sheets = {sheet.name: parts.read(sheet.part) for sheet in about.sheets}
    styles = parts.read(about.styles) if about.styles in parts else b""
    texts = parts.read(about.texts) if about.texts in parts else b""
    comments, drawings = tuple(comments_of(parts, about.sheets)), tuple(drawings_of(parts, about.sheets))
    _check_texts(texts, sheets)
    package = Package(about, sheets, styles, texts)
    seen = {name: package.look.through(name, xml) for name, xml in sheets.items()}
    values, seen = package.values(seen)
    for name, found in seen.items():
        for (row, column), day in found.days.items():
            values[name][row][column] = day
    return Book(
        values,
        about.names,
        {(name, *spot): mark for name, found in seen.items() for spot, mark in found.marks.items()},
        (MACROS,) if _MACROS in parts else (),
        hidden=dict(_hidden(about, seen)),
        comments=comments,
        without_zeros=frozenset(name for name, found in seen.items() if found.without_zeros),
        drawings=drawings,
    )


def read_values(data: bytes) -> Values:
    """The values of every sheet from A1 on, by calamine."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        check_sheets(len(book.sheet_names))
        return {name: _values(book, name) for name in book.sheet_names}


@dataclass(frozen=True)
class Package:
    """The parts of a workbook that its values are read from."""

    about: Workbook
    sheets: Mapping[str, bytes]
    styles: bytes
    texts: bytes

    @cached_property
    def look(self) -> Look:
        """How its sheets are looked at."""
        styles = styles_of(self.styles) if self.styles else Styles()
        return Look(styles, lambda: self._texts, odd_texts(self.texts), self.about.since_1904)

    def values(self, seen: dict[str, Seen]) -> tuple[Values, dict[str, Seen]]:
        """The values of every sheet, and what is seen there; without the cells at which calamine fails."""
        try:
            return self._whole(seen)
        except (Unreadable, MemoryError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # noqa: BLE001  # calamine's panics are not Exceptions
            mended = {name: self.look.mended(xml, seen[name]) for name, xml in self.sheets.items()}
            return read_values(self._for_calamine(mended)), mended

    def _whole(self, seen: dict[str, Seen]) -> tuple[Values, dict[str, Seen]]:
        values = read_values(self._for_calamine(seen))
        doubted = [name for name, xml in self.sheets.items() if not seen[name].holds(xml, values[name], self.texts)]
        if doubted:
            seen = seen | {name: self.look.closely(name, self.sheets[name]) for name in doubted}
            values = read_values(self._for_calamine(seen))
        return values, seen

    def _for_calamine(self, seen: Mapping[str, Seen]) -> bytes:
        """The workbook packed anew, its sheets written anew where calamine would misread them."""
        sheets = {name: seen[name].rewritten or xml for name, xml in self.sheets.items()}
        return packed(sheets, self.styles, self.texts, since_1904=self.about.since_1904)

    @cached_property
    def _texts(self) -> list[str]:
        """The shared texts."""
        if not self.texts:
            return []
        root = ET.fromstring(self.texts)  # noqa: S314  # no DTD, no entities
        return ["".join(part.text or "" for part in item.iter() if part.tag.endswith("}t")) for item in root]


def _values(book: CalamineWorkbook, name: str) -> list[list[object]]:
    sheet = book.get_sheet_by_name(name)
    check_size(name, sheet.total_height, sheet.total_width)
    return cast(list[list[object]], sheet.to_python(skip_empty_area=False))


def _hidden(about: Workbook, seen: Mapping[str, Seen]) -> Iterator[tuple[str, Hidden]]:
    """The sheets of which something is not seen."""
    for sheet in about.sheets:
        hidden = seen[sheet.name].hidden
        if sheet.hidden:
            yield sheet.name, Hidden(whole=True)
        elif hidden:
            yield sheet.name, hidden


def _check_texts(shared: bytes, sheets: Mapping[str, bytes]) -> None:
    """Raises Unreadable where there is more in the sheets, each use of a shared text counted, than fits into memory."""
    lengths = [len(text) for text in shared.split(b"</si>")]
    most = sum(map(len, sheets.values())) // _LEAST
    if most <= MOST_VALUES and max(lengths) * most <= MOST_TEXT:
        return
    values = sum(xml.count(b"v>") + xml.count(b"is>") for xml in sheets.values()) // 2  # each is opened and closed
    if values > MOST_VALUES:
        raise Unreadable(f"里面有 {values:,} 个值，不像一份报表", BEYOND)
    if max(lengths) * sum(xml.count(b"v>") for xml in sheets.values()) <= MOST_TEXT:
        return
    uses = (int(found[1]) for xml in sheets.values() for found in _USE.finditer(xml))
    if sum(lengths[use] for use in uses if use < len(lengths)) > MOST_TEXT:
        raise Unreadable("里面的文字太多，不像一份报表", BEYOND)
