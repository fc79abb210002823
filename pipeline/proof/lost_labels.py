"""Rows of a table that lost the cell of a merged label, so that all their cells stand one column too far left."""

from collections.abc import Sequence

from pipeline.proof.cells import is_blank, value_of

FEWEST = 5  # rows that lost it; of others, which have their label, two

Row = tuple[str, ...]


def without_lost_labels(rows: Sequence[Row], starts: Sequence[int | None]) -> list[Row] | None:
    """The rows, those that lost a label without the blank cell that came to stand at their end; None where none did.

    The headings above them end with their last word. ``starts`` tells from which cell on a row has nothing but numbers;
    None where it has no number. In one column some rows have a label, and others, which all end in a blank, a number.
    """
    there = [row for row, start in zip(rows, starts, strict=True) if start is not None]
    for column in range(1, min(map(len, there), default=0)):
        named = [row for row in there if _is_word(row[column])]
        others = [row for row in there if value_of(row[column]) is not None]
        if len(named) > 1 and len(others) >= FEWEST:
            lost = all(is_blank(row[-1]) for row in others) and not any(is_blank(row[-1]) for row in named)
            if lost:
                first = next(n for n, start in enumerate(starts) if start is not None)
                return [*map(_ended, rows[:first]), *(_from_the_right(row, column) for row in rows[first:])]
            return None
    return None


def _from_the_right(row: Row, column: int) -> Row:
    return row[:-1] if is_blank(row[-1]) and not _is_word(row[column]) else row


def _ended(row: Row) -> Row:
    return row[: max((n for n, cell in enumerate(row, start=1) if not is_blank(cell)), default=0)]


def _is_word(cell: str) -> bool:
    return not is_blank(cell) and value_of(cell) is None
