"""What was forwarded: the versions frozen below 上报/, each with its data and a manifest of every file in and out."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.values.files import sha256
from pipeline.values.periods import Month, parse_month
from schemas.exact import from_table
from schemas.mistake import Mistake

if TYPE_CHECKING:
    import pandas as pd

FOLDER, MANIFEST, FACTS, DATA = "上报", "清单.json", "facts.parquet", "data"
INBOX = "收件夹"  # what names of the inbox begin with in a manifest
_NAME = re.compile(r"(\d{4}-\d{2})_v(\d+)")


@dataclass(frozen=True)
class Published:
    """One version: through which month it speaks, and the how manyth of that month it is."""

    folder: Path
    through: Month
    number: int

    @property
    def name(self) -> str:
        """As its folder is called: 2012-06_v1."""
        return f"{self.through}_v{self.number}"

    @property
    def words(self) -> str:
        """As people say it."""
        return f"{self.through.words}第{self.number}版"

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Every file in and out with its SHA-256, and what was said. Raises Mistake where it is damaged."""
        try:
            return dict(json.loads((self.folder / MANIFEST).read_text("utf-8")))
        except (OSError, ValueError):
            raise Mistake(self.folder / MANIFEST, None, "清单读不出来，请从备份恢复这个上报版本的文件夹。") from None

    def holds(self, inputs: Mapping[str, str], reservations: str) -> bool:
        """Whether it was made from the same inputs, with the same reservations.

        What was forwarded before is no matter, nor where in the inbox a content lies.
        """
        return _made_from(inputs) == _made_from(self.manifest["in"]) and reservations == self.manifest["reservations"]

    @cached_property
    def facts(self) -> "pd.DataFrame":
        """schemas.frames.Facts as forwarded. Raises Mistake where the file is not the one in the manifest."""
        from pyarrow import parquet

        path = self.folder / DATA / FACTS
        if not path.exists() or sha256(path.read_bytes()) != self.manifest["out"].get(f"{DATA}/{FACTS}"):
            raise Mistake(path, None, "上报过的数据与清单不符，请从备份恢复这个上报版本的文件夹。")
        return from_table(parquet.read_table(path))


def _made_from(inputs: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a version was made from: contents of the inbox whatever their names, settings by name."""
    own = ((name, digest) for name, digest in inputs.items() if not name.startswith(f"{FOLDER}/"))
    return sorted(("", digest) if name.startswith(f"{INBOX}/") else (name, digest) for name, digest in own)


def read_published(outbox: Path) -> tuple[Published, ...]:
    """Every version, the oldest first by month and number."""
    folder = outbox / FOLDER
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = _NAME.fullmatch(path.name)
        month = parse_month(name[1]) if name else None
        if name and month and path.is_dir():
            found.append(Published(path, month, int(name[2])))
    return tuple(sorted(found, key=lambda version: (version.through, version.number)))


def latest(versions: Sequence[Published], year: int) -> Published | None:
    """The newest version of a year."""
    return next((version for version in reversed(versions) if version.through.year == year), None)


def closing(versions: Sequence[Published], year: int) -> Published | None:
    """The version that closed a year: the newest through December; None while the year is open."""
    newest = latest(versions, year)
    return newest if newest and newest.through.month == 12 else None
