"""One value for what a number is counted in: one way in, one way out, and units that are multiples of each other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.quantity import MOST_DECIMALS, NoMultiple, Quantity, common, decimals_of
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


@pytest.mark.parametrize(
    ("quantity", "steps", "number"),
    [(ITEMS, 3, 3), (YUAN, 1250, 12.5), (YUAN, -1, -0.01), (ITEMS, Decimal("2.5"), 2.5), (YUAN, Decimal("2.5"), 0.025)],
)
def test_a_cell_holds_the_number_in_its_unit_a_count_as_a_whole_number(quantity, steps, number):
    assert quantity.number(steps) == number
    assert isinstance(quantity.number(steps), int) == isinstance(number, int)


@pytest.mark.parametrize(("steps", "signed"), [(1250, "+12.50"), (0, "0.00"), (-1250, "-12.50")])
def test_a_difference_has_its_sign(steps, signed):
    assert YUAN.signed(steps) == signed
    assert YUAN.told(steps) == signed.removeprefix("+") + "元"


@pytest.mark.parametrize(
    ("quantity", "steps", "other", "brought"),
    [(YUAN, 1_234_500, WAN, "1.2345"), (WAN, 150, YUAN, "15000"), (YUAN, 5, YUAN, "0.05"), (ITEMS, 7, ITEMS, "7")],
)
def test_a_number_is_brought_into_another_unit_exactly(quantity, steps, other, brought):
    assert quantity.brought(steps, other) == Decimal(brought)


@pytest.mark.parametrize(("written", "decimals"), [("12", 0), ("12.50", 1), ("1200", 0), ("0.05", 2), ("0", 0)])
def test_how_many_decimals_a_number_needs(written, decimals):
    assert decimals_of(Decimal(written)) == decimals


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (YUAN, Quantity("天"), "“天”和“元”（金额）不能放在一起加减或比较"),
        (Quantity("张"), WAN, "“万元”（金额）和“张”不能放在一起加减或比较"),
    ],
)
def test_two_units_of_different_kinds_are_named_with_their_kinds(one, other, says):
    with pytest.raises(NoMultiple) as told:
        one.is_as_large_as(other)
    assert says in str(told.value)


def test_units_of_one_kind_and_size_are_as_large_as_each_other():
    assert YUAN.is_as_large_as(Quantity("元", 0))
    assert not YUAN.is_as_large_as(WAN)
    assert Quantity("某").is_as_large_as(Quantity("某"))


def test_a_step_that_is_no_whole_number_of_the_others_is_refused():
    assert YUAN.steps_of(WAN) == 10_000
    assert YUAN.steps_of(YUAN) == 1
    with pytest.raises(NoMultiple, match="“元”的一步不是“万元”的整数步"):
        WAN.steps_of(YUAN)


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
