"""A return is read cell by cell: what stands there, as what it counts, and where."""

from datetime import date

import pytest

from pipeline.intake.cells import read_cell
from tests.pipeline.overtype import ERROR, overtype
from tests.pipeline.reading import cell, read


def test_every_value_is_read_with_its_cell(desk):
    reading = read(desk, desk.send("市教育局"))

    assert (reading.unit, reading.period, reading.edition) == ("620200-010", "2012-01", "jyg-2012")
    assert reading.findings == ()
    assert cell(reading, "T1.102") == ("4", 4, "number", "主动公开", "D8")
    assert cell(reading, "T1.101") == ("0", 0, "zero", "主动公开", "D7")
    assert cell(reading, "T1.100", "year_to_date") == ("10", 10, "number", "主动公开", "E6")
    asked = [entry for entry in desk.layout(unit="市教育局").form.entries.values() if not entry.derived]
    assert len(reading.rows) == sum(len(entry.measures) for entry in asked)
    assert len(reading.items) == 10 * 8


def test_what_is_computed_is_declared_and_what_is_filled_in_is_input(desk):
    reading = read(desk, desk.send())
    roles = {(f"{row[0]}.{row[1]}", row[2]): row[3] for row in reading.rows}

    assert roles["T1.102", "month"] == "input"
    assert roles["T1.100", "month"] == "declared"
    assert roles["T1.102", "year_to_date"] == "declared"


def test_cover_and_notes_are_read(desk):
    reading = read(desk, desk.send(cover={"head": "张三"}, notes={"T1.100": "2条在会上公开"}))

    assert ("head", "张三", "封面", "B10") in reading.cover
    assert {row[-1] for row in reading.rows if row[:2] == ("T1", "100")} == {"2条在会上公开"}


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (4.0, ("4", 4, "number", "")),
        (0, ("0", 0, "zero", "")),
        ("", ("", None, "blank", "")),
        (" \u3000\u200b", ("", None, "blank", "")),
        ("12", ("12", 12, "number", "N-NUM-01")),
        ("１２，３４５", ("１２，３４５", 12345, "number", "N-NUM-01")),
        ("０", ("０", 0, "zero", "N-NUM-01")),
        ("1\u200b4 ", ("1\u200b4", 14, "number", "N-NUM-01")),
        ("1 4", ("1 4", None, "unread", "E-NUM-02")),
        ("1,23", ("1,23", None, "unread", "E-NUM-02")),
        ("14²", ("14²", None, "unread", "E-NUM-02")),
        ("①②", ("①②", None, "unread", "E-NUM-02")),
        ("1.2e3", ("1.2e3", None, "unread", "E-NUM-02")),
        ("5.5", ("5.5", None, "unread", "E-NUM-03")),
        ("#REF!", ("#REF!", None, "unread", "E-NUM-04")),
        ("无", ("无", None, "unread", "E-NUM-07")),
        ("—", ("—", None, "unread", "E-NUM-07")),
        (date(2012, 3, 5), ("2012-03-05", None, "unread", "E-NUM-08")),
        (float("nan"), ("nan", None, "unread", "E-NUM-02")),
        ("2000万", ("2000万", None, "unread", "E-NUM-02")),
        (True, ("TRUE", None, "unread", "E-NUM-02")),
        (5.5, ("5.5", None, "unread", "E-NUM-03")),
        (1e300, ("1e+300", None, "unread", "E-NUM-02")),
        (-1.0, ("-1", -1, "number", "")),
    ],
)
def test_only_a_whole_number_is_a_number(raw, read):
    assert read_cell(raw) == read


def test_nothing_but_a_whole_number_counts_and_nothing_becomes_zero(desk):
    typed = {"市财政局": ERROR, "市公安局": "十二", "市民政局": 1e20, "市司法局": 0.5, "市水务局": None}
    for unit, value in typed.items():
        desk.send(unit, edit=overtype("基本情况", D9=value))
    desk.send("市教育局")

    outcome = desk.examine()

    assert [(f.sheet, f.cell, f.level) for f in outcome.findings] == [("基本情况", "D9", "must")] * 5
    assert set(outcome.facts["unit"]) == {"620200-010"}


@pytest.mark.slow
def test_what_formulas_make_of_a_wrong_cell_is_not_told_again(desk):
    desk.send("市教育局", edit=overtype("主动公开", D8=-4, E8=-4, D9=14, E9=14))
    desk.send("市财政局", edit=overtype("主动公开", D8=4.5, E8=4.5, D6=10.5, E6=10.5))

    outcome = desk.examine()

    assert [(f.rule, f.sheet, f.cell) for f in outcome.findings] == [
        ("E-NEG-01", "主动公开", "D8"),
        ("E-NUM-03", "主动公开", "D8"),
        ("A-05", "主动公开", "D9"),  # of 14 items the register has 6
    ]


@pytest.mark.slow
def test_a_cumulative_figure_that_is_wrong_by_itself_is_told(desk):
    desk.send(edit=overtype("基本情况", E9="5条"))

    (finding,) = desk.examine().findings

    assert (finding.rule, finding.cell) == ("E-NUM-02", "E9")
    assert finding.message == "“提供服务类信息数”“本年累计”（04行）写了文字“5条”，读不出数字。"
