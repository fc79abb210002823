"""The files that go back, one for every return that waits to be mended."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from pipeline.ledger.sent_back import SentBack
from pipeline.outbox.returned.again import write_again
from pipeline.outbox.returned.unknown import write_unknown
from pipeline.paper.templates import Layout, Templates
from pipeline.tables.outcome import Outcome
from pipeline.values.files import write_whole
from pipeline.values.findings import PROVISIONAL, Finding
from schemas.form import Form

FOLDER, UNKNOWN, ENDING = "退回", "未识别", "_退回修改"
LONGEST = 60  # characters of a sender's file name; with our ending and in UTF-8 no disk refuses it


def write_returned(outcome: Outcome, outbox: Path) -> list[Path]:
    """Write the year's folder 退回; returns the paths written.

    A return whose form is known goes back as the clean template filled in again. Of any other a copy is marked, or,
    where that cannot be done, the list of what is wrong goes back alone.
    """
    folder = outbox / outcome.folder / FOLDER
    told = _open(outcome.findings)
    makers: dict[int, Templates] = {}
    written: list[Path] = []
    for back in outcome.sent_back:
        findings = [*told.get(back.file, []), *back.beside]
        if back.edition:
            maker = _maker(makers, outcome.form_of(back.edition).of(back.period, back.unit))
            path = folder / back.period / f"{outcome.office.short(back.unit, back.period)}_{back.period}{ENDING}.xlsx"
            write = partial(write_again, outcome=outcome, back=back, findings=findings, templates=maker)
        else:
            path = _free(folder / UNKNOWN, back, written)
            write = partial(write_unknown, outcome=outcome, back=back, findings=findings)
        written.append(write_whole(path, write))
    return written


def _open(findings: Sequence[Finding]) -> Mapping[str, list[Finding]]:
    """What is to be done about each file: what must be mended first."""
    told: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: f.level):
        if finding.pending or finding.state == PROVISIONAL:
            told.setdefault(finding.file, []).append(finding)
    return told


def _maker(makers: dict[int, Templates], form: Form) -> Templates:
    """What writes the returns of a form; made once for all units that are asked the same."""
    if id(form) not in makers:
        makers[id(form)] = Templates(Layout(form))
    return makers[id(form)]


def _free(folder: Path, back: SentBack, taken: Sequence[Path]) -> Path:
    """A name that no other file has: files of one name may lie in several folders of the inbox."""
    stem, used = Path(back.file).stem[:LONGEST], {str(path).casefold() for path in taken}
    names = (folder / f"{stem}{f'（{n}）' if n > 1 else ''}{ENDING}.xlsx" for n in range(1, len(taken) + 2))
    return next(name for name in names if str(name).casefold() not in used)
