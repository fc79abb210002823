"""Which version of a unit's month is in force: decided by the order of arrival, never by a name or a folder."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd


class Version(NamedTuple):
    """One version: the file it lies in, and the step in which it came; what came in one step has no order."""

    content: str
    ret: int
    step: int
    rejected: bool


@dataclass
class History:
    """The versions of a unit's month in the order of arrival.

    ``copies`` names for a file that says again what was said the first that said it; ``again`` are those of them that
    came after a version that was accepted, with the step, so that nobody knows which the unit means.
    """

    versions: list[Version] = field(default_factory=list)
    copies: dict[int, int] = field(default_factory=dict)
    again: dict[int, int] = field(default_factory=dict)

    def add(self, content: str, ret: int, step: int, rejected: bool) -> None:
        """One receipt.

        The same content again is a version of its own only where all that came since was sent back: then the unit went
        back to what it had said. After an accepted version that one stays in force.
        """
        own = [n for n, version in enumerate(self.versions) if version.content == content]
        since = self.versions[own[-1] + 1 :] if own else []
        if not own or (since and all(version.rejected and version.step < step for version in since)):
            self.versions.append(Version(content, ret, step, rejected))
            return
        first = self.versions[own[0]].ret
        if ret != first:
            self.copies.setdefault(ret, first)
        if any(not version.rejected for version in since):
            self.again[ret] = step

    @property
    def tied(self) -> list[Version]:
        """The newest accepted versions, where several came in one step."""
        accepted = [version for version in self.versions if not version.rejected]
        last = [version for version in accepted if version.step == accepted[-1].step]
        return last if len(last) > 1 else []

    @property
    def in_force(self) -> Version | None:
        """The newest accepted version that came in a step of its own; None where there is none."""
        steps = Counter(version.step for version in self.versions if not version.rejected)
        alone = [version for version in self.versions if not version.rejected and steps[version.step] == 1]
        return alone[-1] if alone else None

    @property
    def doubted(self) -> list[int]:
        """The files that came again after what counts now."""
        newest = max((version.step for version in self.versions if not version.rejected), default=0)
        return [ret for ret, step in self.again.items() if step >= newest]


def histories(arrived: "pd.DataFrame") -> dict[tuple[str, str], History]:
    """The history of every unit's month.

    ``arrived`` has a row a receipt, in any order: unit, period, ret, sha256, rejected, position, batch, received and
    corrected (whether the office corrected the day).
    """
    found: dict[tuple[str, str], History] = {}
    ordered = arrived.sort_values(["unit", "period", "position", "ret"], kind="stable")
    for month, rows in groupby(ordered.itertuples(index=False), key=lambda row: (str(row.unit), str(row.period))):
        history = found[month] = History()
        for step, receipts in enumerate(_steps(rows)):
            known = {version.content for version in history.versions}
            for row in sorted(receipts, key=lambda row: row.sha256 in known):
                history.add(str(row.sha256), int(row.ret), step, bool(row.rejected))
    return found


def _steps(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The receipts of one unit's month in the order of arrival; those that came together are one step.

    The order is that of the book, where a day the office corrected does not move a receipt before others.
    """
    latest, keyed = "", list[tuple[tuple[Hashable, ...], Any]]()
    for row in rows:
        latest = latest if row.corrected else max(latest, str(row.received))
        keyed.append(((str(row.received) if row.corrected else latest, row.batch), row))
    keyed.sort(key=lambda one: (one[0][0], one[1].position))
    for _, together in groupby(keyed, key=lambda one: one[0]):
        yield [row for _, row in together]
