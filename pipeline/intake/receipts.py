"""The receipts book: one row a file when it was first seen. The machine appends to it and never rewrites a row."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.intake.listing import RECEIPTS
from pipeline.intake.received import Received
from pipeline.values.files import write_text
from schemas.mistake import Mistake
from schemas.reading import read_text

HEADER = ("sha256", "name", "first_seen", "bytes")


@dataclass(frozen=True)
class Receipts:
    """The day on which each file was first seen, by content and name."""

    path: Path
    rows: tuple[tuple[str, str, str, str], ...]

    @classmethod
    def read(cls, inbox: Path) -> "Receipts":
        """The book of an inbox; an empty one where there is none yet. Raises Mistake where it is damaged."""
        path = inbox / RECEIPTS
        if not path.exists():
            return cls(path, ())
        rows = list(csv.reader(io.StringIO(read_text(path))))
        for number, row in enumerate(rows[1:], start=2):
            if len(row) != len(HEADER) or not _is_day(row[2]):
                raise Mistake(path, number, "这一行读不懂。收件登记由系统登记，请用备份恢复，不要手工修改。")
        return cls(path, tuple((r[0], r[1], r[2], r[3]) for r in rows[1:]))

    def with_new(self, files: Iterable[Received], today: date) -> "Receipts":
        """The book with a row for every file not seen before, as of ``today``, but for what could not be had."""
        known = {(digest, name) for digest, name, _, _ in self.rows}
        new = [
            (f.sha256, f.name, today.isoformat(), str(f.size))
            for f in files
            if f.sha256 and (f.sha256, f.name) not in known
        ]
        return Receipts(self.path, (*self.rows, *new))

    def write(self) -> None:
        """Put the book in its place."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows([HEADER, *self.rows])
        write_text(self.path, "\ufeff" + out.getvalue())

    def days(self) -> dict[tuple[str, str], str]:
        """The day each file was first seen (ISO), by content and name."""
        return {(digest, name): day for digest, name, day, _ in self.rows}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
