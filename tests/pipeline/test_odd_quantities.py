"""A form with every kind of number: money in 元 and in 万元, tenths, beside counts; from the cell to every output."""

import csv
import json

import openpyxl
import pytest

from pipeline.desk.forwarding import forward
from pipeline.outbox.publish.machine import machine_rows
from pipeline.tables.explain import explain
from schemas.forms import forms_of
from schemas.mistake import Mistake
from tests.builders import Quiet, office_of
from tests.cli.settings import Settings, sheet_of
from tests.pipeline.overtype import overtype
from tests.publish.reading import by_formualizer, shown
from tests.publish.routes import parting

pytestmark = pytest.mark.slow

AFTER_LINES = ']\n\n[[table]]\nid = "T3"'
LINES = """    { code = "93", name = "复印支出", unit = "元", decimals = 2 },
    { code = "94", name = "建设投入", unit = "万元", decimals = 2 },
    { code = "95", name = "设备投入", unit = "万元" },
    { code = "96", name = "培训天数", unit = "天", decimals = 1 },
"""
TABLES = """
[[rule]]
id = "T2-93"
level = "verify"
holds = "T2.93 <= T2.94"

[[annual]]
id = "表12"
title = "投入"
sheet = "表12 投入"
rows = "lines"
lines = "T2.93..96"

[[annual]]
id = "表13"
title = "投入（按月份分）"
sheet = "表13 月份×投入"
rows = "months"
column = [{ of = "T2.93" }, { of = "T2.94" }, { of = "T2.93 + T2.94 + T2.95", name = "投入合计" }, { of = "T2.96" }]

[[annual]]
id = "表14"
title = "投入（按部门分）"
sheet = "表14 部门×投入"
rows = "units"
column = [{ of = "T2.94" }, { of = "T2.95" }, { of = "T2.93 - T2.94", name = "差" }]

[[annual]]
id = "表15"
title = "收费"
sheet = "表15 收费"
rows = "codes"
codes = "fees"
column = [{ of = "T8.{row}_charged - T8.{row}_waived", name = "净收费" }]
"""
JANUARY = {"T2.93": 1250, "T2.94": 250, "T2.95": 3, "T2.96": 15, "T8.801_waived": 350, "T8.801_exempt": 1}
AS_OF = "2012-02-05"


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    own = Settings(tmp_path_factory.mktemp("quantities")).put_before("jyg-2012.toml", AFTER_LINES, LINES)
    return own.append("jyg-2012.toml", TABLES)


@pytest.fixture(scope="module")
def story(settings):
    """January forwarded, then its 建设投入 corrected from 2.50 to 2.75 万元 and 设备投入 from 3 to 4."""
    desk = settings.desk()
    desk.office = office_of(desk.office, (desk.unit("市卫生局"),))
    path = desk.send(changes=JANUARY, received="2012-02-02")
    first, workbook = desk.run(AS_OF, "2012-01")
    before = first, sheet_of(workbook, "表12"), sheet_of(workbook, "表13"), sheet_of(workbook, "表15")
    done = forward(desk.request(AS_OF, "2012-01"), "", Quiet())
    assert done.new, done.outcome.verdict
    desk.send(changes=JANUARY | {"T2.94": 275, "T2.95": 4}, received="2012-02-04", name="2012-01/again.xlsx")
    return desk, path, before, desk.run(AS_OF, "2012-01")


