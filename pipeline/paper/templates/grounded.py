"""What the hidden sheet of one return shows: each formula with its value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.paper.templates.draft import Draft, Number
from pipeline.paper.templates.grounds import (
    BEFORE,
    KEY,
    LIMITS,
    LINE,
    NOTE,
    NOW,
    ODD,
    ROWS,
    SHEET,
    USUAL,
    VALUE,
    WHOLE,
    Grounds,
)
from pipeline.paper.templates.layout import Cells
from pipeline.values.known import Span
from pipeline.values.reasons import explained, explains
from schemas.entry import Entry
from schemas.period import spoken
from schemas.rules.terms import Ref

SPANS, ENDLESS, TO_DATE = 3, 10**15, "year_to_date"
SAME, NOTHING, WAKES = "! 各项与{last_period}完全相同", "! 各项都是 0，平时有数", "! 平时都是 0，这次有数"


@dataclass(frozen=True)
class Grounded:
    """The grounds of one return."""

    grounds: Grounds
    draft: Draft

    def odd(self, ref: Ref) -> bool:
        """Whether a number is far from what is usual."""
        spans, now = self._usual.get(ref), self._now(ref)
        if spans is None or now is None or self.whole:
            return False
        return not any(low <= now and (high is None or now <= high) for low, high in spans)

    def usual(self, ref: Ref) -> str:
        """What would be usual, in words."""
        show = self.draft.layout.form.entry(ref).quantity.show
        said = (_span(low, high, show) for low, high in self._usual.get(ref, ()))
        return "或".join(said)

    @cached_property
    def whole(self) -> str:
        """What is asked about the return as a whole; "" where nothing is."""
        known, now = self.draft.known, [self._now(ref) for ref in self.grounds.flows]
        if not known.is_known or None in now:
            return ""
        busy = sum((number or 0) > 0 for number in now)
        last = spoken(self.draft.month.length)
        if known.before and busy >= known.least and all(self._now(ref) == n for ref, n in known.before.items()):
            return SAME.format(**last)
        if known.heard and not any(now):
            return NOTHING
        return WAKES if known.quiet and busy >= known.least else ""

    @cached_property
    def numbers(self) -> dict[Ref, Number]:
        """The numbers of other periods and the counts of registers, as far as they are known, in steps."""
        return {ref: n for ref in self.grounds.singles if isinstance(ref, Ref) and (n := self._number(ref)) is not None}

    @cached_property
    def every(self) -> dict[Ref, Number]:
        """Every number that a rule can read: of the month, of the year so far, of other periods, of the registers."""
        return {**self.draft.numbers, **dict(self._so_far()), **self.numbers}

    def _so_far(self) -> Iterator[tuple[Ref, Number]]:
        """本年累计 of each line: as filled in, or where it is computed, once all that it adds up is filled in."""
        form, typed = self.draft.layout.form, self.draft.prior.cumulative is None
        for entry in form.entries.values():
            if TO_DATE in entry.measures and (entry.table, entry.code) in self.draft.layout.places:
                ref = Ref(entry.table, entry.code, TO_DATE)
                leaves = [Ref(entry.table, code, TO_DATE if typed else "month") for code in form.leaves(ref)]
                known = self.draft.filling.values if typed else self.draft.numbers
                value = self.draft.value(ref)
                if isinstance(value, Number) and all(isinstance(known.get(leaf), Number) for leaf in leaves):
                    yield ref, value

    def register_mark(self, table: str) -> str:
        """The mark of a register."""
        return self.grounds.registers[table].mark(self._items(table))

    def write(self, workbook: Any) -> None:
        """Write the sheet."""
        sheet = workbook.add_worksheet(SHEET)
        if self.draft.known.is_known or self._usual:
            self._write_lines(sheet)
        self._write_singles(sheet)
        self._write_notes(sheet)
        sheet.protect()
        sheet.very_hidden()

    @cached_property
    def _usual(self) -> dict[Ref, tuple[Span, ...]]:
        """What is usual, of the lines that are here; three spans at most."""
        own = ((ref, spans) for ref, spans in self.draft.known.usual.items() if ref in self.grounds.flows)
        return {ref: (*s[: SPANS - 1], Span(s[SPANS - 1].low, s[-1].high)) if len(s) > SPANS else s for ref, s in own}

    def _now(self, ref: Ref) -> Number | None:
        """What stands in the cell of a line; a blank is 0 where it says so, else not known."""
        value = self.draft.filling.values.get(ref)
        if isinstance(value, Number):
            return value
        return 0 if self.draft.zero_report or ref.table in self.draft.silent else None

    def _number(self, ref: Ref) -> Number | None:
        if ref.shift:
            return self.draft.known.numbers.get(ref)
        checks, items = self.grounds.registers[ref.table], self._items(ref.table)
        if any(asked.wrong for asked in checks.cells(items)):
            return None
        rows = checks.count(items)
        return rows if ref.line == ROWS else checks.count(items, *self._wanted(ref)) if rows else None

    def _items(self, table: str) -> Sequence[Any]:
        return self.draft.filling.items.get(table, ())

    def _wanted(self, ref: Ref) -> list[tuple[Any, str]]:
        """The fields and codes that a count of a register is of."""
        entry, checks = self.draft.layout.form.entry(ref), self.grounds.registers[ref.table]
        fields = {field.code: field for field in checks.table.fields}
        if entry.column:
            return list(zip((fields[name] for name in checks.table.cross), (entry.row, entry.column), strict=True))
        return [(fields[entry.block], entry.code)]

    def _write_lines(self, sheet: Any) -> None:
        entry = self.draft.layout.form.entry
        for ref, row in self.grounds.flows.items():
            quantity, spans, now = entry(ref).quantity, self._usual.get(ref, ()), self._now(ref)
            sheet.write_string(row, LINE, str(ref))
            sheet.write_formula(
                row, NOW, f"={self._now_formula(ref)}", None, "" if now is None else quantity.number(now)
            )
            if ref in self.draft.known.before:
                sheet.write_number(row, BEFORE, quantity.number(self.draft.known.before[ref]))
            for n, (low, high) in enumerate(spans):
                sheet.write_number(row, LIMITS + 2 * n, quantity.number(low))
                sheet.write_number(row, LIMITS + 2 * n + 1, ENDLESS if high is None else quantity.number(high))
            if ref in self._usual:
                sheet.write_formula(row, ODD, f"={self._odd_formula(row, len(spans))}", None, int(self.odd(ref)))
                sheet.write_string(row, USUAL, self.usual(ref))

    def _now_formula(self, ref: Ref) -> str:
        cell, zero = self.draft.layout.cell(ref), self.grounds.zero
        blank = "0" if ref.table in self.draft.silent else f'IF({zero},0,"")' if zero else '""'
        return f"IF(ISNUMBER({cell}),{cell},{blank})"

    def _odd_formula(self, row: int, spans: int) -> str:
        """1 where the number is known, in none of the spans, and nothing is said of the whole return."""
        now = _at(row, NOW)
        fine = [
            f"AND({now}>={_at(row, LIMITS + 2 * n)},{now}<={_at(row, LIMITS + 2 * n + 1)})" for n in range(spans)
        ] or ["FALSE"]
        return f'IF(ISNUMBER({now}),IF(OR({_at(WHOLE, VALUE)}<>"",{",".join(fine)}),0,1),0)'

    def _whole_formula(self) -> str:
        known, last = self.draft.known, max(self.grounds.flows.values(), default=1)
        now, before = (f"{_at(1, column)}:{_at(last, column)}" for column in (NOW, BEFORE))
        busy, text = f'COUNTIF({now},">0")>={known.least}', '""'
        if known.quiet:
            text = f'IF({busy},"{WAKES}",{text})'
        if known.heard:
            text = f'IF(SUM({now})=0,"{NOTHING}",{text})'
        if known.before:
            same = f'SUMPRODUCT(({now}<>{before})*({before}<""))=0'
            text = f'IF(AND({busy},{same}),"{SAME.format(**spoken(self.draft.month.length))}",{text})'
        return f'IF(COUNT({now})<{len(self.grounds.flows)},"",{text})'

    def _write_singles(self, sheet: Any) -> None:
        if self.draft.known.is_known:
            sheet.write_formula(WHOLE, VALUE, f"={self._whole_formula()}", None, self.whole)
        wrong = {
            f"{table}!{n}": asked
            for table, checks in self.grounds.registers.items()
            for n, asked in enumerate(checks.asked(self._items(table)))
        }
        for key, row in self.grounds.singles.items():
            sheet.write_string(row, KEY, str(key))
            if isinstance(key, str):
                sheet.write_formula(row, VALUE, f"={wrong[key].formula}", None, wrong[key].wrong)
            else:
                self._write_number(sheet, row, key)

    def _write_number(self, sheet: Any, row: int, ref: Ref) -> None:
        number, quantity = self.numbers.get(ref), self.draft.layout.form.entry(ref).quantity
        shown = "" if number is None else quantity.number(number)
        if not ref.shift:
            sheet.write_formula(row, VALUE, f"={self._count_formula(ref)}", None, shown)
        elif number is not None:
            sheet.write_number(row, VALUE, shown)

    def _count_formula(self, ref: Ref) -> str:
        """A count of a register; "" while one of its cells cannot be read, and of codes where it has no row."""
        checks = self.grounds.registers[ref.table]
        unread = self.grounds.wrong(ref.table)[: len(list(checks.cells(())))]
        if ref.line == ROWS:
            return f'IF({"+".join(unread)}>0,"",{checks.rows()})'
        rows, wanted = self.grounds.cell(Ref(ref.table, ROWS)), self._wanted(ref)
        return f'IF(N({rows})=0,"",{checks.counted(*wanted)})'

    def _write_notes(self, sheet: Any) -> None:
        layout = self.draft.layout
        for row, n in self.grounds.rows.items():
            if any(self._may_ask(entry) for entry in row.entries):
                place = layout.places[row.first.table, row.first.code]
                cell = f"'{place.sheet}'!{_at(place.row, layout.note(place.sheet))}"
                note = self.draft.filling.notes.get((row.first.table, row.first.code), "")
                sheet.write_formula(n, NOTE, f"=IF({explained(cell)},1,0)", None, int(explains(note)))

    def _may_ask(self, entry: Entry) -> bool:
        ref = Ref(entry.table, entry.code)
        return ref in self._usual or ref in self._verified

    @cached_property
    def _verified(self) -> frozenset[Ref]:
        return frozenset(Ref(s.at.table, s.at.line) for s in self.grounds.statements if s.level == "verify")


class Marks(NamedTuple):
    """What the checks of a return show: that of each row, and what they rest on, which has the rest."""

    rows: dict[Cells, str]
    grounded: Grounded


def _span(low: int, high: int | None, show: Any) -> str:
    if high is None:
        return f"{show(low)}以上"
    return show(low) if low == high else f"{show(low)}—{show(high)}"


def _at(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column))
