"""年报正文数字.xlsx: the figures that the yearly report's text prints, each with its cell."""

from pathlib import Path

from pipeline.intake.cells import read_cell
from pipeline.intake.own_file import OwnRow, read_own
from pipeline.values.printed import PRINTED, PrintedFigure
from schemas.quantity import MOST_DECIMALS, Quantity

HEADINGS = ("编号", "指标", "计量单位", "数值", "出处")
ANY = Quantity("", MOST_DECIMALS)  # the unit stands in a column of its own


def read_printed(inbox: Path) -> tuple[PrintedFigure, ...]:
    """The figures, in the order of the file; none where there is no such file. Raises Mistake where it is damaged."""
    return tuple(_figure(row) for row in read_own(inbox / PRINTED, HEADINGS) if row.text("编号"))


def _figure(row: OwnRow) -> PrintedFigure:
    read = read_cell(row.raw("数值"), quantity=ANY)
    value = None if read.value is None else ANY.exact(read.value)
    code, name, unit, where = (row.text(heading) for heading in ("编号", "指标", "计量单位", "出处"))
    return PrintedFigure(code, name, unit, value, read.written, where, row.sheet, row.cell("数值"))
