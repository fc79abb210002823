"""The folder for Windows: what it is made of is whole, pinned and hashed; what is double-clicked is plain letters."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pipeline.desk.windows import build as building
from pipeline.desk.windows.build import FILES, LIST, build
from pipeline.desk.windows.counter import arguments
from pipeline.desk.windows.wheels import wheels_in
from pipeline.values.files import sha256
from schemas.mistake import CannotRun

TODAY = date(2012, 9, 14)


def python(folder: Path, *names: str) -> Path:
    path = folder / "python-embed.zip"
    with zipfile.ZipFile(path, "w") as parcel:
        for name in names or ("python.exe", "python313.zip", "python313._pth", "python313.dll"):
            parcel.writestr(name, name)
    return path


def wheel(folder: Path, name: str, version: str, *needs: str, tag: str = "py3-none-any") -> None:
    folder.mkdir(exist_ok=True)
    told = "".join(f"Requires-Dist: {need}\n" for need in needs)
    with zipfile.ZipFile(folder / f"{name}-{version}-{tag}.whl", "w") as parcel:
        parcel.writestr(f"{name}-{version}.dist-info/METADATA", f"Name: {name}\nVersion: {version}\n{told}\n")
        parcel.writestr(f"{name}/__init__.py", "")
        parcel.writestr(f"{name}-{version}.data/platlib/{name}.libs/a.dll", "dll")
        parcel.writestr(f"{name}-{version}.data/scripts/{name}.exe", "exe")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A program that needs one package, which needs another on Windows and a third elsewhere."""
    root = tmp_path / "project"
    for name in ("pipeline/__pycache__", "schemas"):
        (root / name).mkdir(parents=True)
    for name in ("LICENSE", "README.zh-CN.md", "run_pipeline.py", "pipeline/a.py", "pipeline/__pycache__/a.pyc"):
        (root / name).write_text(name, "utf-8")
    (root / "schemas" / "表式.toml").write_text("", "utf-8")
    (root / "pyproject.toml").write_text('[project]\ndependencies = ["one>=1"]\n', "utf-8")
    (root / "constraints.txt").write_text("one==1.0\ntwo==2.0\n", "utf-8")
    monkeypatch.setattr(building, "ROOT", root)
    wheels = tmp_path / "wheels"
    wheel(wheels, "one", "1.0", "two; sys_platform == 'win32'", "three; sys_platform == 'linux'", "four; extra == 'x'")
    wheel(wheels, "two", "2.0", tag="cp313-cp313-win_amd64")
    return tmp_path


def test_the_folder_has_python_packages_and_program_and_each_file_in_its_list(project):
    made = build(python(project), project / "wheels", project / "月报 一")
    folder = project / "月报 一"
    listed = json.loads((folder / LIST).read_text("utf-8"))

    assert (folder / "bin/python/python313._pth").read_text("ascii").split() == [
        *("python313.zip", ".", "..\\packages", "..\\program")
    ]
    assert {"bin/packages/one/__init__.py", "bin/packages/two.libs/a.dll", "bin/program/schemas/表式.toml"} <= set(
        made.files
    )
    assert [name for name in made.files if name.endswith((".pyc", "one.exe")) or "three" in name] == []
    assert listed["files"] == {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST
    }
    assert sha256((folder / LIST).read_bytes()) == made.sha256
    assert {path.name for path in folder.iterdir()} == {"bin", "收件夹", "发件夹", LIST, *FILES.values()}


def test_the_same_parts_make_the_same_folder(project):
    parts = python(project), project / "wheels"

    assert build(*parts, project / "a").sha256 == build(*parts, project / "b").sha256


def test_what_is_double_clicked_means_the_same_in_every_code_page(project):
    build(python(project), project / "wheels", project / "a")

    for name in FILES.values():
        data = (project / "a" / name).read_bytes()
        assert data.isascii()
        assert data.count(b"\n") == data.count(b"\r\n")
        assert b'pushd "%~dp0"' in data


def test_a_python_in_a_folder_of_its_parcel_is_found(project):
    parcel = python(project, "cp313/", "cp313/python.exe", "cp313/python313._pth", "cp313/python313.dll")

    assert {"bin/python/python.exe", "bin/python/python313._pth"} <= set(
        build(parcel, project / "wheels", project / "a").files
    )


WRONG = {
    "a package that is missing": (lambda p: next((p / "wheels").glob("two*")).unlink(), "缺少部件 two"),
    "another version than pinned": (
        lambda p: (p / "project" / "constraints.txt").write_text("one==1.1\ntwo==2.0\n", "utf-8"),
        "one-1.0-py3-none-any.whl 的版本与 constraints.txt 不同（1.1）",
    ),
    "a package of another system": (
        lambda p: wheel(p / "wheels", "five", "1", tag="cp313-cp313-manylinux_2_28_x86_64"),
        "不是给 Windows（win_amd64）上的 Python 3.13 用的",
    ),
}


@pytest.mark.parametrize(("spoil", "says"), WRONG.values(), ids=WRONG)
def test_what_is_not_whole_is_told_and_leaves_nothing(project, spoil, says):
    spoil(project)

    with pytest.raises(CannotRun, match=says):
        build(python(project), project / "wheels", project / "a")
    assert not (project / "a").exists()


def test_a_path_that_windows_may_not_hold_is_told(project, monkeypatch):
    monkeypatch.setattr(building, "LONGEST", 30)

    with pytest.raises(CannotRun, match="路径太长"):
        build(python(project), project / "wheels", project / "a")


@pytest.mark.parametrize("names", [("python.exe",), ("bin/python3", "python313._pth")])
def test_a_python_of_another_kind_is_told(project, names):
    with pytest.raises(CannotRun, match="不是 Windows 的嵌入式 Python"):
        build(python(project, *names), project / "wheels", project / "a")


def test_wheels_for_any_later_python_fit(tmp_path):
    wheel(tmp_path, "six", "1", tag="cp39-abi3-win_amd64")

    assert list(wheels_in(tmp_path, "3.13")) == ["six"]


@pytest.mark.parametrize(
    ("action", "given", "said", "typed"),
    [
        ("run", [], "", "run --inbox 收件夹 --outbox 发件夹"),
        ("templates", [], "2012-10", "templates --period 2012-10 --inbox 收件夹 --outbox 发件夹"),
        ("templates", [], "", "templates --period 2012-09 --inbox 收件夹 --outbox 发件夹"),
        ("publish", [], "", "publish --through 2012-08 --inbox 收件夹 --outbox 发件夹"),
        ("check", ["a b.xlsx"], "", "check a b.xlsx"),
        ("new-office", [], "", "new-office"),
    ],
)
def test_a_double_click_types_the_command(action, given, said, typed):
    assert " ".join(arguments(action, given, TODAY, said)) == typed
