"""舍位平衡: numbers rounded so that parts add to the printed totals, each the whole below or above what it is.

Rows form a tree (a total, its groups, their items), columns have a sum or none. Every number and every sum of them may
go to the whole below or above; that all of these can be had at once is a theorem on flows in networks (the numbers as
they are satisfy it in fractions, so whole ones do), and of all ways the one is taken that moves least: along one row or
column, the parts with the largest remainders go up. The grand total is rounded as by itself.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from pipeline.tables.flow import Arc, least_cost

HIGHER = 10_000  # how much dearer it is to move a sum than a number


@dataclass(frozen=True)
class Tree:
    """The rows: each the position of the row that it is a part of; None for those that are in no sum."""

    above: Mapping[int, int | None]

    @property
    def items(self) -> list[int]:
        """The rows that are sums of none."""
        sums = set(self.above.values())
        return [row for row in self.above if row not in sums]

    def chain(self, row: int) -> list[int]:
        """A row and those that it is in, from below."""
        found: list[int] = [row]
        while (higher := self.above[found[-1]]) is not None:
            found.append(higher)
        return found


def half_up(value: Fraction) -> int:
    """A number rounded by itself, half away from 0."""
    whole = floor(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def balanced(cells: Sequence[Sequence[Fraction]], tree: Tree, sums: Sequence[int]) -> list[list[int]]:
    """Items by column, balanced; ``cells`` are all rows of the parts' columns, ``sums`` says which rows are wanted.

    Returned are the rows ``sums`` names (all of them as a rule): items as chosen, sums as they add up.
    """
    items, width = tree.items, len(cells[0]) if cells else 0
    if not width or not items:
        return [[0] * width for _ in sums]
    chosen = _chosen(cells, tree, items, width)
    below = {row: [item for item in items if row in tree.chain(item)] for row in tree.above}
    return [[sum(chosen[item, column] for item in below[row]) for column in range(width)] for row in sums]


def _chosen(
    cells: Sequence[Sequence[Fraction]], tree: Tree, items: Sequence[int], width: int
) -> dict[tuple[int, int], int]:
    """Every item's number, as the network has it."""
    arcs = list(_arcs(cells, tree, items, width))
    flows = least_cost(arcs, "source", "sink")
    return {
        (arc.start[1], arc.name): flow  # type: ignore[index]
        for arc, flow in zip(arcs, flows, strict=True)
        if arc.name is not None
    }


def _arcs(cells: Sequence[Sequence[Fraction]], tree: Tree, items: Sequence[int], width: int) -> Iterator[Arc]:
    """From the source down the tree of rows to each item, through its cells, and up the same tree for each column."""
    whole = [sum(row, Fraction(0)) for row in cells]
    for row, higher in tree.above.items():
        start: Hashable = "source" if higher is None else ("row", higher)
        yield _arc(start, ("row", row), whole[row], HIGHER, fixed=higher is None)
    for item in items:
        for column in range(width):
            yield _arc(("row", item), ("in", item, column), cells[item][column], 1, name=column)
    for column in range(width):
        for row, higher in tree.above.items():
            end: Hashable = "sink" if higher is None else ("in", higher, column)
            yield _arc(("in", row, column), end, cells[row][column], HIGHER)


def _arc(
    start: Hashable, end: Hashable, value: Fraction, dear: int, *, fixed: bool = False, name: int | None = None
) -> Arc:
    """An arc that carries the whole below or the whole above; going up costs what it moves more than going down."""
    low = floor(value)
    rest = value - low
    if fixed:
        low = half_up(value)
    free = bool(rest) and not fixed
    return Arc(start, end, low, free, int((1 - 2 * rest) * 1_000_000) * dear, name)
