"""The command explain: from a printed number to the cells of the returns."""

import json

import pytest

from tests.builders import Desk
from tests.cli.running import Command, looking_once

OPTIONS = ("--as-of", "2012-03-01")


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """Two units' returns, with fees."""
    desk = Desk(tmp_path_factory.mktemp("explain"))
    desk.send("市卫生局", changes={"T8.801_charged": 1250, "T8.801_payers": 2})
    desk.send("市教育局", changes={"T8.801_charged": 150, "T8.801_payers": 1})
    desk.send("市教育局", "2012-02")
    return desk


@pytest.fixture(scope="module")
def explain(sent):
    """Explain a cell of the year 2012."""
    with looking_once():
        yield lambda *at: Command(sent.folder)("explain", "2012", *at, *OPTIONS)


def test_a_number_is_told_with_the_returns_behind_it(explain, sent):
    said = explain("表2", "市教育局", "主动公开信息数")
    first, counts, *sources = said.out.splitlines()
    place = "!".join(sent.cell("T2.01"))

    assert said.code == 0
    assert first == "表2 主动公开政府信息条数（按部门和公开渠道分） · 市教育局 · 主动公开信息数 = 20 条"
    assert counts == "计数：“主动公开信息数”（01行）。由 2 个不是 0 的数合成，另有 0 个 0。"
    assert [source.split()[:5] for source in sources] == [
        ["市教育局", f"2012-{n:02}", "10", f"2012-{n:02}/市教育局_2012-{n:02}.xlsx", place] for n in (1, 2)
    ]


def test_money_is_told_in_yuan(explain):
    said = explain("表8", "检索费", "收费金额")

    assert said.out.splitlines()[0].endswith("检索费 · 收费金额 = 14.00 元")
    assert [line.strip().partition(" 2012-01/")[0] for line in said.out.splitlines()[3:]] == [
        "市卫生局 2012-01  12.50 ",
        "市教育局 2012-01  1.50 ",
    ]


def test_json_has_every_source(explain):
    said = explain("表2", "合计", "主动公开信息数", "--json")
    told = json.loads(said.out)

    assert (said.code, said.err) == (0, "")
    assert (told["value"], told["unit"], sum(source["value"] for source in told["sources"])) == (30, "条", 30)
    assert {source["digest"][0] for source in told["sources"]} == {"h"}


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (("表20", "合计", "主动公开信息数"), "没有表“表20”，最接近的是“表2”。"),
        (("表2", "市卫生居", "主动公开信息数"), "没有行“市卫生居”，最接近的是“市卫生局”。"),
        (("表2", "市卫生局", "主动公开信息"), "没有栏“主动公开信息”，最接近的是“主动公开信息数”。"),
        (("表2", "市卫生局"), "缺少参数"),
    ],
)
def test_a_name_that_is_not_printed_ends_with_2_and_the_nearest_name(explain, at, says):
    said = explain(*at)

    assert said.code == 2
    assert says in said.err.splitlines()[-1]
