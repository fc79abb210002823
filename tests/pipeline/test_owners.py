"""What a unit claims for a channel against the record of the unit that runs it: both sides are named."""

import pytest

from pipeline.tables.outcome import Outcome
from tests.builders import Desk, complaints, settled
from tests.pipeline.reading import returns

EDUCATION, OWNER = "620200-010", "620200-005"


def records(**by_unit: int) -> dict[str, int]:
    """What the owner of 市政府网站 (102) counted there, of itself too."""
    units = {"education": EDUCATION, "finance": "620200-015", "own": OWNER}
    return {f"T7.{units[name]}_102": count for name, count in {"own": 4, **by_unit}.items()}


def rows(outcome: Outcome) -> list[tuple]:
    return [
        (d.scope, outcome.office.short(d.unit), d.period, d.left_value, d.right_value, d.difference, d.verdict)
        for d in outcome.differences
        if d.id == "A-07.102"
    ]


def city(outcome: Outcome) -> str:
    return next(d.explanation for d in outcome.differences if d.id == "A-07.102" and d.scope == "city")


@pytest.fixture(scope="module")
def january(tmp_path_factory) -> tuple[Desk, Outcome]:
    """One unit claims what its channel's owner counted there; another one more than that."""
    desk = Desk(tmp_path_factory.mktemp("owners"))
    desk.send("市信息办", changes=records(education=3, finance=4))
    desk.send("市教育局")
    desk.send("市财政局")
    return desk, desk.examine()


def test_the_unit_is_asked_at_its_claim_and_told_the_owners_record_and_where_it_stands(january):
    desk, outcome = january

    (finding,) = outcome.findings
    assert (finding.rule, finding.unit, finding.level, finding.state) == ("W-OWN-01", EDUCATION, "verify", "待说明")
    assert (finding.file, finding.sheet, finding.cell) == (
        "2012-01/市教育局_2012-01.xlsx", *desk.cell("T1.102", unit="市教育局"),
    )  # fmt: skip
    sheet, cell = desk.cell(f"T7.{EDUCATION}_102", unit="市信息办")
    assert finding.message == (
        "“市政府网站”（102行）填了 4 条，市信息办的记录是 3 条"
        f"（2012-01/市信息办_2012-01.xlsx，{sheet}!{cell}），多 1 条。"
    )
    assert finding.remedy == "请与市信息办核对：填错的一方改正重报；属实的在这一行的“说明”栏写一句原因。"


def test_the_difference_is_shown_at_every_scope(january):
    assert rows(january[1]) == [
        ("city", "", "2012", 12, 11, 1, "不一致"),
        ("month", "", "2012-01", 12, 11, 1, "不一致"),
        ("unit-year", "市教育局", "2012", 4, 3, 1, "不一致"),
        ("return", "市教育局", "2012-01", 4, 3, 1, "不一致"),
    ]
    assert city(january[1]) == "差在1份月报：市教育局2012年1月 +1（未说明）。其余2份月报一致。"


@pytest.mark.slow
def test_what_the_unit_explains_is_settled(desk):
    desk.send("市信息办", changes=records(education=5))
    desk.send("市教育局", notes={"T1.102": "1条在2月1日上网"})

    outcome = desk.examine()

    (finding,) = outcome.findings
    assert (finding.rule, finding.state) == ("W-OWN-01", "已说明")
    assert finding.message.endswith("少 1 条。单位说明：1条在2月1日上网")
    assert {verdict for *_, verdict in rows(outcome)} == {"已说明"}
    assert returns(outcome, "unit", "state") == [(OWNER, "通过"), (EDUCATION, "核实通过")]
    assert settled(outcome)


@pytest.mark.slow
def test_without_the_owners_return_nothing_is_judged_and_that_is_said(desk):
    for month, views in (("2012-01", 100), ("2012-02", 110), ("2012-03", 120)):
        desk.send("市教育局", month, {"T2.05": views})
    desk.send("市信息办", changes=records(education=4))
    desk.send("市信息办", "2012-02", {**records(education=1), "T2.12": None})  # sent back
    desk.send("市信息办", "2012-03", records(education=4))

    outcome = desk.examine(through="2012-03")

    assert complaints(outcome) == [("E-MIS-02", "基本情况", "D19")]
    assert rows(outcome) == [("city", "", "2012", 16, 16, 0, "一致")]
    assert city(outcome) == "4份月报全部一致，1份缺数未判。"


@pytest.mark.slow
def test_where_no_owner_sent_anything_there_is_nothing_to_compare(desk):
    desk.send("市教育局")

    outcome = desk.examine()

    assert complaints(outcome) == []
    assert rows(outcome) == [("city", "", "2012", None, None, None, "未判")]
    assert city(outcome) == "没有可比的月报，1份缺数未判。"


@pytest.mark.slow
def test_records_of_what_no_accepted_return_claims_are_not_held_against_anybody(desk):
    desk.send("市信息办", changes=records(education=9, finance=4))
    desk.send("市财政局")
    desk.send("市教育局", changes={"T2.12": None})  # sent back

    assert rows(desk.examine()) == [("city", "", "2012", 8, 8, 0, "一致")]


@pytest.mark.slow
def test_each_owner_answers_for_its_own_channels(desk):
    desk.send("市信息办", changes=records(education=4))
    desk.send("市政府办", changes={f"T7.{EDUCATION}_106": 1, "T1.102": 0, "T1.103": 10})
    desk.send("市教育局")

    (finding,) = desk.examine().findings

    assert finding.message.startswith("“新闻发布会”（106行）填了 0 条，市政府办的记录是 1 条")
    assert finding.message.endswith("少 1 条。")
