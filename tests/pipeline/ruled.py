"""The office rules: it fills in 处理意见.xlsx as the run wrote it, and drops it into the inbox."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl

from pipeline.values.files import sha256, short
from pipeline.values.ruling_sheet import CODES, DAY, STANDS, WHERE, in_columns, in_fields
from pipeline.values.rulings import RULINGS
from tests.builders import Desk

SIGNED = {"理由": "已电话核实", "经办人": "王芳", "日期": "2012-02-10"}
SHOWN = {"E-RUL-01", "W-RUL-01", "W-RUL-02", "W-RUL-03", "W-RUL-04", "W-RUL-05", "N-RUL-01"}
CLOSED = {"N-CLO-01", "N-CLO-02"}  # shown in test_forwarded and test_revisions
ON_PAPER = {"W-PAP-01"}  # shown in test_receipts
OWN_FILES = {"W-FIL-01"}  # shown in test_own_files
FORMS = {
    "W-FRM-01",
    "W-SUM-01",
    "E-FRM-01",
}  # shown in tests/worlds/test_forms_in_time and tests/national/test_side_by_side

LEAKS = {"W-LEAK-01", "W-LEAK-02", "W-LEAK-03", "W-LEAK-04"}  # shown in tests/leaks

Filled = Mapping[str, object]


def digest(path: Path) -> str:
    return short(sha256(path.read_bytes()))


def rule(desk: Desk, *answers: tuple[str, Filled], more: tuple[Filled, ...] = (), year: int = 2012) -> Path:
    """Fill in the rows of each unit or file that is asked about, and spare rows; the office signs each.

    ``answers`` name the unit (or the file) and what is filled in; what is None stays empty.
    """
    book = openpyxl.load_workbook(desk.outbox / str(year) / RULINGS)
    sheet = book.worksheets[0]
    head, at = headed(sheet)
    for name, filled in answers:
        rows = [r for r in range(head + 1, sheet.max_row + 1) if name in about(sheet.cell(r, at[WHERE]).value)]
        assert rows, f"nothing is asked about {name}"
        for row in rows:
            fill(sheet, row, filled)
    spare = next(r for r in range(head + 1, sheet.max_row + 1) if not any(c.value for c in sheet[r]))
    for row, filled in enumerate(more, start=spare):
        fill(sheet, row, filled)
    path = desk.inbox / RULINGS
    book.save(path)
    return path


def about(where: str | None) -> set[str]:
    """The unit and the file that a row is about."""
    said = in_fields({WHERE: where or ""})
    return {said["单位"], said["文件"]} - {""}


def headed(sheet) -> tuple[int, dict[str, int]]:
    """The row of the headings, and the column (from 1) of each."""
    rows = ([cell.value for cell in sheet[row]] for row in range(1, 10))
    head, headings = next((n, row) for n, row in enumerate(rows, start=1) if "意见" in row)
    return head, {heading: n for n, heading in enumerate(headings, start=1) if heading}


def fill(sheet, row: int, filled: Filled) -> None:
    """Fill in a row, of today's form or of the older one."""
    _, at = headed(sheet)
    told = {**SIGNED, **filled}
    if WHERE in at:
        told = in_columns_of(told)
    for heading, value in told.items():
        sheet.cell(row, at[heading]).value = value


def in_columns_of(told: Filled) -> Filled:
    """What is filled in by the columns of today's form; what is not spoken of stays as it is."""
    kept = {heading: value for heading, value in told.items() if STANDS[heading] == heading != CODES}
    moved = {heading: str(value) for heading, value in told.items() if heading not in kept and value is not None}
    both = in_columns({**moved, **({DAY: str(told[DAY])} if "有效期至" in moved else {})})
    return {**kept, **{STANDS[heading]: both[STANDS[heading]] for heading in moved}}
