"""The form of an office of letters and visits, in data outside the repository: its year, its breaks, its next year."""

import shutil
from pathlib import Path

import pytest

from pipeline.desk.edition import MUST, check_edition
from schemas.office import read_office
from tests.builders import Desk, Quiet
from tests.national.county import printed, send, told
from tests.publish.routes import parting

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
CODES = {"东溪镇": "970000-001", "西岭乡": "970000-002", "县财政局": "970000-003"}
OPEN_AT = (2, 3, 1, 4, 2)  # what is open when each quarter begins, and when the year ends
YEAR, NEXT = ([f"{year}-Q{n}" for n in range(1, 5)] for year in (2021, 2022))
AS_OF = "2022-01-25"


@pytest.fixture
def desk(tmp_path):
    """The office and its two forms in a folder of their own."""
    shutil.copytree(HERE / "office", tmp_path / "office")
    for form in HERE.glob("*.toml"):
        shutil.copy(form, tmp_path / form.name)
    return Desk(tmp_path, read_office(tmp_path / "office", tmp_path))


def quarter(n: int, unit: str) -> dict[str, int]:
    """A quarter in which everything holds: ten came, and what is left over goes on into the next."""
    done = OPEN_AT[n] + 10 - OPEN_AT[n + 1]
    own = {
        "L.1": OPEN_AT[n], "L.2": 10, "L.21": 3, "L.22": 4, "L.23": 3, "L.31": done - 1, "L.32": 1, "L.4": OPEN_AT[n + 1],
        "M.11_new": 4, "M.12_new": 2, "M.12_again": 1, "M.21_new": 2, "M.21_again": 0, "M.3_new": 1, "M.11_done": 3,
        "M.11_again": 0, "M.12_done": 2, "M.21_done": 2, "M.22_new": 0, "M.22_again": 0, "M.22_done": 0, "M.3_again": 0,
        "M.3_done": 1,
    }  # fmt: skip
    money = {"L.6": 1250, "L.7": 1000, "L.8": 250} if unit == "县财政局" else {}
    return own | money | ({"L.5": 3} if n % 2 else {})


def year(desk, breaks=None, periods=YEAR, more=None):
    """Every unit's four quarters but for what is broken, by unit and quarter the changed lines; None: it never comes."""
    for unit in CODES:
        for n, period in enumerate(periods):
            changed = (breaks or {}).get((unit, period), {})
            if changed is not None:
                numbers = {**quarter(n, unit), **(more or {}), **changed}
                send(desk, unit, period, {key: value for key, value in numbers.items() if value is not None})


def test_a_year_that_holds_is_silent_and_adds_up(desk):
    year(desk)
    outcome = desk.examine(AS_OF, "2021-Q4")

    assert told(outcome) == []
    assert [printed(outcome, "表1", "全年", name) for name in ("期初", "受理", "来访", "期末", "人员")] == [
        6,
        120,
        48,
        6,
        9,
    ]
    assert printed(outcome, "表2", "合计", "小计") == 120
    assert [printed(outcome, "表3", row, "支出") for row in ("合计", "县财政局")] == [5000, 5000]
    assert [column.above for column in outcome.tables[1].columns] == [("受理",), ("受理",), ("受理",), ()]


def test_exactly_what_was_broken_is_found(desk):
    breaks = {
        ("东溪镇", "2021-Q1"): {"L.21": 5},  # the ways no longer add up
        ("东溪镇", "2021-Q3"): {
            "L.1": 2,
            "L.4": 5,
        },  # another opening than the last closing, each quarter in itself right
        ("西岭乡", "2021-Q2"): {"M.3_new": 3},  # the subjects come to more than what came
        ("西岭乡", "2021-Q3"): {"L.4": 9},  # the balance
        ("县财政局", "2021-Q2"): {"L.8": 252},  # 0.02 万元 apart: more than it may
        ("县财政局", "2021-Q3"): {"L.8": 251},  # 0.01 万元: as far as it may
        ("县财政局", "2021-Q4"): None,
    }
    year(desk, breaks)
    outcome = desk.examine(AS_OF, "2021-Q4")
    found = {(f.rule, f.unit, f.period) for f in outcome.findings if f.level in {"must", "verify"}}
    east, west, finance = CODES.values()

    assert found == {
        ("L-2", east, "2021-Q1"),
        ("A-2", east, "2021-Q3"),
        ("A-2", east, "2021-Q4"),
        ("A-1", west, "2021-Q2"),
        ("L-4", west, "2021-Q3"),
        ("L-6", finance, "2021-Q2"),
        ("E-ABS-01", finance, "2021-Q4"),
    }


@pytest.mark.parametrize("name", ["xinfang-2021", "xinfang-2022"])
def test_the_form_and_next_years_can_be_sent_out(desk, name):
    assert [c.words for c in check_edition(name, desk.office, Quiet()) if c.level == MUST] == []


def test_next_years_form_is_a_difference_of_a_few_lines_and_both_years_run(desk):
    year(desk)
    more = {"L.5": None, "L.33": 0}
    year(desk, {("西岭乡", "2022-Q1"): {"L.33": 2}}, NEXT, more)
    outcome, workbook = desk.run("2023-01-25", "2022-Q4")

    assert {(f.rule, f.period) for f in outcome.findings if f.level in {"must", "verify"} and f.period > "2022"} == {
        ("L-4", "2022-Q1"),
    }
    assert parting(workbook.parent, outcome) == {}
