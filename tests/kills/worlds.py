"""Small worlds in which a run or a publish is killed: what lies there before, and what is done."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.desk.forwarding import forward
from pipeline.desk.telling import tell
from pipeline.story import run as story
from pipeline.story.run import Request, run
from pipeline.tables.outcome import Outcome
from pipeline.values.screen import Stages
from tests.assessed import small_office
from tests.builders import Desk, Quiet

UNIT, OTHER = "市卫生局", "市教育局"
FEBRUARY, MARCH, APRIL = "2012-02-20", "2012-03-20", "2012-04-20"
RESERVATION = "本月有单位未报，另行补报"


class World(NamedTuple):
    """What is done in a folder on a day, and killed; then it is done again, on that day or a later one.

    It says what it came to.
    """

    work: Callable[[Path, str], str]
    day: str
    next_day: str


def desk_in(folder: Path) -> Desk:
    return Desk(folder, small_office())


def request_in(folder: Path, day: str, through: str = "") -> Request:
    """What is asked for on a day. What is new was received on one and the same, for that is no matter here."""
    return replace(desk_in(folder).request(day, through), today=date.fromisoformat(FEBRUARY))


def a_run(folder: Path, day: str = FEBRUARY) -> str:
    """A run in the folder, and what it says."""
    outcome, written, kept = run(request_in(folder, day), Quiet())
    with redirect_stdout(io.StringIO()) as said:
        tell(outcome, [path.relative_to(folder) for path in written], kept)
    return said.getvalue()


def a_version(folder: Path, day: str = FEBRUARY) -> str:
    """A version is published in the folder; what is said of it."""
    month = f"2012-{date.fromisoformat(day).month - 1:02d}"
    forwarded = forward(request_in(folder, day, month), RESERVATION, Quiet())
    assert forwarded.folder
    return "\n".join([forwarded.folder.name, *(one.words for one in forwarded.kept)])


@contextmanager
def judged_before(outcome: Outcome) -> Iterator[None]:
    """The inbox is listed and read and the book written as ever; what is found was found before, which is quicker.

    Nothing of what is left out touches the disk.
    """

    def examine(request: Request, screen: Stages, *, receive: bool = False) -> Outcome:
        story._given(request, screen, receive)
        return outcome

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(story, "examine", examine)
        patch.setattr("pipeline.desk.forwarding.examine", examine)
        yield


def _january(folder: Path) -> None:
    """Two returns, one of them to be sent back; no receipts book yet."""
    desk = desk_in(folder)
    desk.send(UNIT, "2012-01")
    desk.send(OTHER, "2012-01", {"T2.02": 11})
    (desk.inbox / "收件登记.csv").unlink()


def nothing_yet(folder: Path) -> World:
    """An empty outbox and no receipts book."""
    _january(folder)
    return World(a_run, FEBRUARY, FEBRUARY)


def an_earlier_run(folder: Path) -> World:
    """A run of the month before, in which a return was sent back that has been mended since; a new month came in."""
    _january(folder)
    a_run(folder)
    desk = desk_in(folder)
    book = (desk.inbox / "收件登记.csv").read_bytes()
    desk.send(OTHER, "2012-01", name="2012-01/再报.xlsx")
    desk.send(UNIT, "2012-02")
    (desk.inbox / "收件登记.csv").write_bytes(book)
    return World(a_run, MARCH, MARCH)


def a_version_before(folder: Path) -> World:
    """January was forwarded, February is about to be."""
    _january(folder)
    a_version(folder)
    desk = desk_in(folder)
    book = (desk.inbox / "收件登记.csv").read_bytes()
    desk.send(UNIT, "2012-02")
    (desk.inbox / "收件登记.csv").write_bytes(book)
    return World(a_version, MARCH, MARCH)


def a_later_day(folder: Path) -> World:
    """As an_earlier_run; but the next run is of another day, and has other things to write."""
    return an_earlier_run(folder)._replace(next_day=APRIL)


WORLDS = {
    "run, empty outbox": nothing_yet,
    "run, outbox of an earlier run": an_earlier_run,
    "run, the next of a later day": a_later_day,
    "publish, a version before": a_version_before,
}
