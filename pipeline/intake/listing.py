"""What lies in the inbox."""

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.intake.archive import unpacked
from pipeline.intake.attachments import attachment
from pipeline.intake.bounds import MOST_BYTES, MOST_ZIP
from pipeline.intake.containers.sniff import APPLE, FOREIGN, ZIP
from pipeline.intake.mails import is_mail
from pipeline.intake.mails import opened as mails_opened
from pipeline.intake.naming import shown, told_apart
from pipeline.intake.received import Received, left_alone
from pipeline.judge.last_year import LAST_YEAR
from pipeline.values.files import unfinished
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.printed import PRINTED
from pipeline.values.rulings import RULINGS

# The office's own files, obeyed at the top of the inbox and nowhere else.
RECEIPTS = "收件登记.csv"
HEAD = 8192  # bytes of a file that tell what it may hold
PACKAGES = (".numbers", ".pages", ".key")  # folders that are one document where they come from
OWN = {RECEIPTS, unfinished(Path(RECEIPTS)).name, PRINTED, RULINGS, LAST_YEAR}


class Listing(NamedTuple):
    """The files that may be returns, in the order of their names, and a note for every other."""

    files: list[Received]
    notes: list[Finding]


def list_inbox(inbox: Path, workers: int = 1) -> Listing:
    """Every file below the inbox, and every file in a zip there, which ``workers`` other processes look into."""
    return list_files({path.relative_to(inbox).as_posix(): path for path in below(inbox)}, workers)


def list_files(paths: dict[str, Path], workers: int) -> Listing:
    """The files at ``paths``, by name; zips are looked into. Nothing of an empty hidden file is worth saying."""
    found: list[Received] = []
    notes: list[Finding] = []
    for name, _, path in sorted((shown(name), name, path) for name, path in paths.items()):
        reason = left_alone(name) or _unfit(path)
        file = None if reason else _received(name, path)
        if file:
            found.append(file)
        elif not reason or not _is_empty(path):
            place = Place(file=name)
            notes.append(tell("N-FIL-02", place, name=name, reason=reason or "正在变动，还没有复制完"))
    files = sorted(_opened(found, workers), key=lambda file: file.name)
    names = told_apart(file.name for file in files)
    return Listing([replace(file, name=name) for name, file in zip(names, files, strict=True)], notes)


def below(folder: Path) -> Iterator[Path]:
    """Every file below a folder but the office's own, and each folder that is one document, a link or locked."""
    locked: list[Path] = []
    for where, folders, names in os.walk(folder, onerror=lambda error: locked.append(Path(error.filename))):
        whole = [name for name in folders if name.lower().endswith(PACKAGES) or Path(where, name).is_symlink()]
        folders[:] = [name for name in folders if name not in whole]
        for name in [*names, *whole]:
            path = Path(where, name)
            if path.parent != folder or name not in OWN:
                yield path
    yield from locked


def _opened(files: list[Received], workers: int) -> Iterator[Received]:
    """The files, and what is in zips and mails, also in mails in zips and zips in mails, in the place of the zips."""
    zips = [file for file in files if file.box == "zip"]
    known = [*(file for file in files if file.box != "zip"), *unpacked(zips, workers)]
    mails = [replace(file, box="mail") for file in known if _may_be_mail(file)]
    yield from (file for file in known if not _may_be_mail(file))
    opened = mails_opened(mails, workers)
    yield from (file for file in opened if file.box != "zip")
    yield from unpacked([file for file in opened if file.box == "zip"], workers)


def _may_be_mail(file: Received) -> bool:
    """Whether a file is a mail, as was seen, or, in a zip, as its name says."""
    return not file.trouble and (file.box == "mail" or (file.member is not None and is_mail(file.name, b"")))


def _unfit(path: Path) -> str:
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return f"读不了（{error.strerror}）"
    if stat.S_ISLNK(mode):
        return "是快捷方式（链接），不是文件"
    if stat.S_ISDIR(mode):
        return "" if path.name.lower().endswith(PACKAGES) else "是打不开的文件夹"
    return "" if stat.S_ISREG(mode) else "不是普通文件"


def _is_empty(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode) and not path.lstat().st_size
    except OSError:
        return False


def _received(name: str, path: Path) -> Received | None:
    """The file as it is; None where it changed while it was looked at."""
    if path.is_dir():
        return Received(name, path, trouble=APPLE, kind=FOREIGN)
    try:
        before = path.stat()
        with path.open("rb") as file:
            box = _box(name, file.read(HEAD))
            if before.st_size > (MOST_ZIP if box == "zip" else MOST_BYTES):
                return Received(name, path, size=before.st_size, trouble="太大，不像一份报表")
            file.seek(0)
            digest = file_digest(file, "sha256").hexdigest()
        after = path.stat()
    except OSError as error:
        return Received(name, path, trouble=f"读不了（{error.strerror}）", kind="E-FIL-01")
    still = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return Received(name, path, digest, after.st_size, box=box) if still else None


def _box(name: str, head: bytes) -> Literal["", "zip", "mail"]:
    """What a file may hold others as; what is an attachment by its name is not looked into."""
    if attachment(name):
        return ""
    return "zip" if head.startswith(ZIP) else "mail" if is_mail(name, head) else ""
