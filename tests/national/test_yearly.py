"""The national forms: a yearly return is read, judged, added up and printed as the form has it."""

import openpyxl
import pytest

from pipeline.paper.theme import width
from tests.builders import Desk
from tests.national.county import TOWN, county, printed, send, told
from tests.pipeline.overtype import lose_stamp, retouch
from tests.publish.routes import parting

RESULTS = [f"T3.{row}_t" for row in (311, 312, *range(3131, 3139), *range(3141, 3144), *range(3151, 3156))]
AS_OF = "2022-02-20"
TOWNS = ("东溪镇", "西岭乡", "县财政局")


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, county())


def year(desk, changed=None, **more):
    """The three units send their year, the first with what is changed."""
    for n, unit in enumerate(TOWNS):
        own = TOWN | (changed or {} if n == 0 else {})
        send(desk, unit, "2021", own, **(more if n == 0 else {}))
    return desk.examine(AS_OF)


def test_a_year_of_returns_that_add_up_is_silent_and_its_tables_are_the_forms_own(desk):
    outcome = year(desk)

    assert told(outcome) == []
    assert [str(period) for period in outcome.months] == ["2021"]
    assert outcome.span == "2021年"
    assert printed(outcome, "表三", "一、本年新收政府信息公开申请数量", "总计") == 75
    assert printed(outcome, "表三", "（七）总计", "自然人") == 60
    assert printed(outcome, "表三", "四、结转下年度继续办理", "商业企业") == 3
    assert printed(outcome, "表二之八", "行政事业性收费", "本年收费金额（单位：万元）") == 375_000
    assert printed(outcome, "表四", "全年", "行政复议·总计") == 6


@pytest.mark.slow
def test_totals_left_blank_as_published_reports_leave_them_are_no_broken_sums(desk):
    outcome = year(desk, emptied=RESULTS)

    assert told(outcome) == []
    assert printed(outcome, "表三", "（一）予以公开", "总计") == 36


@pytest.mark.slow
def test_the_one_cell_that_does_not_add_up_is_found(desk):
    changed = ({"T3.304_p": 2}, {"T3.311_p": 8}, {"T3.302_c": 1, "T21.2012_valid": 2})
    for unit, numbers in zip(TOWNS, changed, strict=True):
        send(desk, unit, "2021", TOWN | numbers, emptied=RESULTS)

    found = {(f.unit[-1], f.rule) for f in desk.examine(AS_OF).findings if f.level in {"must", "verify"}}

    assert found == {("1", "T3-1"), ("2", "T3-1"), ("3", "T3-1"), ("3", "T2-1")}


@pytest.mark.slow
def test_a_total_typed_over_is_found_at_its_cell(desk):
    outcome = year(desk, typed={"T3.311_t": 13})

    sheet, cell = (
        "表三 依申请公开",
        desk.layout("2021", "东溪镇").cell(
            next(r for r in desk.form("2021").expression("T3.311_t")[0].refs), sheet="表三 依申请公开"
        ),
    )
    assert ("T3-3", sheet, cell) in told(outcome)


@pytest.mark.slow
def test_a_return_that_is_empty_altogether_is_asked_about(desk):
    send(desk, "东溪镇", "2021", {})

    assert "E-MIS-02" in {rule for rule, *_ in told(desk.examine("2022-01-25"))}


@pytest.mark.slow
def test_the_year_is_due_in_the_january_after_and_its_blank_form_says_so(desk):
    send(desk, "东溪镇", "2021", TOWN)

    assert {(f.rule, f.unit, f.period) for f in desk.examine("2022-02-20").findings if f.rule == "E-ABS-01"} == {
        ("E-ABS-01", "970000-002", "2021"),
        ("E-ABS-01", "970000-003", "2021"),
    }
    assert not [f for f in desk.examine("2022-01-25").findings if f.rule == "E-ABS-01"]


@pytest.mark.slow
def test_on_the_form_of_2019_a_change_may_be_negative_and_money_has_its_unit(desk):
    own = {"T21.2011_made": 0, "T22.2051_before": 300, "T22.2051_change": -253, "T22.2051_done": 9,
           "T25.2091_deals": 2, "T25.2091_sum": 251_000, "T3.301_p": 3, "T3.311_p": 3}  # fmt: skip
    send(desk, "东溪镇", "2019", own)
    outcome = desk.examine("2020-01-25")

    assert told(outcome) == []
    assert printed(outcome, "表二之五", "行政许可", "本年增/减") == -253
    assert printed(outcome, "表二之九", "政府集中采购", "采购总金额") == 251_000  # steps of a yuan: 25.1万元


@pytest.mark.slow
def test_what_is_left_over_of_one_year_is_held_against_the_next(desk):
    send(desk, "东溪镇", "2021", TOWN)
    send(desk, "东溪镇", "2022", TOWN | {"T3.302_p": 3, "T3.304_p": 3})
    outcome = desk.examine("2023-01-25", "2022")

    assert {rule for rule, *_ in told(outcome)} == {"T3-4", "T2-2"}


@pytest.mark.slow
def test_a_year_goes_through_to_workbook_drafts_and_report(desk):
    year(desk)
    outcome, workbook = desk.run(AS_OF)

    assert outcome.ready
    assert workbook.name == "2021年度政府信息公开工作年度报告统计汇总.xlsx"
    assert (desk.outbox / "2021").is_dir()
    book = openpyxl.load_workbook(workbook)
    for table in outcome.tables:  # also one of a single column
        sheet = book[table.annual.sheet]
        across = [own.width * (own.max - own.min + 1) for own in sheet.column_dimensions.values()]
        assert sum(across) >= 1.5 * width(sheet["A1"].value), table.annual.sheet
    assert parting(workbook.parent, outcome) == {}


@pytest.mark.slow
def test_on_the_form_of_2014_channels_overlap_and_recalled_wordings_are_said_to_be(desk):
    own = {"T.11": 287, "T.121": 4, "T.122": 123, "T.123": 238, "T.124": 15, "T.125": 14, "T.311": 2, "T.321": 2,
           "T.332": 1, "T.3341": 1}  # fmt: skip
    send(desk, "东溪镇", "2018", own)
    outcome = desk.examine("2019-01-25")
    assert told(outcome) == []

    send(desk, "西岭乡", "2018", own | {"T.122": 10, "T.123": 8})
    assert {rule for rule, *_ in told(desk.examine("2019-01-25"))} == {"T-11A"}
    assert {entry.source for entry in outcome.form.entries.values()} == {"literal", "recalled"}


@pytest.mark.slow
def test_a_report_on_the_form_of_other_years_is_known_by_its_heads_and_gets_the_right_one_back(desk):
    path = send(desk, "东溪镇", "2019", {"T22.2051_before": 300, "T3.301_p": 3, "T3.311_p": 3})
    moved = desk.inbox / "2022" / "东溪镇_2022.xlsx"
    moved.parent.mkdir()
    path.rename(moved)
    retouch("2019年", "2022年")(moved)
    lose_stamp(moved)
    desk.receipts.clear()
    desk.receive(moved, "2023-01-20")
    outcome, _ = desk.run("2023-01-25", "2022")

    assert [(f.rule, f.value) for f in outcome.findings if f.level == "must"] == [("E-FRM-01", "本年新制作数量")]
    assert outcome.facts.empty
    back = desk.outbox / "2022" / "退回" / "2022" / "东溪镇_2022_退回修改.xlsx"
    names = {str(cell.value) for row in openpyxl.load_workbook(back)["表二 主动公开"].iter_rows() for cell in row}
    assert "本年制发件数" in names
    assert "本年新制作数量" not in names
