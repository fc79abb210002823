"""A file that hangs its reader, kills it or eats its memory costs that file alone."""

import os
import time

import pytest

from pipeline.intake import Receipts, children, list_inbox, take_in
from pipeline.intake.children import in_children
from schemas.mistake import CannotRun
from tests.builders import Desk
from tests.drift.corpus import CORPUS
from tests.drift.judged import lay

pytestmark = pytest.mark.slow


def read_as_told(what: str) -> str:
    """A reader to which happens what the file says."""
    if what == "hangs":
        time.sleep(60)
    if what == "dies":
        os.abort()
    if what == "leaves":
        os._exit(0)
    if what == "complains":
        nowhere = os.stat(os.devnull)  # noqa: PTH116  # of a file descriptor
        return "unheard" if os.path.samestat(os.fstat(2), nowhere) else what
    if what == "is broken":
        raise ValueError(what)
    if what == "has no end":
        bytearray(3 * 2**30)
    return what


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_one_that_does_not_come_back_costs_itself_alone(monkeypatch, workers):
    monkeypatch.setattr(children, "SECONDS", 1)
    sent = ["a", "hangs", "b", "dies", "c", "leaves", "is broken", "has no end", "d"]

    read = list(in_children(read_as_told, sent, workers, lambda what: f"{what}, and is lost"))

    assert [what for what in read if what in sent] == ["a", "b", "c", "d"]
    assert read == [what if len(what) == 1 else f"{what}, and is lost" for what in sent]


def test_what_a_library_prints_when_it_breaks_is_not_shown():
    assert list(in_children(read_as_told, ["complains"], 1, str.upper)) == ["unheard"]


@pytest.mark.slow
def test_no_file_of_the_corpus_takes_half_a_minute_or_a_gigabyte(tmp_path):
    """A child that did would be stopped, and the file told as lost: what is told is what is told here."""
    cases = [case for case in CORPUS if not case.saved_as]
    desk = Desk(tmp_path / "desk")
    lay(cases, desk, tmp_path)
    files = list_inbox(tmp_path / "inbox").files

    here, there = (
        take_in(files, Receipts(tmp_path, ()), desk.forms(), desk.office, workers, lambda *done: None)
        for workers in (0, 1)
    )

    assert [f.message for f in there.findings] == [f.message for f in here.findings]
    assert there.rows.equals(here.rows)


class Lethal:
    """What ends the process that is handed it, before it can say a word."""

    def __reduce__(self):
        return os._exit, (1,)

    def __call__(self, file: object) -> None:
        raise AssertionError


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # pebble's own thread gives up
def test_where_no_process_comes_up_it_is_said_and_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(children, "STARTING", 1)

    with pytest.raises(CannotRun, match="读表的进程没有启动"):
        list(children.in_children(Lethal(), [1, 2], 1, lambda item: item))
