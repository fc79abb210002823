"""The clean template filled in again with what a unit wrote: numbers as numbers, what could not be read as its text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from pipeline.ledger.sent_back import SentBack, SentItem, SentNumber
from pipeline.paper.templates import Filling
from pipeline.paper.templates.draft import Value
from pipeline.paper.templates.register_checks import FIRST_ITEM, LAST_ROW
from schemas.form import Form
from schemas.rules.terms import Ref
from schemas.table import Table

FRACTIONS = ("E-NUM-03", "E-NUM-05")  # cells that hold a number, of which no line takes the fraction
LOST = "E-REG-05"  # an error or a formula without result: nothing that could stand in its cell again
MOST_TEXT = 32_767  # characters that a cell holds

Item = Mapping[str, str | date]


@dataclass(frozen=True)
class Refill:
    """What stands in the yellow cells of a return that is sent back; ``form`` is as its template asks it.

    ``as_text`` are cells (sheet, cell) whose text stays text, though it is a number.
    """

    back: SentBack
    form: Form
    as_text: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def filling(self) -> Filling:
        """Every input, 说明, cover field and item as the unit filled it in; the form computes the rest anew."""
        numbers = self.back.numbers
        values = {Ref(c.table, c.line, c.measure): self._value(c) for c in numbers if c.written and self._is_input(c)}
        notes = {(c.table, c.line): _text(c.note) for c in numbers if c.note}
        cover = {c.code: _text(c.text) for c in self.back.fields}
        registers = (table for table in self.form.edition.tables if table.shape == "register")
        return Filling(values, cover, notes, {table.id: self._listed(table) for table in registers})

    def row_of(self, table: str, row: int) -> int:
        """The row (from 0) on which an item stands now; the sent file's own, unless its sheet began elsewhere."""
        return self._places[table][row]

    @cached_property
    def items(self) -> dict[str, dict[int, dict[str, SentItem]]]:
        """The cells of each register, by the row in the sent file and by field."""
        found: dict[str, dict[int, dict[str, SentItem]]] = {}
        for cell in self.back.items:
            if cell.field:
                found.setdefault(cell.table, {}).setdefault(cell.row, {})[cell.field] = cell
        return found

    @cached_property
    def _places(self) -> dict[str, dict[int, int]]:
        return {table: _placed(sorted(rows)) for table, rows in self.items.items()}

    def _listed(self, table: Table) -> list[Item]:
        """The items from the first row on; rows that the unit left blank between them stay blank."""
        rows = {self.row_of(table.id, row): cells for row, cells in self.items.get(table.id, {}).items()}
        return [self._item(table, rows.get(row, {})) for row in range(FIRST_ITEM, max(rows, default=0) + 1)]

    def _item(self, table: Table, cells: Mapping[str, SentItem]) -> Item:
        return {field.code: self.shown(table, cells[field.code]) for field in table.fields if field.code in cells}

    def shown(self, table: Table, cell: SentItem) -> str | date:
        """What stands in an item's cell again: a date, a code by its name, or the text as it was written."""
        if cell.problem == LOST:
            return ""
        field = next(field for field in table.fields if field.code == cell.field)
        if field.kind == "date" and not cell.problem and cell.text:
            return date.fromisoformat(cell.text)
        if field.kind == "code" and not cell.problem and cell.text:
            return self._names[field.codes][cell.text]
        return _text(cell.text)

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        """The names of the codes that are valid in the month, by list and code."""
        month = self.back.period
        return {key: {c.code: c.name for c in codes if c.valid(month)} for key, codes in self.form.codes.items()}

    def _is_input(self, cell: SentNumber) -> bool:
        return self.form.entries[cell.table, cell.line].is_input

    def _value(self, cell: SentNumber) -> Value:
        if cell.value is not None and (cell.sheet, cell.cell) not in self.as_text:
            return cell.value
        if cell.problem in FRACTIONS:
            return Decimal(cell.written).scaleb(self.form.entries[cell.table, cell.line].quantity.decimals)
        return _text(cell.written)


def _placed(rows: list[int]) -> dict[int, int]:
    """Where the items of these rows (from 1) stand: where they stood, or one below the other where that cannot be."""
    if not rows or (rows[0] > FIRST_ITEM and rows[-1] <= LAST_ROW):
        return {row: row - 1 for row in rows}
    return {row: FIRST_ITEM + n for n, row in enumerate(rows)}


def _text(text: str) -> str:
    return text[:MOST_TEXT]
