"""The cells of a sheet's XML, found in one search where they are written as usual, else walked through one by one."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple
from xml.parsers.expat import ParserCreate

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from pipeline.intake.book import Unreadable
from pipeline.intake.bounds import BEYOND
from pipeline.intake.containers.texts_xml import BLANKS, is_odd_look, without_codes

# A cell with content as every spreadsheet writes it: its address, style and type, formula, and value or text in place.
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}+)([1-9]\d{0,6}+)"((?: s="\d++")?+(?: t="\w++")?+)(?: [cv]m="\d++")*+>'
    rb"(?:(<f)[^>]*+(?:(?<=/)>|>[^<]*+</f>))?+(?:(?:<v>|<is><t[^>]*+>)([^<]*+)(?:</v>|</t></is>)|<v/>)?+</c>"
)
# The same however its attributes stand.
_ANY = rb"""(?:\s+[\w:]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*+\s*+"""
_TURNED = re.compile(
    rb"<c(" + _ANY + rb"(?<!/))>(?:(<f)" + _ANY + rb"(?:/>|>[^<]*+</f>))?+"
    rb"(?:(?:<v>|<is><t" + _ANY + rb">)([^<]*+)(?:</v>|</t></is>)|<v/>)?+</c>"
)
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_LOOK = re.compile(rb'(?: s="(\d+)")?(?: t="(\w+)")?')
_CELL_BEGINS = (b"<c ", b"<c>", b"<c/")
_BETWEEN_CELLS = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_PLAIN_DATA = re.compile(rb"<!\[CDATA\[[^\]&<>]*+\]\]>")
_BETWEEN = (b"<!--", b"<![CDATA[")  # what may stand in the midst of cells, and no spreadsheet writes there
_SPACES = (b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main")
ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_PARTS = re.compile(rb"([A-Z]{1,3})([1-9]\d{0,6})")

_LONGEST = 1 << 18  # bytes of a text that is told at once

Spot = tuple[int, int]
Found = tuple[bytes, bytes, bytes, bytes, bytes]  # column, row, style and type, the sign of a formula, content


class Cell(NamedTuple):
    """A cell with content: its style and type, what it holds, whether by a formula, and whether a part looks odd."""

    spot: Spot
    style: str
    kind: str
    text: str
    formula: bool = False
    odd: bool = False


def found_as_usual(xml: bytes) -> list[Found] | None:
    """The cells with content of a sheet as the search finds them; None where some may be written in another way."""
    start, end = table_of(xml)
    if not end or not is_usual(xml[:start] + xml[end:]):
        return None
    rows = xml[start:end]
    found = found_in(rows)
    bare = found is None and b"<c r=" not in rows
    return found_in(with_addresses(rows)) if bare else found


def is_usual(xml: bytes) -> bool:
    """Whether all elements of a sheet are of the one name space, and nothing stands among them that is none."""
    plain = not any(sign in xml for sign in _BETWEEN) and xml.find(b"<?", 2) < 0
    return plain and b"<worksheet" in xml and sum(xml.count(space) for space in _SPACES) == 1


def found_in(xml: bytes) -> list[Found] | None:
    """The cells with content among rows; None where some may be written in another way."""
    if any(sign in xml for sign in (*_BETWEEN, b"<?", b"xmlns")):
        return None
    found = _CELL.findall(xml)
    return found if len(found) == xml.count(b"</c") else _turned(xml)


def _turned(xml: bytes) -> list[Found] | None:
    """The same of cells whose attributes stand otherwise."""
    cells = _TURNED.findall(xml)
    if len(cells) != xml.count(b"</c"):
        return None
    found = list[Found]()
    for attributes, *content in cells:
        told = dict(ATTRIBUTE.findall(attributes))
        at = _PARTS.fullmatch(told.get(b"r", b""))
        look = b"".join(b' %s="%s"' % (name, told[name]) for name in (b"s", b"t") if name in told)
        if at is None or not _LOOK.fullmatch(look):
            return None
        found.append((at[1], at[2], look, *content))
    return found


def with_addresses(xml: bytes) -> bytes:
    """The same rows with an address in every cell: one that has none stands right of the one before."""
    if xml.count(b"<c") != sum(xml.count(begin) for begin in _CELL_BEGINS):
        return xml
    number, first, *rest = 0, *xml.split(b"<row")
    told = [first]
    for row in rest:
        head, *cells = row.split(b"<c")
        at = _NUMBER.search(head)
        number = int(at[1]) if at else number + 1
        told.append(head + b"".join([b'<c r="%b%d"%b' % (_letters(n), number, cell) for n, cell in enumerate(cells)]))
    return b"<row".join(told)


def plainly(xml: bytes) -> bytes:
    """The same XML without comments, and with what stands in CDATA written as any other text."""
    if not any(sign in xml for sign in _BETWEEN):
        return xml
    plain = len(_PLAIN_DATA.findall(xml)) == xml.count(_BETWEEN[1]) == xml.count(b"]]>") and _BETWEEN[0] not in xml
    return xml.replace(_BETWEEN[1], b"").replace(b"]]>", b"") if plain else _BETWEEN_CELLS.sub(_escaped, xml)


def _escaped(found: re.Match[bytes]) -> bytes:
    text = found[1] or b""
    return escape(text.decode(), quote=False).encode() if b"&" in text or b"<" in text or b">" in text else text


@lru_cache(maxsize=1024)
def _letters(column: int) -> bytes:
    return str(xl_col_to_name(column)).encode()


def table_of(xml: bytes) -> tuple[int, int]:
    """Where the rows of a sheet begin and end; 0 where that is not plain."""
    start, end = xml.find(b"<sheetData"), xml.rfind(b"</sheetData>")
    return (start, end) if 0 < start < end else (0, 0)


@lru_cache(maxsize=1024)
def looked(look: bytes) -> tuple[str, str]:
    """The style and the type that a cell writes."""
    told = dict(ATTRIBUTE.findall(look))
    return told.get(b"s", b"0").decode(), told.get(b"t", b"").decode()


def check_once(cells: Sequence[object]) -> None:
    """Raises Unreadable where two cells have one address: programs differ in which of them they show."""
    if len(set(cells)) < len(cells):
        raise Unreadable("里面有重复的格子，可能损坏或被改动过", BEYOND)


def walked(xml: bytes) -> list[Cell]:
    """Every cell with content, however it is written; raises ValueError or ExpatError where the XML is broken."""
    walk, parser = _Walk(), ParserCreate()
    parser.buffer_text, parser.buffer_size = True, _LONGEST
    parser.StartElementHandler, parser.EndElementHandler = walk.begin, walk.end
    parser.CharacterDataHandler = walk.say
    parser.Parse(xml, True)
    return walk.cells


class _Walk:
    """A walk through a sheet; a cell without an address stands right of the one before."""

    def __init__(self) -> None:
        self.cells = list[Cell]()
        self.row = self.column = -1
        self.told: dict[str, str] | None = None  # the attributes of the cell, where the walk is within one
        self.parts, self.text = list[str](), list[str]()
        self.depth = 0  # within the cell
        self.says = self.aside = self.keeps = self.odd = False

    def begin(self, tag: str, told: dict[str, str]) -> None:
        """Enter an element."""
        name = tag.rpartition(":")[2]
        if self.told is not None:
            self._part(name, told)
        elif name == "c":
            at = told.get("r")
            self.row, self.column = spot_of(at) if at else (self.row, self.column + 1)
            self.told, self.parts, self.text, self.odd, self.depth = told, [], [], False, 0
        elif name == "row":
            self.row, self.column = int(told.get("r", self.row + 2)) - 1, -1

    def _part(self, name: str, told: dict[str, str]) -> None:
        """Enter a part of a cell; of its texts those are none that are noted above others (拼音)."""
        self.depth += 1
        if self.depth == 1:
            self.parts.append(name)
        self.aside = self.aside or name == "rPh"
        value, text = self.depth == 1 and name == "v", name == "t" and self.parts[-1] == "is" and not self.aside
        self.says, self.keeps = value or text, value or told.get("xml:space") == "preserve"
        self.odd = self.odd or is_odd_look(name, told)

    def say(self, text: str) -> None:
        """Take in a text."""
        if self.says:
            self.text.append(text if self.keeps else text.strip(BLANKS))

    def end(self, tag: str) -> None:
        """Leave an element."""
        name, self.says = tag.rpartition(":")[2], False
        self.aside = self.aside and name != "rPh"
        if self.told is not None and not self.depth:
            if self.parts:
                self.cells.append(self._cell(self.told))
            self.told = None
        self.depth -= 1

    def _cell(self, told: dict[str, str]) -> Cell:
        if self.parts.count("v") + self.parts.count("is") > 1:
            raise ValueError(self.parts)
        text = without_codes("".join(self.text))
        return Cell((self.row, self.column), told.get("s", "0"), told.get("t", ""), text, "f" in self.parts, self.odd)


def spot_of(reference: str) -> Spot:
    """Row and column of an address; raises ValueError where it is none."""
    if not _ADDRESS.fullmatch(reference):
        raise ValueError(reference)
    row, column = xl_cell_to_rowcol(reference)
    return int(row), int(column)
