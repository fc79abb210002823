"""The order in which a form is proved: its lines and its paper, its templates, its rules, a year of it."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.desk.edition.kinds import Kind, kinds_of
from pipeline.desk.edition.lines import lines
from pipeline.desk.edition.paper import paper
from pipeline.desk.edition.register_rules import register_rules
from pipeline.desk.edition.returns import Maker
from pipeline.desk.edition.round_trip import only_zero, round_trip
from pipeline.desk.edition.rules import rules
from pipeline.desk.edition.subject import MUST, Concern, Subject, subject_of
from pipeline.desk.edition.unsettled import unsettled
from pipeline.desk.edition.year import year
from pipeline.values.screen import Stages
from schemas.office import Office


def check_edition(edition: str, office: Office, screen: Stages) -> list[Concern]:
    """Everything that is to be said of an edition (an id, or the path of a .toml), what must be changed first.

    Raises CannotRun, Mistake where it does not load, or the solver is not there.
    """
    subject = subject_of(edition, office)
    with TemporaryDirectory() as folder:
        found = list(dict.fromkeys(_found(subject, Path(folder), screen)))
    return sorted(found, key=lambda concern: (concern.level != MUST, concern.file, concern.line))


def _found(subject: Subject, folder: Path, screen: Stages) -> Iterator[Concern]:
    """What is found, step by step; a step whose ground is not sound is left out."""
    yield from unsettled(subject)
    kinds = kinds_of(subject.form, subject.office)
    yield from lines(subject)
    with screen.stage(f"{subject.form.edition.id} 试填试读"):
        maker = Maker(subject.form, subject.office, folder / "returns")
        trips = list(round_trip(subject, kinds, maker))
        yield from trips
    if any(concern.level == MUST for concern in trips):
        return
    yield from paper(subject, kinds)
    with screen.stage(f"{subject.form.edition.id} 逐条试规则"):
        yield from _of_rules(subject, kinds, maker)
    with screen.stage(f"{subject.form.edition.id} 试运行一年"):
        yield from year(subject, folder / "year")


def _of_rules(subject: Subject, kinds: list[Kind], maker: Maker) -> Iterator[Concern]:
    for kind in kinds:
        yield from only_zero(subject, kind)
    yield from rules(subject, kinds, maker)
    yield from register_rules(subject, kinds, maker)
