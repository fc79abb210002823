"""A version: what is forwarded, frozen below 上报/ with a manifest, and the office's papers of it below 上报底稿/.

Neither is ever overwritten. What is forwarded is for people and for the level above, and nothing else lies there.
"""

import json
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.ledger.published import DATA, FOLDER, MANIFEST, PAPERS, Published, is_version, papers_of
from pipeline.outbox.guard import covered
from pipeline.outbox.publish.correction import correction, write_correction
from pipeline.outbox.publish.covering_letter import covering_letter
from pipeline.outbox.publish.data import write_data, write_run
from pipeline.outbox.publish.drafts import drafts, report_name, write_drafts
from pipeline.outbox.publish.papers import papers_name, write_papers
from pipeline.outbox.publish.recount import totals
from pipeline.outbox.publish.workbook import write_workbook
from pipeline.outbox.written import STAGE
from pipeline.tables.outcome import Issue, Outcome
from pipeline.values.files import clear, sha256
from schemas.mistake import CannotRun

ENDING = "汇总"


def freeze(outcome: Outcome, outbox: Path, versions: Sequence[Published], reservations: str) -> Path:
    """Write the next version of the outcome's last month; returns its folder, which is there whole or not at all."""
    through = outcome.months[-1]
    forwarded = (one.number for one in versions if one.through == through)
    number = max((*forwarded, *_kept(outbox, str(through))), default=0) + 1
    issued = covered(replace(outcome, issue=Issue(number, reservations)))
    folder = outbox / FOLDER / f"{through}_v{number}"
    papers = papers_of(folder)
    for path in (folder.parent, papers.parent):
        if path.is_symlink() or (path / folder.name).is_symlink() or (path.exists() and not path.is_dir()):
            raise CannotRun(_in_the_way(path / folder.name))
    if folder.exists():
        raise CannotRun(_in_the_way(folder))
    staged, kept = outbox / STAGE / folder.name, outbox / STAGE / PAPERS / folder.name
    try:
        _write_papers(kept, issued)
        _write_forwarded(staged, issued)
        text = json.dumps(_manifest(issued, folder.name, staged, kept), ensure_ascii=False, indent=2)
        (staged / MANIFEST).write_bytes(f"{text}\n".encode())
        for made in (kept, staged):
            _for_good(made)
        _place(kept, papers)
        try:
            _place(staged, folder)  # with which the version is there
        except OSError:
            clear(papers)
            raise
    finally:
        clear(outbox / STAGE)
    return folder


def _kept(outbox: Path, through: str) -> Iterator[int]:
    """The numbers of the versions whose papers are kept: what was forwarded may have been moved away to be sent."""
    folder = outbox / PAPERS
    for path in folder.glob(f"{through}_v*") if folder.is_dir() else ():
        if is_version(path):
            yield int(path.name.rpartition("_v")[2])


def _place(made: Path, place: Path) -> None:
    place.parent.mkdir(exist_ok=True)
    made.rename(place)


def forwarded_name(outcome: Outcome) -> str:
    """The name of the workbook that leaves the office: whose, of which months, and the how manyth version."""
    from pathvalidate import sanitize_filename

    number = outcome.issue.number if outcome.issue else 0
    title = outcome.form.edition.report.workbook
    stem = f"{outcome.office.settings.area}_{outcome.span}_第{number}版_{title}"
    return f"{sanitize_filename(stem.removesuffix(ENDING), '_')}{ENDING}.xlsx"


def _write_forwarded(folder: Path, issued: Outcome) -> None:
    """What is mailed: the workbook, the note to the last month, the letters."""
    folder.mkdir(parents=True)
    name = forwarded_name(issued)
    write_workbook(folder / name, issued)
    made = {place: text for place, text in drafts(issued).items() if place != report_name(issued)}
    write_drafts(folder, made)
    explained = correction(issued)  # against the version before, which it explains for good
    write_correction(folder, explained)
    write_drafts(folder, covering_letter(issued, [name, *made, *explained]))


def _write_papers(folder: Path, issued: Outcome) -> None:
    """What the office keeps: its working papers, the draft of the yearly report, the data."""
    folder.mkdir(parents=True)
    write_papers(folder / papers_name(issued), issued)
    write_data(folder / DATA, issued)
    write_run(folder / "run.json", issued)
    write_drafts(folder, {report_name(issued): drafts(issued)[report_name(issued)]})


def _for_good(folder: Path) -> None:
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
    folder.chmod(0o755)


def _in_the_way(folder: Path) -> str:
    return f"“{folder}”不能存上报版本：那里已有别的东西，或是快捷方式（链接）。请移走它，再运行一次。"


def _manifest(outcome: Outcome, name: str, folder: Path, papers: Path) -> dict[str, object]:
    """Every file in, out and kept with its SHA-256, and what was said when it was forwarded."""
    office = outcome.office.settings
    return {
        "name": name,
        "office": office.id,
        "name_of_office": office.name,
        "area": office.area,
        "region_code": office.region_code,
        "through": str(outcome.months[-1]),
        "as_of": outcome.as_of.isoformat(),
        "fingerprint": outcome.fingerprint,
        "verdict": outcome.verdict,
        "reservations": outcome.issue.reservations if outcome.issue else "",
        "coverage": outcome.coverage.words,
        "workbook": forwarded_name(outcome),
        "totals": totals(outcome),
        "rulings": [ruling.id for ruling in outcome.rulings.every],
        "in": dict(outcome.inputs),
        "out": _hashes(folder),
        "papers": _hashes(papers),
    }


def _hashes(folder: Path) -> dict[str, str]:
    there = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in there}
