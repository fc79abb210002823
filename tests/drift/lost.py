"""Letters that nobody sees, and rows folded away, in an .ods and an .xlsb made by hand."""

import re
import struct
import zipfile
from io import BytesIO

from tests.drift.biff import as_xlsb, record
from tests.drift.case import Case
from tests.drift.grids import BASIC, anew
from tests.drift.grids import put as typed
from tests.drift.looked import AT, LINE, SHOWN, WHITED, YEAR
from tests.drift.odf import as_ods
from tests.drift.parts import zipped

NOTE, HIDDEN = "N-FIL-01", "E-SEE-05"


def styled_in_ods(name: str, *told: str, text: str = "", cell: str = "") -> Case:
    """25 in an .ods under a style of its own."""
    style = f'<style:style style:name="lost" style:family="table-cell"><style:table-cell-properties {cell}/><style:text-properties {text}/></style:style>'
    write = as_ods(styles=style)

    def written(grids) -> bytes:
        with zipfile.ZipFile(BytesIO(write(grids))) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        before, sheet, behind = parts["content.xml"].partition(f'table:name="{BASIC}"'.encode())
        cells = behind.replace(b'"float" office:value="25"', b'"float" table:style-name="lost" office:value="25"', 1)
        return zipped(parts | {"content.xml": before + sheet + cells})

    reads = None if told else 25
    shows = {LINE: reads, YEAR: reads or 0}
    happens = anew(typed(BASIC, D9=25.0, E9=float(reads or 0)), write=written)
    return Case(f"letters: .ods: {name}", happens, (NOTE, *told), shows=shows, file="a.ods")


def folded_away(grids) -> bytes:
    """An .ods with the row of D9 in a group that is folded away."""
    with zipfile.ZipFile(BytesIO(as_ods()(grids))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    before, sheet, behind = parts["content.xml"].partition(f'table:name="{BASIC}"'.encode())
    rows = re.split(rb"(?=<table:table-row>)", behind)
    rows[9] = b'<table:table-row-group table:display="false">' + rows[9] + b"</table:table-row-group>"
    return zipped(parts | {"content.xml": before + sheet + b"".join(rows)})


ODS = (
    *(styled_in_ods(f"letters of {size}", f"{WHITED} {AT}", text=f'fo:font-size="{size}"') for size in ("1pt", "0.5mm", "10%")),
    *(styled_in_ods(f"in {ink}", f"{WHITED} {AT}", text=f'fo:color="{ink}"') for ink in ("#fefefe", "#FFFFFF")),
    styled_in_ods("not displayed", f"{WHITED} {AT}", text='text:display="none"'),
    styled_in_ods("over and over", f"{SHOWN} {AT}", cell='style:repeat-content="true"'),
    *(styled_in_ods(f"letters of {size}", text=f'fo:font-size="{size}"') for size in ("6pt", "12px", "80%")),
    Case("letters: .ods: rows folded away", anew(write=folded_away), (NOTE, f"{HIDDEN} {AT}"), shows={LINE: None, YEAR: None}, file="a.ods"),
    styled_in_ods("white on blue", text='fo:color="#ffffff"', cell='fo:background-color="#0000ff"'),
)  # fmt: skip


def styled_in_xlsb(name: str, *told: str, size: int = 220, colour: bytes = b"\5\xff\0\0\0\0\0\xff") -> Case:
    """25 in an .xlsb in a font of its own."""
    write = as_xlsb(percent=(BASIC, 8, 3), shown="0")

    def font(height: int, ink: bytes) -> bytes:
        return record(43, struct.pack("<HHHHBBBB", height, 0, 400, 0, 0, 0, 134, 0) + ink + bytes(5))

    def written(grids) -> bytes:
        with zipfile.ZipFile(BytesIO(write(grids))) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        own = record(47, struct.pack("<HHH", 0, 165, 1) + bytes(10))
        styles = parts["xl/styles.bin"].replace(record(47, struct.pack("<HH", 0, 165) + bytes(12)), own)
        fonts = font(220, b"\5\xff\0\0\0\0\0\xff") + font(size, colour)
        return zipped(parts | {"xl/styles.bin": fonts + styles})

    reads = None if told else 25
    happens = anew(typed(BASIC, D9=25.0, E9=float(reads or 0)), write=written)
    shows = {LINE: reads, YEAR: reads or 0}
    return Case(f"letters: .xlsb: {name}", happens, (NOTE, *told), shows=shows, file="a.xlsb")


XLSB = (
    styled_in_xlsb("as usual"),
    styled_in_xlsb("letters of one point", f"{WHITED} {AT}", size=20),
    styled_in_xlsb("nearly white", f"{WHITED} {AT}", colour=b"\5\xff\0\0\xfe\xfe\xfe\xff"),
    styled_in_xlsb("white by the theme", f"{WHITED} {AT}", colour=b"\7\0\0\0\0\0\0\xff"),
    styled_in_xlsb("black made white by a tint", f"{WHITED} {AT}", colour=b"\7\1\xb8\x7e\0\0\0\xff"),
    styled_in_xlsb("white by its index", f"{WHITED} {AT}", colour=b"\3\x09\0\0\0\0\0\xff"),
    styled_in_xlsb("grey", colour=b"\5\xff\0\0\x80\x80\x80\xff"),
)
