"""The year of 示范市, whose form extends another: applications, fees and disputes that are not 0 come out as planned."""

import csv
from collections import Counter

import pytest

from pipeline.desk.demo import compare, read_plan
from pipeline.desk.demo.year import Planted
from schemas.forms import forms_of
from schemas.office import OFFICES, read_office

OFFICE = read_office(OFFICES / "shifan")
PLAN = read_plan(OFFICE)
(FORM,) = forms_of(OFFICE)
IN_NO_TABLE = {"T2.09"}


@pytest.fixture(scope="module")
def planted(shifan_folder) -> list[Planted]:
    with (shifan_folder / "预设差错.csv").open(encoding="utf-8-sig", newline="") as file:
        return [Planted(**{**row, "difference": int(row["difference"])}) for row in csv.DictReader(file)]


def test_every_planted_fault_is_found_once_and_nothing_else(planted, shifan_outcome):
    wanted = Counter((p.rule, p.unit, p.period, p.sheet, p.cell) for p in planted)

    assert Counter((f.rule, f.unit, f.period, f.sheet, f.cell) for f in shifan_outcome.findings) == wanted
    assert set(wanted.values()) == {1}
    assert compare(planted, shifan_outcome) == (["预设差错 2 处，找出 2 处，多报 0 处。"], True)


def test_what_the_units_explained_is_settled_and_the_rest_holds_up_the_year(shifan_outcome):
    states = Counter((f.rule, f.state) for f in shifan_outcome.findings)

    assert states == {("A-01", "已说明"): 1, ("W-OWN-01", "待说明"): 1}
    assert shifan_outcome.coverage.words == "应报96份，收到96份，入汇96份，退回未改0份，未报0份"
    assert shifan_outcome.verdict == "暂不能上报：1处待核实，对账有1项不一致。"


def test_the_form_is_that_of_the_other_city_but_for_its_head(shifan_outcome):
    assert shifan_outcome.form.edition.id == "sfs-2012"
    assert set(shifan_outcome.facts["edition"]) == {"sfs-2012"}
    assert [table.annual.id for table in shifan_outcome.tables] == [annual.id for annual in FORM.edition.annual]


@pytest.mark.parametrize("line", PLAN.totals)
def test_the_totals_of_the_tables_are_the_totals_of_the_plan(shifan_outcome, line):
    ref = FORM.expression(line)[0].refs[0]
    everything = {str(month) for month in shifan_outcome.months}

    shown = [
        value
        for table in shifan_outcome.tables
        for row in table.rows
        for column, linear, value in zip(table.columns, row.counts, row.numbers, strict=True)
        if not column.ratio
        and linear.terms == ((1, ref),)
        and everything == set(column.months or row.months)
        and row.units is None
    ]

    assert PLAN.totals[line] > 0
    assert set(shown) == ({PLAN.totals[line]} if line not in IN_NO_TABLE else set())


def test_what_is_left_open_each_month_is_carried_into_the_next(shifan_outcome):
    table = next(t for t in shifan_outcome.tables if t.annual.id == "表7")
    names = [column.name for column in table.columns]
    rows = {row.label: dict(zip(names, row.numbers, strict=True)) for row in table.rows}
    months = [rows[f"{month}月"] for month in range(1, 13)]

    assert sum(month["结转下月"] for month in months) > 0
    assert months[0]["上月结转"] == 0
    assert [month["上月结转"] for month in months[1:]] == [month["结转下月"] for month in months[:-1]]
    for span in (*months, *(rows[label] for label in rows)):
        assert span["上月结转"] + span["本月受理"] == span["办结"] + span["结转下月"]
    assert rows["全年"]["结转下月"] == months[-1]["结转下月"]
    assert rows["第二季度"]["上月结转"] == months[3]["上月结转"]
