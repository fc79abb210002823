"""The comments of an .xlsx (批注), old ones and those in threads, with the cells they stand at."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Comment
from pipeline.intake.containers.workbook_xml import Parts, Sheet, related

_KINDS = ("comments", "threadedComment")
_THREAD = "[Threaded comment]"  # how Excel begins the old comment that stands for a thread


def comments_of(parts: Parts, sheets: Sequence[Sheet]) -> Iterator[Comment]:
    """Every comment, sheet by sheet."""
    if not any("comment" in name for name in parts.names):
        return
    for sheet in sheets:
        for kind in _KINDS:
            for part in related(parts, sheet.part, kind):
                yield from _comments(sheet.name, parts.read(part))


def _comments(sheet: str, xml: bytes) -> Iterator[Comment]:
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    for element in root.iter():
        if element.tag.rpartition("}")[2] in {"comment", "threadedComment"}:
            text = "".join(part.text or "" for part in element.iter() if part.tag.rpartition("}")[2] in {"t", "text"})
            if text.strip() and not text.startswith(_THREAD):
                row, column = xl_cell_to_rowcol(element.get("ref", "A1"))
                yield Comment((sheet, row, column), text.strip())
