"""The rows of a return's registers: one item a row, each field with what it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.intake.book import Book, Position, address
from pipeline.intake.cells import read_date, text_of
from pipeline.intake.plan import bare
from pipeline.paper.names import register_name
from pipeline.values.findings import Finding, Place, tell
from schemas.codes import Code
from schemas.edition import RegisterField, Table
from schemas.form import Form
from schemas.mistake import nearest

HEADING_ROWS = 500  # how far down a sheet the headings are looked for: all tables may stand on one
MISSING = "E-REG-01"

ItemCell = tuple[str, int, str, str, int | None, str, str, str]  # schemas.received.Items without its return
Heading = tuple[str, int, list[tuple[RegisterField, int]]]


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
        """One row a field of an item; rows that are empty in every field are no items.

        The text of a code field is its code; ``day`` of a date is its ordinal. A register that is not there is one row
        of no field: it counts nothing, which is not 0.
        """
        return tuple(self._cells())

    def findings(self) -> Iterator[Finding]:
        """A register that is not there, and the fields that cannot be read."""
        if not self._heading:
            yield tell(MISSING, self.place, value=self.table.id, label=self.table.title)
        fields = {field.code: field for field in self.table.fields}
        for _, row, code, text, _, sheet, cell, problem in self.cells:
            if problem and problem != MISSING:
                names = [known.name for known in self._codes(fields[code])]
                place = Place(self.place.unit, self.place.period, self.place.file, sheet, cell)
                facts = {"label": fields[code].name, "row": row, "written": text, "nearest": nearest(text, names)}
                yield tell(problem, place, value=text, **facts)

    def _cells(self) -> Iterator[ItemCell]:
        if not self._heading:
            yield self.table.id, 0, "", "", None, "", "", MISSING
            return
        sheet, head, columns = self._heading
        for r, cells in enumerate(self.book.sheets[sheet][head + 1 :], start=head + 1):
            raw = {field.code: cells[c] if c < len(cells) else "" for field, c in columns}
            lost = {field.code: self._lost[sheet, r, c] for field, c in columns if (sheet, r, c) in self._lost}
            if lost or any(text_of(value) for value in raw.values()):
                for field, c in columns:
                    odd = lost.get(field.code)
                    text, day, problem = (odd, None, "E-REG-05") if odd else self._read(field, raw[field.code])
                    yield self.table.id, r + 1, field.code, text, day, sheet, address(r, c), problem

    def _read(self, field: RegisterField, raw: object) -> tuple[str, int | None, str]:
        text = text_of(raw)
        if not text:
            return "", None, "E-REG-02" if field.required else ""
        if field.kind == "date":
            day = read_date(raw)
            return (day.isoformat(), day.toordinal(), "") if day else (text, None, "E-REG-04")
        if field.kind == "code":
            code = self._known[field.code].get(bare(text))
            return (code, None, "") if code else (text, None, "E-REG-03")
        return text, None, ""

    @cached_property
    def _lost(self) -> dict[Position, str]:
        """The cells whose content could not be had, with what they show; a percentage can be had, as a text."""
        odd = {"error", "uncalculated"}
        return {at: mark.shown or "没有结果" for at, mark in self.book.marks.items() if mark.kind in odd}

    @cached_property
    def _known(self) -> dict[str, dict[str, str]]:
        """The code of every name that a code field may show."""
        return {
            field.code: {bare(n): c.code for c in self._codes(field) for n in (c.code, c.name, c.short, *c.aliases)}
            for field in self.table.fields
        }

    def _codes(self, field: RegisterField) -> list[Code]:
        month = self.form.month or ""
        return [code for code in self.form.codes.get(field.codes, ()) if code.valid(month)]

    @cached_property
    def _heading(self) -> Heading | None:
        """The sheet and row of the headings, by name or by what they say, and the column of each field."""
        named = self.book.names.get(register_name(self.table.id))
        places = [(named[0], named[1])] if named else []
        sheets = {name: rows for name, rows in self.book.sheets.items() if name not in self.beside}
        places += [(s, r) for s, rows in sheets.items() for r in range(min(HEADING_ROWS, len(rows)))]
        for sheet, row in places:
            rows = self.book.sheets.get(sheet, [])
            texts = [bare(text_of(cell)) for cell in rows[row]] if row < len(rows) else []
            names = ((field, bare(field.name)) for field in self.table.fields)
            columns = [(field, texts.index(name)) for field, name in names if name in texts]
            if len(columns) == len(self.table.fields):
                return sheet, row, columns
        return None
