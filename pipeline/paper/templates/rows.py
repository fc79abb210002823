"""The rows of a form sheet: a list's line with its measures, a matrix's row with its columns."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.paper.names import name_of, note_name
from pipeline.paper.room import room
from pipeline.paper.templates.checks import Checks
from pipeline.paper.templates.draft import Draft, Number, Value
from pipeline.paper.templates.layout import (
    CODE,
    LAST_MONTH,
    MONTH,
    NAME,
    UNIT,
    YEAR_TO_DATE,
    Cells,
    GridHead,
    GroupHead,
)
from pipeline.paper.theme import (
    FIGURE,
    HEAD_BG,
    HEI,
    INPUT_BG,
    LOCK_BG,
    MUTED,
    NUMBER,
    ROW_LINE,
    SUB_BG,
    Styles,
    number_format,
)
from pipeline.paper.theme import GRID as GRID_LINE
from schemas.entry import TOTAL_ROW, Entry
from schemas.rules import excel
from schemas.rules.terms import Ref

LIST = (MONTH, YEAR_TO_DATE, LAST_MONTH)  # where the numbers of a list's line stand
WHOLE, BEFORE_THE_POINT = 9_999_999, 999_999  # the largest that a unit may report: all of it has room


class Rows:
    """Writes the rows of one sheet; what is common to them is kept here."""

    def __init__(self, workbook: Any, styles: Styles, draft: Draft, name: str, checks: Checks) -> None:
        self.workbook = workbook
        self.sheet = workbook.add_worksheet(name)
        self.styles = styles
        self.draft = draft
        self.layout = draft.layout
        self.name = name
        self.checks = checks

    def section(self, row: int, title: str) -> None:
        """A heading row inside the table."""
        look = self.styles(font_name=HEI, bg_color=SUB_BG, bottom=1, bottom_color=ROW_LINE)
        self.sheet.write_string(row, 0, title, look)
        for column in range(1, self.layout.note(self.name) + 1):
            self.sheet.write_blank(row, column, None, look)

    def group_head(self, row: int, head: GroupHead) -> None:
        """The headings above those of a matrix, each over its columns."""
        look = self._look(font_name=HEI, align="center", bg_color=HEAD_BG)
        for column in range(self.layout.note(self.name) + 1):
            self.sheet.write_blank(row, column, None, look)
        if head.note:
            small = self._look(font_size=9, text_wrap=True, bg_color=HEAD_BG, font_color=MUTED)
            self.sheet.write_string(row, NAME, head.note, small)
        at = self.layout.grid(self.name)[0]
        for text, several in groupby(head.groups):
            wide = len(list(several))
            if text and wide > 1:
                self.sheet.merge_range(row, at, row, at + wide - 1, text, look)
            elif text:
                self.sheet.write_string(row, at, text, look)
            at += wide

    def grid_head(self, row: int, head: GridHead) -> None:
        """The headings of a matrix."""
        look = self._look(font_name=HEI, align="center", bg_color=HEAD_BG, text_wrap=True)
        words = self.layout.form.edition.words
        note, grid = self.layout.note(self.name), self.layout.grid(self.name)
        texts = {CODE: words.code, NAME: words.name, note - 1: words.check, note: words.note}
        texts |= {grid[n]: entry.name.rpartition("·")[2] for n, entry in enumerate(head.columns)}
        for column in range(note + 1):
            text = texts.get(column, "")
            self.sheet.write_string(row, column, text, look) if text else self.sheet.write_blank(
                row, column, None, look
            )

    def write(self, row: int, cells: Cells, mark: str, *, wrapped: bool = False) -> None:
        """One row: words, numbers, check and 说明; a name too long to be shrunk is ``wrapped``."""
        fit = {"text_wrap": True, "font_size": 9} if wrapped else {"shrink": True}
        entry = cells.first
        heavy = {"font_name": HEI} if entry.is_total else {}
        check, last = self.layout.check(self.name), self.layout.note(self.name)
        code = "" if entry.row == TOTAL_ROW else entry.line
        self.sheet.write_string(row, CODE, code, self._look(align="center", font_name=NUMBER, font_color=MUTED))
        name = entry.name.rpartition("·")[0] if cells.is_grid else entry.name
        self.sheet.write_string(row, NAME, name, self._look(indent=self.layout.depth(entry), **fit, **heavy))
        if cells.is_grid:
            self._grid_row(row, cells)
        else:
            self._list_row(row, entry)
        look = self._look(font_color=MUTED, indent=1)
        self.sheet.write_formula(row, check, "=" + self.checks.formula(cells, self.draft), look, mark)
        note = self.draft.filling.notes.get((entry.table, entry.code), "")
        box = self.styles(bg_color=INPUT_BG, locked=False, bottom=1, bottom_color=ROW_LINE, num_format="@")
        self.sheet.write_string(row, last, note, box) if note else self.sheet.write_blank(row, last, None, box)
        self._define(note_name(entry), row, last)

    def _grid_row(self, row: int, cells: Cells) -> None:
        grid = self.layout.grid(self.name)
        for column in grid[len(cells.entries) :]:
            self.sheet.write_blank(row, column, None, self._look())
        for column, entry in zip(grid, cells.entries, strict=False):
            self._value(row, column, entry)

    def _list_row(self, row: int, entry: Entry) -> None:
        self.sheet.write_string(row, UNIT, entry.unit, self._look(align="center"))
        self._value(row, MONTH, entry)
        self._cumulative(row, entry)
        last = self.draft.prior.last_month.get((entry.table, entry.code))
        grey = self._number(entry, font_color=MUTED)
        if last is None:
            self.sheet.write_blank(row, LAST_MONTH, None, grey)
        else:
            self.sheet.write_number(row, LAST_MONTH, entry.quantity.number(last), grey)

    def _value(self, row: int, column: int, entry: Entry) -> None:
        ref = Ref(entry.table, entry.code)
        self._define(name_of(ref), row, column)
        value = self.draft.value(ref)
        if entry.is_total:
            self._total(row, column, entry, value, bold=True, bg_color=LOCK_BG)
        else:
            self._input(row, column, entry, value)

    def _cumulative(self, row: int, entry: Entry) -> None:
        """本年累计: last month's plus this month's, by formula where last month's is known, else filled in."""
        if "year_to_date" not in entry.measures:
            self.sheet.write_blank(row, YEAR_TO_DATE, None, self._look())
            return
        ref = Ref(entry.table, entry.code, "year_to_date")
        self._define(name_of(ref), row, YEAR_TO_DATE)
        prior, value = self.draft.prior.cumulative, self.draft.value(ref)
        if entry.is_total:
            self._total(row, YEAR_TO_DATE, entry, value, font_color=MUTED)
        elif prior is None:
            self._input(row, YEAR_TO_DATE, entry, value)
        else:
            before = entry.quantity.number(prior.get((entry.table, entry.code), 0))
            formula = f"={before}+N({xl_rowcol_to_cell(row, MONTH)})"
            self._formula(row, YEAR_TO_DATE, entry, formula, value, font_color=MUTED)

    def _total(self, row: int, column: int, entry: Entry, value: Value | None, **look: Any) -> None:
        places = [self.layout.places[entry.table, part] for part in entry.parts]
        own = [xl_rowcol_to_cell(at.row, at.column if entry.column else column) for at in places]
        cells = excel.ranges(own)
        self._formula(row, column, entry, f"=SUM({cells})", value, **look)

    def _formula(self, row: int, column: int, entry: Entry, formula: str, value: Value | None, **look: Any) -> None:
        if not isinstance(value, Number):
            raise TypeError(f"{self.name} {row},{column}: a formula without its value")
        self.sheet.write_formula(row, column, formula, self._number(entry, **look), entry.quantity.number(value))

    def _input(self, row: int, column: int, entry: Entry, value: Value | None) -> None:
        typed = {"num_format": "General"} if isinstance(value, Decimal) else {}  # 5.5 must not look like 6
        look = self._number(entry, bg_color=INPUT_BG, locked=False, **typed)
        if value is None:
            self.sheet.write_blank(row, column, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, look)
        else:
            self.sheet.write_number(row, column, entry.quantity.number(value), look)
        table = next(table for table in self.layout.form.edition.tables if table.id == entry.table)
        self.sheet.data_validation(row, column, row, column, _validation(entry, blank=table.blank == "none"))

    def _number(self, entry: Entry, **properties: Any) -> Any:
        return self._look(**_look_of(entry) | properties)

    def _look(self, **properties: Any) -> Any:
        return self.styles(right=1, right_color=GRID_LINE, bottom=1, bottom_color=ROW_LINE, **properties)

    def _define(self, name: str, row: int, column: int) -> None:
        self.workbook.define_name(name, f"='{self.name}'!{xl_rowcol_to_cell(row, column, True, True)}")


