"""Rows of a workbook that do not stand under their headings: cells were inserted or deleted in one of them.

What the form itself writes on every row (the unit of measure, the check's sign) then stands in another column.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.intake.book import Book
from pipeline.intake.cells import text_of
from pipeline.values.numerals import certain, visible

LEAST_ROWS, MOST_ODD = 3, 10  # rows that show what is usual, and one in how many may be otherwise


class Columns(NamedTuple):
    """Where the form's own words stand below a row of headings; None for a column that is not there."""

    measured: int | None
    last: int | None
    check: int | None
    note: int | None


def displaced_rows(
    book: Book, sheet: str, columns: Columns, rows: Sequence[int], named: frozenset[int]
) -> dict[int, int]:
    """Which of a table's ``rows`` do not stand under their headings, with the column in which that shows.

    A row whose numbers are ``named`` may have a number of last month alone; another has got it from beside.
    """
    if len(rows) < LEAST_ROWS:
        return {}
    row_of = {row: _Row(book.sheets[sheet][row]) for row in rows}
    signs = _signs([one.text(columns.check) for one in row_of.values()])
    lone = [row for row, one in row_of.items() if one.is_number(columns.last)]
    lone = lone if len(lone) * MOST_ODD <= len(rows) or len(lone) == 1 else []
    found: dict[int, int] = {}
    for row, one in row_of.items():
        column = one.displaced(columns, signs)
        if column is None and row in lone and row not in named:
            column = columns.last
        if column is not None:
            found[row] = column
    return found


class _Row(NamedTuple):
    cells: Sequence[object]

    def text(self, column: int | None) -> str:
        """What is seen in a column; "" where there is none."""
        cell = "" if column is None or column >= len(self.cells) else self.cells[column]
        return "" if cell == "" else visible(text_of(cell))

    def is_number(self, column: int | None) -> bool:
        """Whether a number stands in a column; most cells show that without being written out."""
        cell = "" if column is None or column >= len(self.cells) else self.cells[column]
        return _is_number(cell) if isinstance(cell, str) else isinstance(cell, float) or _is_number(text_of(cell))

    def displaced(self, columns: Columns, signs: set[str]) -> int | None:
        """The column in which something stands that the form writes in another, or a number where it writes words."""
        if self.is_number(columns.measured):
            return columns.measured
        check = self.text(columns.check)
        if check:
            return columns.check if _is_number(check) and check not in signs else None
        words = {sign for sign in signs if not _is_number(sign)}
        return next((n for n in (columns.last, columns.note) if n is not None and self.text(n) in words), None)


@lru_cache(maxsize=1 << 10)
def _is_number(text: str) -> bool:
    return bool(certain(visible(text)))


def _signs(texts: Sequence[str]) -> set[str]:
    """What the form itself writes in its column of checks: words, and the one number that most rows show there.

    An .xls of LibreOffice keeps a 0 for every formula that gives words and was not worked out before it was saved.
    """
    usual, times = Counter(texts).most_common(1)[0]
    return {text for text in texts if text and (not certain(text) or (text == usual and times * 2 > len(texts)))}
