"""A printed sheet: title, one header row, a table, notes. Every sheet of the workbook is made with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.outbox.publish.pages import pages_of
from pipeline.paper.room import room
from pipeline.paper.theme import (
    COUNT,
    FIGURE,
    GRID,
    HEAD_BG,
    HEI,
    LINK,
    MUTED,
    ROW_LINE,
    RULE,
    SUB_BG,
    TOTAL_BG,
    Styles,
    footer,
    width,
    wrap,
)  # fmt: skip

TITLE_ROW, META_ROW, HEAD_ROW, BODY_ROW = range(4)
LOOKS: Mapping[str, dict[str, Any]] = {
    "total": {"bold": True, "bg_color": TOTAL_BG, "bottom": 1, "bottom_color": RULE},
    "group": {"bg_color": SUB_BG, "bottom": 1, "bottom_color": ROW_LINE},
    "quarter": {"bg_color": SUB_BG, "bottom": 1, "bottom_color": ROW_LINE},
    "item": {"bottom": 1, "bottom_color": ROW_LINE},
    "heading": {"bottom": 1, "bottom_color": ROW_LINE},
    "end": {"bottom": 2, "bottom_color": RULE},
}


class Page:
    """One sheet with a table of ``columns`` columns. Rows are numbered from 0 as xlsxwriter does."""

    def __init__(self, workbook: Any, styles: Styles, name: str, columns: int) -> None:
        self.sheet = workbook.get_worksheet_by_name(name)
        self.name = name
        self.columns = columns
        self.styles = styles
        self.workbook = workbook
        self._wide: dict[int, float] = {}
        self.sheet.hide_gridlines(2)

    def head(self, title: str, meta: str, unit: str, headings: Sequence[str], height: float = 26) -> None:
        """The title, then the header row."""
        self.title(title, meta, unit)
        for column, heading in enumerate(headings):
            look = self.styles(
                font_name=HEI, align="center", text_wrap=True, bg_color=HEAD_BG, top=2, top_color=RULE, bottom=1,
                bottom_color=RULE, **self.edge(column),
            )  # fmt: skip
            self.sheet.write_string(HEAD_ROW, column, heading, look)
        self.sheet.set_row(HEAD_ROW, height)

    def title(self, title: str, meta: str, unit: str) -> None:
        """The title across the table; below it, what it covers at the left and the unit at the right."""
        look = self.styles(font_name=HEI, font_size=16, align="center_across")
        self.sheet.write_string(TITLE_ROW, 0, title, look)
        for column in range(1, self.columns):
            self.sheet.write_blank(TITLE_ROW, column, None, look)
        self.sheet.write_string(META_ROW, 0, meta, self.styles(font_size=10, font_color=MUTED))
        if unit:
            right = self.styles(font_size=10, font_color=MUTED, align="right")
            self.sheet.write_string(META_ROW, self.columns - 1, unit, right)
        for row, tall in ((TITLE_ROW, 30), (META_ROW, 19)):
            self.sheet.set_row(row, tall)

    def widths(self, widths: Sequence[float]) -> None:
        """Column widths, in characters; a column whose figures need more room has it."""
        for column, wide in enumerate(widths):
            self._widen(column, wide)

    def text(self, row: int, column: int, text: str, kind: str = "item", **look: Any) -> None:
        """A text cell; text from returns can never become a formula."""
        shape = self.styles(**{"align": "left", "indent": 1, **LOOKS[kind], **self.edge(column), **look})
        if self.sheet.write_string(row, column, text[:32_767], shape):
            raise ValueError(f"{self.name} {row},{column}: text not written")

    def number(self, row: int, column: int, value: float, kind: str = "item", **look: Any) -> None:
        """A number cell."""
        self.sheet.write_number(row, column, value, self._number(column, kind, look, value))

    def formula(self, row: int, column: int, formula: str, value: float | str, kind: str = "item", **look: Any) -> None:
        """A live formula with its value, which viewers show that do not calculate."""
        if value is None:
            raise ValueError(f"{self.name} {row},{column}: a formula without its value")
        self.sheet.write_formula(row, column, formula, self._number(column, kind, look, value), value)

    def link(self, row: int, column: int, sheet: str, kind: str = "item") -> None:
        """The name of another sheet, which leads there."""
        shape = self.styles(font_color=LINK, underline=1, indent=1, **LOOKS[kind], **self.edge(column))
        self.sheet.write_url(row, column, f"internal:'{sheet}'!A1", shape, sheet, f"转到“{sheet}”")

    def source_link(self, row: int, text: str, target: str, kind: str, *, column: int = 0, **look: Any) -> None:
        """A label that leads to where the row's figures come from."""
        shape = self.styles(
            **{"align": "left", "indent": 1, "font_color": LINK, **LOOKS[kind], **self.edge(column), **look}
        )
        self.sheet.write_url(row, column, target, shape, text, "查看来源")

    def mark(self, row: int, column: int, text: str, target: str, kind: str) -> None:
        """A short mark in the middle of its cell, which may lead somewhere."""
        look = self.styles(**{"align": "center", "font_size": 10, **LOOKS[kind], **self.edge(column)})
        if target:
            self.sheet.write_url(row, column, target, look, text, "查看来源")
        else:
            self.sheet.write_string(row, column, text, look)

    def notes(self, row: int, lines: Sequence[str], wide: float, column: int = 0) -> int:
        """Notes below a table that is ``wide`` characters wide from a column on; returns the last row used."""
        look = self.styles(font_size=9.5, font_color="#404040", valign="top")
        broken = [part for line in lines for part in wrap(line, wide)]
        for n, line in enumerate(broken):
            self.sheet.write_string(row + n, column, line, look)
            self.sheet.set_row(row + n, 15.5)
        return row + len(broken) - 1

    def print_setup(
        self,
        last_row: int,
        right: str,
        *,
        landscape: bool,
        freeze_columns: int = 1,
        pages: int = 0,
        head: int = HEAD_ROW,
    ) -> None:
        """A4, one page wide and at most ``pages`` long (0: as many as need be), rows to ``head`` repeated, numbered.

        How many it comes to is kept for the contents.
        """
        sheet = self.sheet
        sheet.set_landscape() if landscape else sheet.set_portrait()
        sheet.set_paper(9)
        sheet.set_margins(left=0.71, right=0.71, top=0.79, bottom=0.79)
        sheet.center_horizontally()
        sheet.repeat_rows(TITLE_ROW, head)
        sheet.print_area(0, 0, last_row, self.columns - 1)
        sheet.freeze_panes(head + 1, freeze_columns)
        sheet.set_footer(footer(self.name, right), {"margin": 0.4})
        needed = pages_of(self.columns_wide, sheet.heights, last_row, landscape=landscape, repeated=head + 1)
        self.workbook.pages[self.name] = min(pages, needed) if pages else needed
        sheet.fit_to_pages(1, self.workbook.pages[self.name])

    def filtered(self, rows: int) -> None:
        """Arrows in the header row that filter the ``rows`` below it."""
        self.sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(rows, 1), self.columns - 1)

    def height(self, texts: Sequence[tuple[str, float]], least: float = 18) -> float:
        """The height of a row whose wrapped texts have these column widths."""
        lines = max((-(-width(text) // max(1, int(wide) - 2)) for text, wide in texts), default=1)
        return max(least, 14.5 * lines + 4)

    def _number(self, column: int, kind: str, look: dict[str, Any], value: float | str) -> Any:
        shape = {**FIGURE, "align": "right", "num_format": COUNT, **LOOKS[kind], **self.edge(column), **look}
        if not isinstance(value, str):
            self._widen(column, room(value, shape))
        return self.styles(**shape)

    @property
    def breadth(self) -> float:
        """How wide the sheet is, in characters, with all that was written so far."""
        return sum(self._wide.values())

    @property
    def columns_wide(self) -> list[float]:
        """How wide each column is by now."""
        return [self._wide.get(column, 0) for column in range(self.columns)]

    def _widen(self, column: int, wide: float) -> None:
        if wide > self._wide.get(column, 0):
            self._wide[column] = wide
            self.sheet.set_column(column, column, wide)

    def edge(self, column: int) -> dict[str, Any]:
        """The line at the right of a column, which the last one has not."""
        return {} if column == self.columns - 1 else {"right": 1, "right_color": GRID}
