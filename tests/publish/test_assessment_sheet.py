"""考核 on paper: what was assessed and no more, sums that are live, one chart that words describe too."""

import csv
import shutil
import zipfile
from dataclasses import replace

import pytest

from pipeline.outbox.publish.assessment import ASSESSMENT, write_assessment
from pipeline.outbox.publish.papers import papers_name
from pipeline.outbox.publish.unit_chart import alt_text
from pipeline.paper.theme import Styles
from pipeline.paper.xlsx import Workbook
from tests.cli.settings import sheet_of
from tests.publish.reading import by_formualizer, formulas, load, shown

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def workbook(quarter):
    desk, outcome = quarter
    return desk.outbox / "2012" / papers_name(outcome)


@pytest.fixture(scope="module")
def sheet(workbook):
    rows = sheet_of(workbook, ASSESSMENT)
    head = [str(name).replace("\n", "") for name in rows[2]]
    return {row[0]: dict(zip(head, row, strict=True)) for row in rows[3:] if row[0]}


def test_a_unit_is_shown_with_every_figure(sheet):
    assert sheet["市卫生局"] == {
        "单    位": "市卫生局", "应报": 4, "收到": 3, "入汇": 3, "按时": 2, "迟报": 1, "未报": 1, "迟报天数": 3, "一次通过": 2,
        "退过": 1, "最多报几次": 2, "按时率": 0.5, "一次通过率": "不评", "按时后比前": 0, "一次通过后比前": 0, "待答": 1,
        "最久（天）": 17, "用到的信息类别": 3, "台账条数": 30, "从制作到公开（天，中位）": 0, "与同类比": "按时率低",
    }  # fmt: skip


def test_a_unit_that_is_slower_is_told_by_how_much(sheet):
    assert sheet["市科技局"]["与同类比"] == "从制作到公开多2天"
    assert sheet["市教育局"]["与同类比"] == "不落后"


def test_the_medians_of_a_kind_stand_above_its_units(sheet):
    medians = sheet["中位：市政府部门"]

    assert (medians["按时率"], medians["一次通过率"], medians["从制作到公开（天，中位）"]) == (1, "—", 0)


def test_sums_and_rates_are_live_and_show_what_they_compute(sheet, workbook, tmp_path):
    copied = tmp_path / "copied.xlsx"
    shutil.copyfile(workbook, copied)
    live = {cell for name, cell in formulas(load(copied)) if name == ASSESSMENT}
    again = {at: v for at, v in shown(by_formualizer(copied)).items() if at[0] == ASSESSMENT}

    assert {"B4", "L4", "L6", "M6"} <= live
    assert again == {at: v for at, v in shown(workbook).items() if at[0] == ASSESSMENT}
    assert (sheet["合    计"]["应报"], sheet["合    计"]["按时率"]) == (12, 10 / 12)


def test_the_method_stands_below_the_table(sheet):
    notes = "".join(str(label) for label in sheet)

    for said in ("催报次数不计入", "不足4份的写“不评”", "一共8类", "不足3个的，不比", "也不排名次"):
        assert said in notes


def test_the_chart_is_described_in_words(quarter, workbook):
    _, outcome = quarter
    with zipfile.ZipFile(workbook) as parts:
        drawn = [parts.read(name).decode() for name in parts.namelist() if "drawings/drawing" in name]
    told = "堆积柱形图：3个单位各自迟报、退过、未报的份数。迟报共1份，退过共1份，未报共1份，出在1个单位。"

    assert alt_text(outcome.assessed) == told
    assert [text for text in drawn if f'descr="{told}"' in text]


def test_the_file_says_what_the_sheet_says(quarter):
    desk, _ = quarter
    path = desk.outbox / "2012" / "data" / "assessment.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {desk.office.short(row["unit"]): row for row in csv.DictReader(file)}

    assert (rows["市卫生局"]["on_time_rate"], rows["市卫生局"]["first_right_rate"]) == ("0.5", "")
    assert (rows["市卫生局"]["oldest_days"], rows["市教育局"]["oldest_days"]) == ("17", "")
    assert (rows["市卫生局"]["peers"], rows["市卫生局"]["peers_days"]) == ("3", "0")


def test_it_counts_what_the_sheet_of_returns_counts(demo):
    """In the demonstration year every month is due, so both sheets speak of the same returns."""
    status = {row[0]: row[-4:] for row in sheet_of(demo.workbook, "报送情况")[3:] if isinstance(row[-1], float | int)}
    own = {row[0]: row for row in sheet_of(demo.papers, ASSESSMENT)[3:] if row[0] in status}

    assert len(own) == len(status) == 50
    assert {unit: [row[4], row[5], row[9], row[6]] for unit, row in own.items()} == status


def only_this_sheet(outcome, path):
    with Workbook(path) as workbook:
        workbook.add_worksheet(ASSESSMENT)
        write_assessment(workbook, Styles(workbook), outcome)
    return [str(value) for value in shown(path).values()]


def test_where_nothing_went_wrong_there_is_no_chart(quarter, tmp_path):
    fine = tuple(unit for unit in quarter[1].assessed if not unit.late)
    texts = only_this_sheet(replace(quarter[1], assessed=fine), tmp_path / "fine.xlsx")

    assert "各单位没有迟报、退过和未报的，不画图。" in texts
    with zipfile.ZipFile(tmp_path / "fine.xlsx") as parts:
        assert [name for name in parts.namelist() if "chart" in name] == []


def test_where_nothing_is_due_nobody_is_assessed(quarter, tmp_path):
    texts = only_this_sheet(replace(quarter[1], assessed=()), tmp_path / "none.xlsx")

    assert "还没有到应报日期的报表，暂不考核。" in texts
    assert "合    计" not in texts
