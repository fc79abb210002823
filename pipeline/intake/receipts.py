"""The receipts book: one row a file when it was first seen. The machine appends to it and never rewrites a row."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.intake.listing import RECEIPTS
from pipeline.intake.received import Received
from pipeline.values.files import append_text, appended
from schemas.mistake import Mistake

HEADER = ("sha256", "name", "first_seen", "bytes")


@dataclass(frozen=True)
class Receipts:
    """The day on which each file was first seen, by content and name."""

    path: Path
    rows: tuple[tuple[str, str, str, str], ...]
    new: int = 0  # of them are not in the file yet

    @classmethod
    def read(cls, inbox: Path) -> "Receipts":
        """The book of an inbox; an empty one where there is none yet. Raises Mistake where it is damaged."""
        path = inbox / RECEIPTS
        try:
            text = appended(path).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Mistake(path, None, "文件不是 UTF-8 编码，请另存为 UTF-8（CSV UTF-8）后再试。") from None
        rows = list(csv.reader(io.StringIO(text, newline="")))
        for number, row in enumerate(rows[1:], start=2):
            if len(row) != len(HEADER) or not _is_day(row[2]):
                raise Mistake(path, number, "这一行读不懂。收件登记由系统登记，请用备份恢复，不要手工修改。")
        return cls(path, tuple((r[0], r[1], r[2], r[3]) for r in rows[1:]))

    def with_new(self, files: Iterable[Received], today: date) -> "Receipts":
        """The book with a row for every file not seen before, as of ``today``, but for what could not be had."""
        known = {(digest, name) for digest, name, _, _ in self.rows}
        new = [
            (f.sha256, f.name, today.isoformat(), str(len(f.data)))
            for f in files
            if f.sha256 and (f.sha256, f.name) not in known
        ]
        return Receipts(self.path, (*self.rows, *new), len(new))

    def write(self) -> None:
        """Append what is new to the book, below its header where it has none yet."""
        out, begun = io.StringIO(), self.path.exists() and self.path.stat().st_size
        rows = self.rows[len(self.rows) - self.new :]
        csv.writer(out, lineterminator="\r\n").writerows(rows if begun else [HEADER, *rows])
        if rows:
            append_text(self.path, ("" if begun else "\ufeff") + out.getvalue())

    def days(self) -> dict[tuple[str, str], str]:
        """The day each file was first seen (ISO), by content and name."""
        return {(digest, name): day for digest, name, day, _ in self.rows}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
