"""Next year's form as CONTRIBUTING tells it: one file of a few lines, proved, then a year in which both are in use."""

import pytest

from pipeline.desk.edition import MUST, check_edition
from schemas.draft import TEXTS
from schemas.office import OWN_EDITIONS, read_office
from tests.builders import Desk, Quiet
from tests.cli.settings import sheet_of
from tests.worlds.forms_in_time import HEALTH, desk_of, form, year

pytestmark = pytest.mark.slow

NOW = form("now", "2012-01", "2012-06")
NEXT = """id = "next"
extends = "now"
valid = { from = "2012-07", to = "2013-12" }
without = { rule = ["T2-02"] }

[[table]]
id = "T2"
line = [{ code = "36", name = "政策解读数", unit = "条", section = "七、政策解读" }]

[[rule]]
id = "T2-36"
level = "verify"
holds = "T2.36 <= T2.01"
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Desk:
    """An office that has its forms in a folder of its own, anywhere, and adds one file to it."""
    made = desk_of(tmp_path_factory.mktemp("next"), NOW)
    (made.office.folder / TEXTS).unlink()  # its own texts speak of lines that the little form has not
    own = made.folder / "editions"
    own.rename(made.office.folder / OWN_EDITIONS)
    (made.office.folder / OWN_EDITIONS / "next.toml").write_text(NEXT, "utf-8")
    settings = made.office.folder / "office.toml"
    settings.write_text(settings.read_text("utf-8").replace("['now']", '["now"]').replace('["now"]', '["now", "next"]'))
    office = read_office(made.office.folder)
    return Desk(made.folder, office._replace(units=made.office.units))


@pytest.fixture(scope="module")
def ran(desk):
    year(desk, "2012-08", m07={"T2.36": 4}, m08={"T2.36": 1})
    return desk.run("2012-09-10", "2012-08")


def test_it_is_a_difference_of_a_few_lines_and_passes_its_proof(desk):
    found = check_edition("next", desk.office, Quiet())

    assert len(NEXT.splitlines()) < 15
    assert [concern.words for concern in found if concern.level == MUST] == []


def test_each_month_is_asked_and_judged_by_its_own_form(desk, ran):
    outcome, _ = ran
    facts = outcome.facts
    own = {period: set(rows["edition"]) for period, rows in facts.groupby("period")}

    assert own == {f"2012-{n:02d}": {"now" if n < 7 else "next"} for n in range(1, 9)}
    assert ("T2", "36") not in desk.form("2012-06").entries
    assert [f.message for f in outcome.findings if f.level == "must"] == []


def test_the_year_is_told_by_the_last_form_with_what_went_before(desk, ran):
    outcome, workbook = ran
    given = outcome.facts.query("line == '36' and measure == 'month' and period >= '2012-07'")
    code = next(unit.code for unit in desk.office.units if unit.at("2012-08").short == HEALTH)

    assert outcome.form.edition.id == "next"
    assert sorted(given["value"]) == [1, 1, 4, 4]
    assert code in set(given["unit"])
    notes = " ".join(str(cell) for row in sheet_of(workbook, "编制说明") for cell in row if cell)
    assert [word for word in ("版本 now", "版本 next", "年内换表") if word not in notes] == []
