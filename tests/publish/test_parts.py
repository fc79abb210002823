"""A table too wide for a page is printed in parts that can be read: labels again, a title each, nothing cut."""

import openpyxl
import pytest

from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.outbox.publish.parts import ACROSS, SCALE, in_parts, parts_of
from pipeline.paper.theme import Styles
from pipeline.paper.xlsx import Workbook

COLUMNS = 54


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    """A table of 54 columns and their labels."""
    path = tmp_path_factory.mktemp("wide") / "wide.xlsx"
    with Workbook(path) as workbook:
        workbook.add_worksheet("表99")
        page = Page(workbook, Styles(workbook), "表99", COLUMNS + 1)
        page.head("表99  各项", "范围", "计量单位：件", ["单位", *(f"第{n}栏" for n in range(1, COLUMNS + 1))])
        page.widths([15, *[10] * COLUMNS])
        page.print_setup(BODY_ROW, "右", landscape=True)
        in_parts(page, parts_of(page.columns_wide), ("表99  各项", "范围", "计量单位：件"), BODY_ROW, BODY_ROW - 1)
    return openpyxl.load_workbook(path)["表99"]


def test_a_table_that_fits_on_a_page_stays_whole():
    assert parts_of([15, *[10] * 12]) == []


@pytest.mark.parametrize("columns", [20, 31, 54, 200])
def test_every_column_is_in_one_part_and_every_part_fits(columns):
    wide = [15, *(8 + n % 5 for n in range(columns))]
    parts = parts_of(wide)

    assert [column for first, last in parts for column in range(first, last + 1)] == list(range(1, columns + 1))
    assert all(wide[0] + sum(wide[first : last + 1]) <= ACROSS / SCALE for first, last in parts)


def test_each_part_begins_on_a_page_of_its_own_with_the_labels(sheet):
    parts = parts_of([15, *[10] * COLUMNS])

    assert [one.id for one in sheet.col_breaks.brk] == [first for first, _ in parts[1:]]
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$A", "$1:$3")
    assert (sheet.page_setup.orientation, sheet.page_setup.scale) == ("landscape", SCALE * 100)
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage


def test_each_part_has_its_title_and_the_unit(sheet):
    titles = [cell.value for cell in sheet[1] if cell.value]
    units = [cell.value for cell in sheet[2] if cell.value and "单位" in cell.value]

    assert titles == ["表99  各项", *(f"表99  各项（续表{n}）" for n in range(1, len(titles)))]
    assert units == ["计量单位：件"] * len(titles)
    assert len(titles) > 3
