"""The folder for Windows, built and run under Wine: the second demonstration, check, forwarding, a kill, a lock.

By one command: `YUEBAO_WINE=ROOT YUEBAO_PYTHON=ZIP YUEBAO_WHEELS=DIR python -m pytest -m long tests/windows -n 0`, of a
folder with Wine (or "here"), the embeddable Python, and the wheels as CONTRIBUTING.md downloads them. As root, for the
programs have no network.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.desk.windows.build import INBOX, OUTBOX, build
from schemas.office import OFFICES
from tests.windows.wine import Wine, same_bytes

pytestmark = pytest.mark.long

AS_OF, THROUGH = "2013-01-31", "2012-12"
OFFICE = "bin/program/schemas/offices/shifan"
TRAIL = ("runs.jsonl", "last_run.json")  # the day and the seconds of each run, and by which Python it was
NAMED = {name: os.environ.get(name, "") for name in ("YUEBAO_WINE", "YUEBAO_PYTHON", "YUEBAO_WHEELS")}
# Wine takes minutes to start a process on a busy machine, for which Windows takes seconds.
PATIENT = (
    "import sys; import pipeline.intake.children as children; children.STARTING = 900; sys.argv[0] = 'yuebao'; "
    "from pipeline.desk.cli import main; main()"
)
HOLD = (
    "import ctypes, sys, time; k = ctypes.windll.kernel32; k.CreateFileW.restype = ctypes.c_void_p; "
    "h = k.CreateFileW(sys.argv[1], 0x80000000, 0, None, 3, 0, None); print('held', flush=True); time.sleep(3600)"
)


class Desks:
    """The same office's desk under Wine and here, on the same inbox."""

    def __init__(self, wine: Wine, folder: Path, here: Path) -> None:
        self.wine, self.folder, self.here = wine, folder, here

    def windows(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of the folder's own Python."""
        return self.wine.python(self.folder, "-c", PATIENT, *words)

    def linux(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The same command here, by the same program."""
        own = os.environ | {"PYTHONPATH": str(self.folder / "bin/program")}
        command = [sys.executable, "-c", PATIENT, *words]
        return subprocess.run(command, check=False, capture_output=True, text=True, cwd=self.here, env=own)  # noqa: S603

    def both(self, *words: str) -> tuple[int, list[str]]:
        """A command on both; how many files are the same then, and which are not."""
        there, here = self.windows(*words), self.linux(*words)
        assert there.returncode == here.returncode, (there.stdout, there.stderr, here.stdout, here.stderr)
        return same_bytes(self.folder / OUTBOX, self.here / OUTBOX, TRAIL)


def asked(*words: str) -> list[str]:
    return [*words, "--inbox", INBOX, "--outbox", OUTBOX, "--office", OFFICE, "--as-of", AS_OF]


@pytest.fixture(scope="module")
def desks(shifan_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """The folder, unpacked in a path with Chinese and a space, with the second demonstration's inbox."""
    if not all(NAMED.values()):
        pytest.skip(f"needs {', '.join(name for name, value in NAMED.items() if not value)}: see above")
    root = "" if NAMED["YUEBAO_WINE"] == "here" else NAMED["YUEBAO_WINE"].rstrip("/")
    wine, own = Wine(root), Path(f"{root}/tmp/办公 桌")  # noqa: S108  # of a system of its own
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir(parents=True)
    build(Path(NAMED["YUEBAO_PYTHON"]), Path(NAMED["YUEBAO_WHEELS"]), own / "月报")
    wine.mend(own / "月报")
    here = tmp_path_factory.mktemp("here")
    for desk in (own / "月报", here):
        shutil.rmtree(desk / INBOX, ignore_errors=True)
        shutil.copytree(shifan_folder / "inbox", desk / INBOX)
    (here / OFFICE).parent.mkdir(parents=True)
    shutil.copytree(OFFICES / "shifan", here / OFFICE)
    yield Desks(wine, own / "月报", here)
    shutil.rmtree(own, ignore_errors=True)


def test_the_second_demonstration_has_the_same_bytes(desks: Desks) -> None:
    same, unlike = desks.both(*asked("run"))

    assert unlike == []
    assert same > 60


def test_check_finds_the_same_in_a_return(desks: Desks) -> None:
    paths = sorted((desks.here / INBOX).rglob("*.xlsx"))[:3]
    names = [path.relative_to(desks.here).as_posix() for path in paths]
    there, here = (run("check", *names, "--office", OFFICE, "--json") for run in (desks.windows, desks.linux))

    assert there.returncode == here.returncode
    assert json.loads(there.stdout) == json.loads(here.stdout)


def test_a_run_that_is_killed_leaves_nothing_that_the_next_does_not_know(desks: Desks) -> None:
    """All of Wine's processes end at once, as when the plug is pulled."""
    outbox = desks.folder / OUTBOX
    shutil.rmtree(outbox)
    command = desks.wine.command(
        desks.folder, "wine", "bin/python/python.exe", "-X", "utf8", "-c", PATIENT, *asked("run")
    )
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:  # noqa: S603
        deadline = time.monotonic() + 900
        while not list(outbox.rglob("*")) and time.monotonic() < deadline:
            time.sleep(0.5)
        time.sleep(3)
        desks.wine.run(desks.folder, "wineserver", "-k9")
        running.kill()
    again = desks.windows(*asked("run"))

    assert again.stdout
    assert same_bytes(outbox, desks.here / OUTBOX, TRAIL)[1] == []


def test_a_workbook_that_another_program_holds_is_left_and_the_new_one_has_another_name(desks: Desks) -> None:
    """Share mode 0: nobody else may open it, as Excel holds what it edits."""
    (book,) = (desks.folder / OUTBOX / "2012").glob("*汇总.xlsx")
    before = book.read_bytes()
    name = book.relative_to(desks.folder).as_posix()
    holding = desks.wine.command(desks.folder, "wine", "bin/python/python.exe", "-X", "utf8", "-c", HOLD, name)
    with subprocess.Popen(holding, stdout=subprocess.PIPE, text=True) as holder:  # noqa: S603
        assert holder.stdout
        assert holder.stdout.readline().strip() == "held"
        told = desks.windows("run", "--inbox", INBOX, "--outbox", OUTBOX, "--office", OFFICE, "--as-of", "2013-02-01")
        holder.kill()
        desks.wine.run(desks.folder, "wineserver", "-k9")

    assert "正被打开" in told.stdout
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.glob("*汇总（2）.xlsx")]


def test_what_is_forwarded_has_the_same_bytes(desks: Desks) -> None:
    for folder in (desks.folder, desks.here):
        shutil.rmtree(folder / OUTBOX, ignore_errors=True)
    same, unlike = desks.both(*asked("publish", "--through", THROUGH, "--with-reservations", "试报"))

    assert [name for name in unlike if not name.startswith("上报底稿/")] == []
    assert same
