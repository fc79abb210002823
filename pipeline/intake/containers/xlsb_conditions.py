"""Formats on a condition in an .xlsb, as far as by one of them a cell may be struck out, hidden or shown otherwise.

Whether a condition holds is not worked out here: such a cell is asked about.
"""

from collections.abc import Iterator, Sequence

from pipeline.intake.book import Mark
from pipeline.intake.containers.xlsb_records import INK, PAPER, colour_of, number_at, records

# BrtBeginConditionalFormatting, BrtBeginCFRule, BrtDXF; and of its properties those that tell here ([MS-XLS] 2.5.279).
_BLOCK, _RULE, _DXF = 461, 463, 507
_GROUNDS, _TEXT_COLOUR, _STRIKE, _FORMATS = {1, 2}, 5, 0x1D, {0x26, 0x29}

Spot = tuple[int, int]
Area = tuple[int, int, int, int]  # first and last row, first and last column


def changes_of(styles: bytes) -> list[str]:
    """What each format that cells take on a condition may do to a number, as a clause; "" where nothing."""
    return [_change(content) for number, content in records(styles) if number == _DXF]


def marked_by(sheet: bytes, values: list[list[object]], changes: Sequence[str]) -> Iterator[tuple[Spot, Mark]]:
    """The cells with a value that may look otherwise by a condition."""
    areas: list[Area] = []
    for number, content in records(sheet):
        if number == _BLOCK:
            areas = list(_areas(content))
        elif number == _RULE:
            change = number_at(content, 8)
            looks = changes[change] if change < len(changes) else ""
            for spot in _filled(areas, values) if looks else ():
                yield spot, Mark("conditional", f"可能{looks}")


def _filled(areas: Sequence[Area], values: list[list[object]]) -> Iterator[Spot]:
    for top, bottom, left, right in areas:
        for row in range(top, min(bottom + 1, len(values))):
            cells = values[row]
            yield from ((row, column) for column in range(left, min(right + 1, len(cells))) if cells[column] != "")


def _areas(content: bytes) -> Iterator[Area]:
    for n in range(min(number_at(content, 8), (len(content) - 12) // 16)):
        top, bottom, left, right = (number_at(content, 12 + 16 * n + 4 * k) for k in range(4))
        yield top, bottom, left, right


def _change(content: bytes) -> str:
    told = dict(_properties(content))
    if told.get(_STRIKE, b"\0")[:1] != b"\0":
        return "加了删除线"
    if not _FORMATS.isdisjoint(told):
        return "换了一种数字格式"
    inks, grounds = ({colour_of(told[n]) for n in kinds if n in told} for kinds in ({_TEXT_COLOUR}, _GROUNDS))
    same = (inks or {INK}) & (grounds or {PAPER}) - {b""}
    return "和底色一样，看不见" if same else ""


def _properties(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties of a format by their numbers."""
    at = 6
    for _ in range(int.from_bytes(content[4:6], "little")):
        kind, length = (int.from_bytes(content[at + n : at + n + 2], "little") for n in (0, 2))
        yield kind, content[at + 4 : at + length]
        at += max(length, 4)