def rooms(rows: Iterable[Cells], grid: tuple[int, ...]) -> dict[int, float]:
    """The width that each column of numbers needs for the largest figures of its rows."""
    needed: dict[int, float] = {}
    for row in rows:
        columns = zip(grid, row.entries, strict=False) if row.is_grid else ((c, row.first) for c in LIST)
        for column, entry in columns:
            look = _look_of(entry) | {"bold": entry.is_total and column != LAST_MONTH}
            needed[column] = max(needed.get(column, 0), room(_largest(entry), look))
    return needed


def _look_of(entry: Entry) -> dict[str, Any]:
    return FIGURE | {"num_format": number_format(entry.quantity.decimals)}


def _largest(entry: Entry) -> float:
    decimals = entry.quantity.decimals
    return float(f"{BEFORE_THE_POINT}.{'9' * decimals}") if decimals else WHOLE


def _validation(entry: Entry, *, blank: bool) -> dict[str, Any]:
    """What a cell takes, and what it says to whoever fills it in; it may be left ``blank`` where there was nothing."""
    quantity, unit = entry.quantity, entry.unit
    if quantity.decimals:
        kind, what = "decimal", quantity.kind or "数字"
        wanted = f"填{what}，单位：{unit}，可以有{quantity.places}位小数。没有发生{'可以留空' if blank else '填 0'}。"
        whole = "数字" if entry.least < 0 else " 0 或正数"
        told = f"只能填{whole}，单位是{unit}，不带“{unit}”字和逗号。请点“重试”后修改。"
        wrong = {"error_title": f"只能填{what}", "error_message": told}
    else:
        kind, wanted = (
            "integer",
            f"填整数，单位：{unit}。没有发生{'可以留空' if blank else '填 0，不要留空'}，不要写“无”。",
        )
        whole = "整数" if entry.least < 0 else " 0 或正整数"
        told = f"只能填{whole}，单位是{unit}。不带单位、小数、逗号和文字。请点“重试”后修改。"
        wrong = {"error_title": "只能填整数", "error_message": told}
    return {
        "validate": kind,
        "criteria": ">=",
        "value": -WHOLE if entry.least < 0 else 0,
        "input_title": entry.label[:32],
        "input_message": wanted,
        **wrong,
    }
