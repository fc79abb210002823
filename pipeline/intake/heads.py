"""Where the tables of a return stand: rows of headings, and below each the rows that its codes or names point out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.intake.book import Book
from pipeline.intake.cells import text_of
from pipeline.numerals import visible
from schemas.entry import TOTAL_ROW, Entry
from schemas.form import Form
from schemas.rules.terms import Ref

Key = tuple[str, str]  # a table, and the code at the head of a row
At = tuple[str, int]  # a sheet and a row from 0

_SIGNS = re.compile(r"[()（）:：,，、.．·“”\"'—-]")


@dataclass(frozen=True)
class Head:
    """A row of headings: in which columns each stands; ``code`` and ``name`` are those of the rows' codes and names."""

    sheet: str
    row: int
    last: int
    columns: Mapping[str, tuple[int, ...]]
    code: int | None
    name: int | None

    def column(self, heading: str) -> int | None:
        """The one column under a heading; None where there is none, or more than one."""
        found = self.columns.get(heading, ())
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Heads:
    """The tables found in a book, but for the sheets that are no part of the return."""

    book: Book
    form: Form
    beside: frozenset[str] = frozenset()

    @cached_property
    def all(self) -> tuple[Head, ...]:
        """Every row of headings, in the order of the book."""
        sheets = ((name, rows) for name, rows in self.book.sheets.items() if name not in self.beside)
        return tuple(head for name, rows in sheets for head in self._of_sheet(name, rows))

    @cached_property
    def by_row(self) -> dict[At, Head]:
        """The headings that each coded row stands under."""
        return {(head.sheet, row): head for head in self.all for row in range(head.row + 1, head.last)}

    @cached_property
    def rows(self) -> dict[Key, list[At]]:
        """The rows that say each code, or where a row has none, the name that belongs to one."""
        found: dict[Key, list[At]] = {}
        for head in self.all:
            for row in range(head.row + 1, head.last):
                key = self._key(head, row)
                if key:
                    found.setdefault(key, []).append((head.sheet, row))
        return found

    @cached_property
    def contradicting(self) -> dict[Key, At]:
        """Rows whose code is one line's and whose name is another's, under the code's line."""
        return {
            key: at
            for key, rows in self.rows.items()
            for at in rows
            if (named := self._named(self.by_row[at], at[1])) and named != key
        }

    def code_at(self, at: At) -> str:
        """What stands in the column of the codes on a row; "" where there is no such column."""
        head = self.by_row.get(at)
        return "" if head is None or head.code is None else text_of(self.book.at((*at, head.code)))

    def name_at(self, at: At) -> str:
        """What stands in the column of the names on a row."""
        head = self.by_row.get(at)
        return "" if head is None or head.name is None else text_of(self.book.at((*at, head.name)))

    def heading(self, ref: Ref, entry: Entry) -> str:
        """The heading of the column that a number stands in."""
        return bare(entry.name.rpartition("·")[2] if entry.column else self.form.edition.words.measure(ref.measure))

    def _of_sheet(self, sheet: str, rows: list[list[object]]) -> Iterator[Head]:
        found = [(r, columns) for r, row in enumerate(rows) if (columns := self._headings(row))]
        words = self.form.edition.words
        for n, (row, columns) in enumerate(found):
            last = found[n + 1][0] if n + 1 < len(found) else len(rows)
            code, name = (columns.get(bare(word), (None,))[0] for word in (words.code, words.name))
            yield Head(sheet, row, last, columns, code, name)

    def _headings(self, row: list[object]) -> dict[str, tuple[int, ...]]:
        """The columns of each heading where a row holds headings, else nothing."""
        texts = [bare(cell) if isinstance(cell, str) else "" for cell in row]
        if not self._anchors.intersection(texts) or not self._measures.intersection(texts):
            return {}
        return {text: tuple(n for n, other in enumerate(texts) if other == text) for text in texts if text}

    def _key(self, head: Head, row: int) -> Key | None:
        """The line that a row is: by its code, or where it has none, by its name."""
        code = visible(self.code_at((head.sheet, row)))
        if code:
            return self._codes.get(code) or self._codes.get(code.lstrip("0"))
        return self._named(head, row)

    def _named(self, head: Head, row: int) -> Key | None:
        return self._names.get(_words(self.name_at((head.sheet, row))))

    @cached_property
    def _anchors(self) -> set[str]:
        return {bare(self.form.edition.words.code), bare(self.form.edition.words.name)}

    @cached_property
    def _measures(self) -> set[str]:
        return {self.heading(ref, entry) for entry, refs in self.form.filled_in for ref in refs}

    @cached_property
    def _codes(self) -> dict[str, Key]:
        """The line of every code; without leading zeros too where no other code is meant."""
        keys = {entry.line: (entry.table, entry.line) for entry, _ in self.form.filled_in if entry.row != TOTAL_ROW}
        shorter = {code.lstrip("0"): key for code, key in keys.items() if code.lstrip("0") not in keys}
        return shorter | keys

    @cached_property
    def _names(self) -> dict[str, Key]:
        """The line of every name that only one line has."""
        keys: dict[str, set[Key]] = {}
        for entry, _ in self.form.filled_in:
            if entry.row != TOTAL_ROW:
                name = entry.name.rpartition("·")[0] if entry.column else entry.name
                keys.setdefault(_words(name), set()).add((entry.table, entry.line))
        return {name: next(iter(found)) for name, found in keys.items() if len(found) == 1 and name}


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    """A heading without white space; the headings of a form are the same in every return."""
    return visible(text)


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> str:
    """A name without white space and signs, which people change."""
    return _SIGNS.sub("", visible(text))
