"""Binary workbooks made by hand: an .xlsb ([MS-XLSB] 2.1.4), and an .xls with a password, which has no more to it."""

import struct
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from tests.drift.grids import Grids, text
from tests.drift.parts import zipped
from tests.pipeline.drifting import compound

ERRORS = {"#DIV/0!": 0x07, "#N/A": 0x2A}
_WORKSHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_PLAIN, _PERCENT, _DATE = 0, 1, 2  # cell styles


class Around(NamedTuple):
    """What stands around the cells of a sheet: records before its rows and behind them, a format that cells take on a
    condition, and what is drawn."""

    sheet: str = ""
    before: bytes = b""
    behind: bytes = b""
    taken: bytes = b""
    drawn: str = ""


NOWHERE = Around()


def on_condition(area: tuple[int, int, int, int]) -> bytes:
    """Records of a condition for an area (first and last row, first and last column), with the first format."""
    rule = struct.pack("<7iH", 2, 0, 0, 1, 0, 0, 0, 0) + bytes(12)
    return record(461, struct.pack("<3i4i", 1, 0, 1, *area)) + record(463, rule) + record(464) + record(462)


def taken(*properties: tuple[int, bytes]) -> bytes:
    """A format that cells take on a condition, by its properties."""
    told = b"".join(struct.pack("<HH", kind, len(data) + 4) + data for kind, data in properties)
    return record(507, struct.pack("<3H", 0, 0, len(properties)) + told)


def as_xlsb(
    percent: tuple[str, int, int] = ("", 0, 0), more: bytes = b"", shown: str = "", around: Around = NOWHERE
) -> Callable[[Grids], bytes]:
    """The grids as an .xlsb, one cell of it shown as a percentage or under another format, and with more records below."""

    def write(grids: Grids) -> bytes:
        sheets = list(grids)
        parts = {
            f"xl/worksheets/sheet{n}.bin": _sheet(
                grids[sheet], sheet, percent, more, around if sheet == around.sheet else NOWHERE
            )
            for n, sheet in enumerate(sheets, 1)
        }
        if around.drawn:
            n = sheets.index(around.sheet) + 1
            to = f'<Relationship Id="rId1" Type="{_WORKSHEET.replace("worksheet", "drawing")}" Target="../drawings/drawing1.xml"/>'
            parts[f"xl/worksheets/_rels/sheet{n}.bin.rels"] = f"<Relationships>{to}</Relationships>".encode()
            parts["xl/drawings/drawing1.xml"] = around.drawn.encode()
        relations = "".join(
            f'<Relationship Id="rId{n}" Type="{_WORKSHEET}" Target="worksheets/sheet{n}.bin"/>'
            for n in range(1, len(sheets) + 1)
        )
        rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
        head = {
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.bin": _book(sheets),
            "xl/styles.bin": _styles(shown) + around.taken,
        }
        return zipped({**head, "xl/_rels/workbook.bin.rels": rels.encode(), **parts})

    return write


def encrypted_xls() -> bytes:
    bof = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0x1234, 1997, 0, 0x0600)
    file_pass = struct.pack("<HHHHH", 0x002F, 6, 0, 0x1234, 0x5678)
    return compound(Workbook=bof + file_pass + struct.pack("<HH", 0x000A, 0))


def record(number: int, content: bytes = b"") -> bytes:
    return _grouped(number) + _grouped(len(content)) + content


def _grouped(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append((value & 0x7F) | 0x80)
        value >>= 7
    return bytes([*out, value])


def _string(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def _book(sheets: list[str]) -> bytes:
    bundle = b"".join(
        record(156, struct.pack("<II", 0, n) + _string(f"rId{n}") + _string(name)) for n, name in enumerate(sheets, 1)
    )
    return record(131) + record(143) + bundle + record(144) + record(132)


def _styles(shown: str) -> bytes:
    """Three styles: plain, a percentage (or another format), a day."""
    styles = b"".join(record(47, struct.pack("<HH", 0, n) + bytes(12)) for n in (0, 165 if shown else 9, 164))
    formats = (
        record(615, struct.pack("<I", 1))
        + record(44, struct.pack("<H", 164) + _string("yyyy-mm-dd"))
        + record(44, struct.pack("<H", 165) + _string(shown))
        + record(616)
    )
    return record(278) + formats + record(617, struct.pack("<I", 3)) + styles + record(618) + record(279)


def _sheet(rows: list[list[object]], sheet: str, percent: tuple[str, int, int], more: bytes, around: Around) -> bytes:
    out = [
        record(129),
        around.before,
        record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)),
        record(145),
    ]
    for r, row in enumerate(rows):
        out.append(record(0, struct.pack("<I", r) + bytes(13)))
        out += [cell(c, value, percent=(sheet, r, c) == percent) for c, value in enumerate(row) if value != ""]
    return b"".join([*out, more, record(146), around.behind, record(130)])


def cell(column: int, value: object, *, percent: bool) -> bytes:
    style = _PERCENT if percent else _DATE if isinstance(value, date) else _PLAIN
    head = struct.pack("<II", column, style)
    if value in ERRORS:
        return record(3, head + bytes([ERRORS[str(value)]]))
    if isinstance(value, bool):
        return record(4, head + bytes([value]))
    if isinstance(value, date):
        return record(5, head + struct.pack("<d", (value - date(1899, 12, 30)).days))
    if isinstance(value, int | float):
        return record(5, head + struct.pack("<d", value))
    return record(6, head + _string(text(value)))
