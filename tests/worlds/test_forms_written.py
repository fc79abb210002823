"""The form changes within a year, or from one to the next: what is written says so, and what was forwarded stands."""

import pytest

from pipeline.desk.blank_forms import issue_templates
from pipeline.desk.forwarding import forward
from pipeline.outbox.publish.machine import machine_rows
from pipeline.outbox.publish.reference import entries
from pipeline.values.periods import Month
from schemas.office import OFFICES
from tests.builders import Quiet, complaints, ref
from tests.cli.settings import sheet_of
from tests.publish.reading import load
from tests.publish.routes import parting
from tests.worlds.forms_in_time import HEALTH, SCHOOLS, desk_of, form, lines, send, year
from tests.worlds.test_forms_in_time import (
    BY_FAX,
    H1,
    H2,
    IN_PERSON,
    NEW,
    OLD,
    SWAP,
    applied,
    column,
    facts,
)

pytestmark = pytest.mark.slow
FULL = "jyg-2012"
DONE = {"T3.302": IN_PERSON + BY_FAX, "T3.303": IN_PERSON + BY_FAX}


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A line goes in July and another comes; the whole run is written. A text stands in the line that goes."""
    desk = desk_of(tmp_path_factory.mktemp("changed"), form("a", *H1, OLD, FULL), form("b", *H2, NEW, "a"))
    year(desk, "2012-07", m01={"T2.36": 9}, m07={"T2.37": 5})
    send(desk, HEALTH, "2012-06", {"T2.36": "不详"}, name="2012-06/again.xlsx")
    outcome, workbook = desk.run("2012-08-09", "2012-07")
    return desk, outcome, workbook


def test_what_was_filled_in_is_a_fact_in_its_own_edition(changed):
    _, outcome, _ = changed

    assert {row for row in facts(outcome, "36") if row[3]} == {
        ("a", "2012-01", "620200-025", 9), ("a", "2012-01", "620200-010", 9),
    }  # fmt: skip
    assert len(facts(outcome, "36")) == 12
    assert len(facts(outcome, "37")) == 2


def test_three_routes_to_every_printed_cell_agree(changed):
    _, outcome, workbook = changed

    assert parting(workbook.parent, outcome) == {}


def test_a_text_in_a_line_that_is_gone_is_complained_of_at_its_cell(changed):
    desk, outcome, workbook = changed
    sheet, cell = desk.cell("T2.36", "2012-06")
    found = [(f.period, f.sheet, f.cell, f.level) for f in outcome.findings if f.level == "must"]

    assert found == [("2012-06", sheet, cell, "must")]
    assert [path.name for path in workbook.parent.glob("退回/*/*")] == ["市卫生局_2012-06_退回修改.xlsx"]


def test_what_the_tables_have_not_is_told_with_its_sum(changed):
    _, outcome, workbook = changed
    notes = {row[0]: row[1] for row in sheet_of(workbook, "编制说明") if row[0]}

    assert [one.words for one in outcome.gone] == ["“试填数”（T2.36）1—6月共18件"]
    assert "“试填数”（T2.36）1—6月共18件" in notes["年内换表"]
    assert notes["表式"].startswith("1—6月：")


def test_a_new_line_owes_nothing_before_it_began(changed):
    _, outcome, _ = changed
    entry = outcome.form.entries["T2", "37"]

    assert column(outcome, "新增数")["1—7月"] == 10
    assert not [f for f in outcome.findings if "37行" in f.message]
    assert [entry.listed(month) for month in ("2012-06", "2012-07")] == [False, True]
    assert not outcome.walk.listed("a", "T2", "37")
    assert outcome.walk.listed("a", "T2", "04")


def test_every_line_of_both_forms_is_in_the_dictionary_and_the_machine_sheet(changed):
    _, outcome, _ = changed
    header, rows = machine_rows(outcome)
    said = {number: meaning for kind, number, _, _, meaning in entries(outcome) if kind == "指标"}
    january = next(
        row for row in rows if row.about[:3] == ("a", "2012-01", "620200-025") and row.about[4:6] == ("T2", "month")
    )

    assert {"36", "37"} <= set(header)
    assert january.values["36"] == 9
    assert said["T2.36"].endswith("（表式 a，用到 2012-06）")
    assert "表式" not in said["T2.37"]


def test_blank_forms_of_july_go_on_from_what_june_said(changed, tmp_path):
    desk, _, _ = changed
    (path,) = issue_templates(Month(2012, 7), [SCHOOLS], tmp_path, desk.request("2012-07-09"), Quiet())
    at = {
        line: desk.layout("2012-07", SCHOOLS).cell(
            ref(desk.form("2012-07"), f"T2.{line}:year_to_date"), sheet="基本情况"
        )
        for line in ("04", "37")
    }
    book = load(path)

    assert book["基本情况"][at["04"]].value.startswith("=30+")
    assert book["基本情况"][at["37"]].value.startswith("=0+")


def test_a_correction_of_a_line_that_is_gone_is_a_revision(tmp_path):
    desk = desk_of(tmp_path, form("a", *H1, OLD, FULL), form("b", *H2, NEW, "a"))
    year(desk, "2012-06", m01={"T2.36": 9})
    forward(desk.request("2012-07-09", "2012-06"), "试报", Quiet())
    send(desk, HEALTH, "2012-07")
    send(desk, SCHOOLS, "2012-07", {"T2.91": 3})
    send(desk, HEALTH, "2012-01", {"T2.36": 8, "T2.91": 107}, name="2012-01/again.xlsx", received="2012-08-01")
    outcome = desk.examine("2012-08-09", "2012-07")

    told = [(c.period, c.line, c.before, c.after) for c in outcome.revisions.changes]
    assert told == [("2012-01", "36", 9, 8)]
    assert [(m.title, m.row, m.before, m.after) for m in outcome.revisions.moved] == [
        ("本年累计", f"市卫生局 2012-{n:02d}", 9, 8) for n in range(2, 7)
    ]


@pytest.fixture(scope="module")
def two_years(tmp_path_factory):
    """Another form from January 2013: two codes change their meaning, a line is new, December is held against January."""
    rules_ = '\n[[rule]]\nid = "X-2"\nlevel = "verify"\nholds = "T2.12 = T2.12@-1"\nmonths = [1]\n'
    b = lines(*SWAP, 'code = "37", name = "新增数", unit = "件"') + rules_
    b += '\n[report]\ncompared = [{ of = "T2.11" }, { of = "T2.12" }, { of = "T2.37" }, { of = "T2.04" }]\n'
    desk = desk_of(
        tmp_path_factory.mktemp("years"),
        form("a", "2012-01", "2012-12", base=FULL),
        form("b", "2013-01", "2013-12", b, "a"),
    )
    for n in range(1, 13):
        for u, unit in enumerate((HEALTH, SCHOOLS)):
            send(desk, unit, f"2012-{n:02d}", applied(IN_PERSON, BY_FAX, 1) | DONE | {"T2.91": 100 + 7 * n + u})
    for u, unit in enumerate((HEALTH, SCHOOLS)):
        send(desk, unit, "2013-01", applied(IN_PERSON, BY_FAX, 7) | DONE | {"T2.91": 91 + u, "T2.37": 1})
    return desk


def test_last_year_stands_beside_this_one_line_by_line(two_years):
    outcome = two_years.examine("2013-02-09", "2013-01")
    notes = {row.label: (row.growth.now, row.growth.base, row.growth.note) for row in outcome.growth.yearly}

    assert complaints(outcome) == []
    assert notes["传真申请数"] == (2 * BY_FAX, 2 * BY_FAX, "持平")
    assert notes["当面申请数"] == (2 * IN_PERSON, 2 * IN_PERSON, "持平")
    assert notes["新增数"] == (2, None, "不可比：上年的表式没有这一项")
    assert notes["提供服务类信息数"][2] == "持平"


def test_a_closed_year_of_another_form_stays_and_what_comes_late_is_told(two_years):
    forward(two_years.request("2013-01-20", "2012-12"), "试报", Quiet())
    send(two_years, HEALTH, "2012-01", {"T2.04": 6, "T2.91": 107}, name="2012-01/late.xlsx", received="2013-02-01")
    outcome = two_years.examine("2013-02-09", "2013-01")

    assert [(c.period, c.line, c.before, c.after) for c in outcome.closed.changes if c.line == "04"] == [
        ("2012-01", "04", 5, 6)
    ]


# ---- lists of codes that are others


CATEGORIES = (OFFICES / "jyg" / "categories.csv").read_text("utf-8-sig").splitlines()
FEES = (OFFICES / "jyg" / "fees.csv").read_text("utf-8-sig").splitlines()
OF_203 = {"T1.202": 5, "T1.203": 2}
ANNUAL_LISTS = {"表4": "kinds", "表8": "charges"}
OTHER_LISTS = """
[[table]]
id = "T1"
block = [{ id = "categories", codes = "kinds" }]

