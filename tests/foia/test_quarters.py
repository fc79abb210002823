"""A foreign return by quarter, written in data alone outside the repository: its year, and what is wrong in it."""

import shutil
from pathlib import Path

import pytest

from pipeline.desk.edition import check_edition
from pipeline.values.periods import due_day
from schemas.office import read_office
from schemas.period import Period
from tests.builders import Desk, Quiet
from tests.national.county import send, told
from tests.publish.routes import parting

HERE = Path(__file__).parent
QUARTERS = ("2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4")
OPENED = (4, 6, 5, 9)  # pending at the start of each quarter; at the end of the year 3
CLOSED = (6, 5, 9, 3)
AS_OF = "2022-01-25"
CODES = {"东溪镇": "970000-001", "西岭乡": "970000-002", "县财政局": "970000-003"}


@pytest.fixture
def desk(tmp_path):
    """An office and its form in a folder of their own."""
    shutil.copytree(HERE / "office", tmp_path / "office")
    shutil.copy(HERE / "foia.toml", tmp_path / "foia.toml")
    return Desk(tmp_path, read_office(tmp_path / "office", tmp_path))


def quarter(n: int) -> dict[str, int]:
    """A quarter in which everything holds: ten processed, so many received as the balance needs."""
    return {
        "R.1": OPENED[n],
        "R.2": CLOSED[n] - OPENED[n] + 10,
        "R.31": 5,
        "R.32": 2,
        "R.33": 2,
        "R.34": 1,
        "R.4": CLOSED[n],
    }


def year(desk, breaks=None):
    """Every unit's four quarters, but for what is broken: by unit and quarter the changed lines."""
    for unit in CODES:
        for n, period in enumerate(QUARTERS):
            changed = (breaks or {}).get((unit, period), {})
            if changed is not None:
                send(desk, unit, period, quarter(n) | changed)
    return desk.examine(AS_OF)


def test_a_year_of_quarters_is_silent_and_adds_up(desk):
    outcome = year(desk)
    table = outcome.tables[0]

    assert told(outcome) == []
    assert [row.label for row in table.rows] == ["全年", "第一季度", "第二季度", "第三季度", "第四季度"]
    assert [answer.number for answer in table.rows[0].answers[:3]] == [12, 117, 120]
    assert table.rows[0].answers[7].number == 9
    assert outcome.span == "2021年1—12月"


def test_exactly_what_was_broken_is_found(desk):
    outcome = year(
        desk,
        {
            ("东溪镇", "2021-Q2"): {"R.4": 6},
            ("西岭乡", "2021-Q3"): {"R.1": 7, "R.2": 12},
            ("县财政局", "2021-Q4"): None,
        },
    )

    found = {(f.rule, f.unit, f.period) for f in outcome.findings if f.level in {"must", "verify"}}
    assert found == {
        ("R-1", CODES["东溪镇"], "2021-Q2"),
        ("R-3", CODES["西岭乡"], "2021-Q3"),
        ("E-ABS-01", CODES["县财政局"], "2021-Q4"),
    }


def test_a_quarter_is_due_in_the_month_after_it(desk):
    assert due_day(Period(2021, 3, 3), desk.office).isoformat() == "2021-04-15"


def test_the_quarter_is_told_by_the_head_of_the_return(desk):
    from tests.pipeline.overtype import lose_names, retouch

    path = send(desk, "东溪镇", "2021-Q1", quarter(0))
    for change in (lose_names(), retouch("2021年第一季度", "2021年一季度")):
        change(path)
    desk.receipts.clear()
    desk.receive(path, "2021-04-10")
    outcome = desk.examine("2021-04-12")

    assert set(outcome.returns["period"]) == {"2021-Q1"}


@pytest.mark.slow
def test_a_year_goes_through_to_the_outbox_and_is_forwarded_by_its_last_quarter(desk):
    year(desk)
    outcome, workbook = desk.run(AS_OF)

    assert outcome.ready
    assert workbook.parent.name == "2021"
    assert "2021-Q4" in (workbook.parent / "data" / "facts.csv").read_text("utf-8-sig")
    assert parting(workbook.parent, outcome) == {}


@pytest.mark.slow
def test_the_form_can_be_sent_out(desk):
    assert [one.words for one in check_edition(str(desk.folder / "foia.toml"), desk.office, Quiet())] == []
