"""要点: at most five sentences for whoever reads nothing else, each with its number, live, and the way to its cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.outbox.publish.charts import Figure, Point, figures, total_of
from pipeline.outbox.publish.charts.figure import STARRED
from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import MUTED, Styles, number_format
from pipeline.tables.outcome import Outcome

HIGHLIGHTS, MOST = "要点", 5
HEADS, WIDTHS = ["序号", "要点", "数", "计量单位", "见"], (6, 58, 14, 9, 20)
NOTHING = "主要数字没有可比较的，没有要点；各项数见年度各表。"


@dataclass(frozen=True)
class Highlight:
    """A sentence about one number of the annual tables, and the cell that shows it."""

    sentence: str
    point: Point
    figure: Figure

    @property
    def sheet(self) -> str:
        """The sheet of the cell."""
        return self.point.cell.rpartition("!")[0].strip("'")


def highlights(outcome: Outcome) -> list[Highlight]:
    """The first headline figure with its growth, its parts, months and units; then the other headline figures."""
    shown = figures(outcome)
    first = [figure for figure in shown if figure.of == shown[0].of]
    found = [*_total(outcome, first), *(_most(figure) for figure in _each_way(first))]
    for name in dict.fromkeys(figure.of for figure in shown[len(first[:1]) :] if figure.of != shown[0].of):
        found += _total(outcome, [figure for figure in shown if figure.of == name])
    return found[:MOST]


def _each_way(figures_: list[Figure]) -> Iterator[Figure]:
    """One figure a way of dividing it: the parts, the months, the units."""
    for way in ("parts", "months", "units"):
        yield from [figure for figure in figures_ if figure.by == way][:1]


def _total(outcome: Outcome, own: list[Figure]) -> Iterator[Highlight]:
    """A headline figure itself, with its growth where last year's is known."""
    for figure in own[:1]:
        total = total_of(outcome, figure.of)
        if total and total.answer.some:
            told = f"{outcome.span}，{figure.of}{total.answer.marked(figure.quantity)}{_grown(outcome, figure.of)}。"
            yield Highlight(told, total, figure)


def _grown(outcome: Outcome, name: str) -> str:
    """By how much it grew, as the sheet 同比 says; "" where that cannot be said."""
    row = next((row for row in outcome.growth.yearly if row.label == name and not row.part), None)
    if row is None or row.growth.increase is None or row.growth.apart:
        return ""
    growth, more = row.growth, row.growth.increase
    base = f"{growth.base_is}（未收齐{growth.base_lacks}）" if growth.base_lacks else growth.base_is
    if not more:
        return f"，与{base}持平"
    told = f"，比{base}{'增加' if more > 0 else '减少'}{row.quantity.told(abs(more))}"
    way = "增长" if more > 0 else "下降"
    return told if growth.percent is None else f"{told}，{way}{abs(growth.percent)}%"


def _most(figure: Figure) -> Highlight:
    """What is largest in a figure, in the words of its chart."""
    own = [point for point in figure.points if point.answer.some and not point.rest]
    told = figure.sentence.replace(STARRED, "")  # no star stands here
    return Highlight(f"{figure.of}{figure.words}：{told}", max(own, key=lambda point: point.value), figure)


def write_highlights(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """One row a sentence; its number is a formula on its cell, and its place leads there."""
    page, found = Page(workbook, styles, HIGHLIGHTS, len(HEADS)), highlights(outcome)
    page.head("要    点", f"{outcome.span}    {outcome.coverage.words}", "", HEADS)
    for n, one in enumerate(found):
        row, kind, quantity = BODY_ROW + n, "end" if n == len(found) - 1 else "item", one.figure.quantity
        page.text(row, 0, str(n + 1), kind, align="center", indent=0)
        page.text(row, 1, one.sentence, kind, text_wrap=True)
        look = {"num_format": number_format(quantity.decimals), "font_size": 14, "bold": True}
        page.formula(row, 2, f"={one.point.cell}", one.point.answer.shown(quantity), kind, **look)
        page.text(row, 3, quantity.unit, kind, align="center", indent=0)
        page.source_link(row, one.sheet, f"internal:{one.point.cell}", kind, column=4)
        page.sheet.set_row(row, page.height([(one.sentence, WIDTHS[1])], 34))
    if not found:
        page.text(BODY_ROW, 1, NOTHING, "end", font_color=MUTED)
    page.widths(WIDTHS)
    page.print_setup(BODY_ROW + max(len(found) - 1, 0), outcome.imprint, landscape=False, freeze_columns=0)
