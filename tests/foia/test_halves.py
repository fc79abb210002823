"""The foreign return by half-years: a year of it, what is wrong in it, and the form itself as an annual table."""

import shutil

import pytest

from pipeline.desk.edition import check_edition
from pipeline.values.periods import due_day
from schemas.office import read_office
from schemas.period import Period
from tests.builders import Desk, Quiet
from tests.foia.test_quarters import CODES, HERE
from tests.national.county import printed, send, told
from tests.publish.reading import load
from tests.publish.routes import parting

pytestmark = pytest.mark.slow

HALVES = ("2021-H1", "2021-H2")
OPENED, CLOSED = (4, 5), (5, 3)
AS_OF = "2022-01-25"
AS_IT_IS = (
    '[[annual]]\nid = "表3"\ntitle = "申请的收到和办理"\nsheet = "表3 原表"\nrows = "table"\ntable = "R"\n\n[report]'
)


@pytest.fixture
def desk(tmp_path):
    """An office and its form, told in data alone to be of half-years."""
    shutil.copytree(HERE / "office", tmp_path / "office")
    text = (HERE / "foia.toml").read_text("utf-8")
    for find, put in (
        ('period = "quarter"', 'period = "half"'), ("本季数", "本半年数"), ("上季数", "上半年数"), ("季报", "半年报"),
        ("按季度分", "按半年分"), ("表1 各季度", "表1 半年"), ("months = [6, 9, 12]", "months = [12]"), ("[report]", AS_IT_IS),
    ):  # fmt: skip
        assert find in text
        text = text.replace(find, put)
    (tmp_path / "foia.toml").write_text(text, "utf-8")
    return Desk(tmp_path, read_office(tmp_path / "office", tmp_path))


def half(n):
    """A half-year in which everything holds: ten processed, so many received as the balance needs."""
    own = {"R.1": OPENED[n], "R.2": CLOSED[n] - OPENED[n] + 10, "R.4": CLOSED[n]}
    return own | {"R.31": 5, "R.32": 2, "R.33": 2, "R.34": 1}


def year(desk, breaks=None):
    for unit in CODES:
        for n, period in enumerate(HALVES):
            changed = (breaks or {}).get((unit, period), {})
            if changed is not None:
                send(desk, unit, period, half(n) | changed)
    return desk.examine(AS_OF)


def test_a_year_of_half_years_is_silent_and_adds_up(desk):
    outcome = year(desk)

    assert told(outcome) == []
    assert [str(period) for period in outcome.months] == list(HALVES)
    assert [row.label for row in outcome.tables[0].rows] == ["全年", "上半年", "下半年"]
    assert [answer.number for answer in outcome.tables[0].rows[0].answers[:3]] == [12, 57, 60]
    assert due_day(Period(2021, 6, 6), desk.office).isoformat() == "2021-07-15"


def test_exactly_what_was_broken_is_found(desk):
    breaks = {
        ("东溪镇", "2021-H1"): {"R.4": 7},
        ("西岭乡", "2021-H2"): {"R.1": 8, "R.2": 5},
        ("县财政局", "2021-H2"): None,
    }
    found = {(f.rule, f.unit, f.period) for f in year(desk, breaks).findings if f.level in {"must", "verify"}}

    assert found == {
        ("R-1", CODES["东溪镇"], "2021-H1"),
        ("R-3", CODES["西岭乡"], "2021-H2"),
        ("E-ABS-01", CODES["县财政局"], "2021-H2"),
    }


def test_the_form_itself_is_an_annual_table_lines_by_measures(desk):
    outcome = year(desk)
    table = outcome.tables[2]

    assert [column.name for column in table.columns] == ["本半年数（下半年）", "本年累计"]
    assert [row.label for row in table.rows][:3] == ["期初未办结（件）", "本期收到（件）", "本期办结（件）"]
    assert printed(outcome, "表3", "本期收到（件）", "本半年数（下半年）") == 24
    assert printed(outcome, "表3", "本期收到（件）", "本年累计") == 57
    assert printed(outcome, "表3", "本期办结（件）", "本年累计") == 60
    assert printed(outcome, "表3", "期初未办结（件）", "本半年数（下半年）") == 15
    assert printed(outcome, "表3", "期初未办结（件）", "本年累计") is None  # the form asks for none
    assert (table.rows[2].kind, table.rows[3].depth) == ("total", 1)


def test_a_year_goes_through_to_the_outbox(desk):
    year(desk)
    outcome, workbook = desk.run(AS_OF)
    sheet = load(workbook)["表3 原表"]

    assert outcome.ready
    assert "2021-H2" in (workbook.parent / "data" / "facts.csv").read_text("utf-8-sig")
    assert [cell.value for cell in sheet[3]][:3] == ["项    目", "本半年数（下半年）", "本年累计"]
    assert parting(workbook.parent, outcome) == {}


def test_the_form_can_be_sent_out(desk):
    assert [one.words for one in check_edition(str(desk.folder / "foia.toml"), desk.office, Quiet())] == []
