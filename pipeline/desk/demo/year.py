"""The demonstration year under construction: what was written, when it arrived, what was planted."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipeline.desk.demo.plan import Fault, Plan
from pipeline.desk.demo.share import Values
from pipeline.paper.templates import Draft, Templates
from pipeline.values.files import sha256
from schemas.edition import Agreement
from schemas.form import Form
from schemas.office import Office
from schemas.rules.terms import Ref


class Planted(NamedTuple):
    """A fault that the run must find, and the difference it makes in the year's reconciliation."""

    rule: str
    unit: str
    period: str
    sheet: str
    cell: str
    what: str
    difference_id: str = ""
    difference: int = 0


@dataclass
class Year:
    """What is known while the year is built."""

    plan: Plan
    form: Form
    office: Office
    inbox: Path
    values: Values
    receipts: list[tuple[str, str, str, str]] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    def receive(self, path: Path, day: date) -> None:
        """Enter a file in the receipts book."""
        data = path.read_bytes()
        name = path.relative_to(self.inbox).as_posix()
        self.receipts.append((sha256(data), name, day.isoformat(), str(len(data))))

    @property
    def remainder(self) -> Agreement:
        """The agreement whose total may be more than its parts, where the plan has such gaps."""
        return next(agreement for agreement in self.form.edition.agreements if agreement.remainder)

    def ref(self, text: str) -> Ref:
        """The line that demo.toml names."""
        return self.form.expression(text)[0].refs[0]


@dataclass(frozen=True)
class Sending:
    """A unit about to send in a month's return."""

    year: Year
    templates: Templates
    draft: Draft
    path: Path
    day: date

    def send(self, draft: Draft, path: Path, day: date) -> None:
        """Write a return and let it arrive."""
        self.templates.write(path, draft)
        self.year.receive(path, day)

    def plant(self, rule: str, sheet: str, cell: str, what: str) -> None:
        """List a fault of this return."""
        unit, month = self.draft.unit.code, str(self.draft.month)
        self.year.planted.append(Planted(rule, unit, month, sheet, cell, what))

    def address(self, ref: Ref) -> tuple[str, str]:
        """Sheet and cell of a line."""
        sheet = self.draft.layout.places[ref.table, ref.line].sheet
        return sheet, self.draft.layout.cell(ref, sheet=sheet)

    def fault(self) -> Fault | None:
        """What goes wrong with this return, if anything."""
        whose = (self.draft.unit.short, str(self.draft.month))
        return next((fault for fault in self.year.plan.faults if (fault.unit, fault.period) == whose), None)
