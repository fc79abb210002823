"""How a sheet is laid out: where its cells stand and how they look, what is merged, and what is not seen.

That is all of its XML but the values, and units that fill in the same template send the same: it is worked out once.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Hidden
from pipeline.intake.bounds import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, is_beyond
from pipeline.intake.containers.sheet_cells import (
    ATTRIBUTE,
    Found,
    Spot,
    check_once,
    found_as_usual,
    found_in,
    is_usual,
    spot_of,
    table_of,
)
from pipeline.intake.containers.texts_xml import without_prefix

_VALUE = re.compile(rb"<v>([^<]*+)</v>")
_SLOT = b"\0"  # that stands for a value, and in no XML
_SLOT_ = b"<v>" + _SLOT + b"</v>"
_ON_PAPER = re.compile(rb"<headerFooter.*?</headerFooter>", re.DOTALL)  # which says whose return it is
_MOST_KEPT = 1 << 18  # bytes of a sheet whose layout is remembered
_NOT_SEEN = re.compile(
    rb"<(?:[\w.-]+:)?(row|col)\s([^>]*\b(?:hidden=|ht=[\"']0*[0-3]?(?:\.\d*)?[\"']|width=[\"']0*(?:\.\d*)?[\"'])[^>]*)>"
)
_TWO_DIGITS = re.compile(rb"[1-9]\d|[4-9]")  # that a height begins with which is seen
_NARROW = re.compile(rb" width=[\"']0*(?:\.\d*)?[\"']")
_ROW = re.compile(
    rb"<(?:[\w.-]+:)?row((?:\s[^>]*)?)>(?:\s*<(?:[\w.-]+:)?c\s[^>]*?\br\s*=\s*[\"'][A-Z]+(\d+))?"
)  # with the number of its first cell
_NO_HEIGHT = re.compile(rb"""\bzeroHeight=["'](?:1|true)""")
_NO_ZEROS = re.compile(rb"""\bshowZeros=["'](?:0|false)""")
_MERGE = re.compile(rb"mergeCell\s[^>]*?ref=[\"']([^\"']*)")
_ON = {b"1", b"true"}
_LEAST_HEIGHT, _LEAST_WIDTH = 4, 1


class Around(NamedTuple):
    """What stands around the cells: what is hidden, whether 0 is shown, and the merges by their first and last cell."""

    hidden: Hidden | None
    without_zeros: bool
    merges: tuple[tuple[Spot, Spot], ...]


class Layout(NamedTuple):
    """Of the cells in the order of the sheet the rows, columns, what they write of style and type, and of a formula.

    Then how many rows and columns they span, and what stands around.
    """

    rows: Sequence[int]
    columns: Sequence[int]
    looks: Sequence[bytes]
    formulas: Sequence[bytes]
    tall: int
    wide: int
    around: Around


Cells = tuple[list[int], list[int], list[bytes], list[bytes]]  # as in a Layout


class Row(NamedTuple):
    """The cells of one row, by its number, how many columns they span, and the rows up to it that are not seen."""

    number: int
    wide: int
    cells: Cells
    hidden: frozenset[int]


def laid_out(xml: bytes) -> tuple[Layout, Sequence[bytes]] | None:
    """How a sheet is laid out, and what stands in its cells; None where it is not written as usual.

    Raises Unreadable where two cells have one address.
    """
    plain = without_prefix(xml)
    known = _by_rows(plain) if len(plain) <= _MOST_KEPT else None
    found = found_as_usual(plain) if known is None else None
    layout = _layout(found, plain) if found is not None else None
    return (layout, [one[4] for one in found]) if layout is not None and found is not None else known


def _by_rows(xml: bytes) -> tuple[Layout, Sequence[bytes]] | None:
    """The same by what is known of its rows without their values; None where it has to be looked at as a whole."""
    pieces = _VALUE.split(xml)
    body = _SLOT_.join(pieces[::2])
    begin, end = table_of(body)
    about = _frame(body[:begin] + _ON_PAPER.sub(b"", body[end:])) if end else None
    rows = [_row(row) for row in body[begin:end].split(b"</row>")] if about else [None]
    if about is None or None in rows:
        return None
    filled = [row for row in rows if row and row.number >= 0]
    numbers = [row.number for row in filled]
    tall, wide = (numbers[-1] + 1, max(row.wide for row in filled)) if filled else (0, 0)
    if numbers != sorted(set(numbers)) or is_beyond(tall, wide):
        return None
    hidden = frozenset().union(*(row.hidden for row in rows if row))
    columns = about.hidden.columns if about.hidden else frozenset()
    about = about._replace(hidden=Hidden(hidden, columns) if hidden or columns else None)
    numbered, columned, looks, formulas = (
        list(chain.from_iterable(every))
        for every in (zip(*(row.cells for row in filled), strict=True) if filled else [()] * 4)
    )
    return Layout(numbered, columned, looks, formulas, tall, wide, about), pieces[1::2]


@lru_cache(maxsize=256)
def _frame(xml: bytes) -> Around | None:
    """What stands around the rows of a sheet; None where by that they have to be looked at all together."""
    return around(xml) if is_usual(xml) and b"zeroHeight" not in xml else None


