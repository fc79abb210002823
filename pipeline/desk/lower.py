"""What lower offices forwarded, where their folders are at hand: found by hash, wherever it lies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from pipeline.ledger.published import DATA, FACTS, MANIFEST, papers_of
from pipeline.values.files import sha256, short
from pipeline.values.forwarded import Forwarded
from pipeline.values.machine import ABOUT, LACKS, MACHINE

if TYPE_CHECKING:
    import pandas as pd


class Row(NamedTuple):
    """A row of a machine sheet: whose and when, where from, and its numbers by heading; ``at`` is its row."""

    edition: str
    period: str
    unit: str
    name: str
    table: str
    measure: str
    source: str
    status: str
    numbers: Mapping[str, float]
    at: int

    @property
    def is_absence(self) -> bool:
        """Whether it says that nothing came."""
        return not self.table and self.status == LACKS


@dataclass(frozen=True)
class Version:
    """A forwarded folder that is at hand, its workbook as its manifest says."""

    folder: Path
    manifest: Forwarded

    @property
    def papers(self) -> Path:
        """Where the office's own papers of it are, if they are there."""
        return papers_of(self.folder.resolve())

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Its machine sheet."""
        from python_calamine import CalamineWorkbook

        opened = CalamineWorkbook.from_path(self.folder / self.manifest.workbook)
        heads, *body = opened.get_sheet_by_name(MACHINE).to_python()
        return tuple(_row(heads, row, at) for at, row in enumerate(body, start=2))

    @cached_property
    def facts(self) -> "pd.DataFrame | None":
        """Its facts with their cells, from the office's papers; None where those are not there, or not as they were."""
        import pandas as pd

        path, name = self.papers / DATA / FACTS, f"{DATA}/{FACTS}"
        if not path.is_file() or sha256(path.read_bytes()) != self.manifest.papers.get(name):
            return None
        return pd.read_parquet(path)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What its units are called."""
        return {row.unit: row.name for row in self.rows}


@dataclass(frozen=True)
class Lower:
    """Every version below some folders."""

    folders: Sequence[Path]

    @cached_property
    def versions(self) -> Mapping[str, Version]:
        """By the hash of its workbook; of several copies the one beside the office's papers."""
        found: dict[str, Version] = {}
        for path in sorted({path for folder in self.folders for path in folder.rglob(MANIFEST)}):
            manifest = _manifest(path)
            if manifest and _is_as_it_was(path.parent / manifest.workbook, manifest.digest):
                one = Version(path.parent, manifest)
                if manifest.digest not in found or one.papers.is_dir():
                    found[manifest.digest] = one
        return found

    def by_short(self, digest: str) -> Version | None:
        """The version whose workbook has a short hash."""
        return self._short.get(digest)

    @cached_property
    def _short(self) -> Mapping[str, Version]:
        return {short(digest): one for digest, one in self.versions.items()}

    def newest(self, like: Forwarded) -> Version | None:
        """The last version of the same office."""
        own = [one for one in self.versions.values() if one.manifest.office == like.office]
        return max(own, key=lambda one: one.manifest.order, default=None)


def of_period(rows: Iterable[Row], period: str) -> list[Row]:
    """The rows of a period that have numbers."""
    return [row for row in rows if row.period == period and row.table]


def _row(heads: Sequence[Any], row: Sequence[Any], at: int) -> Row:
    about = dict(zip(ABOUT, map(str, row), strict=False))
    numbers = {
        str(head): float(cell) for head, cell in zip(heads, row, strict=False)
        if head not in ABOUT and isinstance(cell, int | float)
    }  # fmt: skip
    whose = (about["edition"], about["period"], about["unit"], about["unit_name"])
    return Row(*whose, about["table"], about["measure"], about["source"], about["status"], numbers, at)


def _manifest(path: Path) -> Forwarded | None:
    try:
        return Forwarded.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def _is_as_it_was(path: Path, digest: str) -> bool:
    try:
        return bool(digest) and path.is_file() and sha256(path.read_bytes()) == digest
    except OSError:
        return False


def roles(facts: "pd.DataFrame") -> "pd.DataFrame":
    """The facts that sums are made of."""
    own = facts["role"].isin(["input", "counted", "adjustment"]) & (facts["measure"] == "month")
    return facts[own]
