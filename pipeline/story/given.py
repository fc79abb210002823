"""What a year is reported from."""

from typing import NamedTuple

from pipeline.intake import Received
from pipeline.ledger.published import Published
from pipeline.story.year_before import YearBefore
from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from pipeline.values.printed import PrintedFigure
from pipeline.values.rulings import Rulings
from pipeline.values.taken import Taken
from schemas.form import Form
from schemas.office import Office


class Given(NamedTuple):
    """What a year is reported from: the files, what was taken in of them, and what the office gave besides."""

    office: Office
    forms: tuple[Form, ...]
    files: list[Received]
    everything: Taken
    months: list[Month]
    own_forms: tuple[Form, ...]
    taken: Taken
    published: tuple[Published, ...]
    rulings: Rulings
    every_ruling: Rulings
    last_year: YearBefore
    printed: tuple[PrintedFigure, ...]
    unobeyed: list[Finding]
    closed: Published | None
