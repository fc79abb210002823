"""A file that hangs its reader, kills it or eats its memory costs that file alone."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.intake import children
from pipeline.intake.children import in_children
from schemas.mistake import CannotRun

pytestmark = pytest.mark.slow


def read_as_told(what: str) -> str:
    """A reader to which happens what the file says."""
    if what == "sleeps":
        time.sleep(60)
    if what == "rests":
        time.sleep(2)
    if what == "toils":
        while True:
            pass
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


def come_of(sent: list[str], workers: int = 1) -> list[str]:
    """What comes of each, in the order in which they were sent."""
    done = in_children(read_as_told, sent, workers, lambda what: f"{what}, and is lost")
    return [one.result for one in sorted(done)]


@pytest.mark.parametrize("workers", [1, 2])
def test_one_that_does_not_come_back_costs_itself_alone(monkeypatch, workers):
    monkeypatch.setattr(children, "PATIENCE", 3)
    monkeypatch.setattr(children, "WORK", 1)
    sent = ["a", "sleeps", "b", "dies", "c", "leaves", "is broken", "has no end", "toils", "d"]

    assert come_of(sent, workers) == [what if len(what) == 1 else f"{what}, and is lost" for what in sent]


def test_what_takes_long_by_the_clock_and_works_little_is_read(monkeypatch):
    monkeypatch.setattr(children, "WORK", 1)

    assert come_of(["rests"]) == ["rests"]


class Once:
    """A reader that is lost with a file the first time, as when the system wants its memory back."""

    def __init__(self, folder: Path) -> None:
        self.seen = folder / "seen"

    def __call__(self, what: str) -> str:
        if not self.seen.exists():
            self.seen.touch()
            os.abort()
        return what


def test_what_a_child_lost_is_tried_once_more_and_others_do_not_wait_for_it(tmp_path):
    done = list(in_children(Once(tmp_path), ["a", "b", "c"], 1, lambda what: f"{what}, and is lost"))

    assert [(one.at, one.result) for one in done] == [(1, "b"), (2, "c"), (0, "a")]


def test_more_than_any_return_says_is_not_taken():
    assert come_of(["a" * 9 * 2**20, "b"]) == [f"{'a' * 9 * 2**20}, and is lost", "b"]


def test_where_the_system_bounds_no_work_a_child_looks_at_its_own_clock(tmp_path):
    script = (
        "import sys; sys.modules['resource'] = None\n"
        "from pipeline.intake import children\n"
        "children._prepare(lambda item: 1, 1); children._read('a')\n"
        "while True: pass\n"
    )

    ended = subprocess.run([sys.executable, "-c", script], check=False, timeout=60)  # noqa: S603  # our own words

    assert ended.returncode in children.OVERWORKED


def test_what_a_library_prints_when_it_breaks_is_not_shown():
    assert come_of(["complains"]) == ["unheard"]


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
