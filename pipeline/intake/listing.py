"""What lies in the inbox."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.intake.archive import is_archive, members
from pipeline.intake.bounds import MOST_BYTES
from pipeline.intake.received import Received, left_alone
from pipeline.judge.last_year import LAST_YEAR
from pipeline.values.files import sha256, unfinished
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.printed import PRINTED
from pipeline.values.rulings import RULINGS

# The office's own files, obeyed at the top of the inbox and nowhere else.
RECEIPTS = "收件登记.csv"
OWN = {RECEIPTS, unfinished(Path(RECEIPTS)).name, PRINTED, RULINGS, LAST_YEAR}


class Listing(NamedTuple):
    """The files that may be returns, in the order of their names, and a note for every other."""

    files: list[Received]
    notes: list[Finding]


def list_inbox(inbox: Path) -> Listing:
    """Every file below the inbox, and every file in a zip there."""
    return list_files({path.relative_to(inbox).as_posix(): path for path in _below(inbox)})


def list_files(paths: dict[str, Path]) -> Listing:
    """The files at ``paths``, by name; zips are looked into. Nothing of an empty hidden file is worth saying."""
    files: list[Received] = []
    notes: list[Finding] = []
    for name, path in sorted(paths.items()):
        reason = left_alone(name) or _unfit(path)
        received = None if reason else _received(name, path)
        if received:
            files.extend(members(received) if is_archive(received) else [received])
        elif not reason or not path.is_file() or path.is_symlink() or path.stat().st_size:
            place = Place(file=name)
            notes.append(tell("N-FIL-02", place, name=name, reason=reason or "正在变动，还没有复制完"))
    return Listing(files, notes)


def _below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, but for the office's own; links to folders are not followed."""
    for where, _, names in os.walk(folder):
        for name in names:
            path = Path(where, name)
            if path.parent != folder or name not in OWN:
                yield path


def _unfit(path: Path) -> str:
    if path.is_symlink():
        return "是快捷方式（链接），不是文件"
    return "" if path.is_file() else "不是普通文件"


def _received(name: str, path: Path) -> Received | None:
    """The file as it is; None where it changed while it was read."""
    try:
        before = path.stat()
        if before.st_size > MOST_BYTES:
            return Received(name, b"", "", "太大，不像一份月报")
        data = path.read_bytes()
        after = path.stat()
    except OSError as error:
        return Received(name, b"", "", f"读不了（{error.strerror}）", "E-FIL-01")
    still = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(data) == after.st_size
    return Received(name, data, sha256(data)) if still else None
