"""A sheet's XML: what calamine does not tell of its cells, and what of them it could not read.

A sheet as a template has it is known by one pattern. Any other is looked at cell by cell, and written anew for calamine
where that would misread it: a cell may have no address, or a value in pieces, of which calamine reads the last.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import isfinite

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Hidden, Mark
from pipeline.intake.bounds import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, check_size, is_beyond
from pipeline.intake.containers.conditions import are_telling, marked_by
from pipeline.intake.containers.sheet_cells import (
    ATTRIBUTE,
    NUMBER,
    Cell,
    Spot,
    cell_of,
    check_once,
    found_as_usual,
    spot_of,
    walked,
    written_anew,
)
from pipeline.intake.containers.styles import Styles
from pipeline.intake.shown import look_of, text_look
from pipeline.values.numerals import visible

_ADDRESSES = re.compile(rb'<c r="(\w++)"[^>]*+(?<!/)>')
_NOT_SEEN = re.compile(
    rb"<(?:[\w.-]+:)?(row|col)\s([^>]*\b(?:hidden=|ht=[\"']0*[0-3]?(?:\.\d*)?[\"']|width=[\"']0*(?:\.\d*)?[\"'])[^>]*)>"
)
_ROW = re.compile(rb"<(?:[\w.-]+:)?row\s([^>]*)>")
_AROUND = (b"<!", b"hidden=", b"zeroHeight=", b"showZeros=", b'width="0')  # that no template of ours has
_NO_HEIGHT = re.compile(rb"""\bzeroHeight=["'](?:1|true)""")
_NO_ZEROS = re.compile(rb"""\bshowZeros=["'](?:0|false)""")
_MERGE = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s[^>]*?ref=[\"']([^\"']*)")
_ON, _DIGITS = {b"1", b"true"}, b"0123456789"
_LEAST_HEIGHT, _LEAST_WIDTH = 4, 1
_LETTERS = bytes(range(65, 91))
_NUMBERS, _TEXTS = {b"", b"n"}, {"s", "str", "inlineStr"}
_KNOWN = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}  # errors that calamine knows


@dataclass
class Seen:
    """What a look found: marks by row and column, what is hidden, and the sheet anew where calamine needs it.

    ``days`` are the values of cells that show a day or a time, which calamine does not always see. ``at_once`` is a
    sheet that was known by its pattern, which does not tell whether two cells have one address.
    """

    marks: dict[Spot, Mark] = field(default_factory=dict)
    days: dict[Spot, object] = field(default_factory=dict)
    hidden: Hidden | None = None
    rewritten: bytes = b""
    without_zeros: bool = False
    at_once: bool = False

    def holds(self, xml: bytes, values: list[list[object]], texts: bytes) -> bool:
        """Whether every cell of the sheet that has a content is a value; of two with one address one is lost."""
        filled, cells = sum(len(row) - row.count("") for row in values), xml.count(b"</c>")
        return not self.at_once or filled == cells or filled == cells - _empty(xml, texts)


