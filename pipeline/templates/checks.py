"""The live check of each line: an Excel formula, and the same mark computed here for its cached value.

Marks begin with √ in order, ○ still to fill, × must be mended, ! needs a look or a word in the 说明 column.
"""

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.templates.draft import Draft
from pipeline.templates.layout import NOTE, Layout
from schemas.entry import Entry
from schemas.rules import excel, words
from schemas.rules.judge import amount, judge
from schemas.rules.terms import Ref, Statement

OPEN, FINE = "○ 待填", "√"
NOT_A_NUMBER, NOT_WHOLE, ZERO_REPORT = "× 只填数字", "× 须为0或正整数", "× 零报告里有数"


class Checks:
    """The check cells of one layout; ``zero`` is the address of the zero report's cell, or "" where a form has none."""

    def __init__(self, layout: Layout, zero: str) -> None:
        self._layout = layout
        self._formulas: dict[Entry, str] = {}
        self._zero = f'{zero}="是"' if zero else "FALSE"
        self._statements: dict[Ref, list[Statement]] = {}
        month = int((layout.form.month or "-01")[-2:])
        for statement in layout.form.statements:
            here = all(ref.measure == "month" and not ref.shift for ref in statement.refs)
            if here and month in statement.months:
                self._statements.setdefault(statement.at, []).append(statement)

    def formula(self, entry: Entry) -> str:
        """The formula of the line's check cell, without the leading =; made once for all units."""
        if entry not in self._formulas:
            self._formulas[entry] = self._formula(entry)
        return self._formulas[entry]

    def _formula(self, entry: Entry) -> str:
        ref = Ref(entry.table, entry.code)
        cell = self._cell(ref, entry)
        text = f'"{FINE}"'
        for statement in reversed(self._statements.get(ref, [])):
            text = self._rule(statement, entry, text)
        if entry.is_total:
            inputs = self._inputs(ref, entry)
            return f'IF(OR({self._zero},COUNT({excel.ranges(inputs)})={len(inputs)}),{text},"")'
        blank = f'IF({self._zero},"{FINE}","{OPEN}")'
        sign = (
            f'IF(OR({cell}<0,{cell}<>INT({cell})),"{NOT_WHOLE}",IF(AND({self._zero},{cell}<>0),"{ZERO_REPORT}",{text}))'
        )
        return f'IF(ISBLANK({cell}),{blank},IF(NOT(ISNUMBER({cell})),"{NOT_A_NUMBER}",{sign}))'

    def mark(self, entry: Entry, draft: Draft) -> str:
        """What the formula shows for these values."""
        ref = Ref(entry.table, entry.code)
        if entry.is_total:
            return self._rules_mark(ref, entry, draft) if ref in draft.numbers or draft.zero_report else ""
        value = draft.filling.values.get(ref)
        if value is None:
            return FINE if draft.zero_report else OPEN
        if isinstance(value, str):
            return NOT_A_NUMBER
        if value < 0:
            return NOT_WHOLE
        return ZERO_REPORT if draft.zero_report and value else self._rules_mark(ref, entry, draft)

    def _rule(self, statement: Statement, entry: Entry, otherwise: str) -> str:
        def cell(ref: Ref) -> str:
            return self._cell(ref, entry)

        def inputs(ref: Ref) -> list[str]:
            return self._inputs(ref, entry)

        fails = f"AND({excel.judged(statement, cell, inputs)},{excel.broken(statement, cell)})"
        told = f'"{self._told(statement)}"'
        if statement.claim.operator == "=":
            told += f'&"，差"&TEXT({excel.difference(statement, cell)},"+0;-0")'
        if statement.level == "verify":
            note = xl_rowcol_to_cell(self._layout.places[entry.table, entry.code].row, NOTE)
            told = f'IF(ISBLANK({note}),{told},"√ 已说明")'
        return f"IF({fails},{told},{otherwise})"

    def _rules_mark(self, ref: Ref, entry: Entry, draft: Draft) -> str:
        values = draft.numbers
        for statement in self._statements.get(ref, []):
            if judge(statement, values) is False:
                if statement.level == "verify" and draft.filling.notes.get((entry.table, entry.code)):
                    return "√ 已说明"
                claim = statement.claim
                difference = (amount(claim.left, values) or 0) - (amount(claim.right, values) or 0)
                return self._told(statement) + (f"，差{difference:+d}" if claim.operator == "=" else "")
        return FINE

    def _told(self, statement: Statement) -> str:
        sign = "×" if statement.level == "must" else "!"
        return f"{sign} 须{words.brief(statement.claim, self._layout.form.entries)}"

    def _cell(self, ref: Ref, entry: Entry) -> str:
        return self._layout.cell(ref, sheet=self._layout.places[entry.table, entry.code].sheet)

    def _inputs(self, ref: Ref, entry: Entry) -> list[str]:
        return self._layout.inputs(ref, sheet=self._layout.places[entry.table, entry.code].sheet)
