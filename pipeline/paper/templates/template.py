"""One return as a workbook: blank, or filled in with values (a demonstration, a returned file)."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.paper.names import STAMP
from pipeline.paper.templates.checks import Checks
from pipeline.paper.templates.code import CheckCode
from pipeline.paper.templates.cover import write_cover, zero_address
from pipeline.paper.templates.draft import Draft
from pipeline.paper.templates.layout import Cells, Layout
from pipeline.paper.templates.register import write_lists, write_register
from pipeline.paper.templates.rows import Rows
from pipeline.paper.templates.sheet import write_sheet
from pipeline.paper.theme import Styles
from pipeline.paper.xlsx import Workbook


class Templates:
    """Writes returns of one layout, for as many units as there are."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        zero = zero_address(layout.form)
        self._checks = Checks(layout, zero)
        self._code = CheckCode(layout)

    def write(self, path: Path, draft: Draft) -> None:
        """Write one return to ``path``; same input, same bytes."""
        with Workbook(path, locked=False) as workbook:
            self.fill(workbook, Styles(workbook, locked=True), draft, self.marks(draft))
            set_properties(workbook, draft, "填报模板")
            workbook.worksheets()[0].activate()

    def marks(self, draft: Draft) -> dict[Cells, str]:
        """What the check of each row shows."""
        return {line: self._checks.mark(line, draft) for line in dict.fromkeys(self.layout.cells.values())}

    def fill(self, workbook: Any, styles: Styles, draft: Draft, marks: Mapping[Cells, str]) -> None:
        """Write the sheets of the return, behind those that ``workbook`` has already."""
        banner = write_cover(workbook, styles, draft, list(marks.values()), (self._code.formula, self._code.of(draft)))
        for sheet in self.layout.sheets:
            write_sheet(Rows(workbook, styles, draft, sheet, self._checks), marks, banner)
        for register in self.layout.registers:
            write_register(workbook, styles, draft, register)
        write_lists(workbook, draft, self.layout.registers)
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
