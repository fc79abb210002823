import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from tests.builders import Desk, demo_year

# What a marked test needs, and how to tell that it is there.
TOOLS: dict[str, Callable[[], bool]] = {
    "libreoffice": lambda: shutil.which("soffice") is not None,
    "poppler": lambda: shutil.which("pdftotext") is not None,
}


def pytest_collection_modifyitems(items):
    """On a desk without a tool its tests are skipped with the reason; in CI they run, and fail."""
    if os.environ.get("CI"):
        return
    lacking = [name for name, is_there in TOOLS.items() if not is_there()]
    for item in items:
        for name in lacking:
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"needs {name}, which this machine lacks"))


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory, worker_id) -> Path:
    """The demonstration year, built and run once for all workers: inbox, outbox, the list of planted faults."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder = shared / "demo"
    with FileLock(shared / "demo.lock"):
        if not (folder / "done").exists():
            demo_year(folder)
            (folder / "done").touch()
    return folder


@pytest.fixture(scope="session")
def demo_outcome(demo_folder):
    """What the run over the demonstration year found."""
    from pipeline.run import Request, examine
    from schemas.office import read_office
    from tests.builders import Quiet

    request = Request(demo_folder / "inbox", demo_folder / "outbox", read_office(), date(2013, 1, 31))
    return examine(request, Quiet())
