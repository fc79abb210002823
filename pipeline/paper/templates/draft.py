"""What a return is written from: the form, who reports when, what is known before, what stands in the yellow cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from pipeline.paper.templates.layout import Layout
from pipeline.values.known import Known
from pipeline.values.periods import Month
from schemas.office import Office
from schemas.rules.terms import Ref
from schemas.spoken import YES, zero_report_of
from schemas.units import UnitRow

Key = tuple[str, str]  # table and line
Number = int | Decimal  # steps of a line's quantity; a Decimal is a fraction of a step, which no line takes
Value = Number | str

NOTHING = Known()


@dataclass(frozen=True)
class Filling:
    """What stands in the yellow cells: values by line (in its steps), texts of the cover by code, 说明 by line.

    ``items`` are the rows of each register, by field; a code stands as its name, a date as a date; a row without fields
    is left blank.
    """

    values: Mapping[Ref, Value] = field(default_factory=dict)
    cover: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[Key, str] = field(default_factory=dict)
    items: Mapping[str, Sequence[Mapping[str, str | date]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Prior:
    """What is known of the months before; ``cumulative`` None: nothing, so the unit fills in 本年累计 itself."""

    cumulative: Mapping[Key, int] | None = None
    last_month: Mapping[Key, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """One return to be written."""

    layout: Layout
    office: Office
    unit: UnitRow
    month: Month
    prior: Prior = Prior()
    filling: Filling = Filling()
    known: Known = NOTHING

    @property
    def zero_report(self) -> bool:
        """Whether the cover says that nothing happened in the month, so that blanks are zeros."""
        field = zero_report_of(self.layout.form.edition)
        return field is not None and self.filling.cover.get(field.code) == YES

    @cached_property
    def numbers(self) -> dict[Ref, Number]:
        """The month's numbers by line, totals where all their parts are numbers (text and blanks are none)."""
        numbers = {r: v for r, v in self.filling.values.items() if isinstance(v, Number) and r.measure == "month"}
        form, silent = self.layout.form, self.silent
        if any(ref.table in silent for ref in numbers):  # what is left empty there is nothing
            inputs = (Ref(e.table, e.code) for e in form.entries.values() if e.is_input and e.table in silent)
            numbers |= {ref: 0 for ref in inputs if ref not in self.filling.values}
        for entry in form.entries.values():
            leaves = [Ref(entry.table, code) for code in form.leaves(Ref(entry.table, entry.code))]
            if entry.is_total and all(leaf in numbers for leaf in leaves):
                numbers[Ref(entry.table, entry.code)] = sum(numbers[leaf] for leaf in leaves)
        return numbers

    @cached_property
    def silent(self) -> frozenset[str]:
        """The tables in which an empty cell says that there was nothing."""
        return frozenset(table.id for table in self.layout.form.edition.tables if table.blank == "none")

    def cumulative(self, entry_key: Key) -> Value | None:
        """本年累计 of a line that is not a total: last month's plus this month's, or what the unit wrote."""
        if self.prior.cumulative is None:
            return self.filling.values.get(Ref(*entry_key, "year_to_date"))
        return self.prior.cumulative.get(entry_key, 0) + self.numbers.get(Ref(*entry_key), 0)

    def value(self, ref: Ref) -> Value | None:
        """What stands in a number's cell: as filled in, or as the template computes it (a sum passes over text)."""
        entry = self.layout.form.entry(ref)
        if entry.is_total:
            parts = (self.value(Ref(ref.table, part, ref.measure)) for part in entry.parts)
            return sum(part for part in parts if isinstance(part, Number))
        if ref.measure == "year_to_date":
            return self.cumulative((ref.table, ref.line))
        return self.filling.values.get(ref)
