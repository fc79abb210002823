"""Workbooks as other programs write them: valid all the same."""

import re
import zipfile
from pathlib import Path

import openpyxl

from tests.drift.parts import repacked, rewritten
from tests.pipeline.drifting import RELATIONS
from tests.pipeline.overtype import WORKBOOK, Edit, change, part_of, together

SHEETS, BOOK = "xl/worksheets/", "xl/workbook.xml"
_STRICT = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip
_TAG = re.compile(r"<(/?)([A-Za-z])")


def _each(what: str, new: str) -> Edit:
    return rewritten(lambda xml: xml.replace(what, new))


strict = together(*(_each(old, new) for old, new in _STRICT))


def _with_prefix(xml: str) -> str:
    head, mark, body = xml.partition("?>")
    return head + mark + _TAG.sub(r"<\1x:\2", body).replace(" xmlns=", " xmlns:x=")


prefixed = rewritten(_with_prefix, SHEETS, "xl/sharedStrings", "xl/styles")


def attributes_single_quoted(*sheets: str) -> Edit:
    def quoted(xml: str) -> str:
        return re.sub(r"<(?:c|row) [^>]*>", lambda tag: tag[0].replace('"', "'"), xml)

    return together(*(lambda path, sheet=sheet: change(path, part_of(path, sheet), quoted) for sheet in sheets))


attributes_turned_round = rewritten(
    lambda xml: re.sub(r'<c( r="\w+")( s="\d+")?( t="\w+")?', lambda tag: f"<c{tag[3] or ''}{tag[2] or ''}\n{tag[1]}", xml),
    SHEETS,
)  # fmt: skip


def _without_addresses(xml: str) -> str:
    """Every cell there, empty ones too, for they are counted."""

    def row(found: re.Match[str]) -> str:
        cells: dict[int, str] = {}
        for cell in re.finditer(r'<c r="([A-Z]+)\d+"(.*?(?:/>|</c>))', found[2]):
            cells[ord(cell[1]) - 65] = f"<c{cell[2]}"
        return found[1] + "".join(cells.get(n, "<c/>") for n in range(max(cells, default=-1) + 1)) + "</row>"

    return re.sub(r"(<row [^>]*>)(.*?)</row>", row, xml)


cells_without_addresses = rewritten(_without_addresses, SHEETS)
names_in_capitals = repacked(lambda name, data: data, lambda name: name.replace("shared", "Shared").replace("styles", "Styles").replace("/sheet", "/Sheet"))  # fmt: skip


def moved(part: str, to: str) -> Edit:
    """A part called otherwise, and found by its relation."""
    called = repacked(lambda name, data: data, lambda name: name.replace(part, to))
    return together(called, rewritten(lambda xml: xml.replace(part, to), "xl/_rels/workbook"))


def with_chart(path: Path) -> None:
    """A sheet that is nothing but a chart."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/chartsheets/sheet1.xml", f'<chartsheet xmlns="{_STRICT[0][0]}"><drawing/></chartsheet>')
    kind, told = f"{_STRICT[1][0]}/chartsheet", "</sheets>"
    entry, relation = '<sheet name="图" sheetId="98" r:id="rId98"/>', f'<Relationship Id="rId98" Type="{kind}" Target="chartsheets/sheet1.xml"/>'  # fmt: skip
    change(path, WORKBOOK, lambda xml: xml.replace(told, f"{entry}{told}"))
    change(path, RELATIONS, lambda xml: xml.replace("</Relationships>", f"{relation}</Relationships>"))


targets_from_the_root = rewritten(
    lambda xml: xml.replace('Target="worksheets', 'Target="xl/worksheets'), "xl/_rels/workbook"
)


def in_utf_16(path: Path) -> None:
    """One sheet in another encoding: which is valid XML, and which no spreadsheet writes."""

    def turned(name: str, data: bytes) -> bytes:
        return data.decode().replace("UTF-8", "UTF-16").encode("utf-16") if name.endswith("sheet3.xml") else data

    repacked(turned)(path)


def by_openpyxl(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.save(path)
    book.close()
