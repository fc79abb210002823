"""Every number of a return with its cell, its cover, and what is wrong with the layout."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.intake.anchors import Anchors
from pipeline.intake.beyond import Beyond
from pipeline.intake.book import Book, Position, address
from pipeline.intake.cells import Read, read_cell, text_of
from pipeline.intake.plan import Line, bare, plan_of
from pipeline.paper.names import cover_name
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.taken import AS_TEXT
from schemas.entry import Entry
from schemas.form import Form

HEADING_ROWS = 40  # how far down a sheet the fields of the cover are looked for

Row = tuple[str, str, str, str, str, int | None, str, str, str, str, str]
CoverRow = tuple[str, str, str, str]


@dataclass(frozen=True)
class Extract:
    """Reads the cover, lists and matrices of one return; ``beside`` are sheets that are no part of it."""

    book: Book
    form: Form
    place: Place
    beside: frozenset[str] = frozenset()

    @cached_property
    def anchors(self) -> Anchors:
        """Where each number stands."""
        return Anchors(self.book, plan_of(self.form), self.beside, self.place)

    def rows(self) -> Iterator[Row]:
        """One row a number that the form asks for, whether filled in or not."""
        positions = self.anchors.positions
        for line in plan_of(self.form).lines:
            entry, note = line.entry, self._note(line)
            for ref, _, _ in line.numbers:
                position = positions[ref]
                read = self._read(position, entry)
                sheet, cell = (position[0], address(position[1], position[2])) if position else ("", "")
                yield entry.table, entry.code, ref.measure, entry.role(ref.measure), *read, sheet, cell, note

    @cached_property
    def cover(self) -> tuple[CoverRow, ...]:
        """One row a cover field: code, text, sheet and cell."""
        return tuple(self._cover())

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the layout, formulas without a result, and a cover that is not there."""
        yield from self.anchors.findings()
        yield from Beyond(self.anchors).findings()
        lost = [p for p in self.anchors.positions.values() if p and self.book.lost(p)]
        if lost:
            sheet, row, column = lost[0]
            place = Place(self.place.unit, self.place.period, self.place.file, sheet, address(row, column))
            yield tell("E-FML-01", place, value=str(len(lost)))
        if self.cover and not any(sheet for _, _, sheet, _ in self.cover):
            first, last = (self.form.edition.cover[n].name for n in (0, -1))
            yield tell("E-COV-03", self.place, sheet=self.form.edition.words.cover_sheet, first=first, last=last)

    def _cover(self) -> Iterator[CoverRow]:
        for asked in self.form.edition.cover:
            position = self.book.names.get(cover_name(asked.code)) or self._beside(asked.name)
            if position:
                yield asked.code, text_of(self.book.seen(position)), position[0], address(*position[1:])
            else:
                yield asked.code, "", "", ""

    def _read(self, position: Position | None, entry: Entry) -> Read:
        if position is None:
            return Read("", None, "unread")
        read = read_cell(self.book.at(position), self.book.marks.get(position), entry.quantity)
        if read.state != "blank" and self.book.is_hidden(position):
            return Read(read.written, None, "unread")
        return read._replace(problem="") if self.book.all_text and read.problem == AS_TEXT else read

    def _note(self, line: Line) -> str:
        named = self.book.names.get(line.note)
        if named:
            return text_of(self.book.seen(named))
        at = self.anchors.row(line.entry)
        head = self.anchors.layout.by_row.get(at) if at else None
        column = head.column(self.anchors.plan.note) if head else None
        return "" if at is None or column is None else text_of(self.book.seen((*at, column)))

    def _beside(self, label: str) -> Position | None:
        """The cell right of the one that says ``label``, a colon or not."""
        found = (
            (sheet, r, c + 1)
            for sheet, rows in self.book.sheets.items()
            if sheet not in self.beside
            for r, row in enumerate(rows[:HEADING_ROWS])
            for c, cell in enumerate(row)
            if isinstance(cell, str) and bare(cell).rstrip(":") == label
        )
        return next(found, None)
