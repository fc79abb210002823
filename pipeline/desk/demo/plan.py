"""demo.toml as values: what the year adds up to, how it is split, what goes wrong."""

from datetime import date
from typing import Literal

from pydantic import Field

from schemas.document import read_toml
from schemas.mistake import Mistake
from schemas.office import Office
from schemas.reading import Frozen


class At(Frozen):
    """A unit (by short name) and a month."""

    unit: str
    period: str

    @property
    def whose(self) -> tuple[str, str]:
        """Unit and month."""
        return self.unit, self.period


class Gap(At):
    """Items of a return that are in the total and in none of its parts."""

    items: int
    note: str


class Fault(At):
    """Something that goes wrong with a return."""

    kind: Literal["text", "month", "late", "copied", "again", "missing", "returned"]
    line: str = ""
    written: str = ""
    days: int = 0
    value: int = 0


class Disagreement(At):
    """By how much the owner's record of a unit's items under its code differs from the unit's claim."""

    code: str
    off: int


class Flow(Frozen):
    """Lines that carry over from month to month: opening + received = closed + closing."""

    opening: str
    received: str
    closed: str
    closing: str
    backlog: float


class Register(Frozen):
    """How the items of a register are made up, by its fields.

    ``counts`` names the block that counts the items of each code field, the longest first; ``dates`` follow each other;
    ``texts`` are filled in with unit, number and the names of the codes.
    """

    table: str
    counts: dict[str, str]
    dates: tuple[str, ...]
    texts: dict[str, tuple[str, ...]]


class Derive(Frozen):
    """A line that follows from others: the ``sum`` of lines, the ``same`` as one, a ``share`` of ``of``.

    Or lines among which ``of`` is ``split`` by weights.
    """

    line: str = ""
    sum: str = ""
    same: str = ""
    split: str = ""
    of: str = ""
    share: float = 0
    weights: tuple[int, ...] = ()


class Figure(Frozen):
    """A figure as the yearly report prints it."""

    code: str
    name: str
    unit: str
    value: int
    at: str


class Report(Frozen):
    """The report's figures, and by how much those that are misprinted are off."""

    figures: tuple[Figure, ...] = ()
    misprinted: dict[str, int] = Field(default_factory=dict)


class YearBefore(Frozen):
    """What the office knows of the year before: the whole year's figures, and those of its December, by line."""

    at: str
    totals: dict[str, int]
    december: dict[str, int]


class Plan(Frozen):
    """A demonstration year."""

    year: int
    as_of: date
    seed: int
    season: tuple[float, ...]
    totals: dict[str, int]
    least: dict[str, int]
    only: dict[str, tuple[str, ...]]
    size: dict[str, float]
    cover: dict[str, str]
    cover_of_zero: dict[str, str] = Field(default_factory=dict)
    report: Report = Report()
    year_before: YearBefore
    standing: dict[str, int] = Field(default_factory=dict)
    items: Register
    derived: tuple[Derive, ...] = Field(alias="derive")
    flows: tuple[Flow, ...] = Field((), alias="flow")
    zero_reports: tuple[At, ...] = Field((), alias="zero_report")
    gaps: tuple[Gap, ...] = Field((), alias="gap")
    disagreements: tuple[Disagreement, ...] = Field((), alias="disagreement")
    faults: tuple[Fault, ...] = Field((), alias="fault")

    def fault(self, kind: str) -> Fault | None:
        """The year's fault of that kind, if one is planted."""
        return next((fault for fault in self.faults if fault.kind == kind), None)


def read_plan(office: Office) -> Plan:
    """The office's demonstration year. Raises Mistake where it names a unit that does not exist."""
    path = office.folder / "demo.toml"
    plan = read_toml(path, Plan)
    known = {unit.short for unit in office.codes["units"]}
    named = {at.unit for at in (*plan.zero_reports, *plan.gaps, *plan.disagreements, *plan.faults)} | set(plan.size)
    for unit in sorted(named | {u for units in plan.only.values() for u in units}):
        if unit not in known:
            raise Mistake(path, None, f"单位“{unit}”不在名录里。")
    return plan
