"""What lies in the inbox: what is read, what is left alone, and what is broken without breaking the run."""

import io
import zipfile

import pytest

from pipeline.intake import Receipts, list_inbox, take_in
from pipeline.intake.book import Unreadable
from pipeline.intake.containers import read_book
from tests.pipeline.overtype import overtype


def test_hidden_lock_and_temporary_files_are_left_alone(desk):
    desk.send(name="2012-01/a.xlsx")
    left_alone = ("~$a.xlsx", ".b.xlsx", ".git/c.xlsx", "d.xlsx.crdownload", "e.part", "f.tmp", "收件登记.csv")
    for name in left_alone:
        (desk.inbox / name).parent.mkdir(exist_ok=True)
        (desk.inbox / name).write_bytes(b"x")

    files, notes = list_inbox(desk.inbox)

    assert [file.name for file in files] == ["2012-01/a.xlsx"]
    assert sorted(note.file for note in notes) == sorted(left_alone[:-1])
    assert {note.rule for note in notes} == {"N-FIL-02"}


def test_the_offices_own_files_are_obeyed_at_the_top_only(desk):
    desk.send(name="a.xlsx")
    for name in ("年报正文数字.xlsx", "来信/年报正文数字.xlsx"):
        (desk.inbox / name).parent.mkdir(exist_ok=True)
        (desk.inbox / name).write_bytes(b"x")

    assert [file.name for file in list_inbox(desk.inbox).files] == ["a.xlsx", "来信/年报正文数字.xlsx"]


def archive(**parts: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in parts.items():
            target.writestr(name.replace("__", "/") + ".xml", text)
    return memory.getvalue()


BROKEN = {
    "空.xlsx": (b"", "E-FIL-01", "是空的（0 字节）"),
    "文字.xlsx": ("统计表".encode(), "E-FIL-01", "不是 Excel 工作簿"),
    "旧.xls": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "E-FIL-01", "损坏或没有下载完整"),
    "公文.xlsx": (archive(word__document="<document/>"), "E-FIL-04", "是 Word 文档"),
    "假的.xlsx": (archive(xl__workbook="<workbook"), "E-FIL-01", "损坏或没有下载完整"),
    "实体.xlsx": (archive(xl__workbook='<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'), "E-FIL-05", "含有不安全的内容"),
}


def test_a_broken_file_is_one_finding_and_the_run_goes_on(desk):
    whole = desk.send("市教育局")
    files = {**BROKEN, "半份.xlsx": (whole.read_bytes()[:5000], "E-FIL-01", "损坏或没有下载完整")}
    for name, (data, *_) in files.items():
        (desk.inbox / name).write_bytes(data)

    outcome = desk.examine()

    told = {f.file: (f.rule, f.level, f.message.partition("”")[2].partition("，")[0]) for f in outcome.findings}
    assert told == {name: (rule, "must", reason) for name, (_, rule, reason) in files.items()}
    assert (outcome.coverage.received, outcome.coverage.counted) == (1, 1)


def test_a_file_too_large_to_be_a_return_is_not_unpacked():
    with pytest.raises(Unreadable, match="太大"):
        read_book(archive(xl__workbook="<workbook/>", xl__media=" " * (257 * 2**20)), "a.xlsx")


def test_other_processes_read_the_same_as_this_one(desk):
    for unit in ("市教育局", "市财政局"):
        desk.send(unit)
    desk.send("市水务局", edit=overtype("基本情况", A46=None))
    (desk.inbox / "坏.xlsx").write_bytes(b"")
    files = list_inbox(desk.inbox).files
    receipts = Receipts.read(desk.inbox)
    told = []

    here, one, two = (
        take_in(files, receipts, desk.forms(), desk.office, workers, lambda *done: told.append(done))
        for workers in (0, 1, 2)
    )

    assert here.findings == one.findings == two.findings
    for frame in ("returns", "rows", "items", "covers"):
        assert getattr(here, frame).equals(getattr(one, frame))
        assert getattr(here, frame).equals(getattr(two, frame))
    assert told == [(n, 4) for n in (1, 2, 3, 4)] * 3
