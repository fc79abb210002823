"""The demonstration year: the 2012 report's figures come out, every planted fault is found, and nothing else."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from pipeline.desk.demo import compare, read_plan
from pipeline.desk.demo.build import _month
from pipeline.desk.demo.share import share_out
from pipeline.desk.demo.year import Planted, Year
from pipeline.values.periods import Month
from schemas.forms import read_form
from schemas.office import read_office

FIGURES = Path(__file__).parent / "figures_2012.csv"  # as the 2012 report prints them
AS_PRINTED = {row["code"]: int(row["value"]) for row in csv.DictReader(FIGURES.read_text("utf-8").splitlines())}
OFFICE = read_office()
PLAN = read_plan(OFFICE)
FORM = read_form("jyg-2012", OFFICE)


def planted(folder: Path) -> list[Planted]:
    with (folder / "预设差错.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [{**row, "difference": int(row["difference"])} for row in csv.DictReader(file)]
    return [Planted(**row) for row in rows]


def against_the_report(outcome, code: str):
    return next(d for d in outcome.differences if d.id == f"P-{code}")


def year_total(outcome, table: str, column: str) -> int:
    """A cell of an annual table's first row."""
    annual = next(t for t in outcome.tables if t.annual.id == table)
    return annual.rows[0].numbers[[c.name for c in annual.columns].index(column)]


def test_every_planted_fault_is_found_once_and_nothing_else(demo_folder, demo_outcome):
    faults = planted(demo_folder)

    wanted = Counter((p.rule, p.unit, p.period, p.sheet, p.cell) for p in faults)
    assert Counter((f.rule, f.unit, f.period, f.sheet, f.cell) for f in demo_outcome.findings) == wanted
    assert set(wanted.values()) == {1}
    assert compare(faults, demo_outcome) == (["预设差错 15 处，找出 15 处，多报 0 处。"], True)


def test_a_fault_that_is_not_found_is_missed(demo_folder, demo_outcome):
    more = Planted("T2-10", "620200-001", "2012-01", "基本情况", "D17", "没有的差错")

    lines, exact = compare([*planted(demo_folder), more], demo_outcome)

    assert (lines[1], exact) == ("  没有找出：T2-10 620200-001 2012-01 基本情况!D17", False)


@pytest.mark.parametrize("code", [code for code in AS_PRINTED if code != "consult"])
def test_each_figure_of_the_report_is_the_sum_of_the_returns(demo_outcome, code):
    row = against_the_report(demo_outcome, code)

    assert (row.left_value, row.right_value) == (AS_PRINTED[code],) * 2
    assert (row.difference, row.verdict, row.explanation) == (0, "一致", "")


def test_the_consultations_do_not_add_up_to_what_is_printed(demo_outcome):
    row = against_the_report(demo_outcome, "consult")

    assert (row.left_value, row.right_value, row.difference) == (AS_PRINTED["consult"], 154875, -20)
    assert "像是一位数字之误" in row.explanation
    assert "不是哪份月报造成的" in row.explanation


@pytest.mark.parametrize(
    ("table", "column", "code"),
    [
        ("表1", "主动公开信息数", "total"), ("表2", "主动公开信息数", "total"), ("表3", "主动公开信息数", "total"),
        ("表1", "省级政府及部门网站", "ch1"), ("表1", "市政府网站", "ch2"), ("表1", "各部门网站", "ch3"),
        ("表1", "政府公报", "ch4"), ("表1", "新闻媒体", "ch5"), ("表1", "新闻发布会", "ch6"),
        ("表1", "其他形式", "ch7"), ("表2", "新闻媒体", "ch5"), ("表5", "现场接待", "consult1"),
        ("表5", "网上咨询", "consult2"),
        ("表5", "电话咨询", "consult3"), ("表6", "接待现场查阅", "point1"), ("表6", "提供查阅", "point2"),
        ("表11", "新增规范性文件", "norm"), ("表11", "提供服务类信息", "service"),
        ("表11", "网站信息公开页面访问量", "views"), ("表2", "市政府网站", "ch2"), ("表4", "台账条数", "total"),
        ("表4", "省级政府及部门网站", "ch1"), ("表4", "市政府网站", "ch2"), ("表4", "各部门网站", "ch3"),
        ("表4", "政府公报", "ch4"), ("表4", "新闻媒体", "ch5"), ("表4", "新闻发布会", "ch6"), ("表4", "其他形式", "ch7"),
        ("表5续", "现场接待", "consult1"), ("表5续", "网上咨询", "consult2"), ("表5续", "电话咨询", "consult3"),
        ("表7", "本月受理", "apply"), ("表7续", "受理", "apply"), ("表8", "收费金额", "fee"), ("表8续", "收费金额", "fee"),
        ("表9", "行政复议", "review"), ("表9", "行政诉讼", "suit"), ("表9", "行政申诉", "appeal"),
        ("表11续", "新增规范性文件", "norm"), ("表11续", "提供服务类信息", "service"),
        ("表11续", "网站信息公开页面访问量", "views"),
    ],
)  # fmt: skip
def test_the_annual_tables_carry_the_figures_of_the_report(demo_outcome, table, column, code):
    assert year_total(demo_outcome, table, column) == AS_PRINTED[code]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("511", "health1"), ("512", "health2"), ("521", "family1"), ("522", "family2"), ("523", "family3"),
        ("531", "water1"), ("532", "water2"), ("541", "heat1"), ("551", "bus1"), ("552", "bus2"),
    ],
)  # fmt: skip
def test_the_table_of_daily_life_carries_the_figures_of_the_report(demo_outcome, line, code):
    annual = next(t for t in demo_outcome.tables if t.annual.id == "表10")
    entry = FORM.entries["T5", line]

    (row,) = (row for row in annual.rows if row.label == f"{entry.label}（{entry.unit}）")

    assert annual.columns[0].name == "全年"
    assert row.numbers[0] == sum(row.numbers[1:]) == AS_PRINTED[code]


