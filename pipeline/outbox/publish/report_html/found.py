"""Findings and questions, a row each, and what they can be filtered by."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pipeline.outbox.publish.checks import LEVELS, open_first, where
from pipeline.outbox.publish.report_html.written import Link, Written
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import SIGNS, Finding


@dataclass(frozen=True)
class Row:
    """A finding as shown. ``anchor`` is its address on the page, "" where the same one stood above."""

    finding: Finding
    anchor: str
    unit: str
    link: Link | None

    @property
    def sign(self) -> str:
        """What tells its level without colour."""
        return SIGNS[self.finding.level]

    @property
    def waits(self) -> bool:
        """Whether the workbook waits for it."""
        return self.finding.pending and self.finding.level != "ask"

    @property
    def level(self) -> str:
        """Its level in words."""
        return LEVELS[self.finding.level]

    @property
    def where(self) -> str:
        """Its cell, or what is meant where there is none."""
        return where(self.finding)


@dataclass(frozen=True)
class Choice:
    """One value to filter by: as the rows carry it, in words, and how many rows have it."""

    value: str
    words: str
    count: int


@dataclass(frozen=True)
class Found:
    """The findings, what waits first, and the values of each filter in the order of the rows or of their names."""

    rows: tuple[Row, ...]

    @cached_property
    def waiting(self) -> list[Row]:
        """Those that somebody has to do something about."""
        return [row for row in self.rows if row.waits]

    @cached_property
    def settled(self) -> list[Row]:
        """Those that need nothing more."""
        return [row for row in self.rows if not row.waits]

    @cached_property
    def levels(self) -> list[Choice]:
        """By level."""
        counts = Counter(row.finding.level for row in self.rows)
        return [Choice(level, words, counts[level]) for level, words in LEVELS.items() if counts[level]]

    @cached_property
    def states(self) -> list[Choice]:
        """By state."""
        return [Choice(state, state, n) for state, n in Counter(row.finding.state for row in self.rows).items()]

    @cached_property
    def units(self) -> list[Choice]:
        """By unit."""
        counts = Counter((row.finding.unit, row.unit) for row in self.rows if row.unit)
        return [Choice(code, name, n) for (code, name), n in sorted(counts.items())]

    @cached_property
    def months(self) -> list[Choice]:
        """By month."""
        counts = Counter(row.finding.period for row in self.rows if row.finding.period)
        return [Choice(period, period, n) for period, n in sorted(counts.items())]

    @cached_property
    def at(self) -> dict[tuple[str, str], Row]:
        """The first row of each unit and month."""
        return {(row.finding.unit, row.finding.period): row for row in reversed(self.rows) if row.anchor}


def found(outcome: Outcome, written: Written) -> Found:
    """Every finding, in the order of the workbook's sheet."""
    return Found(tuple(_rows(open_first(outcome), outcome, written)))


def questions(outcome: Outcome, written: Written) -> tuple[list[Row], list[Row]]:
    """The questions to look at first, and the others, answered ones last."""
    first = len(outcome.first_questions)
    answered = [question for question in outcome.questions if question not in set(outcome.open_questions)]
    rows = list(_rows([*outcome.open_questions, *answered], outcome, written))
    return rows[:first], rows[first:]


def _rows(findings: Iterable[Finding], outcome: Outcome, written: Written) -> Iterable[Row]:
    seen: set[str] = set()
    for finding in findings:
        anchor = "" if finding.id in seen else finding.id
        seen.add(finding.id)
        yield Row(finding, anchor, outcome.office.short(finding.unit, finding.period), written.to_open(finding))
