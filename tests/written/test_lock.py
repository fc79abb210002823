"""One run at a time on an outbox, and none on one that would be read as an inbox."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.outbox.lock import LOCK, one_at_a_time, refuse_nested
from schemas.mistake import CannotRun

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from pipeline.outbox.lock import one_at_a_time
with one_at_a_time(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path):
    """Another process that holds the outbox."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "outbox")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def held(outbox):
    with one_at_a_time(outbox):
        return sorted(path.name for path in outbox.iterdir())


def test_the_second_is_told_to_wait(other, tmp_path):
    with pytest.raises(CannotRun, match=r"另一次运行正在写发件夹.*等它结束"):
        held(tmp_path / "outbox")


def test_a_lock_outlives_no_process(other, tmp_path):
    other.kill()
    other.wait()

    assert held(tmp_path / "outbox") == [LOCK]
    assert not any((tmp_path / "outbox").iterdir())


def test_afterwards_no_lock_is_left_nor_an_outbox_that_was_made_for_it(tmp_path):
    (tmp_path / "there").mkdir()
    for outbox in (tmp_path / "there", tmp_path / "made"):
        held(outbox)

    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    assert list((tmp_path / "there").iterdir()) == []


def test_on_a_drive_that_keeps_no_locks_a_file_says_who_holds_it(tmp_path, monkeypatch):
    def none(*_):
        raise OSError(37, "No locks available")

    monkeypatch.setattr("filelock.FileLock.acquire", none)
    with one_at_a_time(tmp_path), pytest.raises(CannotRun, match="另一次运行正在写"):
        held(tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("inbox", "outbox"),
    [("a", "a"), ("a", "a/b/c"), ("a/b", "a"), ("a", "link/out"), ("link", "a"), ("a", "a/../a/out")],
)
def test_an_outbox_and_an_inbox_in_each_other_are_refused(tmp_path, inbox, outbox):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "a")

    with pytest.raises(CannotRun, match="不能是同一个文件夹，也不能一个在另一个里面"):
        refuse_nested(tmp_path / inbox, tmp_path / outbox)


@pytest.mark.parametrize(("inbox", "outbox"), [("a", "b"), ("a", "a2"), ("a/in", "a/out"), ("none", "none2")])
def test_beside_each_other_they_are_not(tmp_path, inbox, outbox):
    (tmp_path / "a" / "in").mkdir(parents=True)

    refuse_nested(tmp_path / inbox, tmp_path / outbox)
