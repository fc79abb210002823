"""The cells of a sheet's XML, found in one search where they are written as usual, else walked through one by one."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Unreadable, address
from pipeline.intake.bounds import BEYOND
from pipeline.intake.containers.rich_text import has_odd_part

# A cell with content as every spreadsheet writes it: address (within ZZ9999, or beyond), style, type, formula, value.
_CELL = re.compile(
    rb'<c r="(?:([A-Z]{1,2}+[1-9]\d{0,3})|([A-Z]{1,3}[1-9]\d{0,6}))"(?: s="(\d++)")?+(?: t="(\w++)")?+'
    rb'(?: [cv]m="\d++")*+>'
    rb"(<f[^>]*+(?:(?<=/)>|>[^<]*+</f>))?+(?:<v>([^<]*+)</v>|<v/>|<is><t[^>]*+>([^<]*+)</t></is>)?+</c>"
)
_ADDRESSES = re.compile(rb'<c r="(\w++)"[^>]*+(?<!/)>')
_BETWEEN = (b"<!--", b"<![CDATA[")  # what may stand in the midst of cells, and no spreadsheet writes there
_SPACES = (b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main")
_PREFIXED = re.compile(rb"<(\w+):worksheet[\s>]")
_TAG = re.compile(rb"""<c((?:\s+[\w:]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>""")
ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Spot = tuple[int, int]
Found = tuple[
    bytes, bytes, bytes, bytes, bytes, bytes, bytes
]  # two addresses, style, type, formula, value, text in place


class Cell(NamedTuple):
    """A cell with content: its style and type, what it holds, whether by a formula, and whether a part looks odd."""

    spot: Spot
    style: str
    kind: str
    text: str
    formula: bool = False
    odd: bool = False


def found_as_usual(xml: bytes) -> list[Found] | None:
    """The cells with content as the search finds them, each once; None where some may be written in another way.

    Raises Unreadable where two have one address.
    """
    if any(sign in xml for sign in _BETWEEN) or sum(xml.count(space) for space in _SPACES) != 1:
        return None
    found = _found(xml)
    plain = _without_prefix(xml) if found is None else xml
    found = _found(plain) if plain is not xml else found
    found = _found(_TAG.sub(_in_order, plain)) if found is None else found
    if found is not None:
        check_once([near or far for near, far, *_ in found])
    return found


def _found(xml: bytes) -> list[Found] | None:
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    if start < 0 or b"<worksheet" not in xml[:start]:
        return None
    found = _CELL.findall(xml, start, max(end, start))
    return found if len(found) == xml.count(b"</c", start, max(end, start)) else None


def _without_prefix(xml: bytes) -> bytes:
    """The same sheet without the prefix of its elements; itself where they have none."""
    prefixed = _PREFIXED.search(xml[:4096])
    if not prefixed:
        return xml
    name = prefixed[1] + b":"
    return xml.replace(b"<" + name, b"<").replace(b"</" + name, b"</")


def _in_order(tag: re.Match[bytes]) -> bytes:
    """The attributes of a cell as usual."""
    told = dict(ATTRIBUTE.findall(tag[1]))
    kept = b"".join(b' %s="%s"' % (name, told[name]) for name in (b"r", b"s", b"t") if name in told)
    return b"<c%s%s>" % (kept, tag[2])


def cell_of(found: Found) -> Cell:
    """A cell as the search found it."""
    near, far, style, kind, formula, value, text = found
    told = unescape((value or text).decode())
    return Cell(spot_of((near or far).decode()), style.decode() or "0", kind.decode() or "n", told, bool(formula))


def check_once(cells: Sequence[object]) -> None:
    """Raises Unreadable where two cells have one address: programs differ in which of them they show."""
    if len(set(cells)) < len(cells):
        raise Unreadable("里面有重复的格子，可能损坏或被改动过", BEYOND)


def walked(xml: bytes) -> Iterator[Cell]:
    """Every cell, however it is written; one without an address stands right of the one before."""
    row = column = -1
    for event, element in ET.iterparse(BytesIO(xml), ("start", "end")):  # noqa: S314  # no DTD, no entities
        name = element.tag.rpartition("}")[2]
        if event == "start" and name == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif event == "end" and name == "c":
            at = element.get("r")
            row, column = spot_of(at) if at else (row, column + 1)
            if len(element):
                text, formula = _content(element)
                told = element.get("s", "0"), element.get("t", "n"), text, formula
                yield Cell((row, column), *told, has_odd_part(element))
        elif event == "end" and name == "row":
            element.clear()


def spot_of(reference: str) -> Spot:
    """Row and column of an address; raises ValueError where it is none."""
    if not _ADDRESS.fullmatch(reference):
        raise ValueError(reference)
    row, column = xl_cell_to_rowcol(reference)
    return int(row), int(column)


def _content(cell: ET.Element) -> tuple[str, bool]:
    """The text of a cell's value ("" where it has none), and whether it has a formula; ValueError for two values."""
    names = [part.tag.rpartition("}")[2] for part in cell]
    values = ["".join(part.itertext()) for part, name in zip(cell, names, strict=True) if name in {"v", "is"}]
    if len(values) > 1:
        raise ValueError(values)
    return "".join(values), "f" in names


def written_anew(cells: Sequence[Cell]) -> bytes:
    """The sheet with its values alone, each cell with its address."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(cells):
        if cell.text and cell.kind != "e":
            rows.setdefault(cell.spot[0], []).append(_written(cell))
    written = "".join(f'<row r="{row + 1}">{"".join(parts)}</row>' for row, parts in rows.items())
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{written}</sheetData></worksheet>'.encode()


def _written(cell: Cell) -> str:
    text, kind = escape(cell.text), cell.kind
    if kind == "n" and not NUMBER.fullmatch(cell.text):
        kind = "str"
    value = f"<is><t>{text}</t></is>" if kind == "inlineStr" else f"<v>{text}</v>"
    return f'<c r="{address(*cell.spot)}" s="{cell.style}" t="{kind}">{value}</c>'
