"""Read every case as the run does, and hold what was read against what a person sees."""

import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.intake import Receipts, Received, list_inbox
from pipeline.intake.intake import NO_MANIFESTS, Reading, _frames, read_return
from pipeline.judge.judging import one_a_cell
from pipeline.judge.validate import confirm_zeros, validate
from pipeline.values.findings import Finding
from tests.builders import Desk
from tests.drift.case import Case, Result
from tests.drift.untouched import TOTALS, Numbers, as_listed, listed, one_by_one, untouched
from tests.pipeline.reading import values
from tests.publish.reading import LibreOffice


def judge(cases: Sequence[Case], folder: Path) -> dict[str, Result]:
    """What comes of each case, by name; all lie in one inbox, and the rules are judged over all of them at once."""
    desk = Desk(folder / "desk")
    lay(cases, desk, folder)
    files, notes = list_inbox(folder / "inbox", 0)
    read = [_read(file, desk) for file in files]
    findings = [*notes, *_findings(files, [reading for reading, _ in read], desk)]
    return {case.name: _result(f"{n}/", files, read, findings) for n, case in enumerate(cases)}


def lay(cases: Sequence[Case], desk: Desk, folder: Path) -> None:
    """Lay every case into the inbox, each in a folder of its own."""
    laid = [folder / "inbox" / str(n) / case.file for n, case in enumerate(cases)]
    for case, path in zip(cases, laid, strict=True):
        path.parent.mkdir(parents=True)
        path.write_bytes(untouched(desk.folder))
        case.happens(path)
    _save_by_libreoffice({path: case.saved_as for path, case in zip(laid, cases, strict=True) if case.saved_as}, folder)


def wrong_numbers(case: Case, result: Result, seen: Numbers) -> list[str]:
    """The numbers read that are not what a person sees in the file.

    To read none is right where the unit is told, and for totals, which the office computes itself.
    """
    return [wrong for reading in result.readings if reading.rows for wrong in _wrong(case, reading, result, seen)]


def _wrong(case: Case, reading: Reading, result: Result, seen: Numbers) -> Iterator[str]:
    told, truth = {f.level for f in result.findings}, case.truth(seen)
    for line, value in values(reading).items():
        if value != truth[line] and not (value is None and ("must" in told or line.partition(":")[0] in TOTALS)):
            yield f"{line} is {truth[line]}, read as {value}"
    if (reading.unit, reading.period) != case.whose and not told & {"must", "verify"}:
        yield f"read as the return of {reading.unit} for {reading.period}"
    if case.listed and one_by_one(listed(reading).elements()) != as_listed() and "must" not in told:
        yield "the register counts otherwise"


def _save_by_libreoffice(kinds: Mapping[Path, str], folder: Path) -> None:
    """Let LibreOffice save the files, all of a kind at once, for it takes longest to start."""
    for kind in dict.fromkeys(kinds.values()):
        named = {path: folder / f"{n}.xlsx" for n, path in enumerate(kinds) if kinds[path] == kind}
        for path, copy in named.items():
            path.replace(copy)
        saved = LibreOffice(folder)._convert(list(named.values()), kind)
        for path, made in zip(named, saved, strict=True):
            made.replace(path)


def _read(file: Received, desk: Desk) -> tuple[Reading, str]:
    try:
        return read_return(file, desk.forms(), desk.office), ""
    except BaseException:  # noqa: BLE001  # a panic of calamine is no Exception, and what is raised is the defect
        return Reading(), traceback.format_exc()


def _findings(files: Sequence[Received], readings: Sequence[Reading], desk: Desk) -> list[Finding]:
    taken = confirm_zeros(_frames(files, readings, Receipts(), (NO_MANIFESTS, desk.office)), desk.form())
    return [*taken.findings, *validate(taken, desk.form(), desk.office.settings.thresholds.confirm_above)[0]]


def _result(where: str, files: Sequence[Received], read: Sequence[tuple[Reading, str]], found: list[Finding]) -> Result:
    own = [one for file, one in zip(files, read, strict=True) if file.name.startswith(where)]
    findings = one_a_cell([f for f in found if f.file.startswith(where)])
    return Result(tuple(reading for reading, _ in own), tuple(findings), "".join(broke for _, broke in own))
