"""报送情况: who reported when, unit by month."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.outbox.publish.trace import STATUS, Trace
from pipeline.paper.theme import CALM_BG, ERR, ERR_BG, NAVY, WARN, WARN_BG, Styles
from pipeline.tables.outcome import Outcome
from pipeline.values.periods import due_in_words
from schemas.period import called
from schemas.units import UnitRow

ON_TIME, MISSING, RETURNED, OUTSIDE = "√", "未报", "退回", "—"
SHORTEST_MONTH = 28
COUNTS = {"按时": "√*", "迟报": "*迟*", "退过": "*退*", "未报": MISSING}


def versions_of(outcome: Outcome) -> dict[tuple[str, str], list[Any]]:
    """The versions of each unit's month, in order; of one that is missing, its row without a file."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in outcome.returns.sort_values("version", kind="stable").itertuples(index=False):
        if row.unit and row.period and row.state != "作废":
            found.setdefault((str(row.unit), str(row.period)), []).append(row)
    return found


def mark_of(versions: list[Any]) -> str:
    """The mark of a unit's month: √ 按时, 迟n, 退n 退回n次后通过, 退回 (the newest is) 未改, 未报."""
    there = [row for row in versions if row.state != MISSING]
    if not there:
        return MISSING
    late, returned = int(there[0].days_late), sum(row.state == RETURNED for row in there)
    sign = f"迟{late}" if late else ON_TIME if returned < len(there) else ""
    return sign + (RETURNED if there[-1].state == RETURNED else f"退{returned}" if returned else "")


def marks_of(outcome: Outcome) -> list[tuple[UnitRow, list[str]]]:
    """The units of the year with their mark for each month, — where a unit owed no return."""
    found = {key: mark_of(own) for key, own in versions_of(outcome).items()}
    months = [str(month) for month in outcome.months]
    owed = {(unit.code, month) for month in months for unit in outcome.office.units_in(month)}
    return [
        (unit, [found.get(whose := (unit.code, month), "" if whose in owed else OUTSIDE) for month in months])
        for unit in outcome.office.owing(months)
    ]


def counted(name: str, mark: str) -> bool:
    """Whether a mark is one of those that ``name`` of COUNTS counts."""
    return {"按时": mark.startswith(ON_TIME), "迟报": "迟" in mark, "退过": "退" in mark, "未报": mark == MISSING}[name]


def write_status(workbook: Any, styles: Styles, outcome: Outcome, trace: Trace) -> None:
    """One row a unit, one column a month, then four counts."""
    months = outcome.months
    page = Page(workbook, styles, STATUS, len(months) + 1 + len(COUNTS))
    deadline = outcome.office.settings.deadline
    short = "（没有这一天的月份为月末）" if deadline.day > SHORTEST_MONTH else ""
    moved = "（遇节假日顺延）" if deadline.postpone == "workday" else ""
    due = f"每月{deadline.day}日前报上月数据{short}"
    if months[-1].length > 1:
        due = f"{due_in_words(months[-1], outcome.office)}前"
    meta = f"应报：{due}{moved}    {outcome.span}"
    heads = ["报送单位", *(m.short for m in months), *COUNTS]
    page.head(f"{outcome.spoken['report']}报送情况（及时性与完整性）", meta, "单位：份", heads)
    units = marks_of(outcome)
    for n, (unit, line) in enumerate(units):
        row, kind = BODY_ROW + n, "end" if n == len(units) - 1 else "item"
        page.text(row, 0, unit.short, kind)
        page.sheet.set_row(row, 18.5)
        for c, (mark, month) in enumerate(zip(line, months, strict=True), start=1):
            page.mark(row, c, mark, trace.source(unit.code, str(month)), kind)
        for c, name in enumerate(COUNTS, start=len(months) + 1):
            write_count(page, row, c, name, line, 1, kind)
    colour_marks(page, (BODY_ROW, 1, BODY_ROW + len(units) - 1, len(months)))
    last = BODY_ROW + len(units)
    legend = "注：“√”按时；“迟3”迟报3天；“退1”退回修改1次后通过；“退回”退回未改；“未报”截至汇总仍未报送；“·”0份。"
    widths = [15, *[6.5] * (len(months) + len(COUNTS))]
    page.widths(widths)
    legend += "黑白打印以文字为准。"
    notes = [legend, typed_in_words(outcome), outcome.became, f"汇总范围：{outcome.coverage.words}。", outcome.calendar]
    end = page.notes(last, [note for note in notes if note], sum(widths))
    page.print_setup(end, outcome.imprint, landscape=True)


def typed_in_words(outcome: Outcome) -> str:
    """Which returns the office filled in from paper; "" where there is none."""
    returns = outcome.returns[outcome.returns["version"].notna() & ~outcome.returns["state"].isin(["作废", RETURNED])]
    counts = returns.sort_values("version").drop_duplicates(
        ["unit", "period"], keep="last"
    )  # not one that was replaced
    own = returns[(returns["typed"] != "") & returns.index.isin(counts.index)]
    named = (f"{outcome.office.short(str(r.unit), str(r.period))}{called(str(r.period))}" for r in own.itertuples())
    return f"其中{len(own)}份由办公室照纸质件代录：{'、'.join(named)}。" if len(own) else ""


def write_count(page: Page, row: int, column: int, name: str, marks: Sequence[str], first: int, kind: str) -> None:
    """How many of the row's marks, which begin in column ``first``, are of a kind of COUNTS."""
    cells = f"{xl_rowcol_to_cell(row, first)}:{xl_rowcol_to_cell(row, first + len(marks) - 1)}"
    value = sum(counted(name, mark) for mark in marks)
    look = {"num_format": '0;-0;"·"', "align": "center"}
    page.formula(row, column, f'=COUNTIF({cells},"{COUNTS[name]}")', value, kind, **look)


def colour_marks(page: Page, area: tuple[int, int, int, int]) -> None:
    """What is missing, was sent back or came late shows in colour; the words alone say it too."""
    for text, look in (
        (MISSING, {"font_color": ERR, "bg_color": ERR_BG, "bold": True}),
        ("退", {"font_color": NAVY, "bg_color": CALM_BG}),
        ("迟", {"font_color": WARN, "bg_color": WARN_BG}),
    ):
        style = page.workbook.add_format(look)
        page.sheet.conditional_format(*area, {"type": "text", "criteria": "containing", "value": text, "format": style})
