"""A department checks its own returns before it sends them: the same findings, without the office's inbox."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import ledger
from pipeline.intake import Receipts, list_files, take_in
from pipeline.intake.listing import below
from pipeline.intake.naming import shown
from pipeline.ledger.reported import forms_in
from pipeline.story.judged import judge_returns
from pipeline.values.findings import Finding
from pipeline.values.screen import Screen, Stages
from pipeline.values.taken import Taken
from schemas.edition import TRIAL
from schemas.forms import as_asked, forms_of
from schemas.mistake import CannotRun
from schemas.office import Office
from schemas.period import period_of, periods_of


@dataclass(frozen=True)
class Checked:
    """One file: whose it is, and what is found; ``readable`` where its form is known.

    What is ``attached`` came beside a return and is none.
    """

    file: str
    unit: str
    period: str
    readable: bool
    findings: tuple[Finding, ...]
    attached: bool = False

    def open(self, level: str) -> int:
        """How many findings of a level are to be answered."""
        return sum(finding.level == level and finding.pending for finding in self.findings)

    @property
    def fit(self) -> bool:
        """Whether it can be sent as it is."""
        return self.readable and not self.open("must") and not self.open("verify")


def check(paths: Sequence[Path], office: Office, screen: Stages) -> list[Checked]:
    """Check files, and every file in folders. Raises CannotRun where there is none.

    Months of one unit that are checked together are held against each other too. Of rules on trial nothing is told.
    """
    files, notes = list_files(_named(paths), 1)
    if not files:
        told = "".join(note.message for note in notes)
        raise CannotRun(told or "没有找到要检查的文件。请在 check 后面写报表的文件名，或放报表的文件夹。")
    forms = forms_of(office)
    with screen.stage("读取报表") as progress:
        taken = take_in(files, Receipts(), forms, office, 1, progress)
    findings: list[Finding] = []
    for (year, length), own in _by_year(taken):
        of_year = forms_in(forms, periods_of(year, length)) or forms[:1]
        judged = judge_returns(own, of_year, as_asked(office, forms), year, Screen(quiet=True))
        _, settled = ledger.settle(judged.returns, judged.findings)
        findings += [finding for finding in settled if finding.level != TRIAL]
    about = taken.returns[["ret", "file", "unit", "period", "edition"]].itertuples(index=False, name=None)
    checked = [
        Checked(file, unit, period, bool(edition), tuple(f for f in findings if f.ret == ret))
        for ret, file, unit, period, edition in about
    ]
    beside = (Checked(f.file, "", "", False, (f,), attached=True) for f in taken.findings if f.ret is None)
    return sorted((*checked, *beside), key=lambda one: one.file)


def _named(paths: Iterable[Path]) -> dict[str, Path]:
    """The files by the names they are told by: as given, and below a folder as found there."""
    named: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            named |= {file.as_posix(): file for file in below(path)}
        elif path.exists():
            named[path.as_posix()] = path
        else:
            raise CannotRun(f"找不到“{shown(str(path))}”。请核对文件名和所在的文件夹。")
    return named


def _by_year(taken: Taken) -> Iterator[tuple[tuple[int, int], Taken]]:
    """What was taken in, by year and length of the period; what says none stands by itself, for nothing is in it."""
    returns = taken.returns
    known = [period_of(str(period)) for period in returns["period"]]
    years = [(one.year, one.length) if one else (date.min.year, 1) for one in known]
    for year in dict.fromkeys(years):
        rets = returns.loc[[other == year for other in years], "ret"]
        yield year, taken.only(returns[returns["ret"].isin(rets)])
