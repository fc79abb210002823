"""报送情况: who reported when, unit by month."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outcome import Outcome
from pipeline.publish.page import BODY_ROW, Page
from pipeline.publish.trace import SOURCES, STATUS, Trace
from pipeline.theme import CALM_BG, ERR, ERR_BG, NAVY, WARN, WARN_BG, Styles

ON_TIME, MISSING, RETURNED = "√", "未报", "退回"
COUNTS = (("按时", "√*"), ("迟报", "*迟*"), ("退过", "*退*"), ("未报", MISSING))


def marks(outcome: Outcome) -> dict[tuple[str, str], str]:
    """The mark of each unit and month owed: √ 按时, 迟n, 退n 退回n次后通过, 退回 未改, 未报."""
    versions: dict[tuple[str, str], list[Any]] = {}
    for row in outcome.returns.sort_values("version").itertuples(index=False):
        if row.unit and row.period and row.state != "作废":
            versions.setdefault((str(row.unit), str(row.period)), []).append(row)
    return {key: _mark(own) for key, own in versions.items()}


def _mark(versions: list[Any]) -> str:
    """The mark of one unit and month, by its versions in order (a missing return is one without a file)."""
    there = [row for row in versions if row.state != MISSING]
    if not there:
        return MISSING
    late, returned = int(there[0].days_late), sum(row.state == RETURNED for row in there)
    accepted = returned < len(there)
    mark = f"迟{late}" if late else ON_TIME if accepted else ""
    return mark + (RETURNED if not accepted else f"退{returned}" if returned else "")


def write_status(workbook: Any, styles: Styles, outcome: Outcome, trace: Trace) -> None:
    """One row a unit, one column a month, then four counts."""
    months = outcome.months
    page = Page(workbook, styles, STATUS, len(months) + 1 + len(COUNTS))
    due = outcome.office.settings.deadline.day
    meta = f"应报：每月{due}日前报上月数据（遇节假日顺延）    {outcome.span}"
    heads = ["报送单位", *(f"{m.month}月" for m in months), *(name for name, _ in COUNTS)]
    page.head("月报报送情况（及时性与完整性）", meta, "单位：份", heads)
    found = marks(outcome)
    units = [u for u in outcome.office.units if any(u.valid(str(month)) for month in months)]
    for n, unit in enumerate(units):
        row, kind = BODY_ROW + n, "end" if n == len(units) - 1 else "item"
        page.text(row, 0, unit.short, kind)
        page.sheet.set_row(row, 18.5)
        line = [found.get((unit.code, str(month)), "—" if not unit.valid(str(month)) else "") for month in months]
        for c, (mark, month) in enumerate(zip(line, months, strict=True), start=1):
            at = trace.rows.get((unit.code, str(month)))
            page.mark(row, c, mark, f"'{SOURCES}'!A{at}" if at else "", kind)
        cells = f"{xl_rowcol_to_cell(row, 1)}:{xl_rowcol_to_cell(row, len(months))}"
        for c, (name, pattern) in enumerate(COUNTS, start=len(months) + 1):
            value = sum(_counts(name, mark) for mark in line)
            look = {"num_format": '0;-0;"·"', "align": "center"}
            page.formula(row, c, f'=COUNTIF({cells},"{pattern}")', value, kind, **look)
    _colours(page, len(units), len(months))
    last = BODY_ROW + len(units)
    legend = "注：“√”按时；“迟3”迟报3天；“退1”退回修改1次后通过；“退回”退回未改；“未报”截至汇总仍未报送；“·”0份。"
    widths = [15, *[6.5] * (len(months) + len(COUNTS))]
    page.widths(widths)
    end = page.notes(last, [legend + "黑白打印以文字为准。", f"汇总范围：{outcome.coverage.words}。"], sum(widths))
    page.print_setup(end, f"{outcome.span}汇总", landscape=True)


def _counts(name: str, mark: str) -> bool:
    return {"按时": mark.startswith(ON_TIME), "迟报": "迟" in mark, "退过": "退" in mark, "未报": mark == MISSING}[name]


def _colours(page: Page, units: int, months: int) -> None:
    area = (BODY_ROW, 1, BODY_ROW + units - 1, months)
    for text, look in (
        (MISSING, {"font_color": ERR, "bg_color": ERR_BG, "bold": True}),
        ("退", {"font_color": NAVY, "bg_color": CALM_BG}),
        ("迟", {"font_color": WARN, "bg_color": WARN_BG}),
    ):
        style = page.workbook.add_format(look)
        page.sheet.conditional_format(*area, {"type": "text", "criteria": "containing", "value": text, "format": style})
