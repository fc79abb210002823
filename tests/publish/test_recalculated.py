"""Every formula of the consolidated workbook shows what it computes, by two spreadsheet programs."""

import re
import shutil

import pytest

from tests.publish.reading import by_formualizer, differences, formulas, retouch, shown

# What Excel 2003 and every WPS know.
OLD_FUNCTIONS = {
    "ABS", "AND", "COUNT", "COUNTA", "COUNTIF", "EXACT", "IF", "INT", "ISBLANK", "ISNUMBER", "LEFT", "N", "NOT", "OR",
    "ROUND", "SUM", "TEXT",
}  # fmt: skip


def test_formualizer_computes_what_every_formula_shows(demo_workbook, cells):
    assert differences(cells, shown(by_formualizer(demo_workbook))) == {}


@pytest.mark.libreoffice
def test_libreoffice_computes_what_every_formula_shows(demo_workbook, cells, libreoffice):
    assert differences(cells, shown(libreoffice.recalculate(demo_workbook))) == {}


def test_a_wrong_stored_value_is_caught_by_formualizer(demo_workbook, tmp_path):
    wrong = tmp_path / "wrong.xlsx"
    shutil.copyfile(demo_workbook, wrong)
    retouch(wrong, b"</f><v>19622</v>", b"</f><v>19623</v>")

    assert set(differences(shown(wrong), shown(by_formualizer(wrong))).values()) == {(19623, 19622)}


@pytest.mark.libreoffice
def test_a_wrong_stored_value_is_caught_by_libreoffice(desk, libreoffice):
    wrong = desk.send()
    retouch(wrong, b"</f><v>10</v>", b"</f><v>11</v>")

    assert set(differences(shown(wrong), shown(libreoffice.recalculate(wrong))).values()) == {(11, 10)}


def test_formulas_use_only_what_old_excel_and_wps_know(book):
    used = {name for text in formulas(book).values() for name in re.findall(r"([A-Z.]+)\(", text)}

    assert used
    assert used <= OLD_FUNCTIONS


def test_sums_are_formulas_in_every_annual_table(book, demo_outcome):
    live = {sheet for sheet, _ in formulas(book)}

    assert {table.annual.sheet for table in demo_outcome.tables} <= live
