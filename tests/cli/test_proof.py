"""The command proof, as the office types it."""

import json

import pytest

from tests.builders import Desk
from tests.cli.running import Command, looking_once

TEXT = "某市2012年政府信息公开工作年度报告\n2012年，我市主动公开政府信息{}条，其中通过市政府网站公开4条，各部门网站公开6条。\n"


def proof(folder, text, *more):
    (folder / "年报.txt").write_text(text, encoding="utf-8")
    return Command(folder)("proof", "年报.txt", "--year", "2012", "--as-of", "2013-01-31", *more)


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """A year that is over, with one unit's return of 10 items, and what is said of reports that print 10 and 12."""
    desk = Desk(tmp_path_factory.mktemp("proof"))
    desk.send()
    with looking_once():
        return {printed: proof(desk.folder, TEXT.format(printed), *more) for printed, *more in ((10,), (12, "--json"))}


def test_a_sound_report_is_held_against_the_tables(said):
    assert said[10].code == 0
    assert said[10].out == "年报.txt：读了2段、3个数，其中3个与汇总表核对。\n没有发现对不上的数。\n"


def test_what_the_tables_have_otherwise_is_told_with_its_place(said):
    found = json.loads(said[12].out)["findings"]

    assert said[12].code == 1
    assert [(f["kind"], f["place"], f["written"]) for f in found] == [("T-table", "第2段", "12条")]
    assert "汇总表1“主动公开信息数”是 10，正文多 2" in found[0]["message"]


def test_without_returns_the_text_is_held_against_itself(tmp_path):
    said = proof(tmp_path, TEXT.format(9))

    assert said.code == 1
    assert "没有与汇总表核对（收件夹里没有可用的月报），只核对了正文自身。" in said.out
    assert "1. 第2段：“我市主动公开政府信息9条”与分项之和 10 不合，总数少 1（4＋6）" in said.out


def test_what_is_no_report_ends_with_a_sentence(command):
    said = command("proof", "年报.pdf", "--year", "2012")

    assert said.code == 2
    assert said.err == "不能运行：“年报.pdf”不是 .docx 或 .txt 文件。请在 Word 或 WPS 里另存为 .docx 再试。\n"
