"""The national forms on paper: headings over their columns, one row where the form has one row, nothing squeezed."""

import openpyxl
import pytest

from pipeline.paper.templates.layout import CODE, NAME, Cells, Layout
from pipeline.paper.templates.sheet import SHRUNK, folded, widths
from pipeline.paper.theme import width
from schemas.forms import forms_of
from tests.builders import Desk
from tests.national.county import TOWN, county, send

FORMS = {form.edition.id: form for form in forms_of(county())}
NAMED = {
    (name, sheet): [row for row in rows if isinstance(row, Cells)]
    for name, form in FORMS.items()
    for sheet, rows in Layout(form).sheets.items()
}


@pytest.mark.parametrize(("name", "sheet"), NAMED)
def test_a_long_name_is_folded_and_none_is_squeezed(name, sheet):
    layout = Layout(FORMS[name])
    wide = widths(NAMED[name, sheet], layout.grid(sheet), layout.heads(sheet))

    for row in NAMED[name, sheet]:
        text = row.first.name.rpartition("·")[0] if row.is_grid else row.first.name
        room = wide[NAME] - 2 * layout.depth(row.first)
        assert width(text) * SHRUNK <= room * folded(row, layout, wide[NAME]), text
    assert wide[NAME] > 3 * wide[CODE]


def test_a_sheet_of_matrices_has_no_column_that_none_of_them_uses():
    assert len(Layout(FORMS["cn-2021"]).grid("表二 主动公开")) == 3


def test_a_form_without_a_cumulative_measure_shows_no_column_for_it(tmp_path):
    desk = Desk(tmp_path, county())
    sheet = openpyxl.load_workbook(send(desk, "东溪镇", "2016", {"T.11": 3, "T.122": 3}))["统计表"]

    assert [column for column, look in sheet.column_dimensions.items() if look.hidden] == ["E"]
    assert [f.rule for f in desk.examine("2017-01-25").findings if f.level == "must" and f.unit == "970000-001"] == []


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """The year 2021 of one town as it is forwarded."""
    desk = Desk(tmp_path_factory.mktemp("layout"), county())
    send(desk, "东溪镇", "2021", TOWN)
    return openpyxl.load_workbook(desk.run("2022-02-20")[1])


@pytest.mark.slow
def test_the_applications_stand_under_the_headings_of_the_printed_form(workbook):
    sheet = workbook["表三 依申请公开"]

    assert sheet["A3"].value == "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert (sheet["C3"].value, "C3:G3" in map(str, sheet.merged_cells.ranges)) == ("法人或其他组织", True)
    assert [cell.value for cell in sheet[4]][2:7] == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    assert (sheet["A5"].value, sheet["B5"].value) == ("一、本年新收政府信息公开申请数量", 20)


@pytest.mark.slow
def test_the_disputes_are_one_row_of_fifteen(workbook):
    sheet = workbook["表四 复议诉讼"]

    heads = {str(area): sheet[str(area).partition(":")[0]].value for area in sheet.merged_cells.ranges}
    assert {heads[area] for area in ("B3:F3", "G3:P3")} == {"行政复议", "行政诉讼"}
    assert {heads[area] for area in ("G4:K4", "L4:P4")} == {"未经复议直接起诉", "复议后起诉"}
    assert [cell.value for cell in sheet[6]][:7] == ["全年", 2, 0, 0, 0, "=SUM(B6:E6)", 0]
