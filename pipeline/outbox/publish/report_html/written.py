"""What the run wrote, as the report links to it: always from the year's folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

from pipeline.outbox.publish.inquiry import ENDING, asked_of, inquiry_names
from pipeline.outbox.publish.status import MISSING
from pipeline.outbox.publish.trace import PAPERS
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import Finding
from pipeline.values.rulings import RULINGS


class Link(NamedTuple):
    """A file of the outbox: its address and name as seen from the year's folder."""

    href: str
    name: str


@dataclass(frozen=True)
class Written:
    """The files of the year's ``folder``: those published, the workbook first; ``returned`` are what goes back.

    ``chase`` is the folder of the lists of whom to remind.
    """

    outcome: Outcome
    folder: Path
    published: Sequence[Path]
    returned: Sequence[Path]
    chase: str

    @property
    def workbook(self) -> Link:
        """The consolidated workbook."""
        return self._link(self.published[0])

    @property
    def papers(self) -> Link:
        """The office's working papers."""
        return next(self._link(path) for path in self.published if PAPERS in path.stem)

    @cached_property
    def reminders(self) -> dict[str, Link]:
        """The list of whom to remind, by month."""
        lists = (path for path in self.published if path.parent.name == self.chase and path.suffix == ".xlsx")
        return {path.stem.partition("_")[0]: self._link(path) for path in lists}

    @cached_property
    def sent_back(self) -> dict[str, Link]:
        """What goes back, by the file of the inbox that is to be mended."""
        backs = self.outcome.sent_back
        return {back.file: self._link(path) for back, path in zip(backs, self.returned, strict=True)}

    @cached_property
    def rulings(self) -> Link | None:
        """The workbook in which the office rules."""
        return next((self._link(path) for path in self.published if path.stem.startswith(Path(RULINGS).stem)), None)

    @cached_property
    def data(self) -> dict[str, Link]:
        """The data files, by their name without its ending."""
        return {path.stem: self._link(path) for path in self.published[1:] if path.suffix == ".csv"}

    def to_open(self, finding: Finding) -> Link | None:
        """The file with which to do something about a finding; None where that is the file of the inbox itself."""
        if not finding.pending:
            return None
        if finding.withholds:
            return self.rulings
        if not finding.file and (finding.unit, finding.period) in self._missing:
            return self.reminders.get(finding.period)
        if finding.id in self._asked:
            return self.inquiries.get(finding.unit)
        return self.sent_back.get(finding.file) or (self.rulings if finding.level == "verify" else None)

    @cached_property
    def inquiries(self) -> dict[str, Link]:
        """What units are asked beside their returns, by the unit's code."""
        paths = {path.stem: path for path in self.published if ENDING in path.stem}
        names = ((unit, PurePosixPath(name).stem) for unit, name in inquiry_names(self.outcome).items())
        return {unit: self._link(paths[stem]) for unit, stem in names if stem in paths}

    @cached_property
    def _asked(self) -> set[str]:
        return {one.finding.id for own in asked_of(self.outcome).values() for one in own}

    @cached_property
    def _missing(self) -> set[tuple[str, str]]:
        returns = self.outcome.returns
        owed = returns[returns["state"] == MISSING]
        return set(zip(owed["unit"], owed["period"], strict=True))

    def _link(self, path: Path) -> Link:
        name = path.relative_to(self.folder).as_posix()
        return Link(quote(name), name)
