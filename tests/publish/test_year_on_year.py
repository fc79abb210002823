"""The sheet 同比: this year, last year, increase and percentage, as a reader sees them and as they are computed."""

import io
import re
from dataclasses import replace

import pandas as pd
import pytest

from pipeline.judge.last_year import LastYear
from pipeline.outbox.publish.growth import GROWTH, HEADS, write_growth
from pipeline.paper.theme import Styles
from pipeline.paper.xlsx import Workbook
from pipeline.tables.answers import Answers
from pipeline.tables.year_on_year import year_on_year
from pipeline.values.growth import GrowthTables
from schemas.frames import Returns, frame_of
from schemas.rules.terms import Ref
from tests.publish.reading import formulas, load, shown

pytestmark = pytest.mark.slow

Line = tuple[object, ...]  # 计量单位, 本期, 基期, 增减, 增减%, 说明


def lines(cells: dict[tuple[str, str], object]) -> dict[tuple[str, str], Line]:
    """The lines of the sheet by 指标 and 比较."""
    rows = {int(re.sub(r"\D", "", at)) for sheet, at in cells if sheet == GROWTH}
    found = {n: [cells.get((GROWTH, f"{column}{n}"), "") for column in "ABCDEFGH"] for n in sorted(rows) if n > 3}
    return {(str(line[0]), str(line[1])): tuple(line[2:]) for line in found.values() if line[1]}


@pytest.mark.parametrize(
    ("label", "spans", "line"),
    [
        ("主动公开信息", "全年比上年", ("条", 19649, 18035, 1614, 8.9, "")),
        ("渠道：政府公报", "全年比上年", ("条", 14, 12, 2, 16.7, "")),
        ("方式：咨询电话接听数", "全年比上年", ("人次", 67156, 70480, -3324, -4.7, "")),
        ("类别：规划计划", "全年比上年", ("条", 1162, "—", "—", "—", "无上年数据")),
        ("公共查阅点接待查阅", "全年比上年", ("人次", 1862, 0, 1862, "—", "上年为 0")),
        ("收到依申请公开", "全年比上年", ("条", 0, 0, 0, "—", "持平")),
        ("期末结转申请", "全年比上年", ("条", 0, 0, 0, "—", "持平")),
        ("减免金额", "全年比上年", ("元", 0, "—", "—", "—", "无上年数据")),
        ("主动公开信息", "1月比上年12月", ("条", 1448, 1926, -478, -24.8, "")),
        ("主动公开信息", "10月比9月", ("条", 1591, 1596, -5, -0.3, "")),
    ],
)
def test_a_figure_stands_beside_the_year_or_the_month_before(demo, label, spans, line):
    *figures, note = line
    lacks = f"今年未收齐{'49/50' if label.startswith('期末') else '598/600'}" if spans.startswith("全年") else ""

    assert lines(demo.cells)[label, spans] == (*figures, "；".join(filter(None, [note, lacks])))


def test_months_that_other_units_reported_have_no_percentage(demo):
    notes = {spans: line[-2:] for (label, spans), line in lines(demo.cells).items() if label == "主动公开信息"}

    assert notes["11月比10月"] == ("—", "不可比：本月缺市体育局；本月未收齐49/50")
    assert notes["12月比11月"] == (
        "—",
        "不可比：本月缺市粮食局，上月缺市体育局；本月未收齐49/50；上月未收齐49/50",
    )


def test_money_is_in_yuan(shifan):
    assert lines(shifan.cells)["收费金额", "全年比上年"] == ("元", 1743.55, 1419.55, 324, 22.8, "")


def test_what_the_edition_compares_is_there_and_each_month_of_the_headline(demo):
    report, form = demo.outcome.form.edition.report, demo.outcome.form

    counted = sum(len(form.expression(compared.of)) for compared in report.compared)
    assert len(demo.outcome.growth.yearly) == counted
    assert len(demo.outcome.growth.monthly) == 12 * len(report.headline)
    assert len(lines(demo.cells)) == counted + 12 * len(report.headline)


def test_increase_and_percentage_are_formulas(demo):
    live = [at for sheet, at in formulas(demo.book) if sheet == GROWTH]
    rows = (*demo.outcome.growth.yearly, *demo.outcome.growth.monthly)

    assert len(live) == 2 * len(rows) - sum(bool(row.growth.apart) for row in rows)


def sheet_of(outcome, growth: GrowthTables) -> bytes:
    """A workbook of that sheet alone."""
    out = io.BytesIO()
    with Workbook(out) as workbook:
        workbook.add_worksheet(GROWTH)
        write_growth(workbook, Styles(workbook), replace(outcome, growth=growth))
    return out.getvalue()


def test_where_nothing_is_known_of_last_year_the_sheet_is_there_and_says_so(shifan, tmp_path):
    outcome, path = shifan.outcome, tmp_path / "sheet.xlsx"
    names = [str(Ref(*key)) for key in outcome.form.entries]
    nothing = pd.DataFrame(columns=["unit", "period", *names]).astype(dict.fromkeys(names, "Int64"))
    last = LastYear(2011, outcome.form, outcome.office, nothing, nothing)
    answers = Answers(outcome.form, nothing, frame_of(Returns), outcome.months, outcome.office)
    growth = year_on_year(answers, last)

    path.write_bytes(sheet_of(outcome, growth))

    found = lines(shown(path))
    assert {line[-1] for (_, spans), line in found.items() if spans == "全年比上年"} == {"无本期数据"}
    assert found["主动公开信息", "全年比上年"] == ("条", "—", "—", "—", "—", "无本期数据")
    texts = [value for (_, at), value in shown(path).items() if at.startswith("A")]
    assert "        5.没有上年数：请把上年各月的月报或“上年数据.xlsx”放进收件夹。" in texts
    assert [cell.value for cell in load(path)[GROWTH][3]] == list(HEADS)
