"""What is known of the year before: by its returns, by the office's own file, and where they differ."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.intake import read_last_year, read_own_files
from pipeline.judge.last_year import LAST_YEAR, LastFile, LastYear
from pipeline.judge.reconcile.last_year import against_last_year
from pipeline.tables.answers import Answers
from pipeline.tables.year_on_year import year_on_year
from pipeline.values.periods import Month
from schemas.forms import read_form
from schemas.frames import Returns, frame_of
from schemas.office import read_office
from schemas.rules.terms import Ref
from schemas.units import units_of
from tests.builders import Desk, complaints
from tests.pipeline.happenings import knows, of_the_city, of_unit
from tests.pipeline.test_carried import comparison

pytestmark = pytest.mark.slow

OFFICE = read_office()._replace(units=read_office().units[:2])
FORM = read_form("jyg-2012", OFFICE)
ONE, OTHER = (unit.code for unit in OFFICE.units)
YEAR = list(Month(2011, 1).until(Month(2011, 12)))
HALF = YEAR[:6]
PUBLISHED, CLOSING, MONEY = "T2.01", "T3.305", "T8.801_charged"


def read(desk: Desk, *rows: tuple) -> LastFile:
    knows(desk, *rows)
    return read_file(desk.inbox)


def read_file(inbox: Path) -> LastFile:
    return read_last_year(read_own_files(inbox, 0)[LAST_YEAR], [FORM], OFFICE, 2012)


def returned(*returns: tuple[str, str, dict[str, int]]) -> pd.DataFrame:
    """One wide row a return, with 0 in every line but those given."""
    names = [str(Ref(*key)) for key in FORM.entries]
    rows = [dict.fromkeys(names, 0) | values for _, _, values in returns]
    about = pd.DataFrame([(unit, period) for unit, period, _ in returns], columns=["unit", "period"], dtype="str")
    about["calendar_month"] = about["period"].str[-2:].astype(int)
    return pd.DataFrame(rows, columns=names, dtype="Int64").join(about)


def known(desk: Desk, *rows: tuple, returns: pd.DataFrame | None = None) -> LastYear:
    there = returned() if returns is None else returns
    return LastYear(2011, FORM, OFFICE, there, there, read(desk, *rows))


def value(last: LastYear, line: str, months: list[Month], unit: str = "") -> int | None:
    return last.value(FORM.expression(line)[0], months, unit)


# ---- 上年数据.xlsx as it is filled in


def test_without_the_file_nothing_is_known(tmp_path):
    assert read_file(tmp_path) == LastFile()


@pytest.mark.parametrize(
    ("row", "figure"),
    [
        (("", "", "2011年", "T2", "01", "", 18035, ""), ("", "2011", PUBLISHED, 18035)),
        (("", "", 2011, "T2", 1, "", "18,035", ""), ("", "2011", PUBLISHED, 18035)),
        ((ONE, "", "2011年9月", "T2", "01", "", 0, ""), (ONE, "2011-09", PUBLISHED, 0)),
        (("", "雄关区", date(2011, 9, 1), "T2", "01", "", 7, ""), (ONE, "2011-09", PUBLISHED, 7)),
        ((ONE, "雄关区人民政府", "2011-09", "T2", "01", "", 7, ""), (ONE, "2011-09", PUBLISHED, 7)),
        (("", "", "2011年度", "T8", "801_charged", "", 12.5, ""), ("", "2011", MONEY, 1250)),
    ],
)
def test_a_row_is_a_figure_however_a_spreadsheet_keeps_it(desk, row, figure):
    file = read(desk, row)

    assert file.findings == ()
    assert [(f.unit, f.period, str(f.ref), f.value, f.cell) for f in file.figures] == [(*figure, "G2")]


@pytest.mark.parametrize(
    ("row", "cell", "says"),
    [
        (("620200-099", "", "2011年", "T2", "01", "", 1, ""), "A2", "“单位代码”写的是“620200-099”，不在单位名录里"),
        (("", "雄关局", "2011年", "T2", "01", "", 1, ""), "B2", "“单位”写的是“雄关局”，不在单位名录里，最接近的是“雄关区”"),
        ((ONE, "镜铁区", "2011年", "T2", "01", "", 1, ""), "B2", f"在名录里的代码是 {OTHER}，与“单位代码”不符"),
        (("", "", "去年", "T2", "01", "", 1, ""), "C2", "“报告期”写的是“去年”，应是上年（2011年）的年份或月份"),
        (("", "", "", "T2", "01", "", 1, ""), "C2", "“报告期”没有填"),
        (("", "", "2011年", "T22", "01", "", 1, ""), "D2", "“表”写的是“T22”，表式里没有这张表，最接近的是“T2”"),
        (("", "", "2011年", "T2", "99", "", 1, ""), "E2", "“代码”写的是“99”，表 T2 里没有这一行"),
        (("", "", "2011年", "T2", "01", "", "一万", ""), "G2", "“数值”写的是“一万”，读不出数字"),
        (("", "", "2011年", "T2", "01", "", 1.5, ""), "G2", "“数值”写的是“1.5”，读不出数字"),
        (("", "", "2011年", "T2", "01", "", -1, ""), "G2", "“数值”写的是“-1”，不能是负数"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_used_is_told_and_its_row_is_not(desk, row, cell, says):
    file = read(desk, row, of_the_city("2011年", "T2", "03", 9))

    (finding,) = file.findings
    assert (finding.rule, finding.sheet, finding.cell) == ("W-LST-01", "上年数据", cell)
    assert says in finding.message
    assert [str(f.ref) for f in file.figures] == ["T2.03"]


def test_a_row_without_a_number_says_nothing(desk):
    assert read(desk, of_the_city("2011年", "T2", "01", "")) == LastFile()


def test_of_rows_about_one_thing_only_a_figure_that_is_certain_is_taken(desk):
    same, other = (of_the_city("2011年", "T2", code, 9) for code in ("01", "03"))

    file = read(desk, same, same, other, of_the_city("2011年", "T2", 3, 8))

    assert [(f.rule, f.cell) for f in file.findings] == [("W-LST-02", "G3"), ("W-LST-02", "G5")]
    assert [(str(f.ref), f.value) for f in file.figures] == [(PUBLISHED, 9)]


def test_a_file_without_its_headings_is_said_at_once(desk):
    knows(desk, headings=("单位", "数值"))

    file = read_file(desk.inbox)

    assert [(f.rule, f.file) for f in file.findings] == [("W-FIL-01", "上年数据.xlsx")]
    assert "第 1 行：缺少“单位代码”栏" in file.findings[0].message


# ---- what is known of a span


def test_a_year_a_month_and_the_months_of_a_span(desk):
    months = [of_the_city(f"2011年{month}月", "T2", "01", month) for month in range(1, 7)]
    last = known(desk, of_the_city("2011年", "T2", "01", 100), *months)

    assert value(last, PUBLISHED, YEAR) == 100
    assert value(last, PUBLISHED, HALF) == 21
    assert value(last, PUBLISHED, YEAR[:7]) is None
    assert value(last, "T2.03", YEAR) is None
    assert value(last, "T2.01 + T2.03", YEAR) is None


def test_the_city_is_all_of_its_units_or_not_known(desk):
    one, other = of_unit(ONE, "2011年", "T2", "01", 4), of_unit(OTHER, "2011年", "T2", "01", 5)

    assert value(known(desk, one, other), PUBLISHED, YEAR) == 9
    assert value(known(desk, one), PUBLISHED, YEAR) is None
    assert value(known(desk, one), PUBLISHED, YEAR, ONE) == 4


def test_the_years_end_of_a_stock_is_that_of_december(desk):
    last = known(desk, of_the_city("2011年", "T3", "305", 8))

    assert value(last, CLOSING, YEAR) == value(last, CLOSING, YEAR[11:]) == 8
    assert value(last, CLOSING, HALF) is None


def test_returns_serve_before_the_file_where_every_month_is_there(desk):
    returns = returned(*((unit, str(month), {PUBLISHED: 1}) for month in YEAR for unit in (ONE, OTHER)))
    whole = of_the_city("2011年", "T2", "01", 100)

    assert value(known(desk, whole, returns=returns), PUBLISHED, YEAR) == 24
    assert value(known(desk, whole, returns=returns[2:]), PUBLISHED, YEAR) == 100
    assert value(known(desk, returns=returns[2:]), PUBLISHED, YEAR) is None
    assert value(known(desk, returns=returns[2:]), PUBLISHED, YEAR[1:]) == 22


# ---- checks


def found(last: LastYear, wide: pd.DataFrame) -> tuple[dict[str, tuple], list[tuple[str, str]]]:
    """The comparisons by id, and the findings with their cells."""
    checked = list(against_last_year(last, wide))
    rows = {d.id: (d.left_value, d.right_value, d.difference, d.verdict) for d, _ in checked if d}
    return rows, [(f.rule, f.cell) for _, findings in checked for f in findings]


def test_what_was_reported_last_year_must_stand_in_the_file(desk):
    returns = returned((ONE, "2011-03", {PUBLISHED: 6}), (OTHER, "2011-03", {PUBLISHED: 4}))
    right, wrong = of_unit(ONE, "2011年3月", "T2", "01", 6), of_the_city("2011年3月", "T2", "01", 11)
    unknown = of_the_city("2011年4月", "T2", "01", 1)

    assert found(known(desk, right, unknown, returns=returns), returned()) == ({"L-01": (6, 6, 0, "一致")}, [])
    rows, told = found(known(desk, right, wrong, returns=returns), returned())
    assert (rows, told) == ({"L-01": (17, 16, 1, "不一致")}, [("W-LST-03", "G3")])


def test_a_year_must_be_the_sum_of_its_months(desk):
    months = [of_the_city(f"2011年{month}月", "T2", "01", 1) for month in range(1, 13)]

    assert found(known(desk, of_the_city("2011年", "T2", "01", 12), *months), returned())[1] == []
    assert found(known(desk, of_the_city("2011年", "T2", "01", 13), *months), returned())[1] == [("W-LST-04", "G2")]


@pytest.mark.parametrize(
    ("openings", "row", "told"),
    [
        ((5, 3), (8, 8, 0, "一致"), []),
        ((5, 2), (7, 8, -1, "不一致"), [("W-LST-05", "G2")]),
        ((5,), (5, 8, None, "未判"), []),
    ],
)
def test_the_openings_of_january_are_the_citys_closing_of_december(desk, openings, row, told):
    last = known(desk, of_the_city("2011年12月", "T3", "305", 8))
    wide = returned(*((unit, "2012-01", {"T3.301": n}) for unit, n in zip((ONE, OTHER), openings, strict=False)))

    assert found(last, wide) == ({"L-02": row}, told)


def test_where_units_are_known_one_by_one_january_is_asked_at_its_own_cell(desk):
    desk.send("市财政局", changes={"T3.301": 4, "T3.305": 4})
    desk.send("市水务局", changes={"T3.301": 1, "T3.305": 1}, notes={"T3.301": "1件申请人撤回后重新提出"})
    closings = (("市财政局", 6), ("市水务局", 0))
    knows(desk, *(of_unit(unit, "2011年12月", "T3", "305", closing) for unit, closing in closings))

    outcome = desk.examine()

    assert [(f.rule, f.unit, f.cell, f.state) for f in outcome.findings] == [
        ("A-06", "620200-021", "D25", "已说明"), ("A-06", "620200-015", "D25", "待说明"),
    ]  # fmt: skip
    assert outcome.not_judged["A-06"] == 0
    assert comparison(outcome, "A-06")[:4] == (5, 6, -1, "不一致")


@pytest.fixture(scope="module")
def next_year(tmp_path_factory):
    """A unit closes 2012 with three applications open and begins 2013 with two; a second December was sent back."""
    desk = Desk(tmp_path_factory.mktemp("next_year"))
    desk.send("市教育局", "2012-12", {"T2.10": 3, "T2.11": 3, "T3.305": 3})
    desk.send("市教育局", "2012-12", {"T2.10": 9}, name="重报.xlsx", received="2013-01-06")
    desk.send("市教育局", "2013-01", {"T3.301": 2, "T3.302": 1, "T3.303": 1, "T3.305": 1, "T2.17": 1, "T2.18": 1})
    return desk.examine(as_of="2013-01-31")


def test_last_years_returns_are_judged_as_this_years_are(next_year):
    (finding,) = [f for f in next_year.findings if f.rule == "A-06"]

    assert (finding.period, finding.cell) == ("2013-01", "D25")
    assert "上月“结转下月申请数”（305行）是 3 条，少 1 条" in finding.message
    assert next_year.growth.sources == "2012年的月报"


def test_january_stands_beside_december_and_beside_last_january(next_year):
    months = {row.label: row for row in next_year.growth.monthly}
    year = {row.label: row for row in next_year.growth.yearly}

    assert (months["依申请公开"].spans, months["依申请公开"].growth.increase) == ("1月比上年12月", -3)
    assert (year["收到依申请公开"].spans, year["收到依申请公开"].growth.note) == (
        "1月比上年",
        "无上年数据；今年未收齐1/50",
    )


# ---- what is compared, and what cannot be


def changes(last: LastYear, *returns: tuple[str, str, dict[str, int]], months: int = 1) -> dict[tuple[str, str], str]:
    wide = returned(*returns)
    span = list(Month(2012, 1).until(Month(2012, months)))
    made = year_on_year(Answers(last.form, wide, frame_of(Returns), span, last.office), last)
    return {(row.label, row.spans): row.growth.note.partition("；")[0] for row in (*made.yearly, *made.monthly)}


def test_another_set_of_units_cannot_be_compared(desk):
    before = returned((ONE, "2011-01", {PUBLISHED: 6}), (OTHER, "2011-01", {PUBLISHED: 4}))
    notes = changes(
        known(desk, returns=before), (ONE, "2012-01", {}), (ONE, "2012-02", {}), (OTHER, "2012-02", {}), months=2
    )

    assert notes["主动公开信息", "1—2月比上年"] == "无上年数据"
    assert notes["主动公开信息", "2月比1月"] == "不可比：上月缺镜铁区"
    assert changes(known(desk, returns=before), (ONE, "2012-01", {}))["主动公开信息", "1月比上年"] == (
        "不可比：今年缺镜铁区"
    )


def test_a_unit_that_did_not_exist_yet_is_not_lacking(desk):
    founded = units_of([*OFFICE.units[0].rows, OFFICE.units[1].rows[0].model_copy(update={"valid_from": "2012-02"})])
    last = replace(known(desk), office=OFFICE._replace(units=founded))
    notes = changes(last, (ONE, "2012-01", {}), (ONE, "2012-02", {}), (OTHER, "2012-02", {}), months=2)

    assert notes["主动公开信息", "2月比1月"] == "不可比：上月没有镜铁区（不在名录）"


def test_a_base_of_which_returns_are_lacking_says_so(desk):
    before = returned((ONE, "2011-01", {PUBLISHED: 6}))
    last = known(desk, returns=before)
    answers = Answers(FORM, returned((ONE, "2012-01", {PUBLISHED: 9})), frame_of(Returns), [Month(2012, 1)], OFFICE)
    (growth,) = [row.growth for row in year_on_year(answers, last).yearly if row.label == "主动公开信息"]

    assert (growth.increase, growth.now_lacks, growth.base_lacks) == (3, "1/2", "1/2")
    assert growth.note == "今年未收齐1/2；上年未收齐1/2"


def test_what_last_years_form_had_not_cannot_be_compared(desk):
    line = FORM.entries["T2", "01"]
    brought = {("T2", "01"): {"quantity": line.quantity, "unlisted": (("2010-01", "2011-12"),)}}
    last = known(desk, of_the_city("2011年1月", "T2", "01", 9))
    notes = changes(replace(last, form=replace(FORM, brought=brought)), (ONE, "2012-01", {}), (OTHER, "2012-01", {}))

    assert notes["主动公开信息", "1月比上年"] == "不可比：上年的表式没有这一项"
    assert notes["依申请公开", "1月比上年12月"] == "无上月数据"


def test_what_nobody_is_asked_is_not_known_rather_than_0(desk):
    staff = ("信息公开工作人员", "1月比上年")

    assert changes(known(desk), (ONE, "2012-01", {}), (OTHER, "2012-01", {}))[staff] == "无本期数据"


def test_a_line_of_june_and_december_is_carried_until_it_is_asked_again(desk):
    for month, staff in (("2012-06", 3), ("2012-07", 0)):
        desk.send("市教育局", month, {"T9.901": staff, "T9.902": staff} if staff else {"T2.05": 7})
    desk.send("市财政局", "2012-06", {"T9.901": 4, "T9.902": 4})
    outcome = desk.examine(through="2012-07")
    row = next(row for row in outcome.growth.yearly if row.label == "信息公开工作人员")

    assert complaints(outcome) == []
    assert (row.spans, row.growth.now) == ("1—7月比上年", 3 + 4)


def test_rows_of_other_years_serve_those_years_and_are_no_finding(desk):
    file = read(desk, *(of_the_city(f"{year}年", "T2", "01", 100 + year) for year in (2009, 2010, 2011, 2012, 2013)))

    assert [(f.period, f.value) for f in file.figures] == [("2011", 2111)]
    assert file.findings == ()
