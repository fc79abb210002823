"""同比: the year's figures beside the year before, and the headline's months beside the month before."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import MUTED, Styles, difference_format, number_format
from pipeline.tables.outcome import Outcome
from pipeline.values.growth import GrowthRow

GROWTH = "同比"
HEADS = ("指标", "比较", "计量单位", "本期", "基期", "增减", "增减%", "说明")
WIDTHS = (31, 14, 9, 12, 12, 11, 9, 27)
NOW, BASE, INCREASE, PERCENT, NOTE = range(3, 8)
NONE = "—"
PERCENTAGE = "+0.0_);-0.0_);0.0_)"


def write_growth(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """One line a comparison; increase and percentage are formulas."""
    page = Page(workbook, styles, GROWTH, len(HEADS))
    page.head("主要指标同比和环比", f"统计范围：{outcome.office.settings.scope}    {outcome.span}", "", HEADS)
    rows = (*outcome.growth.yearly, *outcome.growth.monthly)
    for n, row in enumerate(rows):
        kind = "end" if n == len(rows) - 1 else "item" if row.part else "group"
        _row(page, BODY_ROW + n, row, kind)
    page.widths(WIDTHS)
    last = page.notes(BODY_ROW + len(rows), _notes(outcome), sum(WIDTHS) * 1.1)
    page.print_setup(last, outcome.imprint, landscape=False)


def _row(page: Page, at: int, row: GrowthRow, kind: str) -> None:
    growth, quantity, decimals = row.growth, row.quantity, row.quantity.decimals
    page.text(at, 0, row.label, kind, indent=3 if row.part else 1)
    page.text(at, 1, row.spans, kind)
    page.text(at, 2, quantity.unit, kind, align="center", indent=0)
    for column, value in ((NOW, growth.now), (BASE, growth.base)):
        if value is None:
            _none(page, at, column, kind)
        else:
            page.number(at, column, quantity.number(value), kind, num_format=number_format(decimals))
    now, base = xl_rowcol_to_cell(at, NOW), xl_rowcol_to_cell(at, BASE)
    more = f"ROUND({now}-{base},{decimals})" if decimals else f"{now}-{base}"
    increase = NONE if growth.increase is None else quantity.number(growth.increase)
    look = {"num_format": difference_format(decimals)}
    page.formula(at, INCREASE, f'=IF(COUNT({now}:{base})=2,{more},"{NONE}")', increase, kind, **look)
    if growth.apart:
        _none(page, at, PERCENT, kind)
    else:
        rate = f'IF({base}>0,ROUND(({more})*1000/{base},0)/10,"{NONE}")'
        percent = NONE if growth.percent is None else float(growth.percent)
        formula = f'=IF(COUNT({now}:{base})=2,{rate},"{NONE}")'
        page.formula(at, PERCENT, formula, percent, kind, num_format=PERCENTAGE)
    page.text(at, NOTE, growth.note, kind, text_wrap=True, font_size=9.5)
    page.sheet.set_row(at, page.height([(growth.note, WIDTHS[NOTE])], 18.5))


def _none(page: Page, row: int, column: int, kind: str) -> None:
    page.text(row, column, NONE, kind, align="right", indent=0, font_color=MUTED)


def _notes(outcome: Outcome) -> list[str]:
    taken, said = outcome.growth.sources, outcome.spoken
    asked = f"请把上年{said['each_period']}的{said['report']}或“上年数据.xlsx”放进收件夹"
    lines = (
        (
            "增减＝本期－基期；增减%＝增减÷基期×100，保留一位小数。"
            f"全年与上年全年比（同比），{said['each_period']}与{said['last_period']}比（环比）。"
        ),
        f"基期是 0 的只列增减，增减%写“—”；没有基期数的都写“—”，说明里写“无上年数据”“无{said['last_period']}数据”。",
        "“未收齐”写的是有数的份数/应报的份数，增减和增减%也是照有数的算的。",
        "“不可比”：两期入汇的填报单位或所用的表式不同，列出两期的数和增减，不算增减%。",
        f"上年数取自{taken}。" if taken else f"没有上年数：{asked}。",
    )
    return [f"{'注：' if n == 1 else '        '}{n}.{line}" for n, line in enumerate(lines, 1)]
