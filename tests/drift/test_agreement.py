"""A department that checks its return is told what the office's run will say of it, case by case."""

import pytest

from pipeline.desk.check import check
from pipeline.intake import list_inbox
from tests.builders import Desk, Quiet
from tests.drift.corpus import KINDS
from tests.drift.judged import lay

BESIDE = (
    "N-VER",
    "N-DUP",
    "W-VER",
    "W-ORD",
    "N-LATE",
    "N-FIL-02",
    "E-ABS",
    "W-DUP",
    "W-LEAK",
)  # between several files, about days, or about what is forwarded
SAVED = pytest.param("saved", marks=pytest.mark.libreoffice)
KINDS_HELD = [*sorted(set(KINDS) - {"saved"}), SAVED]

pytestmark = pytest.mark.slow


def told(findings) -> list[tuple[str, ...]]:
    """The findings of a file, but for what only several files beside each other bring about."""
    return sorted((f.rule, f.sheet, f.cell, f.value) for f in findings if not f.rule.startswith(BESIDE))


@pytest.mark.parametrize("kind", KINDS_HELD)
def test_check_and_run_say_the_same_of_every_case(kind, tmp_path):
    desk = Desk(tmp_path / "desk")
    lay([case for case in KINDS[kind] if kind == "saved" or not case.saved_as], desk, desk.folder)
    names = [file.name for file in list_inbox(desk.inbox, 0).files]

    ran = desk.examine(as_of="2012-04-30").findings
    checked = check([desk.inbox], desk.office, Quiet())

    by_check = {one.file: told(one.findings) for one in checked}
    assert {name: by_check[(desk.inbox / name).as_posix()] for name in names} == {
        name: told(f for f in ran if f.file == name) for name in names
    }
