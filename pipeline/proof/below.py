"""What the lines below a heading of a table come to, where the heading has no cells of its own: （四）无法提供."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.proof.figure import Figure
from pipeline.proof.grids import Panel
from pipeline.proof.lines import Line
from pipeline.proof.sums import number

Cells = tuple[Figure | None, ...]


def lines_of(panel: Panel) -> list[Line]:
    """The lines of a panel, and the headings above them that have no row of their own."""
    above = (line.above for line in panel.lines if line.above and line.above.label)
    return list(dict.fromkeys([*panel.lines, *above]))


def made_below(line: Line, width: int) -> Cells:
    """What the lines below a heading come to in each column; () where they are no numbered ones, all filled in."""
    below = [one.cells for one in line.below if one.style is not None and not one.among]
    if not below or len(below) < len(line.below) or any(len(cells) != width or None in cells for cells in below):
        return ()
    columns = [[cell for cell in column if cell] for column in zip(*below, strict=True)]
    return tuple(_made(line, column) for column in columns)


def _made(line: Line, column: Sequence[Figure]) -> Figure:
    """The sum of cells as one figure, named by the heading above them."""
    value = sum((cell.value for cell in column), Decimal(0))
    name = "”“".join(part for part in (line.label, column[0].after.rpartition(">")[2]) if part)
    words = f"{name}”各行之和“{number(value)}"
    return replace(column[0], value=value, low=value, high=value, cell=words)
