"""The parts of a workbook, what its sheets are called and where they stand, and its defined names."""

import posixpath
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from operator import itemgetter
from typing import NamedTuple
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Position, Unreadable
from pipeline.intake.bounds import BEYOND, check_sheets, parts_of, unpacked, without_dtd

ROOT, WORKBOOK = "_rels/.rels", "xl/workbook.xml"
STYLES, TEXTS, THEME = "xl/styles.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml"
_TARGET = re.compile(r"^'?(?P<sheet>.+?)'?!\$?(?P<cell>[A-Z]{1,3}\$?\d+)$")
_NAME = re.compile(rb'<definedName name="([^"]*+)"((?: \w++="[^"]*+")*+)>([^<]*+)</definedName>')
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_TRUE = {"1", "true", "on"}


class Parts:
    """The XML parts of a workbook by name: great or small letters alike, strokes either way, as programs find them."""

    def __init__(self, data: bytes) -> None:
        self._data, listed = data, parts_of(data)
        self._parts = {_plain(part.filename).lower(): part for part in listed}
        if len(self._parts) < len(listed):
            raise Unreadable("里面有重名的部件，可能损坏或被改动过", BEYOND)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def read(self, name: str) -> bytes:
        """The part in UTF-8; raises KeyError where there is none, Unreadable where it declares entities."""
        xml = unpacked(self._parts[name.lower()], self._data)
        if xml.startswith(_UTF_16):
            xml = _DECLARED.sub("", xml.decode("utf-16")).encode()
        return without_dtd(xml)

    @property
    def names(self) -> AbstractSet[str]:
        """Every part's name, in small letters."""
        return self._parts.keys()


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells: its name, its part, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Workbook:
    """Where everything stands."""

    names: dict[str, Position]
    sheets: tuple[Sheet, ...]
    styles: str
    texts: str
    theme: str
    since_1904: bool


def workbook_of(parts: Parts) -> Workbook:
    """The workbook; names of a sheet that is gone are left out. Raises KeyError where a part of it is missing."""
    path = _workbook_path(parts)
    folder, file = posixpath.split(path)
    workbook, relations = (parts.read(name) for name in (path, f"{folder}/_rels/{file}.rels".lstrip("/")))
    return _workbook(workbook, relations, folder, frozenset(parts.names))


@lru_cache(maxsize=256)
def _workbook(xml: bytes, told: bytes, folder: str, parts: frozenset[str]) -> Workbook:
    """The same, by the names of all parts; units that fill in the same template send the same."""
    names, listed, since_1904 = _names_and_sheets(xml)
    check_sheets(len(listed))
    relations = relations_of(told)
    where = {key: _found(folder, target, parts) for key, (_, target) in relations.items()}
    cells = [one for one in listed if relations.get(one.relation, ("", ""))[0] == "worksheet"]
    sheets = tuple(Sheet(one.name, where[one.relation], one.hidden) for one in cells)
    at = {kind: where[key] for key, (kind, _) in relations.items()}
    styles, texts, theme = at.get("styles", STYLES), at.get("sharedStrings", TEXTS), at.get("theme", THEME)
    there = {sheet.name for sheet in sheets}
    own = {name: spot for name, spot in names.items() if spot[0] in there}
    return Workbook(own, sheets, styles, texts, theme, since_1904)


def _workbook_path(parts: Parts) -> str:
    """Where the workbook itself lies: where the package says, or where every program puts it."""
    if ROOT in parts:
        kinds = dict(relations_of(parts.read(ROOT)).values())
        told = _found("", kinds.get("officeDocument", WORKBOOK), parts.names)
        if told in parts:
            return told
    return WORKBOOK


def _found(folder: str, target: str, parts: AbstractSet[str]) -> str:
    """The part that a relation means: from its folder on, from the root, or as careless programs write it."""
    plain = _plain(target)
    told = plain.lstrip("/") if plain.startswith("/") else posixpath.normpath(posixpath.join(folder, plain))
    return plain if told.lower() not in parts and plain.lower() in parts else told


def _plain(name: str) -> str:
    return name.replace("\\", "/").removeprefix("./") if "\\" in name or name.startswith("./") else name


class Listed(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    relation: str
    hidden: bool


def _names_and_sheets(xml: bytes) -> tuple[dict[str, Position], list[Listed], bool]:
    """Defined names, sheets, and whether days count from 1904."""
    defined, rest = _defined(xml)
    root = ET.fromstring(rest)  # noqa: S314  # no DTD, no entities
    named = root.iterfind(".//{*}definedName")
    defined += [(one.get("localSheetId") is None, one.get("name", ""), one.text or "") for one in named]
    told = ((name, _target(text)) for _, name, text in sorted(defined, key=itemgetter(0)))  # the workbook's own win
    sheets = root.iterfind(".//{*}sheets/{*}sheet")
    listed = [Listed(s.get("name", ""), _relation(s), s.get("state", "visible") != "visible") for s in sheets]
    if len({sheet.name for sheet in listed}) < len(listed):
        raise Unreadable("里面有重名的工作表，可能损坏或被改动过", BEYOND)
    about = next(root.iterfind(".//{*}workbookPr"), None)
    since_1904 = about is not None and about.get("date1904", "0") in _TRUE
    return {name: at for name, at in told if at}, listed, since_1904


def _defined(xml: bytes) -> tuple[list[tuple[bool, str, str]], bytes]:
    """The names of the workbook as every program writes them, and the workbook without them."""
    begin, end = xml.find(b"<definedNames>"), xml.find(b"</definedNames>")
    found = _NAME.findall(xml, begin, end) if 0 <= begin < end and b"<!" not in xml else []
    if not found or len(found) != xml.count(b"<definedName "):
        return [], xml
    names = [(b"localSheetId=" not in more, _said(name), _said(text)) for name, more, text in found]
    return names, xml[:begin] + xml[end + len(b"</definedNames>") :]


def _said(text: bytes) -> str:
    return unescape(text.decode()) if b"&" in text else text.decode()


def _relation(sheet: ET.Element) -> str:
    """The id of a sheet's part; its attribute's name space differs in strict workbooks."""
    return next((value for key, value in sheet.items() if key.endswith("}id")), "")


@lru_cache(maxsize=64)
def relations_of(xml: bytes) -> dict[str, tuple[str, str]]:
    """The kind and target of each relation."""
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    return {
        one.get("Id", ""): (one.get("Type", "").rpartition("/")[2], one.get("Target", ""))
        for one in root
        if one.get("TargetMode", "") != "External"
    }


@lru_cache(maxsize=4096)
def _target(text: str) -> Position | None:
    """The cell that a defined name refers to; every return of a form has the same ones."""
    found = _TARGET.match(text)
    if not found:
        return None
    row, column = xl_cell_to_rowcol(found["cell"].replace("$", ""))
    return found["sheet"].replace("''", "'"), row, column


def related(parts: Parts, sheet: str, kind: str) -> Iterator[str]:
    """The parts of a kind that belong to a sheet."""
    folder, file = posixpath.split(sheet)
    path = f"{folder}/_rels/{file}.rels"
    if path in parts:
        told = relations_of(parts.read(path)).values()
        yield from (
            part for one, target in told if one == kind and (part := _found(folder, target, parts.names)) in parts
        )
