"""All lines of a unit's form by its twelve months: a number, or why there is none; the year as a live sum."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import MUTED, Styles, number_format
from pipeline.tables.outcome import Outcome
from pipeline.values.answer import Answer, Why
from schemas.day import in_words
from schemas.entry import Entry
from schemas.quantity import Quantity
from schemas.rules.terms import Linear, Ref
from schemas.units import UnitRow

FIGURES = "年表"
HEADS, WIDTHS = ("代码", "指标", "计量单位"), (13, 34, 9)
MONTH_WIDE, YEAR_WIDE = 8.5, 11
SIGN = ("本单位负责人", "填报人", "盖章", "日期")
NOTES = (
    "各月的数是入汇的那一版里填的；全年：发生数为各月之和，期末数为最后一期，期初数为第一期。没有数的格写原因；“—”是这个月不问。",
    "这张表请本单位核对。有出入的，请写明表号、代码和月份，报办公室更正；无误的，签章后交回一份。",
)


@dataclass(frozen=True)
class Row:
    """A line of a unit: its months, and its year."""

    entry: Entry
    months: tuple[Answer, ...]
    year: Answer


class UnitFigures:
    """The answers of all units to every line, by month and for the year, made once for all files."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome

    @cached_property
    def _answers(self) -> list[tuple[Entry, list[dict[str, Answer]], dict[str, Answer]]]:
        answers, months = self.outcome.answers, self.outcome.months
        found = []
        for key, entry in self.outcome.form.entries.items():
            linear = Linear(((1, Ref(*key)),))
            by_month = [answers.by(linear, "unit", [month]) for month in months]
            found.append((entry, by_month, answers.by(linear, "unit")))
        return found

    def of(self, unit: str) -> Iterator[Row]:
        """The lines that a unit was asked in any month."""
        for entry, by_month, year in self._answers:
            months = tuple(by.get(unit, Answer()) for by in by_month)
            if any(one.owed or one.some for one in months):
                yield Row(entry, months, year.get(unit, Answer()))


def write_figures(workbook: Any, styles: Styles, outcome: Outcome, figures: UnitFigures, unit: UnitRow) -> None:
    """The table, its notes, the place to sign."""
    months = outcome.months
    heads = [*HEADS, *(one.short for one in months), "全年" if len(months) * months[0].length == 12 else outcome.span]
    page = Page(workbook, styles, FIGURES, len(heads))
    meta = f"{outcome.form.edition.title}    截至{in_words(outcome.as_of)}    运行编号 {outcome.fingerprint}"
    page.head(f"{unit.name}{outcome.year}年单户年表", meta, "", heads)
    titles: Mapping[str, str] = {table.id: table.title for table in outcome.form.edition.tables}
    row, above = BODY_ROW, ""
    for line in figures.of(unit.code):
        if line.entry.table != above:
            above = line.entry.table
            for column in range(len(heads)):
                page.text(row, column, f"{above} {titles[above]}" if not column else "", "group", right=0)
            page.sheet.set_row(row, 19)
            row += 1
        _line(page, row, line)
        row += 1
    page.widths((*WIDTHS, *(MONTH_WIDE,) * len(months), YEAR_WIDE))
    end = page.notes(row + 1, NOTES, page.breadth)
    end = _place_to_sign(page, end + 2)
    page.print_setup(end, f"{unit.short}{outcome.year}年", landscape=True, freeze_columns=2)


def _line(page: Page, row: int, line: Row) -> None:
    """One line: code, name, unit, its months, its year."""
    entry, quantity = line.entry, line.entry.quantity
    page.text(row, 0, entry.code, font_size=9.5, shrink=True)
    page.text(row, 1, entry.label, shrink=True, indent=1 + bool(entry.parent))
    page.text(row, 2, entry.unit, align="center", indent=0, font_size=9.5)
    for column, answer in enumerate(line.months, start=len(HEADS)):
        _cell(page, row, column, answer, quantity)
    first, last = (xl_rowcol_to_cell(row, at) for at in (len(HEADS), len(HEADS) + len(line.months) - 1))
    column, year = len(HEADS) + len(line.months), line.year
    if entry.kind == "flow" and year.some:
        why, decimals = year.why.words, quantity.decimals
        total = f"ROUND(SUM({first}:{last}),{decimals})" if decimals else f"SUM({first}:{last})"
        formula = f'=IF(COUNT({first}:{last})=0,"{why}",{total})'
        form = number_format(decimals)
        page.formula(row, column, formula, quantity.number(year.steps), bold=True, num_format=form)
    else:
        _cell(page, row, column, year, quantity)


def _cell(page: Page, row: int, column: int, answer: Answer, quantity: Quantity) -> None:
    if answer.some:
        page.number(row, column, quantity.number(answer.steps), num_format=number_format(quantity.decimals))
    else:
        why = answer.why.words if answer.owed or answer.why is not Why.NOT_ASKED else Why.NOT_ASKED.words
        page.text(row, column, why, align="center", indent=0, font_color=MUTED, font_size=9.5)


def _place_to_sign(page: Page, row: int) -> int:
    """The grid to sign, over the whole breadth; its last row."""
    at = (1, 4, 8, 12)
    for column, label in zip(at, SIGN, strict=True):
        if column < page.columns:
            page.text(row, column, f"{label}：", indent=0)
    page.sheet.set_row(row, 42)
    return row
