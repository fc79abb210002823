"""数据_机读 is lossless: what is read back from it makes every printed cell and every value in force."""

from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from pipeline.publish.machine import ABOUT, MACHINE, machine_rows

KEY = ("period", "unit", "table", "line", "measure")


@pytest.fixture(scope="module")
def sheet(demo_workbook):
    """The machine sheet: its header, then a row as a dictionary of what is filled in."""
    header, *rows = CalamineWorkbook.from_path(demo_workbook).get_sheet_by_name(MACHINE).to_python()
    return header, [{name: cell for name, cell in zip(header, row, strict=True) if cell != ""} for row in rows]


@pytest.fixture(scope="module")
def values(sheet):
    """The values on the sheet, by period, unit, table, line and measure."""
    return {
        (row["period"], row["unit"], row["table"], line, row["measure"]): value
        for row in sheet[1]
        for line, value in row.items()
        if line not in ABOUT
    }


def test_every_value_in_force_is_read_back(values, demo_outcome):
    facts = demo_outcome.facts[demo_outcome.facts["role"].isin(["input", "declared"])]
    there = facts.dropna(subset=["value"])

    assert values == dict(zip(there[list(KEY)].itertuples(index=False, name=None), there["value"], strict=True))


def test_every_printed_cell_is_made_from_what_is_read_back(values, demo_outcome):
    month = {key: value for key, value in values.items() if key[4] == "month"}
    items = [(table, row) for table in demo_outcome.tables for row in table.rows if row.kind == "item"]

    for table, row in items:
        own = [(key[2:4], value) for key, value in month.items() if row.key in key[:2]]
        for column, printed in zip(table.columns, row.values, strict=True):
            weights = {(ref.table, ref.line): coefficient for coefficient, ref in column.linear.terms}
            assert sum(weights.get(line, 0) * value for line, value in own) == printed, (row.label, column.name)


def test_a_return_that_is_not_in_force_is_marked_missing(sheet, demo_outcome):
    missing = {(row["unit"], row["period"]) for row in sheet[1] if row.get("status") == "O"}
    office = {unit.short: unit.code for unit in demo_outcome.office.units}

    assert missing == {(office["市体育局"], "2012-11"), (office["市粮食局"], "2012-12")}


def test_each_row_names_its_source_and_version(sheet, demo_outcome):
    returns = demo_outcome.returns.dropna(subset=["version"])
    known = set(zip("h" + returns["sha256"].str[:12], returns["version"], strict=True))
    named = {(row["source"], row["version"]) for row in sheet[1] if row.get("status") != "O"}

    assert len(named) == demo_outcome.coverage.counted
    assert named <= known


def test_the_header_is_about_then_the_codes_of_the_form(sheet, demo_outcome):
    codes = list(dict.fromkeys(code for _, code in demo_outcome.form.entries))

    assert sheet[0] == [*ABOUT, *codes]


@pytest.fixture
def blanked(desk):
    """A year of one return of which a line is blank and another does not apply."""
    desk.send()
    outcome = desk.examine()
    facts, line = outcome.facts.copy(), outcome.facts["line"]
    for code, state in (("05", "blank"), ("91", "not_applicable")):
        facts.loc[line == code, ["value", "cell_state"]] = [None, state]
    return replace(outcome, facts=facts)


def test_a_blank_and_what_does_not_apply_are_no_zero(blanked):
    header, rows = machine_rows(blanked)
    (row,) = (dict(zip(header, row, strict=True)) for row in rows if row[4:6] == ["T2", "month"])

    assert row["status"] == "05=O;91=M"
    assert (row["05"], row["91"], row["92"]) == (None, None, 0)
