"""What lies in the inbox: what is read, what is left alone, and what is broken without breaking the run."""

import io
import zipfile

import pytest

from pipeline.intake import Receipts, list_inbox, take_in
from pipeline.intake.book import Unreadable, read_book
from tests.pipeline.overtype import overtype


def test_hidden_lock_and_temporary_files_are_left_alone(desk):
    desk.send(name="2012-01/a.xlsx")
    left_alone = ("~$a.xlsx", ".b.xlsx", ".git/c.xlsx", "d.xlsx.crdownload", "e.part", "f.tmp", "收件登记.csv")
    for name in left_alone:
        (desk.inbox / name).parent.mkdir(exist_ok=True)
        (desk.inbox / name).write_bytes(b"x")

    assert [file.name for file in list_inbox(desk.inbox)] == ["2012-01/a.xlsx"]


def test_the_offices_own_files_are_obeyed_at_the_top_only(desk):
    desk.send(name="a.xlsx")
    for name in ("年报正文数字.xlsx", "来信/年报正文数字.xlsx"):
        (desk.inbox / name).parent.mkdir(exist_ok=True)
        (desk.inbox / name).write_bytes(b"x")

    assert [file.name for file in list_inbox(desk.inbox)] == ["a.xlsx", "来信/年报正文数字.xlsx"]


def archive(**parts: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as target:
        for name, text in parts.items():
            target.writestr(name.replace("__", "/") + ".xml", text)
    return memory.getvalue()


BROKEN = {
    "空.xlsx": (b"", "是空的（0 字节）"),
    "文字.xlsx": ("统计表".encode(), "不是 Excel 工作簿"),
    "旧.xls": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "是旧格式（.xls、.et）或者加了打开密码"),
    "压缩包.xlsx": (archive(word__document="<document/>"), "不是 Excel 工作簿"),
    "假的.xlsx": (archive(xl__workbook="<workbook"), "损坏或没有下载完整"),
    "实体.xlsx": (archive(xl__workbook='<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'), "含有不安全的内容"),
}


def test_a_broken_file_is_one_finding_and_the_run_goes_on(desk):
    whole = desk.send("市教育局")
    files = {**BROKEN, "半份.xlsx": (whole.read_bytes()[:5000], "损坏或没有下载完整")}
    for name, (data, _) in files.items():
        (desk.inbox / name).write_bytes(data)

    outcome = desk.examine()

    told = {f.file: f.message for f in outcome.findings}
    assert told == {name: f"文件“{name}”{reason}，系统读不出来。" for name, (_, reason) in files.items()}
    assert {(f.rule, f.level) for f in outcome.findings} == {("E-FIL-01", "must")}
    assert (outcome.coverage.received, outcome.coverage.counted) == (1, 1)


def test_a_file_too_large_to_be_a_return_is_not_unpacked():
    with pytest.raises(Unreadable, match="太大"):
        read_book(archive(xl__workbook="<workbook/>", xl__media=" " * (65 * 2**20)))


def test_two_processes_read_the_same_as_one(desk):
    for unit in ("市教育局", "市财政局"):
        desk.send(unit)
    desk.send("市水务局", edit=overtype("基本情况", A46=None))
    (desk.inbox / "坏.xlsx").write_bytes(b"")
    files = list(list_inbox(desk.inbox))
    receipts = Receipts.read(desk.inbox).with_new(files, desk.request().as_of)
    told = []

    one, two = (
        take_in(files, receipts, desk.forms(), desk.office, workers, lambda *done: told.append(done))
        for workers in (1, 2)
    )

    assert one.findings == two.findings
    for frame in ("returns", "rows", "items", "covers"):
        assert getattr(one, frame).equals(getattr(two, frame))
    assert told == [(n, 4) for n in (1, 2, 3, 4)] * 2


def test_the_receipts_book_keeps_the_day_a_file_was_first_seen(desk):
    desk.send("市教育局", received="2012-02-01")
    kept = (desk.inbox / "收件登记.csv").read_bytes()
    desk.examine(as_of="2012-02-03")
    assert (desk.inbox / "收件登记.csv").read_text("utf-8-sig").splitlines() == kept.decode("utf-8-sig").splitlines()

    (desk.inbox / "新.xlsx").write_bytes(desk.send("市财政局", name="旧.xlsx").read_bytes())
    outcome = desk.examine(as_of="2012-02-04")

    received = dict(zip(outcome.returns["file"], outcome.returns["received"], strict=True))
    assert received["2012-01/市教育局_2012-01.xlsx"] == "2012-02-01"
    assert received["新.xlsx"] == "2012-02-04"
