"""A form sheet of a return: one row a line, the yellow cells to fill, the live checks."""

from collections.abc import Mapping
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.names import name_of, note_name
from pipeline.templates.checks import Checks
from pipeline.templates.cover import colour_banner, set_page
from pipeline.templates.draft import Draft
from pipeline.templates.layout import (
    CHECK,
    CODE,
    FIRST_ROW,
    LAST_MONTH,
    MONTH,
    NAME,
    NOTE,
    UNIT,
    YEAR_TO_DATE,
)  # fmt: skip
from pipeline.theme import (
    COUNT,
    ERR,
    ERR_BG,
    GRID,
    HEAD_BG,
    HEI,
    INPUT_BG,
    LOCK_BG,
    MUTED,
    NUMBER,
    OK,
    ROW_LINE,
    SUB_BG,
    WARN,
    WARN_BG,
    Styles,
)  # fmt: skip
from schemas.entry import Entry
from schemas.rules import excel
from schemas.rules.terms import Ref

WIDTHS = {CODE: 6, NAME: 31, UNIT: 9, MONTH: 11, YEAR_TO_DATE: 11, LAST_MONTH: 10, CHECK: 26, NOTE: 18}
ROW_HEIGHT = 20


class FormSheet:
    """Writes the lines of one sheet; what is common to them is kept here."""

    def __init__(self, workbook: Any, styles: Styles, draft: Draft, name: str, checks: Checks) -> None:
        self.workbook = workbook
        self.sheet = workbook.add_worksheet(name)
        self.styles = styles
        self.draft = draft
        self.layout = draft.layout
        self.name = name
        self.checks = checks

    def head(self, banner: tuple[str, str]) -> None:
        """Title, unit and period, the banner, the column headings."""
        unit, month = self.draft.unit, self.draft.month
        words = self.layout.form.edition.words
        titles = [t.title for t in self.layout.form.edition.tables if t.sheet == self.name]
        look = self.styles(font_name=HEI, font_size=16, align="center_across")
        self.sheet.write_string(0, 0, "、".join(titles), look)
        for column in range(1, NOTE + 1):
            self.sheet.write_blank(0, column, None, look)
        said = f"{words.unit}：{unit.name}（{unit.code}）    {words.period}：{month.words}"
        self.sheet.write_string(1, 0, said, self.styles(font_color=MUTED))
        self.sheet.write_formula(2, 0, f"={banner[0]}", self.styles(font_name=HEI, font_size=11, indent=1), banner[1])
        colour_banner(self.workbook, self.sheet, "$A$3", (2, 0, 2, NOTE))
        headings = (words.code, words.name, words.unit_of_measure, words.month, words.year_to_date, words.last_month)
        for column, heading in enumerate((*headings, words.check, words.note)):
            edge = {} if column == NOTE else {"right": 1, "right_color": GRID}
            look = self.styles(font_name=HEI, align="center", bg_color=HEAD_BG, top=2, bottom=1, **edge)
            self.sheet.write_string(FIRST_ROW, column, heading, look)
        for row, height in enumerate((32, 19, 26, 24)):
            self.sheet.set_row(row, height)

    def section(self, row: int, title: str) -> None:
        """A heading row inside the table."""
        look = self.styles(font_name=HEI, bg_color=SUB_BG, bottom=1, bottom_color=ROW_LINE)
        self.sheet.write_string(row, 0, title, look)
        for column in range(1, NOTE + 1):
            self.sheet.write_blank(row, column, None, look)

    def line(self, row: int, entry: Entry, mark: str) -> None:
        """One line: words, value, cumulative, last month, check and 说明."""
        depth = self.layout.depth(entry)
        heavy = {"font_name": HEI} if entry.is_total else {}
        self.sheet.write_string(row, CODE, entry.code, self._look(align="center", font_name=NUMBER, font_color=MUTED))
        self.sheet.write_string(row, NAME, entry.name, self._look(indent=depth, **heavy))
        self.sheet.write_string(row, UNIT, entry.unit, self._look(align="center"))
        self._value(row, entry)
        self._cumulative(row, entry)
        last = self.draft.prior.last_month.get((entry.table, entry.code))
        grey = self._look(font_name=NUMBER, font_size=11, num_format=COUNT, font_color=MUTED)
        write = self.sheet.write_blank if last is None else self.sheet.write_number
        write(row, LAST_MONTH, last, grey)
        self.sheet.write_formula(
            row, CHECK, "=" + self.checks.formula(entry), self._look(font_color=MUTED, indent=1), mark
        )
        note = self.draft.filling.notes.get((entry.table, entry.code), "")
        box = self.styles(bg_color=INPUT_BG, locked=False, bottom=1, bottom_color=ROW_LINE, num_format="@")
        self.sheet.write_string(row, NOTE, note, box) if note else self.sheet.write_blank(row, NOTE, None, box)
        self._define(note_name(entry), row, NOTE)

    def _value(self, row: int, entry: Entry) -> None:
        ref = Ref(entry.table, entry.code)
        self._define(name_of(ref), row, MONTH)
        values = self.draft.filling.values
        if entry.is_total:
            numbers = [v for part in entry.parts if isinstance(v := values.get(Ref(entry.table, part)), int)]
            self._total(row, MONTH, entry, sum(numbers), bold=True, bg_color=LOCK_BG)
        else:
            self._input(row, MONTH, values.get(ref))
            self._validate(row, MONTH, entry)

    def _cumulative(self, row: int, entry: Entry) -> None:
        """本年累计: last month's plus this month's, by formula where last month's is known, else filled in."""
        key = (entry.table, entry.code)
        self._define(name_of(Ref(*key, "year_to_date")), row, YEAR_TO_DATE)
        prior = self.draft.prior.cumulative
        if entry.is_total:
            numbers = [v for part in entry.parts if isinstance(v := self.draft.cumulative((entry.table, part)), int)]
            self._total(row, YEAR_TO_DATE, entry, sum(numbers), font_color=MUTED)
        elif prior is None:
            self._input(row, YEAR_TO_DATE, self.draft.cumulative(key))
            self._validate(row, YEAR_TO_DATE, entry)
        else:
            grey = self._look(font_name=NUMBER, font_size=11, num_format=COUNT, font_color=MUTED)
            formula = f"={prior.get(key, 0)}+N({xl_rowcol_to_cell(row, MONTH)})"
            self.sheet.write_formula(row, YEAR_TO_DATE, formula, grey, self.draft.cumulative(key))

    def _total(self, row: int, column: int, entry: Entry, value: int, **look: Any) -> None:
        rows = [self.layout.places[entry.table, part].row for part in entry.parts]
        cells = excel.ranges([xl_rowcol_to_cell(part, column) for part in rows])
        number = self._look(font_name=NUMBER, font_size=11, num_format=COUNT, **look)
        self.sheet.write_formula(row, column, f"=SUM({cells})", number, value)

    def _input(self, row: int, column: int, value: int | str | None) -> None:
        look = self._look(font_name=NUMBER, font_size=11, num_format=COUNT, bg_color=INPUT_BG, locked=False)
        if value is None:
            self.sheet.write_blank(row, column, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, look)
        else:
            self.sheet.write_number(row, column, value, look)

    def _validate(self, row: int, column: int, entry: Entry) -> None:
        words = {
            "input_title": entry.label[:32],
            "input_message": f"填整数，单位：{entry.unit}。没有发生填 0，不要留空，不要写“无”。",
            "error_title": "只能填整数",
            "error_message": f"只能填 0 或正整数，单位是{entry.unit}。不带单位、小数、逗号和文字。请点“重试”后修改。",
        }
        whole = {"validate": "integer", "criteria": ">=", "value": 0}
        self.sheet.data_validation(row, column, row, column, {**whole, **words})

    def _look(self, **properties: Any) -> Any:
        return self.styles(right=1, right_color=GRID, bottom=1, bottom_color=ROW_LINE, **properties)

    def _define(self, name: str, row: int, column: int) -> None:
        self.workbook.define_name(name, f"='{self.name}'!{xl_rowcol_to_cell(row, column, True, True)}")


