"""Where the tables of a return stand: its rows of headings, each with the columns below it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.intake.book import Book
from pipeline.intake.cells import text_of
from pipeline.intake.plan import Plan, bare, holds
from pipeline.values.numerals import LONG

TOP_ROWS = 60  # as far down a sheet's headings may be written with spaces, which takes long to look for

At = tuple[str, int]  # a sheet and a row from 0


@dataclass(frozen=True, eq=False)
class Head:
    """A row of headings: in which columns each stands; ``code`` and ``name`` are those of the rows' codes and names.

    The rows of its table end before ``last``; ``said`` is what each of them has there.
    """

    sheet: str
    row: int
    last: int
    columns: Mapping[str, tuple[int, ...]]
    code: int | None
    name: int | None
    said: tuple[tuple[str, str], ...]

    def column(self, heading: str) -> int | None:
        """The one column under a heading; None where there is none, or more than one."""
        found = self.columns.get(heading, ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def told(self) -> tuple[object, ...]:
        """All that it tells, to be held against another's."""
        return self.sheet, self.row, self.last, self.code, self.name, self.said, self.columns


def heads_of(book: Book, plan: Plan, beside: frozenset[str]) -> tuple[Head, ...]:
    """Every row of headings in the order of a book, but for the sheets that are no part of the return."""
    sheets = ((name, rows) for name, rows in book.sheets.items() if name not in beside)
    return tuple(head for name, rows in sheets for head in _of_sheet(name, rows, plan))


def _of_sheet(sheet: str, rows: list[list[object]], plan: Plan) -> Iterator[Head]:
    anchors = plan.anchors
    there = [r for r, row in enumerate(rows) if not anchors.isdisjoint(row)]  # as printed, which is quickly seen
    there = there or [r for r, row in enumerate(rows[:TOP_ROWS]) if holds(row, anchors)]
    found = [(r, columns) for r in there if (columns := _headings(rows[r], plan))]
    starts = sorted([*(row for row, _ in found), *_registers(rows, plan), len(rows)]) if found else []
    for row, columns in found:
        last = next(start for start in starts if start > row)
        code, name = (columns.get(word, (None,))[0] for word in (plan.code, plan.name))
        said = tuple((_text(cells, code), _text(cells, name)) for cells in rows[row + 1 : last])
        yield Head(sheet, row, last, columns, code, name, said)


def _text(cells: list[object], column: int | None) -> str:
    """What stands in a column; "" where there is none."""
    return "" if column is None or column >= len(cells) else text_of(cells[column])


def _registers(rows: list[list[object]], plan: Plan) -> list[int]:
    """The rows of headings of registers, where the tables above them end."""
    return [
        r
        for r, row in enumerate(rows)
        for names in plan.registers
        if not names.isdisjoint(row) and names <= {bare(cell) for cell in row if isinstance(cell, str)}
    ]


def _headings(row: list[object], plan: Plan) -> dict[str, tuple[int, ...]]:
    """The columns of each heading where a row holds those of numbers too, else nothing."""
    texts = [bare(cell) if isinstance(cell, str) and len(cell) < LONG else "" for cell in row]
    if plan.headings.isdisjoint(texts):
        return {}
    return {text: tuple(n for n, other in enumerate(texts) if other == text) for text in texts if text}
