"""The fast way to read an .xlsx, the slow one, and another reader see the same cells: over the corpus, and by count."""

import io
import math
from datetime import date, time, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineError, CalamineWorkbook

from pipeline.intake.book import Book, Unreadable
from pipeline.intake.containers import read_book, sheet_cells, sheet_layout, sheet_xml
from pipeline.values.numerals import visible
from tests.builders import Desk
from tests.drift.case import Case
from tests.drift.corpus import CORPUS, KINDS
from tests.drift.judged import lay
from tests.drift.untouched import FILE, untouched

FEW = [case for case in CORPUS if not (case.saved_as or case.dear or case.by_command)][::9]
SPREADSHEETS = sorted(set(KINDS) - {"saved", "pages", "shifts", "two ways", "parcels"})
MOST_SPANNED = 100_000  # cells that another reader is trusted with


def laid(cases: list[Case], folder: Path) -> list[bytes]:
    """The files of the cases that are an .xlsx."""
    lay(cases, Desk(folder / "desk"), folder)
    files = (path.read_bytes() for path in sorted((folder / "inbox").rglob("*")) if path.is_file())
    return [data for data in files if data.startswith(b"PK") and b"xl/worksheets/sheet1.xml" in data]


def book_of(data: bytes) -> Book | str:
    """What is read of a file; why it is not where it is refused."""
    try:
        return read_book(data, FILE)
    except Unreadable as error:
        return f"{error.kind} {error}"


def seen_in(book: Book | str) -> object:
    """All that a book tells, but for white space around a text and cells of which nothing is seen."""
    if isinstance(book, str):
        return book
    sheets = {name: grid_of(rows) for name, rows in book.sheets.items()}
    return sheets, book.marks, book.hidden, book.without_zeros, book.names, book.comments, book.drawings


def grid_of(rows: list[list[object]]) -> dict[tuple[int, int], object]:
    cells = (
        (r, c, cell.strip() if isinstance(cell, str) else cell)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    )
    return {(r, c): cell for r, c, cell in cells if visible(str(cell))}


IN_PIECES = "a stored number in pieces"  # of which calamine takes the first


def differing(data: bytes) -> list[str]:
    """The cells that calamine reads otherwise; but days and times, which it tells by names alone, and what is marked."""
    book = book_of(data)
    if isinstance(book, str):
        return []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as other:
        sheets = (other.get_sheet_by_name(name) for name in book.sheets)
        there = {
            s.name: grid_of(s.to_python(skip_empty_area=False))
            for s in sheets
            if s.total_height * s.total_width < MOST_SPANNED
        }
    return [
        f"{sheet} {spot}: {here.get(spot)} and {cells.get(spot)}"
        for sheet, cells in there.items()
        for here in [grid_of(book.sheets[sheet])]
        for spot in here.keys() | cells.keys()
        if (sheet, *spot) not in book.marks and not alike(here.get(spot), cells.get(spot))
    ]


def alike(here: object, there: object) -> bool:
    """Whether two readers read the same; calamine loses cells that are written oddly, and reads a number that is none."""
    if isinstance(here, date | time | timedelta) or isinstance(there, date | time | timedelta):
        return True
    return here == there or there is None or (isinstance(there, float) and math.isnan(there))


def both_ways(data: bytes, monkeypatch) -> tuple[object, object]:
    fast = seen_in(book_of(data))
    with monkeypatch.context() as patched:
        patched.setattr(sheet_xml, "laid_out", lambda xml: None)
        return fast, seen_in(book_of(data))


def test_the_fast_way_and_the_slow_one_read_the_same(tmp_path, monkeypatch):
    files = laid(FEW, tmp_path)

    assert [n for n, data in enumerate(files) if len({*map(repr, both_ways(data, monkeypatch))}) > 1] == []
    assert len(files) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_both_ways_and_another_reader_agree_over_the_corpus(kind, tmp_path, monkeypatch):
    for data in laid([case for case in KINDS[kind] if not case.saved_as and case.name != IN_PIECES], tmp_path):
        fast, slow = both_ways(data, monkeypatch)
        assert fast == slow
        try:
            assert differing(data) == []
        except CalamineError:  # one cell may cost it the file
            continue


def test_of_a_return_like_one_before_no_sheet_is_searched_through_nor_made_a_tree_of(tmp_path, monkeypatch):
    """What the fast way saves, by count; how long it takes stands in tests/bench."""
    read_book(untouched(tmp_path), FILE)
    calls: list[str] = []
    for module, name in (
        (sheet_layout, "found_as_usual"),
        (sheet_xml, "walked"),
        (ET, "fromstring"),
        (ET, "iterparse"),
    ):
        monkeypatch.setattr(module, name, lambda *told, name=name: calls.append(name))

    assert read_book(untouched(tmp_path), FILE).sheets
    assert calls == []


def test_what_stands_in_a_cell_is_read_once_however_many_cells_hold_it(tmp_path, monkeypatch):
    sheet_cells.looked.cache_clear()
    read = list[bytes]()
    original = sheet_xml.Values.of
    monkeypatch.setattr(sheet_xml.Values, "of", lambda values, cell: read.append(cell) or original(values, cell))

    book = read_book(untouched(tmp_path), FILE)

    cells = sum(len(row) - row.count("") for rows in book.sheets.values() for row in rows)
    assert len(read) * 10 < cells
    assert sheet_cells.looked.cache_info().currsize < 200
