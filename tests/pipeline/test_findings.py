"""A finding knows its return and its number, and is the same one wherever the file and the cell lie."""

import pytest

from pipeline.values.findings import Place, make
from schemas.rules.terms import Ref
from tests.builders import Desk
from tests.pipeline.overtype import insert_row

HERE = Place("620200-010", "2012-01", "一月/市教育局.xlsx", "主动公开", "D9", ret=3, number=Ref("T1", "103"))


def told(place: Place, value: str = "6"):
    return make("verify", "R-01", place, value, "怎么了。", "怎么办。")


@pytest.mark.parametrize(
    "there",
    [
        Place("620200-010", "2012-01", "重报.xlsx", "主动公开", "D9", ret=8, number=Ref("T1", "103")),
        Place("620200-010", "2012-01", "一月/市教育局.xlsx", "主动公开", "D11", ret=3, number=Ref("T1", "103")),
        Place("620200-010", "2012-01", "一月.csv", "第1张表", "C40", ret=3, number=Ref("T1", "103")),
    ],
    ids=["another file", "rows moved", "another container"],
)
def test_it_stays_the_same_where_the_number_stands_elsewhere(there):
    assert told(there).id == told(HERE).id


@pytest.mark.parametrize(
    "there",
    [
        Place("620200-010", "2012-01", HERE.file, HERE.sheet, HERE.cell, number=Ref("T1", "104")),
        Place("620200-010", "2012-01", HERE.file, HERE.sheet, HERE.cell, number=Ref("T1", "103", "year_to_date")),
        Place("620200-010", "2012-02", HERE.file, HERE.sheet, HERE.cell, number=Ref("T1", "103")),
        Place("620200-011", "2012-01", HERE.file, HERE.sheet, HERE.cell, number=Ref("T1", "103")),
    ],
    ids=["another line", "another measure", "another month", "another unit"],
)
def test_it_is_another_at_another_number(there):
    assert told(there).id != told(HERE).id


def test_it_falls_with_its_value():
    assert told(HERE, "7").id != told(HERE).id


def test_what_is_about_no_number_is_told_by_its_cell():
    first, second = (told(Place("620200-010", "2012-01", "一月.xlsx", "公开台账", cell)) for cell in ("C5", "C6"))

    assert first.id != second.id


def test_every_finding_about_a_cell_knows_the_return_and_the_number_that_stands_there(desk):
    units = ("市教育局", "市财政局")
    desk.send(units[0], changes={"T1.102": "4条", "T2.05": 2.5})
    desk.send(units[1], changes={"T1.103": -3})
    outcome = desk.examine()

    found = [finding for finding in outcome.findings if finding.number]
    assert {str(finding.number) for finding in found} == {"T1.102", "T2.05", "T1.103"}
    for finding in found:
        unit = outcome.office.short(finding.unit)
        assert (finding.sheet, finding.cell) == desk.cell(str(finding.number), unit=unit)
    assert len({finding.ret for finding in found}) == len(units)


@pytest.mark.slow
def test_a_row_inserted_above_leaves_a_question_as_it_was(tmp_path):
    asked = {}
    for name, edit in (("as it is", None), ("moved", insert_row("主动公开", above=6))):
        there = Desk(tmp_path / name)
        there.send("市教育局", changes={"T1.102": "4条"}, edit=edit)
        (asked[name],) = there.examine().findings

    assert asked["as it is"].cell != asked["moved"].cell
    assert asked["as it is"].id == asked["moved"].id
