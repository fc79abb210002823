"""A folder full of strangers' files, with proper returns among them."""

from dataclasses import replace

import pytest

from pipeline.intake import Receipts, list_inbox
from pipeline.intake.intake import take_in
from tests.builders import Desk
from tests.drift.strangers import strangers
from tests.drift.untouched import FILE, MONTH, UNIT, untouched

LEAST = 150


@pytest.mark.slow
def test_every_stranger_is_named_and_the_proper_returns_beside_them_are_unchanged(tmp_path):
    desk = Desk(tmp_path / "desk")
    alone = _taken(desk, tmp_path / "alone")

    among = tmp_path / "among"
    among.mkdir()
    names = [name for name, data in strangers() if (among / name).write_bytes(data)]
    taken = _taken(desk, among)

    unnamed = {name for name in names if not any(name in finding.file for finding in taken.findings)}
    assert len(names) >= LEAST
    assert unnamed == set()
    assert _numbers(taken) == _numbers(alone)


def _taken(desk, inbox):
    """What is read of an inbox, the untouched return in it."""
    inbox.mkdir(exist_ok=True)
    (inbox / FILE).write_bytes(untouched(desk.folder))
    files, notes = list_inbox(inbox, 0)
    taken = take_in(files, Receipts(), desk.forms(), desk.office, 0, lambda *_: None)
    return replace(taken, findings=(*notes, *taken.findings))


def _numbers(taken):
    """The numbers of the proper return, in their order."""
    own = taken.returns[(taken.returns["unit"] == UNIT) & (taken.returns["period"] == MONTH)]
    assert len(own) == 1
    return taken.rows[taken.rows["ret"].isin(own["ret"])].drop(columns="ret").to_dict("records")
