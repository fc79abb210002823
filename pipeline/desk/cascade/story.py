"""The story of the demonstration: three levels, a wrong cell found from the top, a correction that goes up."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.desk.cascade.levels import Levels
from pipeline.desk.following import followed
from pipeline.desk.lower import Lower
from pipeline.tables.explain import Explanation, Source, explain
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from pipeline.values.screen import Stages

HALF, YEAR = 6, 12


@dataclass(frozen=True)
class Told:
    """What the demonstration came to: lines for the screen, and whether everything was found and nothing else."""

    lines: list[str]
    exact: bool


def tell_story(levels: Levels, screen: Stages, half: int = HALF, year: int = YEAR) -> Told:
    """Half a year goes up with a wrong cell in it, the correction after it, then the whole year."""
    plan = levels.plan
    first, middle, last = (Month(plan.year, n) for n in (1, half, year))
    with screen.stage("造各县单位的月报"):
        levels.send(first, middle, wrong=True)
    before = levels.travel(middle, levels.day(middle), screen)
    found = list(_found(levels, before))
    with screen.stage("单位更正"):
        levels.correct()
    corrected = levels.travel(middle, plan.correction, screen)
    with screen.stage("造各县单位的月报"):
        levels.send(middle.plus(1), last, wrong=False)
    whole = levels.travel(last, levels.day(last), screen)
    gone = _asked(corrected) + _asked(whole)
    totals = [_total(one, str(plan.wrong.period)) for one in (before, corrected)]
    exact = [where for _, where in found] == [_planted(levels)] and not gone and totals[0] != totals[1]
    return Told([*_lines(found, totals, whole), *_rest(gone)], exact and whole.ready)


def _found(levels: Levels, outcome: Outcome) -> Iterator[tuple[Finding, str]]:
    """The questions that the province asks, each with the cell of a unit to which it is followed down."""
    for question in outcome.questions:
        if question.number:
            yield question, _followed_down(levels, outcome, question)


def _followed_down(levels: Levels, outcome: Outcome, question: Finding) -> str:
    """The cell below a number of the province that weighs most: its unit's code is in its file's place."""
    entry = outcome.form.entry(question.number) if question.number else None
    label = entry.label if entry else ""
    table = next(t for t in outcome.tables if any(c.name == label for c in t.columns))
    month = next(row.label for row in table.rows if row.months == (question.period,))
    explanation = followed(explain(outcome, table.annual.id, month, label), Lower([levels.folder]))
    source = _deepest(explanation)
    return f"{source.unit} {source.period} {source.file} {source.place}"


def _deepest(explanation: Explanation) -> Source:
    source = explanation.sources[0]
    while source.below:
        source = source.below[0]
    return source


def _planted(levels: Levels) -> str:
    """The wrong cell, told as one that was found."""
    wrong = levels.plan.wrong
    own = next(one for one in levels.returns if one.office.settings.id == wrong.office)
    unit = own.office.units[wrong.unit - 1]
    sheet, cell = own.cell(wrong.line)
    return f"{unit.name} {wrong.period} {wrong.period}/{unit.short}_{wrong.period}.xlsx {sheet}!{cell}"


def _asked(outcome: Outcome) -> list[Finding]:
    """What is asked that somebody has to do something about, or look at."""
    return [*outcome.open_findings, *outcome.open_questions]


def _total(outcome: Outcome, period: str) -> str:
    """The first number that the month of a table comes to."""
    table = outcome.tables[0]
    row = next(row for row in table.rows if row.months == (period,))
    return row.answers[0].show(table.quantity(row, 0))


def _lines(found: list[tuple[Finding, str]], totals: list[str], whole: Outcome) -> Iterator[str]:
    yield f"省里看到 {len(found)} 处与往常不同："
    for question, where in found:
        yield f"  {question.message}"
        yield f"  往下查到：{where}"
    yield f"单位更正后逐级重新上报，省里这个月的合计由 {totals[0]} 改为 {totals[1]}。"
    yield f"全年：{whole.coverage.words}。{whole.verdict}"


def _rest(gone: list[Finding]) -> Iterator[str]:
    yield from (f"更正以后还有：{one.message}" for one in gone)
