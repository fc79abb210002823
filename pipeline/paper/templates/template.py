"""One return as a workbook: blank, or filled in with values (a demonstration, a returned file)."""

from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.paper.names import STAMP
from pipeline.paper.templates.banner import Waiting
from pipeline.paper.templates.checks import Checks
from pipeline.paper.templates.code import CheckCode
from pipeline.paper.templates.cover import write_cover, zero_address
from pipeline.paper.templates.draft import Draft
from pipeline.paper.templates.grounded import Grounded, Marks
from pipeline.paper.templates.grounds import Grounds
from pipeline.paper.templates.layout import Layout
from pipeline.paper.templates.register import write_lists, write_register
from pipeline.paper.templates.rows import Rows
from pipeline.paper.templates.sheet import write_sheet
from pipeline.paper.theme import Styles
from pipeline.paper.xlsx import Workbook
from schemas.spoken import YES


class Templates:
    """Writes returns of one layout, for as many units as there are."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        zero = zero_address(layout.form)
        self._grounds = Grounds(layout, f'{zero}="{YES}"' if zero else "")
        self._checks = Checks(layout, self._grounds)
        self._code = CheckCode(layout)

    def write(self, path: Path, draft: Draft) -> None:
        """Write one return to ``path``; same input, same bytes."""
        with Workbook(path, locked=False) as workbook:
            self.fill(workbook, Styles(workbook, locked=True), draft, self.marks(draft))
            set_properties(workbook, draft, "填报模板")
            workbook.worksheets()[0].activate()

    def marks(self, draft: Draft) -> Marks:
        """What the checks show: that of each row, and what is asked of the rest."""
        grounded = Grounded(self._grounds, draft)
        rows = {line: self._checks.mark(line, draft, grounded) for line in dict.fromkeys(self.layout.cells.values())}
        return Marks(rows, grounded)

    def fill(self, workbook: Any, styles: Styles, draft: Draft, marks: Marks, waiting: Waiting | None = None) -> None:
        """Write the sheets of the return, behind those that ``workbook`` has already.

        ``waiting`` is what else keeps it from being sent: the list in front of a returned file.
        """
        code = (self._code.formula, self._code.of(draft))
        banner = write_cover(workbook, styles, draft, marks, code, waiting)
        for sheet in self.layout.sheets:
            write_sheet(Rows(workbook, styles, draft, sheet, self._checks), marks.rows, banner)
        for register in self.layout.registers:
            mark = (self._grounds.of_register(register.id), marks.grounded.register_mark(register.id))
            write_register(workbook, styles, draft, register, mark)
        write_lists(workbook, draft, self.layout.registers)
        marks.grounded.write(workbook)
        self._code.write_rest(_stamp(workbook, draft), draft)


def _stamp(workbook: Any, draft: Draft) -> Any:
    """What the workbook is, for the reader of the return: edition, unit, period and layout; returns the sheet."""
    layout = draft.layout
    stamp = {
        "edition": layout.form.edition.id,
        "unit": draft.unit.code,
        "period": str(draft.month),
        "layout": layout.fingerprint,
    }
    sheet = workbook.add_worksheet(STAMP)
    for row, (key, value) in enumerate(stamp.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
        workbook.set_custom_property(f"yuebao.{key}", value)
    sheet.very_hidden()
    return sheet


def set_properties(workbook: Any, draft: Draft, category: str) -> None:
    """Document properties; the date is the period's, so that the same return has the same bytes."""
    office = draft.office.settings.name
    title = f"{draft.layout.form.edition.title} {draft.unit.short} {draft.month.words}"
    created = datetime(draft.month.year, draft.month.first.month, 1)  # noqa: DTZ001  # a workbook's times have no zone
    workbook.set_properties(
        {"title": title, "author": office, "company": office, "category": category, "created": created}
    )
