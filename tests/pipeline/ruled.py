"""The office rules: it fills in 处理意见.xlsx as the run wrote it, and drops it into the inbox."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl

from pipeline.values.files import sha256, short
from pipeline.values.rulings import HEADINGS, RULINGS
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
    head = next(row for row in range(1, 10) if sheet.cell(row, 1).value == HEADINGS[0])
    for name, filled in answers:
        rows = [
            r for r in range(head + 1, sheet.max_row + 1) if name in {sheet.cell(r, 2).value, sheet.cell(r, 4).value}
        ]
        assert rows, f"nothing is asked about {name}"
        for row in rows:
            fill(sheet, row, filled)
    spare = next(r for r in range(head + 1, sheet.max_row + 1) if not any(c.value for c in sheet[r]))
    for row, filled in enumerate(more, start=spare):
        fill(sheet, row, filled)
    path = desk.inbox / RULINGS
    book.save(path)
    return path


def fill(sheet, row: int, filled: Filled) -> None:
    for heading, value in {**SIGNED, **filled}.items():
        sheet.cell(row, HEADINGS.index(heading) + 1).value = value
