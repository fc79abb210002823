"""A form sheet of a return: title, banner, headings, its rows, its page."""

from collections.abc import Mapping
from typing import Any

from pipeline.paper.templates.cover import colour_banner, set_page
from pipeline.paper.templates.layout import (
    CHECK,
    CODE,
    FIRST_ROW,
    LAST_MONTH,
    MONTH,
    NAME,
    NOTE,
    UNIT,
    YEAR_TO_DATE,
    Cells,
    GridHead,
)  # fmt: skip
from pipeline.paper.templates.rows import Rows, rooms
from pipeline.paper.theme import ERR, ERR_BG, GRID, HEAD_BG, HEI, MUTED, OK, WARN, WARN_BG
from schemas.head import head_of

WIDTHS = {CODE: 5, NAME: 35, UNIT: 9, MONTH: 10, YEAR_TO_DATE: 9.5, LAST_MONTH: 9, CHECK: 13.5, NOTE: 9}
PAGE_HEIGHT = 850  # points of rows that fill an upright page at the scale that the widths above give
TALLEST, LEAST = 20.0, 13.5


def write_sheet(rows: Rows, marks: Mapping[Cells, str], banner: tuple[str, str]) -> None:
    """Write one form sheet whole; its rows are as tall as one page allows."""
    sheet, lines, edition = rows.sheet, rows.layout.sheets[rows.name], rows.layout.form.edition
    sheet.hide_gridlines(2)
    for column, wide in widths([line for line in lines if isinstance(line, Cells)]).items():
        sheet.set_column(column, column, wide)
    _head(rows, banner)
    height = min(TALLEST, max(LEAST, PAGE_HEIGHT / len(lines)))
    for row, line in enumerate(lines, start=FIRST_ROW + 1):
        sheet.set_row(row, height)
        if isinstance(line, str):
            rows.section(row, line)
        elif isinstance(line, GridHead):
            rows.grid_head(row, line)
        else:
            rows.write(row, line, marks[line])
    last = FIRST_ROW + len(lines)
    _colour_marks(rows.workbook, sheet, (FIRST_ROW + 1, CHECK, last, CHECK))
    sheet.freeze_panes(FIRST_ROW + 1, MONTH)
    sheet.print_area(0, 0, last, NOTE)
    sheet.set_selection(FIRST_ROW + 2, MONTH, FIRST_ROW + 2, MONTH)
    set_page(
        sheet,
        head_of(edition, rows.draft.office).form_no or edition.id,
        f"{rows.draft.unit.short} {rows.draft.month.words}",
    )


def widths(lines: list[Cells]) -> dict[int, float]:
    """The columns' widths; long codes and large figures take their room from the names, which shrink."""
    code = max(len(line.first.line) for line in lines if not line.first.is_total) + 1
    wider = {column: max(wide, WIDTHS[column]) for column, wide in (rooms(lines) | {CODE: code}).items()}
    taken = sum(wide - WIDTHS[column] for column, wide in wider.items())
    return WIDTHS | wider | {NAME: WIDTHS[NAME] - taken}


def _head(rows: Rows, banner: tuple[str, str]) -> None:
    """Title, unit and period, the banner, the column headings."""
    sheet, styles, draft = rows.sheet, rows.styles, rows.draft
    words = draft.layout.form.edition.words
    title = next(table.title for table in draft.layout.form.edition.tables if table.sheet == rows.name)
    look = styles(font_name=HEI, font_size=16, align="center_across")
    sheet.write_string(0, 0, title, look)
    for column in range(1, NOTE + 1):
        sheet.write_blank(0, column, None, look)
    said = f"{words.unit}：{draft.unit.name}（{draft.unit.code}）    {words.period}：{draft.month.words}"
    sheet.write_string(1, 0, said, styles(font_color=MUTED))
    sheet.write_formula(2, 0, f"={banner[0]}", styles(font_name=HEI, font_size=11, indent=1), banner[1])
    colour_banner(rows.workbook, sheet, "$A$3", (2, 0, 2, NOTE))
    headings = (words.code, words.name, words.unit_of_measure, words.month, words.year_to_date, words.last_month)
    for column, heading in enumerate((*headings, words.check, words.note)):
        edge = {} if column == NOTE else {"right": 1, "right_color": GRID}
        look = styles(font_name=HEI, align="center", bg_color=HEAD_BG, top=2, bottom=1, **edge)
        sheet.write_string(FIRST_ROW, column, heading, look)
    for row, height in enumerate((30, 17, 24, 22)):
        sheet.set_row(row, height)


def _colour_marks(workbook: Any, sheet: Any, area: tuple[int, int, int, int]) -> None:
    for sign, look in (
        ("×", {"font_color": ERR, "bg_color": ERR_BG}),
        ("!", {"font_color": WARN, "bg_color": WARN_BG}),
        ("√", {"font_color": OK}),
    ):
        rule = {"type": "text", "criteria": "begins with", "value": sign, "format": workbook.add_format(look)}
        sheet.conditional_format(*area, rule)
