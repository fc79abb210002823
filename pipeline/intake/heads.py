"""Where the tables of a return stand: rows of headings, and below each the rows that its codes or labels point out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.intake.book import Book
from pipeline.intake.cells import text_of
from pipeline.intake.displaced import Columns, displaced_rows
from pipeline.intake.plan import Key, Plan, bare, holds, label
from pipeline.intake.shifted import shifted_rows
from pipeline.values.numerals import LONG

TOP_ROWS = 60  # as far down a sheet's headings may be written with spaces, which takes long to look for

At = tuple[str, int]  # a sheet and a row from 0


@dataclass(frozen=True, eq=False)
class Head:
    """A row of headings: in which columns each stands; ``code`` and ``name`` are those of the rows' codes and names.

    The rows of its table end before ``last``.
    """

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
    plan: Plan
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
        """The rows that say each code, or where a row has none, the label that belongs to one."""
        found: dict[Key, list[At]] = {}
        for at, head in self.by_row.items():
            key = self._key(head, at)
            if key:
                found.setdefault(key, []).append(at)
        return found

    @cached_property
    def contradicting(self) -> dict[Key, At]:
        """Rows whose code is one line's and whose label is another's, under the code's line."""
        told = ((key, at, self._labelled(at)) for key, rows in self.rows.items() for at in rows)
        return {key: at for key, at, named in told if named and named != key}

    @cached_property
    def shifted(self) -> dict[At, Head]:
        """The lines that do not stand under their headings, with those."""
        return {
            (head.sheet, row): head
            for head, rows in self._lines.items()
            for row in shifted_rows(self.book, head.sheet, head.row, rows, head.column(self.plan.measured))
        }

    @cached_property
    def displaced(self) -> dict[At, int]:
        """The lines of a workbook that do not stand under their headings, with the column in which that shows."""
        plan, named = self.plan, {position[:2] for position in self.book.names.values()}
        under = {
            at for key, rows in self.rows.items() for at in rows if plan.wanted[key] <= self.by_row[at].columns.keys()
        }
        found: dict[At, int] = {}
        for head, rows in self._lines.items():
            if head.sheet not in self.book.widths:
                columns = Columns(*map(head.column, (plan.measured, plan.last, plan.check, plan.note)))
                own = frozenset(row for sheet, row in named if sheet == head.sheet)
                lines = [row for row in rows if (head.sheet, row) in under]
                there = displaced_rows(self.book, head.sheet, columns, lines, own)
                found |= {(head.sheet, row): column for row, column in there.items()}
        return found

    @cached_property
    def _lines(self) -> dict[Head, list[int]]:
        """The rows of lines below each row of headings."""
        lines: dict[Head, list[int]] = {}
        for at in (at for rows in self.rows.values() for at in rows):
            lines.setdefault(self.by_row[at], []).append(at[1])
        return lines

    def code_at(self, at: At) -> str:
        """What stands in the column of the codes on a row; "" where there is no such column."""
        head = self.by_row.get(at)
        return "" if head is None or head.code is None else text_of(self.book.at((*at, head.code)))

    def name_at(self, at: At) -> str:
        """What stands in the column of the names on a row."""
        head = self.by_row.get(at)
        return "" if head is None or head.name is None else text_of(self.book.at((*at, head.name)))

    def _of_sheet(self, sheet: str, rows: list[list[object]]) -> Iterator[Head]:
        anchors = self.plan.anchors
        there = [r for r, row in enumerate(rows) if not anchors.isdisjoint(row)]  # as printed, which is quickly seen
        there = there or [r for r, row in enumerate(rows[:TOP_ROWS]) if holds(row, anchors)]
        found = [(r, columns) for r in there if (columns := self._headings(rows[r]))]
        starts = sorted([*(row for row, _ in found), *self._registers(rows), len(rows)])
        for row, columns in found:
            last = next(start for start in starts if start > row)
            code, name = (columns.get(word, (None,))[0] for word in (self.plan.code, self.plan.name))
            yield Head(sheet, row, last, columns, code, name)

    def _registers(self, rows: list[list[object]]) -> list[int]:
        """The rows of headings of registers, where the tables above them end."""
        return [
            r
            for r, row in enumerate(rows)
            for names in self.plan.registers
            if not names.isdisjoint(row) and names <= {bare(cell) for cell in row if isinstance(cell, str)}
        ]

    def _headings(self, row: list[object]) -> dict[str, tuple[int, ...]]:
        """The columns of each heading where a row holds those of numbers too, else nothing."""
        texts = [bare(cell) if isinstance(cell, str) and len(cell) < LONG else "" for cell in row]
        if self.plan.headings.isdisjoint(texts):
            return {}
        return {text: tuple(n for n, other in enumerate(texts) if other == text) for text in texts if text}

    def _key(self, head: Head, at: At) -> Key | None:
        """The line that a row is: by its code, or where it has none, by its label."""
        code = bare(text_of(self.book.at((*at, head.code)))) if head.code is not None else ""
        if code:
            keys = self.plan.by_code.get(code) or self.plan.by_code.get(code.lstrip("0"), ())
            return keys[0] if len(keys) == 1 else self._one_of(keys, head, at)
        return self._labelled(at)

    def _one_of(self, keys: Sequence[Key], head: Head, at: At) -> Key | None:
        """Of the lines of one code in several tables, the one whose label, headings or names the row has."""
        printed = self.plan.printed
        name, headings = label(self.name_at(at)), frozenset(head.columns)
        keys = [key for key in keys if printed[key].label == name] or keys
        keys = [key for key in keys if printed[key].headings & headings] or keys
        if len(keys) > 1:
            keys = [key for key in keys if any(self._points(own, at) for own in printed[key].names)]
        return keys[0] if len(keys) == 1 else None

    def _points(self, name: str, at: At) -> bool:
        """Whether a defined name means a cell of that row."""
        position = self.book.names.get(name)
        return position is not None and position[:2] == at

    def _labelled(self, at: At) -> Key | None:
        return self.plan.by_label.get(label(self.name_at(at)))
