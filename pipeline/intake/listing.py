"""What lies in the inbox."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.files import sha256

# The office's own files, obeyed at the top of the inbox and nowhere else.
RECEIPTS, PRINTED = "收件登记.csv", "年报正文数字.xlsx"
OWN = {RECEIPTS, PRINTED, "处理意见.xlsx", "上年数据.xlsx"}


@dataclass(frozen=True, slots=True)
class Received:
    """A file of the inbox; ``name`` is its path below the inbox, with / on every system."""

    name: str
    data: bytes
    sha256: str


def list_inbox(inbox: Path) -> Iterator[Received]:
    """Every file that may be a return, in the order of its name."""
    names = {path.relative_to(inbox).as_posix(): path for path in inbox.rglob("*")}
    for name, path in sorted(names.items()):
        if path.is_file() and name not in OWN and not left_alone(name):
            data = path.read_bytes()
            yield Received(name, data, sha256(data))


def left_alone(name: str) -> bool:
    """Whether a name is that of a lock file, a hidden file, or a download under way."""
    parts = name.split("/")
    return any(part.startswith(("~$", ".")) for part in parts) or parts[-1].endswith((".tmp", ".part", ".crdownload"))
