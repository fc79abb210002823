"""What the checks of a return rest on besides its own cells: a hidden sheet, whose places are the same for all units.

In it stand, by line, what the unit had before and what is usual there; the numbers of other periods that rules name;
what is counted of the registers; and whether each row's 说明 says something.
"""

from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.paper.templates.layout import Cells, Layout
from pipeline.paper.templates.register_checks import RegisterChecks
from pipeline.paper.templates.stated import stated
from schemas.period import period_of
from schemas.rules.terms import Ref, Statement

SHEET = "_known"
LINE, NOW, BEFORE, LIMITS, ODD, USUAL = 0, 1, 2, 3, 9, 10  # columns of the lines: three spans of two limits
KEY, VALUE = 12, 13  # columns of what stands alone
NOTE = 15  # the column of the rows' 说明
WHOLE = 0  # the row on which stands what is said of the whole return
ROWS = "rows"  # the code of the count of a register's rows


@dataclass(frozen=True)
class Grounds:
    """The places on the hidden sheet of one layout; ``zero`` is the zero report's cell, or ""."""

    layout: Layout
    zero: str

    @cached_property
    def flows(self) -> dict[Ref, int]:
        """The lines that are held against what is usual, each with its row."""
        inputs = [e for e in self.layout.form.entries.values() if e.is_input and e.kind == "flow"]
        return {Ref(e.table, e.code): n for n, e in enumerate(inputs, 1)}

    @cached_property
    def registers(self) -> dict[str, RegisterChecks]:
        """The checks of each register."""
        form, month = self.layout.form, period_of(self.layout.form.month or "")
        found = {}
        for table in self.layout.registers:
            if month is None:
                continue
            found[table.id] = RegisterChecks(form, table, month)
        return found

    @cached_property
    def rows(self) -> dict[Cells, int]:
        """The printed rows, each with that of its 说明 here."""
        return {cells: n for n, cells in enumerate(dict.fromkeys(self.layout.cells.values()))}

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The rules that can be asked."""
        return stated(self.layout)

    @cached_property
    def singles(self) -> dict[Ref | str, int]:
        """What stands alone, with its row: other periods' numbers, counts of registers, what is wrong in them."""
        refs = {ref for s in self.statements for ref in s.refs if self.is_here(ref)}
        refs |= {Ref(table, ROWS) for table in self.registers}
        wrong = [f"{table}!{n}" for table, own in self.registers.items() for n, _ in enumerate(own.asked(()))]
        keys: list[Ref | str] = [*sorted(refs), *wrong]
        return {key: n for n, key in enumerate(keys, WHOLE + 1)}

    def cell(self, ref: Ref) -> str:
        """Where a number of another period or of a register stands."""
        return f"'{SHEET}'!{_at(self.singles[ref], VALUE)}"

    def is_here(self, ref: Ref) -> bool:
        """Whether a number stands here, and not in the form itself."""
        return bool(ref.shift) or self._is_count(ref)

    def odd(self, ref: Ref) -> tuple[str, str]:
        """Where it stands whether a number is far from what is usual, and what would be."""
        return f"'{SHEET}'!{_at(self.flows[ref], ODD)}", f"'{SHEET}'!{_at(self.flows[ref], USUAL)}"

    def noted(self, row: Cells) -> str:
        """The condition that the 说明 of a row says something."""
        return f"'{SHEET}'!{_at(self.rows[row], NOTE)}=1"

    @property
    def whole(self) -> str:
        """Where stands what is asked about the return as a whole."""
        return f"'{SHEET}'!{_at(WHOLE, VALUE)}"

    def wrong(self, table: str) -> list[str]:
        """Where stands in how many rows of a register each thing that is asked is wrong."""
        places = (self.singles[f"{table}!{n}"] for n, _ in enumerate(self.registers[table].asked(())))
        return [f"'{SHEET}'!{_at(place, VALUE)}" for place in places]

    def of_register(self, table: str) -> str:
        """The mark of a register as a formula."""
        text = '"√"'
        every = zip(self.registers[table].asked(()), self.wrong(table), strict=True)
        for asked, cell in reversed(list(every)):
            text = f'IF({cell}>0,"{asked.before}"&{cell}&"{asked.after}",{text})'
        return text

    def _is_count(self, ref: Ref) -> bool:
        entry = self.layout.form.entries.get((ref.table, ref.line))
        return bool(entry and entry.derived)


def _at(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column))
