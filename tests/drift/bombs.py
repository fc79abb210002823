"""How the hostile files are made."""

import re
import struct
import zipfile
from pathlib import Path

from tests.drift.biff import as_xlsb, cell, record
from tests.drift.grids import anew
from tests.drift.parts import with_part, zipped
from tests.pipeline.drifting import sheet_copied
from tests.pipeline.overtype import WORKBOOK, Edit, change, part_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zeros(part: str, size: int) -> Edit:
    return with_part(part, bytes(size))


def lying_sizes(part: str, size: int) -> Edit:
    """The directory says that a part unpacks to fewer bytes than it does."""

    def edit(path: Path) -> None:
        data = bytearray(path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            at = archive.getinfo(part).header_offset
        data[at + 22 : at + 26] = struct.pack("<I", size)
        entry = max(found.start() for found in re.finditer(re.escape(part.encode()), data)) - 46
        data[entry + 24 : entry + 28] = struct.pack("<I", size)
        path.write_bytes(data)

    return edit


def many_parts(count: int) -> Edit:
    def edit(path: Path) -> None:
        with zipfile.ZipFile(path, "a") as archive:
            for n in range(count):
                archive.writestr(f"xl/media/{n}", b"")

    return edit


def one_long_text(uses: int, attributes: str) -> Edit:
    """A workbook of one text of 30,000 letters and many cells that say it."""

    def edit(path: Path) -> None:
        rows = "".join(f"<row><c {attributes.format(n=n)}><v>0</v></c></row>" for n in range(1, uses + 1))
        change(
            path,
            part_of(path, "_lists"),
            lambda xml: re.sub("<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", xml),
        )
        change(path, "xl/sharedStrings.xml", lambda xml: xml.replace("<t>", f"<t>{'长' * 30_000}", 1))

    return edit


def many_sheets(count: int) -> Edit:
    more = "".join(f'<sheet name="{n}" sheetId="{n + 100}" r:id="rId1"/>' for n in range(count))
    return lambda path: change(path, WORKBOOK, lambda xml: xml.replace("</sheets>", f"{more}</sheets>"))


def twice_there(part: str) -> Edit:
    def edit(path: Path) -> None:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # zipfile's own, of the name
            with_part(part, b"<worksheet/>")(path)

    return edit


doubled_sheet: Edit = sheet_copied("主动公开", "基本情况")


def doubled_cell(sheet: str, cell: str, value: int) -> Edit:
    typed = f'<c r="{cell}"><v>{value}</v></c>'
    return lambda path: change(path, part_of(path, sheet), lambda xml: re.sub(rf'(?=<c r="{cell}")', typed, xml))


def cell_at(sheet: str, address: str, value: str) -> Edit:
    row = re.sub(r"\D", "", address)
    typed = f'<row r="{row}"><c r="{address}" s="1">{value}</c></row></sheetData>'
    return lambda path: change(path, part_of(path, sheet), lambda xml: xml.replace("</sheetData>", typed))


def dimension(sheet: str, area: str) -> Edit:
    return lambda path: change(path, part_of(path, sheet), lambda xml: re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{area}"', xml))  # fmt: skip


def merged_everything(sheet: str, area: str) -> Edit:
    told = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    return lambda path: change(path, part_of(path, sheet), lambda xml: xml.replace("</sheetData>", told))


def styled_rows(sheet: str, count: int) -> Edit:
    """Rows that hold nothing and have a look, as they come of a whole column that is given one."""

    def edit(path: Path) -> None:
        rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(61, 61 + count))
        change(path, part_of(path, sheet), lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>"))

    return edit


def with_doctype(part: str, doctype: str, encoding: str = "utf-8") -> Edit:
    def edit(path: Path) -> None:
        with zipfile.ZipFile(path) as source:
            parts = {name: source.read(name) for name in source.namelist()}
        xml = re.sub(r"^<\?xml.*?\?>", "", parts[part].decode()).strip()
        parts[part] = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{xml}'.encode(encoding)
        path.write_bytes(zipped(parts))

    return edit


def nested(sheet: str, depth: int) -> Edit:
    """Elements in one another below the cells, and a comment, for which the sheet is walked through."""
    deep = "<!-- -->" + "<x>" * depth + "</x>" * depth
    return lambda path: change(
        path, part_of(path, sheet), lambda xml: xml.replace("</sheetData>", f"{deep}</sheetData>")
    )


def xlsb_cell_at(row: int, column: int) -> Edit:
    return anew(write=as_xlsb(more=record(0, struct.pack("<I", row) + bytes(13)) + cell(column, 1.0, percent=False)))


def xlsb_record_cut_short() -> Edit:
    """A number of four bytes, to which calamine would add what the cell before has left."""
    return anew(write=as_xlsb(more=record(5, bytes(4))))


def in_ods(rows: int = 1, columns: int = 1, head: str = "") -> Edit:
    """An OpenDocument sheet of one cell, repeated."""
    cell = f'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"/>'
    xml = (
        f'<?xml version="1.0"?>{head}<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:table="{ODF}:table:1.0">'
        f'<table:table table:name="表"><table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
        "</table:table></office:document-content>"
    )
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": xml.encode()}
    return lambda path: path.write_bytes(zipped(parts))


def html_spans(count: int) -> Edit:
    cells = '<td rowspan="1000" colspan="1000">1</td>' * count
    return lambda path: path.write_bytes(f"<table>{f'<tr>{cells[:44]}</tr>' * count}</table>".encode())
