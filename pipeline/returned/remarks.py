"""The sheet 退回说明: one finding a row, in the order in which to work through them, which ticks itself off."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.findings import MENDED, OPEN, Finding
from pipeline.theme import (
    ERR,
    ERR_BG,
    GRID,
    HEAD_BG,
    HEI,
    LINK,
    MUTED,
    NAVY,
    OK,
    OK_BG,
    ROW_LINE,
    RULE,
    WARN,
    WARN_BG,
    Styles,
    footer,
    wrap,
)  # fmt: skip
from schemas.edition import Words

SHEET = "退回说明"
HEADINGS = ("序号", "级别", "位置", "指标", "您填的", "问题", "怎么改", "状态", "编号")
WIDTHS = (6, 12, 18, 27, 14, 50, 44, 10, 11)
WHERE, STATUS, LAST = 2, 7, len(HEADINGS) - 1
LEVELS = {"must": ("× 必须改", ERR), "verify": ("! 请核实", WARN)}
BY_HAND = "请核对"  # the state of what no formula can tell
LINE = 15  # points a line of text
ROOM = 3  # characters that the indent and the edges of a cell take


@dataclass(frozen=True)
class Remark:
    """A finding as it is listed; ``formula`` is its live state, which shows ``state`` now ("": it stays as it is)."""

    finding: Finding
    where: str
    link: str = ""
    label: str = "—"
    written: str = "—"
    state: str = BY_HAND
    formula: str = ""


def write_remarks(
    sheet: Any, workbook: Any, styles: Styles, title: str, how: str, remarks: Sequence[Remark], words: Words
) -> None:
    """Fill in the sheet. ``how`` says what to do with the file as a whole; ``words`` are those of the form's header."""
    sheet.hide_gridlines(2)
    for column, wide in enumerate(WIDTHS):
        sheet.set_column(column, column, wide)
    page = _Sheet(sheet, styles, words)
    page.text(0, 0, title, font_name=HEI, font_size=16)
    sheet.set_row(0, 30)
    row = page.lines(1, f"{_counted(remarks)}{how}")
    live = any(remark.formula for remark in remarks)
    head = page.progress(row, remarks) if live else row
    for column, heading in enumerate(HEADINGS):
        look = {"font_name": HEI, "align": "center", "bg_color": HEAD_BG, "top": 2, "bottom": 1}
        page.text(head, column, heading, **look, **page.edge(column))
    sheet.set_row(head, 24)
    for n, remark in enumerate(remarks, start=1):
        page.remark(head + n, n, remark, last=n == len(remarks))
    if live:
        _colour_states(workbook, sheet, (head + 1, STATUS, head + len(remarks), STATUS))
    _set_page(sheet, head, head + len(remarks), title)


@dataclass(frozen=True)
class _Sheet:
    """Writes the cells of the sheet."""

    sheet: Any
    styles: Styles
    words: Words

    def text(self, row: int, column: int, text: str, **look: Any) -> None:
        """A text that is no formula, and that intake does not take for the header of a return."""
        for label in (self.words.unit, self.words.period):
            text = f"“{text}”" if text.strip() == label else text.replace(f"{label}：", f"{label} ：")
        self.sheet.write_string(row, column, text[:32_767], self.styles(**look))

    def lines(self, row: int, text: str) -> int:
        """A text across the sheet in as many lines as it takes; returns the row below."""
        parts = wrap(text, sum(WIDTHS) - 6)
        for n, part in enumerate(parts):
            self.text(row + n, 0, part, font_color=MUTED)
            self.sheet.set_row(row + n, 18)
        return row + len(parts)

    def progress(self, row: int, remarks: Sequence[Remark]) -> int:
        """How many are done, counted by a formula; returns the row below."""
        live = sum(1 for remark in remarks if remark.formula)
        done = sum(remark.state.startswith(MENDED[0]) for remark in remarks)
        rest = f"（另有 {len(remarks) - live} 处请自行核对）" if live < len(remarks) else ""
        area = f"H{row + 3}:H{row + 2 + len(remarks)}"
        formula = f'="进度：已改 "&COUNTIF({area},"{MENDED[0]}*")&" / {live}{rest}"'
        look = self.styles(font_name=HEI, font_size=12, font_color=NAVY)
        self.sheet.write_formula(row, 0, formula, look, f"进度：已改 {done} / {live}{rest}")
        self.sheet.set_row(row, 22)
        return row + 1

    def remark(self, row: int, number: int, remark: Remark, *, last: bool) -> None:
        """One finding, in a row as tall as its sentences need."""
        finding = remark.finding
        line = {"bottom": 2, "bottom_color": RULE} if last else {"bottom": 1, "bottom_color": ROW_LINE}
        level, ink = LEVELS[finding.level]
        texts = (
            str(number),
            level,
            "",
            remark.label,
            remark.written,
            finding.message,
            finding.remedy,
            "",
            finding.rule,
        )
        looks: dict[int, dict[str, Any]] = {
            0: {"align": "center", "indent": 0},
            1: {"font_color": ink},
            LAST: {"font_color": MUTED},
        }
        for column, text in enumerate(texts):
            look = {"text_wrap": True, "indent": 1, **line, **self.edge(column), **looks.get(column, {})}
            if column == WHERE:
                self._where(row, remark, look)
            elif column == STATUS:
                self._state(row, remark, {**look, "align": "center", "indent": 0})
            else:
                self.text(row, column, text, **look)
        told = (*texts[:WHERE], remark.where, *texts[WHERE + 1 :])
        lines = max(len(wrap(text, wide - ROOM)) for text, wide in zip(told, WIDTHS, strict=True))
        self.sheet.set_row(row, max(25, LINE * lines + 8))

    def edge(self, column: int) -> dict[str, Any]:
        """The line at the right of a column; the table is open at its sides."""
        return {} if column == LAST else {"right": 1, "right_color": GRID}

    def _where(self, row: int, remark: Remark, look: dict[str, Any]) -> None:
        if not remark.link:
            self.text(row, WHERE, remark.where, **look)
            return
        shape = self.styles(font_color=LINK, underline=1, **look)
        self.sheet.write_url(row, WHERE, f"internal:{remark.link}", shape, remark.where, "转到这一格")

    def _state(self, row: int, remark: Remark, look: dict[str, Any]) -> None:
        if remark.formula:
            self.sheet.write_formula(row, STATUS, f"={remark.formula}", self.styles(**look), remark.state)
        else:
            self.text(row, STATUS, remark.state, **{**look, "font_color": MUTED})


def _counted(remarks: Sequence[Remark]) -> str:
    levels = [remark.finding.level for remark in remarks]
    must, asked = levels.count("must"), levels.count("verify")
    parts = [f"必须改 {must} 处（×）"] if must else []
    parts += [f"请核实 {asked} 处（!）"] if asked else []
    return f"共 {len(remarks)} 处：{'，'.join(parts)}。"


def _colour_states(workbook: Any, sheet: Any, area: tuple[int, int, int, int]) -> None:
    for begins, ink, back in (
        (OPEN["must"], ERR, ERR_BG),
        (OPEN["verify"], WARN, WARN_BG),
        (MENDED[0], OK, OK_BG),
    ):
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
    sheet.set_footer(footer(SHEET, title), {"margin": 0.3})
    sheet.set_tab_color(ERR)
    sheet.protect("", {"format_columns": True, "format_rows": True})
