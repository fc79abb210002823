"""Small worlds in which a run or a publish is killed: what lies there before, and what is done."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.desk.forward import forward
from pipeline.desk.telling import tell
from pipeline.story import run as story
from pipeline.story.run import Request, run
from pipeline.tables.outcome import Outcome
from pipeline.values.screen import Stages
from tests.assessed import small_office
from tests.builders import Desk, Quiet

UNIT, OTHER = "市卫生局", "市教育局"
FEBRUARY, MARCH = "2012-02-20", "2012-03-20"
RESERVATION = "本月有单位未报，另行补报"


class World(NamedTuple):
    """What is done in a folder on a day; it says what it came to."""

    work: Callable[[Path, str], str]
    day: str


def desk_in(folder: Path) -> Desk:
    return Desk(folder, small_office())


def a_run(folder: Path, day: str = FEBRUARY) -> str:
    """A run in the folder, and what it says."""
    outcome, written, kept = run(desk_in(folder).request(day), Quiet())
    with redirect_stdout(io.StringIO()) as said:
        tell(outcome, [path.relative_to(folder) for path in written], kept)
    return said.getvalue()


def a_version(folder: Path, day: str = FEBRUARY) -> str:
    """A version is published in the folder; what is said of it."""
    month = f"2012-{date.fromisoformat(day).month - 1:02d}"
    forwarded = forward(desk_in(folder).request(day, month), RESERVATION, Quiet())
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
        patch.setattr("pipeline.desk.forward.examine", examine)
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
    return World(a_run, FEBRUARY)


def an_earlier_run(folder: Path) -> World:
    """A run of the month before, in which a return was sent back that has been mended since; a new month came in."""
    _january(folder)
    a_run(folder)
    desk = desk_in(folder)
    book = (desk.inbox / "收件登记.csv").read_bytes()
    desk.send(OTHER, "2012-01", name="2012-01/再报.xlsx")
    desk.send(UNIT, "2012-02")
    (desk.inbox / "收件登记.csv").write_bytes(book)
    return World(a_run, MARCH)


def a_version_before(folder: Path) -> World:
    """January was forwarded, February is about to be."""
    _january(folder)
    a_version(folder)
    desk = desk_in(folder)
    book = (desk.inbox / "收件登记.csv").read_bytes()
    desk.send(UNIT, "2012-02")
    (desk.inbox / "收件登记.csv").write_bytes(book)
    return World(a_version, MARCH)


WORLDS = {
    "run, empty outbox": nothing_yet,
    "run, outbox of an earlier run": an_earlier_run,
    "publish, a version before": a_version_before,
}
