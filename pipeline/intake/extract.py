"""Every number of a return with its cell: found by defined name and by the 代码 column, which must agree."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.findings import Finding, Place, tell
from pipeline.intake.book import Book, Position, address
from pipeline.intake.cells import Read, read_cell, text_of
from pipeline.names import cover_name, name_of, note_name
from schemas.entry import TOTAL_ROW, Entry
from schemas.form import Form
from schemas.rules.terms import Ref

HEADING_ROWS = 30  # how far down a sheet the headings of its columns are looked for

Row = tuple[str, str, str, str, str, int | None, str, str, str, str, str]
CoverRow = tuple[str, str, str, str]


@dataclass(frozen=True)
class Columns:
    """A sheet's table: where its headings stand, and in which columns code, measures and 说明 are."""

    row: int
    code: int
    measures: dict[str, int]
    note: int | None


@dataclass(frozen=True)
class Extract:
    """Reads the lists and matrices of one return."""

    book: Book
    form: Form
    place: Place

    @cached_property
    def columns(self) -> dict[str, Columns]:
        """The tables found, by sheet."""
        found = ((sheet, self._headings(rows)) for sheet, rows in self.book.sheets.items())
        return {sheet: columns for sheet, columns in found if columns}

    @cached_property
    def coded(self) -> dict[tuple[str, str], list[tuple[str, int]]]:
        """The rows (sheet, row) on which each line's code stands."""
        lines = {entry.line: (entry.table, entry.line) for entry, _ in self.form.filled_in}
        found: dict[tuple[str, str], list[tuple[str, int]]] = {}
        for sheet, columns in self.columns.items():
            for r, row in enumerate(self.book.sheets[sheet][columns.row + 1 :], columns.row + 1):
                code = text_of(row[columns.code]) if columns.code < len(row) else ""
                if code in lines:
                    found.setdefault(lines[code], []).append((sheet, r))
        return found

    @cached_property
    def positions(self) -> dict[Ref, Position | None]:
        """The one cell of each number that is certain, or None."""
        return {ref: self._position(ref, entry) for entry, refs in self.form.filled_in for ref in refs}

    def rows(self) -> Iterator[Row]:
        """One row a number that the form asks for, whether filled in or not."""
        for entry, refs in self.form.filled_in:
            note = self._note(entry)
            for ref in refs:
                position = self.positions[ref]
                read = self._read(position, entry)
                sheet, cell = (position[0], address(position[1], position[2])) if position else ("", "")
                role = "input" if ref.measure == "month" and not entry.is_total else "declared"
                yield entry.table, entry.code, ref.measure, role, *read, sheet, cell, note

    def cover(self) -> Iterator[CoverRow]:
        """One row a cover field: code, text, sheet and cell."""
        for asked in self.form.edition.cover:
            position = self.book.names.get(cover_name(asked.code)) or self._beside(asked.name)
            if position:
                yield asked.code, text_of(self.book.at(position)), position[0], address(*position[1:])
            else:
                yield asked.code, "", "", ""

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the layout: lines missing, doubled or moved, formulas without a result."""
        missing = [e for e, _ in self.form.filled_in if not self._is_there(e)]
        if missing:
            codes = "、".join(dict.fromkeys(e.line for e in missing))
            yield tell("E-LAY-02", self.place, value=codes, label=missing[0].label, code=codes)
        for key, rows in self.coded.items():
            if len(rows) > 1:
                told = "、".join(str(row + 1) for _, row in rows)
                yield tell("E-LAY-03", self._at(*rows[1], self.columns[rows[1][0]].code), code=key[1], rows=told)
        yield from self._moved()
        lost = [p for p in self.positions.values() if p in self.book.uncalculated]
        if lost:
            yield tell("E-FML-01", self._at(*lost[0]), value=str(len(lost)))

    def _headings(self, rows: list[list[object]]) -> Columns | None:
        words = self.form.edition.words
        measures: set[str] = {m for t in self.form.edition.tables for m in t.measures}
        for r, row in enumerate(rows[:HEADING_ROWS]):
            texts = [text_of(cell).replace(" ", "") for cell in row]
            if words.code in texts and words.month in texts:
                at = {m: texts.index(words.measure(m)) for m in measures if words.measure(m) in texts}
                return Columns(r, texts.index(words.code), at, texts.index(words.note) if words.note in texts else None)
        return None

    def _moved(self) -> Iterator[Finding]:
        """Names that point to a row with another code: cells were cut and pasted; the first a line tells."""
        for entry, refs in self.form.filled_in:
            for ref in refs:
                named = self.book.names.get(name_of(ref)) if self.positions[ref] is None else None
                if named and not self._agrees(entry, named):
                    written, facts = self._code_beside(named), {"label": entry.label, "code": entry.line}
                    yield tell("E-LAY-01", self._at(*named), value=written, written=written, **facts)
                    break

    def _position(self, ref: Ref, entry: Entry) -> Position | None:
        """Where name and code agree, or where only one of them is left."""
        named = self.book.names.get(name_of(ref))
        rows = self._rows(entry)
        if named:
            return named if self._agrees(entry, named) and len(rows) <= 1 else None
        if len(rows) != 1:
            return None
        sheet, row = rows[0]
        column = self._grid_column(sheet, entry) if entry.column else self.columns[sheet].measures.get(ref.measure)
        return None if column is None else (sheet, row, column)

    def _rows(self, entry: Entry) -> list[tuple[str, int]]:
        """Where its code stands; a matrix's total has none, and stands by name right below the last of its parts."""
        if entry.row != TOTAL_ROW:
            return self.coded.get((entry.table, entry.line), [])
        last, name = self.form.entries[entry.table, entry.parts[-1]], entry.name.partition("·")[0]
        below = [(sheet, row + 1) for sheet, row in self.coded.get((entry.table, last.line), [])]
        return [(s, r) for s, r in below if any(name in map(text_of, row) for row in self.book.sheets[s][r : r + 1])]

    def _grid_column(self, sheet: str, entry: Entry) -> int | None:
        """The column of a matrix, by its heading."""
        heading = entry.name.rpartition("·")[2]
        texts = ([text_of(cell) for cell in row] for row in self.book.sheets[sheet])
        heads = (row for row in texts if self.form.edition.words.code in row and heading in row)
        return next((row.index(heading) for row in heads), None)

    def _agrees(self, entry: Entry, named: Position) -> bool:
        if named[0] not in self.columns or entry.row == TOTAL_ROW:
            return True
        return self._code_beside(named) == entry.line

    def _code_beside(self, position: Position) -> str:
        return text_of(self.book.at((position[0], position[1], self.columns[position[0]].code)))

    def _read(self, position: Position | None, entry: Entry) -> Read:
        if position is None or position in self.book.uncalculated:
            return Read("", None, "unread")
        return read_cell(self.book.at(position), self.book.errors.get(position), entry.number)

    def _note(self, entry: Entry) -> str:
        named = self.book.names.get(note_name(entry))
        if named:
            return text_of(self.book.at(named))
        rows = self.coded.get((entry.table, entry.line), [])
        column = self.columns[rows[0][0]].note if len(rows) == 1 else None
        return "" if column is None else text_of(self.book.at((*rows[0], column)))

    def _beside(self, label: str) -> Position | None:
        """The cell right of the one that says exactly ``label``."""
        found = (
            (sheet, r, c + 1)
            for sheet, rows in self.book.sheets.items()
            for r, row in enumerate(rows[:HEADING_ROWS])
            for c, cell in enumerate(row)
            if cell == label
        )
        return next(found, None)

    def _is_there(self, entry: Entry) -> bool:
        """Whether a line is found by name or code; a matrix's total has no code, and is computed anyway."""
        named = name_of(Ref(entry.table, entry.code)) in self.book.names
        return named or entry.row == TOTAL_ROW or bool(self.coded.get((entry.table, entry.line)))

    def _at(self, sheet: str, row: int, column: int) -> Place:
        return Place(self.place.unit, self.place.period, self.place.file, sheet, address(row, column))
