"""The receipts book, the memory of the office: a row a receipt, appended when a content is first seen, never changed.

A receipt belongs to a content, not to a place. The order of arrival is the order of the rows. What one run saw first
together stands in one batch, below an empty line; within a batch nobody knows what came first.
"""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.intake.listing import RECEIPTS
from pipeline.intake.received import Received
from pipeline.values.files import append_text, appended, replace_whole
from schemas.mistake import CannotRun, Mistake

HEADER = ("sha256", "name", "first_seen", "bytes")
COPY = "收件登记_副本.csv"  # in the outbox: what the book held after the last run
MOST_BYTES = 256 * 2**20  # two million rows
RESTORE = (
    f"收件登记由系统登记，不能手工修改。请把发件夹里的“{COPY}”复制到收件夹，改名为“{RECEIPTS}”，再运行一次；"
    "没有副本的，请从备份恢复。"
)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_BOM, _HEAD = b"\xef\xbb\xbf", ",".join(HEADER).encode()
_BEGINNING = _BOM + _HEAD + b"\r\n"


class Receipt(NamedTuple):
    """One row: a content, the name it came under, the day (ISO), its size; what came together shares a ``batch``."""

    sha256: str
    name: str
    day: str
    bytes: str
    batch: int


class Arrival(NamedTuple):
    """A receipt of the ``ret``-th file: where it stands in the order of arrival, in which batch, on which day."""

    ret: int
    position: int
    batch: int
    received: str


@dataclass(frozen=True)
class Receipts:
    """Every receipt, in the order of arrival; the last ``new`` of them are not in the book yet.

    ``data`` is the book as read.
    """

    path: Path = Path()
    rows: tuple[Receipt, ...] = ()
    new: int = 0
    data: bytes = b""

    @classmethod
    def read(cls, inbox: Path, outbox: Path | None = None) -> "Receipts":
        """The book of an inbox; an empty one where a beginning is made.

        Raises Mistake where it is not as we wrote it: damaged, edited, or lacking what the copy in ``outbox`` has.
        """
        book = cls._of(inbox / RECEIPTS)
        copy = outbox / COPY if outbox else None
        if copy and copy.is_file():
            _holds(book, cls._of(copy))
        return book

    @classmethod
    def _of(cls, path: Path) -> "Receipts":
        data = _content(path)
        head, _, _ = data.removeprefix(_BOM).partition(b"\n")
        if data and head.rstrip(b"\r") != _HEAD:
            raise Mistake(path, 1, f"第一行应是“{_HEAD.decode()}”。{RESTORE}")
        return cls(path, tuple(_rows(path, data)), data=data)

    def with_new(self, files: Sequence[Received], today: date) -> "Receipts":
        """The book with a row for every place that a content is in beyond those it has rows of, all of one batch."""
        batch = max((row.batch for row in self.rows), default=-1) + 1
        new = [
            Receipt(file.sha256, file.name, today.isoformat(), str(file.size), batch)
            for file, rows in _shared(files, self.rows)
            if file.sha256 and not rows
        ]
        return Receipts(self.path, (*self.rows, *new), len(new), self.data)

    def arrivals(self, files: Sequence[Received]) -> list[Arrival]:
        """Every receipt of the files, by the number of the file; of what is not in the book, a receipt without a day.

        A content has as many receipts as rows, however few places it is left in.
        """
        found = []
        for number, (_, rows) in enumerate(_shared(files, self.rows)):
            found += [Arrival(number, at, self.rows[at].batch, self.rows[at].day) for at in rows]
            found += [] if rows else [Arrival(number, len(self.rows), -1, "")]
        return found

    def enter(self, outbox: Path) -> None:
        """Append the new rows to the book, and keep a copy of it in the outbox.

        Raises CannotRun where the book is open elsewhere, or another run entered something meanwhile.
        """
        data = self._whole()
        if self.new:
            if _content(self.path) != self.data:
                raise CannotRun(f"“{self.path.name}”正被另一次运行登记。请等它结束后再运行一次。")
            append_text(self.path, data[len(self.data) :].decode())
        copy = outbox / COPY
        if self.rows and _content(copy) != data:
            replace_whole(copy, data)

    def _whole(self) -> bytes:
        """What is in the book, and the new rows behind it, below an empty line."""
        if not self.new:
            return self.data
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(row[:4] for row in self.rows[-self.new :])
        before = self.data or _BEGINNING
        end = b"" if before.endswith(b"\n") else b"\r\n"
        return before + end + b"\r\n" + out.getvalue().encode("utf-8")


