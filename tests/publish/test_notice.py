"""群通知: what is waited for and asked, in one text that is pasted into the chat group of all units."""

from dataclasses import replace

import pytest

from pipeline.outbox.publish.notice import write_notice
from pipeline.outbox.publish.overdue import overdue
from pipeline.values.findings import UNCONFIRMED
from tests.builders import Desk, office_of
from tests.pipeline.overtype import overtype

pytestmark = pytest.mark.slow

UNITS = ("市教育局", "市科技局", "市水务局")
OTHER = {"T2.91": 3}  # than a month before
CONTACT = "联系人：嘉峪关市信息化工作办公室 0937-6328025。"


@pytest.fixture
def small(tmp_path):
    """An office of three units, as of the 8th of March: two months are due."""
    desk = Desk(tmp_path / "desk")
    desk.office = office_of(desk.office, [u for u in desk.office.codes["units"] if u.short in UNITS])
    for unit in UNITS:
        desk.send(unit, "2012-01", received="2012-02-03")
    return desk


def told(desk, folder):
    """The lines of the text as it is read."""
    return [line for path in write_notice(folder, desk.examine("2012-03-08")) for line in lines_of(path)]


def lines_of(path):
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    return data.decode("utf-8-sig").splitlines()


def test_who_has_not_sent_who_has_not_mended_and_who_is_asked_where(small, tmp_path):
    small.send("市科技局", "2012-02", {"T1.102": "4条"}, received="2012-03-01")
    small.send("市水务局", "2012-02", OTHER, edit=overtype("基本情况", E9=11), received="2012-03-01")

    head, missing, returned, asked, question, contact = told(small, tmp_path)

    assert head == "政府信息公开情况统计月报，截至2012年3月8日："
    assert missing == "2012年2月未报的1个单位：市教育局。应于3月5日前报送，请尽快报送，没有发生的也要报送。"
    assert returned == "2012年2月退回未改的1个单位：市科技局。请按退回修改文件改正后重新报送。"
    assert (
        asked
        == "请核实的1个单位：市水务局。请对照下面各条：写错的改正后重新报送；属实的在核实单或报表的说明栏里写明原因，再报来。"
    )
    assert question.startswith("1. 市水务局2月，基本情况 E9：")
    assert contact == CONTACT


def test_what_the_unit_has_answered_is_not_asked_of_it_again(small, tmp_path):
    """What is left to be confirmed by the office, or asks the office alone, is no question to the group."""
    small.send("市水务局", "2012-02", OTHER, edit=overtype("基本情况", E9=11), received="2012-03-01")
    outcome = small.examine("2012-03-08")
    answered = tuple(replace(f, state=UNCONFIRMED) if f.level == "verify" else f for f in outcome.findings)

    (path,) = write_notice(tmp_path, replace(outcome, findings=answered))

    assert not [line for line in lines_of(path) if line.startswith("请核实")]


def test_of_a_file_that_is_another_months_nobody_says_that_none_came(small, tmp_path):
    """The January file once more under February's name: it is a copy, and February's is not there."""
    again = small.inbox / "市科技局2012年2月.xlsx"
    again.write_bytes((small.inbox / "2012-01/市科技局_2012-01.xlsx").read_bytes())
    small.receive(again, "2012-03-01")

    (month,) = overdue(small.examine("2012-03-08"))
    letters = {row.unit: row.letter for row in month.chased}

    assert letters["市科技局"].startswith(
        "市科技局：贵单位报来的“市科技局2012年2月.xlsx”，文件名写的是2012年2月，表里的报告期是2012年1月，不能当作2012年2月"
    )
    assert "尚未收到" in letters["市教育局"]
    assert "市科技局（报来的是别的报告期）" in told(small, tmp_path)[1]


def test_of_a_file_that_cannot_be_read_nobody_says_that_none_came(small):
    (small.inbox / "市科技局_2012-02.xlsx").write_bytes(b"PK\x03\x04" + bytes(300))

    (month,) = overdue(small.examine("2012-03-08"))
    letters = {row.unit: row.letter for row in month.chased}

    assert letters["市科技局"] == (
        "市科技局：贵单位2012年2月政府信息公开情况统计月报收到的文件不能用："
        "文件“市科技局_2012-02.xlsx”损坏或没有下载完整，系统读不出来。"
        f"请核对后重新报送，应于3月5日前报送，已逾期3天。{CONTACT}"
    )
    assert "尚未收到" in letters["市教育局"]


def test_where_nothing_is_waited_for_there_is_none(small, tmp_path):
    for unit in UNITS:
        small.send(unit, "2012-02", OTHER, received="2012-03-01")

    assert told(small, tmp_path) == []


def test_the_next_run_takes_it_away_once_all_is_there(small):
    small.send("市科技局", "2012-02", OTHER, received="2012-03-01")
    assert "催报/2012-02_群通知.txt" in names(small.run("2012-03-08"))

    for unit in ("市教育局", "市水务局"):
        small.send(unit, "2012-02", OTHER, received="2012-03-01")
    assert not [name for name in names(small.run("2012-03-08")) if "群通知" in name]


def names(ran):
    outbox = ran[1].parents[1]
    return {path.relative_to(outbox / "2012").as_posix() for path in (outbox / "2012").rglob("*") if path.is_file()}
