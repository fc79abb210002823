"""A file as it lies in the inbox, or in a zip there. Its bytes are had when it is read, not when it is listed."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

from pipeline.intake.book import Unreadable
from pipeline.intake.bounds import BEYOND, MOST_BYTES, damage_told, directory
from pipeline.values.files import sha256
from pipeline.values.mails import NO_MAIL, Mail

# Names of what programs leave behind while a file is open, or on its way.
_LOCKS = ("~$", ".~", "~WRL")
_UNDER_WAY = (".tmp", ".part", ".crdownload", ".download", ".td", ".xltd", ".filepart")
_SYSTEM = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Received:
    """``name`` is its path below the inbox as it is shown, with / on every system; ``path`` where it lies.

    ``member`` is its number in the zip that lies there, or in ``outer``: a mail, or a zip that came in a mail.
    ``trouble`` says why it cannot be had, ``kind`` is its finding. ``mail`` is what it came in, or is itself; then
    ``holds`` is how many files are in it. ``box`` is what it may hold other files as.
    """

    name: str
    path: Path
    sha256: str = ""
    size: int = 0
    member: int | None = None
    trouble: str = ""
    kind: str = BEYOND
    outer: "Received | None" = None
    mail: Mail = NO_MAIL
    holds: int | None = None
    box: Literal["", "zip", "mail"] = ""

    def content(self) -> bytes:
        """Its bytes, the same that were listed. Raises Unreadable where they cannot be had or are others by now."""
        if self.trouble:
            raise Unreadable(self.trouble, self.kind)
        if self.size > MOST_BYTES:
            raise Unreadable("太大，不像一份报表", BEYOND)
        data = self._plain() if self.member is None else self._unpacked()
        if sha256(data) != self.sha256:
            raise Unreadable("正在变动，还没有复制完")
        return data

    def _plain(self) -> bytes:
        try:
            with self.path.open("rb") as file:
                return file.read(MOST_BYTES + 1)
        except OSError as error:
            raise Unreadable(f"读不了（{error.strerror}）") from None

    def _unpacked(self) -> bytes:
        if self.outer and self.outer.box == "mail":
            from pipeline.intake.mails import content_of

            return content_of(self.outer, self.member or 0)
        with damage_told():
            archive = self.archive()
            return archive.read(archive.infolist()[self.member or 0])

    def archive(self) -> ZipFile:
        """The zip that it lies in, or is. Raises Unreadable."""
        within = self if self.box == "zip" else self.outer
        return _in_memory(within) if within and within.outer else opened_zip(self.path)


def opened_zip(path: Path) -> ZipFile:
    """A zip of the inbox, which stays open while its files are read one after the other. Raises Unreadable."""
    now = path.stat()
    return _opened(path, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=1)
def _in_memory(zipped: Received) -> ZipFile:
    return directory(zipped.content())


@lru_cache(maxsize=1)
def _opened(path: Path, _changed: int, _size: int) -> ZipFile:
    return directory(path)


def left_alone(name: str) -> str:
    """Why a file is not looked at, by its name; "" where it is."""
    parts = [part for part in name.split("/") if part not in {".", ".."}]  # a file may be named by the way to it
    if parts[-1].startswith(_LOCKS):
        return "是打开文件时留下的临时文件"
    if any(part.startswith((".", "__MACOSX")) for part in parts) or parts[-1].lower() in _SYSTEM:
        return "是隐藏文件"
    return "还没有复制完" if parts[-1].lower().endswith(_UNDER_WAY) else ""
