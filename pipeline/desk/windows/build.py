"""Build the folder: every file hashed in its list, no path too long, nothing that needs a network or rights."""

import json
import re
import shutil
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline import VERSION
from pipeline.desk.windows.wheels import needed, pins, unpack, wheels_in
from pipeline.values.files import sha256
from schemas.mistake import CannotRun

ROOT = Path(__file__).parents[3]
INBOX, OUTBOX, LIST = "收件夹", "发件夹", "程序清单.json"
PYTHON, PACKAGES, PROGRAM = "bin/python", "bin/packages", "bin/program"
LONGEST = 160  # characters of a path in the folder, which leaves a hundred of Windows' 260 for where it is unpacked
# To double-click, by what each does at the counter. Contents are plain letters: they mean the same in every code page.
FILES = {
    "demo": "看演示.cmd",
    "new-office": "新建办公室.cmd",
    "templates": "1 做空白报表.cmd",
    "run": "2 汇总并打开报告.cmd",
    "check": "检查（把报表拖到这里）.cmd",
    "publish": "3 上报.cmd",
}
_COMMAND = """@echo off
setlocal
pushd "%~dp0"
"%~dp0bin\\python\\python.exe" -X utf8 -m pipeline.desk.windows.counter {action} %*
pause
popd
"""


_EXE = re.compile(r"([^/]+/)?python\.exe")  # at the top of the parcel, or of the one folder in it
_PATHS = re.compile(r"(?:[^/]+/)?python(3\d+)\._pth")


class Built(NamedTuple):
    """What was built: its files with their hashes, the hash of the list, bytes, and the longest path."""

    files: dict[str, str]
    sha256: str
    size: int
    longest: str


def build(python: Path, wheels: Path, to: Path) -> Built:
    """The folder ``to``, of an embeddable Python and a folder of wheels. Raises CannotRun; then there is none."""
    if to.exists():
        raise CannotRun(f"“{to}”已经有了，没有改动。请换一个文件夹，或先把它移开。")
    try:
        version = _python(python, to / PYTHON)
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        pinned = pins((ROOT / "constraints.txt").read_text("utf-8"))
        packages = needed(project["dependencies"], wheels_in(wheels, version), pinned, version)
        for wheel in packages:
            unpack(wheel, to / PACKAGES)
        _program(to / PROGRAM)
        for action, name in FILES.items():
            text = _COMMAND.format(action=action).replace("\n", "\r\n")
            (to / name).write_bytes(text.encode("ascii"))
        for name in (INBOX, OUTBOX):
            (to / name).mkdir()
        return _listed(to, python, [wheel.path for wheel in packages])
    except BaseException:
        shutil.rmtree(to, ignore_errors=True)
        raise


def _python(parcel: Path, folder: Path) -> str:
    """Unpack the embeddable Python, which finds our folders and no others; its version, as 3.13. Raises CannotRun."""
    try:
        with zipfile.ZipFile(parcel) as opened:
            within = next((name.removesuffix("python.exe") for name in opened.namelist() if _EXE.fullmatch(name)), None)
            names = [name for name in opened.namelist() if within is not None and name.startswith(within)]
            paths = [found[1] for name in names if (found := _PATHS.fullmatch(name))]
            if within is None or len(paths) != 1:
                raise CannotRun(f"“{parcel}”不是 Windows 的嵌入式 Python（embeddable package），请从 python.org 下载。")
            folder.mkdir(parents=True)
            for name in names:
                if not name.endswith("/") and "/" not in name.removeprefix(within):
                    (folder / name.removeprefix(within)).write_bytes(opened.read(name))
    except (OSError, zipfile.BadZipFile):
        raise CannotRun(f"“{parcel}”打不开，请核对路径，重新下载嵌入式 Python 的 .zip。") from None
    digits = paths[0]
    lines = (f"python{digits}.zip", ".", "..\\packages", "..\\program")
    (folder / f"python{digits}._pth").write_bytes("".join(f"{line}\r\n" for line in lines).encode("ascii"))
    return f"{digits[0]}.{digits[1:]}"


def _program(folder: Path) -> None:
    """The program as it lies here, without what was compiled or is tried."""
    left_out = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("pipeline", "schemas"):
        shutil.copytree(ROOT / name, folder / name, ignore=left_out)
    for name in ("LICENSE", "README.zh-CN.md", "constraints.txt", "pyproject.toml", "run_pipeline.py"):
        shutil.copy(ROOT / name, folder / name)


def _listed(to: Path, python: Path, wheels: list[Path]) -> Built:
    """Write the list of all files with their hashes. Raises CannotRun where a path is too long for Windows."""
    files = dict(_hashed(to))
    longest = max(files, key=len)
    if len(longest) > LONGEST:
        raise CannotRun(f"路径太长，在 Windows 上可能解不开：{longest}（{len(longest)} 个字）。")
    of = {path.name: sha256(path.read_bytes()) for path in (python, *wheels)}
    text = json.dumps({"version": VERSION, "made_of": of, "files": files}, ensure_ascii=False, indent=1) + "\n"
    (to / LIST).write_bytes(text.encode())
    size = sum(path.stat().st_size for path in to.rglob("*") if path.is_file())
    return Built(files, sha256(text.encode()), size, longest)


def _hashed(to: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(to.rglob("*")):
        if path.is_file():
            yield path.relative_to(to).as_posix(), sha256(path.read_bytes())
