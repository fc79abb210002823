"""Statements and returns in one workbook, each pair judged by its Excel formula, and two engines to recalculate it."""

import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import formualizer
import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_rowcol_to_cell

from schemas.form import Form
from schemas.rules import excel
from schemas.rules.terms import Ref, Statement

HOLDS, BROKEN, NOT_JUDGED = "holds", "broken", "not judged"
COLUMNS = [(measure, shift) for measure in ("month", "year_to_date") for shift in (0, -1, -12)]
RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""

Cells = Mapping[Ref, int | str | None]
Grids = dict[str, list[list[object]]]


def refs_of(form: Form) -> list[Ref]:
    """What every unit fills in or adds up every month, in all its measures, this month and earlier."""
    asked = [(key, entry) for key, entry in form.entries.items() if entry.always_asked and not entry.derived]
    return [Ref(*key, *column) for column in COLUMNS for key, entry in asked if column[0] in entry.measures]


def workbook(form: Form, returns: list[Cells]) -> bytes:
    """Sheet 数 has a line a row and six columns a return; 判 and 差 have a statement a row and a return a column.

    Each number stands in the unit of its line.
    """
    memory = BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        numbers, verdicts, differences = (book.add_worksheet(name) for name in ("数", "判", "差"))
        for index, cells in enumerate(returns):
            places = _Places(form, index)
            for ref in places.read():
                places.write(numbers, ref, cells.get(ref))
            for row, statement in enumerate(form.statements):
                verdicts.write_formula(row, index, _verdict(statement, places.cell, places.inputs, form.entries))
                differences.write_formula(row, index, "=" + excel.difference(statement, places.cell, form.entries))
    return memory.getvalue()


def register(form: Form, items: list[Cells]) -> bytes:
    """Sheet 账 has an item a row and its days side by side; 判 and 差 have a statement a row and an item a column."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        days, verdicts, differences = (book.add_worksheet(name) for name in ("账", "判", "差"))
        for index, cells in enumerate(items):
            places = {ref: f"账!{xl_rowcol_to_cell(index, column)}" for column, ref in enumerate(cells)}
            for column, day in enumerate(cells.values()):
                if day is not None:
                    days.write(index, column, day)
            for row, statement in enumerate(form.statements):
                verdict = _verdict(statement, places.__getitem__, lambda ref, places=places: [places[ref]], {})
                verdicts.write_formula(row, index, verdict)
                differences.write_formula(row, index, "=" + excel.difference(statement, places.__getitem__, {}))
    return memory.getvalue()


def _verdict(statement: Statement, cell: excel.Cell, inputs: excel.Inputs, entries: excel.Entries) -> str:
    judged, broken = excel.judged(statement, cell, inputs, entries), excel.broken(statement, cell, entries)
    return f'=IF({judged},IF({broken},"{BROKEN}","{HOLDS}"),"{NOT_JUDGED}")'


class _Places:
    """Where the numbers of one return stand."""

    def __init__(self, form: Form, index: int) -> None:
        self.form = form
        self.first_column = index * len(COLUMNS)
        self.rows = {key: row for row, key in enumerate(form.entries)}

    def cell(self, ref: Ref) -> str:
        column = self.first_column + COLUMNS.index((ref.measure, ref.shift))
        return f"数!{xl_rowcol_to_cell(self.rows[ref.table, ref.line], column)}"

    def read(self) -> dict[Ref, None]:
        """What the statements read: their lines, and the parts of those that are totals."""
        lines = [ref for statement in self.form.statements for ref in statement.refs]
        return dict.fromkeys(lines + [part for ref in lines for part in self.parts(ref)])

    def parts(self, ref: Ref) -> list[Ref]:
        lines = self.form.entry(ref).parts or (ref.line,)
        return [Ref(ref.table, line, ref.measure, ref.shift) for line in lines]

    def inputs(self, ref: Ref) -> list[str]:
        return [self.cell(part) for part in self.parts(ref)]

    def write(self, sheet: xlsxwriter.worksheet.Worksheet, ref: Ref, value: int | str | None) -> None:
        address = self.cell(ref).removeprefix("数!")
        if self.form.entry(ref).is_total:
            sheet.write_formula(address, f"=SUM({excel.ranges(self.inputs(ref))})")
        elif isinstance(value, str):
            sheet.write_string(address, value)
        elif value is not None:
            sheet.write_number(address, self.form.entry(ref).quantity.number(value))


def by_formualizer(book: bytes, form: Form, returns: list[Cells]) -> Grids:
    computed = formualizer.load_workbook_bytes(book)
    computed.evaluate_all()
    rows, columns = range(1, len(form.statements) + 1), range(1, len(returns) + 1)
    return {name: [[computed.get_value(name, row, column) for column in columns] for row in rows] for name in "判差"}


def by_libreoffice(book: bytes, folder: Path) -> Grids:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE_ALWAYS, encoding="utf-8")
    (folder / "book.xlsx").write_bytes(book)
    office = ["soffice", "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "xlsx"]
    subprocess.run([*office, "--outdir", folder / "out", folder / "book.xlsx"], check=True, capture_output=True)  # noqa: S603
    computed = CalamineWorkbook.from_path(folder / "out" / "book.xlsx")
    return {name: computed.get_sheet_by_name(name).to_python() for name in "判差"}
