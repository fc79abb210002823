"""What lies over the cells of an .xlsx: text boxes, shapes, pictures and lines, with the cells that they cover."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from pipeline.intake.book import Drawing
from pipeline.intake.containers.workbook_xml import Parts, Sheet, related

_WHAT = {"sp": "文本框或图形", "pic": "图片", "cxnSp": "线条", "grpSp": "图形", "graphicFrame": "图表"}
_WIDE, _HIGH = 609_600, 190_500  # of an ordinary column and row, in the units of drawings

Spot = tuple[int, int]


def drawings_of(parts: Parts, sheets: Sequence[Sheet]) -> Iterator[Drawing]:
    """Everything that is drawn, sheet by sheet."""
    if not any("drawings/" in name for name in parts.names):
        return
    for sheet in sheets:
        for part in related(parts, sheet.part, "drawing"):
            yield from drawn(sheet.name, parts.read(part))


def drawn(sheet: str, xml: bytes) -> Iterator[Drawing]:
    """What the part of a sheet's drawings holds."""
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    for anchor in root.iterfind("./*"):
        what = next((_WHAT[name] for part in anchor.iter() if (name := _local(part)) in _WHAT), "")
        hidden = any(_local(part) == "cNvPr" and part.get("hidden", "0") in {"1", "true"} for part in anchor.iter())
        if what and not hidden:
            first, last = _reach(anchor)
            text = "".join(part.text or "" for part in anchor.iter() if _local(part) == "t")
            yield Drawing(sheet, first, last, what, " ".join(text.split()))


def _reach(anchor: ET.Element) -> tuple[Spot, Spot]:
    """The first and the last cell under a drawing; where only its size is told, about."""
    ends = {_local(part): part for part in anchor}
    row, column, *_ = _corner(ends.get("from"))
    if "to" in ends:
        last_row, last_column, down, right = _corner(ends["to"])
        return (row, column), (max(row, last_row - (not down)), max(column, last_column - (not right)))
    size, at = ends.get("ext"), ends.get("pos")
    wide, high = (int(size.get(key, "0")) if size is not None else 0 for key in ("cx", "cy"))
    if at is not None:
        row, column = int(at.get("y", "0")) // _HIGH, int(at.get("x", "0")) // _WIDE
    return (row, column), (row + max(0, high - 1) // _HIGH, column + max(0, wide - 1) // _WIDE)


def _corner(element: ET.Element | None) -> tuple[int, int, int, int]:
    """Row and column of a corner, and how far into the cell it reaches."""
    told = {_local(part): int(part.text or "0") for part in element} if element is not None else {}
    row, column, down, right = (told.get(key, 0) for key in ("row", "col", "rowOff", "colOff"))
    return row, column, down, right


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]
