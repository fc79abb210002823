"""Which version of a return is in force, and what becomes of the findings about the others.

Each unit of one office has its own story; they are all told before the one run.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.findings import Finding
from pipeline.outcome import Outcome
from tests.builders import Desk
from tests.pipeline.reading import returns

WRONG = {"T1.102": "4条"}

Story = Callable[[Desk, str], object]
STORIES: dict[str, Story] = {}


def story(unit: str) -> Callable[[Story], Story]:
    """What a unit sends, for the test that follows."""
    return lambda tell: STORIES.setdefault(unit, tell)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory) -> Outcome:
    desk = Desk(tmp_path_factory.mktemp("versions"))
    for unit, tell in STORIES.items():
        tell(desk, unit)
    return desk.examine()


def sends(desk: Desk, unit: str, number: str, day: str, changes: dict[str, int | str] | None = None) -> Path:
    return desk.send(unit, received=f"2012-02-0{day}", name=f"{unit}{number}.xlsx", changes=changes)


def copies(desk: Desk, first: Path, number: str, day: str) -> None:
    copy = first.with_stem(first.stem[:-1] + number)
    shutil.copyfile(first, copy)
    desk.receive(copy, f"2012-02-0{day}")


def value_of(outcome: Outcome, unit: str, line: str) -> list[int]:
    facts = outcome.facts[outcome.facts["unit"].map(outcome.office.short) == unit]
    return list(facts[(facts["table"] + "." + facts["line"] == line) & (facts["measure"] == "month")]["value"])


def about(outcome: Outcome, unit: str) -> list[Finding]:
    return [finding for finding in outcome.findings if outcome.office.short(finding.unit) == unit]


@story("市教育局")
def two_accepted(desk: Desk, unit: str) -> None:
    sends(desk, unit, "一", "2", {"T2.04": 6})
    sends(desk, unit, "二", "3", {"T2.04": 7})


def test_the_newest_version_is_in_force(outcome):
    assert returns(outcome, "file", "version", "state", unit="市教育局") == [
        ("市教育局一.xlsx", 1, "通过"), ("市教育局二.xlsx", 2, "通过"),
    ]  # fmt: skip
    assert value_of(outcome, "市教育局", "T2.04") == [7]
    assert about(outcome, "市教育局") == []


@story("市科技局")
def named_the_other_way_round(desk: Desk, unit: str) -> None:
    sends(desk, unit, "a", "3", {"T2.04": 6})
    sends(desk, unit, "b", "2", {"T2.04": 7})


def test_the_day_of_arrival_decides_not_the_name(outcome):
    assert value_of(outcome, "市科技局", "T2.04") == [6]


@story("市公安局")
def the_second_is_rejected(desk: Desk, unit: str) -> None:
    sends(desk, unit, "一", "2", {"T2.04": 6})
    sends(desk, unit, "二", "3", WRONG)


def test_a_rejected_second_version_does_not_displace_an_accepted_first(outcome):
    assert returns(outcome, "version", "state", "must", unit="市公安局") == [(1, "通过", 0), (2, "退回", 1)]
    assert value_of(outcome, "市公安局", "T2.04") == [6]
    told = [(f.rule, f.file, f.state) for f in about(outcome, "市公安局")]
    assert told == [("E-NUM-02", "市公安局二.xlsx", "待改")]


@story("市民政局")
def the_second_is_mended(desk: Desk, unit: str) -> None:
    sends(desk, unit, "一", "2", WRONG)
    sends(desk, unit, "二", "3")


def test_what_a_later_version_mended_is_marked_and_no_longer_open(outcome):
    assert returns(outcome, "version", "state", "must", unit="市民政局") == [(1, "退回", 1), (2, "通过", 0)]
    told = about(outcome, "市民政局")
    assert [(f.rule, f.file, f.state) for f in told] == [("E-NUM-02", "市民政局一.xlsx", "已改")]
    assert not {*told} & {*outcome.open_findings}


@story("市司法局")
def the_same_twice(desk: Desk, unit: str) -> None:
    copies(desk, sends(desk, unit, "一", "2"), "二", "3")


def test_the_same_content_again_is_no_version(outcome):
    assert returns(outcome, "version", "state", unit="市司法局")[0] == (1, "通过")
    assert returns(outcome, "file", "state", unit="市司法局")[1] == ("市司法局二.xlsx", "作废")
    assert [(f.rule, f.file) for f in about(outcome, "市司法局")] == [("N-DUP-01", "市司法局二.xlsx")]


@story("市财政局")
def the_same_wrong_twice_then_mended(desk: Desk, unit: str) -> None:
    copies(desk, sends(desk, unit, "一", "2", WRONG), "二", "3")
    sends(desk, unit, "三", "4")


def test_what_is_wrong_with_a_copy_is_told_once_and_mended_once(outcome):
    told = [(f.rule, f.state) for f in about(outcome, "市财政局")]

    assert told == [("E-NUM-02", "已改"), ("N-DUP-01", "知悉")]
    assert returns(outcome, "state", unit="市财政局") == [("退回",), ("作废",), ("通过",)]


@story("市人社局")
def two_on_one_day(desk: Desk, unit: str) -> None:
    sends(desk, unit, "一", "3", {"T2.04": 6})
    sends(desk, unit, "二", "3", {"T2.04": 7})


def test_two_versions_on_one_day_are_asked_about(outcome):
    (finding,) = about(outcome, "市人社局")

    assert (finding.rule, finding.file, finding.level) == ("W-ORD-01", "市人社局二.xlsx", "verify")
    assert "（“市人社局一.xlsx”和“市人社局二.xlsx”）" in finding.message


@story("市国土局")
def mended_on_the_same_day(desk: Desk, unit: str) -> None:
    sends(desk, unit, "一", "3", WRONG)
    sends(desk, unit, "二", "3")


def test_a_mended_version_on_the_day_of_the_first_is_no_question(outcome):
    assert [(f.rule, f.state) for f in about(outcome, "市国土局")] == [("E-NUM-02", "已改")]


def test_nothing_else_is_said(outcome):
    assert {outcome.office.short(finding.unit) for finding in outcome.findings} <= set(STORIES)
    assert [f.rule for f in outcome.open_findings] == ["E-NUM-02", "W-ORD-01"]
