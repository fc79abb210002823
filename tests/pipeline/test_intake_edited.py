"""What people and programs do to a workbook before it comes back is survived, or said; never read as something else."""

import subprocess

import openpyxl
import pytest
import xlsxwriter

from pipeline.intake.book import Mark
from pipeline.intake.containers import read_book
from tests.pipeline.overtype import (
    change,
    insert_row,
    lose_names,
    lose_results,
    lose_stamp,
    orphan_names,
    overtype,
    point,
    rename_sheet,
    together,
)
from tests.pipeline.reading import cell, read, rules, values


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(rename_sheet("主动公开", "表一"), id="a sheet renamed"),
        pytest.param(insert_row("基本情况", 9), id="a row inserted"),
        pytest.param(lose_names(), id="all names lost"),
        pytest.param(lose_stamp, id="the stamp lost"),
        pytest.param(together(lose_stamp, lose_names()), id="stamp and names lost"),
        pytest.param(together(insert_row("主动公开", 7), lose_names()), id="a row inserted and names lost"),
        pytest.param(orphan_names("主动公开"), id="the cells copied to a new sheet"),
    ],
)
def test_the_same_values_are_read_after(desk, edit):
    whole = read(desk, desk.send())

    reading = read(desk, desk.send(edit=edit))

    assert values(reading) == values(whole)
    assert (reading.unit, reading.period, reading.findings) == (whole.unit, whole.period, ())


def test_where_a_row_was_inserted_the_cells_are_those_of_the_file(desk):
    reading = read(desk, desk.send(edit=insert_row("基本情况", 9)))

    assert cell(reading, "T2.03")[-1] == "D8"
    assert cell(reading, "T2.04")[-1] == "D10"


def test_where_name_and_code_disagree_no_value_is_read(desk):
    reading = read(desk, desk.send(edit=point("f_T1_102", "'主动公开'!$D$9")))

    assert rules(reading) == [("E-LAY-01", "主动公开", "D9")]
    assert cell(reading, "T1.102") == ("", None, "unread", "", "")
    assert cell(reading, "T1.103")[1] == 6


def test_a_code_that_stands_twice_is_read_from_neither(desk):
    reading = read(desk, desk.send(edit=overtype("基本情况", A45="91")))

    assert rules(reading) == [("E-LAY-03", "基本情况", "A46")]
    assert cell(reading, "T2.91")[1:3] == (None, "unread")


def test_openpyxl_loses_the_results_of_formulas_and_nothing_else(desk):
    path = desk.send()
    whole = read(desk, path)
    book = openpyxl.load_workbook(path)
    book.save(path)

    reading = read(desk, path)

    assert rules(reading) == [("E-FML-01", "主动公开", "D6")]
    filled = {(row[0], row[1]): row[5] for row in whole.rows if row[3] == "input"}
    assert {(row[0], row[1]): row[5] for row in reading.rows if row[3] == "input"} == filled
    assert {row[5:7] for row in reading.rows if row[3] == "declared"} == {(None, "unread")}


@pytest.mark.parametrize(("sheet", "cell"), [("主动公开", "D6"), ("基本情况", "E6")])
def test_formulas_without_results_are_said_once_at_the_first(desk, sheet, cell):
    reading = read(desk, desk.send(edit=lose_results(sheet)))

    assert rules(reading) == [("E-FML-01", sheet, cell)]
    assert len([row for row in reading.rows if row[6] == "unread"]) == int(reading.findings[0].value)


def test_a_formula_whose_result_is_an_empty_text_has_a_result(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("表")
        sheet.write_formula("A1", '=IF(B1="","",B1)', None, "空")
        sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
    change(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<v>空</v>", "<v></v>"))

    book = read_book(path.read_bytes(), path.name)

    assert book.at(("表", 0, 0)) == ""
    assert book.marks == {("表", 1, 0): Mark("error", "#DIV/0!")}


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_saves_what_we_read(desk, tmp_path):
    path = desk.send(changes={"T1.105": 3, "T2.01": 13, "T1.204": 3}, notes={"T1.100": "说明"})
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603  # our own words

    reading, whole = read(desk, tmp_path / "saved" / path.name), read(desk, path)

    assert values(reading) == values(whole)
    assert (reading.findings, reading.cover) == ((), whole.cover)
    assert [row[-1] for row in reading.rows] == [row[-1] for row in whole.rows]
