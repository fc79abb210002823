"""What was forwarded: the versions frozen below 上报/, each with a manifest of every file in and out.

What only the office needs of a version, its data above all, is kept for good beside it, below 上报底稿/.
"""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.ledger.coverage import Coverage
from pipeline.values.differences import Difference
from pipeline.values.files import sha256
from pipeline.values.periods import Month
from schemas.exact import from_table
from schemas.mistake import Mistake
from schemas.period import period_of
from schemas.quantity import Quantity

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Facts, Returns

FOLDER, PAPERS, MANIFEST, DATA = "上报", "上报底稿", "清单.json", "data"
FACTS, PRINTED, RETURNS, FINDINGS = "facts.parquet", "printed.csv", "returns.csv", "findings.csv"
RECONCILIATION, RUN = "reconciliation.csv", "run.json"
MOST_BYTES = 64 * 2**20  # of a manifest
_RESTORE = "请从备份恢复这个文件夹；不是上报版本的，请移出“上报”文件夹。"
INBOX = "收件夹"  # what names of the inbox begin with in a manifest
_NAME = re.compile(r"(\d{4}(?:-\d{2}|-Q[1-4]|-H[12])?)_v(\d+)")


class Manifest(BaseModel):
    """What stands in the manifest of a version: every file in, out and kept with its SHA-256, and what was said."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)
    fingerprint: str
    verdict: str
    reservations: str
    rulings: list[str]
    inputs: dict[str, str] = Field(alias="in")
    out: dict[str, str]
    papers: dict[str, str] = {}


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
    def facts(self) -> "DataFrame[Facts]":
        """schemas.frames.Facts as forwarded. Raises Mistake where the file is not the one in the manifest."""
        from pyarrow import parquet

        return cast("DataFrame[Facts]", from_table(parquet.read_table(self._data(FACTS))))  # as they were checked then

    @cached_property
    def printed(self) -> "pd.DataFrame | None":
        """schemas.reports.Printed as forwarded; None of a version that did not keep it yet. Raises Mistake as facts."""
        import pandas as pd

        if f"{DATA}/{PRINTED}" not in {**self.manifest.out, **self.manifest.papers}:
            return None
        cells = pd.read_csv(self._data(PRINTED), dtype="str", keep_default_na=False, encoding="utf-8-sig")
        return cells.replace(r"^'(?=[=@\t\r+-])", "", regex=True)  # what kept it from being taken for a formula

    @cached_property
    def returns(self) -> "DataFrame[Returns]":
        """schemas.frames.Returns as forwarded. Raises Mistake as facts."""
        import pandas as pd

        from schemas.frames import Returns, frame_of

        rows = pd.read_csv(self._data(RETURNS), dtype="str", keep_default_na=False, encoding="utf-8-sig")
        numbers = {name: pd.to_numeric(rows[name]).astype("Int64") for name in ("version", "days_late")}
        counts = {name: rows[name].astype("int64") for name in ("must", "verify")}
        typed = rows.get("typed", "")  # what was forwarded before there was such a column
        return frame_of(Returns, rows.assign(**numbers, **counts, typed=typed))

    @cached_property
    def findings(self) -> frozenset[str]:
        """The ids of what was found when it was forwarded. Raises Mistake as facts."""
        return frozenset(row["id"] for row in self._rows(FINDINGS))

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What was held against each other when it was forwarded. Raises Mistake as facts."""
        return tuple(_difference(row) for row in self._rows(RECONCILIATION))

    @cached_property
    def coverage(self) -> Coverage:
        """How many returns were owed and what became of them, as forwarded. Raises Mistake as facts."""
        return Coverage(**json.loads(self._file(RUN).read_text("utf-8"))["coverage"])

    def _rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a data file, as texts."""
        with self._data(name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def _data(self, name: str) -> Path:
        return self._file(f"{DATA}/{name}")

    def _file(self, name: str) -> Path:
        """A file of the version. Raises Mistake where it is not the one in the manifest."""
        kept = name in self.manifest.papers  # versions of before had everything in one folder
        folder = papers_of(self.folder) if kept else self.folder
        path, known = folder / name, (self.manifest.papers if kept else self.manifest.out).get(name)
        if not path.is_file() or sha256(path.read_bytes()) != known:
            raise Mistake(path, None, f"上报过的数据与清单不符，请从备份恢复文件夹“{folder}”。")
        return path


def _difference(row: Mapping[str, str]) -> Difference:
    """A difference as it stands in its data file, where an apostrophe keeps a text from being taken for a formula."""
    texts = {name: re.sub(r"^'(?=[=@\t\r+-])", "", text) for name, text in row.items()}
    numbers = {name: texts.pop(name) for name in ("left_value", "right_value", "difference")}
    exact = {name: Decimal(text) for name, text in numbers.items() if text}
    quantity = Quantity(
        texts.pop("unit_of_measure"), max((-int(n.as_tuple().exponent) for n in exact.values()), default=0)
    )
    steps = {name: quantity.read(exact[name]) if name in exact else None for name in numbers}
    return Difference(**texts, **steps, quantity=quantity)  # type: ignore[arg-type]  # by the names of its columns


def _made_from(inputs: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a version was made from: contents of the inbox whatever their names, settings by name."""
    own = ((name, digest) for name, digest in inputs.items() if not name.startswith(f"{FOLDER}/"))
    return sorted(("", digest) if name.startswith(f"{INBOX}/") else (name, digest) for name, digest in own)


def papers_of(folder: Path) -> Path:
    """Where the office's papers of a version lie, by the folder that was forwarded."""
    return folder.parent.parent / PAPERS / folder.name


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
    month = period_of(found[1]) if found else None
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
