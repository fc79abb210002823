"""A forwarded workbook in the inbox above: a return a period, as its manifest says, or a sentence that says why not."""

import json
import shutil
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from pipeline.desk.cascade import Level
from pipeline.desk.cascade.returns import Returns
from pipeline.ledger.published import MANIFEST
from pipeline.story.run import run
from pipeline.values.machine import MACHINE
from schemas.units import UnitRow
from tests.builders import Quiet, office_of
from tests.pipeline.overtype import overtype
from tests.pipeline.ruled import digest
from tests.upward.world import (
    DAY,
    LATER,
    MONTHS,
    THROUGH,
    built,
    cells,
    desk,
    drop,
    forged,
    ruled,
    told,
    workbook_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Sparkline Group extension")]
COUNTY = "980121"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return built(tmp_path_factory.mktemp("upward"))


def look(level, day=LATER):
    return level.look(THROUGH, day)


def of_table(outcome, column, row="1—2月", table="表1"):
    """A printed answer."""
    found = next(one for one in outcome.tables if one.annual.id == table)
    at = [one.name for one in found.columns].index(column)
    return next(one for one in found.rows if one.label == row).answers[at]


def summed(world, code, ending):
    """The same by plain Python from the original returns."""
    found = 0
    for month in MONTHS:
        for unit in world.county.office.units:
            own = world.county.inbox / str(month) / f"{unit.short}_{month}{ending}.xlsx"
            plain = world.county.inbox / str(month) / f"{unit.short}_{month}.xlsx"
            found += cells(own if own.exists() else plain)[code]
    return found


def test_its_figures_are_the_sums_of_its_units_cells(world, tmp_path):
    level = desk(world, tmp_path)
    drop(level, world.first)
    outcome = look(level)

    assert told(outcome) == []
    assert [f.rule for f in outcome.findings] == ["N-UPW-01"]
    for column, code in (("网上公开", "11"), ("书面公开", "12"), ("会议公开", "13")):
        assert of_table(outcome, column).number == summed(world, code, "")
    assert of_table(outcome, "收费", table="表3").number == round(summed(world, "31", "") * 100)
    assert of_table(outcome, "期末", table="表3").number == sum(
        cells(world.county.inbox / "2012-02" / f"{unit.short}_2012-02.xlsx")["23"] for unit in world.county.office.units
    )
    assert set(outcome.returns["state"]) == {"通过"}


@pytest.mark.parametrize("order", ["first, second", "second, first", "together"])
def test_a_correction_replaces_what_it_corrects_whenever_it_is_received(world, tmp_path, order):
    level = desk(world, tmp_path)
    versions = [world.second, world.first] if order == "second, first" else [world.first, world.second]
    for n, version in enumerate(versions):
        drop(level, version)
        if order != "together" and not n:
            look(level, DAY)
    outcome = look(level)

    assert of_table(outcome, "网上公开").number == summed(world, "11", "_更正") != summed(world, "11", "")
    assert told(outcome) == []
    changed = [f for f in outcome.findings if f.rule == "N-VER-01" and f.period == "2012-01"]
    assert "“网上公开”（11行）由 24000 改为" in changed[0].message or "改了 1 处" in changed[0].message


def test_a_folder_in_a_zip_is_the_same(world, tmp_path):
    level = desk(world, tmp_path)
    shutil.make_archive(str(level.inbox / "上报"), "zip", world.second.parent, world.second.name)
    outcome = look(level)

    assert told(outcome) == []
    assert of_table(outcome, "网上公开").number == summed(world, "11", "_更正")


def test_a_workbook_that_was_touched_is_not_counted(world, tmp_path):
    level = desk(world, tmp_path)
    forged(drop(level, world.second), "表1 公开各月", "C5", 1, hashed=False)
    drop(level, world.first)
    outcome = look(level)

    assert told(outcome) == [("E-UPW-01", COUNTY, "2012-02")]
    assert of_table(outcome, "网上公开").number == summed(world, "11", ""), "the version before it stays"


def test_a_workbook_without_its_manifest_is_not_counted(world, tmp_path):
    level = desk(world, tmp_path)
    drop(level, world.first)
    (drop(level, world.second) / MANIFEST).unlink()

    assert [rule for rule, *_ in told(look(level))] == ["E-UPW-02"]


def test_a_manifest_without_its_workbook_is_asked_about(world, tmp_path):
    level = desk(world, tmp_path)
    drop(level, world.first)
    workbook_of(drop(level, world.second)).unlink()

    assert told(look(level)) == [("E-UPW-06", COUNTY, "2012-02")]


def test_an_office_that_is_no_unit_is_asked_about(world, tmp_path):
    level = desk(world, tmp_path)
    drop(level, world.first)
    stranger = drop(level, world.second)
    manifest = json.loads((stranger / MANIFEST).read_text("utf-8"))
    manifest |= {"office": "x", "area": "别县", "region_code": "990000", "name_of_office": "别县办公室"}
    (stranger / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    outcome = look(level)

    assert [rule for rule, *_ in told(outcome)] == ["E-UPW-03"]
    assert of_table(outcome, "网上公开").number == summed(world, "11", "")


def test_a_number_that_does_not_add_up_is_told_at_its_cell(world, tmp_path):
    level = desk(world, tmp_path)
    drop(level, world.first)
    before = forged(drop(level, world.second), "表1 公开各月", "C4", 7)
    outcome = look(level)

    assert isinstance(before, int)
    wrong = next(f for f in outcome.findings if f.rule == "E-UPW-05")
    assert (wrong.unit, wrong.sheet, wrong.cell) == (COUNTY, "表1 公开各月", "C4")
    assert f"上报 {before}，表里印的是 7" in wrong.message


def test_another_form_is_not_taken_for_ours(world, tmp_path):
    level = desk(world, tmp_path)
    drop(level, world.first)
    forged(drop(level, world.second), MACHINE, "A2", "jiji-2011")
    outcome = look(level)

    assert {rule for rule, *_ in told(outcome)} >= {"E-UPW-04"}
    assert "jiji-2011" in next(f.message for f in outcome.findings if f.rule == "E-UPW-04")


def test_a_child_that_is_missing_is_missing(world, tmp_path):
    other = UnitRow(code="980122", name="西河县人民政府办公室", short="西河县", kind="县")
    rows = [*(row for unit in world.levels.city.office.units for row in unit.rows), other]
    level = desk(world, tmp_path)
    level.office = with_units(level.office, rows)
    drop(level, world.first)
    outcome = look(level, date(2012, 3, 13))

    assert told(outcome) == [("E-ABS-01", "980122", "2012-01"), ("E-ABS-01", "980122", "2012-02")]
    assert of_table(outcome, "网上公开").coverage == "2/4"


def with_units(office, rows):
    return office_of(office, rows)


def test_a_vertical_body_counted_at_two_levels_is_told(world, tmp_path):
    body = world.county.office.units[0]
    row = UnitRow(code="980100-001", name=body.name, short="市管单位", kind="市")
    level = desk(world, tmp_path)
    level.office = with_units(level.office, [*(r for u in level.office.units for r in u.rows), row])
    drop(level, world.first)
    send_itself(world, level, "市管单位")
    asked = [f for f in look(level).findings if f.rule == "W-UPW-04"]

    assert [(f.unit, f.period) for f in asked] == [(COUNTY, "2012-01")]
    assert asked[0].message.startswith(f"“{body.name}”在它自己报的表里有，在“东山县人民政府办公室”上报的汇总里也有")


def test_a_district_that_reports_twice_is_told(world, tmp_path):
    level = desk(world, tmp_path)
    drop(level, world.first)
    send_itself(world, level, "东山县")
    asked = [f for f in look(level).findings if f.rule == "W-UPW-04"]

    assert "“东山县人民政府办公室”在自己报的表里有，在它上报的汇总里也有（2012年1月）" in asked[0].message


def send_itself(world, level, short):
    """A unit of the city sends a return of its own for January."""
    returns = Returns(world.levels.plan, level.office, world.returns.form, level.inbox)
    unit = next(u for u in level.office.units_in("2012-01") if u.short == short)
    returns.sent[unit.code, "2012-01"] = returns.right[unit.code, "2012-01"]
    return returns._write(unit, MONTHS[0], "")


@pytest.fixture(scope="module")
def lacking(world, tmp_path_factory):
    """The county without one return of February, and with one of January that it bears for the time."""
    county = Level(tmp_path_factory.mktemp("lacking"), world.county.office, 0)
    shutil.copytree(world.county.inbox, county.inbox)
    (county.inbox / "收件登记.csv").unlink()
    for path in county.inbox.rglob("*更正*"):
        path.unlink()
    first, second = county.office.units
    (county.inbox / "2012-02" / f"{first.short}_2012-02.xlsx").unlink()
    wrong = county.inbox / "2012-01" / f"{second.short}_2012-01.xlsx"
    sheet, cell = world.returns.cell("S.22")
    overtype(sheet, **{cell: 99})(wrong)
    ruled(county, {"校验码": digest(wrong), "意见": "暂列", "有效期至": "2012-12-31"})
    forwarded = county.forward(THROUGH, LATER, "一个单位没有报")
    assert forwarded.folder, forwarded.outcome.verdict
    return forwarded.folder


def test_what_is_reserved_missing_and_provisional_is_carried_as_such(world, lacking, tmp_path):
    level = desk(world, tmp_path)
    drop(level, lacking)
    outcome = look(level)

    assert told(outcome) == [("W-UPW-02", COUNTY, "2012-02"), ("W-UPW-03", COUNTY, "2012-02")]
    assert "1个单位没有入汇（东山县" in next(f.message for f in outcome.findings if f.rule == "W-UPW-03")
    assert of_table(outcome, "网上公开", "1月").coverage == "1/1"
    assert of_table(outcome, "网上公开", "2月").coverage == "0/1", "a number is printed, and marked as not whole"
    assert of_table(outcome, "网上公开", "2月").number
    january = outcome.facts[(outcome.facts["period"] == "2012-01") & outcome.facts["value"].notna()]
    borne = january[january["quality"] == "P"]
    assert {"11", "22", "23"} <= set(borne["line"])
    assert set(borne["ruling"]) == {lacking.name}
    assert not outcome.ready


def test_it_is_carried_on_to_the_level_above(world, lacking, tmp_path):
    level = desk(world, tmp_path)
    drop(level, lacking)
    forwarded = level.forward(THROUGH, LATER, "县里没有收齐")
    above = desk(world, tmp_path / "省")
    above.office = world.levels.province.office
    drop(above, forwarded.folder)
    outcome = look(above)

    assert told(outcome) == [("W-UPW-02", "980100", "2012-02"), ("W-UPW-03", "980100", "2012-02")]
    assert of_table(outcome, "网上公开", "2月").coverage == "0/1"
    assert "P" in set(outcome.facts["quality"])


def test_a_whole_run_sends_no_file_back_for_what_was_forwarded(world, tmp_path):
    """One version counts and is sent back by the office, one was touched: the workbook is written all the same."""
    level = desk(world, tmp_path)
    first = drop(level, world.first)
    forged(drop(level, world.second), "表1 公开各月", "C5", 1, hashed=False)
    outcome, written, _ = run(level.request(THROUGH, LATER), Quiet())
    assert told(outcome) == [("E-UPW-01", COUNTY, "2012-02")]
    ruled(level, {"校验码": digest(workbook_of(first)), "意见": "退回"})
    after, again, _ = run(level.request(THROUGH, LATER), Quiet())

    assert {rule for rule, *_ in told(after)} == {"E-UPW-01", "E-RUL-01"}
    assert of_table(after, "网上公开").number is None
    assert [path for path in (*written, *again) if "退回" in path.parts] == []


def test_the_workbook_above_prints_what_is_partial_with_its_coverage(world, lacking, tmp_path):
    level = desk(world, tmp_path)
    drop(level, lacking)
    _, written, _ = run(level.request(THROUGH, LATER), Quiet())
    rows = CalamineWorkbook.from_path(written[0]).get_sheet_by_name("表1 公开各月").to_python()
    february = next(row for row in rows if row[0] == "2月")

    assert february[1] > 0
    assert february[-1] == "0/1"
