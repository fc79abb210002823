"""A table in 万: every number rounded so that parts add to totals, every shifted one marked, and listed below."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.below import SYMBOLS
from pipeline.outbox.publish.heads import HEADS
from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import HEI, MUTED, WARN_BG, Styles, number_format, width
from pipeline.tables.outcome import Outcome
from pipeline.tables.rounded import Rounded
from schemas.quantity import Quantity

TEN_THOUSANDS, SHIFTED = "万", "舍位调整"
WIDTHS, LONGEST, LISTED = (16, 12.0, 22), 34, 40
NOTE = (
    "各数化为万后四舍五入，为使分项之和等于合计，按余数大小调整了末位（最大余数法）；调整过的格有底色，"
    f"它的栏名写在“{SHIFTED}”栏。没有调整的，就是单独四舍五入的数。原来的数见同号的表，没有改动。"
)


def sheet_of(made: Rounded) -> str:
    """What its sheet is called."""
    annual = made.table.annual
    return f"{annual.id}{TEN_THOUSANDS}{annual.sheet.removeprefix(annual.id)}"[:31]


def write_rounded(workbook: Any, styles: Styles, outcome: Outcome, made: Rounded) -> None:
    """The table with a column that names what was shifted in each row."""
    table = made.table
    shown = [n for n, column in enumerate(table.columns) if not column.ratio]
    heads = [HEADS[table.annual.rows], *(f"{table.columns[n].name}\n{_unit(made, n)}" for n in shown), SHIFTED]
    page = Page(workbook, styles, sheet_of(made), len(heads))
    meta = f"统计范围：{outcome.office.settings.scope}    {outcome.span}"
    page.head(f"{table.annual.id}  {table.annual.title}（{TEN_THOUSANDS}）", meta, "", heads, 36)
    first = max(WIDTHS[0], min(LONGEST, 5 + max(width(row.label) for row in table.rows)))
    for r, row in enumerate(table.rows):
        at, kind = BODY_ROW + r, "end" if r == len(table.rows) - 1 else row.kind
        heavy: dict[str, Any] = {"font_name": HEI, "bold": False} if row.kind in {"total", "group"} else {}
        page.text(at, 0, row.label, kind, indent=1 + 2 * (row.kind == "item"), text_wrap=True, **heavy)
        page.sheet.set_row(at, page.height([(row.label, first - 3)], 15))
        for column, n in enumerate(shown, start=1):
            _cell(page, at, column, made, (r, n), kind)
        page.text(at, len(shown) + 1, "、".join(table.columns[n].name for n in shown if (r, n) in made.shifted), kind)
    page.widths((first, *(WIDTHS[1],) * len(shown), WIDTHS[2]))
    end = page.notes(BODY_ROW + len(table.rows), [*_told(made, shown), SYMBOLS], page.breadth * 1.05)
    page.print_setup(end, outcome.imprint, landscape=len(shown) > 5)


def _cell(page: Page, at: int, column: int, made: Rounded, place: tuple[int, int], kind: str) -> None:
    r, n = place
    steps, row = made.cells[r][n], made.table.rows[r]
    if steps is None:
        told = "" if row.kind == "heading" else row.answers[n].why.words
        page.text(at, column, told, kind, align="right", indent=0, font_color=MUTED)
        return
    look = {"bg_color": WARN_BG} if place in made.shifted else {}
    number = Quantity("", made.decimals).number(steps)
    page.number(at, column, number, kind, num_format=number_format(made.decimals), **look)


def _told(made: Rounded, shown: list[int]) -> list[str]:
    """The note on how it was made, and every cell that was shifted."""
    table, quantity = made.table, Quantity("", made.decimals)
    listed = [
        f"{table.rows[r].label}“{table.columns[n].name}”（{xl_rowcol_to_cell(BODY_ROW + r, shown.index(n) + 1)}）"
        f"由 {quantity.show(made.alone(r, n))} 调为 {quantity.show(made.cells[r][n] or 0)}"
        for r, n in sorted(made.shifted)
    ]
    return [f"注：{NOTE}", f"共调整 {len(listed)} 格。", *listed]


def _unit(made: Rounded, n: int) -> str:
    return f"{TEN_THOUSANDS}{made.table.columns[n].unit}"
