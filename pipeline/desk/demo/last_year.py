"""Write the demonstration's 上年数据.xlsx: the plan's figures of the year before, and what January carries over."""

from collections.abc import Iterator
from datetime import datetime, time

from pipeline.desk.demo.year import Year
from pipeline.judge.last_year import HEADINGS, LAST_YEAR
from pipeline.paper.xlsx import Workbook
from pipeline.values.periods import Month
from schemas.units import UnitRow

WIDTHS = (14, 14, 13, 6, 14, 34, 12, 22)


def write_last_year(year: Year) -> None:
    """The city's figures of the year and of its December, then each unit's closing figures as January opens with."""
    december = Month(year.plan.year - 1, 12)
    with Workbook(year.inbox / LAST_YEAR) as workbook:
        workbook.set_properties({"created": datetime.combine(year.plan.as_of, time())})
        sheet = workbook.add_worksheet(LAST_YEAR.removesuffix(".xlsx"))
        for column, (heading, wide) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.write_string(0, column, heading)
            sheet.set_column(column, column, wide)
        for row, cells in enumerate(_rows(year, december), start=1):
            for column, cell in enumerate(cells):
                sheet.write_number(row, column, cell) if isinstance(cell, float) else sheet.write_string(
                    row, column, cell
                )
        sheet.freeze_panes(1, 0)


def _rows(year: Year, december: Month) -> Iterator[tuple[str | float, ...]]:
    plan = year.plan.year_before
    for period, figures in ((f"{december.year}年", plan.totals), (december.words, plan.december)):
        for line, value in figures.items():
            yield _row(year, None, period, line, value)
    january = december.plus(1)
    for flow in year.plan.flows:
        for unit in year.office.units_in(str(january)):
            numbers = year.values.get((unit.short, january), {})
            yield _row(year, unit, december.words, flow.closing, numbers.get(year.ref(flow.opening), 0))


def _row(year: Year, unit: UnitRow | None, period: str, line: str, value: int) -> tuple[str | float, ...]:
    ref = year.ref(line)
    entry = year.form.entry(ref)
    whose = (unit.code, unit.short) if unit else ("", "")
    return (
        *whose,
        period,
        ref.table,
        entry.code,
        entry.label,
        float(entry.quantity.exact(value)),
        year.plan.year_before.at,
    )