[[table]]
id = "T6"
field = [{ code = "category", codes = "kinds" }]

[[table]]
id = "T8"
rows = "charges"
"""


@pytest.fixture(scope="module")
def other_lists(tmp_path_factory):
    """From July a category is called otherwise (a new one), another has another code, and a kind of fee is gone."""
    first, third = CATEGORIES[1].split(","), CATEGORIES[3].split(",")
    kinds = [f"{CATEGORIES[0]},was", "201,新的一类,新的一类" + "," * (len(first) - 2)]
    kinds += [f"{CATEGORIES[2]},", "299," + ",".join(third[1:]) + ",203", *(f"{row}," for row in CATEGORIES[4:])]
    annual_ = "".join(f'\n[[annual]]\nid = "{name}"\ncodes = "{codes}"\n' for name, codes in ANNUAL_LISTS.items())
    desk = desk_of(
        tmp_path_factory.mktemp("lists"), form("a", *H1, base=FULL), form("b", *H2, OTHER_LISTS + annual_, "a"),
        codes={"kinds": "\n".join(kinds), "charges": "\n".join(FEES[:-1])},
    )  # fmt: skip
    gone = FEES[-1].split(",")[0]
    for n in (5, 6):
        for u, unit in enumerate((HEALTH, SCHOOLS)):
            fee = {f"T8.{gone}_charged": 250, f"T8.{gone}_payers": 1, "T2.91": 90 + 3 * n + u}
            send(desk, unit, f"2012-{n:02d}", OF_203 | (fee if n == 6 else {"T2.91": 90 + u}))
    for u, unit in enumerate((HEALTH, SCHOOLS)):
        send(desk, unit, "2012-07", {"T2.91": 140 + u, "T1.202": 5, "T1.299": 2}, {"T1.299": ("T1.203",)})
    outcome, workbook = desk.run("2012-08-09", "2012-07")
    return outcome, workbook, gone


def test_a_row_of_a_matrix_that_is_gone_is_a_fact_and_told(other_lists):
    outcome, _, gone = other_lists

    assert {row[3] for row in facts(outcome, gone) if row[1] == "2012-06" and row[3]} == {250, 1}
    assert {(one.entry.row, one.value) for one in outcome.gone if one.value and one.entry.row} == {
        (gone, 500),
        (gone, 2),
    }


def test_a_category_with_another_code_goes_on_in_lists_and_registers(other_lists):
    outcome, _, _ = other_lists
    register = outcome.items["T6"]

    assert outcome.walk.back(outcome.walk.forms[0])["T1", "299"] == ("T1", "203")
    assert outcome.walk.back(outcome.walk.forms[0])["T6", "299"] == ("T6", "203")
    assert {f.rule for f in outcome.findings if f.level == "must"} == {"E-ABS-01"}  # January to April
    assert {"203", "299"} <= set(register["category"])
    assert [f.value for f in outcome.findings if f.rule == "W-FRM-01"] == ["T1.201"]
