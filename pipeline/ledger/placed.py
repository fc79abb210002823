"""Files that say nothing themselves, by the month that their name and folders speak of without its year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from pipeline.values.spoken_of import period_in


def placed(findings: Iterable[Finding], months: Sequence[Month]) -> Iterator[Finding]:
    """The findings; one about a unit's file of no period has that of the ``months`` reported which its path fits."""
    for finding in findings:
        own = _meant(finding.file, months) if finding.unit and not finding.period and finding.file else []
        yield replace(finding, period=str(own[0])) if len(own) == 1 else finding


def _meant(file: str, months: Sequence[Month]) -> list[Month]:
    """The months that every step of a path which speaks of one fits."""
    steps = [step.rpartition(".")[0] or step for step in file.split("/")]
    hints = [hint for step in steps if (hint := period_in(step, months[0].length))]
    return [month for month in months if hints and all(hint.fits(month) for hint in hints)]
