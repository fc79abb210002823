"""Which version of a return is in force, and what becomes of the findings about the others.

Each unit of one office has its own story; they are all told before the one run.
"""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.ledger.changes import _sentence
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from tests.builders import Desk, sound, sound_items
from tests.pipeline.reading import returns

pytestmark = pytest.mark.slow

WRONG = {"T1.102": "4条"}
NUMBERS = {
    "T1.102": 4, "T1.103": 6, "T1.202": 7, "T1.208": 3, "T2.01": 10, "T2.02": 8, "T2.03": 1,
    "T2.04": 5, "T2.05": 120, "T2.06": 9, "T2.07": 2, "T2.08": 7,
}  # fmt: skip

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


def desk_items(desk: Desk, unit: str) -> list[dict[str, str | date]]:
    """The register of a sound return."""
    form = desk.layout(unit=unit).form
    return sound_items(form, Month(2012, 1), sound(form))


def value_of(outcome: Outcome, unit: str, line: str) -> list[int]:
    facts = outcome.facts[outcome.facts["unit"].map(outcome.office.short) == unit]
    return list(facts[(facts["table"] + "." + facts["line"] == line) & (facts["measure"] == "month")]["value"])


def about(outcome: Outcome, unit: str) -> list[Finding]:
    return [finding for finding in outcome.findings if outcome.office.short(finding.unit) == unit]


def asked(outcome: Outcome, unit: str) -> list[Finding]:
    """What is said of a unit besides what its newer versions changed."""
    return [finding for finding in about(outcome, unit) if finding.rule != "N-VER-01"]


@story("市教育局")
def two_accepted(desk: Desk, unit: str) -> None:
    sends(desk, unit, "一", "2", {"T2.04": 6})
    sends(desk, unit, "二", "3", {"T2.04": 7})


def test_the_newest_version_is_in_force(outcome):
    assert returns(outcome, "file", "version", "state", unit="市教育局") == [
        ("市教育局一.xlsx", 1, "通过"), ("市教育局二.xlsx", 2, "通过"),
    ]  # fmt: skip
    assert value_of(outcome, "市教育局", "T2.04") == [7]
    (told,) = about(outcome, "市教育局")
    assert (told.rule, told.file, told.level) == ("N-VER-01", "市教育局二.xlsx", "note")
    assert "第 2 版与第 1 版相比，改了 1 处：“提供服务类信息数”（04行）由 6 条改为 7 条。" in told.message


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
    told = [(f.rule, f.file, f.state) for f in asked(outcome, "市公安局")]
    assert told == [("E-NUM-02", "市公安局二.xlsx", "待改")]


@story("市民政局")
def the_second_is_mended(desk: Desk, unit: str) -> None:
    sends(desk, unit, "一", "2", WRONG)
    sends(desk, unit, "二", "3")


def test_what_a_later_version_mended_is_marked_and_no_longer_open(outcome):
    assert returns(outcome, "version", "state", "must", unit="市民政局") == [(1, "退回", 1), (2, "通过", 0)]
    told = asked(outcome, "市民政局")
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
    told = [(f.rule, f.state) for f in asked(outcome, "市财政局")]

    assert told == [("E-NUM-02", "已改"), ("N-DUP-01", "知悉")]
    assert returns(outcome, "state", unit="市财政局") == [("退回",), ("作废",), ("通过",)]


@story("市人社局")
def two_on_one_day(desk: Desk, unit: str) -> None:
    sends(desk, unit, "一", "3", {"T2.04": 6})
    sends(desk, unit, "二", "3", {"T2.04": 7})


def test_two_versions_on_one_day_are_asked_about(outcome):
    (finding,) = asked(outcome, "市人社局")

    assert (finding.rule, finding.file, finding.level) == ("W-ORD-01", "市人社局二.xlsx", "verify")
    assert "（“市人社局一.xlsx”和“市人社局二.xlsx”）" in finding.message


@story("市国土局")
def mended_on_the_same_day(desk: Desk, unit: str) -> None:
    sends(desk, unit, "一", "3", WRONG)
    sends(desk, unit, "二", "3")


def test_a_mended_version_on_the_day_of_the_first_is_no_question(outcome):
    assert [(f.rule, f.state) for f in asked(outcome, "市国土局")] == [("E-NUM-02", "已改")]


@story("市水务局")
def goes_back_to_the_first_from_a_wrong_one(desk: Desk, unit: str) -> None:
    first = sends(desk, unit, "一", "2", {"T2.04": 6})
    sends(desk, unit, "二", "3", WRONG)
    copies(desk, first, "三", "4")


def test_the_first_content_again_is_the_units_last_word_and_the_wrong_one_no_longer_waits(outcome):
    assert returns(outcome, "version", "state", unit="市水务局") == [(1, "通过"), (2, "退回"), (3, "通过")]
    assert value_of(outcome, "市水务局", "T2.04") == [6]
    assert "市水务局二.xlsx" not in {back.file for back in outcome.sent_back}
    assert [(f.rule, f.file, f.state) for f in asked(outcome, "市水务局")] == [("E-NUM-02", "市水务局二.xlsx", "已改")]


@story("市农林局")
def goes_back_to_the_first_from_a_sound_one(desk: Desk, unit: str) -> None:
    first = sends(desk, unit, "一", "2", {"T2.04": 6})
    sends(desk, unit, "二", "3", {"T2.04": 7})
    copies(desk, first, "三", "4")


