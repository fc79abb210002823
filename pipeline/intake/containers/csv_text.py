"""A table as text: comma, tab or semicolon between the cells, in any encoding a Chinese office writes."""

import csv
import io
import re

from pipeline.intake.book import Book
from pipeline.intake.bounds import check_size
from pipeline.intake.containers.decode import decoded

SHEET = "CSV"
_AS_TEXT = re.compile(r'^="([^"]*)"$')  # what keeps a spreadsheet from reading ="04" as a number


def read_csv_text(data: bytes) -> Book:
    """The one table; every cell is text. Raises Unreadable where it is too large."""
    text = decoded(data) or ""
    sample = text[:65536]
    separator = max("\t,;", key=sample.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[object]] = [[_AS_TEXT.sub(r"\1", cell) for cell in line] for line in lines]
    check_size(SHEET, len(rows), max(map(len, rows), default=0))
    return Book({SHEET: rows}, all_text=True, widths={SHEET: tuple(map(len, rows))})
