"""A sheet's XML: error cells, formulas without a result, percentages and merges, none of which calamine tells.

Most sheets have nothing of the kind and cost a few searches. The others are walked through cell by cell, and written
anew for calamine where a cell is not as every spreadsheet writes it: it may have no address, or one far beyond any
return, or a value in pieces, of which calamine reads the last.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Mark, Unreadable, address
from pipeline.intake.bounds import BEYOND, MOST_CELLS, check_size
from pipeline.intake.containers.rich_text import has_odd_part

_LACKING = re.compile(rb"(?:</f>|<f [^>]*/>)(?!<v>[^<])")  # a formula that no value follows
_MORE = re.compile(rb"</v>(?!</c>)")  # a value that something follows in its cell
# Every cell, with its address where it is written as usual and stands within ZZ9999.
_CELL = re.compile(rb'<c(?=[\s/>])(?: r="([A-Z]{1,2}[1-9]\d{0,3})"(?: s="\d+")?(?: t="\w+")?/?>)?|<[\w.-]+:c(?=[\s/>])')
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Spot = tuple[int, int]


@dataclass
class Seen:
    """What a look found: marks by row and column, and the sheet anew where calamine would misread it."""

    marks: dict[Spot, Mark] = field(default_factory=dict)
    rewritten: bytes = b""


def look_through(sheet: str, xml: bytes, percent: frozenset[str], texts: frozenset[str]) -> Seen:
    """Look at a sheet. Raises Unreadable where its values reach too far, or two cells have one address.

    ``percent`` are the styles that show a percentage, ``texts`` the shared texts not to be read as they stand.
    """
    addresses = _CELL.findall(xml)
    _check_once([at for at in addresses if at])
    unusual = b"" in addresses or b"<!" in xml or _MORE.search(xml) is not None
    if not (unusual or texts or _has_marks(xml, percent)):
        return Seen()
    seen, merges = Seen(), list[str]()
    cells: list[tuple[Spot, ET.Element, str]] = []
    rows = columns = 0
    for spot, cell in _cells(xml, merges):
        text, formula = _content(cell)
        kind = cell.get("t", "n")
        if kind == "e":
            seen.marks[spot] = Mark("error", text or "#N/A")
        elif formula and not text and kind != "str":
            seen.marks[spot] = Mark("uncalculated", "")
        elif kind == "n" and cell.get("s", "0") in percent and text:
            seen.marks[spot] = Mark("percent", f"{float(text) * 100:.10g}%")
        elif (kind == "s" and text in texts) or has_odd_part(cell):
            seen.marks[spot] = Mark("formatted", "")
        if text:
            rows, columns = max(rows, spot[0] + 1), max(columns, spot[1] + 1)
            cells.append((spot, cell, kind))
    check_size(sheet, rows, columns)
    _check_once([spot for spot, _, _ in cells])
    for spot in _covered(merges, rows, columns):
        seen.marks.setdefault(spot, Mark("covered", ""))
    if unusual:
        seen.rewritten = _written_anew(cells)
    return seen


def _has_marks(xml: bytes, percent: frozenset[str]) -> bool:
    """Whether a sheet of usual cells may have anything that calamine does not tell."""
    return (
        any(mark in xml for mark in (b't="e"', b"mergeCell", b"<rPr"))
        or "0" in percent
        or any(f's="{style}"'.encode() in xml for style in percent)
        or _LACKING.search(xml) is not None
    )


def _check_once(cells: Sequence[object]) -> None:
    """Raises Unreadable where two cells have one address: programs differ in which of them they show."""
    if len(set(cells)) < len(cells):
        raise Unreadable("里面有重复的格子，可能损坏或被改动过", BEYOND)


def _cells(xml: bytes, merges: list[str]) -> Iterator[tuple[Spot, ET.Element]]:
    """Every cell with its row and column; one without an address stands right of the one before. Notes merges."""
    row = column = -1
    for event, element in ET.iterparse(BytesIO(xml), ("start", "end")):  # noqa: S314  # no DTD, no entities
        name = element.tag.rpartition("}")[2]
        if event == "start" and name == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif event == "end" and name == "c":
            at = element.get("r")
            row, column = _spot(at) if at else (row, column + 1)
            yield (row, column), element
        elif event == "end" and name == "row":
            element.clear()
        elif event == "end" and name == "mergeCell":
            merges.append(element.get("ref", ""))


def _spot(reference: str) -> Spot:
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


def _covered(merges: list[str], rows: int, columns: int) -> Iterator[Spot]:
    """The cells under merges, but for the first of each, as far as the sheet has values."""
    left = MOST_CELLS
    for first, last in (ref.split(":") for ref in merges if ":" in ref):
        (top, start), (bottom, end) = _spot(first), _spot(last)
        bottom, end = min(bottom, rows), min(end, columns)
        left -= max(0, bottom - top + 1) * max(0, end - start + 1)
        if left < 0:
            return
        spots = ((r, c) for r in range(top, bottom + 1) for c in range(start, end + 1))
        yield from (spot for spot in spots if spot != (top, start))


def _written_anew(cells: list[tuple[Spot, ET.Element, str]]) -> bytes:
    """The sheet with its values alone, each cell with its address."""
    rows: dict[int, list[str]] = {}
    for (row, column), cell, kind in sorted(cells, key=lambda one: one[0]):
        rows.setdefault(row, []).append(_cell(address(row, column), cell, kind))
    written = "".join(f'<row r="{row + 1}">{"".join(parts)}</row>' for row, parts in rows.items())
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{written}</sheetData></worksheet>'.encode()


def _cell(at: str, cell: ET.Element, kind: str) -> str:
    style, text = cell.get("s", "0"), escape(_content(cell)[0])
    value = f"<is><t>{text}</t></is>" if kind == "inlineStr" else f"<v>{text}</v>"
    return f'<c r="{at}" s="{style}" t="{kind}">{value}</c>'
