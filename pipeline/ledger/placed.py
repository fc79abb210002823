"""Files that say nothing themselves, by the month that their name and folders speak of without its year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from pipeline.values.findings import ATTACHED, Finding
from pipeline.values.periods import Month
from pipeline.values.spoken_of import period_in

MISSING = "E-ABS-01"
UNREAD = {f"E-FIL-{number:02d}" for number in range(1, 10)}  # files that say of no unit that it sent them


def placed(findings: Iterable[Finding], months: Sequence[Month]) -> Iterator[Finding]:
    """The findings; one about a unit's file of no period has that of the ``months`` reported which its path fits."""
    for finding in findings:
        own = _meant(finding.file, months) if finding.unit and not finding.period and finding.file else []
        yield replace(finding, period=str(own[0])) if len(own) == 1 else finding


def with_what_lies_there(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings; one about a return that is missing names the file of its unit and period that is none."""
    told = [finding for finding in findings if finding.file and finding.unit and finding.rule != MISSING]
    there = {(f.unit, f.period): PurePath(f.file).name for f in told if f.rule == ATTACHED or f.rule in UNREAD}
    for finding in findings:
        name = there.get((finding.unit, finding.period)) if finding.rule == MISSING else None
        said = f"收件夹里的“{name}”读不出数字，不能当作报表。" if name else ""
        yield replace(finding, remedy=f"{finding.remedy}{said}") if said else finding


def _meant(file: str, months: Sequence[Month]) -> list[Month]:
    """The months that every step of a path which speaks of one fits."""
    steps = [step.rpartition(".")[0] or step for step in file.split("/")]
    hints = [hint for step in steps if (hint := period_in(step, months[0].length))]
    return [month for month in months if hints and all(hint.fits(month) for hint in hints)]
