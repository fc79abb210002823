"""Units and forms that begin or end within a year: what is owed, what is carried, where 本年累计 begins."""

import shutil
from pathlib import Path

import pytest

from pipeline.intake.header import find_unit
from pipeline.paper.templates import Prior
from pipeline.values.periods import Month
from schemas.edition import EDITIONS
from schemas.office import OFFICES, read_office
from tests.builders import Desk, complaints, office_of
from tests.pipeline.overtype import overtype

pytestmark = pytest.mark.slow

HEALTH, WATER = "市卫生局", "市水务局"
OPEN = {"T3.301": 0, "T2.10": 1, "T2.11": 1, "T3.305": 1}
SHEET = "基本情况"


def with_dates(desk: Desk, **dates: dict[str, str]) -> Desk:
    """The desk of an office of two units, with other months of validity."""
    rows = [row for row in desk.office.codes["units"] if row.short in {HEALTH, WATER}]
    desk.office = office_of(desk.office, [row.model_copy(update=dates.get(row.short, {})) for row in rows])
    return desk


def column(outcome, table: str, name: str) -> dict[str, int | None]:
    own = next(t for t in outcome.tables if t.annual.id == table)
    at = [c.name for c in own.columns].index(name)
    return {row.label: row.numbers[at] for row in own.rows}


def test_a_unit_that_ended_carries_nothing_on(desk):
    with_dates(desk, **{HEALTH: {"valid_to": "2012-01"}})
    desk.send(HEALTH, changes=OPEN)
    desk.send(WATER, changes=OPEN)
    desk.send(WATER, "2012-02", {"T3.301": 1, "T3.305": 1, "T2.05": 90})

    outcome = desk.examine(through="2012-02")

    assert complaints(outcome) == []
    assert column(outcome, "表7", "结转下月") == {"1—2月": 1, "1月": 2, "2月": 1}
    assert column(outcome, "表7", "上月结转")["1—2月"] == 0
    assert [(unit, column(outcome, "表7续", "期末结转")[unit]) for unit in (HEALTH, WATER, "合计")] == [
        (HEALTH, None), (WATER, 1), ("合计", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(("opening", "asked"), [(2, []), (1, [("A-06", "主动公开", "D25")])])
def test_a_successor_opens_with_what_it_took_over_beside_its_own(desk, opening, asked):
    with_dates(desk, **{HEALTH: {"valid_to": "2012-01", "successor": ("620200-021",)}})
    assert desk.unit(WATER).code == "620200-021"
    desk.send(HEALTH, changes=OPEN)
    desk.send(WATER, changes=OPEN)
    desk.send(WATER, "2012-02", {"T3.301": opening, "T3.305": opening, "T2.05": 90})

    outcome = desk.examine(through="2012-02")

    assert complaints(outcome) == asked
    assert column(outcome, "表7", "上月结转")["2月"] == opening
    assert [f.message for f in outcome.findings] == [
        "“上月结转申请数”（301行）是 1 条，上月“结转下月申请数”（305行）是 2 条，少 1 条。" for _ in asked
    ]


@pytest.mark.parametrize(("begins", "asked"), [("2012-07", [("W-YTD-01", SHEET, "E9")]), ("", [])])
def test_cumulative_figures_begin_with_the_units_first_month(desk, begins, asked):
    with_dates(desk, **{HEALTH: {"valid_from": begins} if begins else {}})
    before = Prior({("T2", "04"): 55})
    desk.send(HEALTH, "2012-07", prior=before)
    desk.send(HEALTH, "2012-08", {"T2.05": 90})

    outcome = desk.examine("2012-08-31", through="2012-08")

    own = [(f.rule, f.sheet, f.cell) for f in outcome.findings if f.period == "2012-07" and f.rule != "E-ABS-01"]
    assert own == asked
    assert [f.message for f in outcome.findings if f.rule == "W-YTD-01"] == [
        "“提供服务类信息数”（04行）本年累计是 60 条，已收各月之和是 5 条，多 55 条。" for _ in asked
    ]


def test_of_a_successor_no_slip_is_guessed_but_what_it_took_over_is_named(desk):
    with_dates(desk, **{HEALTH: {"valid_to": "2012-01", "successor": ("620200-021",)}})
    desk.send(HEALTH)
    desk.send(WATER)
    own = desk.prior(WATER, "2012-02").cumulative
    desk.send(WATER, "2012-02", {"T2.05": 90}, prior=Prior({**own, ("T2", "04"): 10}))

    (asked,) = [f for f in desk.examine(through="2012-02").findings if f.cell == "E9"]

    assert (asked.rule, asked.sheet) == ("C-06", SHEET)
    assert "市水务局今年接替了市卫生局：本年累计只算市水务局自己各期的数" in asked.remedy
    assert "像是" not in asked.remedy


def test_one_wrong_cumulative_figure_is_one_question(desk):
    for month, edit in (("01", None), ("02", None), ("03", overtype(SHEET, E9=30)), ("04", overtype(SHEET, E9=20))):
        desk.send(HEALTH, f"2012-{month}", {"T2.05": 100 + int(month)}, edit=edit)

    found = desk.examine(through="2012-04").findings

    assert [(f.rule, f.period, f.cell) for f in found] == [("C-06", "2012-03", "E9")]


def test_what_goes_on_from_a_wrong_figure_is_not_asked_again(desk):
    for month, edit in (("01", None), ("02", overtype(SHEET, E9=12)), ("03", overtype(SHEET, E9=17))):
        desk.send(HEALTH, f"2012-{month}", {"T2.05": 100 + int(month)}, edit=edit)

    found = desk.examine(through="2012-03").findings

    assert [(f.rule, f.period, f.cell) for f in found] == [("C-06", "2012-02", "E9")]


def test_a_form_that_begins_in_august_owes_nothing_before(tmp_path):
    editions = Path(shutil.copytree(EDITIONS, tmp_path / "editions"))
    own = editions / "jyg-2012.toml"
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace('from = "2012-01"', 'from = "2012-08"', 1), encoding="utf-8")
    desk = with_dates(Desk(tmp_path, read_office(OFFICES / "jyg", editions)))
    desk.send(HEALTH, "2012-08", prior=Prior({("T2", "04"): 55}))
    desk.send(WATER, "2012-08")

    outcome = desk.examine("2012-09-30", through="2012-08")

    assert outcome.coverage.words == "应报2份，收到2份，入汇2份，退回未改0份，未报0份"
    assert complaints(outcome) == [("W-YTD-01", SHEET, "E9")]


def test_an_old_name_means_the_unit_as_long_as_no_other_has_it(desk):
    rows = {row.short: row for row in desk.office.codes["units"]}
    renamed = rows[HEALTH].model_copy(update={"valid_to": "2012-02"})
    now = renamed.model_copy(
        update={"name": "嘉峪关市卫生健康局", "short": "市卫健局", "valid_from": "2012-03", "valid_to": "9999-12"}
    )
    heir = rows[WATER].model_copy(update={"aliases": (HEALTH,), "valid_from": "2012-06"})

    names = [find_unit(HEALTH, Month(2012, m), office_of(desk.office, [renamed, now, heir])) for m in (2, 3, 6)]

    assert [unit and unit.short for unit in names] == [HEALTH, "市卫健局", WATER]
