"""The working papers: what only the office needs, apart from what is forwarded, to be filtered, with both sides."""

import pytest

from tests.publish.reading import filled

ORDER = ["目录", "校验发现", "按规则", "考核", "规则效用", "质量", "来源与校验码", "数据字典"]
FILTERED = ["校验发现", "按规则", "规则效用", "来源与校验码", "数据字典"]


@pytest.fixture(scope="module")
def papers(year):
    return year.papers_book


def test_they_stand_apart_from_what_is_forwarded(papers, book):
    assert papers.sheetnames == ORDER
    assert set(book.sheetnames) & set(ORDER) == {"目录"}


def test_their_contents_lead_to_every_sheet_and_say_that_they_stay_in_the_office(papers):
    links = [cell.hyperlink.location.rpartition("!")[0].strip("'") for cell in filled(papers) if cell.hyperlink]

    assert links == ORDER[1:]
    assert "不上报" in papers["目录"]["A2"].value


@pytest.mark.parametrize("name", FILTERED)
def test_every_list_has_a_filter_over_all_of_its_rows(papers, name):
    sheet = papers[name]
    first, last = sheet.auto_filter.ref.split(":")

    assert first == "A3"
    assert int("".join(filter(str.isdigit, last))) >= sheet.max_row - (6 if name == "规则效用" else 0)


def test_a_rule_shows_every_unit_with_both_sides_and_their_difference(papers, year):
    rows = [[cell.value for cell in row] for row in papers["按规则"].iter_rows(min_row=4)]
    asked = [f for f in year.outcome.findings if f.sides]

    assert len(rows) == len(asked) > 0
    shown = {(row[2], row[3], row[5], row[6]) for row in rows}
    for finding in asked:
        left, right, quantity = finding.sides
        short = year.outcome.office.short(finding.unit, finding.period)
        assert (short, finding.period, quantity.number(left), quantity.number(right)) in shown
    assert all(str(row[7]).startswith("=") for row in rows)


def test_they_print_on_a4_one_page_wide(papers):
    for sheet in papers:
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth in {None, 1}) == (9, True), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title


def test_no_text_of_the_forwarded_workbook_says_that_a_sheet_is_there_which_is_not(cells):
    texts = " ".join(str(value) for value in cells.values())

    assert [name for name in ORDER[1:] if f"“{name}”" in texts] == []
