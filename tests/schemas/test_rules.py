"""The rule language by example: what a sentence names, what it refuses, what it says in Chinese."""

import pytest

from schemas.quantity import Quantity
from schemas.rules.parse import Misspelt, parse
from schemas.rules.terms import DAYS, Linear
from tests.schemas.small import agreeing, form, statement

ITEMS, PERSONS, YUAN = Quantity(), Quantity("人次"), Quantity("元", 2)


def written(linear: Linear) -> str:
    """A bound sum as text: each term with its coefficient, then the constant."""
    terms = [f"{coefficient:+d}*{ref}" for coefficient, ref in linear.terms]
    return " ".join(terms + [f"{linear.constant:+d}"] * bool(linear.constant))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("T2.10", "+1*T2.10"),
        ("sum(T2.11..13)", "+1*T2.11 +1*T2.12 +1*T2.13"),
        ("sum(T2.13..13)", "+1*T2.13"),
        ("sum(T1.channels)", "+1*T1.101 +1*T1.102 +1*T1.103"),
        ("sum(T1.*)", "+1*T1.101 +1*T1.102 +1*T1.103 +1*T1.201 +1*T1.202"),
        ("sum(T1.100..101)", "+1*T1.100 +1*T1.101"),
        ("sum(T2.11..12:year_to_date)", "+1*T2.11:year_to_date +1*T2.12:year_to_date"),
        ("T2.10:year_to_date@-1", "+1*T2.10:year_to_date@-1"),
        ("T2.10@-12", "+1*T2.10@-12"),
        ("2 * T2.10 - 3*sum(T2.11..12) + 5 - 1", "+2*T2.10 -3*T2.11 -3*T2.12 +4"),
        ("- T2.10 + T2.10", "-1*T2.10 +1*T2.10"),
        ("0", ""),
        ("T8.802_charged", "+1*T8.802_charged"),
        ("sum(T8.charged)", "+1*T8.801_charged +1*T8.802_charged"),
        ("T8.total_charged - 150", "+1*T8.total_charged -15000"),
        ("sum(T7.102)", "+1*T7.U1_102 +1*T7.U2_102 +1*T7.U3_102"),
        ("sum(T5.501..502)", "+1*T5.501 +1*T5.502"),
        ("sum(T5.*:year_to_date)", "+1*T5.501:year_to_date +1*T5.502:year_to_date"),
        ("T6.rows", "+1*T6.rows"),
        ("sum(T6.category)", "+1*T6.201 +1*T6.202"),
        ("sum(T6.202x)", "+1*T6.202_101 +1*T6.202_102 +1*T6.202_103"),
        ("T6.made", "+1*T6.made:item"),
    ],
)
def test_a_sum_names_its_lines(text, bound):
    (linear,) = form().expression(text)

    assert written(linear) == bound


def test_an_expression_over_a_block_is_one_sum_a_line():
    sums = form().expression("T1.channels - T2.10")

    assert [written(linear) for linear in sums] == ["+1*T1.101 -1*T2.10", "+1*T1.102 -1*T2.10", "+1*T1.103 -1*T2.10"]


def test_each_part_of_pairs_lines_and_repeats_what_is_single():
    claims = [s.claim for s in form("each part of T2.11..13 <= T1.channels + T2.10").statements]

    assert [written(c.left) for c in claims] == ["+1*T2.11", "+1*T2.12", "+1*T2.13"]
    assert [written(c.right) for c in claims] == ["+1*T1.101 +1*T2.10", "+1*T1.102 +1*T2.10", "+1*T1.103 +1*T2.10"]


def test_guards_go_with_each_part():
    guards = [s.guards for s in form("each part of T2.11..12 >= 1 when T1.categories >= 1 and T2.10 >= 1").statements]

    assert [[written(g.left) for g in pair] for pair in guards] == [
        ["+1*T1.201", "+1*T2.10"],
        ["+1*T1.202", "+1*T2.10"],
    ]


def test_each_part_is_a_statement_of_its_own_at_its_own_line():
    assert [s.key for s in form("each part of T1.channels <= T2.10").statements] == [
        "R0@T1.101",
        "R0@T1.102",
        "R0@T1.103",
    ]


def test_a_rule_shows_where_it_says_or_at_the_first_line_on_its_left():
    assert str(statement("T2.11 + T2.12 <= T2.10").at) == "T2.11"
    assert str(statement("T2.11 + T2.12 <= T2.10", at="T2.10").at) == "T2.10"


def test_a_rule_about_each_row_is_one_statement_about_the_dates_in_it():
    rule = statement("each row T6.reviewed <= T6.disclosed - 1 when T6.made >= T6.disclosed", at="T6.disclosed")

    assert (rule.scope, str(rule.at), written(rule.claim.left)) == ("row", "T6.disclosed:item", "+1*T6.reviewed:item")
    assert (written(rule.claim.right), written(rule.guards[0].left)) == ("+1*T6.disclosed:item -1", "+1*T6.made:item")


