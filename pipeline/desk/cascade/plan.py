"""cascade.toml as values: who collects from whom, what units fill in, and which cell is wrong."""

from datetime import date
from pathlib import Path

import schemas.cascade
from schemas.document import read_toml
from schemas.reading import Frozen

FOLDER = Path(schemas.cascade.__file__).parent
PLAN = FOLDER / "cascade.toml"


class Place(Frozen):
    """An office of one of the levels; ``kind`` groups it among the units of the one above."""

    id: str
    name: str
    area: str
    region_code: str
    reports_to: str
    kind: str = ""


class Units(Frozen):
    """The units of every county: what each is called behind the name of its county."""

    kind: str
    names: tuple[str, ...]


class Days(Frozen):
    """On which day of the next month units have sent, and each level forwards."""

    received: int
    county: int
    city: int
    province: int


class Carried(Frozen):
    """Lines that carry over from month to month."""

    opening: str
    received: str
    closed: str
    closing: str


class Wrong(Frozen):
    """The cell that is wrong: whose (the how manyth unit of which office), when, how many times what it should be."""

    office: str
    unit: int
    period: str
    line: str
    times: int


class Cascade(Frozen):
    """The plan."""

    year: int
    seed: int
    edition: str
    correction: date
    due: int
    contact: str
    days: Days
    numbers: dict[str, tuple[int, int]]
    carried: Carried
    wrong: Wrong
    units: Units
    province: Place
    city: Place
    county: tuple[Place, ...]


def read_cascade() -> Cascade:
    """The plan of the demonstration."""
    return read_toml(PLAN, Cascade)
