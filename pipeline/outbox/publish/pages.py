"""How many pages of A4 a sheet takes in print, by its widths and heights, for the contents."""

from collections.abc import Mapping, Sequence

# Inches of A4 between the margins of Page.print_setup: its long and its short side.
LONG, SHORT, ACROSS, DOWN = 11.69, 8.27, 2 * 0.71, 2 * 0.79
POINTS, PIXELS = 72, 96  # to an inch
DEFAULT = 15.0  # points of a row that nobody set
CLOSER = 0.8  # how much a page is shrunk beside its width, so that every program breaks the sheet into as many pages


def pages_of(
    columns: Sequence[float], heights: Mapping[int, float], last_row: int, *, landscape: bool, repeated: int
) -> int:
    """How many pages rows 0 to ``last_row`` are to take, one page wide and a little smaller, ``repeated`` rows on each.

    ``columns`` are widths in characters, ``heights`` are points. A row that does not fit any more begins the next page.
    A character is wider in one program than in the other (by a sixth in LibreOffice without 宋体), and with it the
    page smaller; a sheet that is told to fit into so many pages takes as many in all.
    """
    across, down = (LONG - ACROSS, SHORT - DOWN) if landscape else (SHORT - ACROSS, LONG - DOWN)
    breadth = sum(int(wide * 7 + 5) for wide in columns) / PIXELS
    shrunk = CLOSER * min(1.0, across / breadth if breadth else 1.0)
    head = sum(heights.get(row, DEFAULT) for row in range(repeated))
    room = down * POINTS / shrunk - head
    pages, left = 1, room
    for row in range(repeated, last_row + 1):
        tall = heights.get(row, DEFAULT)
        if tall > left and left < room:
            pages, left = pages + 1, room
        left -= tall
    return pages
