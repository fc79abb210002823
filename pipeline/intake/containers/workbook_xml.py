"""The parts of a workbook, what its sheets are called and where they stand, and its defined names."""

import re
import zipfile
from functools import lru_cache
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Position, Unreadable
from pipeline.intake.bounds import BEYOND, check_sheets, without_dtd
from pipeline.intake.containers.sniff import FOREIGN

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STYLES, TEXTS = "xl/styles.xml", "xl/sharedStrings.xml"
_TARGET = re.compile(r"^'?(?P<sheet>.+?)'?!\$?(?P<cell>[A-Z]{1,3}\$?\d+)$")


class Parts:
    """The XML parts of a workbook by name, great or small letters alike, as calamine finds them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        if len(self._names) < len(archive.namelist()):
            raise Unreadable("里面有重名的部件，可能损坏或被改动过", BEYOND)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """The part; raises KeyError where there is none, Unreadable where it declares entities."""
        return without_dtd(self._archive.read(self._names[name.lower()]))


def workbook_part(parts: Parts) -> tuple[dict[str, Position], dict[str, str]]:
    """Defined names by name, but for those of a sheet that is gone; and the part of each sheet."""
    names, sheets = _names_and_sheets(parts.read(WORKBOOK))
    check_sheets(len(sheets))
    relations = parts.read(RELATIONS)
    _check_places(relations)
    found = targets(relations)
    paths = {sheet: found[key] for sheet, key in sheets.items()}
    return {name: at for name, at in names.items() if at[0] in sheets}, paths


@lru_cache(maxsize=64)
def _names_and_sheets(xml: bytes) -> tuple[dict[str, Position], dict[str, str]]:
    """Defined names and the relation of each sheet; units that fill in the same template send the same part."""
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    defined = sorted(root.iterfind(".//{*}definedName"), key=lambda name: name.get("localSheetId") is None)
    told = ((name.get("name", ""), _target(name.text or "")) for name in defined)  # the workbook's own names win
    listed = [(sheet.get("name", ""), _relation(sheet)) for sheet in root.iterfind(".//{*}sheet")]
    sheets = dict(listed)
    if len(sheets) < len(listed):
        raise Unreadable("里面有重名的工作表，可能损坏或被改动过", BEYOND)
    return {name: at for name, at in told if at}, sheets


def _relation(sheet: ET.Element) -> str:
    """The id of a sheet's part; its attribute's name space differs in strict workbooks."""
    return next((value for key, value in sheet.items() if key.endswith("}id")), "")


@lru_cache(maxsize=64)
def targets(xml: bytes) -> dict[str, str]:
    """The path of each relation's part."""
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    paths = {relation.get("Id", ""): relation.get("Target", "") for relation in root}
    return {key: path.lstrip("/") if path.startswith("/") else f"xl/{path}" for key, path in paths.items()}


@lru_cache(maxsize=64)
def _check_places(xml: bytes) -> None:
    """Raises Unreadable where styles or texts stand elsewhere than calamine looks: dates would be bare numbers."""
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    kinds = {relation.get("Id", ""): relation.get("Type", "").rpartition("/")[2] for relation in root}
    usual = {"styles": STYLES, "sharedStrings": TEXTS}
    if any(path.lower() != usual.get(kinds[key], path).lower() for key, path in targets(xml).items()):
        raise Unreadable("里面的样式或文字不在平常的位置", FOREIGN)


@lru_cache(maxsize=4096)
def _target(text: str) -> Position | None:
    """The cell that a defined name refers to; every return of a form has the same ones."""
    found = _TARGET.match(text)
    if not found:
        return None
    row, column = xl_cell_to_rowcol(found["cell"].replace("$", ""))
    return found["sheet"].replace("''", "'"), row, column
