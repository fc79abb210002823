"""Which version of a return is in force, and what becomes of the findings about the others."""

import shutil

from tests.builders import complaints
from tests.pipeline.reading import returns

WRONG = {"T1.102": "4条"}


def value_of(outcome, line: str) -> list[int]:
    facts = outcome.facts
    return list(facts[(facts["table"] + "." + facts["line"] == line) & (facts["measure"] == "month")]["value"])


def test_the_newest_version_is_in_force(desk):
    desk.send(received="2012-02-02", name="一.xlsx", changes={"T2.04": 6})
    desk.send(received="2012-02-03", name="二.xlsx", changes={"T2.04": 7})

    outcome = desk.examine()

    assert returns(outcome, "file", "version", "state") == [("一.xlsx", 1, "通过"), ("二.xlsx", 2, "通过")]
    assert value_of(outcome, "T2.04") == [7]
    assert complaints(outcome) == []


def test_the_day_of_arrival_decides_not_the_name(desk):
    desk.send(received="2012-02-03", name="a.xlsx", changes={"T2.04": 6})
    desk.send(received="2012-02-02", name="b.xlsx", changes={"T2.04": 7})

    assert value_of(desk.examine(), "T2.04") == [6]


def test_a_rejected_second_version_does_not_displace_an_accepted_first(desk):
    desk.send(received="2012-02-02", name="一.xlsx", changes={"T2.04": 6})
    desk.send(received="2012-02-03", name="二.xlsx", changes=WRONG)

    outcome = desk.examine()

    assert returns(outcome, "version", "state", "must") == [(1, "通过", 0), (2, "退回", 1)]
    assert value_of(outcome, "T2.04") == [6]
    assert [(f.rule, f.file, f.state) for f in outcome.findings] == [("E-NUM-02", "二.xlsx", "待改")]


def test_what_a_later_version_mended_is_marked_and_no_longer_open(desk):
    desk.send(received="2012-02-02", name="一.xlsx", changes=WRONG)
    desk.send(received="2012-02-03", name="二.xlsx")

    outcome = desk.examine()

    assert returns(outcome, "version", "state", "must") == [(1, "退回", 1), (2, "通过", 0)]
    assert [(f.rule, f.file, f.state) for f in outcome.findings] == [("E-NUM-02", "一.xlsx", "已改")]
    assert outcome.open_findings == ()


def test_the_same_content_again_is_no_version(desk):
    first = desk.send(received="2012-02-02")
    copy = first.with_stem("副本")
    shutil.copyfile(first, copy)
    desk.receive(copy, "2012-02-03")

    outcome = desk.examine()

    assert returns(outcome, "version", "state")[0] == (1, "通过")
    assert returns(outcome, "file", "state")[1] == ("2012-01/副本.xlsx", "作废")
    assert [(f.rule, f.file) for f in outcome.findings] == [("N-DUP-01", "2012-01/副本.xlsx")]


def test_what_is_wrong_with_a_copy_is_told_once_and_mended_once(desk):
    first = desk.send(received="2012-02-02", changes=WRONG)
    copy = first.with_stem("副本")
    shutil.copyfile(first, copy)
    desk.receive(copy, "2012-02-03")
    desk.send(received="2012-02-04", name="2012-01/重报.xlsx")

    outcome = desk.examine()

    assert [(f.rule, f.state) for f in outcome.findings] == [("E-NUM-02", "已改"), ("N-DUP-01", "知悉")]
    assert returns(outcome, "state") == [("退回",), ("作废",), ("通过",)]


def test_two_versions_on_one_day_are_asked_about(desk):
    desk.send(received="2012-02-03", name="一.xlsx", changes={"T2.04": 6})
    desk.send(received="2012-02-03", name="二.xlsx", changes={"T2.04": 7})

    (finding,) = desk.examine().findings

    assert (finding.rule, finding.file, finding.level) == ("W-ORD-01", "二.xlsx", "verify")
    assert "（“一.xlsx”和“二.xlsx”）" in finding.message


def test_a_mended_version_on_the_day_of_the_first_is_no_question(desk):
    desk.send(received="2012-02-03", name="一.xlsx", changes=WRONG)
    desk.send(received="2012-02-03", name="二.xlsx")

    assert [(f.rule, f.state) for f in desk.examine().findings] == [("E-NUM-02", "已改")]
