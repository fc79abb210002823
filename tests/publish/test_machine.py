"""数据_机读 is lossless: what is read back from it makes every printed cell and every value in force."""

from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from pipeline.outbox.publish.machine import ABOUT, MACHINE, machine_rows
from tests.publish.counting import Counting, by_heading, steps

KEY = ("period", "unit", "table", "line", "column", "measure")


@pytest.fixture(scope="module")
def sheet(year):
    """The machine sheet: its header, then a row as a dictionary of what is filled in."""
    header, *rows = CalamineWorkbook.from_path(year.workbook).get_sheet_by_name(MACHINE).to_python()
    return header, [{name: cell for name, cell in zip(header, row, strict=True) if cell != ""} for row in rows]


@pytest.fixture(scope="module")
def values(sheet):
    """The values on the sheet, by period, unit, table, line, column and measure."""
    return {
        (row["period"], row["unit"], row["table"], *heading.partition(".")[::2], row["measure"]): value
        for row in sheet[1]
        for heading, value in row.items()
        if heading not in ABOUT
    }


def test_every_value_in_force_is_read_back(values, year):
    facts = year.outcome.facts.dropna(subset=["value"])
    counted = (facts["role"] == "counted") & (facts["value"] > 0)
    there = facts[facts["role"].isin(["input", "declared"]) | counted]

    assert counted.any()
    exact = [value / 10**decimals for value, decimals in zip(there["value"], there["decimals"], strict=True)]
    assert values == dict(zip(there[list(KEY)].itertuples(index=False, name=None), exact, strict=True))


def test_every_printed_cell_is_made_from_what_is_read_back(values, year):
    month = ((key, value) for key, value in values.items() if key[-1] == "month")
    rows = ((table, ".".join(filter(None, at)), unit, period, value) for (period, unit, table, *at, _), value in month)
    counted = ((*row, steps(year.outcome, *row[:2], value)) for *row, value in rows)
    counting = Counting(year.outcome, by_heading(counted))

    assert len(year.outcome.tables) == 15
    for table in year.outcome.tables:
        assert counting.table(table) == [list(row.numbers) for row in table.rows], table.annual.id


def test_money_is_in_the_unit_of_its_line(values, year):
    fees = [key[3:5] for key in values if key[2] == "T8"]
    charged = sum(value for (*_, line, column, _), value in values.items() if (line, column) == ("total", "charged"))
    (table,) = (table for table in year.outcome.tables if table.annual.id == "表8")

    assert set(fees) > {("801", "charged"), ("804", "exempt"), ("total", "waived")}
    assert round(charged, 2) == table.rows[0].numbers[0] / 100


def test_a_return_that_is_not_in_force_is_marked_missing(sheet, year):
    office = year.outcome.office
    missing = {(office.short(row["unit"]), row["period"]) for row in sheet[1] if row.get("status") == "O"}
    expected = {"jyg": {("市体育局", "2012-11"), ("市粮食局", "2012-12")}, "shifan": set()}

    assert missing == expected[office.settings.id]


def test_each_row_names_its_source_and_version(sheet, year):
    returns = year.outcome.returns.dropna(subset=["version"])
    known = set(zip("h" + returns["sha256"].str[:12], returns["version"], strict=True))
    named = {(row["source"], row["version"]) for row in sheet[1] if row.get("status") != "O"}

    assert len(named) == year.outcome.coverage.counted
    assert named <= known


def test_the_header_is_about_then_the_lines_of_the_form_with_their_columns(sheet, year):
    entries = year.outcome.form.entries.values()
    headings = dict.fromkeys(f"{e.line}.{e.column}" if e.column else e.line for e in entries)

    assert sheet[0] == [*ABOUT, *headings]
    assert {"01", "rows", "201", "201.101", "801.charged", "total.payers"} < set(headings)


@pytest.fixture
def blanked(shifan):
    """A year in which a line of one return is blank and another was not asked."""
    facts = shifan.outcome.facts.copy()
    own = (facts["unit"] == "990000-004") & (facts["period"] == "2012-03") & (facts["measure"] == "month")
    for code, state in (("05", "blank"), ("91", "not_applicable")):
        facts.loc[own & (facts["line"] == code), ["value", "cell_state"]] = [None, state]
    return replace(shifan.outcome, facts=facts)


def test_a_blank_and_what_was_not_asked_are_no_zero(blanked):
    _, rows = machine_rows(blanked)
    marked = [row for row in rows if row.about[-1]]
    (row,) = (row for row in rows if row.about[1:3] == ("2012-03", "990000-004") and row.about[4:6] == ("T2", "month"))

    assert marked == [row]
    assert dict(zip(ABOUT, row.about, strict=True))["status"] == "05=O"
    assert (row.values.get("05"), row.values.get("91"), row.values["92"]) == (None, None, 0)
