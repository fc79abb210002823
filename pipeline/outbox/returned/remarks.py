"""The sheet 退回说明: one finding a row, in the order in which to work through them, which ticks itself off."""

from collections.abc import Sequence
from typing import Any

from pipeline.outbox.returned.lines import DONE, LAST, STATUS, WIDTHS, Lines, Remark
from pipeline.paper.names import REMARKS
from pipeline.paper.templates.banner import Waiting
from pipeline.paper.theme import ERR, ERR_BG, HEI, OK, OK_BG, WARN, WARN_BG, Styles, footer
from pipeline.values.findings import OPEN


def write_remarks(
    sheet: Any, workbook: Any, styles: Styles, title: str, how: str, remarks: Sequence[Remark], *, ticks: bool = False
) -> Waiting:
    """Fill in the sheet; returns what waits in it. ``how`` says what to do with the file as a whole.

    With ``ticks`` what no formula can tell is ticked off by hand, for the form behind it counts what waits.
    """
    sheet.hide_gridlines(2)
    for column, wide in enumerate(WIDTHS):
        sheet.set_column(column, column, wide)
    lines = Lines(sheet, styles, ticks)
    lines.text(0, 0, title, font_name=HEI, font_size=16)
    sheet.set_row(0, 30)
    head = lines.paragraph(1, f"{_counted(remarks)}{how}")
    live = any(remark.formula for remark in remarks) or ticks
    head = lines.progress(head, remarks) if live else head
    lines.headings(head)
    for n, remark in enumerate(remarks, start=1):
        lines.remark(head + n, n, remark, last=n == len(remarks))
    if live:
        _colour_states(workbook, sheet, (head + 1, STATUS, head + len(remarks), STATUS))
    _set_page(sheet, head, head + len(remarks), title)
    return _waiting(head + 2, remarks)


def _waiting(first: int, remarks: Sequence[Remark]) -> Waiting:
    """How many of the lines from a row on wait to be mended, and how many to be looked at."""
    last = first + len(remarks) - 1
    level, state = (f"'{REMARKS}'!{column}{first}:{column}{last}" for column in "BH")
    must, asked = (f'COUNTIFS({level},"{sign}*",{state},"<>{DONE}*")' for sign in "×!")
    open_ = [remark.finding.level for remark in remarks if not remark.state.startswith(DONE)]
    return Waiting(REMARKS, must, open_.count("must"), asked, open_.count("verify"))


def _counted(remarks: Sequence[Remark]) -> str:
    levels = [remark.finding.level for remark in remarks]
    must, asked = levels.count("must"), levels.count("verify")
    parts = [f"必须改 {must} 处（×）"] if must else []
    parts += [f"请核实 {asked} 处（!）"] if asked else []
    return f"共 {len(remarks)} 处：{'，'.join(parts)}。"


def _colour_states(workbook: Any, sheet: Any, area: tuple[int, int, int, int]) -> None:
    colours = ((OPEN["must"], ERR, ERR_BG), (OPEN["verify"], WARN, WARN_BG), (DONE, OK, OK_BG))
    for begins, ink, back in colours:
        look = workbook.add_format({"font_color": ink, "bg_color": back})
        sheet.conditional_format(*area, {"type": "text", "criteria": "begins with", "value": begins, "format": look})


def _set_page(sheet: Any, head: int, last: int, title: str) -> None:
    """A4 lying, one page wide, the headings on every page; protected without a password."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(head)
    sheet.print_area(0, 0, last, LAST)
    sheet.freeze_panes(head + 1, 0)
    sheet.set_footer(
        footer(REMARKS, title.replace("&", "&&")), {"margin": 0.3}
    )  # a single & is an order to the printer
    sheet.set_tab_color(ERR)
    sheet.protect("", {"format_columns": True, "format_rows": True})
