"""A form handed from one office to another as one file: what comes out is what went in, or nothing does."""

import hashlib
import json
import shutil
import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.desk.edition import MUST
from pipeline.desk.package import packed, unpack
from schemas.draft import DEFAULTS
from schemas.mistake import CannotRun
from schemas.office import OWN_EDITIONS, read_office
from tests.builders import Quiet
from tests.cli.running import Command
from tests.edition.test_edition_check import HERE

NEXT = 'id = "next"\nextends = "window"\ntitle = "窗口服务情况月报（新）"\n\n[report]\ntemplates = "词"\n'
MANIFEST = "清单.json"


def office_at(folder: Path) -> Path:
    """An office without forms of its own."""
    shutil.copytree(HERE / "office", folder)
    settings = folder / "office.toml"
    settings.write_text(settings.read_text("utf-8").replace('"window"', '"cn-2021"'), "utf-8")
    return folder


@pytest.fixture
def giver(tmp_path):
    """An office with a form of its own, which extends another and has a word template."""
    own = office_at(tmp_path / "giver") / OWN_EDITIONS
    (own / "词").mkdir(parents=True)
    shutil.copy(HERE / "window.toml", own / "window.toml")
    (own / "next.toml").write_text(NEXT, "utf-8")
    shutil.copy(DEFAULTS / "年度报告模板.docx", own / "词" / "年度报告模板.docx")
    return read_office(own.parent)


@pytest.fixture
def taker(tmp_path):
    return office_at(tmp_path / "taker")


@pytest.fixture
def parts(giver):
    """The files of the package, by their names."""
    with zipfile.ZipFile(BytesIO(packed("next", giver)[1])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, parts, **attributes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = attributes.get(name, 0)
            archive.writestr(info, data)
    return path


def listing(folder: Path):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_package_has_all_that_the_form_needs_and_the_same_bytes_each_time(giver, parts):
    manifest = json.loads(parts[MANIFEST])
    dictionary = parts["数据字典.csv"].decode("utf-8-sig")

    assert packed("next", giver) == packed(str(giver.folder / OWN_EDITIONS / "next.toml"), giver)
    assert list(parts) == [
        MANIFEST, *sorted(("数据字典.csv", "表式/next.toml", "表式/window.toml", "表式/词/年度报告模板.docx")),
    ]  # fmt: skip
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in parts.items() if name != MANIFEST
    }
    assert (manifest["edition"], manifest["lists"], manifest["duties"]) == ("next", ["matters"], ["late"])
    assert "指标,T1.10,办件数,件,窗口服务" in dictionary
    assert "校验规则,W-10,必须改," in dictionary


@pytest.mark.slow
def test_it_is_unpacked_beside_the_forms_of_another_office_and_checked_there(giver, taker, tmp_path, monkeypatch):
    command = Command(tmp_path)
    made = command("edition", "pack", "next", "--office", "giver")
    said = command("edition", "unpack", "next_表式包.zip", "--office", "taker")
    own, given = taker / OWN_EDITIONS, giver.folder / OWN_EDITIONS

    assert (made.code, said.code) == (0, 0), made.err + said.err
    assert "放好 3 个文件。" in said.out
    assert "在这里可以用" in said.out
    assert "写进 office.toml 的 editions" in said.out
    assert listing(own) == listing(given)
    monkeypatch.setattr("pipeline.desk.package.received.check_edition", lambda *_: [])
    again = command("edition", "unpack", "next_表式包.zip", "--office", "taker", "--json")
    assert (again.code, json.loads(again.out)["written"]) == (0, [])


@pytest.mark.slow
def test_what_must_be_changed_there_is_told(giver, taker, tmp_path):
    (tmp_path / "p.zip").write_bytes(packed("next", giver)[1])
    settings = taker / "office.toml"
    settings.write_text(settings.read_text("utf-8").replace("day = 5", "day = 8"), "utf-8")
    done = unpack(tmp_path / "p.zip", read_office(taker), Quiet())

    assert [c.what.partition("，")[0] for c in done.concerns if c.level == MUST] == ["填报须知写的是次月 5 日"]
    assert (taker / OWN_EDITIONS / "next.toml").exists()


def changed(parts, name, data):
    return {**parts, name: data}


def relisted(parts, **keys):
    return changed(parts, MANIFEST, json.dumps({**json.loads(parts[MANIFEST]), **keys}).encode())


