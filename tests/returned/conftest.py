from functools import partial
from pathlib import Path

import pytest

from pipeline.outbox.returned import write_returned
from pipeline.tables.outcome import Outcome
from tests.pipeline.test_every_rule import POSTS, dump, send_the_post
from tests.returned.reading import Returned


def _send(folder: Path, post: str) -> None:
    dump(send_the_post(folder, post), folder / "found.pickle")


class Post:
    """A post in which each unit makes one mistake (see tests.pipeline.test_every_rule), with the files that go back."""

    def __init__(self, outcome: Outcome, outbox: Path) -> None:
        self.outcome = outcome
        paths = write_returned(outcome, outbox)
        self.files = {back.file: Returned(path) for back, path in zip(outcome.sent_back, paths, strict=True)}
        self.folder = outbox / "2012" / "退回"


@pytest.fixture(scope="session", params=POSTS)
def post(request, once, tmp_path_factory) -> Post:
    import pickle

    folder = once(f"post-{request.param}", partial(_send, post=request.param))
    outcome = pickle.loads((folder / "found.pickle").read_bytes())  # noqa: S301  # we wrote it
    return Post(outcome, tmp_path_factory.mktemp(request.param))
