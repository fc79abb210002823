"""A form sheet of a return: title, banner, headings, its rows, its page."""

from collections.abc import Mapping
from math import ceil

from pipeline.paper.templates.banner import colour_banner, colour_marks
from pipeline.paper.templates.cover import set_page
from pipeline.paper.templates.layout import (
    CHECK,
    CODE,
    FIRST_ROW,
    GRID,
    LAST_MONTH,
    MONTH,
    NAME,
    NOTE,
    UNIT,
    YEAR_TO_DATE,
    Cells,
    GridHead,
    GroupHead,
    Layout,
)  # fmt: skip
from pipeline.paper.templates.rows import Rows, rooms
from pipeline.paper.theme import GRID as LINE
from pipeline.paper.theme import HEAD_BG, HEI, MUTED, width
from schemas.entry import TOTAL_ROW, Entry
from schemas.head import head_of

WIDTHS = {CODE: 5, NAME: 35, UNIT: 9, MONTH: 10, YEAR_TO_DATE: 9.5, LAST_MONTH: 9, CHECK: 13.5, NOTE: 9}
WIDE, LONG_NAME = 10.5, 48  # of a figure and of a name on a sheet that lies on its side
PAGE_HEIGHT = 850  # points of rows that fill an upright page at the scale that the widths above give
TALLEST, LEAST, TWO_LINES, FOLD = 20.0, 13.5, 30.0, 12.5
SMALLEST, SHRUNK = 0.6, 0.8  # of its size: what is printed smaller cannot be read; how far a name is shrunk, not folded
MOST_FOLDS, MOST_HEAD = 4, 3  # lines that a name, and a column's heading, may take
FOLDED_HEAD, BREADTH = 12.0, 99.0  # of a column whose heading is folded; of all columns on an upright page


def write_sheet(rows: Rows, marks: Mapping[Cells, str], banner: tuple[str, str]) -> None:
    """Write one form sheet whole; its rows are as tall as one page allows."""
    sheet, lines, edition = rows.sheet, rows.layout.sheets[rows.name], rows.layout.form.edition
    sheet.hide_gridlines(2)
    layout, check, note = rows.layout, rows.layout.check(rows.name), rows.layout.note(rows.name)
    own = [line for line in lines if isinstance(line, Cells)]
    wides = widths(own, layout.grid(rows.name), layout.heads(rows.name))
    for column, wide in wides.items():
        sheet.set_column(column, column, wide, None, {"hidden": not wide})
    _head(rows, banner)
    height = min(TALLEST, max(LEAST, (PAGE_HEIGHT / 2 if layout.is_wide(rows.name) else PAGE_HEIGHT) / len(lines)))
    for row, line in enumerate(lines, start=FIRST_ROW + 1):
        sheet.set_row(row, height)
        if isinstance(line, str):
            rows.section(row, line)
        elif isinstance(line, GroupHead):
            rows.group_head(row, line)
            sheet.set_row(row, max(height, TWO_LINES if line.note else 0))
        elif isinstance(line, GridHead):
            rows.grid_head(row, line)
            folds = max(map(head_folds, map(_named, line.columns), (wides[c] for c in layout.grid(rows.name))))
            sheet.set_row(row, max(height, FOLD * folds + 3))
        else:
            folds = folded(line, layout, wides[NAME])
            rows.write(row, line, marks[line], wrapped=folds > 1)
            if folds > 1:
                sheet.set_row(row, max(height, FOLD * folds))
    last = FIRST_ROW + len(lines)
    colour_marks(rows.workbook, sheet, (FIRST_ROW + 1, check, last, check))
    sheet.freeze_panes(FIRST_ROW + 1, MONTH)
    sheet.print_area(0, 0, last, note)
    sheet.set_selection(FIRST_ROW + 2, MONTH, FIRST_ROW + 2, MONTH)
    number = head_of(edition, rows.draft.office).form_no or edition.id
    set_page(sheet, number, f"{rows.draft.unit.short} {rows.draft.month.words}")
    if layout.is_wide(rows.name):
        sheet.set_landscape()


