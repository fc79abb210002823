"""A column that is a ratio: what it is told in, how it is rounded, and what an edition can declare wrongly."""

from fractions import Fraction

import pytest

from schemas.annual import Column
from schemas.forms import read_form
from schemas.quantity import Quantity
from schemas.ratios import of_all, ratios
from schemas.rules import words
from schemas.rules.parse import Misspelt, parse
from schemas.rules.terms import Linear, Ratio
from tests.builders import the_city
from tests.schemas.test_mistakes import mistake_after

FORM = read_form("jyg-2012", the_city())
FIRST = '{ of = "T2.91", name = "接待现场查阅" },'
# what stands in place of a column, and what is said
WRONG = {
    "an unknown line": ('{ of = "T2.91", over = "T2.9l", name = "率" }', "“T2.9l”：表 T2 没有“9l”行，最接近的是“91”"),
    "an unknown table": ('{ of = "T2.91", over = "TT2.91", name = "率" }', "没有表“TT2”，最接近的是“T2”"),
    "no name": ('{ of = "T2.91", over = "T2.92" }', "比例（“T2.91”比“T2.92”）要写“name”"),
    "a unit without a ratio": ('{ of = "T2.91", unit = "%" }', "“unit”只用于比例，比例要写“over”（分母）"),
    "decimals without a ratio": ('{ of = "T2.91", decimals = 2 }', "“decimals”只用于比例"),
    "too many decimals": ('{ of = "T2.91", over = "T2.92", name = "率", decimals = 9 }', "“decimals”"),
    "a key misspelt": ('{ of = "T2.91", ovr = "T2.92", name = "率" }', "“ovr”"),
    "of two kinds": (
        '{ of = "T8.total_charged", over = "T8.total_payers", name = "率" }',
        '“率”：“元”和“人次”不是同一种数，比例要写单位，如 unit = "元/人次"',
    ),
    "a share of another kind": (
        '{ of = "T8.total_charged", over = "T8.total_payers", name = "率", unit = "%" }',
        '不能以 % 计，请写 unit = "元/人次"',
    ),
    "a unit turned round": (
        '{ of = "T8.total_charged", over = "T8.total_payers", name = "率", unit = "人次/元" }',
        '单位“人次/元”和两个数的单位（“元”、“人次”）对不上，请写 unit = "元/人次"',
    ),
    "a ratio of a ratio": (
        '{ of = "T2.91", over = "T2.92", name = "率" }, { of = "率", over = "T2.92", name = "率的率" }',
        "“of”写了栏名“率”，那一栏本身是比例，比例不能再作分子分母，请写指标",
    ),
    "the name of a column": (
        '{ of = "T2.91", over = "提供查阅", name = "率" }',
        '“over”写了栏名“提供查阅”，请写它的指标：over = "T2.92"',
    ),
    "two of one name": ('{ of = "T2.91", over = "T2.92", name = "提供查阅" }', "表6 有两栏都叫“提供查阅”，请改一个名称"),
    "several below one": (
        '{ of = "T2.91", over = "T1.channels", name = "率" }',
        "分子有 1 行，分母“T1.channels”有 7 行，分母请写 sum(…) 或一行",
    ),
    "a number below": ('{ of = "T2.91", over = "12", name = "月均" }', "“12”里没有指标"),
    "a division": ('{ of = "T2.91 / T2.92", name = "率" }', "年度表的比例写成一栏，of 是分子，over 是分母"),
    "a date": ('{ of = "T2.91", over = "T6.made", name = "率" }', "日期栏不能相加"),
    "months before": ('{ of = "T2.91", over = "T2.91@-1", name = "率" }', "“T2.91@-1”：汇总表和统计稿只用本期数，不写“:”和“@”"),
    "so far": ('{ of = "T2.91", over = "T2.91:year_to_date", name = "率" }', "只用本期数"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_ratio_is_told_with_its_line_and_what_is_right(case, tmp_path):
    column, said = WRONG[case]

    message, line = mistake_after(tmp_path, "jyg-2012.toml", FIRST, f"{column},")

    assert message.startswith(line), message
    assert said in message


def test_a_table_by_lines_takes_no_columns(tmp_path):
    message, _ = mistake_after(
        tmp_path, "jyg-2012.toml", 'lines = "T5.*"\n', 'lines = "T5.*"\ncolumn = [{ of = "T2.01" }]\n'
    )

    assert "表10 的各栏是全年和各季度，不用写 column" in message


def ratio(of: str, over: str, **more: object) -> Ratio:
    ((only,),) = ratios(FORM, Column(of=of, over=over, name="率", **more))
    return only


@pytest.mark.parametrize(
    ("of", "over", "unit", "told", "scale"),
    [
        ("T1.102", "T2.01", None, "%", 100),
        ("T1.102", "T2.01", "‰", "‰", 1000),
        ("T1.102", "T2.01", "倍", "倍", 1),
        ("T1.102", "T2.01", "", "", 1),
        ("T8.total_charged", "T8.total_payers", "元/人次", "元/人次", 1),
        ("T8.total_charged", "T8.total_payers", "元", "元", 1),
        ("T8.total_charged", "T8.total_payers", "万元/人次", "万元/人次", Fraction(1, 10_000)),
        ("T8.total_charged", "T8.total_payers", "元/万人次", "元/万人次", 10_000),
        ("T8.total_charged", "T2.01", "元/宗", "元/宗", 1),
        ("T2.01", "T8.total_charged", "条/万元", "条/万元", 10_000),
    ],
)  # fmt: skip
def test_what_a_ratio_is_told_in(of, over, unit, told, scale):
    made = ratio(of, over, unit=unit)

    assert (made.quantity, made.scale) == (Quantity(told, 1), scale)


@pytest.mark.parametrize(
    ("decimals", "top", "bottom", "steps"),
    [(1, 1, 3, 333), (1, 2, 3, 667), (0, 1, 8, 13), (0, 3, 8, 38), (1, 43, 2000, 22), (2, 0, 7, 0), (0, -1, 8, -13), (0, 1, 3, 33)],
)  # fmt: skip
def test_halves_are_rounded_away_from_zero(decimals, top, bottom, steps):
    assert ratio("T1.102", "T2.01", decimals=decimals).steps(top, bottom) == steps


def test_money_over_persons_is_told_in_money():
    made = ratio("T8.total_charged", "T8.total_payers", unit="元/人次", decimals=2)

    assert made.steps(100_00, 3) == 33_33
    assert words.quotient(made, FORM.entries) == "“合计·收费金额”÷“合计·收费人次”"


def test_a_block_has_a_ratio_of_each_of_its_lines():
    made = ratios(FORM, Column(of="T1.channels", over="T2.01", name="占比"))

    assert len(made) == 7
    assert {one.bottom for (one,) in made} == {FORM.expression("T2.01")[0]}


@pytest.mark.parametrize(("over", "lines"), [("T6.{row}", 2), ("sum(T1.categories)", 8)])
def test_all_rows_together_have_the_sum_of_what_is_each_rows_own(over, lines):
    column = Column(of="T6.{row}_102", over=over, name="率")
    ((first, second),) = ratios(FORM, column, ["201", "202"])

    whole = of_all(column, (first, second))

    assert whole.top == Linear((*first.top.terms, *second.top.terms))
    assert len(whole.bottom.terms) == lines


def test_a_sum_in_a_ratio_stands_in_brackets():
    made = ratio("T1.102 + T1.103", "T2.01")

    assert words.quotient(made, FORM.entries).startswith("（102—103行之和）÷“主动公开信息数”")


def test_a_rule_cannot_divide_and_says_what_to_do():
    with pytest.raises(Misspelt, match="规则两边同乘"):
        parse("T2.02 / T2.01 <= 1")
