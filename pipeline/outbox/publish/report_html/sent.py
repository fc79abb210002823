"""报送情况: the marks of the workbook's sheet, each leading to what was found about that return."""

from dataclasses import dataclass

from pipeline.outbox.publish.report_html.found import Found
from pipeline.outbox.publish.status import COUNTS, MISSING, OUTSIDE, counted, marks_of
from pipeline.tables.outcome import Outcome


@dataclass(frozen=True)
class Mark:
    """A unit's month: the mark, how it looks, and the finding it leads to ("" where there is none)."""

    text: str
    look: str
    anchor: str


@dataclass(frozen=True)
class Line:
    """A unit: its marks by month and how often each kind stands among them."""

    unit: str
    marks: list[Mark]
    counts: list[int]


@dataclass(frozen=True)
class Status:
    """Unit by month, and how often each kind of mark stands in all."""

    months: list[str]
    kinds: list[str]
    lines: list[Line]

    @property
    def totals(self) -> list[int]:
        """The sums of the counts."""
        return [sum(column) for column in zip(*(line.counts for line in self.lines), strict=True)]

    @property
    def words(self) -> str:
        """The sums in a sentence."""
        return "，".join(f"{kind}{total:,}份" for kind, total in zip(self.kinds, self.totals, strict=True))


def status(outcome: Outcome, found: Found) -> Status:
    """Who reported when, as the workbook's sheet has it."""
    lines = []
    for unit, marks in marks_of(outcome):
        rows = [found.at.get((unit.code, str(month))) for month in outcome.months]
        cells = [Mark(m, _look(m), row.anchor if row else "") for m, row in zip(marks, rows, strict=True)]
        lines.append(Line(unit.short, cells, [sum(counted(kind, mark) for mark in marks) for kind in COUNTS]))
    return Status([month.short for month in outcome.months], list(COUNTS), lines)


def _look(mark: str) -> str:
    """As in the workbook: what is missing before what was sent back before what came late."""
    looks = {MISSING: "missing", "退": "returned", "迟": "late", OUTSIDE: "outside"}
    return next((look for sign, look in looks.items() if sign in mark), "sound")
