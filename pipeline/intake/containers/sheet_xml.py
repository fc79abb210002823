"""A sheet's XML: its values from A1 on, what of them is seen otherwise than it is kept, and what is not seen.

Where the cells are written as every spreadsheet does, one search finds them, their layout is remembered, and what a
content is read as is worked out once. Any other sheet is walked through. Both give the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.intake.book import Hidden, Mark
from pipeline.intake.bounds import check_size
from pipeline.intake.containers.cell_values import Shown, Values
from pipeline.intake.containers.conditions import Contents, are_telling, marked_by
from pipeline.intake.containers.sheet_cells import Cell, Spot, check_once, looked, plainly, walked
from pipeline.intake.containers.sheet_layout import Around, Layout, around, covered, laid_out
from pipeline.values.numerals import visible

_NO_VALUE = {"error", "uncalculated"}  # marks of cells that have no value which could be covered

Grid = list[list[object]]


@dataclass
class Seen:
    """What is read of a sheet: the values from A1 on, marks by row and column, what is hidden, whether 0 is shown."""

    values: Grid = field(default_factory=list)
    marks: dict[Spot, Mark] = field(default_factory=dict)
    hidden: Hidden | None = None
    without_zeros: bool = False


def sheet_of(name: str, xml: bytes, values: Values) -> Seen:
    """Read a sheet. Raises Unreadable where its values reach too far, or two cells have one address."""
    xml = plainly(xml)
    usual = laid_out(xml)
    seen = _placed(*usual, values) if usual else _one_by_one(name, walked(xml), values)
    if are_telling(xml, max(xml.rfind(b"sheetData>"), 0), values.styles):
        contents = _contents(usual, xml, seen, values)
        for spot, mark in marked_by(xml, contents, values.styles, since_1904=values.since_1904):
            seen.marks.setdefault(spot, mark)
    return _with(seen, usual[0].around if usual else around(xml))


def _with(seen: Seen, about: Around) -> Seen:
    """What is seen, with what stands around."""
    for spot in covered(about.merges, len(seen.values), max(map(len, seen.values), default=0)):
        if spot not in seen.marks or seen.marks[spot].kind not in _NO_VALUE:
            seen.marks[spot] = Mark("covered", "")
    seen.hidden, seen.without_zeros = about.hidden, about.without_zeros
    return seen


def _placed(layout: Layout, written: Sequence[bytes], values: Values) -> Seen:
    """The contents of a sheet, each in its place; rows between them share one that is empty."""
    lines, marks, contents = dict[int, list[object]](), dict[Spot, Mark](), values.contents
    cells = zip(layout.rows, layout.columns, layout.looks, layout.formulas, written, strict=True)
    last, line = -1, list[object]()
    for row, column, look, formula, content in cells:
        told = contents[look][content]
        if told.__class__ is Shown:
            told, mark = told if content else values.of(Cell((row, column), *looked(look), "", bool(formula)))
            if mark:
                marks[row, column] = mark
        if row != last:
            last, line = row, lines.setdefault(row, [""] * layout.wide)
        line[column] = told
    empty: list[object] = [""] * layout.wide
    return Seen([lines.get(row, empty) for row in range(layout.tall)], marks)


def _contents(usual: tuple[Layout, Sequence[bytes]] | None, xml: bytes, seen: Seen, values: Values) -> Contents:
    """The cells as conditions see them; of those without a value nobody knows what they are compared as."""
    unknown = {spot for spot, mark in seen.marks.items() if mark.kind in _NO_VALUE}
    if values.since_1904:
        days = ((r, c) for r, line in enumerate(seen.values) for c, value in enumerate(line) if isinstance(value, date))
        unknown |= set(days)
    if usual is None:
        cells = walked(xml)
        unknown |= {cell.spot for cell in cells if cell.formula and not cell.text}
        return Contents(seen.values, frozenset(unknown), lambda: {cell.spot: cell.style for cell in cells})
    layout, written = usual
    if any(layout.formulas):
        told = zip(layout.rows, layout.columns, layout.formulas, written, strict=True)
        unknown |= {(row, column) for row, column, formula, content in told if formula and not content}
    return Contents(seen.values, frozenset(unknown), lambda: _styles(layout))


def _styles(layout: Layout) -> dict[Spot, str]:
    """The style of every cell."""
    cells = zip(layout.rows, layout.columns, layout.looks, strict=True)
    return {(row, column): looked(look)[0] for row, column, look in cells}


def _one_by_one(name: str, cells: Sequence[Cell], values: Values) -> Seen:
    """The cells in which something is to be seen, each in its place."""
    kept = [cell for cell in cells if cell.formula or cell.kind == "e" or visible(values.text(cell))]
    filled = [cell.spot for cell in kept if cell.text]
    check_once(filled)
    tall, wide = (max((spot[n] + 1 for spot in filled), default=0) for n in (0, 1))
    check_size(name, tall, wide)
    seen = Seen([[""] * wide for _ in range(tall)])
    for cell in kept:
        value, mark = values.of(cell)
        if mark:
            seen.marks[cell.spot] = mark
        if value != "":
            seen.values[cell.spot[0]][cell.spot[1]] = value
    return seen
