"""A sheet's XML: what calamine does not tell of its cells, and what of them it could not read.

Most sheets are written as every spreadsheet writes them and are looked at in one search. The others are walked through
cell by cell and written anew for calamine: a cell may have no address, or a value in pieces, of which calamine reads
the last.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from io import BytesIO
from math import isfinite
from typing import NamedTuple
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Hidden, Mark, Unreadable, address
from pipeline.intake.bounds import BEYOND, MOST_CELLS, MOST_COLUMNS, check_size, is_beyond
from pipeline.intake.containers.rich_text import has_odd_part
from pipeline.intake.containers.styles import Styles
from pipeline.intake.shown import look_of, text_look
from pipeline.values.numerals import visible

# A cell with content as every spreadsheet writes it: address (within ZZ9999, or beyond), style, type, formula, value.
_CELL = re.compile(
    rb'<c r="(?:([A-Z]{1,2}+[1-9]\d{0,3})|([A-Z]{1,3}[1-9]\d{0,6}))"(?: s="(\d++)")?+(?: t="(\w++)")?+(?: [cv]m="\d++")*+>'
    rb"(<f[^>]*+(?:(?<=/)>|>[^<]*+</f>))?+(?:<v>([^<]*+)</v>|<v/>|<is><t[^>]*+>([^<]*+)</t></is>)?+</c>"
)
_ADDRESSES = re.compile(rb'<c r="(\w++)"[^>]*+(?<!/)>')
_BETWEEN = (b"<!--", b"<![CDATA[")  # what may stand in the midst of cells, and no spreadsheet writes there
_SPACES = (b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main")
_NOT_SEEN = re.compile(rb"<(?:[\w.-]+:)?(row|col)\s([^>]*\bhidden=[^>]*)>")
_MERGE = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s[^>]*?ref=[\"']([^\"']*)")
_ATTRIBUTE = re.compile(rb"(\w+)=[\"']([^\"']*)")
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ON = {b"1", b"true"}
_NUMBERS, _TEXTS = {b"", b"n"}, {"s", "str", "inlineStr"}
_KNOWN = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}  # errors that calamine knows

Spot = tuple[int, int]


class Cell(NamedTuple):
    """A cell with content: its style and type, what it holds, whether by a formula, and whether a part looks odd."""

    spot: Spot
    style: str
    kind: str
    text: str
    formula: bool = False
    odd: bool = False


@dataclass
class Seen:
    """What a look found: marks by row and column, what is hidden, and the sheet anew where calamine needs it.

    ``days`` are the values of cells that show a day or a time, which calamine does not always see.
    """

    marks: dict[Spot, Mark] = field(default_factory=dict)
    days: dict[Spot, object] = field(default_factory=dict)
    hidden: Hidden | None = None
    rewritten: bytes = b""


@dataclass(frozen=True)
class Look:
    """How the sheets of a workbook are looked at: by its styles, its texts, and the numbers of the texts that look odd."""

    styles: Styles
    texts: Callable[[], list[str]]
    odd: frozenset[str]
    since_1904: bool

    def through(self, sheet: str, xml: bytes) -> Seen:
        """Look at a sheet. Raises Unreadable where its values reach too far, or two cells have one address."""
        if not self.odd and self._is_as_written_by_us(xml):
            return Seen()
        usual = self._usual(sheet, xml)
        cells = usual if usual is not None else self._all(sheet, xml)
        seen = Seen(rewritten=b"" if usual is not None else _written_anew(cells))
        if b"mergeCell" in xml:
            whole = cells if usual is None else _walked(xml)
            seen.marks |= dict.fromkeys(_covered(xml, [cell.spot for cell in whole]), Mark("covered", ""))
        for cell in cells:
            self._look_at(cell, seen)
        seen.hidden = _hidden(xml) if b"hidden=" in xml else None
        return seen

    def mended(self, xml: bytes, seen: Seen) -> Seen:
        """The same for a sheet that calamine cannot read: the cells at fault are marked and left out."""
        cells = list(_walked(xml))
        at_fault = [cell for cell in cells if not self._is_sound(cell)]
        faults = {cell.spot: Mark("error", cell.text) for cell in at_fault}
        kept = [cell for cell in cells if cell.spot not in faults and visible(self._text(cell))]
        return Seen(seen.marks | faults, seen.days, seen.hidden, _written_anew(kept))

    def _is_as_written_by_us(self, xml: bytes) -> bool:
        """Whether a sheet is as a template has it: plain cells of ordinary styles, each once, and nothing hidden."""
        start, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
        if b"<!" in xml[: max(start, 0)] or b"hidden=" in xml[: max(start, 0)] or xml.count(b"sheetData") != 2:
            return False
        if b"<mergeCell" in xml[end:] or not self.styles.rows.fullmatch(xml, start + len(b"<sheetData>"), end):
            return False
        found = _ADDRESSES.findall(xml, start, end)
        return len(set(found)) == len(found)

    def _usual(self, sheet: str, xml: bytes) -> list[Cell] | None:
        """The cells that have to be looked at of a sheet that is written as usual; None of any other."""
        cells = xml[xml.find(b"<sheetData") : xml.rfind(b"</sheetData>")]
        if any(sign in xml for sign in _BETWEEN) or sum(xml.count(space) for space in _SPACES) != 1:
            return None
        found = _CELL.findall(cells)
        if len(found) != cells.count(b"</c") or b"<worksheet" not in xml:
            return None
        if len({near or far for near, far, *_ in found}) < len(found):
            raise Unreadable("里面有重复的格子，可能损坏或被改动过", BEYOND)
        distant = [_spot(one[1].decode()) for one in found if one[1]]
        if is_beyond(*(max((spot[n] + 1 for spot in distant), default=0) for n in (0, 1))):
            return None
        watched, odd = self.styles.watched, {text.encode() for text in self.odd}
        return [
            _cell(one)
            for one in found
            if one[2] in watched
            or one[3] == b"e"
            or (one[4] and not one[5])
            or (one[3] in _NUMBERS and (len(one[5]) > 6 or not one[5].isdigit()))
            or (one[5] == b"0" and one[2] in self.styles.days)
            or (odd and one[5] in odd)
        ]

    def _all(self, sheet: str, xml: bytes) -> list[Cell]:
        """Every cell of a sheet in which something is to be seen."""
        cells = [cell for cell in _walked(xml) if visible(self._text(cell)) or cell.formula or cell.kind == "e"]
        _check_once([cell.spot for cell in cells if cell.text])
        filled = [cell.spot for cell in cells if cell.text]
        check_size(sheet, *(max((spot[n] + 1 for spot in filled), default=0) for n in (0, 1)))
        return cells

    def _look_at(self, cell: Cell, seen: Seen) -> None:
        """Mark a cell that is not seen as it is kept."""
        mark = self._mark(cell, seen)
        if mark and (mark.kind in {"error", "uncalculated"} or cell.spot not in seen.marks):
            seen.marks[cell.spot] = mark

    def _mark(self, cell: Cell, seen: Seen) -> Mark | None:
        if cell.kind == "e":
            return Mark("error", cell.text or "#N/A")
        if not cell.text:
            return Mark("uncalculated", "") if cell.formula and cell.kind != "str" else None
        look = self._shown(cell, seen)
        if cell.odd or (cell.kind == "s" and cell.text in self.odd):
            return Mark("formatted", "")
        if cell.style in self.styles.struck:
            return Mark("struck", look.shown if look else "")
        return Mark("unseen", look.shown if look else "") if cell.style in self.styles.unseen else look

    def _shown(self, cell: Cell, seen: Seen) -> Mark | None:
        """What the format shows otherwise; a day is kept as the cell's value."""
        code = self.styles.code(cell.style)
        if cell.kind in _TEXTS:
            return text_look(self._text(cell), code)
        if cell.kind != "n" or not _NUMBER.fullmatch(cell.text) or not isfinite(float(cell.text)):
            return None
        look = look_of(float(cell.text), code, since_1904=self.since_1904)
        if not isinstance(look.value, float):
            seen.days[cell.spot] = look.value
        return look.mark

    def _text(self, cell: Cell) -> str:
        """What a cell holds; a shared text by its number."""
        if cell.kind != "s":
            return cell.text
        texts = self.texts()
        return texts[int(cell.text)] if cell.text.isdigit() and int(cell.text) < len(texts) else cell.text

    def _is_sound(self, cell: Cell) -> bool:
        """Whether calamine can read a cell."""
        if cell.kind == "n":
            return _NUMBER.fullmatch(cell.text) is not None
        if cell.kind == "s":
            return cell.text.isdigit() and int(cell.text) < len(self.texts())
        if cell.kind in {"b", "e"}:
            return cell.text in ({"0", "1", "true", "false"} if cell.kind == "b" else _KNOWN)
        return cell.kind in {"str", "inlineStr", "d"}


