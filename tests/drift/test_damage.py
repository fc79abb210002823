"""Damaged at random, a file costs itself alone: a few of each kind in the slow lane, many in the lane `long`."""

import pytest

from tests.drift.damage import BY_LIBREOFFICE, KINDS, what_came_of
from tests.faults import count

every_kind = pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.libreoffice] * (kind in BY_LIBREOFFICE)) for kind in KINDS]
)


@pytest.mark.slow
@every_kind
def test_a_few_damaged_files_are_named_and_the_good_return_beside_them_counts(kind, tmp_path):
    assert what_came_of(kind, 30, tmp_path).startswith("the good return counts; ")


@pytest.mark.long
@every_kind
def test_many_damaged_files_are_named_and_the_good_return_beside_them_counts(kind, tmp_path):
    count("files", kind, 900, what_came_of(kind, 900, tmp_path))
