"""The edge to the disk: what is read is hashed, what is written is written whole or not at all."""

import glob
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from schemas.mistake import CannotRun

WRITTEN = {".xlsx", ".docx"}


def sha256(data: bytes) -> str:
    """The hash of a file's content, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def short(digest: str) -> str:
    """A hash as people see it: it begins with a letter, or a spreadsheet would turn 12e34 into a number."""
    return f"h{digest[:12]}"


def write_whole(path: Path, write: Callable[[Path], object]) -> Path:
    """Let ``write`` fill a temporary file beside ``path``, then put it in place at once.

    Returns the path written: another name where the file is open in Excel and cannot be replaced. Once it can be
    again, the other names are cleared away.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        with temporary.open("r+b") as done:
            os.fsync(done.fileno())
        temporary.chmod(0o644)
        return _put(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> Path:
    """Write a text file whole, as UTF-8 with the line ends given."""
    return write_whole(path, lambda temporary: temporary.write_bytes(text.encode("utf-8")))


def replace_whole(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of a file that has no second name. Raises CannotRun where it is open elsewhere."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    try:
        with temporary.open("wb") as new:
            new.write(data)
            new.flush()
            os.fsync(new.fileno())
        temporary.replace(path)
    except PermissionError:
        raise CannotRun(f"“{path.name}”正被打开，或没有写的权限。请关闭它后再运行一次。") from None
    finally:
        temporary.unlink(missing_ok=True)


def keep_only(folder: Path, ending: str, kept: Iterable[Path]) -> None:
    """Remove the files below ``folder`` whose stem ends with ``ending`` but for ``kept``, and the folders left empty.

    One that is open in Excel stays until a later run; files of other names are none of ours.
    """
    names = re.compile(rf"(?!~\$).*{re.escape(ending)}(（\d+）)?")
    ours = {path for path in folder.rglob("*") if path.suffix in WRITTEN and names.fullmatch(path.stem)}
    for path in ours - set(kept):
        with suppress(PermissionError):
            path.unlink()
    for below in [*sorted(folder.rglob("*"), reverse=True), folder]:
        if below.is_dir() and not any(below.iterdir()):
            below.rmdir()


def _put(temporary: Path, path: Path) -> Path:
    names = [path, *(path.with_stem(f"{path.stem}（{number}）") for number in range(2, 100))]
    for target in names:
        try:
            written = temporary.replace(target)
        except PermissionError:
            continue
        for other in path.parent.glob(f"{glob.escape(path.stem)}（*）{path.suffix}") if target == path else ():
            other.unlink(missing_ok=True)
        return written
    raise CannotRun(f"文件“{path.name}”正被打开，无法写入。请关闭后再运行一次。")