def test_the_tables_show_both_sums_where_the_report_printed_one(demo_outcome):
    assert year_total(demo_outcome, "表1", "渠道合计") == 19622
    assert year_total(demo_outcome, "表1", "未注明渠道") == 27
    assert year_total(demo_outcome, "表5", "合计") == 154875


def test_exactly_three_figures_of_the_city_do_not_meet(demo_outcome):
    city = [d for d in demo_outcome.differences if d.scope == "city"]

    assert {d.id: d.difference for d in city if d.difference} == {"A-01": 27, "A-07.102": -1, "P-consult": -20}
    assert {d.id: d.verdict for d in city if d.verdict != "一致"} == {
        "A-01": "已说明", "A-07.102": "不一致", "P-consult": "不一致",
    }  # fmt: skip


def test_every_comparison_stands_once_for_the_city(demo_outcome):
    ids = [d.id for d in demo_outcome.differences if d.scope == "city" and not d.id.startswith("P-")]
    categories, channels = (
        [f"{agreement}.{code.code}" for code in OFFICE.codes[name]]
        for agreement, name in (("A-04", "categories"), ("A-05", "channels"))
    )

    owned = ["A-07.102", "A-07.104", "A-07.106"]
    assert ids == ["A-01", "A-02", "A-03", *categories, *channels, "A-06", *owned, "A-08", "A-09", "L-02"]
    assert len(AS_PRINTED) == sum(d.id.startswith("P-") for d in demo_outcome.differences)


def test_both_sides_of_each_disagreement_with_a_channels_owner_are_named(demo_folder, demo_outcome):
    apart = [d for d in demo_outcome.differences if d.id == "A-07.102" and d.scope == "return"]
    told = {f.unit: f for f in demo_outcome.findings if f.rule == "W-OWN-01"}

    assert {(OFFICE.short(d.unit), d.period): d.difference for d in apart} == {
        ("市商务局", "2012-05"): 1, ("市教育局", "2012-09"): -2,
    }  # fmt: skip
    assert set(told) == {d.unit for d in apart}
    filled_in = demo_outcome.facts[demo_outcome.facts["role"] == "input"]
    facts = filled_in.set_index(["unit", "period", "table", "line", "column"])
    for row in apart:
        claim = facts.loc[row.unit, row.period, "T1", "102", ""]
        record = facts.loc["620200-005", row.period, "T7", row.unit, "102"]
        assert (row.left_value, row.right_value) == (claim["value"], record["value"])
        finding, source = told[row.unit], f"{record['file']}，{record['sheet']}!{record['cell']}"
        assert (finding.file, finding.sheet, finding.cell) == (claim["file"], claim["sheet"], claim["cell"])
        assert f"填了 {row.left_value} 条，市信息办的记录是 {row.right_value} 条（{source}）" in finding.message


def test_the_register_holds_every_item_of_the_year(demo_outcome):
    register = demo_outcome.items["T6"]

    assert len(register) == AS_PRINTED["total"]
    assert (register["channel"] == "").sum() == 27
    assert register["category"].isin([code.code for code in OFFICE.codes["categories"]]).all()
    assert (register["made"] <= register["reviewed"]).all()
    assert (register["reviewed"] <= register["disclosed"]).all()
    assert not register.duplicated(["return_sha256", "sheet", "row"]).any()


def test_the_three_returns_behind_the_27_are_named(demo_outcome):
    city = next(d for d in demo_outcome.differences if d.id == "A-01" and d.scope == "city")
    returns = [d for d in demo_outcome.differences if d.id == "A-01" and d.scope == "return"]

    assert {(OFFICE.short(d.unit), d.period, d.difference) for d in returns} == {
        ("市民政局", "2012-03", 12), ("市水务局", "2012-07", 9), ("雄关区", "2012-10", 6),
    }  # fmt: skip
    assert (city.left_value, city.right_value, city.verdict) == (19649, 19622, "已说明")
    for named in ("市民政局2012年3月 +12", "市水务局2012年7月 +9", "雄关区2012年10月 +6", "其余595份月报一致"):
        assert named in city.explanation


def test_the_year_cannot_be_forwarded_and_says_why(demo_outcome):
    assert demo_outcome.coverage.words == "应报600份，收到599份，入汇598份，退回未改1份，未报1份"
    assert demo_outcome.verdict == "暂不能上报：2处必须处理，4处待核实，对账有2项不一致。"
    assert [f.rule for f in demo_outcome.open_findings] == [
        "E-ABS-01", "T2-17", "W-PRT-01", "W-OWN-01", "W-DUP-01", "W-OWN-01",
    ]  # fmt: skip


def test_a_month_that_is_built_again_has_the_same_bytes(demo_folder, tmp_path):
    few = OFFICE._replace(units=OFFICE.units[:4])
    again = Year(PLAN, FORM, few, tmp_path / "inbox", share_out(PLAN, FORM, OFFICE))
    again.inbox.mkdir()

    _month(again, Month(2012, 10))

    built = sorted(again.inbox.rglob("*.xlsx"))
    assert len(built) == 4
    for path in built:
        assert path.read_bytes() == (demo_folder / "inbox" / "2012-10" / path.name).read_bytes()
