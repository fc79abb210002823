"""What xlrd does not tell of an .xls: formats on a condition, and what is drawn over cells; from its records, [MS-XLS].

Whether a condition holds is not worked out here: a cell that it may strike out, hide or show otherwise is asked about.
"""

import io
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from pipeline.intake.book import Drawing, Mark
from pipeline.intake.containers.styles import REFORMATTED, Change
from pipeline.intake.letters import BLACK, WHITE, Colour
from pipeline.intake.number_format import UNKNOWN

# Numbers of records: EOF, BoundSheet8, Obj, MsoDrawing, CondFmt, CF, Txo, Continue.
_END, _SHEET, _OBJECT, _DRAWING, _AREAS, _CONDITION, _TEXT, _MORE = 0x0A, 0x85, 0x5D, 0xEC, 0x1B0, 0x1B1, 0x1B6, 0x3C
_WHAT = {0x01: "线条", 0x05: "图表", 0x08: "图片"}
_NOT_DRAWN = {0x0B, 0x0C, 0x0E, 0x10, 0x11, 0x12, 0x13, 0x14, 0x19}  # controls, the arrows of lists, comments
_ANCHOR = b"\x10\xf0\x12\x00\x00\x00"  # the head of an anchor, whose length is 18
_STRIKE = 0x80
_Colours = Mapping[int, Colour | None]

Spot = tuple[int, int]
Changes = tuple[Change, ...]
Own = Callable[[int, int], tuple[Colour | None, Colour | None]]


class Around(NamedTuple):
    """What stands around the cells of a sheet: areas in which a condition may change a look, and what is drawn."""

    changed: tuple[tuple[tuple[int, int, int, int], Changes], ...]
    drawn: tuple[Drawing, ...]

    def marks(self, values: list[list[object]], own: Own) -> Iterator[tuple[Spot, Mark]]:
        """The cells with a value that may look otherwise by a condition; ``own`` are the colours of a cell."""
        for (top, bottom, left, right), changes in self.changed:
            for row in range(top, min(bottom + 1, len(values))):
                for column in range(left, min(right + 1, len(values[row]))):
                    looks = _looks(changes, own(row, column)) if values[row][column] != "" else ""
                    if looks:
                        yield (row, column), Mark("conditional", f"可能{looks}")


def around_of(data: bytes, names: list[str], colours: _Colours) -> Mapping[str, Around]:
    """What stands around the cells of every sheet, in the order of the workbook; nothing where it is not so kept."""
    import olefile

    if not olefile.isOleFile(data):
        return {}
    with olefile.OleFileIO(io.BytesIO(data)) as old:
        if not old.exists("Workbook"):
            return {}
        stream = old.openstream("Workbook").read()
    starts = [struct.unpack_from("<I", content)[0] for number, content in _records(stream, 0) if number == _SHEET]
    return {name: _around(name, stream, start, colours) for name, start in zip(names, starts, strict=False)}


def _around(sheet: str, stream: bytes, start: int, colours: _Colours) -> Around:
    changed: list[tuple[tuple[int, int, int, int], Changes]] = []
    areas: list[tuple[int, int, int, int]] = []
    anchors, kinds, texts = list[tuple[Spot, Spot]](), list[int](), dict[int, str]()
    last = 0
    for number, content in _records(stream, start):
        if number == _AREAS:
            areas = list(_areas(content))
        elif number == _CONDITION and (changes := _changes(content, colours)):
            changed += [(area, changes) for area in areas]
        elif number == _DRAWING:
            anchors += _anchors(content)
        elif number == _OBJECT:
            kinds.append(struct.unpack_from("<H", content, 4)[0])
        elif number == _MORE and last == _TEXT and content:
            texts[len(kinds) - 1] = content[1:].decode("utf-16-le" if content[0] & 1 else "latin-1", "replace")
        last = number
    told = ((n, *one) for n, one in enumerate(zip(kinds, anchors, strict=False)))
    drawn = (
        Drawing(sheet, *reach, _WHAT.get(kind, "文本框或图形"), " ".join(texts.get(n, "").split()))
        for n, kind, reach in told
        if kind not in _NOT_DRAWN
    )
    return Around(tuple(changed), tuple(drawn))


def _areas(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    for n in range(struct.unpack_from("<H", content, 12)[0]):
        top, bottom, left, right = struct.unpack_from("<4H", content, 14 + 8 * n)
        yield top, bottom, left, right


def _changes(content: bytes, colours: _Colours) -> Changes:
    """What a format on a condition may do to a number; nothing where it only draws borders."""
    flags = struct.unpack_from("<I", content, 6)[0]
    at, font, pattern = 12, b"", b""
    if flags & 1 << 25:
        return (Change(code=UNKNOWN),)
    if flags & 1 << 26:
        font, at = content[at : at + 118], at + 118
    at += 8 * bool(flags & 1 << 27) + 8 * bool(flags & 1 << 28)
    if flags & 1 << 29:
        pattern = content[at : at + 4]
    told, kept = (font[68], font[88]) if font else (0, _STRIKE)
    struck = bool(told & _STRIKE and not kept & _STRIKE)
    ink = struct.unpack_from("<i", font, 80)[0] if font else -1
    grounds = struct.unpack("<I", pattern)[0] >> 16 if pattern else None
    inks = _colour(ink, colours) if ink >= 0 else None
    under = {None} if grounds is None else {_colour(n, colours) for n in (grounds & 0x7F, grounds >> 7 & 0x7F)}
    return tuple(Change(struck, inks, ground) for ground in under)


def _colour(number: int, colours: _Colours) -> Colour | None:
    return colours.get(number) or {64: BLACK, 65: WHITE, 0x7FFF: BLACK}.get(number)


def _looks(changes: Changes, own: tuple[Colour | None, Colour | None]) -> str:
    """How a cell then looks, as a clause; "" where it looks as it is."""
    if any(change.code for change in changes):
        return REFORMATTED
    return next(filter(None, (change.looks(*own) for change in changes)), "")


def _anchors(content: bytes) -> Iterator[tuple[Spot, Spot]]:
    """The first and the last cell under each drawing."""
    at = content.find(_ANCHOR)
    while at >= 0 and at + 24 <= len(content):
        _, left, _, top, _, right, wide, bottom, high = struct.unpack_from("<9H", content, at + 6)
        yield (top, left), (max(top, bottom - (not high)), max(left, right - (not wide)))
        at = content.find(_ANCHOR, at + 24)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part of the stream; parts within it (charts) have their own end."""
    depth = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        yield number, stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += {0x809: 1, _END: -1}.get(number, 0)
        if not depth:
            return
