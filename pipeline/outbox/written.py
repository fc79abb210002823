"""What we wrote into the outbox, by hash: a file that a person has changed since is kept aside, never overwritten."""

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.values.files import sha256, short, write_text

RECORD = "written.json"


@dataclass(frozen=True)
class Written:
    """The short hash of every file as we left it, by its path below the outbox."""

    outbox: Path
    hashes: Mapping[str, str]

    @classmethod
    def read(cls, outbox: Path) -> "Written":
        """The record of the last run; nothing is known where there is none or it is damaged."""
        try:
            found = json.loads((outbox / RECORD).read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        return cls(outbox, found if isinstance(found, dict) else {})

    def keep_aside(self, names: Iterable[str], known: Collection[str]) -> list[tuple[str, Path]]:
        """Rename what is not as we left it, and say from what to what.

        ``names`` are files that are ours even where the record is lost; a file whose hash is ``known`` (it lies in the
        inbox, too) need not be kept.
        """
        kept = []
        for name in sorted({*self.hashes, *names}):
            path = self.outbox / name
            if not path.is_file():
                continue
            digest = sha256(path.read_bytes())
            if short(digest) != self.hashes.get(name) and digest not in known:
                aside = path.with_stem(f"{path.stem}_改过的_{short(digest)}")
                with suppress(PermissionError):  # open in Excel: this run writes beside it
                    path.replace(aside)
                    kept.append((path.name, aside))
        return kept

    def note(self, written: Iterable[Path]) -> None:
        """Record the files of this run."""
        names = sorted(path.relative_to(self.outbox).as_posix() for path in written)
        hashes = {name: short(sha256((self.outbox / name).read_bytes())) for name in names}
        write_text(self.outbox / RECORD, json.dumps(hashes, ensure_ascii=False, indent=0) + "\n")
