"""Whatever little lies in the inbox, together with whatever else: no command ends in a traceback."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemas.office import OFFICES, read_office
from tests.builders import Desk
from tests.empty.commands import COMMANDS, RAN, SAID, comes_to, typed
from tests.empty.inboxes import FUTURE, TRUNCATED, of_an_unknown_unit, puts, sends, stranger, zipped

OFFICE = "shifan"
LITTLE = {
    "a January": sends("2012-01"),
    "a February": sends("2012-02"),
    "the last December": sends("2012-12"),
    "a January after it": sends("2013-01"),
    "a stranger": stranger,
    "something unreadable": puts(**{"坏.xlsx": TRUNCATED}),
    "an unknown unit": of_an_unknown_unit("2012-01"),
    "a month to come": FUTURE,
    "an empty zip": zipped(),
}


@pytest.fixture(scope="module")
def lying(tmp_path_factory) -> dict[str, Path]:
    """A folder for each, with its file in it."""
    found = {}
    for n, (name, build) in enumerate(LITTLE.items()):
        desk = Desk(tmp_path_factory.mktemp(f"little{n}"), read_office(OFFICES / OFFICE))
        build(desk)
        (desk.inbox / "收件登记.csv").unlink(missing_ok=True)
        found[name] = desk.inbox
    return found


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(
    st.sets(st.sampled_from(list(LITTLE)), max_size=4),
    st.sampled_from(list(COMMANDS)),
    st.sampled_from(["2012-01-20", "2012-02-29", "2013-01-03", "2013-02-20"]),
)
def test_no_command_ends_in_a_traceback(lying, there, command, as_of):
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted(there):
            shutil.copytree(lying[name], Path(folder, "inbox"), dirs_exist_ok=True)
        Path(folder, "年报.txt").write_text("2012年，主动公开政府信息1条。", encoding="utf-8")

        assert comes_to(Path(folder), typed(command, OFFICE, as_of)) in {RAN, SAID}
