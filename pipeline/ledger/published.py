"""What was forwarded: the versions frozen below 上报/, each with its data and a manifest of every file in and out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.values.files import sha256
from pipeline.values.periods import Month, parse_month
from schemas.exact import from_table
from schemas.mistake import Mistake

if TYPE_CHECKING:
    import pandas as pd

FOLDER, MANIFEST, DATA = "上报", "清单.json", "data"
FACTS, PRINTED = "facts.parquet", "printed.csv"
MOST_BYTES = 64 * 2**20  # of a manifest
_RESTORE = "请从备份恢复这个文件夹；不是上报版本的，请移出“上报”文件夹。"
INBOX = "收件夹"  # what names of the inbox begin with in a manifest
_NAME = re.compile(r"(\d{4}-\d{2})_v(\d+)")


class Manifest(BaseModel):
    """What stands in the manifest of a version: every file in and out with its SHA-256, and what was said."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)
    fingerprint: str
    verdict: str
    reservations: str
    rulings: list[str]
    inputs: dict[str, str] = Field(alias="in")
    out: dict[str, str]


@dataclass(frozen=True)
class Published:
    """One version: through which month it speaks, and the how manyth of that month it is."""

    folder: Path
    through: Month
    number: int
    manifest: Manifest

    @property
    def name(self) -> str:
        """As its folder is called: 2012-06_v1."""
        return f"{self.through}_v{self.number}"

    @property
    def words(self) -> str:
        """As people say it."""
        return f"{self.through.words}第{self.number}版"

    def holds(self, inputs: Mapping[str, str], reservations: str) -> bool:
        """Whether it was made from the same inputs, with the same reservations.

        What was forwarded before is no matter, nor where in the inbox a content lies.
        """
        return _made_from(inputs) == _made_from(self.manifest.inputs) and reservations == self.manifest.reservations

    @cached_property
    def facts(self) -> "pd.DataFrame":
        """schemas.frames.Facts as forwarded. Raises Mistake where the file is not the one in the manifest."""
        from pyarrow import parquet

        return from_table(parquet.read_table(self._data(FACTS)))

    @cached_property
    def printed(self) -> "pd.DataFrame | None":
        """schemas.reports.Printed as forwarded; None of a version that did not keep it yet. Raises Mistake as facts."""
        import pandas as pd

        if f"{DATA}/{PRINTED}" not in self.manifest.out:
            return None
        cells = pd.read_csv(self._data(PRINTED), dtype="str", keep_default_na=False, encoding="utf-8-sig")
        return cells.replace(r"^'(?=[=@\t\r+-])", "", regex=True)  # what kept it from being taken for a formula

    def _data(self, name: str) -> Path:
        """A data file of the version. Raises Mistake where it is not the one in the manifest."""
        path = self.folder / DATA / name
        if not path.is_file() or sha256(path.read_bytes()) != self.manifest.out.get(f"{DATA}/{name}"):
            raise Mistake(path, None, f"上报过的数据与清单不符，请从备份恢复文件夹“{self.folder}”。")
        return path


def _made_from(inputs: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a version was made from: contents of the inbox whatever their names, settings by name."""
    own = ((name, digest) for name, digest in inputs.items() if not name.startswith(f"{FOLDER}/"))
    return sorted(("", digest) if name.startswith(f"{INBOX}/") else (name, digest) for name, digest in own)


def is_version(folder: Path) -> bool:
    """Whether a folder below 上报 is called as a version is."""
    return _version(folder.name) is not None


def read_published(outbox: Path) -> tuple[Published, ...]:
    """Every version, the oldest first by month and number; a folder that is empty is none.

    Raises Mistake where a manifest is missing or damaged.
    """
    folder = outbox / FOLDER
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        version = _version(path.name)
        if version and path.is_dir() and any(path.iterdir()):
            found.append(Published(path, *version, _manifest(path)))
    return tuple(sorted(found, key=lambda version: (version.through, version.number)))


def _version(name: str) -> tuple[Month, int] | None:
    found = _NAME.fullmatch(name)
    month = parse_month(found[1]) if found else None
    return (month, int(found[2])) if found and month else None


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        if path.stat().st_size <= MOST_BYTES:
            return Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise Mistake(path, None, f"上报版本“{folder}”里没有清单，不完整。{_RESTORE}") from None
    except (OSError, ValidationError):
        pass
    raise Mistake(path, None, f"上报版本“{folder}”的清单读不出来，已经损坏。{_RESTORE}")


def latest(versions: Sequence[Published], year: int) -> Published | None:
    """The newest version of a year."""
    return next((version for version in reversed(versions) if version.through.year == year), None)


def closing(versions: Sequence[Published], year: int) -> Published | None:
    """The version that closed a year: the newest through December; None while the year is open."""
    newest = latest(versions, year)
    return newest if newest and newest.through.month == 12 else None
