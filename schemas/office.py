"""One office: who collects, from whom, until when; with its code lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from schemas.codes import Code, Unit, read_codes
from schemas.document import read_toml
from schemas.edition import EDITIONS
from schemas.mistake import Mistake, nearest
from schemas.reading import Frozen, read_csv

OFFICES = Path(__file__).parent / "offices"


class Deadline(Frozen):
    """The due day in the month after the period, and what happens when it is no working day.

    ``closing`` is how many working days later the month is closed (补报截止): what comes after that counts all the
    same, with the next correction of what was forwarded.
    """

    day: int
    postpone: Literal["workday", "none"]
    closing: int = Field(ge=0)


class Receipt(Frozen):
    """What must have come before a return is there; ``paper``: a signed copy on paper beside the electronic one."""

    paper: bool


class Thresholds(Frozen):
    """The office's own limits."""

    identical_nonzero: int
    confirm_above: int
    findings_first: int
    plausibility_first: int
    rule_often: int
    assessed_returns: int
    assessed_peers: int


class Fonts(Frozen):
    """Fonts that differ between the machines of offices."""

    title: str


class Settings(Frozen):
    """office.toml as written."""

    id: str
    name: str
    area: str
    region_code: str
    reports_to: str
    contact: str
    scope: str
    units_note: str
    editions: tuple[str, ...]
    deadline: Deadline
    receipt: Receipt
    codes: dict[str, str]
    thresholds: Thresholds
    fonts: Fonts


class Day(Frozen):
    """A day that the office adds to the national calendar: a holiday, or a working day at a weekend."""

    date: date
    kind: Literal["holiday", "workday"]
    name: str = ""


class Duty(Frozen):
    """A unit that has a duty, and is asked the lines that speak of it."""

    duty: str
    unit: str


class Office(NamedTuple):
    """An office with everything its folder holds."""

    folder: Path
    settings: Settings
    units: tuple[Unit, ...]
    codes: Mapping[str, tuple[Code, ...]]
    days: tuple[Day, ...]
    duties: Mapping[str, frozenset[str]]
    editions: Path

    def units_in(self, month: str) -> tuple[Unit, ...]:
        """The units that owe a return for that month."""
        return tuple(unit for unit in self.units if unit.valid(month))

    def short(self, code: str) -> str:
        """The short name of a unit; the code itself where it is not in the list."""
        return next((unit.short for unit in self.units if unit.code == code), code)

    def files(self) -> tuple[Path, ...]:
        """Every file that the office's settings come from, for the run's fingerprint."""
        return tuple(sorted(p for p in self.folder.iterdir() if p.suffix in {".toml", ".csv", ".docx"}))


def read_office(folder: Path = OFFICES / "jyg", editions: Path = EDITIONS) -> Office:
    """The office in ``folder``, which uses the editions in ``editions``.

    Raises Mistake with file and line where something in it is wrong.
    """
    settings = read_toml(folder / "office.toml", Settings)
    units = read_codes(folder / "units.csv", Unit)
    known = [unit.code for unit in units]
    codes = {name: _codes(folder / file, known) for name, file in settings.codes.items()}
    return Office(
        folder=folder,
        settings=settings,
        units=units,
        codes={"units": units, **codes},
        days=tuple(day for _, day in read_csv(folder / "holidays.csv", Day)),
        duties=_duties(folder / "duties.csv", known),
        editions=editions,
    )


def _codes(path: Path, units: Sequence[str]) -> tuple[Code, ...]:
    """A code list whose owners are units."""
    for line, row in read_csv(path, Code):
        if row.owner:
            _known(path, line, row.owner, units)
    return read_codes(path, Code)


def _known(path: Path, line: int, unit: str, units: Sequence[str]) -> None:
    if unit not in units:
        raise Mistake(path, line, f"单位“{unit}”不在名录里，{nearest(unit, units)}。")


def _duties(path: Path, units: Sequence[str]) -> dict[str, frozenset[str]]:
    """The units that have each duty."""
    found: dict[str, set[str]] = {}
    for line, row in read_csv(path, Duty):
        _known(path, line, row.unit, units)
        found.setdefault(row.duty, set()).add(row.unit)
    return {duty: frozenset(names) for duty, names in found.items()}
