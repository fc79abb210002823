"""A figure that the yearly report's text prints."""

from dataclasses import dataclass

PRINTED = "年报正文数字.xlsx"  # at the top of the inbox
HEADINGS = ("编号", "指标", "计量单位", "数值", "出处")


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One figure; ``value`` is None where the cell holds no number (``written`` says what it holds)."""

    code: str
    name: str
    unit: str
    value: int | None
    written: str
    at: str
    sheet: str
    cell: str
