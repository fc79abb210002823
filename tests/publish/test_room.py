"""Every figure has room in its column: more digits, a wider column; and one beyond all room is shrunk."""

import re

import pytest
from openpyxl.utils import get_column_letter

from pipeline.outbox.publish.page import Page
from pipeline.paper.room import printed, room
from pipeline.paper.theme import COUNT, DIFFERENCE, FIGURE, Styles, number_format
from pipeline.paper.xlsx import Workbook
from tests.publish.reading import filled, load
from tests.templates.writing import KINDS, draft_of, write
from tests.templates.writing import filled as filled_in

MONEY = number_format(2)
EDGES = 5 / 7  # what xlsxwriter adds to each width, for the edges of a cell


@pytest.mark.parametrize(
    ("value", "look", "text"),
    [
        (1234567, COUNT, "1,234,567)"),
        (1234.5, MONEY, "1,234.50)"),
        (12, DIFFERENCE, "+12)"),
        (-1234, DIFFERENCE, "-1,234)"),
        (0.5, "0%", "50%"),
        (2.25, "0.#", "2.2"),
        (31, '#,##0;-#,##0;"·"', "31"),
    ],
)
def test_a_figure_is_measured_as_it_is_printed(value, look, text):
    assert printed(value, look) == text


def test_bold_and_large_figures_need_more_room():
    look = FIGURE | {"num_format": COUNT}
    plain, bold, tall = (room(98_765, look | other) for other in ({}, {"bold": True}, {"font_size": 20}))

    assert 5 < plain < bold < tall


@pytest.mark.parametrize("first", ["widths", "number"])
def test_a_column_is_as_wide_as_its_largest_figure_whatever_it_was_given(tmp_path, first):
    with Workbook(tmp_path / "book.xlsx") as workbook:
        workbook.add_worksheet("表")
        page = Page(workbook, Styles(workbook), "表", 3)
        steps = {
            "widths": lambda: page.widths((6, 6, 30)),
            "number": lambda: [page.number(3, column, 1_234_567_890.12, num_format=MONEY) for column in (1, 2)],
        }
        for step in (steps.pop(first), *steps.values()):
            step()
    sheet = load(tmp_path / "book.xlsx").active

    wide = [round(sheet.column_dimensions[letter].width - EDGES, 1) for letter in "ABC"]
    assert (wide[0], wide[2]) == (6, 30)
    assert wide[1] > len("1234567890.12")


def figures(book, shown):
    """Every number that is printed in a format of ours: its cell, and how many digits it has."""
    for cell in filled(book):
        value = shown.get((cell.parent.title, cell.coordinate))
        if isinstance(value, int | float) and re.match(r"[+#0]", cell.number_format):
            decimals = len(cell.number_format.partition(";")[0].partition(".")[2].rstrip("_)%#"))
            yield cell, len(f"{abs(value):.{decimals}f}".replace(".", ""))


def test_no_column_of_the_consolidated_workbook_has_more_digits_than_characters(year):
    found = list(figures(year.book, year.cells))
    widths = {cell: cell.parent.column_dimensions[get_column_letter(cell.column)].width - EDGES for cell, _ in found}

    assert len(found) > 1000
    assert [(cell.parent.title, cell.coordinate) for cell, digits in found if digits > widths[cell]] == []
    assert [cell.coordinate for cell, _ in found if not cell.alignment.shrink_to_fit] == []


@pytest.mark.parametrize("kind", KINDS, ids=" ".join)
def test_a_return_has_room_for_seven_digits_and_shrinks_what_is_longer(kind, tmp_path):
    draft = filled_in(draft_of(kind))
    book = load(write(tmp_path, draft))

    for place in draft.layout.places.values():
        cell = book[place.sheet].cell(place.row + 1, place.column + 1)
        assert book[place.sheet].column_dimensions[cell.column_letter].width - EDGES > len("9999999"), cell
        assert cell.alignment.shrink_to_fit, cell
