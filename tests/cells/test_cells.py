"""What the demonstration years print is what they printed: cell by cell, but for what is listed with its reason."""

import csv

import pytest

from tests.cells.cells import ALLOWED, HERE, allowed, cells, kept

pytestmark = pytest.mark.slow


@pytest.fixture(params=["demo", "shifan"])
def year(request):
    return request.param, request.getfixturevalue(f"{request.param}_outcome")


def test_every_printed_cell_is_the_one_that_is_kept(year):
    name, outcome = year
    now, then = cells(outcome), kept(name)

    assert {place: (then.get(place), now.get(place)) for place in then.keys() | now.keys()
            if then.get(place) != now.get(place)} == {}  # fmt: skip


def test_a_cell_that_differs_would_be_seen(year):
    name, outcome = year
    (place, value), *_ = cells(outcome).items()

    assert kept(name)[place] == value
    assert kept(name) != cells(outcome) | {place: f"{value}9"}


@pytest.mark.parametrize("name", ["demo", "shifan"])
def test_an_allowed_difference_is_of_a_cell_that_is_kept_and_has_its_reason(name):
    with (HERE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        there = {(row["table"], row["row"], row["column"]): row["value"] for row in csv.DictReader(file)}
    with ALLOWED.open(encoding="utf-8-sig", newline="") as file:
        reasons = [row["why"] for row in csv.DictReader(file)]

    assert all(reasons)
    assert all(there.get(place, "") == before for place, (before, _) in allowed(name).items())
