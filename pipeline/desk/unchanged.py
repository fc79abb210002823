"""A run over what has not changed since the last one ends at the door, before anything heavy is imported.

What it says is what the last run said. It is believed only where every file that goes into a run has the content that
it had (the inbox, the office's folder, the program, what was forwarded), on the same day, with the same options, and
every file that was written is as it was left.
"""

import json
import os
import sys
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

from pipeline.values.files import short, write_text

NAME, RECORD, STAGE = "last_run.json", "written.json", ".正在写"  # in the outbox
INBOX = "inbox"
FORWARDED = ("上报", "上报底稿")
PROGRAM = Path(__file__).parents[2]
OURS = ("pipeline", "schemas")  # of the program: what is read in a run
SKIPPED = {"__pycache__"}
PASSING = {NAME, "runs.jsonl"}  # what is another after each run


@dataclass(frozen=True)
class Said:
    """What a run told: the lines on screen, the same for a machine, its exit code."""

    lines: list[str]
    machine: dict[str, Any]
    code: int


@dataclass(frozen=True)
class Door:
    """The run that is asked for: over which folders, on which day, with which options."""

    inbox: Path
    outbox: Path
    office: Path
    as_of: date
    options: tuple[object, ...]

    def last(self) -> Said | None:
        """What the last run said, where this one would find nothing else."""
        try:
            known = json.loads((self.outbox / NAME).read_text("utf-8"))
            same = known["inputs"] == self.inputs() and self._as_left(known["written"], known["beside"])
            return Said(known["lines"], known["machine"], known["code"]) if same else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def inputs_if_known(self) -> dict[str, str]:
        """Its inputs; none where they cannot be known, and then nothing is kept."""
        try:
            return self.inputs()
        except (OSError, ValueError):
            return {}

    def keep(self, said: Said, before: Mapping[str, str], book: str) -> None:
        """Keep what a run said that found these inputs ``before``, if nothing but its ``book`` of receipts was written.

        What came or changed while it ran is read by the next one; what could not be put in its place is written again.
        """
        with suppress(OSError, ValueError):
            (self.outbox / NAME).unlink(missing_ok=True)
            inputs, written = self.inputs(), self._record()
            moved = {name for name in {*before, *inputs} if before.get(name) != inputs.get(name)}
            elsewhere = any(name.rpartition(".")[0].endswith("）") for name in written)  # it was open
            if moved <= {f"{INBOX}/{book}"} and not elsewhere and self._is_of(said):
                known = {"inputs": inputs, "written": written, "beside": self._beside(), **vars(said)}
                new = write_text(self.outbox / f"{NAME}.new", json.dumps(known, ensure_ascii=False, indent=0))
                new.replace(self.outbox / NAME)

    def inputs(self) -> dict[str, str]:
        """A hash of each thing that goes into the run. Raises OSError of an unreadable file, ValueError of links."""
        libraries = {path.name: "" for place in sys.path if place for path in Path(place).glob("*.dist-info")}
        asked = {"python": sys.version, "as_of": self.as_of.isoformat(), "options": str(self.options)}
        asked |= {"inbox": str(self.inbox), "outbox": str(self.outbox)}  # as the lines that were said name them
        folders = {INBOX: self.inbox, "office": self.office}
        folders |= {name: PROGRAM / name for name in OURS} | {name: self.outbox / name for name in FORWARDED}
        files = {
            f"{name}/{file}": digest
            for name, folder in folders.items()
            for file, digest in _hashes(folder, SKIPPED if name in OURS else set())
        }
        return libraries | asked | files

    def _as_left(self, written: Mapping[str, str], beside: Mapping[str, str]) -> bool:
        """Whether each file that was written is there with its content, and no killed run is to be cleared away."""
        if (self.outbox / STAGE).exists() or self._record() != written or self._beside() != beside:
            return False
        return all(short(_hash(self.outbox / name)) == digest for name, digest in written.items())

    def _beside(self) -> dict[str, str]:
        """The files that lie in the outbox itself, the copy of the receipts book among them."""
        there = (path for path in sorted(self.outbox.iterdir()) if path.is_file() and path.name not in PASSING)
        return {path.name: _hash(path) for path in there if not path.name.startswith(".")}

    def _is_of(self, said: Said) -> bool:
        """Whether what lies in the outbox is what this run wrote, and not another that came in between."""
        runs = (json.loads(path.read_text("utf-8")) for path in self.outbox.glob("*/run.json"))
        return any(run.get("fingerprint") == said.machine["fingerprint"] for run in runs)

    def _record(self) -> dict[str, str]:
        """The hashes of what is written, as the record of the outbox has them."""
        found: dict[str, str] = json.loads((self.outbox / RECORD).read_text("utf-8"))
        return found


def _hashes(folder: Path, skipped: Container[str]) -> Iterator[tuple[str, str]]:
    """The content of each file below a folder, by its path there; nothing where there is no folder."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in skipped)
        if any((Path(place) / name).is_symlink() for name in folders):
            raise ValueError(f"a link to a folder: what is behind it is not seen from {folder}")
        for path in (Path(place) / name for name in sorted(names)):
            yield path.relative_to(folder).as_posix(), _hash(path) if path.is_file() else ""


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
