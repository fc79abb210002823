"""One count against another, at every scope: what is apart is named with its numbers, what agrees is folded away."""

import pytest

from pipeline.tables.outcome import Outcome
from tests.builders import Desk, settled


def rows(outcome, rule: str) -> list[tuple]:
    """The differences of an agreement: scope, unit, period, left, right, difference, verdict."""
    return [
        (d.scope, outcome.office.short(d.unit), d.period, d.left_value, d.right_value, d.difference, d.verdict)
        for d in outcome.differences
        if d.id == rule
    ]


def city(outcome, rule: str):
    return next(d for d in outcome.differences if d.id == rule and d.scope == "city")


@pytest.fixture(scope="module")
def two_gaps(tmp_path_factory) -> Outcome:
    """Two items without a channel in January, explained; one in February, not."""
    desk = Desk(tmp_path_factory.mktemp("gaps"))
    desk.send("市教育局")
    desk.send("市水务局")
    desk.send("市民政局", changes={"T1.103": 4}, notes={"T1.100": "2条在社区会议口头公开"})
    desk.send("市水务局", "2012-02", {"T1.103": 5, "T2.05": 100})
    return desk.examine(through="2012-02")


def test_a_gap_is_shown_for_the_city_the_month_the_unit_and_the_return(two_gaps):
    assert rows(two_gaps, "A-01") == [
        ("city", "", "2012", 40, 37, 3, "不一致"),
        ("month", "", "2012-01", 30, 28, 2, "已说明"),
        ("month", "", "2012-02", 10, 9, 1, "不一致"),
        ("unit-year", "市民政局", "2012", 10, 8, 2, "已说明"),
        ("unit-year", "市水务局", "2012", 20, 19, 1, "不一致"),
        ("return", "市民政局", "2012-01", 10, 8, 2, "已说明"),
        ("return", "市水务局", "2012-02", 10, 9, 1, "不一致"),
    ]


def test_the_citys_gap_is_told_by_the_returns_behind_it(two_gaps):
    gap = city(two_gaps, "A-01")

    assert (gap.title, gap.left, gap.right) == (
        "主动公开信息数与各渠道之和",
        "“主动公开信息数”（01行）",
        "101—107行之和",
    )
    assert gap.explanation == (
        "差在2份月报：市民政局2012年1月 +2（2条在社区会议口头公开）；市水务局2012年2月 +1（未说明）。其余2份月报一致。"
    )


def test_what_ties_out_is_one_row(two_gaps):
    assert rows(two_gaps, "A-02") == [("city", "", "2012", 40, 40, 0, "一致")]
    assert city(two_gaps, "A-02").explanation == "4份月报全部一致。"


@pytest.mark.slow
def test_a_gap_that_every_unit_explains_does_not_hold_up_the_year(desk):
    desk.send("市民政局", changes={"T1.103": 4}, notes={"T1.100": "2条在社区会议口头公开"})

    outcome = desk.examine()

    assert city(outcome, "A-01").verdict == "已说明"
    assert [(f.rule, f.state) for f in outcome.findings] == [("A-01", "已说明")]
    assert outcome.findings[0].message.endswith("单位说明：2条在社区会议口头公开")
    assert settled(outcome)


@pytest.mark.slow
def test_the_words_of_a_version_that_was_replaced_explain_nothing(desk):
    desk.send(
        "市民政局", changes={"T1.103": 4}, notes={"T1.100": "2条在会上公开"}, received="2012-02-01", name="一.xlsx"
    )
    desk.send("市民政局", changes={"T1.103": 4}, received="2012-02-02", name="二.xlsx")

    gap = city(desk.examine(), "A-01")

    assert (gap.difference, gap.verdict) == (2, "不一致")
    assert "市民政局2012年1月 +2（未说明）" in gap.explanation


@pytest.mark.slow
def test_gaps_that_cancel_out_are_still_named(desk):
    desk.send("市教育局", changes={"T1.103": 5})
    desk.send("市民政局", changes={"T1.103": 7})

    outcome = desk.examine()

    assert rows(outcome, "A-01")[0] == ("city", "", "2012", 20, 20, 0, "不一致")
    assert "市教育局2012年1月 +1（未说明）；市民政局2012年1月 -1（未说明）" in city(outcome, "A-01").explanation
    assert [f.rule for f in outcome.open_findings] == ["A-01", "A-01", "A-05"]  # of 11 items the register has 10


@pytest.mark.slow
def test_what_was_sent_back_is_not_reconciled(desk):
    desk.send("市教育局")
    desk.send("市民政局", changes={"T1.103": 4, "T2.12": None})

    assert rows(desk.examine(), "A-01") == [("city", "", "2012", 10, 10, 0, "一致")]