@pytest.mark.parametrize(
    ("holds", "quantities"),
    [
        ("T2.20 >= 1", [ITEMS]),
        ("T8.total_charged = sum(T8.charged)", [YUAN]),
        ("T8.801_waived <= T8.801_charged - 50", [YUAN]),
        ("T8.801_payers >= 1 when T8.801_charged >= 1 and T2.10 >= 1", [PERSONS, YUAN, ITEMS]),
        ("T8.801_charged >= 1 when T8.801_payers >= 1", [YUAN, PERSONS]),
        ("T5.512 >= 1 when 1 >= 0", [YUAN, DAYS]),
    ],
)
def test_a_comparison_is_counted_in_what_its_lines_are(holds, quantities):
    rule = statement(holds)

    assert [claim.quantity for claim in (rule.claim, *rule.guards)] == quantities


@pytest.mark.parametrize(
    ("reading", "read_as"),
    [
        ("partition", ["T2.10 = 3"]),
        ("overlap", ["T2.10 <= 3", "T1.101 <= 1", "T1.102 <= 1", "T1.103 <= 1"]),
    ],
)
def test_an_agreement_is_read_as_its_block_says(reading, read_as):
    statements = agreeing("T2.10", "T1.channels", reading).statements

    assert [f"{s.at} {s.claim.operator} {len(s.claim.right.terms)}" for s in statements] == read_as


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("T2.10 = ", "没有写完"),
        ("T2.10", "没有写完"),
        ("T2.10 == T2.11", "从“= T2.11”起读不懂"),
        ("T2.10 > T2.11", "从“> T2.11”起读不懂"),
        ("T2.10 ＝ T2.11", "从“＝ T2.11”起读不懂"),
        ("T2.10 = T2.11 if T2.12 >= 1", "从“if T2.12 >= 1”起读不懂"),
        ("T2.10 = T2.11 * 2", "从“* 2”起读不懂"),
        ("T2.10 = sum(T2.11; T2.12)", "从“; T2.12)”起读不懂"),
        ("T2.10 = T2.11@1", "从“1”起读不懂"),
        ("T2.10 = sum(T2.11..)", "从“)”起读不懂"),
    ],
)
def test_a_misspelt_rule_is_shown_from_where_it_goes_wrong(text, says):
    with pytest.raises(Misspelt, match="写法如 ") as refused:
        parse(text)

    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("each part of T2.11..13 <= T1.categories", "两边的行数不同（2、3）"),
        ("T2.10 = T2.11..13", "“T2.11”有 3 行"),
        ("T2.10 = T1.chanels", "没有“chanels”行，最接近的是“channels”"),
        ("T2.10 = sum(T2.13..11)", "“13..11”前后颠倒"),
        ("T2.10 = T2.11:years", "没有“years”栏"),
        ("T2.10 = T3.11", "没有表“T3”"),
        ("T8.801_charged <= T2.10", "“元”（金额）和“条”（件数）不能放在一起加减或比较"),
        ("each part of T8.charged <= T8.payers", "“元”（金额）和“人次”（人次）不能放在一起"),
        ("T8.801_charged + T8.801_payers >= 1", "“元”（金额）和“人次”（人次）不能放在一起"),
        ("T2.10 >= 1 when T8.801_charged >= T2.10", "“元”（金额）和“条”（件数）不能放在一起"),
        ("sum(T5.*) >= 1", "“篇”（件数）和“人”（人数）不能放在一起"),
        ("T8.801_charged >= 0.005", "“0.005”的小数太多，以“元”计的数最多两位小数"),
        ("T2.10 <= 0.5", "“0.5”的小数太多，以“条”计的数是整数"),
        ("T8.801_chraged >= 1", "没有“801_chraged”行，最接近的是“801_charged”"),
        ("T8.801_charged:year_to_date >= 1", "没有“year_to_date”栏"),
        ("T5.511:year_to_date >= 1", "没有“511”行"),
        ("T2.10 = sum(T6.*)", "表 T6 没有要填的行"),
        ("T6.made <= T6.disclosed", "请写 each row"),
        ("T2.10 >= 1 when T6.made <= T6.disclosed", "请写 each row"),
        ("each part of T6.made <= T6.disclosed", "请写 each row"),
        ("each row T6.made <= T2.10", "只能比较一张台账里的日期栏"),
        ("each row T2.11 <= T2.10", "只能比较一张台账里的日期栏"),
        ("each row T6.made <= T6.disclosed when T6.rows >= 1", "只能比较一张台账里的日期栏"),
        ("each row T6.made <= T6.disclosd", "没有“disclosd”行"),
        ("each row T6.title <= T6.disclosed", "没有“title”行"),
        ("each row T6.made <= T6.disclosed@-1", "“disclosed”是日期栏，后面不能写 .. 或 @"),
        ("each row sum(T6.made..disclosed) >= 1", "“made”是日期栏，后面不能写 .. 或 @"),
    ],
)
def test_a_rule_that_cannot_be_bound_is_refused(text, says):
    with pytest.raises(Misspelt) as refused:
        _ = form(text).statements

    assert says in str(refused.value)
