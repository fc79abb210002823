"""What lies in the inbox: what is read, what is left alone, and what is broken without breaking the run."""

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.intake import Receipts, Received, list_inbox, take_in
from pipeline.intake import archive as archive_room
from pipeline.intake import kept as kept_room
from pipeline.intake.book import Unreadable
from pipeline.intake.bounds import ROOM
from pipeline.intake.children import Done
from pipeline.intake.containers import read_book
from pipeline.intake.kept import Kept
from pipeline.intake.received import left_alone
from tests.pipeline.overtype import overtype, retouch, together


def test_hidden_lock_and_temporary_files_are_left_alone(desk):
    desk.send(name="2012-01/a.xlsx")
    left_alone = ("~$a.xlsx", ".b.xlsx", ".git/c.xlsx", "d.xlsx.crdownload", "e.part", "f.tmp", "收件登记.csv")
    for name in left_alone:
        (desk.inbox / name).parent.mkdir(exist_ok=True)
        (desk.inbox / name).write_bytes(b"x")

    files, notes = list_inbox(desk.inbox, 0)

    assert [file.name for file in files] == ["2012-01/a.xlsx"]
    assert sorted(note.file for note in notes) == sorted(left_alone[:-1])
    assert {note.rule for note in notes} == {"N-FIL-02"}


def test_the_offices_own_files_are_obeyed_at_the_top_only(desk):
    desk.send(name="a.xlsx")
    for name in ("年报正文数字.xlsx", "来信/年报正文数字.xlsx"):
        (desk.inbox / name).parent.mkdir(exist_ok=True)
        (desk.inbox / name).write_bytes(b"x")

    assert [file.name for file in list_inbox(desk.inbox, 0).files] == ["a.xlsx", "来信/年报正文数字.xlsx"]


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


@pytest.mark.slow
def test_a_file_too_large_to_be_a_return_is_not_unpacked():
    with pytest.raises(Unreadable, match="太大"):
        read_book(archive(xl__workbook="<workbook/>", xl__media=" " * (257 * 2**20)), "a.xlsx")


def test_other_processes_read_the_same_as_this_one(desk):
    for unit in ("市教育局", "市财政局"):
        desk.send(unit)
    desk.send("市水务局", edit=overtype("基本情况", A46=None))
    (desk.inbox / "坏.xlsx").write_bytes(b"")
    files = list_inbox(desk.inbox, 0).files
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


BESIDE = ["9999-12", "0000-01", "10000-01", "2012-13", "2199-12", "1900-01"]


@pytest.mark.parametrize("written", [BESIDE[0], *(pytest.param(w, marks=pytest.mark.slow) for w in BESIDE[1:])])
@pytest.mark.slow
def test_a_period_beside_the_calendar_is_a_finding_and_the_run_goes_on(desk, written):
    desk.send("市教育局")
    year, _, month = written.partition("-")
    dated = together(retouch("2012-01", written), retouch("2012年1月", f"{year}年{int(month)}月"))
    desk.send("市财政局", name="别的时候.xlsx", edit=dated)

    outcome = desk.examine() if written == BESIDE[0] else desk.run()[0]

    (finding,) = outcome.findings
    assert (finding.rule, finding.file) == ("E-PER-03" if written in BESIDE[-2:] else "E-PER-02", "别的时候.xlsx")
    assert outcome.coverage.counted == 1


def damaged_member(method: int) -> bytes:
    """A zip whose one member was turned over behind its head."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as target:
        target.writestr("a.xlsx", bytes(range(256)) * 20)
    data = bytearray(memory.getvalue())
    for at in range(60, 90, 3):
        data[at] ^= 0xFF
    return bytes(data)


METHODS = {
    "stored": zipfile.ZIP_STORED,
    "deflated": zipfile.ZIP_DEFLATED,
    "bzip2": zipfile.ZIP_BZIP2,
    "lzma": zipfile.ZIP_LZMA,
}


@pytest.mark.slow
def test_damage_inside_a_zip_costs_that_file_of_it_whatever_packed_it(desk):
    desk.send("市教育局")
    for name, method in METHODS.items():
        (desk.inbox / f"{name}.zip").write_bytes(damaged_member(method))
        (desk.inbox / f"{name}.ods").write_bytes(damaged_member(method).replace(b"a.xlsx", b"mimety"))

    outcome = desk.examine()

    told = {f.file: f.rule for f in outcome.findings}
    assert set(told) == {f"{name}.{kind}" for name in METHODS for kind in ("zip/a.xlsx", "ods/mimety")}
    assert set(told.values()) <= {"E-FIL-06"}
    assert outcome.coverage.counted == 1


@pytest.mark.slow
def test_zips_that_are_too_much_together_stay_shut_and_the_smaller_are_read(desk, monkeypatch):
    monkeypatch.setattr(archive_room, "MOST_ZIPS", 100_000)
    small, large = desk.send("市教育局"), bytes(60_000)
    for name, parts in {"a.zip": {"1": large}, "b.zip": {"月报": small.read_bytes()}, "c.zip": {"1": large}}.items():
        (desk.inbox / name).write_bytes(archive(**parts))
    small.unlink()

    outcome = desk.examine()

    assert outcome.coverage.counted == 1
    shut = [(f.file, f.rule) for f in outcome.findings if "合在一起" in f.message]
    assert shut == [("c.zip", "E-FIL-06")]


def received(name: str, path: Path) -> Received:
    return Received(name, path, "0" * 64)


def test_what_unfolds_into_more_than_there_is_room_for_is_given_up_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_room, "MOST_KEPT", 1000)
    paths = {name: tmp_path / name for name in ("a", "bomb.zip", "z")}
    for path in paths.values():
        path.write_bytes(bytes(1000))
    files = [
        received(name, paths[name.partition("/")[0]]) for name in ("a", "bomb.zip/1", "bomb.zip/2", "z", "bomb.zip/3")
    ]
    kept = Kept(files, lambda file: f"{file.name} given up")

    for at, size in enumerate([ROOM + 2500, ROOM, 5000, ROOM + 2400, 10]):
        kept.take(Done(at, files[at].name, size))

    assert list(kept.results()) == ["a", *(f"bomb.zip/{n} given up" for n in (1, 2)), "z", "bomb.zip/3 given up"]


def test_a_file_that_changes_between_a_look_and_reading_is_refused(desk):
    path = desk.send("市教育局")
    (file,) = list_inbox(desk.inbox, 0).files
    path.write_bytes(b"PK other")

    with pytest.raises(Unreadable, match="正在变动"):
        file.content()


@pytest.mark.parametrize("name", ["../一月.xlsx", "./一月.xlsx", "../../收/一月.xlsx"])
def test_a_file_named_by_the_way_to_it_is_not_hidden(name):
    assert left_alone(name) == ""
    assert left_alone(name.replace("一月", ".一月")) == "是隐藏文件"
