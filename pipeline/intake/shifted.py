"""Rows that do not stand under their headings: of a table written as text or as a web page, where rows may differ.

A comma that nobody quoted, a cell that was left out or is hidden moves all that follows: such a row is asked about.
"""

from collections import Counter
from collections.abc import Sequence

from pipeline.intake.book import Book
from pipeline.intake.cells import text_of
from pipeline.values.numerals import certain, visible
from pipeline.values.periods import parse_day

Kinds = tuple[str, ...]


def shifted_rows(book: Book, sheet: str, head: int, rows: Sequence[int], word: int | None = None) -> list[int]:
    """Which of a table's ``rows`` are not as its row of headings, ``head``; ``word`` is a column that holds no number.

    As wide as the headings is right. So are rows that are all as wide, what is beyond the headings being empty, and, in
    a file that leaves out empty cells at the end of rows, a shorter one whose cells are of the same kinds as others'.
    """
    widths = book.widths.get(sheet)
    if not widths or not rows:
        return []
    table = Widths(book, sheet, head, rows)
    return [row for row in rows if not table.fits(row) or (word is not None and certain(table.text(row, word)))]


class Widths:
    """How wide the rows of one table were written."""

    def __init__(self, book: Book, sheet: str, head: int, rows: Sequence[int]) -> None:
        self.cells, self.widths, self.head = book.sheets[sheet], book.widths[sheet], book.widths[sheet][head]
        self.alike = len({self.widths[row] for row in rows}) == 1
        self.trimmed = not any(self._ends_empty(row) for row in (head, *rows))
        self.usual = self._usual(rows)

    def fits(self, row: int) -> bool:
        """Whether a row stands under the headings."""
        width = self.widths[row]
        if width == self.head:
            return True
        if width > self.head:
            return self.alike and not any(self.text(row, column) for column in range(self.head, len(self.cells[row])))
        return (self.trimmed or self.alike) and all(
            kind in {"", usual} for kind, usual in zip(self._kinds(row), self.usual, strict=False) if usual
        )

    def text(self, row: int, column: int) -> str:
        """What stands in a column; "" where nothing is seen."""
        cells = self.cells[row]
        return visible(text_of(cells[column])) if column < len(cells) else ""

    def _ends_empty(self, row: int) -> bool:
        return bool(self.widths[row]) and not self.text(row, self.widths[row] - 1)

    def _kinds(self, row: int) -> Kinds:
        return tuple(_kind(self.text(row, column)) for column in range(self.head))

    def _usual(self, rows: Sequence[int]) -> Kinds:
        """Of what kind the cells of each column mostly are."""
        columns = zip(*(self._kinds(row) for row in rows), strict=True)
        counts = (Counter(kind for kind in column if kind) for column in columns)
        return tuple(count.most_common(1)[0][0] if count else "" for count in counts)


def _kind(text: str) -> str:
    if not text:
        return ""
    return "number" if certain(text) else "day" if parse_day(text) else "text"
