import pickle
from functools import partial
from pathlib import Path

import pytest

from pipeline.outbox.returned import write_returned
from pipeline.tables.outcome import Outcome
from tests.pipeline.test_every_rule import POSTS, dump, send_the_post
from tests.returned.reading import Returned

WRITTEN = "written.pickle"


def _send(folder: Path, post: str) -> None:
    dump(send_the_post(folder, post), folder / "found.pickle")


class Post:
    """A post in which each unit makes one mistake (see tests.pipeline.test_every_rule), with the files that go back."""

    def __init__(self, outcome: Outcome, paths: list[Path], folder: Path) -> None:
        self.outcome = outcome
        self.files = {back.file: Returned(path) for back, path in zip(outcome.sent_back, paths, strict=True)}
        self.folder = folder / "2012" / "退回"


@pytest.fixture(scope="session", params=[pytest.param(post, marks=pytest.mark.slow) for post in POSTS])
def post(request, once) -> Post:
    folder = once(f"post-{request.param}", partial(_send, post=request.param))
    outcome = pickle.loads((folder / "found.pickle").read_bytes())  # noqa: S301  # we wrote it

    def write(own: Path) -> None:
        (own / WRITTEN).write_bytes(pickle.dumps(write_returned(outcome, own)))

    back = once(f"back-{request.param}", write)
    return Post(outcome, pickle.loads((back / WRITTEN).read_bytes()), back)  # noqa: S301  # the same
