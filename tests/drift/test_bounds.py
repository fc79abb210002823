"""Every file of the corpus is read within its bounds of work and memory: by command."""

import pytest

from pipeline.intake import Receipts, list_inbox, take_in
from tests.builders import Desk
from tests.drift.corpus import CORPUS
from tests.drift.judged import lay


@pytest.mark.long
def test_no_file_of_the_corpus_takes_too_much_work_or_a_gigabyte(tmp_path):
    """A child that did would be stopped, and the file told as lost: what is told is what is told here."""
    cases = [case for case in CORPUS if not case.saved_as]
    desk = Desk(tmp_path / "desk")
    lay(cases, desk, tmp_path)
    files = list_inbox(tmp_path / "inbox", 1).files

    here, there = (
        take_in(files, Receipts(tmp_path, ()), desk.forms(), desk.office, workers, lambda *done: None)
        for workers in (0, 1)
    )

    assert [f.message for f in there.findings] == [f.message for f in here.findings]
    assert there.rows.equals(here.rows)
