"""Whatever a file or folder is called, it is read, told by a name that can be printed, and never taken for another."""

import io
import os
import zipfile

import pytest

from pipeline.intake import list_inbox
from pipeline.intake.naming import shown, shown_inside, told_apart
from tests.builders import Desk
from tests.pipeline.happenings import printed

OLD = "采购.xlsx".encode("gbk")  # as an old unzip leaves it on a disk whose names are UTF-8


def raw(name: bytes) -> str:
    """A name as the system hands it on."""
    return os.fsdecode(name)


@pytest.mark.parametrize(
    ("name", "as_shown"),
    [
        (raw(OLD), "采购.xlsx"),
        (raw("一月".encode("gbk") + b"/" + "采购.xlsx".encode()), "一月/采购.xlsx"),
        (raw(b"\xff\xfe\x80.xlsx"), "���.xlsx"),
        ("a\nb\t.xlsx", "a␊b␉.xlsx"),
        ("a\x1b[31m.xlsx", "a␛[31m.xlsx"),
        ("a\x7f\x85.xlsx", "a��.xlsx"),
        ("报\u202exslx.\u200b", "报�xslx.�"),
        ("\ufffe\uffff\ufdd0", "���"),
        ("e\u0301.xlsx", "é.xlsx"),
        ("\u3000a 1.xlsx", "\u3000a 1.xlsx"),
        ("𠮷😀.xlsx", "𠮷😀.xlsx"),
        ("市卫生局_2012-01.xlsx", "市卫生局_2012-01.xlsx"),
    ],
)
def test_a_name_is_shown_as_it_can_be_written_anywhere(name, as_shown):
    assert shown(name) == as_shown
    assert shown(as_shown) == as_shown


@pytest.mark.parametrize(
    ("name", "as_shown"),
    [
        ("./a.xlsx", "a.xlsx"),
        ("..\\..\\a.xlsx", "a.xlsx"),
        ("/etc//a.xlsx", "etc/a.xlsx"),
        ("C:\\报表\\a.xlsx", "C:/报表/a.xlsx"),
        ("..", "（没有名称）"),
        ("\\", "（没有名称）"),
        ("nul", "nul"),
        ("长" * 300 + ".xlsx", "…" + "长" * 194 + ".xlsx"),
    ],
)
def test_no_name_in_a_zip_leads_out_of_it_or_has_no_end(name, as_shown):
    assert shown_inside(name) == as_shown


def test_of_equal_names_the_later_are_numbered():
    names = ["a.xlsx", "a.xlsx", "A.xlsx", "a（2）.xlsx", "一.月/a", "一.月/a", "a.xlsx"]

    assert told_apart(names) == [
        "a.xlsx",
        "a（2）.xlsx",
        "A.xlsx",
        "a（2）（2）.xlsx",
        "一.月/a",
        "一.月/a（2）",
        "a（3）.xlsx",
    ]


def test_files_whose_names_become_alike_are_each_read(desk):
    for unit, name in (
        ("市教育局", "采购.xlsx"),
        ("市财政局", "x.xlsx"),
        ("市水务局", "é.xlsx"),
        ("市审计局", "y.xlsx"),
    ):
        desk.send(unit, name=name)
    (desk.inbox / "x.xlsx").rename(raw(os.fsencode(desk.inbox) + b"/" + OLD))
    (desk.inbox / "y.xlsx").rename(desk.inbox / "e\u0301.xlsx")

    outcome = desk.examine()

    sent = {
        (desk.office.short(unit), file)
        for unit, file in outcome.returns[["unit", "file"]].itertuples(index=False)
        if file
    }
    assert sent == {
        ("市教育局", "采购.xlsx"), ("市财政局", "采购（2）.xlsx"), ("市水务局", "é（2）.xlsx"), ("市审计局", "é.xlsx"),
    }  # fmt: skip
    assert outcome.coverage.counted == 4


def a_zip(*names: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for n, name in enumerate(names):
            archive.writestr(name, f"{'/'.join(names)}{n}")
    return memory.getvalue()


ALIKE = {
    ("a.xlsx", "./a.xlsx"): ["a.xlsx", "a（2）.xlsx"],
    ("月报\\a.xls", "月报/a.xls", "月报//a.xls"): ["月报/a.xls", "月报/a（2）.xls", "月报/a（3）.xls"],
    ("../a.xlsx", "a.xlsx", "A.xlsx"): ["A.xlsx", "a.xlsx", "a（2）.xlsx"],
    ("e\u0301", "é"): ["é", "é（2）"],
    ("a.xlsx.", "a.xlsx ", "con", "aux.xlsx"): ["a.xlsx ", "a.xlsx.", "aux.xlsx", "con"],
    ("..", "."): ["（没有名称）", "（没有名称）（2）"],
}


@pytest.mark.slow
def test_each_file_of_a_zip_is_told_by_a_name_of_its_own(desk):
    desk.send("市教育局")
    for n, names in enumerate(ALIKE):
        (desk.inbox / f"附件{n}.zip").write_bytes(a_zip(*names))

    outcome = desk.examine()

    told = [f"附件{n}.zip/{name}" for n, names in enumerate(ALIKE.values()) for name in names]
    assert [(f.rule, f.file) for f in outcome.findings] == [("E-FIL-01", name) for name in told]
    assert (outcome.coverage.received, outcome.coverage.counted) == (1, 1)


def test_a_link_to_a_folder_and_a_folder_that_is_locked_are_said(desk, monkeypatch):
    desk.send("市教育局", name="a.xlsx")
    (desk.inbox / "别处").symlink_to(desk.folder)
    (desk.inbox / "锁着").mkdir()
    walk = os.walk

    def locked(folder, onerror):
        onerror(PermissionError(13, "Permission denied", str(desk.inbox / "锁着")))
        return walk(folder)

    monkeypatch.setattr(os, "walk", locked)
    files, notes = list_inbox(desk.inbox, 0)

    assert [file.name for file in files] == ["a.xlsx"]
    assert {note.file: note.message.partition("”")[2] for note in notes} == {
        "别处": "是快捷方式（链接），不是文件，没有读。",
        "锁着": "是打不开的文件夹，没有读。",
    }


@pytest.mark.slow
def test_odd_names_go_through_every_output(tmp_path):
    desk = Desk(tmp_path)
    desk.send("市教育局", name="好.xlsx")
    names = [
        OLD,
        b"a\nb.xlsx",
        b"=1+1.xlsx",
        b"\xff.xlsx",
        "\ufffe.xlsx".encode(),
        b"a&<b>'.xlsx",
        ("长" * 82).encode(),
    ]
    for n, name in enumerate(names):
        with open(os.fsencode(desk.inbox) + b"/" + name, "wb") as file:  # noqa: PTH123  # a name of bytes
            file.write(f"{n}".encode())
    printed(desk, ("total", "主动公开", "条", 10))

    outcome, _ = desk.run()

    told = {f.file for f in outcome.findings if f.rule == "E-FIL-01"}
    assert told == {"采购.xlsx", "a␊b.xlsx", "=1+1.xlsx", "�.xlsx", "�（2）.xlsx", "a&<b>'.xlsx", "长" * 82}
    assert outcome.coverage.counted == 1
