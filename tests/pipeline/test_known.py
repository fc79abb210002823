"""What a form can ask with: the limits of what is usual are those of the question that a run puts."""

import numpy as np
import pytest

from pipeline.desk.blank_forms import issue_templates
from pipeline.judge.known import known_of
from pipeline.judge.plausibility.limits import limits
from pipeline.judge.plausibility.panel import NONE, Panel
from pipeline.judge.plausibility.usual import held_against
from pipeline.values.periods import Month
from schemas.rules.terms import Ref
from tests.builders import Desk, Quiet
from tests.publish.reading import load

LINES = tuple(Ref("T2", f"{n:02}") for n in range(1, 6))
MONTHS = tuple(Month(2011, 6).until(Month(2012, 7)))


@pytest.fixture(scope="module")
def block():
    """Eight units over thirteen months, of all sizes and with many zeros; nothing is known of the last month."""
    chance = np.random.default_rng(7)
    sizes = chance.choice([0.3, 3, 40, 900, 20_000], size=(8, 1, 5))
    counts = chance.negative_binomial(10, 10 / (10 + sizes), size=(8, len(MONTHS), 5)).astype("float64")
    counts[0, :, 2], counts[0, 1, 2] = range(30, 30 + len(MONTHS)), 5_000  # as in the same month last year, or as usual
    counts[:, -1] = np.nan
    rets = np.full((8, len(MONTHS)), 0)
    rets[:, -1] = NONE
    units = tuple(f"U{n}" for n in range(8))
    return Panel(LINES, units, MONTHS, rets, counts, np.zeros(5, dtype="bool"), 7, (len(MONTHS) - 1,))


def test_a_number_lies_within_the_limits_when_it_would_not_be_asked_about(block):
    month = len(MONTHS) - 1
    held, found = held_against(block).of(month), limits(block, month)
    tried = [*range(40), *(int(1.07**n) for n in range(60, 240))]
    odd = {number: held.odd(np.full(held.centre.shape, float(number)))[:, 0] for number in tried}
    wrong = [
        (unit, ref, number)
        for u, unit in enumerate(block.units)
        for n, ref in enumerate(LINES)
        for number in tried
        if odd[number][u, n]
        == any(low <= number and (high is None or number <= high) for low, high in found[unit].get(ref, ((0, None),)))
    ]

    assert wrong == []
    assert sum(map(len, found.values())) > 20
    assert any(len(spans) > 1 for own in found.values() for spans in own.values())


@pytest.mark.slow
def test_a_month_that_follows_on_the_year_knows_december(tmp_path):
    """January's 上月实际 and what its rules compare with are those of December of the year before."""
    desk = Desk(tmp_path)
    desk.send("市卫生局", "2012-12", {"T2.05": 131, "T3.301": 2, "T3.305": 2}, received="2013-01-04")
    (path,) = issue_templates(Month(2013, 1), ["市卫生局"], tmp_path / "to", desk.request("2013-01-20"), Quiet())
    sheet, cell = desk.cell("T2.05", "2013-01")
    row = load(path)[sheet][int(cell[1:])]
    outcome = desk.examine("2013-01-20", "2012-12")
    known = known_of(
        outcome.in_force, outcome.form, [outcome.in_force[-1].wide["unit"].iloc[0]], Month(2013, 1), desk.office
    )

    assert 131 in {one.value for one in row}
    assert [own.numbers[Ref("T3", "305", "month", -1)] for own in known.values()] == [2]
