"""年报正文数字.xlsx: the figures that the yearly report's text prints, each with its cell."""

from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.intake.book import Unreadable
from pipeline.intake.cells import read_cell, text_of
from pipeline.intake.containers import read_book
from pipeline.printed import PRINTED, PrintedFigure
from schemas.mistake import Mistake

HEADINGS = ("编号", "指标", "计量单位", "数值", "出处")


def read_printed(inbox: Path) -> tuple[PrintedFigure, ...]:
    """The figures, in the order of the file; none where there is no such file. Raises Mistake where it is damaged."""
    path = inbox / PRINTED
    if not path.exists():
        return ()
    try:
        book = read_book(path.read_bytes(), path.name)
    except Unreadable as error:
        raise Mistake(path, None, f"文件{error}，请用 Excel 打开后重新保存。") from None
    sheet, rows = next(iter(book.sheets.items()))
    heads = [text_of(cell) for cell in rows[0]] if rows else []
    lacking = [heading for heading in HEADINGS if heading not in heads]
    if lacking:
        raise Mistake(path, 1, f"缺少“{lacking[0]}”栏，应有：{'、'.join(HEADINGS)}。")
    at = {heading: heads.index(heading) for heading in HEADINGS}
    return tuple(_figure(sheet, r, row, at) for r, row in enumerate(rows[1:], 1) if text_of(row[at["编号"]]))


def _figure(sheet: str, r: int, row: list[object], at: dict[str, int]) -> PrintedFigure:
    read = read_cell(row[at["数值"]])
    code, name, unit, where = (text_of(row[at[heading]]) for heading in ("编号", "指标", "计量单位", "出处"))
    return PrintedFigure(code, name, unit, read.value, read.written, where, sheet, xl_rowcol_to_cell(r, at["数值"]))
