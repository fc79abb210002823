"""The cover of a return: who reports, for which month, and what the unit states about the whole."""

from functools import cache
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.paper.names import cover_name
from pipeline.paper.templates.banner import Banner, Waiting, colour_banner, colour_marks
from pipeline.paper.templates.cover_marks import below_mark, field_mark
from pipeline.paper.templates.draft import Draft
from pipeline.paper.templates.grounded import Marks
from pipeline.paper.templates.layout import FIRST_ROW, Layout
from pipeline.paper.templates.register_checks import mark_at
from pipeline.paper.theme import (
    FANG,
    GRID,
    HEI,
    INPUT_BG,
    MUTED,
    NUMBER,
    Styles,
    footer,
    wrap,
)  # fmt: skip
from pipeline.values.periods import due_in_words
from schemas.edition import CoverField
from schemas.form import Form
from schemas.head import head_of, instructions_of
from schemas.spoken import zero_report_of

FIELDS_FROM = 6  # below title, banner, three header rows and a space
LABEL, INPUT, MARK = range(3)
WIDTHS = (14, 54, 32)
FOOT = 11  # points: LibreOffice scales it with the page, which Excel does not
CHECK_CODE = "核对码"


def zero_address(form: Form) -> str:
    """The address of the cover field that turns blanks into zeros, or "" where the form has none."""
    zero = zero_report_of(form.edition)
    for n, asked in enumerate(form.edition.cover):
        if asked is zero:
            return f"'{form.edition.words.cover_sheet}'!{xl_rowcol_to_cell(FIELDS_FROM + n, INPUT, True, True)}"
    return ""


def write_cover(
    workbook: Any,
    styles: Styles,
    draft: Draft,
    marks: Marks,
    code: tuple[str, str],
    waiting: Waiting | None = None,
) -> tuple[str, str]:
    """Write the cover sheet; returns the banner's address and text, which every sheet repeats.

    ``code`` is the check code as a formula and as its value.
    """
    edition, grounded = draft.layout.form.edition, marks.grounded
    texts = draft.filling.cover
    sheet = workbook.add_worksheet(edition.words.cover_sheet)
    sheet.hide_gridlines(2)
    for column, wide in enumerate(WIDTHS):
        sheet.set_column(column, column, wide)
    _header(sheet, styles, draft)
    own = []
    for n, field in enumerate(edition.cover):
        mark = field_mark(field, xl_rowcol_to_cell(FIELDS_FROM + n, INPUT), texts.get(field.code, ""), grounded)
        own.append(mark[1])
        text = texts.get(field.code, "")
        _field(workbook, sheet, styles, FIELDS_FROM + n, field, text, edition.words.cover_sheet, mark)
    after = FIELDS_FROM + len(edition.cover)
    means = below_mark(grounded)
    _code(sheet, styles, after, code, means)
    registers = [grounded.register_mark(table.id) for table in draft.layout.registers]
    every = [*marks.rows.values(), *own, means[1], *registers]
    blank = all(table.blank == "none" for table in edition.tables)
    banner = Banner(edition.words, _areas(draft.layout), every, waiting, blank)
    sheet.set_row(1, 28)
    sheet.write_formula(1, 0, banner.formula(), styles(font_name=HEI, font_size=12, indent=1), banner.text())
    colour_banner(workbook, sheet, "$A$2", (1, 0, 1, MARK))
    colour_marks(workbook, sheet, (FIELDS_FROM, MARK, after, MARK))
    last = _instructions(sheet, styles, after + 1, instructions_of(edition, draft.office, _due(draft)))
    sheet.print_area(0, 0, last, MARK)
    set_page(sheet, head_of(edition, draft.office).form_no or edition.id, f"{draft.unit.short} {draft.month.words}")
    sheet.set_selection(FIELDS_FROM, INPUT, FIELDS_FROM, INPUT)
    return f"'{edition.words.cover_sheet}'!$A$2", banner.text()


def _header(sheet: Any, styles: Styles, draft: Draft) -> None:
    """Title, then who reports for which month, with the form's legal block at the right."""
    edition, unit = draft.layout.form.edition, draft.unit
    sheet.set_row(0, 36)
    title = styles(font_name=HEI, font_size=18, align="center_across")
    sheet.write_string(0, 0, edition.title, title)
    sheet.write_blank(0, 1, None, title)
    sheet.write_blank(0, 2, None, title)
    rows = (
        (edition.words.unit, unit.name),
        (edition.words.unit_code, unit.code),
        (edition.words.period, draft.month.words),
    )
    for row, (label, value) in enumerate(rows, start=2):
        sheet.set_row(row, 22)
        sheet.write_string(row, LABEL, label, styles(font_color=MUTED))
        sheet.write_string(row, INPUT, value, styles(font_name=HEI, font_size=12))
    for row, text in enumerate(_legal(draft), start=2):
        sheet.write_string(row, MARK, text, styles(font_color=MUTED, shrink=True))


