"""图表, the charts one below the other, and 图数据, the hidden sheet of their numbers, each a formula on its table."""

from collections.abc import Sequence
from typing import Any

from pipeline.outbox.publish.charts.choose import figures
from pipeline.outbox.publish.charts.figure import Figure, Point
from pipeline.outbox.publish.charts.native import draw
from pipeline.outbox.publish.page import BODY_ROW, META_ROW, Page
from pipeline.paper.theme import MUTED, Styles, number_format
from pipeline.tables.outcome import Outcome

CHARTS, DATA = "图表", "图数据"
COLUMNS = 10
# Points: two charts with their sentences to a page of A4 lying, or one.
HALF, WHOLE, TELLING = 190, 404, 24
MANY = 10  # bars, above which a chart has a page of its own
HEADINGS = ("图", "项目", "计量单位", "本年", "上年\n（没有的空着）")


def write_charts(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """Both sheets; of a headline figure that is 0, a sentence says so instead."""
    page = Page(workbook, styles, CHARTS, COLUMNS)
    page.title("图    表", f"统计范围：{outcome.office.settings.scope}    {outcome.span}", "")
    page.widths([12.5] * COLUMNS)
    shown = figures(outcome)
    titles = [
        f"图{n}  {figure.of}：{figure.words}（{'，'.join(_about(outcome, figure))}）"
        for n, figure in enumerate(shown, 1)
    ]
    places = _write_data(workbook, styles, outcome, shown, titles)
    row, years = META_ROW + 1, (f"{outcome.year}年", f"{outcome.year - 1}年")
    for figure, title, ranges in zip(shown, titles, places, strict=True):
        tall = WHOLE if len(figure.points) > MANY and figure.by != "months" else HALF
        chart = draw(workbook, figure, title, ranges, years, tall * 4 // 3 - 6)
        kind = "柱形图" if figure.by == "months" else "条形图"
        about = f"{kind}：{title}。{figure.words_of_all}。{figure.sentence}"
        page.sheet.set_row(row, tall)
        page.sheet.insert_chart(row, 0, chart, {"description": about, "x_offset": 2, "y_offset": 2})
        _tell(page, row + 1, figure.sentence)
        row += 2
    for line in _notes(outcome, shown):
        _tell(page, row, line)
        row += 1
    page.print_setup(row - 1, outcome.imprint, landscape=True, freeze_columns=0, head=META_ROW)


def _about(outcome: Outcome, figure: Figure) -> list[str]:
    """What a title says in brackets: of when, counted in what, and what the figure lacks."""
    return [outcome.span, f"单位：{figure.quantity.unit}", *filter(None, [figure.total.lacking])]


def _notes(outcome: Outcome, shown: Sequence[Figure]) -> list[str]:
    """What has no chart or no line, and where the numbers are from."""
    nothing = [name for name, answer, _ in outcome.headline if answer.number == 0]
    absent = [f"{name}{answer.why.told}" for name, answer, _ in outcome.headline if not answer.some]
    lines = [f"{'、'.join(nothing)}：{outcome.span}为 0，没有图。"] if nothing else []
    lines += [f"{'、'.join(absent)}，没有图。"] if absent else []
    if not any(figure.last_year for figure in shown):
        lines.append(f"上年{outcome.spoken['each_period']}的数不全，没有画上年的线。")
    return [*lines, "图中的数取自年度各表，见隐藏的辅助表“图数据”。"]


def _tell(page: Page, row: int, text: str) -> None:
    page.sheet.write_string(row, 0, text, page.styles(font_size=10, font_color=MUTED, valign="top"))
    page.sheet.set_row(row, TELLING)


def _write_data(
    workbook: Any, styles: Styles, outcome: Outcome, shown: Sequence[Figure], titles: Sequence[str]
) -> list[dict[str, str]]:
    """The numbers of the charts, one a row; returns where those of each chart stand."""
    page = Page(workbook, styles, DATA, len(HEADINGS))
    page.sheet.hide()
    page.head("图 数 据", f"“图表”各图所用的数，由公式取自年度各表    {outcome.span}", "", HEADINGS, 36)
    page.widths((60, 26, 10, 14, 14))
    row, places = BODY_ROW, []
    for figure, title in zip(shown, titles, strict=True):
        first, last = row + 1, row + len(figure.points)
        for n, point in enumerate(figure.points):
            _point(page, row, figure, title, n, _formula(point, first, row))
            row += 1
        columns = {"categories": "B", "values": "D", "last_year": "E"}
        places.append({name: f"='{DATA}'!${at}${first}:${at}${last}" for name, at in columns.items()})
    if not shown:
        page.text(row, 0, "没有图。", "end")
    page.sheet.set_paper(9)  # and no area to print: LibreOffice would print it, hidden as it is
    page.sheet.fit_to_pages(1, 0)
    page.sheet.freeze_panes(BODY_ROW, 1)
    return places


def _point(page: Page, row: int, figure: Figure, title: str, n: int, formula: str) -> None:
    kind = "end" if n == len(figure.points) - 1 else "item"
    point, quantity = figure.points[n], figure.quantity
    look = {"num_format": number_format(quantity.decimals)}
    for column, text in enumerate((title, figure.label(point), quantity.unit)):
        page.text(row, column, text, kind)
    page.formula(row, 3, formula, point.answer.shown(quantity), kind, **look)
    before = figure.last_year[n] if figure.last_year else None
    if before is not None:
        page.number(row, 4, quantity.number(before), kind, **look)
    elif not figure.last_year:  # in a line, any text or blank would count as 0; a cell that is not there breaks it off
        page.text(row, 4, "—", kind, align="right", font_color=MUTED)


def _formula(point: Point, first: int, row: int) -> str:
    """What the point's cell of the annual table shows; what is left over is the whole less the rows above."""
    return f"={point.cell}-SUM(D{first}:D{row})" if point.rest else f"={point.cell}"