HOSTILE = {
    "out of the folder": (lambda p: changed(p, "../editions/evil.toml", b"x"), "不该有的文件"),
    "out by the way of a form": (lambda p: changed(p, "表式/../../evil.toml", b"x"), "不该有的文件"),
    "from the root": (lambda p: changed(p, "/etc/evil.toml", b"x"), "不该有的文件"),
    "with a drive": (lambda p: changed(p, "C:/evil.toml", b"x"), "不该有的文件"),
    "with a backslash": (lambda p: changed(p, "表式\\..\\evil.toml", b"x"), "不该有的文件"),
    "a device": (lambda p: changed(p, "表式/con.toml", b"x"), "不该有的文件"),
    "a program": (lambda p: changed(p, "表式/run.py", b"x"), "不该有的文件"),
    "not listed": (lambda p: changed(p, "表式/other.toml", b"x"), "不在清单上"),
    "alike but for capitals": (lambda p: changed(p, "表式/NEXT.toml", b"x"), "有重名"),
    "missing": (lambda p: {name: data for name, data in p.items() if not name.endswith("window.toml")}, "不在包里"),
    "another content": (lambda p: changed(p, "表式/next.toml", NEXT.replace("新", "旧").encode()), "和清单上的不一样"),
    "without a manifest": (lambda p: {name: data for name, data in p.items() if name != MANIFEST}, "不是表式包"),
    "a manifest that is none": (lambda p: changed(p, MANIFEST, b"[" * 100_000), "读不懂"),
    "a manifest of another thing": (lambda p: relisted(p, kind="x"), "不是表式包"),
    "a newer kind": (lambda p: relisted(p, format=9), "更新的程序"),
    "a form that is not in it": (lambda p: relisted(p, edition="../next"), "里面没有表式"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_package_that_is_not_what_it_says_is_refused_and_nothing_is_written(name, parts, taker, tmp_path):
    change, says = HOSTILE[name]
    zipped(tmp_path / "包.zip", change(parts))
    before = listing(tmp_path)
    said = Command(tmp_path)("edition", "unpack", "包.zip", "--office", "taker")

    assert said.code == 2
    assert says in said.err
    assert listing(tmp_path) == before
    assert not (taker / OWN_EDITIONS).exists()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path, p: path.write_bytes(b"PK\x03\x04 no zip"), "打不开"),
        (lambda path, p: path.write_bytes(b"".join(p.values())[:999]), "打不开"),
        (lambda path, p: zipped(path, p, **{MANIFEST: (stat.S_IFLNK | 0o777) << 16}), "是链接"),
        (lambda path, p: zipped(path, {**p, **{f"表式/f{n}.toml": b"" for n in range(99)}}), "解开后太大"),
        (lambda path, p: path.with_name("other.zip").write_bytes(b""), "找不到这个文件"),
    ],
)
def test_a_file_that_is_no_package_is_refused(make, says, parts, taker, tmp_path):
    make(tmp_path / "包.zip", parts)
    said = Command(tmp_path)("edition", "unpack", "包.zip", "--office", "taker")

    assert (said.code, says in said.err) == (2, True), said.err


def test_a_damaged_byte_is_found(giver, taker, tmp_path):
    data = bytearray(packed("next", giver)[1])
    data[len(data) // 2] ^= 1
    (tmp_path / "包.zip").write_bytes(data)
    said = Command(tmp_path)("edition", "unpack", "包.zip", "--office", "taker")

    assert said.code == 2
    assert not (taker / OWN_EDITIONS).exists()


def test_a_form_of_the_office_is_never_overwritten(giver, taker, tmp_path):
    (tmp_path / "包.zip").write_bytes(packed("next", giver)[1])
    (taker / OWN_EDITIONS).mkdir()
    (taker / OWN_EDITIONS / "window.toml").write_text("# 自己的", "utf-8")
    said = Command(tmp_path)("edition", "unpack", "包.zip", "--office", "taker")

    assert (said.code, "和表式包“next”里的不一样，没有覆盖" in said.err) == (2, True)
    assert list(listing(taker / OWN_EDITIONS)) == ["window.toml"]


def test_without_the_lists_that_it_names_it_does_not_stay(giver, taker, tmp_path):
    (tmp_path / "包.zip").write_bytes(packed("next", giver)[1])
    settings = taker / "office.toml"
    lines = [line for line in settings.read_text("utf-8").splitlines() if not line.startswith("matters")]
    settings.write_text("\n".join(lines), "utf-8")

    with pytest.raises(CannotRun, match="要用代码表 matters，这个办公室没有"):
        unpack(tmp_path / "包.zip", read_office(taker), Quiet())
    assert not (taker / OWN_EDITIONS).exists()


def test_a_form_that_does_not_load_there_does_not_stay(giver, taker, tmp_path):
    (tmp_path / "包.zip").write_bytes(packed("next", giver)[1])
    (taker / "duties.csv").unlink()

    with pytest.raises(CannotRun, match=r"duties\.csv"):
        unpack(tmp_path / "包.zip", read_office(taker), Quiet())
    assert not (taker / OWN_EDITIONS).exists()


def test_a_form_that_extends_a_path_cannot_be_packed(giver):
    path = giver.folder / OWN_EDITIONS / "next.toml"
    path.write_text(NEXT.replace('"window"', '"../editions/window"'), "utf-8")

    with pytest.raises(CannotRun, match="写了路径"):
        packed("next", giver)