@lru_cache(maxsize=1 << 13)
def _row(xml: bytes) -> Row | None:
    """The cells of a row without their values; None where something stands in it in another way."""
    found = found_in(xml)
    if found is None or len({one[1] for one in found}) > 1 or len({one[0] for one in found}) < len(found):
        return None
    if any(one[4] != _SLOT for one in found) or len(found) != xml.count(_SLOT):
        return None
    hidden, columns = _hidden(xml, b""), [_column(one[0]) for one in found]
    if hidden and not found and b" r=" not in xml:
        return None
    rows, looks, formulas = [int(one[1]) - 1 for one in found], [one[2] for one in found], [one[3] for one in found]
    wide, unseen = max(columns, default=-1) + 1, hidden.rows if hidden else frozenset()
    return Row(rows[0] if rows else -1, wide, (rows, columns, looks, formulas), unseen)


def _layout(found: Sequence[Found], xml: bytes) -> Layout | None:
    """The layout of these cells; None where some reach further than any return's."""
    row_of = {row: int(row) - 1 for row in {one[1] for one in found}}
    column_of = {column: _column(column) for column in {one[0] for one in found}}
    tall, wide = (max(places.values(), default=-1) + 1 for places in (row_of, column_of))
    if is_beyond(tall, wide):
        return None
    rows, columns = [row_of[one[1]] for one in found], [column_of[one[0]] for one in found]
    check_once([row * MOST_COLUMNS + column for row, column in zip(rows, columns, strict=True)])
    return Layout(rows, columns, [one[2] for one in found], [one[3] for one in found], tall, wide, around(xml))


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return int(xl_cell_to_rowcol(f"{letters.decode()}1")[1])


def around(xml: bytes) -> Around:
    """What stands around the cells of a sheet."""
    before = xml[: max(xml.find(b"sheetData"), 0)]
    without_zeros = b"showZeros" in before and _NO_ZEROS.search(before) is not None
    return Around(_hidden(xml, before), without_zeros, tuple(_merges(xml)))


def _merges(xml: bytes) -> Iterator[tuple[Spot, Spot]]:
    begin = xml.find(b"mergeCell", max(xml.rfind(b"sheetData>"), 0))
    for ref in _MERGE.findall(xml, begin) if begin >= 0 else ():
        first, _, last = ref.decode().partition(":")
        if last:
            yield spot_of(first), spot_of(last)


def covered(merges: Sequence[tuple[Spot, Spot]], rows: int, columns: int) -> Iterator[Spot]:
    """The cells under merges, but for the first of each, as far as the sheet has values."""
    left = MOST_CELLS
    for (top, start), last in merges:
        bottom, end = min(last[0], rows - 1, MOST_ROWS), min(last[1], columns - 1)
        left -= max(0, bottom - top + 1) * max(0, end - start + 1)
        if left < 0:
            return
        spots = ((r, c) for r in range(top, bottom + 1) for c in range(start, end + 1))
        yield from (spot for spot in spots if spot != (top, start))


def _hidden(xml: bytes, before: bytes) -> Hidden | None:
    """The rows and columns that are not seen, for they are hidden or too small; None where all are."""
    rows, columns = set[int](), set[int]()
    unsized = b"zeroHeight" in before and _NO_HEIGHT.search(before) is not None
    by_place = unsized
    for kind, told in _NOT_SEEN.findall(xml) if _may_hide(xml, before) else ():
        about = dict(ATTRIBUTE.findall(told))
        if about.get(b"hidden") not in _ON and not _is_small(about):
            continue
        if kind == b"row":
            rows |= {int(about[b"r"]) - 1} if b"r" in about else set()
            by_place = by_place or b"r" not in about
        else:
            last = min(int(about.get(b"max", b"0")), MOST_COLUMNS)
            columns.update(range(int(about.get(b"min", b"1")) - 1, last))
    for row, about in _numbered(xml) if by_place else ():
        if about.get(b"hidden") in _ON or _is_small(about) or (unsized and not about.keys() & {b"ht", b"hidden"}):
            rows.add(row)
    return Hidden(frozenset(rows), frozenset(columns)) if rows or columns else None


def _numbered(xml: bytes) -> Iterator[tuple[int, dict[bytes, bytes]]]:
    """Every row with what it says of itself; one without a number has that of its cells, or stands below the last."""
    last = -1
    for told, first in _ROW.findall(xml):
        about = dict(ATTRIBUTE.findall(told))
        last = int(about.get(b"r") or first or last + 2) - 1
        yield last, about


def _may_hide(xml: bytes, before: bytes) -> bool:
    """Whether something may be hidden or too small, which takes longer to look for."""
    if b"hidden=" in xml or b"\t" in xml or b"\r" in xml or xml.find(b"\n", max(xml.find(b"?>") + 3, 0)) >= 0:
        return True  # where there are lines in the XML, any white space may stand before an attribute
    heights = {piece[1:3] for piece in xml.split(b" ht=")[1:]}
    return any(not _TWO_DIGITS.match(height) for height in heights) or _NARROW.search(before) is not None


def _is_small(about: dict[bytes, bytes]) -> bool:
    """Whether nothing is seen of a row or a column by its size, in points or letters."""
    return float(about.get(b"ht", b"15")) < _LEAST_HEIGHT or float(about.get(b"width", b"8")) < _LEAST_WIDTH
