"""要点: five sentences, each with its number as the tables have it and the way to its cell."""

from openpyxl.utils import coordinate_to_tuple

from pipeline.outbox.publish.highlights import MOST, highlights
from tests.publish.page_reading import text


def test_each_sentence_stands_on_its_sheet_with_a_live_number_and_a_link_to_the_cell(book, cells, year):
    found = highlights(year.outcome)
    rows = list(book["要点"].iter_rows(min_row=4))

    assert 3 <= len(found) == len(rows) <= MOST
    for one, row in zip(found, rows, strict=True):
        sheet, _, cell = one.point.cell.rpartition("!")
        assert row[1].value == one.sentence
        assert row[2].value == f"={one.point.cell}"
        assert row[4].hyperlink.location == one.point.cell
        shown = cells[sheet.strip("'"), cell]
        assert cells["要点", row[2].coordinate] == shown
        assert one.figure.quantity.told(one.point.value) in one.sentence
        assert coordinate_to_tuple(cell) > (3, 1)


def test_the_first_is_the_first_headline_figure_with_its_growth(year):
    name, answer, quantity = year.outcome.headline[0]
    (first, *_) = highlights(year.outcome)

    assert first.sentence.startswith(f"{year.outcome.span}，{name}{answer.told(quantity)}")


def test_the_run_report_begins_with_the_same_sentences(report, year):
    told = [text(item) for item in report.all("//*[@id='highlights']/li")]

    assert told == [f"{one.sentence}{one.sheet.split()[0]}" for one in highlights(year.outcome)]
