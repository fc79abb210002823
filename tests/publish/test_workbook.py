"""The consolidated workbook is in order: sheets, links, names, print setup, properties, colours."""

import pytest
from openpyxl.utils import range_boundaries

from pipeline.values.answer import Why
from schemas.naming import BESIDE_THE_YEAR
from tests.publish.colours import contrast, pairs
from tests.publish.reading import filled

ORDER = [
    "封面", "目录", "要点", "编制说明", "表1", "表2", "表3", "表4", "表5", "表5续", "表6", "表7", "表7续", "表8", "表8续", "表9",
    "表10", "表11", "表11续", "同比", "图表", "报送情况", "对账", "修订记录", "数据_机读", "图数据",
]  # fmt: skip
HIDDEN = ["数据_机读", "图数据"]
UNTITLED = {"封面", *HIDDEN}  # no table with a title, and no tables for people


def test_the_sheets_stand_in_their_order(book):
    assert [name.split()[0] for name in book.sheetnames] == ORDER


def test_no_annual_table_can_be_called_like_a_sheet_of_ours(book):
    ours = {name for name in book.sheetnames if not name.startswith("表")}

    assert ours == set(BESIDE_THE_YEAR)


def test_sheet_names_are_short_enough_for_excel(book):
    assert [name for name in book.sheetnames if len(name) > 31] == []


def test_the_workbook_opens_on_its_cover(book):
    assert book.active.title == "封面"
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["封面"]


def test_no_cells_are_merged(book):
    assert [sheet.title for sheet in book if sheet.merged_cells.ranges] == []


def test_no_sheet_is_empty(book, cells):
    filled = [sheet for sheet, _ in cells]

    assert [name for name in book.sheetnames if filled.count(name) < 10] == []


def test_every_name_leads_to_numbers_or_the_reasons_why_there_are_none(book, cells):
    areas = [area for name in book.defined_names.values() for area in name.destinations]

    assert len(areas) == len(book.defined_names) >= 30
    for sheet, area in areas:
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
        inside = [cell for row in book[sheet].iter_rows(top, bottom, left, right) for cell in row]
        odd = [c.coordinate for c in inside if not isinstance(cells.get((sheet, c.coordinate)), int | float)]
        assert [at for at in odd if cells.get((sheet, at)) not in {why.words for why in Why}] == []


def test_every_table_has_a_name_for_its_total_and_its_body(book, year):
    stems = [table.annual.id.replace("表", "年") for table in year.outcome.tables]

    assert set(book.defined_names) >= {f"{stem}_{part}" for stem in stems for part in ("合计", "数据区")}


def test_the_contents_link_every_other_sheet_in_words(book):
    links = [cell for row in book["目录"] for cell in row if cell.hyperlink]
    leads_to = [cell.hyperlink.location.rpartition("!")[0].strip("'") for cell in links]

    assert leads_to == [name for name in book.sheetnames if name not in {"封面", "目录", *HIDDEN}]
    assert [cell.value for cell in links] == leads_to


def test_hidden_sheets_are_listed_as_such_and_declared_in_the_notes(book, cells):
    hidden = [(sheet.title, sheet.sheet_state) for sheet in book if sheet.sheet_state != "visible"]

    assert hidden == [(name, "hidden") for name in HIDDEN]
    assert [c.value for row in book["目录"] for c in row if "隐藏" in str(c.value)] == [
        "机器读取用的全部数据（已隐藏，不打印）",
        "图表所用的数（辅助表，已隐藏，不打印）",
    ]
    notes = [str(value) for (sheet, _), value in cells.items() if sheet == "编制说明"]
    assert [name for name in HIDDEN if not any(f"“{name}”，已隐藏" in note for note in notes)] == []


def test_an_exception_of_a_return_leads_to_its_file(book, year):
    links = [cell for row in book["对账"] for cell in row if cell.hyperlink]
    behind = [d for d in year.outcome.differences if d.scope == "return" and d.verdict != "一致"]

    assert len(links) == len(behind) > 1
    for link in links:
        row = link.hyperlink.location.rpartition("!A")[2]
        period, unit, file = (year.papers_book["来源与校验码"][f"{letter}{row}"].value for letter in "ABC")
        assert link.value == f"{unit}{period[:4]}年{int(period[5:])}月"
        assert unit in file


def test_every_link_leads_into_the_workbook_or_to_the_sources_in_the_working_papers(book, year):
    links = [cell.hyperlink for cell in filled(book) if cell.hyperlink]

    assert {link.target for link in links} == {None, year.papers.name}
    for link in links:
        sheet, _, cell = link.location.rpartition("!")
        there = year.papers_book if link.target else book
        assert there[sheet.strip("'")][cell].value is not None


@pytest.mark.parametrize("name", [n for n in ORDER if n not in UNTITLED])
def test_a_table_sheet_repeats_its_header_and_prints_all_of_its_rows(book, name):
    (sheet,) = (sheet for sheet in book if sheet.title.split()[0] == name)

    assert sheet.print_title_rows == ("$1:$2" if name == "图表" else "$1:$3")
    assert sheet.print_area.rpartition("!")[2].replace("$", "") == sheet.dimensions
    assert sheet.freeze_panes is not None


def test_every_sheet_prints_on_a4_one_page_wide(book):
    for sheet in book:
        assert sheet.page_setup.paperSize == 9, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.page_setup.fitToWidth in {None, 1}, sheet.title


def test_the_machine_sheet_repeats_its_header(book):
    assert book["数据_机读"].print_title_rows == "$1:$1"


def test_the_document_says_what_it_is(book, year):
    properties, settings = book.properties, year.outcome.office.settings
    custom = {item.name: item.value for item in book.custom_doc_props.props}

    assert f"{settings.area}2012年度" in properties.title
    assert properties.creator == settings.name
    assert (properties.subject, properties.keywords, properties.description) != (None, None, None)
    assert properties.created.date() == year.outcome.as_of
    assert custom["表式版本"] == year.outcome.form.edition.id
    assert custom["运行编号"] == year.outcome.fingerprint


def test_every_text_can_be_read_on_its_ground(book):
    found = pairs(book)

    assert len(found) >= 10
    assert {pair: contrast(*pair) for pair in found if contrast(*pair) < 4.5} == {}
