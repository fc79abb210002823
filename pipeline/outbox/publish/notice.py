"""群通知: one text for the chat group of all units, with what is waited for of each of them and what each is asked."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.outbox.publish.inquiry import waits_for_unit
from pipeline.outbox.publish.overdue import NO_PAPER, UNMENDED, Chased, Overdue, overdue
from pipeline.outbox.publish.status import MISSING
from pipeline.tables.outcome import Outcome
from pipeline.values.files import write_text
from pipeline.values.findings import Finding
from schemas.day import in_words, within_year
from schemas.letters import letters
from schemas.period import called

NAME = "群通知"
ENDING = f"_{NAME}"
BETWEEN = "、"


def write_notice(folder: Path, outcome: Outcome) -> list[Path]:
    """Write the text into ``folder`` where anything is waited for; it opens in an editor and is copied whole."""
    told = [*_waited_for(overdue(outcome)), *_asked(outcome)]
    if not told:
        return []
    words, settings = letters(), outcome.office.settings
    day = in_words(outcome.as_of)
    head = words.group.format(form=outcome.form.edition.title, day=day)
    lines = [head, *told, words.group_end.format(contact=settings.contact)]
    path = folder / f"{outcome.months[-1]}{ENDING}.txt"
    return [write_text(path, "\ufeff" + "".join(f"{line}\r\n" for line in lines))]


def _waited_for(months: list[Overdue]) -> Iterator[str]:
    """By month: who has not sent, who has not mended, whose paper is lacking."""
    words = letters()
    sentences = {MISSING: words.group_missing, UNMENDED: words.group_returned, NO_PAPER: words.group_paper}
    for month in months:
        for state, sentence in sentences.items():
            units = [_named(row) for row in month.chased if row.state == state]
            if units:
                due = within_year(month.due)
                yield sentence.format(month=month.month.words, count=len(units), units=BETWEEN.join(units), due=due)


def _named(row: Chased) -> str:
    return f"{row.unit}（{row.remark}）" if row.remark else row.unit


def _asked(outcome: Outcome) -> Iterator[str]:
    """Who is asked about its numbers, and each question where it arises."""
    asked = [f for f in outcome.open_findings if waits_for_unit(f) and not f.withholds]
    named = {f.unit: outcome.office.short(f.unit, f.period) for f in asked}
    if not asked:
        return
    yield letters().group_asked.format(count=len(named), units=BETWEEN.join(named.values()))
    for number, finding in enumerate(asked, start=1):
        yield f"{number}. {named[finding.unit]}{called(finding.period)}{_where(finding)}：{finding.message}"


def _where(finding: Finding) -> str:
    return f"，{finding.sheet} {finding.cell}" if finding.cell else ""
