"""The command proof, as the office types it."""

import json

import pytest

from tests.builders import Desk
from tests.cli.running import Command, looking_once

pytestmark = pytest.mark.slow

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
    assert said[10].out == (
        "年报.txt：2段、0张表格，有数字3个，读了3个（正文3个，表格0个），其中3个与汇总表核对。\n没有发现对不上的数。\n"
    )


def test_what_the_tables_have_otherwise_is_told_with_its_place(said):
    found = json.loads(said[12].out)["findings"]

    assert said[12].code == 1
    assert [(f["kind"], f["place"], f["written"]) for f in found] == [("T-table", "第2段", "12条")]
    assert "汇总表1“主动公开信息数”是 10，正文多 2" in found[0]["message"]


def test_without_returns_the_text_is_held_against_itself(tmp_path):
    said = proof(tmp_path, TEXT.format(9))

    assert said.code == 1
    assert "没有与汇总表核对（收件夹里没有可用的报表），只核对了报告自身。" in said.out
    assert "1. 第2段：“我市主动公开政府信息9条”与分项之和 10 不合，总数少 1（4＋6）" in said.out


def test_what_was_not_read_is_said(tmp_path):
    said = proof(tmp_path, TEXT.format(10) + "项目\t甲\t乙\n新收\t3\t4\n结转\t5\n办结\t3\t4\n以上 7-8 为估计。")

    assert said.code == 0
    assert "有数字10个，读了7个（正文3个，表格4个）" in said.out
    assert "有3个数没有读懂，没有核对：第3段 7、8；表格1第3行 5。\n读到的数没有发现对不上的。\n" in said.out


def test_a_text_without_numbers_is_not_found_sound(tmp_path):
    said = proof(tmp_path, "本机关积极推进政府信息公开工作。")

    assert said.code == 2
    assert "一个数也没有读到，什么也没有核对。" in said.out
    assert "没有发现对不上" not in said.out


def test_many_things_to_look_at_are_capped(tmp_path):
    text = "".join(
        f"{n}局收到来信{k + 20}封，其中当面{k + 300}封。\n" for k, n in enumerate(map(chr, range(0x5000, 0x5032)))
    )
    said = proof(tmp_path, text)

    assert said.code == 1
    assert "有50处对不上" in said.out
    assert "\n  40. " in said.out
    assert "\n  41. " not in said.out
    assert "另有10处没有列出" in said.out


def test_last_years_report_gives_what_was_carried_over_and_what_was_counted(tmp_path):
    (tmp_path / "上年.txt").write_text(
        "某市2011年政府信息公开工作年度报告\n收到公开申请80件，结转下年度办理6件。", "utf-8"
    )
    this = "某市2012年政府信息公开工作年度报告\n收到公开申请100件，比上年的84件增长19.0%；上年结转9件。"
    found = json.loads(proof(tmp_path, this, "--last", "上年.txt", "--json").out)["findings"]

    assert [(f["kind"], f["written"]) for f in found] == [("T-since", "84件"), ("T-since", "9件")]
    assert "上年报告第2段的“收到公开申请80件”不一致，差 4" in found[0]["message"]


def test_what_is_no_report_ends_with_a_sentence(tmp_path):
    (tmp_path / "年报.ofd").write_bytes(b"PK")
    said = Command(tmp_path)("proof", "年报.ofd", "--year", "2012")

    assert said.code == 2
    assert said.err == "不能运行：“年报.ofd”这种文件读不了。请用它的 Word 原稿（.docx）再试。\n"
