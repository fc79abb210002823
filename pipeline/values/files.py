"""The edge to the disk: what is read is hashed, what is written is written whole or not at all.

A file that is being written bears a name that tells it as ours until it is whole, so that whoever comes after a killed
run knows what was left and clears it.
"""

import errno
import glob
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from schemas.mistake import CannotRun

# Why the system refuses to read or write, as people say it.
REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘的配额已用完",
    errno.EFBIG: "文件太大，磁盘放不下",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EIO: "磁盘出错",
}
_OPEN = "“{}”正被打开，或没有写的权限。请关闭它后再运行一次。"
OURS = ".正在写_"  # in front of the name of what is not yet whole


def sha256(data: bytes) -> str:
    """The hash of a file's content, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def short(digest: str) -> str:
    """A hash as people see it: it begins with a letter, or a spreadsheet would turn 12e34 into a number."""
    return f"h{digest[:12]}"


def reason(trouble: OSError) -> str:
    """Why something could not be read or written, in a few words."""
    return REASONS.get(trouble.errno or 0) or trouble.strerror or "原因不明"


def unfinished(path: Path) -> Path:
    """Where that which is to stand at ``path`` lies, or is noted, until it is whole."""
    return path.with_name(OURS + path.name)


def write_whole(path: Path, write: Callable[[Path], object]) -> Path:
    """Let ``write`` fill a file of our name beside ``path``, then put it in place at once.

    Returns the path written: another name where the file is open in Excel and cannot be replaced.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = unfinished(path)
    temporary.unlink(missing_ok=True)
    try:
        write(temporary)
        with temporary.open("r+b") as done:
            os.fsync(done.fileno())
        return put(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> Path:
    """Write a text file whole, as UTF-8 with the line ends given."""
    return write_whole(path, lambda temporary: temporary.write_bytes(text.encode("utf-8")))


def replace_whole(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of a file that has no second name. Raises CannotRun where it is open elsewhere."""
    refuse_unlike(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = unfinished(path)
    try:
        temporary.write_bytes(data)
        with temporary.open("r+b") as done:
            os.fsync(done.fileno())
        temporary.replace(path)
    except PermissionError:
        raise CannotRun(_OPEN.format(path.name)) from None
    finally:
        temporary.unlink(missing_ok=True)


def put(made: Path, path: Path) -> Path:
    """Move a file into its place, or beside it where that is open in Excel; returns where it is.

    Raises CannotRun where a folder or a link lies there, or no name is free.
    """
    for target in [path, *(path.with_stem(f"{path.stem}（{number}）") for number in range(2, 100))]:
        refuse_unlike(target)
        with suppress(PermissionError):
            return made.replace(target)
    raise CannotRun(f"文件“{path.name}”正被打开，无法写入。请关闭后再运行一次。")


def second_names(path: Path) -> Iterator[Path]:
    """The files that were written beside ``path`` because it was open."""
    return (p for p in sorted(path.parent.glob(f"{glob.escape(path.stem)}（*）{path.suffix}")) if p.is_file())


def refuse_unlike(path: Path) -> None:
    """Raise CannotRun where what lies at the place of a file of ours is a folder or a link."""
    if path.is_symlink():
        raise CannotRun(f"“{path}”是快捷方式（链接），系统不往链接里写。请移走它，放回真正的文件，再运行一次。")
    if path.is_dir():
        raise CannotRun(f"“{path}”是个文件夹，系统要在这里写文件。请把它改名或移走，再运行一次。")


def append_text(path: Path, text: str) -> None:
    """Append whole lines to a text file that is never rewritten; it is made where there is none.

    They are noted beside it first: where this is killed, ``finish_appending`` completes it. On a full disk the file is
    left as it was. Raises CannotRun where it is a link or a folder, or is open elsewhere.
    """
    finish_appending(path)
    at = path.stat().st_size if path.exists() else 0
    note = unfinished(path)
    pending = {"at": at, "sha256": sha256(text.encode()), "text": text}
    try:
        note.write_text(json.dumps(pending, ensure_ascii=False), encoding="utf-8")
        _append(path, text.encode())
    except OSError as trouble:
        with suppress(OSError):
            _take_back(path, at)
            note.unlink(missing_ok=True)
        if isinstance(trouble, PermissionError):
            raise CannotRun(_OPEN.format(path.name)) from None
        raise
    note.unlink()


def finish_appending(path: Path) -> None:
    """Complete what was being appended to a file when it was killed, and clear the note of it."""
    refuse_unlike(path)
    note = unfinished(path)
    if note.is_symlink() or note.exists():
        rest = _missing_end(path, note)
        if rest:
            _append(path, rest)
        note.unlink()


def appended(path: Path) -> bytes:
    """What is in a file, with all that was being appended when it was killed. Nothing is written."""
    refuse_unlike(path)
    return (path.read_bytes() if path.exists() else b"") + _missing_end(path, unfinished(path))


def clear_unfinished(folder: Path) -> None:
    """Remove what was being written into a folder when it was killed."""
    for path in folder.glob(f"{OURS}*"):
        path.unlink()


def clear(folder: Path) -> None:
    """Remove a folder of ours, read-only files and all, whatever it has become."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    for path in [folder, *folder.rglob("*")] if folder.is_dir() else ():
        if not path.is_symlink():
            path.chmod(0o700)
    rmtree(folder, ignore_errors=True)


def _missing_end(path: Path, note: Path) -> bytes:
    """What a note says is still to be appended; nothing where it is torn, or the file has changed since."""
    try:
        pending = json.loads(note.read_text("utf-8"))
        text, at, digest = pending["text"].encode(), pending["at"], pending["sha256"]
        whole = path.read_bytes() if path.exists() else b""
        sound = digest == sha256(text) and 0 <= at <= len(whole) and text.startswith(whole[at:])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return b""
    return text[len(whole) - at :] if sound else b""


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _take_back(path: Path, at: int) -> None:
    """Cut a file to what it was, or remove what was not there."""
    if at:
        os.truncate(path, at)
    else:
        path.unlink(missing_ok=True)
