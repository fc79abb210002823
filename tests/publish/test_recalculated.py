"""Every formula of the consolidated workbook shows what it computes, by two spreadsheet programs."""

import re
import shutil

import pytest

from pipeline.values.machine import MACHINE
from tests.publish.reading import (
    as_the_library_would_not,
    by_formualizer,
    differences,
    formulas,
    retouch,
    sheet_xml,
    shown,
)
from tests.publish.routes import as_kept, by_hand

# What Excel 2003 and every WPS know.
OLD_FUNCTIONS = {
    "ABS", "AND", "COUNT", "COUNTA", "COUNTIF", "EXACT", "IF", "INT", "ISBLANK", "ISNUMBER", "LEFT", "N", "NOT", "OR",
    "ROUND", "SUM", "TEXT",
}  # fmt: skip


def for_people(year):
    """What the sheets for people show."""
    return {at: value for at, value in year.cells.items() if at[0] != MACHINE}


def test_the_printed_cells_follow_from_the_data_files(year):
    assert by_hand(year.folder / "data", year.outcome) == {}
    assert as_kept(year.folder / "data", year.outcome) == {}


def test_formualizer_computes_what_every_formula_shows(year):
    assert differences(for_people(year), shown(by_formualizer(year.lean))) == {}


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_computes_what_every_formula_shows(year, recalculated):
    assert differences(for_people(year), shown(recalculated / f"{year.outcome.office.settings.id}.xlsx")) == {}


def test_the_machine_sheet_has_no_formulas(year):
    assert MACHINE in year.book.sheetnames
    assert b"<f" not in sheet_xml(year.workbook, MACHINE)


def test_a_wrong_stored_value_is_caught_by_formualizer(shifan, tmp_path):
    wrong = tmp_path / "wrong.xlsx"
    shutil.copyfile(shifan.lean, wrong)
    retouch(wrong, b"</f><v>1124</v>", b"</f><v>1125</v>")

    assert set(differences(shown(wrong), shown(by_formualizer(wrong))).values()) == {(1125, 1124)}


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_wrong_stored_value_is_caught_by_libreoffice(shifan, recalculated, tmp_path):
    shutil.copyfile(shifan.lean, tmp_path / "wrong.xlsx")
    retouch(tmp_path / "wrong.xlsx", b"</f><v>1124</v>", b"</f><v>1125</v>")
    found = differences(shown(tmp_path / "wrong.xlsx"), shown(recalculated / "wrong.xlsx"))

    assert set(found.values()) == {(1125, 1124)}


def test_formulas_use_only_what_old_excel_and_wps_know(year):
    used = {name for text in formulas(year.book).values() for name in re.findall(r"([A-Z.]+)\(", text)}

    assert used
    assert used <= OLD_FUNCTIONS


def test_the_library_would_have_written_every_formula_as_we_did(year):
    assert as_the_library_would_not(year.book) == []


def test_sums_are_formulas_in_every_annual_table_that_has_a_sum(year):
    live = {sheet for sheet, _ in formulas(year.book)}

    assert {t.annual.sheet for t in year.outcome.tables if any(row.adds for row in t.rows)} == {
        t.annual.sheet for t in year.outcome.tables if t.annual.rows != "lines"
    }
    assert {t.annual.sheet for t in year.outcome.tables if any(row.adds for row in t.rows)} <= live
