"""The look of every workbook we write: fonts, colours, numbers. Nothing here knows what a table says."""

import unicodedata
from typing import Any

SONG, HEI, FANG, NUMBER = "宋体", "黑体", "仿宋", "Times New Roman"

INK, MUTED, NAVY, LINK = "#1A1A1A", "#595959", "#1F3864", "#0B5394"
RULE, GRID, ROW_LINE = "#1A1A1A", "#BFBFBF", "#E3E3E3"
HEAD_BG, TOTAL_BG, SUB_BG = "#E9EEF5", "#F3F6FA", "#F8F9FB"
INPUT_BG, LOCK_BG, CALM_BG = "#FFFBE6", "#F2F2F2", "#E3EAF5"
ERR, ERR_BG = "#B42318", "#FDE7E4"
WARN, WARN_BG = "#8A4B00", "#FFF1D6"
OK, OK_BG = "#1B6E3C", "#E6F4EA"
PALE, AXIS, LAST_YEAR = "#8EA3C4", "#7F7F7F", "#C55A11"  # in charts only, never of text

COUNT = "#,##0_)"
DIFFERENCE = "+#,##0_);-#,##0_);0_)"

BASE: dict[str, Any] = {"font_name": SONG, "font_size": 10.5, "font_color": INK, "valign": "vcenter"}
# A figure beyond its column is smaller, never ###.
FIGURE: dict[str, Any] = {"font_name": NUMBER, "font_size": 11, "shrink": True}


def number_format(decimals: int) -> str:
    """The number format of a figure."""
    return f"#,##0.{'0' * decimals}_)" if decimals else COUNT


def share_format(decimals: int) -> str:
    """The number format of a cell that holds a share of 1 and shows it in percent."""
    return f"#,##0.{'0' * decimals}%_)" if decimals else "#,##0%_)"


def difference_format(decimals: int) -> str:
    """The number format of a difference, with its sign."""
    digits = f"0.{'0' * decimals}" if decimals else "0"
    return f"+#,##{digits}_);-#,##{digits}_);{digits}_)" if decimals else DIFFERENCE


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Any, **base: Any) -> None:
        self._workbook = workbook
        self._base = BASE | base
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        """The format with these xlsxwriter properties over the base."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(dict(sorted((self._base | properties).items())))
        return self._made[key]


def width(text: str) -> int:
    """Display width in half-width units: a Chinese character counts 2."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def wrap(text: str, wide: float) -> list[str]:
    """The text in lines of at most ``wide`` half-width units; a line never begins with a closing mark."""
    lines = [""]
    for character in text:
        if width(lines[-1] + character) > wide and character not in "，。；：、）”》":
            lines.append("")
        lines[-1] += character
    return lines


def footer(left: str, right: str, size: int = 9) -> str:
    """A printed footer. The space after the size keeps a following digit from being read as part of it."""
    font = f'&"{SONG},常规"&{size} '
    return f"&L{font}{left}&C{font}第 &P 页  共 &N 页&R{font}{right}"
