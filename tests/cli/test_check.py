"""The command check: a department looks at its own return before it sends it."""

import json

import pytest

from tests.builders import Desk
from tests.cli.running import Command

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def department(tmp_path_factory):
    """What a department has in its folder: returns sound and unsound, and other papers."""
    desk = Desk(tmp_path_factory.mktemp("check"))
    desk.send(name="sound/一月.xlsx")
    desk.send(month="2012-02", changes={"T2.05": 100}, name="sound/二月.xlsx")
    desk.send(changes={"T2.04": "14条", "T1.103": -6}, name="wrong.xlsx")
    desk.send(changes={"T2.05": 0}, name="asked.xlsx")
    desk.send(changes={"T2.05": 0}, notes={"T2.05": "网站本月检修，没有统计。"}, name="explained.xlsx")
    desk.send(name="chain/一月.xlsx")
    desk.send(month="2012-02", name="chain/二月.xlsx")
    (desk.inbox / "照片.png").write_bytes(b"\x89PNG")
    (desk.inbox / "~$sound.xlsx").write_bytes(b"x")
    return desk


@pytest.fixture(scope="module")
def check(department):
    return lambda *files: Command(department.inbox)("check", *files)


def test_a_sound_return_can_be_sent(check):
    said = check("sound/一月.xlsx")

    assert (said.code, said.out.splitlines()) == (0, ["市卫生局 2012-01  sound/一月.xlsx", "  √ 可以报送。"])


def test_what_must_be_mended_is_told_with_its_cell(check, department):
    said = check("wrong.xlsx")

    assert said.code == 1
    assert said.out.splitlines() == [
        "市卫生局 2012-01  wrong.xlsx",
        "  × 还不能报送：必须改 2 处。",
        "  × 主动公开!D9 “各部门网站”（103行）填了 -6，条不能是负数。没有发生填 0；要冲减以前各期的，请改报以前那一期的表，不要在这一期填负数。",
        "  × 基本情况!D9 “提供服务类信息数”（04行）写了文字“14条”，读不出数字。只填数字，不带单位和文字（疑为 14）。",
    ]


def test_a_question_is_told_until_it_is_explained(check):
    assert check("asked.xlsx").out.splitlines()[1] == "  ! 请先核实：请核实 1 处。"
    assert check("asked.xlsx").code == 1
    assert check("explained.xlsx").code == 0
    assert check("explained.xlsx").out.splitlines()[1] == "  √ 可以报送。"


def test_a_folder_is_checked_whole_and_its_months_against_each_other(check):
    said = check("sound")
    again = check("chain")

    assert said.code == 0
    assert [line for line in said.out.splitlines() if line[0] != " "] == [
        "市卫生局 2012-01  sound/一月.xlsx",
        "市卫生局 2012-02  sound/二月.xlsx",
    ]
    assert again.code == 1
    assert "和2012年1月的完全相同" in again.out


def test_the_office_says_the_same(check, department):
    told = {f.message for f in department.examine().findings if f.file == "wrong.xlsx" and f.level == "must"}

    assert told
    assert all(message in check("wrong.xlsx").out for message in told)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (("照片.png",), "是随件的图片（扫描件、照片），没有读"),
        (("没有.xlsx",), "找不到“没有.xlsx”"),
        (("~$sound.xlsx",), "是打开文件时留下的临时文件，没有读"),
        ((), "缺少参数"),
    ],
)
def test_where_nothing_can_be_read_it_ends_with_2_and_says_why(check, files, says):
    said = check(*files)

    assert said.code == 2
    assert says in said.out + said.err


def test_json_has_every_finding(check):
    said = check("wrong.xlsx", "sound/一月.xlsx", "--json")
    first, second = sorted(json.loads(said.out)["files"], key=lambda one: one["fit"])

    assert (said.code, said.err) == (1, "")
    assert (first["file"], first["unit"], first["fit"]) == ("wrong.xlsx", "620200-025", False)
    assert [(f["rule"], f["sheet"], f["cell"]) for f in first["findings"]] == [
        ("E-NEG-01", "主动公开", "D9"),
        ("E-NUM-02", "基本情况", "D9"),
    ]
    assert (second["findings"], second["fit"]) == ([], True)