def folded(row: Cells, layout: Layout, wide: float) -> int:
    """On how many lines a row's name stands: on one, shrunk, as long as it can be read so."""
    name = row.first.name.rpartition("·")[0] if row.is_grid else row.first.name
    room = wide - 2 * layout.depth(row.first)
    return 1 if width(name) * SHRUNK <= room else ceil(width(name) * 0.9 / room + 0.2)


def _named(entry: Entry) -> str:
    """What a column of a matrix is called."""
    return entry.name.rpartition("·")[2]


def _head_wide(head: str) -> float:
    """How wide a column must be for its heading, a long one on two lines."""
    return min(width(head) + 1.5, max(FOLDED_HEAD, width(head) / 2 + 2.5))


def head_folds(head: str, wide: float) -> int:
    """On how many lines a column's heading stands."""
    return ceil((width(head) + 0.5) / wide)


def widths(lines: list[Cells], grid: tuple[int, ...], heads: Mapping[int, str]) -> dict[int, float]:
    """The columns' widths; long codes, headings and large figures take their room from the names, which shrink."""
    needed = rooms(lines, grid)
    needed |= {column: max(needed.get(column, 0), _head_wide(head)) for column, head in heads.items()}
    code = max(len(line.first.line) for line in lines if line.first.row != TOTAL_ROW) + 1
    if len(grid) > len(GRID):  # a wide sheet has the room of a page on its side
        own = {column: max(wide, WIDE) for column, wide in needed.items()}
        return {CODE: code, NAME: LONG_NAME, **own, grid[-1] + 1: WIDTHS[CHECK], grid[-1] + 2: WIDTHS[NOTE]}
    if len(grid) < len(GRID):  # nothing but matrices: names take what is left
        own = {column: max(wide, FOLDED_HEAD) for column, wide in needed.items()}
        ends = {grid[-1] + 1: WIDTHS[CHECK], grid[-1] + 2: WIDTHS[NOTE]}
        left = BREADTH - code - sum(own.values()) - sum(ends.values())
        return {CODE: code, NAME: min(LONG_NAME, max(WIDTHS[NAME], left)), **own, **ends}
    wider = {column: max(wide, WIDTHS[column]) for column, wide in (needed | {CODE: code}).items()}
    if not any(line.is_grid or "year_to_date" in line.first.measures for line in lines):
        wider[YEAR_TO_DATE] = 0  # nothing stands in it: it is not shown
    taken = sum(wide - WIDTHS[column] for column, wide in wider.items())
    return WIDTHS | wider | {NAME: WIDTHS[NAME] - taken}


def _head(rows: Rows, banner: tuple[str, str]) -> None:
    """Title, unit and period, the banner, the column headings."""
    sheet, styles, draft = rows.sheet, rows.styles, rows.draft
    words = draft.layout.form.edition.words
    lines = rows.layout.sheets[rows.name]
    title = next(table.title for table in draft.layout.form.edition.tables if table.sheet == rows.name)
    look = styles(font_name=HEI, font_size=16, align="center_across")
    sheet.write_string(0, 0, title, look)
    last = rows.layout.note(rows.name)
    for column in range(1, last + 1):
        sheet.write_blank(0, column, None, look)
    said = f"{words.unit}：{draft.unit.name}（{draft.unit.code}）    {words.period}：{draft.month.words}"
    sheet.write_string(1, 0, said, styles(font_color=MUTED))
    sheet.write_formula(2, 0, f"={banner[0]}", styles(font_name=HEI, font_size=11, indent=1), banner[1])
    colour_banner(rows.workbook, sheet, "$A$3", (2, 0, 2, last))
    headings = [words.unit_of_measure, words.month, words.year_to_date, words.last_month]
    if all(not isinstance(line, Cells) or line.is_grid for line in lines) and rows.layout.heads(rows.name):
        headings = [""] * len(rows.layout.grid(rows.name))
    for column, heading in enumerate((words.code, words.name, *headings, words.check, words.note)):
        edge = {} if column == last else {"right": 1, "right_color": LINE}
        look = styles(font_name=HEI, align="center", bg_color=HEAD_BG, top=2, bottom=1, **edge)
        sheet.write_string(FIRST_ROW, column, heading, look)
    for row, height in enumerate((30, 17, 24, 22)):
        sheet.set_row(row, height)