@dataclass(frozen=True)
class Look:
    """How the sheets of a workbook are looked at: by its styles, its texts, and those of the texts that look odd."""

    styles: Styles
    texts: Callable[[], list[str]]
    odd: frozenset[str]
    since_1904: bool

    def through(self, sheet: str, xml: bytes) -> Seen:
        """Look at a sheet. Raises Unreadable as ``closely`` does."""
        return Seen(at_once=True) if not self.odd and self._is_as_written_by_us(xml) else self.closely(sheet, xml)

    def closely(self, sheet: str, xml: bytes) -> Seen:
        """Look at a sheet's cells. Raises Unreadable where its values reach too far, or two have one address."""
        conditional = are_telling(xml, 0, self.styles)
        usual = None if conditional else self._usual(xml)
        cells = usual if usual is not None else self._all(sheet, xml)
        seen = Seen(rewritten=b"" if usual is not None else written_anew(cells))
        if b"mergeCell" in xml:
            seen.marks |= dict.fromkeys(_covered(xml), Mark("covered", ""))
        for cell in cells:
            self._look_at(cell, seen)
        for spot, mark in marked_by(xml, cells, self.styles, since_1904=self.since_1904) if conditional else ():
            seen.marks.setdefault(spot, mark)
        seen.hidden = _hidden(xml)
        seen.without_zeros = _NO_ZEROS.search(xml, 0, max(xml.find(b"sheetData"), 0)) is not None
        return seen

    def mended(self, xml: bytes, seen: Seen) -> Seen:
        """The same for a sheet that calamine cannot read: the cells at fault are marked and left out."""
        cells = list(walked(xml))
        at_fault = [cell for cell in cells if not self._is_sound(cell)]
        faults = {cell.spot: Mark("error", cell.text) for cell in at_fault}
        kept = [cell for cell in cells if cell.spot not in faults and visible(self._text(cell))]
        return Seen(seen.marks | faults, seen.days, seen.hidden, written_anew(kept), seen.without_zeros)

    def _is_as_written_by_us(self, xml: bytes) -> bool:
        """Whether a sheet is as a template has it: plain cells of ordinary styles, and nothing hidden."""
        start = xml.find(b"sheetData>") - 1
        end = xml.find(b"</sheetData>", start)
        head = xml[: max(start, 0)]
        if any(word in head for word in _AROUND) or min(start, end) < 0 or xml.find(b"sheetData", end + 11) >= 0:
            return False
        if xml.find(b"<mergeCell", end) >= 0 or are_telling(xml, end, self.styles):
            return False
        return self.styles.rows.fullmatch(xml, start + len(b"<sheetData>"), end) is not None

    def _usual(self, xml: bytes) -> list[Cell] | None:
        """The cells that have to be looked at of a sheet that is written as usual; None of any other."""
        found = found_as_usual(xml)
        if found is None:
            return None
        distant = [spot_of(one[1].decode()) for one in found if one[1]]
        if is_beyond(*(max((spot[n] + 1 for spot in distant), default=0) for n in (0, 1))):
            return None
        watched, odd = self.styles.watched, {text.encode() for text in self.odd}
        return [
            cell_of(one)
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
        cells = [cell for cell in walked(xml) if visible(self._text(cell)) or cell.formula or cell.kind == "e"]
        check_once([cell.spot for cell in cells if cell.text])
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
        if cell.kind != "n" or not NUMBER.fullmatch(cell.text) or not isfinite(float(cell.text)):
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
            return NUMBER.fullmatch(cell.text) is not None
        if cell.kind == "s":
            return cell.text.isdigit() and int(cell.text) < len(self.texts())
        if cell.kind in {"b", "e"}:
            return cell.text in ({"0", "1", "true", "false"} if cell.kind == "b" else _KNOWN)
        return cell.kind in {"str", "inlineStr", "d"}


def _empty(xml: bytes, texts: bytes) -> int:
    """How many cells hold a text without a letter."""
    nothing = [n for n, text in enumerate(texts.split(b"</si>")) if text.endswith((b"<si><t/>", b"<si><t></t>"))]
    return xml.count(b"<v></v>") + sum(xml.count(b't="s"><v>%d</v>' % n) for n in nothing)


def _covered(xml: bytes) -> Iterator[Spot]:
    """The cells under merges, but for the first of each, as far as the sheet has values."""
    addresses = set(_ADDRESSES.findall(xml)) or {b"ZZ9999"}
    bounds = [xl_cell_to_rowcol(f"{letters.decode()}1")[1] for letters in {one.rstrip(_DIGITS) for one in addresses}]
    rows, columns = max(int(one.lstrip(_LETTERS)) for one in addresses), max(bounds) + 1
    left = MOST_CELLS
    for first, last in (ref.decode().split(":") for ref in _MERGE.findall(xml) if b":" in ref):
        (top, start), (bottom, end) = spot_of(first), spot_of(last)
        bottom, end = min(bottom, rows, MOST_ROWS), min(end, columns)
        left -= max(0, bottom - top + 1) * max(0, end - start + 1)
        if left < 0:
            return
        spots = ((r, c) for r in range(top, bottom + 1) for c in range(start, end + 1))
        yield from (spot for spot in spots if spot != (top, start))


def _hidden(xml: bytes) -> Hidden | None:
    """The rows and columns that are not seen, for they are hidden or too small; None where all are."""
    rows, columns = set[int](), set[int]()
    for kind, told in _NOT_SEEN.findall(xml):
        about = dict(ATTRIBUTE.findall(told))
        if about.get(b"hidden") not in _ON and not _is_small(about):
            continue
        if kind == b"row" and about.get(b"r", b"").isdigit():
            rows.add(int(about[b"r"]) - 1)
        elif kind == b"col":
            last = min(int(about.get(b"max", b"0")), MOST_COLUMNS)
            columns.update(range(int(about.get(b"min", b"1")) - 1, last))
    if _NO_HEIGHT.search(xml, 0, max(xml.find(b"sheetData"), 0)):
        told_of = (dict(ATTRIBUTE.findall(told)) for told in _ROW.findall(xml))
        rows |= {int(one[b"r"]) - 1 for one in told_of if not one.keys() & {b"ht", b"hidden"} and b"r" in one}
    return Hidden(frozenset(rows), frozenset(columns)) if rows or columns else None


def _is_small(about: dict[bytes, bytes]) -> bool:
    """Whether nothing is seen of a row or a column by its size, in points or letters."""
    return float(about.get(b"ht", b"15")) < _LEAST_HEIGHT or float(about.get(b"width", b"8")) < _LEAST_WIDTH
