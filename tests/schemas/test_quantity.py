"""One value for what a number is counted in: one way in, one way out, and units that are multiples of each other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.quantity import MOST_DECIMALS, NoMultiple, Quantity, common
from schemas.rules import excel, words
from tests.schemas.small import LINES, agreeing, form, statement

YUAN, WAN, WHOLE_WAN, ITEMS = Quantity("元", 2), Quantity("万元", 2), Quantity("万元"), Quantity()
QUANTITIES = st.builds(Quantity, st.sampled_from(["条", "元", "万元", "公顷"]), st.integers(0, MOST_DECIMALS))
STEPS = st.integers(-(10**15), 10**15)


@given(QUANTITIES, STEPS)
def test_what_goes_out_comes_in_again(quantity, steps):
    assert quantity.read(quantity.exact(steps)) == steps
    assert quantity.read(Decimal(quantity.show(steps).replace(",", ""))) == steps
    assert quantity.signed(steps) == ("+" if steps > 0 else "") + quantity.show(steps)


@given(st.lists(QUANTITIES.filter(lambda q: q.unit in {"元", "万元"}), min_size=1), STEPS)
def test_what_is_added_in_is_fine_enough_for_all(quantities, steps):
    whole = common(quantities)

    for one in quantities:
        assert whole.exact(steps * whole.steps_of(one)) == one.brought(steps, whole)


@pytest.mark.parametrize(
    ("quantity", "steps", "shown"),
    [(YUAN, -123456, "-1,234.56"), (WAN, 1250, "12.50"), (Quantity("天", 1), 15, "1.5"), (ITEMS, 12345, "12,345")],
)
def test_a_number_is_shown_with_its_decimals_and_thousands_apart(quantity, steps, shown):
    assert quantity.show(steps) == shown


@pytest.mark.parametrize(("written", "read"), [("12.5", 1250), ("12.50", 1250), ("12.555", None), ("-0.01", -1)])
def test_more_decimals_than_a_line_takes_are_no_number(written, read):
    assert YUAN.read(Decimal(written)) == read


@pytest.mark.parametrize(
    ("several", "whole"),
    [
        ([YUAN, WAN], YUAN),
        ([WAN, WHOLE_WAN], WAN),
        ([Quantity("万元", 5), Quantity("元")], Quantity("元", 1)),
        ([Quantity("个人"), Quantity("个人")], Quantity("个人")),
        ([ITEMS, Quantity("件")], ITEMS),
        ([], Quantity("")),
    ],
)
def test_numbers_are_added_in_the_smallest_unit_and_the_fewest_decimals(several, whole):
    assert common(several) == whole


@pytest.mark.parametrize("other", [ITEMS, Quantity("人次"), Quantity("个人")])
def test_unlike_units_are_never_added(other):
    with pytest.raises(NoMultiple, match="“元”（金额）和"):
        common([YUAN, other])


def in_wan(monkeypatch, **decimals):
    """The small form with lines 14 in 元 and 15 in 万元."""
    more = [{"code": code, "name": f"经费{code}", "unit": unit, "decimals": decimals.get(unit, 2)}
            for code, unit in (("14", "元"), ("15", "万元"))]  # fmt: skip
    monkeypatch.setattr("tests.schemas.small.LINES", [*LINES, *more])


def test_a_rule_compares_yuan_and_ten_thousands_of_it_in_one_step(monkeypatch):
    in_wan(monkeypatch, 万元=0)
    small = form("T2.14 <= T2.15 + 1")
    (rule,) = small.statements

    assert rule.claim.quantity == YUAN
    assert [coefficient for coefficient, _ in rule.claim.right.terms] == [1_000_000]
    assert rule.claim.right.constant == 1_000_000
    assert words.sentence(rule, small.entries) == "“经费14”（14行）应不大于“经费15”（15行）加10,000.00元"
    assert words.complaint(rule, small.entries, 2_500_000, 2_000_000) == (
        "“经费14”（14行）是 25,000.00 元，“经费15”（15行）加10,000.00元是 20,000.00 元，多 5,000.00 元。"
    )


def test_a_cell_of_a_template_compares_each_number_in_its_own_unit(monkeypatch):
    in_wan(monkeypatch)
    small = form("T2.14 <= T2.15 + 1")

    told = excel.broken(small.statements[0], lambda ref: f"D{ref.line}", small.entries)
    assert told == "NOT(ROUND(SUM(D14)-(10000*N(D15)+10000),2)<=0)"


def test_an_agreement_of_yuan_and_ten_thousands_of_it_has_both_sides_in_one_step(monkeypatch):
    in_wan(monkeypatch)
    (meeting,) = agreeing("T2.14", "T2.15").meetings

    assert meeting.quantity == YUAN
    assert [[n for n, _ in side.terms] for side in (meeting.left, meeting.right)] == [[1], [10_000]]


def test_a_number_in_a_rule_is_in_the_unit_of_its_line():
    assert statement("T8.total_charged <= 1.5").claim.right.constant == 150