def _cell(found: Sequence[bytes]) -> Cell:
    """A cell as the search found it."""
    near, far, style, kind, formula, value, text = found
    told = unescape((value or text).decode())
    return Cell(_spot((near or far).decode()), style.decode() or "0", kind.decode() or "n", told, bool(formula))


def _check_once(cells: Sequence[object]) -> None:
    """Raises Unreadable where two cells have one address: programs differ in which of them they show."""
    if len(set(cells)) < len(cells):
        raise Unreadable("里面有重复的格子，可能损坏或被改动过", BEYOND)


def _walked(xml: bytes) -> Iterator[Cell]:
    """Every cell, however it is written; one without an address stands right of the one before."""
    row = column = -1
    for event, element in ET.iterparse(BytesIO(xml), ("start", "end")):  # noqa: S314  # no DTD, no entities
        name = element.tag.rpartition("}")[2]
        if event == "start" and name == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
        elif event == "end" and name == "c":
            at = element.get("r")
            row, column = _spot(at) if at else (row, column + 1)
            if len(element):
                text, formula = _content(element)
                told = element.get("s", "0"), element.get("t", "n"), text, formula
                yield Cell((row, column), *told, has_odd_part(element))
        elif event == "end" and name == "row":
            element.clear()


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


def _covered(xml: bytes, filled: Sequence[Spot]) -> Iterator[Spot]:
    """The cells under merges, but for the first of each, as far as the sheet has values."""
    rows, columns = (max((spot[n] + 1 for spot in filled), default=0) for n in (0, 1))
    left = MOST_CELLS
    for first, last in (ref.decode().split(":") for ref in _MERGE.findall(xml) if b":" in ref):
        (top, start), (bottom, end) = _spot(first), _spot(last)
        bottom, end = min(bottom, rows), min(end, columns)
        left -= max(0, bottom - top + 1) * max(0, end - start + 1)
        if left < 0:
            return
        spots = ((r, c) for r in range(top, bottom + 1) for c in range(start, end + 1))
        yield from (spot for spot in spots if spot != (top, start))


