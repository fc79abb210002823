"""A table too wide for one page is printed in parts: its first column again on each, the title with 续表."""

from collections.abc import Sequence

from pipeline.outbox.publish.page import META_ROW, TITLE_ROW, Page
from pipeline.outbox.publish.pages import pages_of
from pipeline.paper.theme import HEI, MUTED

ACROSS = 98.0  # characters across a sheet of A4 lying down at full size, beside the space around each column
SMALLEST = 0.55  # below which a page shrunk to one sheet cannot be read
SCALE = 0.75  # of a part

Part = tuple[int, int]  # its first and last column


def parts_of(wide: Sequence[float]) -> list[Part]:
    """The columns that each part shows beside the first, of a table whose columns are so wide; none where it fits."""
    if sum(wide) * SMALLEST <= ACROSS:
        return []
    room = ACROSS / SCALE - wide[0]
    count = -(-sum(wide[1:]) // room)
    each = sum(wide[1:]) / count  # parts of about the same width
    parts: list[Part] = []
    first, taken = 1, 0.0
    for column in range(1, len(wide)):
        if taken and (taken + wide[column] > room or taken >= each):
            parts.append((first, column - 1))
            first, taken = column, 0.0
        taken += wide[column]
    return [*parts, (first, len(wide) - 1)]


def breadth_of(wide: Sequence[float], part: Part) -> float:
    """How wide the columns of a part are together, without the labels."""
    return sum(wide[part[0] : part[1] + 1])


def in_parts(page: Page, parts: Sequence[Part], words: tuple[str, str, str], last_row: int, head: int) -> None:
    """Print a sheet in parts: each with the labels of the rows, its own title, and the unit.

    ``words`` are the title, what it covers and the unit, ``head`` is the last row of the head.
    """
    title, meta, unit = words
    sheet = page.sheet
    sheet.set_landscape()
    sheet.set_print_scale(int(SCALE * 100))
    sheet.print_across()
    sheet.repeat_columns(0, 0)
    sheet.set_v_pagebreaks([first for first, _ in parts[1:]])
    long = pages_of([ACROSS / SCALE], sheet.heights, last_row, landscape=True, repeated=head + 1)
    page.workbook.pages[page.name] = len(parts) * long
    for row in (TITLE_ROW, META_ROW):
        for column in range(page.columns):
            sheet.write_blank(row, column, None, page.styles())
    for n, (first, last) in enumerate(parts):
        told = title if n == 0 else f"{title}（续表{n}）"
        look = page.styles(font_name=HEI, font_size=16, align="center_across")
        sheet.write_string(TITLE_ROW, first, told, look)
        for column in range(first + 1, last + 1):
            sheet.write_blank(TITLE_ROW, column, None, look)
        sheet.write_string(META_ROW, first, meta, page.styles(font_size=10, font_color=MUTED))
        sheet.write_string(META_ROW, last, unit, page.styles(font_size=10, font_color=MUTED, align="right"))
