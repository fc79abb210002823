"""What the units of a county send: real workbooks made from its templates, invented and the same everywhere."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from pipeline.desk.cascade.plan import Cascade, Wrong
from pipeline.paper.templates import Draft, Filling, Layout, Prior, Templates
from pipeline.values.files import sha256
from pipeline.values.periods import Month
from schemas.form import Form
from schemas.office import Office
from schemas.rules.terms import Ref
from schemas.units import UnitRow

RECEIPTS, HEADER = "收件登记.csv", ("sha256", "name", "first_seen", "bytes")
Numbers = dict[Ref, int]


@dataclass
class Returns:
    """The returns of a county's units: what they should have said and said, by unit and month."""

    plan: Cascade
    office: Office
    form: Form
    inbox: Path
    right: dict[tuple[str, str], Numbers] = field(default_factory=dict)
    sent: dict[tuple[str, str], Numbers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Every unit's numbers of the year."""
        self._templates = Templates(Layout(self.form))
        for unit in self.office.units:
            open_before = 0
            for month in _year(self.plan):
                numbers = self._numbers(unit.code, str(month), open_before)
                open_before = numbers[self._ref(self.plan.carried.closing)]
                self.right[unit.code, str(month)] = numbers

    def send(self, months: Sequence[Month], wrong: Wrong | None) -> None:
        """Every unit sends its returns of some months, in time; where one is ``wrong``, with that cell wrong."""
        for month in months:
            day = month.plus(1)
            for unit in self.office.units_in(str(month)):
                numbers = dict(self.right[unit.code, str(month)])
                if wrong and self.is_wrong(unit, month):
                    numbers[self._ref(wrong.line)] *= wrong.times
                self.sent[unit.code, str(month)] = numbers
                path = self._write(unit, month, "")
                self._receive(path, date(day.year, day.month, self.plan.days.received))

    def correct(self) -> Path | None:
        """The unit whose cell was wrong sends that return, and those after it whose 本年累计 it is in, once more."""
        last, path = None, None
        for (code, period), numbers in self.sent.items():
            if numbers != self.right[code, period]:
                self.sent[code, period], last = self.right[code, period], (code, period)
        for unit, month in [(u, m) for m in _year(self.plan) for u in self.office.units_in(str(m))]:
            if last and unit.code == last[0] and str(month) >= last[1] and (unit.code, str(month)) in self.sent:
                path = self._write(unit, month, "_更正")
        return path

    def is_wrong(self, unit: UnitRow, month: Month) -> bool:
        """Whether this is the return with the wrong cell."""
        wrong = self.plan.wrong
        at = [own.code for own in self.office.units].index(unit.code) + 1
        return (self.office.settings.id, at, str(month)) == (wrong.office, wrong.unit, wrong.period)

    def cell(self, line: str) -> tuple[str, str]:
        """Sheet and cell of a line."""
        ref, layout = self._ref(line), self._templates.layout
        sheet = layout.places[ref.table, ref.line].sheet
        return sheet, layout.cell(ref, sheet=sheet)

    def _numbers(self, unit: str, period: str, before: int) -> Numbers:
        random = Random(f"{self.plan.seed} {unit} {period}")  # noqa: S311  # a demonstration, no secret
        carried = self.plan.carried
        numbers = {self._ref(line): random.randint(*span) for line, span in self.plan.numbers.items()}
        there = before + numbers[self._ref(carried.received)]
        left = there // 4
        told = {carried.opening: before, carried.closed: there - left, carried.closing: left}
        return numbers | {self._ref(line): value for line, value in told.items()}

    def _write(self, unit: UnitRow, month: Month, ending: str) -> Path:
        """One unit's return of a month as it says it."""
        own = [
            self.sent[unit.code, str(one)]
            for one in _year(self.plan)
            if one < month and (unit.code, str(one)) in self.sent
        ]
        keys = {(ref.table, ref.line) for numbers in own for ref in numbers}
        cumulative = {key: sum(numbers[Ref(*key)] for numbers in own) for key in keys}
        cover = {one.code: "示例填报人" for one in self.form.edition.cover}
        filling = Filling(dict(self.sent[unit.code, str(month)]), cover)
        path = self.inbox / str(month) / f"{unit.short}_{month}{ending}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._templates.write(path, Draft(self._templates.layout, self.office, unit, month, Prior(cumulative), filling))
        return path

    def _receive(self, path: Path, day: date) -> None:
        """Enter a file in the receipts book."""
        data, out = path.read_bytes(), io.StringIO()
        book = self.inbox / RECEIPTS
        row = (sha256(data), path.relative_to(self.inbox).as_posix(), day.isoformat(), str(len(data)))
        csv.writer(out, lineterminator="\r\n").writerows([row] if book.exists() else [HEADER, row])
        with book.open("a", encoding="utf-8" if book.exists() else "utf-8-sig", newline="") as file:
            file.write(out.getvalue())

    def _ref(self, line: str) -> Ref:
        return self.form.expression(line)[0].refs[0]


def _year(plan: Cascade) -> list[Month]:
    return list(Month(plan.year, 1).until(Month(plan.year, 12)))
