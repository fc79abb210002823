"""年报正文数字.xlsx: the figures that the yearly report's text prints, each with its cell."""

from pipeline.intake.cells import read_cell
from pipeline.intake.own_file import OwnFile, OwnRow
from pipeline.values.findings import Finding
from pipeline.values.printed import HEADINGS, PrintedFigure

CODE, NAME, UNIT, VALUE, WHERE = HEADINGS


def read_printed(file: OwnFile) -> tuple[tuple[PrintedFigure, ...], list[Finding]]:
    """The figures, in the order of the file, and what is told of a file that cannot be used."""
    return tuple(_figure(row) for row in file.rows if row.text(CODE)), file.unused("", "年报正文没有和汇总表核对")


def _figure(row: OwnRow) -> PrintedFigure:
    read = read_cell(row.raw(VALUE))
    code, name, unit, where = (row.text(heading) for heading in (CODE, NAME, UNIT, WHERE))
    return PrintedFigure(code, name, unit, read.value, read.written, where, row.sheet, row.cell(VALUE))