def _hidden(xml: bytes) -> Hidden:
    """The rows and columns that are not seen."""
    rows, columns = set[int](), set[int]()
    for kind, told in _NOT_SEEN.findall(xml):
        about = dict(_ATTRIBUTE.findall(told))
        if about.get(b"hidden") not in _ON:
            continue
        if kind == b"row" and about.get(b"r", b"").isdigit():
            rows.add(int(about[b"r"]) - 1)
        elif kind == b"col":
            last = min(int(about.get(b"max", b"0")), MOST_COLUMNS)
            columns.update(range(int(about.get(b"min", b"1")) - 1, last))
    return Hidden(frozenset(rows), frozenset(columns))


def _written_anew(cells: Sequence[Cell]) -> bytes:
    """The sheet with its values alone, each cell with its address."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(cells):
        if cell.text and cell.kind != "e":
            rows.setdefault(cell.spot[0], []).append(_written(cell))
    written = "".join(f'<row r="{row + 1}">{"".join(parts)}</row>' for row, parts in rows.items())
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{written}</sheetData></worksheet>'.encode()


def _written(cell: Cell) -> str:
    text, kind = escape(cell.text), cell.kind
    if kind == "n" and not _NUMBER.fullmatch(cell.text):
        kind = "str"
    value = f"<is><t>{text}</t></is>" if kind == "inlineStr" else f"<v>{text}</v>"
    return f'<c r="{address(*cell.spot)}" s="{cell.style}" t="{kind}">{value}</c>'
