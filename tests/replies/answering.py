"""A unit answers its 核实单: it fills in the yellow cells of the file that the run wrote, and sends it back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.values.replies import ANSWER, ASKED, CODE, HEADINGS, REASON
from tests.builders import Desk

SHOWN = {"N-INQ-01", "N-INQ-02"}
HEAD = 3  # the row of the headings


def inquiry(desk: Desk, unit: str) -> Path:
    """The 核实单 of a unit, as it lies in the outbox."""
    return next((desk.outbox / "2012" / "核实").rglob(f"{unit}_*_核实单.xlsx"))


def questions(path: Path) -> list[dict[str, str]]:
    """The rows of a 核实单, by their headings."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = sheet.iter_rows(min_row=HEAD + 1, values_only=True)
    told = [dict(zip(HEADINGS, [str(cell or "") for cell in row], strict=False)) for row in rows]
    return [row for row in told if row.get(CODE)]


def answer(
    desk: Desk,
    unit: str,
    *answers: tuple[str, str],
    name: str = "核实单回复.xlsx",
    received: str = "2012-02-06",
    edit: Callable[[Any], object] | None = None,
) -> Path:
    """Fill in the rows from the first on, and send the file; ``edit`` changes the sheet besides."""
    book = openpyxl.load_workbook(inquiry(desk, unit))
    sheet = book.worksheets[0]
    for row, (said, why) in enumerate(answers, start=HEAD + 1):
        sheet.cell(row, HEADINGS.index(ANSWER) + 1).value = said
        sheet.cell(row, HEADINGS.index(REASON) + 1).value = why
    if edit:
        edit(sheet)
    path = desk.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    desk.receive(path, received)
    return path


def reworded(sheet: Any) -> None:
    """Somebody writes another number into the question."""
    sheet.cell(HEAD + 1, HEADINGS.index(ASKED) + 1).value = "这里填了 99 条。"
