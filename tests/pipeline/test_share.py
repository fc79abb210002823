"""How the demonstration's totals are shared out over units and months: whole, and the same every time."""

import pytest

from pipeline.desk.demo import read_plan
from pipeline.desk.demo.share import apportion, share_out
from schemas.forms import read_form
from schemas.office import read_office

OFFICE = read_office()
PLAN = read_plan(OFFICE)
FORM = read_form("jyg-2012", OFFICE)


@pytest.fixture(scope="module")
def shared():
    return share_out(PLAN, FORM, OFFICE)


def test_the_same_year_is_shared_out_every_time(shared):
    assert share_out(PLAN, FORM, OFFICE) == shared


@pytest.mark.parametrize("line", PLAN.totals)
def test_what_is_shared_out_adds_up_to_the_plan(shared, line):
    outside = {fault.whose for fault in PLAN.faults if fault.kind in {"missing", "returned"}}
    ref = FORM.expression(line)[0].refs[0]

    counted = [numbers[ref] for (unit, month), numbers in shared.items() if (unit, str(month)) not in outside]

    assert sum(counted) == PLAN.totals[line]
    assert min(counted) >= 0


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [(10, [1, 1, 1], [4, 3, 3]), (7, [2, 1], [5, 2]), (0, [1, 2], [0, 0]), (5, [0, 1], [0, 5])],
)
def test_a_total_is_apportioned_whole(total, weights, parts):
    assert apportion(total, weights) == parts