def _legal(draft: Draft) -> list[str]:
    """The legal block: number, authority, approval of the form as far as there are any, and when it is due."""
    head = head_of(draft.layout.form.edition, draft.office)
    until = f"（有效期至{head.valid_until}）" if head.valid_until else ""
    lines = [f"表    号：{head.form_no}"] if head.form_no else []
    lines += [f"制表机关：{head.authority}"]
    lines += [f"批准文号：{head.approval}{until}"] if head.approval or until else []
    return [*lines, f"报送时间：{_due(draft)}前"]


def _due(draft: Draft) -> str:
    """When the return is due; the one day that is told on the form."""
    return due_in_words(draft.month, draft.office)


def _field(
    workbook: Any,
    sheet: Any,
    styles: Styles,
    row: int,
    field: CoverField,
    text: str,
    cover: str,
    told: tuple[str, str],
) -> None:
    prose = field.kind == "prose"
    sheet.set_row(row, 150 if prose else 26)
    top = {"valign": "top"} if prose else {}
    sheet.write_string(row, LABEL, field.name, styles(font_name=HEI, bottom=1, bottom_color=GRID, **top))
    box = styles(bg_color=INPUT_BG, locked=False, border=1, border_color=GRID, text_wrap=prose, num_format="@", **top)
    sheet.write_string(row, INPUT, text, box) if text else sheet.write_blank(row, INPUT, None, box)
    cell = xl_rowcol_to_cell(row, INPUT)
    mark = styles(font_color=MUTED, indent=1, text_wrap=prose, **top)
    sheet.write_formula(row, MARK, f"={told[0]}", mark, told[1])
    workbook.define_name(cover_name(field.code), f"='{cover}'!{xl_rowcol_to_cell(row, INPUT, True, True)}")
    prompt = {"input_title": field.name[:32], "input_message": field.prompt[:255]}
    if field.choices:
        wrong = {"error_title": "请从下拉框选择", "error_message": f"只能选：{'、'.join(field.choices)}。"[:224]}
        sheet.data_validation(cell, {"validate": "list", "source": list(field.choices), **prompt, **wrong})
    else:
        sheet.data_validation(cell, {"validate": "any", **prompt})


def _code(sheet: Any, styles: Styles, row: int, code: tuple[str, str], means: tuple[str, str]) -> None:
    """The check code, above the seal: whoever signs the paper copy sees which numbers it belongs to."""
    sheet.set_row(row, 24)
    sheet.write_string(row, LABEL, CHECK_CODE, styles(font_name=HEI))
    sheet.write_formula(row, INPUT, f"={code[0]}", styles(font_name=NUMBER, font_size=12), code[1])
    look = styles(font_color=MUTED, indent=1)
    if means[0]:
        sheet.write_formula(row, MARK, f"={means[0]}", look, means[1])
    else:
        sheet.write_string(row, MARK, means[1], look)


def _areas(layout: Layout) -> list[str]:
    """Where the marks stand: of the cover and what is below it, of each table, of each register."""
    last = FIELDS_FROM + len(layout.form.edition.cover) + 1
    areas = [f"C{FIELDS_FROM + 1}:C{last}"]
    for name, rows in layout.sheets.items():
        column = chr(ord("A") + layout.check(name))
        areas.append(f"'{name}'!{column}{FIRST_ROW + 2}:{column}{FIRST_ROW + 1 + len(rows)}")
    return areas + [f"'{table.sheet}'!{xl_rowcol_to_cell(*mark_at(table))}" for table in layout.registers]


def _instructions(sheet: Any, styles: Styles, row: int, lines: tuple[str, ...]) -> int:
    """The seal's place and what to know; returns the last row used."""
    sheet.write_string(row, INPUT, "（单位盖章）", styles(font_name=FANG, font_size=12, align="right"))
    sheet.set_row(row, 40)
    sheet.write_string(row + 1, LABEL, "填报须知", styles(font_name=HEI))
    for n, line in enumerate(lines):
        sheet.set_row(row + 2 + n, 15 * _lines(line))
        sheet.write_string(row + 2 + n, LABEL, f"{n + 1}.", styles(align="right", valign="top"))
        sheet.write_string(row + 2 + n, INPUT, line, styles(text_wrap=True, valign="top"))
    return row + 1 + len(lines)


@cache
def _lines(text: str) -> int:
    return len(wrap(text, WIDTHS[INPUT] - 2))


def set_page(sheet: Any, left: str, right: str) -> None:
    """A4 portrait on one page, protected without a password: widths and heights may be changed."""
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.center_horizontally()
    sheet.set_footer(footer(left, right, FOOT), {"margin": 0.3, "scale_with_doc": False})
    sheet.protect("", {"format_columns": True, "format_rows": True})
