"""What is carried from month to month: applications still open, and cumulative figures against the months."""

import pytest

from pipeline.tables.outcome import Outcome
from tests.builders import Desk, complaints, settled
from tests.pipeline.overtype import overtype
from tests.pipeline.reading import returns

pytestmark = pytest.mark.slow

SHEET = "基本情况"
MONTHS = ("2012-01", "2012-02", "2012-03")


def comparison(outcome: Outcome, name: str) -> tuple:
    """The city's row: left, right, difference, verdict, explanation."""
    row = next(d for d in outcome.differences if d.id == name and d.scope == "city")
    return row.left_value, row.right_value, row.difference, row.verdict, row.explanation


def year(desk: Desk, unit: str, closing: tuple[int | None, ...]) -> None:
    """Months in which applications are left open: as many as ``closing`` says, None sends nothing."""
    before = 0
    for month, left in zip(MONTHS, closing, strict=True):
        if left is not None:
            received = {
                "T2.10": left,
                "T2.11": left,
                "T3.302": before,
                "T3.303": before,
                "T2.05": 100 + int(month[-2:]),
            }
            desk.send(unit, month, {**received, "T3.301": before, "T3.305": left})
            before = left


def test_the_opening_of_a_month_is_the_closing_of_the_month_before(desk):
    year(desk, "市教育局", (3, 1, 2))
    desk.send("市财政局", changes={"T2.10": 2, "T2.11": 2, "T3.305": 2})
    desk.send("市财政局", "2012-02", {"T3.301": 1, "T3.302": 1, "T3.303": 1, "T2.05": 90})

    outcome = desk.examine(through="2012-03")

    assert complaints(outcome) == [("A-06", "主动公开", "D25")]
    assert outcome.findings[0].message == (
        "“上月结转申请数”（301行）是 1 条，上月“结转下月申请数”（305行）是 2 条，少 1 条。"
    )
    assert comparison(outcome, "A-06") == (
        5, 6, -1, "不一致", "差在1份月报：市财政局2012年2月 -1（未说明）。其余2份月报一致，2份缺数未判。",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answered", "found"), [pytest.param(2, [], marks=pytest.mark.slow), (3, [("T2-17A", SHEET, "D25")])]
)
def test_what_was_carried_over_may_be_answered_and_no_more(desk, answered, found):
    open_before = {"T3.301": 1, "T2.10": 1, "T2.11": 1, "T3.305": 2}
    desk.send(changes={**open_before, "T2.17": answered, "T2.18": answered})

    assert complaints(desk.examine()) == found


def test_a_difference_that_the_unit_explains_is_settled(desk):
    desk.send("市财政局", changes={"T2.10": 2, "T2.11": 2, "T3.305": 2})
    changes = {"T3.301": 1, "T3.302": 1, "T3.303": 1, "T2.05": 90}
    desk.send("市财政局", "2012-02", changes, notes={"T3.301": "1件申请人撤回"})

    outcome = desk.examine(through="2012-02")

    assert [(f.rule, f.state) for f in outcome.findings] == [("A-06", "已说明")]
    assert comparison(outcome, "A-06")[2:4] == (-1, "已说明")
    assert settled(outcome)


def test_without_the_month_before_the_opening_is_not_judged(desk):
    desk.send("市财政局", "2012-03", {"T3.301": 5, "T3.305": 5})
    year(desk, "市教育局", (3, None, 2))

    outcome = desk.examine(through="2012-03")

    assert complaints(outcome) == []
    assert outcome.not_judged["A-06"] == 3
    assert comparison(outcome, "A-06")[3:] == ("未判", "没有可比的月报，3份缺数未判。")


def test_in_january_nothing_is_judged_where_the_year_before_is_not_known(desk):
    desk.send("市教育局", changes={"T3.301": 5, "T3.305": 5})

    outcome = desk.examine()

    assert complaints(outcome) == []
    assert outcome.not_judged["A-06"] == 1
    assert comparison(outcome, "A-06") == (None, None, None, "未判", "没有可比的月报，1份缺数未判。")


