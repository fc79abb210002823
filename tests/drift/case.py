"""A case of the corpus: what is done to a return, and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.intake.intake import Reading
from pipeline.values.findings import Finding
from tests.drift.untouched import FILE, MONTH, UNIT, Numbers
from tests.pipeline.overtype import Edit

NOTHING: dict[str, int | None] = {}


def as_it_is(path: Path) -> None:
    """Nothing is done to the return."""


@dataclass(frozen=True)
class Case:
    """``happens`` to a copy of the untouched return, which lies in an inbox of its own as ``file``.

    ``told`` are all the findings, as "E-NUM-02 基本情况!D9"; none for a clean reading. The first of them ``says`` this.
    ``shows`` is what a person sees otherwise than in the untouched return (None: no number), by line; ``reads`` how
    many returns are read, of the unit and month ``whose``. Where ``saved_as`` is given, LibreOffice then saves it so.
    """

    name: str
    happens: Edit = as_it_is
    told: tuple[str, ...] = ()
    says: str = ""
    shows: Mapping[str, int | None] = field(default_factory=dict)
    file: str = FILE
    reads: int = 1
    whose: tuple[str, str] = (UNIT, MONTH)
    saved_as: str = ""
    dear: bool = False
    by_command: bool = False
    listed: bool = True  # whether the register holds what it held

    def truth(self, numbers: Numbers) -> Numbers:
        """What a person sees in it."""
        changed = {line if ":" in line else f"{line}:month": number for line, number in self.shows.items()}
        assert changed.keys() <= numbers.keys(), self.name
        return numbers | changed


@dataclass(frozen=True)
class Result:
    """What came of a case; ``broke`` is the traceback of what should not have been raised."""

    readings: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()
    broke: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        return tuple(f"{f.rule} {f.sheet}!{f.cell}" if f.cell else f.rule for f in self.findings)


def refused(
    name: str, happens: Callable[[Path], object], rule: str, says: str, *, file: str = FILE, dear: bool = False
) -> Case:
    """A file of which nothing is read, for one reason that the sender is told."""
    return Case(name, happens, (rule,), says, file=file, reads=0, dear=dear)


def written(data: bytes) -> Edit:
    """Another file lies in the return's place."""
    return lambda path: path.write_bytes(data)