def _content(path: Path) -> bytes:
    """The book's bytes; none where there is none. Raises Mistake for what is no plain file of a book's size."""
    if path.is_symlink():
        raise Mistake(path, None, "是快捷方式（链接），不是文件。请把真正的登记文件放回这里，再运行一次。")
    if path.exists() and (not path.is_file() or path.stat().st_size > MOST_BYTES):
        raise Mistake(path, None, f"不是系统写的登记文件。{RESTORE}")
    return appended(path)


def _rows(path: Path, data: bytes) -> Iterator[Receipt]:
    """The rows below the heading. What stands above the first empty line came row by row, each for itself."""
    lines = data.rstrip(b"\r\n").split(b"\n")[1:]
    today, seen = date.today(), dict[tuple[str, ...], int]()  # noqa: DTZ011  # the office's own day
    batch, opened = -1, ""
    for number, line in enumerate(lines, start=2):
        if not line.strip(b"\r"):
            batch, opened = batch + 1, "?"
            continue
        row = _row(path, number, line, today)
        if row in seen:
            raise Mistake(path, number, f"与第 {seen[row]} 行完全相同，像是重复粘贴的。{RESTORE}")
        seen[row] = number
        batch, opened = (batch, row[2]) if opened in {"?", row[2]} else (batch + 1, "")
        yield Receipt(*row, batch)


def _row(path: Path, number: int, line: bytes, today: date) -> tuple[str, str, str, str]:
    """One row as written. Raises Mistake with its line where a cell is not as we wrote it."""
    try:
        cells = next(csv.reader([line.decode("utf-8").rstrip("\r")]))
    except UnicodeDecodeError:
        raise Mistake(path, number, f"不是 UTF-8 编码，像是用 Excel 另存过。{RESTORE}") from None
    wrong = _wrong(cells, today)
    if wrong:
        raise Mistake(path, number, f"{wrong}{RESTORE}")
    digest, name, day, size = cells
    return digest, name, day, size


def _wrong(cells: list[str], today: date) -> str:
    """What is wrong with a row, as a sentence; "" where nothing is."""
    if len(cells) != len(HEADER):
        return f"应有 {len(HEADER)} 栏，这里有 {len(cells)} 栏。"
    digest, name, day, size = cells
    if not _SHA256.fullmatch(digest):
        return f"校验码“{digest[:20]}”不对，应是 64 位的十六进制数。"
    if not name or not size.isascii() or not size.isdigit():
        return f"文件名或字节数“{size[:20]}”不对。"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day) or not _is_day(day):
        return f"日期“{day[:20]}”不对，应写成 2012-02-03 的样子。"
    return f"收到日期 {day} 还没有到，请核对这台电脑的日期。" if date.fromisoformat(day) > today else ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _holds(book: Receipts, copy: Receipts) -> None:
    """Raises Mistake where the book does not begin with all that the copy has."""
    before = [row[:4] for row in copy.rows]
    now = [row[:4] for row in book.rows[: len(before)]]
    if now == before:
        return
    lacking = sum((Counter(before) - Counter(row[:4] for row in book.rows)).values())
    if not book.path.exists():
        what = "不见了，发件夹里存有它的副本"
    elif lacking:
        what = f"比发件夹里的副本少了 {lacking} 行"
    else:
        what = "各行的先后和发件夹里的副本不一样"
    raise Mistake(book.path, None, f"{what}。{RESTORE}换了另一个收件夹的，请同时换一个发件夹。")


def _shared(files: Sequence[Received], rows: Sequence[Receipt]) -> Iterator[tuple[Received, list[int]]]:
    """Every file with the places in ``rows`` of its receipts.

    A row belongs to the file of its content that still has its name; the others are given out in order. Rows that no
    place is left for go to the last place of their content.
    """
    free: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at, row in enumerate(rows):
        free[row.sha256][row.name].append(at)
    own = {
        number: [free[file.sha256][file.name].pop(0)]
        for number, file in enumerate(files)
        if free.get(file.sha256, {}).get(file.name)
    }
    left = {digest: sorted(at for places in names.values() for at in places) for digest, names in free.items()}
    last = {file.sha256: number for number, file in enumerate(files)}
    for number, file in enumerate(files):
        if number not in own:
            rest = left.get(file.sha256, [])
            own[number] = [rest.pop(0)] if rest else []
    for number, file in enumerate(files):
        moved = left.get(file.sha256, []) if last[file.sha256] == number else []
        yield file, sorted([*own[number], *moved])
