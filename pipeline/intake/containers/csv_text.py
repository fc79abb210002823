"""A table as text: comma, tab or semicolon between the cells, in any encoding a Chinese office writes."""

import csv
import io

from pipeline.intake.book import Book
from pipeline.intake.bounds import check_size
from pipeline.intake.containers.decode import decoded

SHEET = "CSV"


def read_csv_text(data: bytes) -> Book:
    """The one table; every cell is text. Raises Unreadable where it is too large."""
    text = decoded(data) or ""
    sample = text[:65536]
    separator = max("\t,;", key=sample.count)
    rows: list[list[object]] = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    check_size(SHEET, len(rows), max(map(len, rows), default=0))
    return Book({SHEET: rows}, all_text=True, widths={SHEET: tuple(map(len, rows))})
