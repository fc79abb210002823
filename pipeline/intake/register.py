"""The rows of a return's registers: one item a row, each field with what it says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.intake.book import Book, Position, address
from pipeline.intake.cells import read_date, text_of
from pipeline.intake.plan import bare, codes_of, holds, known_codes
from pipeline.intake.shifted import shifted_rows
from pipeline.paper.names import register_name
from pipeline.values.findings import Place
from pipeline.values.numerals import says_none, visible
from schemas.codes import Code
from schemas.form import Form
from schemas.table import RegisterField, Table

HEADING_ROWS = 500  # how far down a sheet the headings are looked for: all tables may stand on one
MISSING, UNFILLED, UNKNOWN, NO_DAY, ERROR = "E-REG-01", "E-REG-02", "E-REG-03", "E-REG-04", "E-REG-05"
MERGED, SHIFTED, GOES_ON = "E-REG-06", "E-REG-07", "E-REG-08"

TOTAL, SERIALS, NOTHING, AGAIN = "合计", "只写了序号", "没有内容", "表头"  # what a row is that is no item

_TOTAL = re.compile(r"(本页|本月|全部)?(合|总|小|共|累)(计|数)(数|条数)?[:：]?[0-9]*(条|件|份|项)?")
_NO_MORE = re.compile(r"以下(空白|无内容|无|空)|(此|本)(页|表|栏)?(以下)?空白")
_SERIAL = re.compile(r"\(?[0-9]+[).、]?")

ItemCell = tuple[str, int, str, str, int | None, str, str, str]  # schemas.received.Items without its return
FieldRead = tuple[str, int | None, str]  # text, day, problem
Columns = list[tuple[RegisterField, int]]


class Heading(NamedTuple):
    """The row of a register's headings, and the column of each field."""

    sheet: str
    row: int
    columns: Columns


class Left(NamedTuple):
    """A row below the headings that is no item, and what it is."""

    row: int
    what: str


