"""What people and programs do to a whole file: other containers, sheets copied and lost, formats changed."""

import re
import struct
import zipfile
from pathlib import Path

import xlsxwriter

from tests.builders import Desk
from tests.pipeline.overtype import WORKBOOK, Edit, change, lose_names, overtype, part_of, together

RELATIONS, TEXTS = "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"


def compound(**streams: bytes) -> bytes:
    """An old compound file (OLE2) with these streams, each of less than 512 bytes: what .xls and .et are kept in."""
    entries = [("Root Entry", 5, -2, 0), *((name, 2, 2 + n, 4096) for n, name in enumerate(streams))]
    right = [-1, *range(2, len(entries)), -1]
    directory = b"".join(_entry(*entry, right[n]) for n, entry in enumerate(entries))
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    count = len(directory) // 512
    bodies = [data.ljust(4096, b"\0") for data in streams.values()]
    sectors, chain = [], []
    for n in range(count):
        chain.append(n + 2 if n + 1 < count else -2)
        sectors.append(directory[512 * n : 512 * n + 512])
    starts = []
    for body in bodies:
        starts.append(len(sectors) + 1)
        for n in range(8):
            sectors.append(body[512 * n : 512 * n + 512])
            chain.append(len(sectors) + 1 if n < 7 else -2)
    fat = struct.pack("<128i", *([-3, *chain] + [-1] * (127 - len(chain))))
    for n, start in enumerate(starts, start=1):
        at, sector = divmod(n * 128, 512)
        sectors[at] = sectors[at][: sector + 116] + struct.pack("<i", start) + sectors[at][sector + 120 :]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<iiiiiiiii", 0, 1, 1, 0, 4096, -2, 0, -2, 0)
    return head + struct.pack("<109i", 0, *[-1] * 108) + fat + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int, right: int) -> bytes:
    told = name.encode("utf-16-le") + b"\0\0"
    child = 1 if kind == 5 else -1
    tree = struct.pack("<BBiii", kind, 1, -1, right, child)
    return told.ljust(64, b"\0") + struct.pack("<H", len(told)) + tree + bytes(36) + struct.pack("<iq", start, size)


def encrypted(path: Path) -> None:
    path.write_bytes(compound(EncryptionInfo=b"x", EncryptedPackage=b"x"))


def many_sheets(path: Path) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        for _ in range(120):
            workbook.add_worksheet()


def two_months(path: Path) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        for month in ("2012年1月", "2012年2月"):
            sheet = workbook.add_worksheet(month)
            sheet.write_row("A1", ("填报单位", "嘉峪关市教育局"))
            sheet.write_row("A2", ("报告期", month))


def with_macros(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0")


def under_way(desk: Desk, _: str, name: str) -> None:
    (desk.inbox / f"{name}.part").write_bytes(b"PK")


def attached(desk: Desk, _: str, name: str) -> None:
    (desk.inbox / f"{name}.jpg").write_bytes(b"\xff\xd8\xff\xe0")


def named_otherwise(desk: Desk, unit: str, _: str) -> None:
    desk.send(unit, name="2012-01/市档案局一月.xlsx")


def sheet_copied(sheet: str, copy: str = "", **cells: float | str | None) -> Edit:
    """Copy a sheet within the workbook, and type values over cells of the copy."""
    copy = copy or f"{sheet}（2）"

    def edit(path: Path) -> None:
        with zipfile.ZipFile(path, "a") as archive:
            number = archive.read(WORKBOOK).count(b"<sheet ") + 1
            archive.writestr(f"xl/worksheets/sheet{number}.xml", archive.read(part_of(path, sheet)))
        entry = f'<sheet name="{copy}" sheetId="99" r:id="rId99"/></sheets>'
        change(path, WORKBOOK, lambda xml: xml.replace("</sheets>", entry))
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        told = f'<Relationship Id="rId99" Type="{kind}" Target="worksheets/sheet{number}.xml"/></Relationships>'
        change(path, RELATIONS, lambda xml: xml.replace("</Relationships>", told))
        if cells:
            overtype(copy, **cells)(path)

    return edit


def merged(sheet: str, area: str) -> Edit:
    """Merge cells, as somebody does who wants to write across."""
    told = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    return lambda path: change(path, part_of(path, sheet), lambda xml: xml.replace("</sheetData>", told))


def styled(sheet: str, cell: str, value: float, shown: str) -> Edit:
    """Type a number into a cell that is then formatted otherwise, as Excel does of itself with 3-5 or 5%."""

    def edit(path: Path) -> None:
        found: list[int] = []

        def with_style(xml: str) -> str:
            xml = re.sub(r"<numFmts[^>]*>", lambda f: f'{f[0]}<numFmt numFmtId="199" formatCode="{shown}"/>', xml)
            styles = re.search(r"<cellXfs.*?</cellXfs>", xml, re.DOTALL)
            assert styles
            found.append(styles[0].count("<xf "))
            new = '<xf numFmtId="199" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
            return xml.replace("</cellXfs>", new)

        change(path, "xl/styles.xml", with_style)
        typed = f'<c r="{cell}" s="{found[0]}"><v>{value}</v></c>'
        old = re.compile(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
        change(path, part_of(path, sheet), lambda xml: old.sub(typed, xml, count=1))

    return edit


def overtype_with_looks(sheet: str, cell: str, item: str) -> Edit:
    """Type a text into a cell, parts of which have looks of their own."""

    def edit(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            number = archive.read(TEXTS).count(b"<si>")
        change(path, TEXTS, lambda xml: xml.replace("</sst>", f"<si>{item}</si></sst>"))
        typed = f'<c r="{cell}" t="s"><v>{number}</v></c>'
        old = re.compile(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
        change(path, part_of(path, sheet), lambda xml: old.sub(typed, xml, count=1))

    return edit


def sheet_gone(sheet: str, names: str) -> Edit:
    """Delete a sheet, with the names that mean its cells."""
    gone = re.compile(rf'<sheet name="{sheet}"[^>]*/>')
    return together(lose_names(names), lambda path: change(path, WORKBOOK, lambda xml: gone.sub("", xml)))
