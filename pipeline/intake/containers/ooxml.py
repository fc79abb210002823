"""An .xlsx or .xlsm: calamine for the values, the XML for names and for what calamine does not tell."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import cast
from xml.etree import ElementTree as ET

from python_calamine import CalamineWorkbook

from pipeline.intake.book import Book, Hidden, Unreadable
from pipeline.intake.bounds import BEYOND, MOST_TEXT, MOST_VALUES, check_sheets, check_size, open_zip
from pipeline.intake.containers.comments_xml import comments_of
from pipeline.intake.containers.rich_text import odd_texts
from pipeline.intake.containers.sheet_xml import Look, Seen
from pipeline.intake.containers.styles import Styles, styles_of
from pipeline.intake.containers.workbook_xml import ROOT, STYLES, TEXTS, WORKBOOK, Parts, Workbook, workbook_of

MACROS = "文件里有宏，没有运行"
_MACROS = "xl/vbaProject.bin"
_USE = re.compile(rb"""t=["']s["'][^>]*>\s*<(?:[\w.-]+:)?v>(\d+)""")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_LEAST = 15  # bytes of a cell with a value
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Values = dict[str, list[list[object]]]


def read_ooxml(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable where it is beyond bounds; any other exception means damage."""
    with open_zip(data) as archive:
        parts = Parts(archive, data)
        about = workbook_of(parts)
        sheets = {sheet.name: parts.read(sheet.part) for sheet in about.sheets}
        styles = parts.read(about.styles) if about.styles in parts else b""
        texts = parts.read(about.texts) if about.texts in parts else b""
        comments = tuple(comments_of(parts, about.sheets))
    _check_texts(texts, sheets)
    package = Package(data, about, sheets, styles, texts)
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
    )


def read_values(data: bytes) -> Values:
    """The values of every sheet from A1 on, by calamine."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        check_sheets(len(book.sheet_names))
        return {name: _values(book, name) for name in book.sheet_names}


@dataclass(frozen=True)
class Package:
    """The parts of a workbook that its values are read from."""

    data: bytes
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
            return read_values(self._for_calamine(seen)), seen
        except (Unreadable, MemoryError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # noqa: BLE001  # calamine's panics are not Exceptions
            mended = {name: self.look.mended(xml, seen[name]) for name, xml in self.sheets.items()}
            return read_values(self._for_calamine(mended)), mended

    def _for_calamine(self, seen: Mapping[str, Seen]) -> bytes:
        """The workbook as it is, or where calamine would misread or not find a part, packed anew for its eyes only."""
        if self.about.usual and not any(found.rewritten for found in seen.values()):
            return self.data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for name, content in self._parts(seen):
                target.writestr(name, content)
        return out.getvalue()

    def _parts(self, seen: Mapping[str, Seen]) -> Iterator[tuple[str, bytes | str]]:
        """A plain package: the same sheets, styles and texts, each where calamine looks for it."""
        names = [escape(name) for name in self.sheets]
        listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
        since = '<workbookPr date1904="1"/>' if self.about.since_1904 else ""
        places = {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)}
        yield "[Content_Types].xml", _TYPES
        yield ROOT, _relations({"rId1": ("officeDocument", WORKBOOK)})
        yield WORKBOOK, f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">{since}<sheets>{listed}</sheets></workbook>'
        yield (
            "xl/_rels/workbook.xml.rels",
            _relations(places | {"s": ("styles", "styles.xml"), "t": ("sharedStrings", "sharedStrings.xml")}),
        )
        yield from ((name, part) for name, part in ((STYLES, self.styles), (TEXTS, self.texts)) if part)
        for n, (name, xml) in enumerate(self.sheets.items(), 1):
            yield f"xl/worksheets/sheet{n}.xml", seen[name].rewritten or xml

    @cached_property
    def _texts(self) -> list[str]:
        """The shared texts."""
        if not self.texts:
            return []
        root = ET.fromstring(self.texts)  # noqa: S314  # no DTD, no entities
        return ["".join(part.text or "" for part in item.iter() if part.tag.endswith("}t")) for item in root]


def _relations(to: Mapping[str, tuple[str, str]]) -> str:
    """A part of relations, by their ids."""
    told = (f'<Relationship Id="{n}" Type="{_RELATION}/{kind}" Target="{part}"/>' for n, (kind, part) in to.items())
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(told)}</Relationships>'


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
        raise Unreadable(f"里面有 {values:,} 个值，不像一份月报", BEYOND)
    if max(lengths) * sum(xml.count(b"v>") for xml in sheets.values()) <= MOST_TEXT:
        return
    uses = (int(found[1]) for xml in sheets.values() for found in _USE.finditer(xml))
    if sum(lengths[use] for use in uses if use < len(lengths)) > MOST_TEXT:
        raise Unreadable("里面的文字太多，不像一份月报", BEYOND)