@dataclass(frozen=True)
class RegisterReader:
    """Reads one register of one return."""

    book: Book
    form: Form
    table: Table
    place: Place
    beside: frozenset[str] = frozenset()

    @cached_property
    def cells(self) -> tuple[ItemCell, ...]:
        """One row a field of an item; a row of which nothing is seen, or that is none by what it says, is no item.

        The text of a code field is its code; ``day`` of a date is its ordinal. A register that is not there is one row
        of no field: it counts nothing, which is not 0. So is one that goes on elsewhere, beside its items.
        """
        if not self.heading:
            return ((self.table.id, 0, "", "", None, "", "", MISSING),)
        on = [(self.table.id, 0, "", "", None, "", "", GOES_ON)] if self.elsewhere else []
        return (*on, *(cell for row in self.rows for cell in self._row(self.heading, row)))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Every row that holds the headings, the one that the form's name means before the others."""
        named = self.book.names.get(register_name(self.table.id))
        places = [(named[0], named[1])] if named else []
        sheets = {name: rows for name, rows in self.book.sheets.items() if name not in self.beside}
        names = frozenset(bare(field.name) for field in self.table.fields)
        for sheet, rows in sheets.items():
            places += [(sheet, r) for r, row in enumerate(rows[:HEADING_ROWS]) if holds(row, names)]
        found = {at: columns for at in places if (columns := self._columns(*at))}
        return tuple(Heading(*at, columns) for at, columns in found.items())

    @property
    def heading(self) -> Heading | None:
        """The headings under which the register is read."""
        return self.headings[0] if self.headings else None

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows that are items, from 0."""
        return tuple(row for row, what in self._told if not what)

    @property
    def left_out(self) -> tuple[Left, ...]:
        """The rows below the headings that say something and are no items."""
        return tuple(Left(row, what) for row, what in self._told if what)

    @cached_property
    def elsewhere(self) -> tuple[tuple[Heading, int], ...]:
        """The other sheets on which items stand, with how many, unless they are the same."""
        heading = self.heading
        others = [other for other in self.headings if heading and other.sheet != heading.sheet]
        if heading is None or not others:
            return ()
        own = [self.texts(heading, row) for row in self.rows]
        there = ((other, self.items_of(other)) for other in others)
        return tuple((at, len(rows)) for at, rows in there if rows and [self.texts(at, row) for row in rows] != own)

    @cached_property
    def _told(self) -> list[tuple[int, str]]:
        heading = self.heading
        return [(row, self._no_item(heading, row)) for row in self._below(heading)] if heading else []

    @cached_property
    def shifted(self) -> frozenset[int]:
        """The items that do not stand under their headings."""
        heading = self.heading
        return frozenset(shifted_rows(self.book, heading.sheet, heading.row, self.rows) if heading else ())

    def texts(self, heading: Heading, row: int) -> tuple[str, ...]:
        """What a row says, a text a field."""
        at = heading.sheet, heading.row, row
        if at not in self._said:
            self._said[at] = tuple(map(text_of, self._seen(heading, row)))
        return self._said[at]

    def _seen(self, heading: Heading, row: int) -> list[object]:
        """What is seen in a row, a cell a field."""
        if (heading.sheet, row) in self.book.otherwise:
            return [self.book.seen((heading.sheet, row, column)) for _, column in heading.columns]
        cells = self.book.sheets[heading.sheet][row]
        return [cells[column] if column < len(cells) else "" for _, column in heading.columns]

    @cached_property
    def _said(self) -> dict[tuple[str, int, int], tuple[str, ...]]:
        """What rows say, as far as it was asked, by sheet, row of headings and row."""
        return {}

    def items_of(self, heading: Heading) -> list[int]:
        """The rows under some headings that are items."""
        return [row for row in self._below(heading) if not self._no_item(heading, row)]

    def codes(self, field: RegisterField) -> list[Code]:
        """The codes that a field may show."""
        return codes_of(self.form, field)

    def _below(self, heading: Heading) -> list[int]:
        """The rows under some headings of which something is seen."""
        sheet, columns = heading.sheet, {column for _, column in heading.columns}
        lost = {row for name, row, column in self._lost if name == sheet and column in columns}
        cells, otherwise = self.book.sheets[sheet], self.book.otherwise
        there = (
            row
            for row in range(heading.row + 1, len(cells))
            if cells[row].count("") < len(cells[row]) or (sheet, row) in otherwise or row in lost
        )
        return [row for row in there if row in lost or any(text for text, _, _ in self._reads(heading, row))]

    def _no_item(self, heading: Heading, row: int) -> str:
        """What a row is that is no item; "" where it is one."""
        reads = zip(heading.columns, self._reads(heading, row), strict=True)
        if any(field.kind != "text" and text and not problem for (field, _), (text, _, problem) in reads):
            return ""
        if self._lost and any((heading.sheet, row, column) in self._lost for _, column in heading.columns):
            return ""
        texts = self.texts(heading, row)
        says = [(field, visible(text)) for (field, _), text in zip(heading.columns, texts, strict=True)]
        seen = [text for _, text in says if text]
        first = seen[0]
        if len(seen) > 1 and all(text == bare(field.name) for field, text in says if text):
            return AGAIN
        if len(seen) == 1 and (_SERIAL.fullmatch(first) or _NO_MORE.fullmatch(first)):
            return SERIALS if _SERIAL.fullmatch(first) else NOTHING
        if all(says_none(text) or not re.search(r"\w", text) for text in seen):
            return NOTHING
        return TOTAL if _TOTAL.fullmatch(first) else ""

    def _row(self, heading: Heading, row: int) -> Iterator[ItemCell]:
        for (field, column), read in zip(heading.columns, self._reads(heading, row), strict=True):
            text, day, problem = (self._odd(field, (heading.sheet, row, column)) if self._has_odd else None) or read
            yield self.table.id, row + 1, field.code, text, day, heading.sheet, address(row, column), problem

    @cached_property
    def _has_odd(self) -> bool:
        return bool(self._lost or self.merged or self.shifted)

    def _odd(self, field: RegisterField, at: Position) -> FieldRead | None:
        """What a cell says that does not stand in its place, or was not had; None where it is as any other."""
        if at[1] in self.shifted:
            return text_of(self.book.seen(at)), None, SHIFTED
        if at in self._lost:
            return self._lost[at], None, ERROR
        if at in self.merged and (field.required or field.codes):
            return text_of(self.book.seen(at)), None, MERGED
        return None

    def _reads(self, heading: Heading, row: int) -> tuple[FieldRead, ...]:
        """What each field of a row is; read once, since most of it says too whether the row is an item."""
        at = heading.sheet, heading.row, row
        if at not in self._were_read:
            seen = zip(heading.columns, self._seen(heading, row), strict=True)
            self._were_read[at] = tuple(self._read(field, raw) for (field, _), raw in seen)
        return self._were_read[at]

    @cached_property
    def _were_read(self) -> dict[tuple[str, int, int], tuple[FieldRead, ...]]:
        return {}

    def _read(self, field: RegisterField, raw: object) -> FieldRead:
        text = text_of(raw)
        if not visible(text):
            return "", None, UNFILLED if field.required else ""
        if field.kind == "date":
            day = read_date(raw)
            return (day.isoformat(), day.toordinal(), "") if day else (text, None, NO_DAY)
        if field.kind == "code":
            code = self._known[field.code].get(bare(text))
            return (code, None, "") if code else (text, None, UNKNOWN)
        return text, None, ""

    @cached_property
    def _lost(self) -> dict[Position, str]:
        """The cells whose content could not be had, with what they show; a percentage can be had, as a text."""
        odd = {"error", "uncalculated"}
        return {at: mark.shown or "没有结果" for at, mark in self.book.marks.items() if mark.kind in odd}

    @cached_property
    def merged(self) -> frozenset[Position]:
        """The cells that lie under another of the register."""
        return frozenset(at for at, mark in self.book.marks.items() if mark.kind == "covered")

    @cached_property
    def _known(self) -> Mapping[str, dict[str, str]]:
        """The code of every name that a code field may show."""
        return known_codes(self.form, self.table)

    def _columns(self, sheet: str, row: int) -> Columns:
        """The column of each field, where a row holds them all; else none."""
        rows = self.book.sheets.get(sheet, [])
        texts = [bare(text_of(cell)) for cell in rows[row]] if row < len(rows) else []
        names = ((field, bare(field.name)) for field in self.table.fields)
        columns = [(field, texts.index(name)) for field, name in names if name in texts]
        return columns if len(columns) == len(self.table.fields) else []