def csv_of(workbook, name):
    with (workbook.parent / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_cell_takes_and_shows_the_decimals_of_its_line(story):
    desk, path, *_ = story
    book = openpyxl.load_workbook(path)
    places = {code: desk.cell(f"T2.{code}") for code in ("93", "94", "95", "96")}

    assert {code: shown(path)[place] for code, place in places.items()} == {"93": 12.5, "94": 2.5, "95": 3, "96": 1.5}
    assert {code: book[sheet][cell].number_format for code, (sheet, cell) in places.items()} == {
        "93": "#,##0.00_)", "94": "#,##0.00_)", "95": "#,##0_)", "96": "#,##0.0_)",
    }  # fmt: skip
    assert {key: value for key, value in shown(by_formualizer(path)).items() if str(value).startswith("×")} == {}


def test_the_facts_say_each_number_in_its_own_unit(story):
    *_, (_, workbook) = story
    facts = {row["line"]: (row["value"], row["unit_of_measure"]) for row in csv_of(workbook, "facts")
             if row["table"] == "T2" and row["measure"] == "month"}  # fmt: skip

    assert (facts["93"], facts["94"], facts["95"], facts["96"]) == (
        ("12.50", "元"), ("2.75", "万元"), ("4", "万元"), ("1.5", "天"),
    )  # fmt: skip


def test_an_annual_table_prints_each_number_in_the_unit_it_names(story):
    _, _, (_, lines, months, codes), _ = story
    by_line = {row[0]: row[1] for row in lines if row[0]}
    by_month = {row[0]: row[1:5] for row in months if row[0]}

    assert [by_line[f"{name}"] for name in ("复印支出（元）", "建设投入（万元）", "设备投入（万元）", "培训天数（天）")] == [
        12.5, 2.5, 3, 1.5,
    ]  # fmt: skip
    assert by_month["1月"] == by_month["1月合计"] == [12.5, 2.5, 55_012.5, 1.5]
    assert {row[0]: row[1] for row in codes if row[0]}["检索费"] == -3.5


def test_three_routes_to_every_printed_cell_agree(story):
    *_, (outcome, workbook) = story

    assert parting(workbook.parent, outcome) == {}


def test_a_sum_of_both_is_explained_by_numbers_in_their_own_units(story):
    *_, (outcome, _) = story
    told = explain(outcome, "表13", "1月", "投入合计")

    assert told.answer.told(told.quantity) == "67,512.50元"
    assert sorted(source.quantity.told(source.value) for source in told.sources) == ["12.50元", "2.75万元", "4万元"]


def test_what_moves_with_a_correction_is_told_in_its_own_unit(story):
    *_, (_, workbook) = story
    moved = {(row["table"], row["row"], row["column"]): row for row in csv_of(workbook, "ripple")}
    changed = {row["line"]: row for row in csv_of(workbook, "revisions")}

    def told(row):
        return row["before"], row["after"], row["difference"], row["unit_of_measure"]

    assert told(changed["94"]) == ("2.50", "2.75", "0.25", "万元")
    assert told(changed["95"]) == ("3", "4", "1", "万元")
    assert told(moved["表12", "建设投入（万元）", "1月合计"]) == ("2.50", "2.75", "0.25", "万元")
    assert told(moved["表13", "1月", "投入合计"]) == ("55012.50", "67512.50", "12500.00", "元")
    assert told(moved["表14", "合计", "差"]) == ("-24987.50", "-27487.50", "-2500.00", "元")


def test_the_machine_sheet_and_run_json_hold_the_same_numbers(story):
    *_, (outcome, workbook) = story
    _, rows = machine_rows(outcome)
    values = next(row.values for row in rows if row.about[4:6] == ("T2", "month"))

    assert [values[code] for code in ("93", "94", "95", "96")] == [12.5, 2.75, 4, 1.5]
    assert json.loads((workbook.parent / "run.json").read_text("utf-8"))["headline"]["主动公开信息"] == 10


@pytest.mark.parametrize(
    ("code", "typed", "says"),
    [("94", 2.505, "最多两位小数"), ("96", 1.25, "最多一位小数"), ("95", 2.5, "填了 2.5")],
)
def test_more_decimals_than_a_line_has_are_asked_about(settings, tmp_path, code, typed, says):
    desk = settings.desk()
    desk.folder = tmp_path
    sheet, cell = desk.cell(f"T2.{code}")
    desk.send(changes=JANUARY, edit=overtype(sheet, **{cell: typed}))

    assert [f.message for f in desk.examine().findings if f.cell == cell and says in f.message]


def test_a_rule_holds_yuan_against_ten_thousands_of_it(settings, tmp_path):
    desk = settings.desk()
    desk.folder = tmp_path
    desk.send(changes=JANUARY | {"T2.93": 2_500_001})
    found = [f for f in desk.examine().findings if f.rule == "T2-93"]

    assert [f.cell for f in found] == [desk.cell("T2.93")[1]]
    assert "“复印支出”（93行）是 25,000.01 元，“建设投入”（94行）是 25,000.00 元，多 0.01 元" in found[0].message


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("T2.93 <= T2.94", "T2.93 <= T2.96", "“元”（金额）和“天”不能放在一起加减或比较"),
        ('{ of = "T2.93 + T2.94 + T2.95"', '{ of = "T2.93 + T2.01"', "“条”（件数）不能放在一起"),
        (
            'measures = ["month"]\nrows = "fees"',
            'measures = ["month", "year_to_date"]\nrows = "fees"',
            '表 T8 是矩阵，只有本月数，写 measures = ["month"]',
        ),
        ('unit = "天", decimals = 1', 'unit = "天", decimals = 9', "“decimals”写了“9”，太大"),
    ],
)
def test_a_mistake_is_told_at_its_line(settings, tmp_path, before, after, says):
    own = Settings(tmp_path)
    path = own.editions / "jyg-2012.toml"
    whole = (settings.editions / "jyg-2012.toml").read_text("utf-8")
    assert whole.count(before) == 1
    path.write_text(whole.replace(before, after), "utf-8")
    with pytest.raises(Mistake, match=r"jyg-2012\.toml 第 \d+ 行") as told:
        forms_of(own.desk().office)
    assert says in str(told.value)