def write_sheet(form: FormSheet, marks: Mapping[tuple[str, str], str], banner: tuple[str, str]) -> None:
    """Write one form sheet whole."""
    sheet, rows, edition = form.sheet, form.layout.sheets[form.name], form.layout.form.edition
    sheet.hide_gridlines(2)
    for column, wide in WIDTHS.items():
        sheet.set_column(column, column, wide)
    form.head(banner)
    for row, entry in enumerate(rows, start=FIRST_ROW + 1):
        sheet.set_row(row, ROW_HEIGHT)
        if isinstance(entry, str):
            form.section(row, entry)
        else:
            form.line(row, entry, marks[entry.table, entry.code])
    last = FIRST_ROW + len(rows)
    _colour_marks(form.workbook, sheet, (FIRST_ROW + 1, CHECK, last, CHECK))
    sheet.freeze_panes(FIRST_ROW + 1, MONTH)
    sheet.print_area(0, 0, last, NOTE)
    sheet.set_selection(FIRST_ROW + 2, MONTH, FIRST_ROW + 2, MONTH)
    set_page(sheet, edition.head.form_no or edition.id, f"{form.draft.unit.short} {form.draft.month.words}")


def _colour_marks(workbook: Any, sheet: Any, area: tuple[int, int, int, int]) -> None:
    for sign, look in (
        ("×", {"font_color": ERR, "bg_color": ERR_BG}),
        ("!", {"font_color": WARN, "bg_color": WARN_BG}),
        ("√", {"font_color": OK}),
    ):
        rule = {"type": "text", "criteria": "begins with", "value": sign, "format": workbook.add_format(look)}
        sheet.conditional_format(*area, rule)
