"""The yearly report's figures against the tables: what is off is named, with the slip that explains it."""

import pytest

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
        ("W-PRT-02", "D4", "10.5"),
        ("W-PRT-02", "D5", "3"),
    ]
    assert against(outcome) == {
        "ch2": (4, 4, 0, "一致"),
        "total": (None, None, None, "未判"),
        "norm": (105, None, None, "未判"),  # 10.5, as it was written,
        "ch8": (3, None, None, "未判"),
    }


@pytest.mark.slow
def test_before_the_year_is_over_nothing_is_held_against_the_report(desk: Desk):
    desk.send()
    printed(desk, ("total", "主动公开", "条", 8))

    assert against(desk.examine(through="2012-11")) == {}
