"""The room that a figure takes in its column, on any desk.

Where a font is missing another stands in, with wider digits; but a column is measured in digits of the same desk. So
room is told in digits, and the same in all common fonts (Times New Roman, 宋体, Liberation, Noto, DejaVu). A figure
beyond its room is shrunk (``FIGURE``), never printed as ###.
"""

from collections.abc import Mapping
from typing import Any

from pipeline.paper.theme import BASE

MARKS = {",": 0.5, ".": 0.5, ")": 0.7, "-": 0.7, "+": 1.4, "%": 1.6}  # in digits
BOLD = 1.05  # a bold digit, in plain ones


def room(value: float, look: Mapping[str, Any]) -> float:
    """The width of a column, in characters, that shows ``value`` whole in a cell of this look (xlsxwriter's)."""
    digits = sum(MARKS.get(sign, 1.0) for sign in printed(value, look["num_format"]))
    size: float = look["font_size"] / BASE["font_size"] * (BOLD if look.get("bold") else 1)
    return round(digits * size, 2)


def printed(value: float, num_format: str) -> str:
    """A number as one of our formats prints it; the empty place ``_)`` as the mark it is as wide as."""
    shape = num_format.partition(";")[0]
    scale, tail = (100, "%") if "%" in shape else (1, "")
    decimals = len(shape.partition(".")[2].rstrip("_)%"))
    sign = "+" if shape.startswith("+") and value >= 0 else ""
    figure = f"{value * scale:{',' if ',' in shape else ''}.{decimals}f}"
    return f"{sign}{figure}{tail}{')' if '_)' in shape else ''}"
