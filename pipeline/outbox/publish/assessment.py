"""考核: how each unit did, beside its own past and its peers. There is no mark and no rank."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.outbox.publish.unit_chart import COLOURS, draw
from pipeline.outbox.publish.unit_columns import Column, columns_of, method
from pipeline.paper.theme import DIFFERENCE, MUTED, WARN, Styles, width
from pipeline.tables.outcome import Outcome
from pipeline.values.assessed import Assessed
from schemas.day import in_words

ASSESSMENT = "考核"
NOT_SAID, NONE = "不评", "—"
NOTHING_DUE = "还没有到应报日期的报表，暂不考核。"
ZERO_AS_DOT, MIDDLE = '#,##0;-#,##0;"·"', "0.#"
SHARE = '[=1]0%;[>=0.9995]">99.9%";0.0%'  # 100% is all of them


def write_assessment(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """The sum, the medians of each kind, then one row a unit in the office's order; a chart of what went wrong."""
    columns, units = columns_of(outcome), outcome.assessed
    page = Page(workbook, styles, ASSESSMENT, len(columns))
    months = max((unit.owed for unit in units), default=0)
    meta = f"{outcome.year}年应报日期已过的{months}个月    截至{in_words(outcome.as_of)}"
    page.head("各单位报送考核", meta, "单位：份，另注明的除外", [column.head for column in columns], height=34)
    kinds = {unit.kind: unit for unit in units}
    first = BODY_ROW + 1 + len(kinds)
    least = outcome.office.settings.thresholds.assessed_returns
    if units:
        _total(page, columns, units, first)
    else:
        page.text(BODY_ROW, 0, NOTHING_DUE, "end")
    for n, (kind, unit) in enumerate(kinds.items(), start=1):
        _medians(page, BODY_ROW + n, columns, f"中位：{kind}", unit)
    for n, unit in enumerate(units):
        _unit(page, first + n, columns, unit, least, "end" if n == len(units) - 1 else "item")
    widths = [column.wide for column in columns]
    widths[0] = max(widths[0], *(width(f"中位：{kind}") + 2 for kind in kinds)) if kinds else widths[0]
    page.widths(widths)
    end = page.notes(first + len(units), method(outcome), sum(widths) * 1.05)
    if units:
        letters = {name: _letter(columns, name) for name in COLOURS}
        end = draw(page, letters, units, first, end + 2, sum(widths))
    page.print_setup(end, outcome.imprint, landscape=True)


def _total(page: Page, columns: Sequence[Column], units: Sequence[Assessed], first: int) -> None:
    """The first row: the sums of what adds up, and the shares of them."""
    page.text(BODY_ROW, 0, "合    计", "total")
    last = first + len(units)
    sums = {c.head: sum(int(str(c.value(u))) for u in units) for c in columns if c.adds}
    for n, column in enumerate(columns[1:], start=1):
        if column.adds:
            letter = xl_col_to_name(n)
            formula, look = f"=SUM({letter}{first + 1}:{letter}{last})", {"num_format": ZERO_AS_DOT}
            page.formula(BODY_ROW, n, formula, sums[column.head], "total", align="center", **look)
        elif column.over and sums[column.over[1]]:
            part, whole = (_letter(columns, name) for name in column.over)
            formula, value = f"={part}{BODY_ROW + 1}/{whole}{BODY_ROW + 1}", _share(sums, column.over)
            page.formula(BODY_ROW, n, formula, value, "total", align="center", num_format=SHARE)
        else:
            _nothing(page, BODY_ROW, n, "total")


def _medians(page: Page, row: int, columns: Sequence[Column], label: str, unit: Assessed) -> None:
    """The medians of a kind, which any of its units knows."""
    page.text(row, 0, label, "group")
    for n, column in enumerate(columns[1:], start=1):
        value = column.median(unit)
        if value is None:
            _nothing(page, row, n, "group")
        else:
            form = SHARE if column.kind == "share" else MIDDLE if value % 1 else "0"
            page.number(row, n, value, "group", align="center", num_format=form)


def _unit(page: Page, row: int, columns: Sequence[Column], unit: Assessed, least: int, kind: str) -> None:
    page.sheet.set_row(row, 17)
    for n, column in enumerate(columns):
        value = column.value(unit)
        if column.over:
            part, whole = (f"{_letter(columns, name)}{row + 1}" for name in column.over)
            shown = NOT_SAID if value is None else value
            formula = f'=IF({whole}<{least},"{NOT_SAID}",{part}/{whole})'
            page.formula(row, n, formula, shown, kind, align="center", num_format=SHARE)
        elif value is None:
            page.mark(row, n, NOT_SAID, "", kind)
        elif isinstance(value, str):
            ink = {"font_color": WARN if "低" in value else MUTED} if n else {}
            page.text(row, n, value, kind, shrink=True, **ink)
        else:
            form = DIFFERENCE if column.kind == "change" else ZERO_AS_DOT
            page.number(row, n, value, kind, align="center", num_format=form)


def _nothing(page: Page, row: int, column: int, kind: str) -> None:
    page.text(row, column, NONE, kind, align="center", indent=0, font_color=MUTED)


def _letter(columns: Sequence[Column], head: str) -> str:
    return str(xl_col_to_name([column.head for column in columns].index(head)))


def _share(sums: dict[str, int], over: tuple[str, str]) -> float:
    return sums[over[0]] / sums[over[1]]
