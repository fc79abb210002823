"""The consolidated workbook on paper: pages, repeated headers, nothing cut off."""

import re
from itertools import pairwise

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice, pytest.mark.poppler]

ONE_PAGE = ["目录", "要点", "编制说明", "表1", "表4", "表5", "表6", "表7", "表8", "表8续", "表9", "表10", "表11"]
UPRIGHT_UNITS = ["表2", "表5续", "表7续", "表11续"]


@pytest.fixture(scope="module")
def printed(demo_pages, demo):
    """The pages of each sheet, found by the name in its foot; cover and machine sheet have none."""
    found = {sheet.title.split()[0]: [] for sheet in demo.book if sheet.sheet_state == "visible"}
    for page in demo_pages:
        foot = re.search(r"(\S+).*第 \d+ 页 +共 \d+ 页.*\s*$", page)
        found[foot[1] if foot else "封面"].append(page)
    return found


def test_the_city_prints_on_some_thirty_pages_and_no_machine_sheet(demo_pages, years_on_paper):
    assert (len(demo_pages), len(years_on_paper["shifan"])) == (32, 28)
    assert not any("unit_name" in page for page in demo_pages)


def test_the_contents_tell_on_which_page_each_sheet_begins(printed, demo, demo_pages):
    rows = [row for row in demo.book["目录"].iter_rows(min_row=4, values_only=True) if row[6] != "—"]
    begins = {sheet: 1 + demo_pages.index(own[0]) for sheet, own in printed.items()}

    assert {row[1].split()[0]: int(row[6]) for row in rows} == {
        sheet: page for sheet, page in begins.items() if sheet not in {"封面", "目录"}
    }


def test_the_sheets_print_in_their_order(printed, demo_pages):
    assert [page for sheet in printed.values() for page in sheet] == demo_pages


@pytest.mark.parametrize("sheet", ["封面", *ONE_PAGE])
def test_a_short_sheet_prints_on_one_page(printed, sheet):
    assert len(printed[sheet]) == 1


@pytest.mark.parametrize("sheet", UPRIGHT_UNITS)
def test_a_table_of_fifty_units_prints_on_one_page_upright(printed, sheet):
    assert len(printed[sheet]) == 1


@pytest.mark.parametrize("sheet", ["表3", "同比", "报送情况"])
def test_a_long_table_prints_on_two_pages(printed, sheet):
    assert len(printed[sheet]) == 2


def test_every_sheet_prints(printed):
    assert [name for name, own in printed.items() if not own] == []


@pytest.mark.parametrize("sheet", ["表3", "报送情况", "对账"])
def test_the_header_stands_on_every_page(printed, sheet):
    heads = [page.splitlines()[:3] for page in printed[sheet]]

    assert len(heads) > 1
    for first, second in pairwise(heads):
        assert [line.split() for line in first] == [line.split() for line in second]


@pytest.mark.parametrize("year", ["demo", "shifan", "papers"])
def test_nothing_is_too_wide_for_its_column(years_on_paper, year):
    assert "###" not in "".join(years_on_paper[year])


def test_the_title_and_total_of_a_table_are_on_paper(printed):
    (page,) = printed["表1"]

    assert "主动公开政府信息条数" in page
    assert {"19,649", "19,622", "9,088"} <= set(page.split())


def test_money_is_on_paper_in_yuan_with_two_decimals(years_on_paper):
    (page,) = (page for page in years_on_paper["shifan"] if "收费和减免情况（按项目分）" in page and "合计" in page)

    assert {"1,743.55", "66.75", "232", "18"} <= set(page.split())


def test_pages_are_numbered_through(printed):
    numbers = [int(found[1]) for own in printed.values() for page in own if (found := re.search(r"第 (\d+) 页", page))]

    assert numbers == list(range(2, 2 + len(numbers)))
