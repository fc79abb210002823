"""An .xlsx or .xlsm: its parts unpacked once, and each looked at once."""

import re
from collections.abc import Iterator, Mapping

from pipeline.intake.book import Book, Hidden, Unreadable
from pipeline.intake.bounds import BEYOND, MOST_TEXT, MOST_VALUES
from pipeline.intake.containers.cell_values import Values
from pipeline.intake.containers.comments_xml import comments_of
from pipeline.intake.containers.drawings_xml import drawings_of
from pipeline.intake.containers.sheet_xml import Seen, sheet_of
from pipeline.intake.containers.styles import Styles, styles_of
from pipeline.intake.containers.texts_xml import Texts, texts_of
from pipeline.intake.containers.workbook_xml import Parts, Workbook, workbook_of

MACROS = "文件里有宏，没有运行"
_MACROS = "xl/vbaProject.bin"
_USE = re.compile(rb"""t=["']s["'][^>]*>\s*<(?:[\w.-]+:)?v>(\d+)""")
_LEAST = 15  # bytes of a cell with a value


def read_ooxml(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable where it is beyond bounds; any other exception means damage."""
    parts = Parts(data)
    about = workbook_of(parts)
    sheets = {sheet.name: parts.read(sheet.part) for sheet in about.sheets}
    texts = parts.read(about.texts) if about.texts in parts else b""
    _check_texts(texts, sheets)
    theme = parts.read(about.theme) if about.theme in parts else b""
    styles = styles_of(parts.read(about.styles), theme) if about.styles in parts else Styles()
    values = Values(styles, texts_of(texts) if texts else Texts(), about.since_1904)
    seen = {name: sheet_of(name, xml, values) for name, xml in sheets.items()}
    return Book(
        {name: found.values for name, found in seen.items()},
        about.names,
        {(name, *spot): mark for name, found in seen.items() for spot, mark in found.marks.items()},
        (MACROS,) if _MACROS in parts else (),
        hidden=dict(_hidden(about, seen)),
        comments=tuple(comments_of(parts, about.sheets)),
        without_zeros=frozenset(name for name, found in seen.items() if found.without_zeros),
        drawings=tuple(drawings_of(parts, about.sheets)),
    )


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
