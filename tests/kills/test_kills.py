"""Kill it anywhere and run it again: the same bytes, nothing left behind, and nobody accused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import count
from tests.kills.worlds import WORLDS

ROOT = Path(__file__).parents[2]
IN_CI, IN_LONG = 3, 55  # points a world

pytestmark = pytest.mark.strace


def killed(name: str, many: int, folder: Path) -> list[dict]:
    """What became of every point of a world at which it was killed."""
    command = [sys.executable, "-m", "tests.kills", name, str(many), str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
def test_some_kills(name, tmp_path):
    found = killed(name, IN_CI, tmp_path)

    assert [point for point in found if point["wrong"]] == []
    assert len(found) == IN_CI


@pytest.mark.long
@pytest.mark.parametrize("name", WORLDS)
def test_many_kills(name, tmp_path):
    found = killed(name, IN_LONG, tmp_path)

    assert [point for point in found if point["wrong"]] == []
    assert len(found) == IN_LONG
    assert {"openat", "write", "rename", "unlink", "fsync"} <= {point["call"] for point in found}
    outcome = "the next one gives the bytes of an undisturbed one, leaves no stray file and accuses nobody"
    count("kills", f"kill -9 at a system call: {name}", len(found), outcome)
