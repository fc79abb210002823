"""The rows of the list of findings: what each says, and how it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.paper.theme import (
    ERR,
    GRID,
    HEAD_BG,
    HEI,
    INPUT_BG,
    LINK,
    MUTED,
    NAVY,
    ROW_LINE,
    RULE,
    WARN,
    Styles,
    wrap,
)
from pipeline.values.findings import MENDED, Finding

HEADINGS = ("序号", "级别", "位置", "指标", "您填的", "问题", "怎么改", "状态", "编号")
WIDTHS = (6, 12, 18, 27, 14, 50, 44, 10, 11)
WHERE, STATUS, LAST = 2, 7, len(HEADINGS) - 1
LEVELS = {"must": ("× 必须改", ERR), "verify": ("! 请核实", WARN)}
BY_HAND, LOOKED = "请核对", "已核对"  # the states of what no formula can tell, before and after somebody looked
TICK = f"核对过、改好了的，请选“{LOOKED}”。"
DONE = MENDED[0]  # how the states begin of what is mended or explained
LINE, TALLEST = 15, 409  # points a line of text takes; a row cannot be taller
SHORT = 120  # characters of what was written that the list quotes; the cell itself has them all
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

    @property
    def quoted(self) -> str:
        """What was written, as far as the list has room for it."""
        return self.written if len(self.written) <= SHORT else f"{self.written[:SHORT]}…"


@dataclass(frozen=True)
class Lines:
    """Writes the lines of the sheet; with ``ticks`` what no formula can tell is ticked off by hand."""

    sheet: Any
    styles: Styles
    ticks: bool = False

    def text(self, row: int, column: int, text: str, **look: Any) -> None:
        """A text that is no formula."""
        self.sheet.write_string(row, column, text[:32_767], self.styles(**look))

    def paragraph(self, row: int, text: str) -> int:
        """A text across the sheet in as many lines as it takes; returns the row below."""
        parts = wrap(text, sum(WIDTHS) - 2 * ROOM)
        for n, part in enumerate(parts):
            self.text(row + n, 0, part, font_color=MUTED)
            self.sheet.set_row(row + n, 18)
        return row + len(parts)

    def progress(self, row: int, remarks: Sequence[Remark]) -> int:
        """How many are done, counted by a formula; returns the row below."""
        live = sum(1 for remark in remarks if remark.formula)
        done = sum(remark.state.startswith(DONE) for remark in remarks)
        how = f"核对后请在“{HEADINGS[STATUS]}”栏选“{LOOKED}”" if self.ticks else "请自行核对"
        by_hand = f"（另有 {len(remarks) - live} 处{how}）"
        rest = by_hand if live < len(remarks) else ""
        area = f"H{row + 3}:H{row + 2 + len(remarks)}"
        formula = f'="进度：已改 "&COUNTIF({area},"{DONE}*")-COUNTIF({area},"{LOOKED}")&" / {live}{rest}"'
        look = self.styles(font_name=HEI, font_size=12, font_color=NAVY)
        self.sheet.write_formula(row, 0, formula, look, f"进度：已改 {done} / {live}{rest}")
        self.sheet.set_row(row, 22)
        return row + 1

    def headings(self, row: int) -> None:
        """The headings of the columns."""
        for column, heading in enumerate(HEADINGS):
            look = {"font_name": HEI, "align": "center", "bg_color": HEAD_BG, "top": 2, "bottom": 1}
            self.text(row, column, heading, **look, **_edge(column))
        self.sheet.set_row(row, 24)

    def remark(self, row: int, number: int, remark: Remark, *, last: bool) -> None:
        """One finding, in a row as tall as its sentences need."""
        finding, (level, ink) = remark.finding, LEVELS[remark.finding.level]
        said = (remark.label, remark.quoted, finding.message, finding.remedy, remark.state, finding.rule)
        texts = (str(number), level, remark.where, *said)
        line = {"bottom": 2, "bottom_color": RULE} if last else {"bottom": 1, "bottom_color": ROW_LINE}
        middle = {"align": "center", "indent": 0}
        own: dict[int, dict[str, Any]] = {
            0: middle,
            1: {"font_color": ink},
            STATUS: middle,
            LAST: {"font_color": MUTED},
        }
        for column, text in enumerate(texts):
            look = {"text_wrap": True, "indent": 1, **line, **_edge(column), **own.get(column, {})}
            self._cell(row, column, text, remark, look)
        lines = max(len(wrap(text, wide - ROOM)) for text, wide in zip(texts, WIDTHS, strict=True))
        self.sheet.set_row(row, min(TALLEST, max(25, LINE * lines + 8)))

    def _cell(self, row: int, column: int, text: str, remark: Remark, look: dict[str, Any]) -> None:
        """A cell of a finding: its place is a link and its state a formula, where it has them."""
        if column == WHERE and remark.link:
            shape = self.styles(font_color=LINK, underline=1, **look)
            self.sheet.write_url(row, column, f"internal:{remark.link}", shape, text, "转到这一格")
        elif column == STATUS and remark.formula:
            self.sheet.write_formula(row, column, f"={remark.formula}", self.styles(**look), text)
        elif column == STATUS and self.ticks:
            self.text(row, column, text, bg_color=INPUT_BG, locked=False, **look)
            choices = {"validate": "list", "source": [BY_HAND, LOOKED], "input_message": TICK}
            self.sheet.data_validation(row, column, row, column, choices)
        else:
            self.text(row, column, text, **({"font_color": MUTED} if column == STATUS else {}), **look)


def _edge(column: int) -> dict[str, Any]:
    """The line at the right of a column; the table is open at its sides."""
    return {} if column == LAST else {"right": 1, "right_color": GRID}