def test_stocks_are_the_last_of_each_unit_and_openings_the_first(desk):
    year(desk, "市教育局", (3, 1, 2))
    year(desk, "市财政局", (4, 6, None))  # what is open at the end of March is not known
    year(desk, "市水务局", (None, 5, 7))

    tables = {table.annual.id: table for table in desk.examine(through="2012-04").tables}

    names = [column.name for column in tables["表7"].columns]
    opening, closing = names.index("上月结转"), names.index("结转下月")
    assert {row.label: (row.numbers[opening], row.numbers[closing]) for row in tables["表7"].rows} == {
        "1—4月": (0, None), "1月": (0, 3 + 4), "2月": (3 + 4, 1 + 6 + 5), "3月": (1 + 5, 2 + 7), "4月": (None, None),
        "第一季度": (0, 2 + 7),
    }  # fmt: skip
    tables = {table.annual.id: table for table in desk.examine(through="2012-03").tables}
    columns = [column.name for column in tables["表7续"].columns]
    by_unit = {row.label: dict(zip(columns, row.numbers, strict=True)) for row in tables["表7续"].rows}
    assert {unit: by_unit[unit]["期末结转"] for unit in ("市教育局", "市财政局", "市水务局", "合计")} == {
        "市教育局": 2, "市财政局": None, "市水务局": 7, "合计": 9,
    }  # fmt: skip
    assert {row.live[closing] for row in tables["表7"].rows if row.adds} == {False}


@pytest.fixture(scope="module")
def corrected(tmp_path_factory) -> Outcome:
    """Two units add one to a cumulative figure in February and explain it; one of them missed a month since."""
    desk = Desk(tmp_path_factory.mktemp("corrected"))
    for unit, last in (("市教育局", "2012-03"), ("市财政局", "2012-04")):
        note, february, later = {"T2.04": "补记1月的1条"}, overtype(SHEET, E9=11), overtype(SHEET, E9=16)
        desk.send(unit)
        desk.send(unit, "2012-02", {"T2.05": 100}, notes=note, edit=february)
        desk.send(unit, last, edit=later)
    desk.send("市水务局")
    return desk.examine(through="2012-04")


def test_a_cumulative_figure_is_asked_about_where_it_parts_from_the_months_and_not_again(corrected):
    told = [(f.rule, f.unit, f.period, f.cell, f.state) for f in corrected.findings]

    assert told == [
        ("C-06", "620200-010", "2012-02", "E9", "已说明"),
        ("C-06", "620200-015", "2012-02", "E9", "已说明"),
    ]
    assert [row[1] for row in returns(corrected, "unit", "state") if row[0] == "620200-010"] == [
        "通过", "核实通过", "通过",
    ]  # fmt: skip


def test_a_unit_of_which_a_month_is_missing_is_not_judged_and_that_is_said(corrected):
    left, right, difference, verdict, why = comparison(corrected, "A-09")

    assert (difference, verdict) == (1, "已说明")
    assert left == right + 1
    assert why == "差在1份月报：市教育局2012年3月 +1（补记1月的1条）。其余1份月报一致，1份缺数未判。"


def test_what_adds_up_agrees_line_by_line(corrected):
    assert comparison(corrected, "A-08") == (80, 80, 0, "一致", "2份月报全部一致，1份缺数未判。")


@pytest.mark.parametrize(("line", "state", "verdict"), [("T2.04", "已说明", "已说明"), ("T2.01", "待说明", "不一致")])
def test_it_is_explained_at_its_own_line_and_at_no_other(desk, line, state, verdict):
    desk.send()
    desk.send(month="2012-02", changes={"T2.05": 100}, notes={line: "补记1月的1条"}, edit=overtype(SHEET, E9=11))
    desk.send(month="2012-03", edit=overtype(SHEET, E9=16))
    outcome = desk.examine(through="2012-03")

    assert [(f.rule, f.period, f.state) for f in outcome.findings] == [("C-06", "2012-02", state)]
    assert comparison(outcome, "A-09")[3] == verdict
