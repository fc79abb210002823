import gc
import json
import os
import pickle
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline.tables.outcome import Outcome
from schemas.office import OFFICES
from tests.assessed import four_months, small_office
from tests.builders import Desk
from tests.cli.running import Command, looking_once
from tests.publish.reading import LibreOffice

# What a marked test needs, and how to tell that it is there.
TOOLS: dict[str, Callable[[], bool]] = {
    "libreoffice": lambda: shutil.which("soffice") is not None,
    "strace": lambda: shutil.which("strace") is not None,
    "poppler": lambda: all(map(shutil.which, ("pdftotext", "pdftohtml"))),
    "chromium": lambda: (
        shutil.which("chromium") is not None and all(map(find_spec, ("playwright", "axe_playwright_python")))
    ),
}

YEARS = {"year", "demo_folder", "shifan_folder"}  # fixtures of a year that was built and run


def pytest_configure():
    """Look for garbage seldom: frames are made of many small parts, and looking took a sixth of the time."""
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """The city's year is for the slow lane; on a desk without a tool its tests are skipped, in CI they run, and fail.

    A year takes longest to build, and nobody shall wait for it: one of its tests comes first, the others last.
    """
    for item in items:
        if "demo_folder" in _needs(item):
            item.add_marker(pytest.mark.slow)
    yield
    first, *later = [item for item in items if YEARS & set(_needs(item))] or [None]
    if first:
        later = set(later)
        rest = [item for item in items if item is not first and item not in later]
        items[:] = [first, *rest, *(item for item in items if item in later)]
    if os.environ.get("CI"):
        return
    lacking = [name for name, is_there in TOOLS.items() if not is_there()]
    for item in items:
        for name in lacking:
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"needs {name}, which this machine lacks"))


def _needs(item: pytest.Item) -> Sequence[str]:
    """The names of the fixtures that a test asks for."""
    return getattr(item, "fixturenames", ())


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory):
    return LibreOffice(tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture(scope="session")
def once(tmp_path_factory, worker_id):
    """Make a folder once for all workers: ``once("demo", make)`` lets ``make`` fill it, unless another has."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder = shared / name
        with FileLock(shared / f"{name}.lock"):
            if not (folder / "done").exists():
                shutil.rmtree(folder, ignore_errors=True)  # what broke off
                folder.mkdir()
                make(folder)
                (folder / "done").touch()
        return folder

    return made


def by_command(folder: Path, office: str) -> None:
    """The demonstration year as the command demo makes it, with what the run found, and what the command said."""
    with looking_once() as found:
        said = Command(folder)("demo", ".", "--json", "--office", OFFICES / office)
    (folder / "outcome.pickle").write_bytes(pickle.dumps(*found))
    (folder / "said.json").write_text(json.dumps(said._asdict()), encoding="utf-8")


@pytest.fixture(scope="session")
def demo_folder(once) -> Path:
    """The city's year, 600 returns, built and run once for all workers: inbox, outbox, the list of planted faults.

    It takes half a minute: whatever asks for it is in the slow lane.
    """
    return once("demo", partial(by_command, office="jyg"))


@pytest.fixture(scope="session")
def demo_outcome(demo_folder):
    """What the run over the city's year found."""
    return pickle.loads((demo_folder / "outcome.pickle").read_bytes())  # noqa: S301  # we wrote it


@pytest.fixture(scope="session")
def shifan_folder(once) -> Path:
    """The year of the office shifan: small, with applications, fees and disputes that are not 0."""
    return once("shifan", partial(by_command, office="shifan"))


@pytest.fixture(scope="session")
def shifan_outcome(shifan_folder):
    """What the run over the year of the office shifan found."""
    return pickle.loads((shifan_folder / "outcome.pickle").read_bytes())  # noqa: S301  # we wrote it


@pytest.fixture(scope="session")
def quarter(once) -> tuple[Desk, Outcome]:
    """Four months of three departments, run once for all workers: the desk, and what was found."""
    folder = once("quarter", lambda own: (own / "outcome.pickle").write_bytes(pickle.dumps(four_months(own))))
    outcome = pickle.loads((folder / "outcome.pickle").read_bytes())  # noqa: S301  # we wrote it
    return Desk(folder, small_office()), outcome
