"""Who is overdue: month by month, the units whose return is missing, or was sent back and is not mended yet.

In an office that asks for a copy on paper also those of which only the electronic one came.

The newest version decides, as it does for what goes back: a unit whose second version was sent back is reminded,
although its first stays in force. A month is overdue from the day after its due day.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from pipeline.outbox.publish.status import MISSING, OUTSIDE, RETURNED, counted, mark_of, versions_of
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import ATTACHED
from pipeline.values.periods import Month, due_day
from pipeline.values.rulings import PAPER
from pipeline.values.spoken_of import period_in
from schemas.day import within_year
from schemas.letters import letters
from schemas.period import called, in_words, periods_of
from schemas.units import UnitRow

UNUSABLE, OF_ANOTHER, BESIDE = "收到的文件不能用", "报来的是别的报告期", "只收到随件材料"
UNMENDED, NEVER, NO_PAPER = "退回未改", "本年没有", "缺纸质件"
STATES = {MISSING: MISSING, RETURNED: UNMENDED}
WORST_FIRST = ("未报", "迟报", "退过")


@dataclass(frozen=True)
class Chased:
    """A unit to be reminded. ``marks``: its twelve months as 报送情况 shows them, empty where nothing is due yet.

    ``remark`` is what lies there in the place of a return that is missing.
    """

    unit: str
    state: str
    marks: tuple[str, ...]
    last: str
    letter: str
    remark: str = ""


@dataclass(frozen=True)
class Overdue:
    """A month that is overdue, and those to be reminded: who is most often missing comes first."""

    month: Month
    due: date
    days: int
    owed: int
    chased: tuple[Chased, ...]

    @property
    def words(self) -> str:
        """How many returns of the month are there, and how many are waited for."""
        states = [chased.state for chased in self.chased]
        missing, unmended = states.count(MISSING), states.count(UNMENDED)
        lacking = f"，缺纸质件{papers}份" if (papers := states.count(NO_PAPER)) else ""
        return f"应报{self.owed}份，收到{self.owed - missing}份，退回未改{unmended}份，未报{missing}份{lacking}"


def overdue(outcome: Outcome) -> list[Overdue]:
    """The months that are overdue and have somebody to be reminded."""
    year = _Year(outcome)
    return [month for month in map(year.overdue, year.due) if month.chased]


class _Year:
    """What is known of the year: the versions of every return, what each unit sent last, the due days that are over."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.months = list(periods_of(outcome.year, outcome.months[0].length))
        self.owed = {(unit.code, month) for month in self.months for unit in outcome.office.units_in(str(month))}
        self.versions = versions_of(outcome)
        sent = sorted((row.received, row.period, row.unit) for own in self.versions.values() for row in own if row.file)
        self.files: dict[str, list[Any]] = {}
        for row in outcome.returns[outcome.returns["file"] != ""].itertuples(index=False):
            self.files.setdefault(str(row.unit), []).append(row)
        self.last = {unit: (day, period) for day, period, unit in sent}
        receipts = outcome.receipts[outcome.receipts["kind"] == PAPER]
        self.papers = set(zip(receipts["unit"], receipts["period"], strict=True))
        unread = [f for f in outcome.open_findings if f.level == "must" and f.file]
        self.unread = {(f.unit, f.period): f.message for f in unread}  # by the unit and month that the file's name says
        beside = [f for f in outcome.findings if f.rule == ATTACHED and f.unit]
        self.beside = {(f.unit, f.period): PurePath(f.file).name for f in beside}
        due = {month: due_day(month, outcome.office) for month in outcome.months}
        self.due = {month: day for month, day in due.items() if day < outcome.as_of}

    def overdue(self, month: Month) -> Overdue:
        owing = self.outcome.office.units_in(str(month))
        waiting = [unit for unit in owing if self._state(unit, month)]
        chased = sorted((self._chased(unit, month) for unit in waiting), key=_worst_first)
        return Overdue(month, self.due[month], self._days(month), len(owing), tuple(chased))

    def _newest(self, unit: UnitRow, month: Month) -> Any:
        return self.versions[unit.code, str(month)][-1]

    def _state(self, unit: UnitRow, month: Month) -> str:
        """What is waited for; "" where nothing is."""
        lacks = self.outcome.office.settings.receipt.paper and (unit.code, str(month)) not in self.papers
        return STATES.get(self._newest(unit, month).state, NO_PAPER if lacks else "")

    def _days(self, month: Month) -> int:
        return (self.outcome.as_of - self.due[month]).days

    def _chased(self, unit: UnitRow, month: Month) -> Chased:
        state = self._state(unit, month)
        marks = tuple(self._mark(unit.code, month) for month in self.months)
        remark = self._remark(unit, month) if state == MISSING else ""
        return Chased(unit.short, state, marks, self._last(unit.code), self._letter(unit, month), remark)

    def _mark(self, unit: str, month: Month) -> str:
        """As 报送情况 shows it, but that a return which is not due yet is not missing."""
        if (unit, month) not in self.owed:
            return OUTSIDE
        mark = mark_of(self.versions.get((unit, str(month)), []))
        return "" if mark == MISSING and month not in self.due else mark

    def _last(self, unit: str) -> str:
        """The month of the return that the unit sent last, and the day on which it came."""
        if unit not in self.last:
            return NEVER
        day, period = self.last[unit]
        return f"{called(period)}（{within_year(date.fromisoformat(day))}）"

    def _remark(self, unit: UnitRow, month: Month) -> str:
        if (unit.code, str(month)) in self.unread:
            return UNUSABLE
        if self._misnamed(unit, month):
            return OF_ANOTHER
        return BESIDE if (unit.code, str(month)) in self.beside else ""

    def _misnamed(self, unit: UnitRow, month: Month) -> Any:
        """A file of the unit's whose name speaks of the month, while its table is another month's; None without one."""
        hints = ((row, period_in(PurePath(row.file).stem, month.length)) for row in self.files.get(unit.code, []))
        return next((row for row, hint in hints if row.period != str(month) and hint and hint.fits(month)), None)

    def _letter(self, unit: UnitRow, month: Month) -> str:
        """The sentence to send."""
        newest, words = self._newest(unit, month), letters()
        key = unit.code, str(month)
        problem, other, beside = self.unread.get(key, ""), self._misnamed(unit, month), self.beside.get(key, "")
        missing = words.misnamed if other else words.beside if beside else words.missing
        sentences = {
            MISSING: words.unread if problem else missing,
            UNMENDED: words.returned,
            NO_PAPER: words.paper,
        }
        return sentences[self._state(unit, month)].format(
            unit=unit.short,
            month=month.words,
            form=self.outcome.form.edition.title,
            due=within_year(self.due[month]),
            days=self._days(month),
            spots=newest.must,
            problem=problem,
            name=PurePath(other.file).name if other else beside,
            other=in_words(other.period) if other else "",
            contact=self.outcome.office.settings.contact,
        )


def _worst_first(row: Chased) -> tuple[int, ...]:
    """By how often the unit was missing, late and sent back this year."""
    return tuple(-sum(counted(name, mark) for mark in row.marks) for name in WORST_FIRST)
