"""Formats on a condition in an .xlsb, as far as by one of them a cell may be struck out, hidden or shown otherwise.

Whether a condition holds is not worked out here: such a cell is asked about.
"""

from collections.abc import Callable, Iterator, Sequence

from pipeline.intake.book import Mark
from pipeline.intake.containers.styles import REFORMATTED, Change
from pipeline.intake.containers.xlsb_records import colour_of, number_at, records
from pipeline.intake.letters import Colour
from pipeline.intake.number_format import UNKNOWN
from pipeline.intake.palette import Theme

# BrtBeginConditionalFormatting, BrtBeginCFRule, BrtDXF; and of its properties those that tell here ([MS-XLS] 2.5.279).
_BLOCK, _RULE, _DXF = 461, 463, 507
_GROUNDS, _TEXT_COLOUR, _STRIKE, _FORMATS = (2, 1), 5, 0x1D, {0x26, 0x29}

Spot = tuple[int, int]
Own = Callable[[Spot], tuple[Colour | None, Colour | None]]
Area = tuple[int, int, int, int]  # first and last row, first and last column


def changes_of(styles: bytes, theme: Theme) -> list[Change]:
    """What each format that cells take on a condition may do to a number."""
    return [_change(content, theme) for number, content in records(styles) if number == _DXF]


def marked_by(
    sheet: bytes, values: list[list[object]], changes: Sequence[Change], own: Own
) -> Iterator[tuple[Spot, Mark]]:
    """The cells with a value that may look otherwise by a condition; ``own`` are the colours of a cell."""
    areas: list[Area] = []
    for number, content in records(sheet):
        if number == _BLOCK:
            areas = list(_areas(content))
        elif number == _RULE:
            change = number_at(content, 8)
            for spot in _filled(areas, values) if change < len(changes) else ():
                looks = changes[change].looks(*own(spot)) or (REFORMATTED if changes[change].code else "")
                if looks:
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


def _change(content: bytes, theme: Theme) -> Change:
    told = dict(_properties(content))
    ink, ground = (
        next((colour_of(told[n], theme) for n in kinds if n in told), None) for kinds in ((_TEXT_COLOUR,), _GROUNDS)
    )
    code = "" if _FORMATS.isdisjoint(told) else UNKNOWN
    return Change(told.get(_STRIKE, b"\0")[:1] != b"\0", ink, ground, code)


def _properties(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties of a format by their numbers."""
    at = 6
    for _ in range(int.from_bytes(content[4:6], "little")):
        kind, length = (int.from_bytes(content[at + n : at + n + 2], "little") for n in (0, 2))
        yield kind, content[at + 4 : at + length]
        at += max(length, 4)
