"""The yearly report's figures against the tables: what is off is named, with the slip that explains it."""

from decimal import Decimal

import pytest

from pipeline.judge.reconcile.report import _rounded
from pipeline.values.printed import PrintedFigure
from schemas.quantity import Quantity
from tests.builders import Desk
from tests.pipeline.happenings import printed

YEAR = {"as_of": "2012-01-31", "through": "2012-12"}


def against(outcome) -> dict[str, tuple]:
    """What was printed, what was counted, the difference and the verdict, by code."""
    there = (d for d in outcome.differences if d.id.startswith("P-"))
    return {d.id[2:]: (d.left_value, d.right_value, d.difference, d.verdict) for d in there}


@pytest.mark.slow
def test_a_misprint_is_named_as_one_digit_and_caused_by_no_return(desk):
    desk.send(changes={"T2.06": 87200, "T2.07": 519, "T2.08": 67156})
    printed(desk, ("consult", "接待访问咨询", "人次", 154855), ("consult3", "电话咨询", "人次", 67156))

    outcome = desk.examine(**YEAR)

    (finding,) = outcome.findings
    assert (finding.rule, finding.sheet, finding.cell) == ("W-PRT-01", "年报正文数字", "D2")
    assert finding.message == (
        "年报正文印“接待访问咨询” 154,855 人次，汇总数是 154,875 人次，正文少 20 人次；"
        "月报的分项都对得上，这个差不是哪份月报造成的；像是一位数字之误。"
    )
    assert against(outcome) == {
        "consult": (154855, 154875, -20, "不一致"),
        "consult3": (67156, 67156, 0, "一致"),
    }


@pytest.mark.slow
def test_where_returns_do_not_meet_the_misprint_points_to_them(desk):
    desk.send(changes={"T1.103": 4}, notes={"T1.100": "2条在会上公开"})
    printed(desk, ("total", "主动公开", "条", 8))

    finding = desk.examine(**YEAR).findings[-1]

    assert finding.message.endswith("正文少 2 条；月报中有1份的有关数字对不上，见同表的逐份差额。")


@pytest.mark.slow
def test_what_cannot_be_compared_is_said(desk):
    desk.send()
    written = [("total", "主动公开", "条", "一万"), ("norm", "规范性文件", "件", 10.5), ("ch8", "广播", "条", 3)]
    printed(desk, ("ch2", "市政府网站", "条", 4), *written)

    outcome = desk.examine(**YEAR)

    assert [(f.rule, f.cell, f.value) for f in outcome.findings] == [
        ("W-PRT-02", "D3", "一万"),
        ("W-PRT-01", "D4", "10.5"),
        ("W-PRT-02", "D5", "3"),
    ]
    assert "汇总数是 1.0 件，正文多 9.5 件" in outcome.findings[1].message
    assert outcome.findings[1].message.endswith("正文的小数比表式多1位，请改用汇总数。")
    assert against(outcome) == {
        "ch2": (4, 4, 0, "一致"),
        "total": (None, None, None, "未判"),
        "norm": (105, 10, 95, "不一致"),  # 10.5 is a number, and finer than anyone counts
        "ch8": (3, None, None, "未判"),
    }


@pytest.mark.parametrize(
    ("written", "apart"), [("12.35", 0), ("12.34", 1), ("123456.78", 0), ("123456.79", 1), ("12", 0), ("12.345678", 0)]
)
def test_what_a_larger_unit_had_to_be_rounded_to_is_no_difference(written, apart):
    """123,456.78 元 of the tables, printed in 万元 or in 元."""
    unit = "元" if written.startswith("1234") else "万元"
    figure = PrintedFigure("fee", "收费", unit, Decimal(written), written, "五", "S", "D2")
    gap = 2 * abs(round(Decimal(written) * (10000 if unit == "万元" else 1) * 100) - 12345678)

    assert (gap > _rounded(figure, Quantity("元", 2))) == bool(apart)


@pytest.mark.slow
def test_before_the_year_is_over_nothing_is_held_against_the_report(desk: Desk):
    desk.send()
    printed(desk, ("total", "主动公开", "条", 8))

    assert against(desk.examine(through="2012-11")) == {}
