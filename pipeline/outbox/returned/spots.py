"""Where in the file that goes back each finding stands, and the condition under which it is still open there.

A finding names the cell of the file as sent. Rows may have moved there; so its cell is found through the number, the
cover field or the item that was read from it. A finding that speaks of something else than what was read there (a row
that is missing, a code that stands twice) has no spot: the clean template has that in order again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.ledger.sent_back import SentField, SentItem, SentNumber
from pipeline.outbox.returned.formulas import holds_still
from pipeline.outbox.returned.refill import Refill
from pipeline.paper.templates import Draft
from pipeline.paper.templates.checks import FINE
from pipeline.paper.templates.cover import FIELDS_FROM, INPUT
from pipeline.paper.templates.layout import CHECK, NOTE, YEAR_TO_DATE, Cells
from pipeline.paper.templates.register import broken_on
from pipeline.values.findings import Finding
from pipeline.values.reasons import explained, explains
from schemas.rules.terms import Ref


@dataclass(frozen=True)
class Spot:
    """A cell of the new file; ``value`` is what stands there (None: nothing).

    ``note`` is the cell of the 说明 that may explain it, ``noted`` whether one stands there already. ``unmended`` is,
    by the prefix of addresses, what must hold besides for it to be open: the live check of its row, or the rule itself.
    ``recomputed``: a formula of the clean template shows something else than was sent, so nobody can tick it off here.
    """

    sheet: str
    row: int
    column: int
    label: str
    value: float | str | date | None
    note: str = ""
    noted: bool = False
    unmended: Callable[[str], str] | None = None
    recomputed: bool = False

    @property
    def cell(self) -> str:
        """Its address on its sheet."""
        return str(xl_rowcol_to_cell(self.row, self.column))

    def as_sent(self, prefix: str = "") -> str:
        """The condition that the cell holds still what was sent."""
        return holds_still(f"{prefix}{self.cell}", self.value)

    def still_open(self, level: str) -> str:
        """The condition, on its own sheet, that a finding of this level waits here."""
        more = [f"NOT({explained(self.note)})"] if level == "verify" and self.note else []
        more += [self.unmended("")] if self.unmended else []
        return f"AND({','.join([self.as_sent(), *more])})" if more else self.as_sent()


@dataclass(frozen=True)
class Spots:
    """Finds the spots of one return that is sent back; ``marks`` is what the live check of each row shows."""

    draft: Draft
    refill: Refill
    marks: dict[Cells, str]

    def of(self, finding: Finding) -> Spot | None:
        """The spot of a finding, or None."""
        at = (finding.sheet, finding.cell)
        if at in self._numbers and finding.value in self._said(self._numbers[at]):
            return self._number(self._numbers[at])
        if at in self._fields:
            return self._field(self._fields[at])
        return self._item(self._items[at], finding.rule) if at in self._items else None

    def _said(self, sent: SentNumber) -> tuple[str, ...]:
        """What a finding about a number calls it."""
        quantity = self.draft.layout.form.entries[sent.table, sent.line].quantity
        return sent.written, *(() if sent.value is None else (str(quantity.exact(sent.value)),))

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], SentNumber]:
        return {(c.sheet, c.cell): c for c in self.refill.back.numbers if c.cell}

    @cached_property
    def _fields(self) -> dict[tuple[str, str], SentField]:
        return {(c.sheet, c.cell): c for c in self.refill.back.fields if c.cell}

    @cached_property
    def _items(self) -> dict[tuple[str, str], SentItem]:
        return {(c.sheet, c.cell): c for c in self.refill.back.items if c.cell}

    def _number(self, sent: SentNumber) -> Spot:
        layout = self.draft.layout
        entry, place = layout.form.entries[sent.table, sent.line], layout.places[sent.table, sent.line]
        ref, line = Ref(sent.table, sent.line, sent.measure), layout.cells[sent.table, sent.line]
        value = self.draft.value(ref)
        computed = entry.is_total or (ref.measure == "year_to_date" and self.draft.prior.cumulative is not None)
        month = ref.measure == "month"
        measure = "" if month else f"·{layout.form.edition.words.measure(ref.measure)}"
        check = xl_rowcol_to_cell(place.row, CHECK)
        seen = not self.marks[line].startswith(FINE)
        return Spot(
            place.sheet,
            place.row,
            place.column if month else YEAR_TO_DATE,
            f"{'' if line.is_grid and entry.is_total else f'{entry.line} '}{entry.label}{measure}",
            value if value is None or isinstance(value, str) else entry.quantity.number(value),
            note=xl_rowcol_to_cell(place.row, NOTE),
            noted=explains(self.draft.filling.notes.get((line.first.table, line.first.code), "")),
            unmended=(lambda prefix: f'LEFT({prefix}{check},1)<>"{FINE}"') if seen else None,
            recomputed=computed and value != sent.value,
        )

    def _field(self, sent: SentField) -> Spot:
        edition = self.draft.layout.form.edition
        n = [field.code for field in edition.cover].index(sent.code)
        value = self.draft.filling.cover.get(sent.code) or None
        sheet = edition.words.cover_sheet
        return Spot(sheet, FIELDS_FROM + n, INPUT, f"{sheet}：{edition.cover[n].name}", value)

    def _item(self, sent: SentItem, rule: str) -> Spot:
        form = self.draft.layout.form
        table = next(table for table in form.edition.tables if table.id == sent.table)
        column = [field.code for field in table.fields].index(sent.field)
        row = self.refill.row_of(table.id, sent.row)
        statements = (s for s in form.statements if s.scope == "row" and s.rule == rule and s.at.table == table.id)
        statement = next(statements, None)
        return Spot(
            table.sheet,
            row,
            column,
            f"第{row + 1}行 {table.fields[column].name}",
            self.refill.shown(table, sent) or None,
            unmended=(lambda prefix: broken_on(statement, table, row, prefix)) if statement else None,
        )
