import pickle
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from tests.builders import Desk
from tests.drift.case import Case, Result
from tests.drift.corpus import CORPUS, lane
from tests.drift.judged import judge
from tests.drift.untouched import UNIT, Numbers, numbers


def _judged(folder: Path, kind: str) -> None:
    results = judge([case for case in CORPUS if lane(case) == kind], folder)
    (folder / "results.pickle").write_bytes(pickle.dumps(results))


@pytest.fixture(scope="session")
def came_of(once) -> Callable[[Case], Result]:
    """What came of a case; those of one lane are judged together, once for all workers."""

    @cache
    def results(kind: str) -> dict[str, Result]:
        folder = once(f"drift-{kind}", partial(_judged, kind=kind))
        return pickle.loads((folder / "results.pickle").read_bytes())  # noqa: S301  # we wrote it

    return lambda case: results(lane(case))[case.name]


@pytest.fixture(scope="session")
def seen(tmp_path_factory) -> Numbers:
    """What a person sees in the untouched return, by line and measure."""
    return numbers(Desk(tmp_path_factory.mktemp("seen")).form().of("2012-01", UNIT))
