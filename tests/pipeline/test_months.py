"""This month against the last: the cumulative chain, and returns that repeat the month before."""

import pytest

from tests.builders import Desk, complaints
from tests.pipeline.overtype import overtype, together

CHAIN = {"C-03": 15, "C-04": 37, "C-05": 15, "C-06": 37}  # one comparison a line


def february(desk: Desk, unit: str, **how: object) -> None:
    desk.send(unit, "2012-02", {"T2.05": 130}, **how)


@pytest.mark.slow
def test_a_broken_chain_is_asked_about_once_at_each_cell(desk):
    desk.send("市卫生局")
    february(desk, "市卫生局", edit=together(overtype("主动公开", E8=15, E9=5), overtype("基本情况", E9=4, E10=251)))

    outcome = desk.examine(through="2012-02")

    assert sorted(complaints(outcome)) == [
        ("C-03", "主动公开", "E9"),
        ("C-04", "基本情况", "E9"),
        ("C-05", "主动公开", "E8"),
        ("C-06", "基本情况", "E10"),
    ]
    assert next(f.message for f in outcome.findings if f.rule == "C-05") == (
        "“市政府网站”（102行）本年累计是 15 条，"
        "上月“市政府网站”（102行）本年累计加“市政府网站”（102行）是 8 条，多 7 条。"
    )


@pytest.mark.slow
def test_without_last_month_the_chain_is_not_judged_and_counted(desk):
    desk.send("市教育局")
    february(desk, "市教育局")
    february(desk, "市卫生局")  # whose January is missing
    desk.send("市财政局", changes={"T2.12": None})
    february(desk, "市财政局")  # whose January was sent back

    outcome = desk.examine(through="2012-02")

    assert complaints(outcome) == [("E-MIS-02", "基本情况", "D19")]
    assert {rule: outcome.not_judged[rule] for rule in CHAIN} == {rule: 2 * lines for rule, lines in CHAIN.items()}
    assert (outcome.not_judged["T2-10"], outcome.not_judged["T2-17"]) == (1, 0)


def only(desk: Desk, *lines: str) -> dict[str, int]:
    """A month of a unit without duties in which nothing happened but one of each of these."""
    form = desk.layout(unit="市旅游局").form
    nothing = {f"{table}.{line}": 0 for (table, line), entry in form.entries.items() if entry.is_input}
    return {**nothing, **dict.fromkeys(lines, 1)}


@pytest.mark.slow
def test_a_copied_return_is_asked_about_where_chance_is_unlikely(desk):
    few = ["T2.04", "T2.05", "T2.06", "T2.07"]
    for month in ("2012-03", "2012-04"):
        desk.send("市旅游局", month, only(desk, *few, "T2.91"))
        desk.send("市科技局", month, only(desk, *few))
        desk.send("市供销社", month, only(desk))
    for month in ("2012-02", "2012-04"):
        desk.send("市信访局", month)

    (finding,) = desk.examine(through="2012-04").findings

    assert (finding.rule, finding.unit, finding.period) == ("W-DUP-01", "620200-031", "2012-04")
    assert (finding.file, finding.cell, finding.state) == ("2012-04/市旅游局_2012-04.xlsx", "", "待说明")
    assert finding.message == "这份表的 80 个数和2012年3月的完全相同，可能没有更新。"