def test_an_old_version_that_comes_again_after_an_accepted_one_is_asked_about_and_the_accepted_one_stays(outcome):
    (question,) = asked(outcome, "市农林局")

    assert value_of(outcome, "市农林局", "T2.04") == [7]
    assert (question.rule, question.file, question.state) == ("W-VER-01", "市农林局三.xlsx", "待说明")
    assert "第 1 版又收到一次（“市农林局三.xlsx”），而在它之后收到的第 2 版已经通过" in question.message
    assert returns(outcome, "state", unit="市农林局") == [("通过",), ("通过",), ("作废",)]


@story("市商务局")
def an_old_file_and_a_new_one_on_one_day(desk: Desk, unit: str) -> None:
    first = sends(desk, unit, "一", "2", {"T2.04": 6})
    sends(desk, unit, "三", "4", {"T2.04": 7})
    copies(desk, first, "二", "4")


def test_an_old_file_that_comes_together_with_a_new_one_is_a_question_whatever_its_name(outcome):
    assert [(f.rule, f.file) for f in asked(outcome, "市商务局")] == [("W-VER-01", "市商务局二.xlsx")]
    assert value_of(outcome, "市商务局", "T2.04") == [7]
    assert returns(outcome, "file", "state", unit="市商务局") == [
        ("市商务局一.xlsx", "通过"), ("市商务局三.xlsx", "通过"), ("市商务局二.xlsx", "作废"),
    ]  # fmt: skip


@story("市文广新局")
def changes_many_things(desk: Desk, unit: str) -> None:
    sends(desk, unit, "一", "2")
    changes = {"T2.04": 7, "T2.05": 90, "T2.06": 1, "T2.07": 3}
    items = desk_items(desk, unit)
    desk.send(
        unit, received="2012-02-03", name=f"{unit}二.xlsx", changes=changes, items=[*items[1:], items[0]],
        cover={"head": "戊"}, notes={"T2.04": "补记"},
    )  # fmt: skip


def test_what_changed_is_told_cell_by_cell_and_in_the_sentence_by_its_effect(outcome):
    frame = outcome.amended[outcome.amended["to_file"] == "市文广新局二.xlsx"]
    said = next(f.message for f in about(outcome, "市文广新局") if f.rule == "N-VER-01")
    columns = ["sheet", "cell", "line", "label", "before", "after", "before_state", "after_state"]

    numbers = frame[frame["measure"] == "month"][columns].to_numpy().tolist()
    assert numbers[:2] == [
        ["基本情况", "D9", "04", "提供服务类信息数", "5", "7", "number", "number"],
        ["基本情况", "D10", "05", "网站专栏页面访问量", "120", "90", "number", "number"],
    ]
    assert set(frame["measure"]) == {"month", "year_to_date", "cover", "note"}  # an item that moved is no change
    assert frame[frame["measure"] == "cover"][["label", "before", "after"]].to_numpy().tolist() == [
        ["单位负责人", "甲", "戊"]
    ]
    assert (
        "改了 4 处：“网站专栏页面访问量”（05行）由 120 人次改为 90 人次、“现场接待人数”（06行）由 9 人次改为 1 人次、"
        in said
    )


def test_a_sum_that_was_typed_over_is_a_number_that_changed():
    form = Desk(Path()).form()
    typed = {"input": False, "effect": 1, "label": "主动公开信息数", "table": "T1", "line": "100", "measure": "month"}

    assert _sentence([{**typed, "was": "10 条", "is": "11 条"}], form) == (
        "改了 1 处：“主动公开信息数”（100行）由 10 条改为 11 条"
    )


@story("市审计局")
def changes_nearly_all(desk: Desk, unit: str) -> None:
    own = {text: 2 * value for text, value in NUMBERS.items()}
    sends(desk, unit, "一", "2")
    sends(desk, unit, "二", "3", own)


def test_a_version_that_changes_most_of_its_numbers_is_worth_a_look(outcome):
    told = next(f for f in about(outcome, "市审计局") if f.rule == "N-VER-01")
    small = next(f for f in about(outcome, "市文广新局") if f.rule == "N-VER-01")

    assert told.remedy.startswith("有 12 个不是 0 的数，这一次改了 12 处，改动很大：请看一看")
    assert small.remedy.startswith("不用处理")


@story("市体育局")
def lists_other_items(desk: Desk, unit: str) -> None:
    sends(desk, unit, "一", "2")
    items = desk_items(desk, unit)
    more = [{**items[0], "title": "改过的一号"}, *items[1:]]
    desk.send(unit, received="2012-02-03", name=f"{unit}二.xlsx", items=more)


def test_an_item_of_a_register_that_came_or_went_is_a_row(outcome):
    frame = outcome.amended[outcome.amended["to_file"] == "市体育局二.xlsx"]
    said = next(f.message for f in about(outcome, "市体育局") if f.rule == "N-VER-01")

    gone, come = frame[["measure", "before", "after"]].to_numpy().tolist()
    assert (gone[0], gone[1][:3], gone[2]) == ("item", "第1号", "")
    assert (come[0], come[1], come[2][:5]) == ("item", "", "改过的一号")
    assert "数字没有改，改的是其他内容。" in said


def test_nothing_else_is_said(outcome):
    assert {outcome.office.short(finding.unit) for finding in outcome.findings} <= set(STORIES)
    assert sorted(f.rule for f in outcome.open_findings) == ["E-NUM-02", "W-ORD-01", "W-VER-01", "W-VER-01"]
