"""The live check of each row: an Excel formula, and the same mark computed here for its cached value.

Marks begin with √ in order, ○ still to fill, × must be mended, ! needs a look or a word in the 说明 column.
"""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from pipeline.paper.templates.draft import Draft, Number
from pipeline.paper.templates.grounded import Grounded
from pipeline.paper.templates.grounds import Grounds
from pipeline.paper.templates.layout import Cells, Layout
from pipeline.values.reasons import explains
from schemas.entry import Entry
from schemas.rules import excel, words
from schemas.rules.judge import amount, judge
from schemas.rules.terms import Ref, Statement

OPEN, FINE, NOTED, FAR = "○ 待填", "√", "√ 已说明", "! 平时"
NOT_A_NUMBER, ZERO_REPORT = "× 只填数字", "× 零报告里有数"
WHOLE, FRACTION = "× 须为0或正整数", "× 须为0或正数，最多{places}位小数"
BELOW, BELOW_FRACTION = "× 须为整数", "× 须为数字，最多{places}位小数"  # of what may be less than 0


class Checks:
    """The check cells of one layout; ``grounds`` is what they rest on besides its own cells."""

    def __init__(self, layout: Layout, grounds: Grounds) -> None:
        self._layout, self._grounds, self._zero = layout, grounds, grounds.zero
        self._silent = {table.id for table in layout.form.edition.tables if table.blank == "none"}
        self._formulas: dict[tuple[Cells, bool], str] = {}
        self._statements: dict[tuple[str, str], list[Statement]] = {}
        for statement in grounds.statements:
            if {ref.table for ref in statement.refs} <= self._silent:
                statement = replace(statement, blank="zero")  # noqa: PLW2901  # an empty cell is a number there
            self._statements.setdefault((statement.at.table, statement.at.line), []).append(statement)

    def formula(self, row: Cells, draft: Draft) -> str:
        """The formula of the row's check cell, without the leading =; made once for all units."""
        typed = draft.prior.cumulative is None
        if (row, typed) not in self._formulas:
            self._formulas[row, typed] = self._formula(row, _inputs(row, typed), typed=typed)
        return self._formulas[row, typed]

    def _own(self, row: Cells) -> list[Statement]:
        """The rules that are answered on a row, what must be mended first."""
        own = [s for e in row.entries for s in self._statements.get((e.table, e.code), [])]
        return sorted(own, key=lambda statement: statement.level)

    def _formula(self, row: Cells, filled: list[tuple[Ref, Entry]], *, typed: bool) -> str:
        sheet = self._layout.places[row.first.table, row.first.code].sheet
        refs = [Ref(entry.table, entry.code) for entry in row.entries]
        text = f'"{FINE}"'
        for ref in reversed([ref for ref in refs if ref in self._grounds.flows]):
            odd, usual = self._grounds.odd(ref)
            told = f'IF({self._grounds.noted(row)},"{NOTED}","{FAR}"&{usual})'
            text = f"IF(N({odd})=1,{told},{text})"
        for statement in reversed(self._own(row)):
            text = self._rule(statement, row, sheet, text, typed=typed)
        if not filled:
            inputs = list(dict.fromkeys(cell for ref in refs for cell in self._layout.inputs(ref, sheet=sheet)))
            complete = f"COUNT({excel.ranges(inputs)})={len(inputs)}"
            return f'IF({f"OR({self._zero},{complete})" if self._zero else complete},{text},"")'
        cells = [self._layout.cell(ref, sheet=sheet) for ref, _ in filled]
        return self._typed(row, filled, cells, text)

    def _typed(self, row: Cells, filled: list[tuple[Ref, Entry]], cells: list[str], text: str) -> str:
        """What is said of cells that hold no number of their line, else ``text``."""
        area = cells[0] if len(cells) == 1 else f"{cells[0]}:{cells[-1]}"
        for (_, entry), cell in reversed(list(zip(filled, cells, strict=True))):
            places = entry.quantity.decimals
            exact = f"ROUND({cell},{places})" if places else f"INT({cell})"
            low = f"{cell}<0," if entry.least >= 0 else ""
            wrong = f"OR({low}{cell}<>{exact})" if low else f"{cell}<>{exact}"
            text = f'IF({wrong},"{wrong_number(entry)}",{text})'
        blank = f"COUNTBLANK({area})>0"
        if self._zero:
            month = ",".join(cells[: sum(ref.measure == "month" for ref, _ in filled)])
            text = f'IF(AND({self._zero},SUM({month})<>0),"{ZERO_REPORT}",{text})'
            blank = f"AND(NOT({self._zero}),{blank})"
        if row.first.table in self._silent:
            return f'IF(COUNTA({area})>COUNT({area}),"{NOT_A_NUMBER}",{text})'
        return f'IF({blank},"{OPEN}",IF(COUNTA({area})>COUNT({area}),"{NOT_A_NUMBER}",{text}))'

    def mark(self, row: Cells, draft: Draft, grounded: Grounded) -> str:
        """What the formula shows for these values."""
        refs = [Ref(entry.table, entry.code) for entry in row.entries]
        filled = _inputs(row, draft.prior.cumulative is None)
        if not filled:
            complete = all(ref in draft.numbers for ref in refs)
            return self._rules_mark(row, draft, grounded) if complete or draft.zero_report else ""
        values = [draft.filling.values.get(ref) for ref, _ in filled]
        if None in values and not draft.zero_report and row.first.table not in self._silent:
            return OPEN
        if any(isinstance(value, str) for value in values):
            return NOT_A_NUMBER
        numbers = [value if isinstance(value, Number) else 0 for value in values]
        if draft.zero_report and sum(numbers[: sum(ref.measure == "month" for ref, _ in filled)]) != 0:
            return ZERO_REPORT
        wrong = [
            entry for (_, entry), number in zip(filled, numbers, strict=True) if number < entry.least or number % 1
        ]
        return wrong_number(wrong[0]) if wrong else self._rules_mark(row, draft, grounded)

    def _rule(self, statement: Statement, row: Cells, sheet: str, otherwise: str, *, typed: bool) -> str:
        def cell(ref: Ref) -> str:
            return self._grounds.cell(ref) if self._grounds.is_here(ref) else self._layout.cell(ref, sheet=sheet)

        def inputs(ref: Ref) -> list[str]:
            if self._grounds.is_here(ref):
                return [cell(ref)]
            measure = "year_to_date" if typed and ref.measure != "month" else "month"
            leaves = self._layout.form.leaves(ref)
            return [self._layout.cell(Ref(ref.table, code, measure), sheet=sheet) for code in leaves]

        entries = self._layout.form.named
        fails = f"AND({excel.judged(statement, cell, inputs, entries)},{excel.broken(statement, cell, entries)})"
        told = f'"{self._told(statement)}"'
        if statement.claim.operator == "=":
            told += f'&"，差"&TEXT({excel.difference(statement, cell, entries)},"{_pattern(statement)}")'
        if statement.level == "verify":
            told = f'IF({self._grounds.noted(row)},"{NOTED}",{told})'
        return f"IF({fails},{told},{otherwise})"

    def _rules_mark(self, row: Cells, draft: Draft, grounded: Grounded) -> str:
        values = grounded.every
        noted = explains(draft.filling.notes.get((row.first.table, row.first.code), ""))
        for statement in self._own(row):
            if judge(statement, values) is False:
                if statement.level == "verify" and noted:
                    return NOTED
                claim = statement.claim
                difference = (amount(claim.left, values) or 0) - (amount(claim.right, values) or 0)
                shown = _signed(claim.quantity.exact(difference), claim.quantity.decimals)
                return self._told(statement) + (f"，差{shown}" if claim.operator == "=" else "")
        odd = [ref for e in row.entries if grounded.odd(ref := Ref(e.table, e.code))]
        return (NOTED if noted else FAR + grounded.usual(odd[0])) if odd else FINE

    def _told(self, statement: Statement) -> str:
        sign = "×" if statement.level == "must" else "!"
        return f"{sign} 须{words.brief(statement.claim, self._layout.form.entries)}"


def _inputs(row: Cells, typed: bool) -> list[tuple[Ref, Entry]]:
    """The cells of a row that a unit fills in; 本年累计 is one where the months before are not known (``typed``)."""
    month = [(Ref(entry.table, entry.code), entry) for entry in row.entries if not entry.is_total]
    if typed and "year_to_date" in row.first.measures and not row.first.is_total:
        return [*month, (Ref(row.first.table, row.first.code, "year_to_date"), row.first)]
    return month


def wrong_number(entry: Entry) -> str:
    """What is said of a number that is none of its line."""
    whole, fraction = (BELOW, BELOW_FRACTION) if entry.least < 0 else (WHOLE, FRACTION)
    return fraction.format(places=entry.quantity.places) if entry.quantity.decimals else whole


def _signed(number: Decimal, places: int) -> str:
    """A difference as TEXT shows it: halves are rounded away from 0."""
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:+.{places}f}"


def _pattern(statement: Statement) -> str:
    digits = f"{0:.{statement.claim.quantity.decimals}f}"
    return f"+{digits};-{digits}"
