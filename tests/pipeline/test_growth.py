"""A figure beside its base: nothing is ∞ or 100% for want of a base, and what is not known is not 0."""

from decimal import Decimal

import pytest

from pipeline.values.growth import Growth

GROWTH = {
    "more": (Growth(267, 263), 4, "1.5", ""),
    "less": (Growth(9, 12), -3, "-25.0", ""),
    "half a tenth is rounded away from 0": (Growth(2003, 2000), 3, "0.2", ""),
    "so is half a tenth less": (Growth(1997, 2000), -3, "-0.2", ""),
    "nothing any more": (Growth(0, 7), -7, "-100.0", ""),
    "as much": (Growth(5, 5), 0, "0.0", "持平"),
    "from nothing": (Growth(15, 0), 15, None, "上年为 0"),
    "nothing both times": (Growth(0, 0), 0, None, "持平"),
    "base not known": (Growth(15, None), None, None, "无上年数据"),
    "month before not known": (Growth(15, None, base_is="上月"), None, None, "无上月数据"),
    "not known now": (Growth(None, 4), None, None, "无本期数据"),
    "not comparable": (Growth(12, 10, "今年缺市档案局"), 2, None, "不可比：今年缺市档案局"),
    "not comparable with nothing": (Growth(12, None, "今年缺市档案局"), None, None, "无上年数据"),
    "a base below 0": (Growth(3, -1), 4, None, "上年为负数"),
}


@pytest.mark.parametrize("name", GROWTH)
def test_increase_percentage_and_note(name):
    change, increase, percent, note = GROWTH[name]

    assert change.increase == increase
    assert change.percent == (None if percent is None else Decimal(percent))
    assert change.note == note
