"""修订记录: what changed since it was forwarded, why, and what moves with it."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import MUTED, Styles, difference_format, number_format
from pipeline.tables.outcome import Outcome
from pipeline.values.revisions import Change, Moved, Revisions
from schemas.period import length_of, spoken

REVISIONS = "修订记录"
HEADS = ("上报版本", "种类", "报告期或表", "单位或行", "指标或栏", "原数", "现数", "增减", "原因", "来源", "计量单位")
WIDTHS = (13, 10, 14, 16, 24, 11, 11, 11, 26, 30, 9)
UNIT = HEADS.index("计量单位")
LEGEND = (
    "注：“随之变动”是上报的年度各表里与现在不同的格，原数是上报时印的数；"
    "“以后月份”是还没有把改变算进去的本年累计，原数是单位填的，现数是应有的。"
)
DIFFERS, FOLLOWS, LATER = "数字改变", "随之变动", "以后月份"


def write_revisions(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """The numbers that changed by month and unit, then the printed cells that move, then later months' 本年累计."""
    page = Page(workbook, styles, REVISIONS, len(HEADS))
    page.head(REVISIONS, said(outcome), "", list(HEADS))
    lines: list[Change | Moved] = []
    for own in (outcome.revisions, outcome.closed):
        lines += [*own.changes, *own.moved]
    for n, item in enumerate(lines):
        row, kind = BODY_ROW + n, "end" if n == len(lines) - 1 else "item"
        texts = _of_change(item, outcome) if isinstance(item, Change) else _of_moved(item)
        for column, text in texts.items():
            page.text(row, column, text, kind, text_wrap=True)
        _numbers(page, row, item, kind)
        page.sheet.set_row(row, page.height([(text, WIDTHS[column]) for column, text in texts.items()]))
    if not lines:
        page.text(BODY_ROW, 0, "没有", "end", font_color=MUTED)
        for column in range(1, len(HEADS)):
            page.text(BODY_ROW, column, "", "end")
    last = BODY_ROW + max(len(lines), 1)
    end = page.notes(last, [LEGEND], sum(WIDTHS))
    page.widths(WIDTHS)
    page.print_setup(end, outcome.imprint, landscape=True, freeze_columns=0)


def said(outcome: Outcome) -> str:
    """What differs from what was forwarded, in one sentence."""
    told = _said(outcome.revisions) if outcome.revisions.published else f"{outcome.year}年还没有上报过。"
    if not outcome.closed.any:
        return told
    return f"{told}{outcome.year - 1}年结束以后：{_said(outcome.closed)}这些不再改动{outcome.year - 1}年的数字。"


def _said(revisions: Revisions) -> str:
    against = f"与上报的{revisions.words}（{revisions.published}）相比"
    kept = "" if revisions.cells_known else "那一版没有留存逐格的表，只比较了各单位的数。"
    if not revisions.any:
        return f"{against}，数字没有变化。{kept}"
    units = len({(change.unit, change.period) for change in revisions.changes})
    called = spoken(length_of(next(iter(revisions.changes)).period) if revisions.changes else 0)["report"]
    return f"{against}，{units}份{called}的{len(revisions.changes)}个数有变化，随之变动{len(revisions.moved)}处。{kept}"


def _of_change(change: Change, outcome: Outcome) -> dict[int, str]:
    place = f"{change.file} {change.sheet}!{change.cell}" if change.cell else ""
    unit = outcome.office.short(change.unit, change.period)
    return {0: change.published, 1: DIFFERS, 2: change.period, 3: unit, 4: change.label, 8: change.cause, 9: place}


def _of_moved(moved: Moved) -> dict[int, str]:
    kind = FOLLOWS if moved.table else LATER
    return {0: moved.published, 1: kind, 2: moved.table or moved.title, 3: moved.row, 4: moved.column, 8: "", 9: ""}


def _numbers(page: Page, row: int, item: Change | Moved, kind: str) -> None:
    """Before, after, and their difference, which is a formula; what was or is not there is a dash."""
    quantity, decimals = item.quantity, item.quantity.decimals
    states = (item.before_state, item.after_state) if isinstance(item, Moved) else ("—", "—")
    for column, value, state in ((5, item.before, states[0]), (6, item.after, states[1])):
        if value is None:
            page.text(row, column, state, kind, align="center", indent=0, font_color=MUTED)
        else:
            page.number(row, column, quantity.number(value), kind, num_format=number_format(decimals))
    before, after = (f"N({xl_rowcol_to_cell(row, column)})" for column in (5, 6))
    more = f"ROUND({after}-{before},{decimals})" if decimals else f"{after}-{before}"
    if item.difference is None:
        page.text(row, 7, "—", kind, align="center", indent=0, font_color=MUTED)
    else:
        page.formula(row, 7, f"={more}", quantity.number(item.difference), kind, num_format=difference_format(decimals))
    page.text(row, UNIT, item.unit_of_measure, kind, align="center", indent=0)
