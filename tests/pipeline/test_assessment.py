"""How units did: every figure of a unit is traced to what it sent, and nothing is said of too little."""

from dataclasses import replace

import pytest

from pipeline.outbox.publish.unit_columns import beside
from pipeline.tables.assessment.peers import beside_peers
from pipeline.tables.assessment.sent import Sent, halves
from schemas.forms import read_draft
from schemas.mistake import Mistake
from schemas.office import read_office

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def units(quarter):
    desk, outcome = quarter
    return {desk.office.short(unit.unit): unit for unit in outcome.assessed}


def test_the_units_stand_in_the_offices_order(units, quarter):
    assert list(units) == [unit.short for unit in quarter[0].office.units]


def test_what_was_owed_sent_and_counted(units):
    found = units["市卫生局"]

    assert (found.owed, found.sent, found.counted, found.missing) == (4, 3, 3, 1)
    assert (units["市教育局"].owed, units["市教育局"].counted, units["市教育局"].missing) == (4, 4, 0)


def test_who_was_late_and_by_how_many_days(units):
    found = units["市卫生局"]

    assert (found.on_time, found.late, found.days_late) == (2, 1, 3), "due on 2012-02-06, a Monday"
    assert (found.on_time_rate, units["市科技局"].on_time_rate) == (0.5, 1.0)


def test_what_was_right_at_first_and_in_how_many_rounds(units):
    found = units["市卫生局"]

    assert (found.first_right, found.sent_back, found.most_rounds) == (2, 1, 2)
    assert (units["市科技局"].first_right, units["市科技局"].most_rounds) == (4, 1)


def test_of_too_few_returns_no_rate_is_given(units):
    """Three were sent, and the office's settings say four."""
    assert units["市卫生局"].first_right_rate is None
    assert units["市卫生局"].days is not None


def test_the_later_half_is_held_against_the_earlier(units):
    found = units["市卫生局"]

    assert (found.on_time_earlier, found.on_time_later, found.on_time_change) == (1, 1, 0)
    assert (found.first_right_earlier, found.first_right_later) == (1, 1)


def test_an_open_question_is_as_old_as_its_return(units):
    assert (units["市卫生局"].open_questions, units["市卫生局"].oldest_days) == (1, 17)
    assert (units["市教育局"].open_questions, units["市教育局"].oldest_days) == (0, None)


def test_breadth_counts_the_categories_used_in_any_month(units):
    assert [(unit.breadth, unit.breadth_of) for unit in units.values()] == [(2, 8), (2, 8), (3, 8)]


def test_delay_is_the_median_of_the_items_of_the_register(units):
    """Ten items a month, disclosed after 1, 2, 3 and 4 days: of the middle ones the smaller."""
    assert (units["市科技局"].items, units["市科技局"].days) == (40, 2)
    assert (units["市教育局"].items, units["市教育局"].days) == (40, 0)


def test_peers_are_the_units_of_a_kind_that_can_be_assessed(units):
    peers = units["市卫生局"].peers

    assert (peers.units, peers.on_time_rate, peers.days) == (3, 1.0, 0)
    assert peers.first_right_rate is None, "of one of the three no rate is given, and two are no peers"
    assert {unit.peers for unit in units.values()} == {peers}


def test_units_of_another_kind_are_no_peers(units):
    other = replace(units["市教育局"], unit="x", kind="区", on_time_rate=0.0)

    assert [u.peers.on_time_rate for u in beside_peers([*units.values(), other], 4, 3)] == [1.0, 1.0, 1.0, None]


def test_a_month_that_is_not_due_is_held_against_nobody(units, quarter):
    """May is reported too, and due in June."""
    assert str(quarter[1].months[-1]) == "2012-05"
    assert {unit.owed for unit in units.values()} == {4}


@pytest.mark.parametrize(
    ("versions", "on_time", "rounds"),
    [
        ((), False, 0),
        ((("通过", 0),), True, 1),
        ((("待核实", 2),), False, 1),
        ((("退回", 0), ("核实通过", 9)), True, 2),
        ((("退回", 0), ("退回", 0)), False, 0),
        ((("暂列", 0),), True, 0),
    ],
)
def test_a_return_is_judged_by_its_versions(versions, on_time, rounds):
    sent = Sent(versions)

    assert (sent.on_time, sent.rounds) == (on_time, rounds)
    assert sent.first_right == (rounds == 1)


def test_of_an_odd_number_of_months_the_middle_one_is_in_no_half():
    months = [Sent(((state, 0),)) for state in "abcde"]

    assert halves(months, 4) == (months[:2], months[3:])
    assert halves(months, 5) is None


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ('breadth = { name = "类", of = "T1.kinds" }', "kinds"),
        ('delay = { name = "从制作到公开", begins = "T6.made", ends = "T2.01" }', "要写同一张台账的两个日期栏"),
        ('delay = { name = "从制作到公开", begins = "T6.mode", ends = "T6.made" }', "mode"),
    ],
)
def test_what_units_are_assessed_by_is_checked_when_it_is_read(tmp_path, told, says):
    (tmp_path / "next.toml").write_text(f'id = "next"\nextends = "jyg-2012"\n[assessment]\n{told}\n', encoding="utf-8")

    with pytest.raises(Mistake, match=says):
        read_draft(tmp_path / "next.toml", read_office())


def test_of_a_kind_a_quarter_at_most_is_behind_and_not_half(units, quarter):
    """One day more than the median is the lot of half of all units."""
    one = units["市科技局"]
    eight = beside_peers([replace(one, days=days, on_time_rate=1 - days / 20) for days in range(8)], 1, 3)
    said = [beside(unit, quarter[1]) for unit in eight]

    assert [text for text in said[:6] if text != "不落后"] == []
    assert said[6:] == ["按时率低、从制作到公开多2.5天", "按时率低、从制作到公开多3.5天"]
