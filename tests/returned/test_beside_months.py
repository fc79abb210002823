"""A returned file names what its return breaks beside other months too, so that one round mends it all."""

import pytest

from tests.builders import Desk
from tests.pipeline.overtype import overtype
from tests.returned.reading import Returned
from tests.returned.sending import send_back

pytestmark = pytest.mark.slow

UNIT = "市卫生局"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """February cannot be read at one cell, and its 本年累计 does not follow from January at another."""
    desk = Desk(tmp_path_factory.mktemp("beside"))
    desk.send(UNIT, "2012-01")
    desk.send(UNIT, "2012-02", {"T1.102": "4条", "T2.91": 3}, edit=overtype("基本情况", E9=11), received="2012-03-01")
    return desk


@pytest.fixture(scope="module")
def outcome(desk):
    return desk.examine("2012-03-02")


def test_it_is_a_question_to_the_unit_alone(outcome):
    (back,) = outcome.sent_back

    assert [(f.level, f.sheet, f.cell) for f in back.beside] == [("verify", "基本情况", "E9")]
    assert {(f.level, f.cell) for f in outcome.open_findings if f.file} == {("must", "D8")}


def test_it_stands_in_the_list_of_the_file_that_goes_back(desk):
    (path,) = send_back(desk)

    assert [(line.level, line.where) for line in Returned(path).lines] == [
        ("× 必须改", "主动公开!D8"), ("! 请核实", "基本情况!E9"),
    ]  # fmt: skip


def test_a_return_without_such_a_break_has_no_question(tmp_path):
    desk = Desk(tmp_path)
    desk.send(UNIT, "2012-01")
    desk.send(UNIT, "2012-02", {"T1.102": "4条", "T2.91": 3}, received="2012-03-01")
    (back,) = desk.examine("2012-03-02").sent_back

    assert back.beside == ()


def test_of_two_versions_that_were_sent_back_only_the_newest_is_asked_about(tmp_path):
    desk = Desk(tmp_path)
    desk.send(UNIT, changes={"T1.102": "4条"}, name="一.xlsx", received="2012-02-01")
    desk.send(UNIT, changes={"T2.04": -1}, name="二.xlsx", received="2012-02-02")
    outcome = desk.examine("2012-02-03")

    assert [(f.file, f.rule) for f in outcome.open_findings if f.file] == [("二.xlsx", "E-NEG-01")]
    assert [f.state for f in outcome.findings if f.file == "一.xlsx" and f.level == "must"] == ["已改"]
    assert [back.file for back in outcome.sent_back] == ["二.xlsx"]
