"""单户年表: a unit's own year, every number of it, every version, question and ruling, and nothing of any other unit."""

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from pipeline.desk.unit_years import write_unit_years
from schemas.mistake import CannotRun
from tests.builders import Desk, Quiet, a_little_office
from tests.pipeline.ruled import digest
from tests.pipeline.test_rulings import SIGNED
from tests.publish.words import half_width_beside_chinese, machine_words

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Sparkline Group extension")]
UNIT, OTHER = (unit.short for unit in a_little_office().units)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Three months: a correction, an explained gap, a return that is borne for the time, a month that is missing."""
    desk = Desk(tmp_path_factory.mktemp("unit_year"), a_little_office())
    desk.send(UNIT, "2012-01", {"T2.05": 100})
    desk.send(UNIT, "2012-01", {"T2.05": 120}, name="更正.xlsx",
              received="2012-02-20")  # fmt: skip
    wrong = desk.send(UNIT, "2012-02", {"T2.04": "5条"})
    desk.send(OTHER, "2012-01", {"T2.05": 7777}, name="别人的.xlsx")
    ruled(desk, {"校验码": digest(wrong), "意见": "暂列", "有效期至": "2012-12-31"})
    return desk


def ruled(desk, row):
    from pipeline.values.rulings import HEADINGS, RULINGS

    book = openpyxl.Workbook()
    book.active.title = "处理意见"
    book.active.append(HEADINGS)
    book.active.append([(SIGNED | row).get(heading) for heading in HEADINGS])
    book.save(desk.inbox / RULINGS)


@pytest.fixture(scope="module")
def sheets(desk):
    (path,) = write_unit_years([UNIT], None, desk.request("2012-04-30", "2012-03"), Quiet())
    assert path.name == f"{UNIT}_2012年_单户年表.xlsx"
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def row_of(sheets, code, table="T2"):
    """A line's cells: its months and the year."""
    rows = sheets["年表"]
    start = next(n for n, row in enumerate(rows) if str(row[0]).startswith(f"{table} "))
    return next(row for row in rows[start:] if row[0] == code)[3:]


def test_every_month_has_its_number_or_the_reason_why_there_is_none(sheets):
    assert sheets["年表"][2][3:] == ["1月", "2月", "3月", "2012年1—3月"]
    assert row_of(sheets, "05") == [120, 120, "未报", 240]
    assert row_of(sheets, "04")[1] == "未填"


def test_versions_questions_changes_and_rulings_are_told(sheets):
    told = ["|".join(map(str, row)) for row in sheets["往来"]]

    assert any("第2版，2012-02-20收到" in row and "更正.xlsx" in row for row in told)
    assert any("没有收到" in row and "未报" in row for row in told)
    assert any("5条" in row and "暂列" in row and "已电话核实（王芳，2012年2月10日）" in row for row in told)
    assert any("由 100 改为 120" in row for row in told)
    assert any(row.startswith("四、办公室的处理意见（1）") for row in told)


def test_nothing_of_another_unit_stands_in_it(sheets):
    told = "".join(str(cell) for rows in sheets.values() for row in rows for cell in row)

    assert not any(word in told for word in ("7777", "别人的", OTHER))
    assert not machine_words(told)
    assert half_width_beside_chinese(told) == []


def test_there_is_a_place_to_sign(sheets):
    signed = {str(cell) for row in sheets["年表"] for cell in row if str(cell).endswith("：")}

    assert {"本单位负责人：", "填报人："} <= signed


def test_a_unit_that_is_not_there_is_told(desk):
    with pytest.raises(CannotRun, match=f"单位“{UNIT}处”不在2012年的名录里，最接近的是“{UNIT}”"):
        write_unit_years([f"{UNIT}处"], None, desk.request("2012-04-30", "2012-03"), Quiet())


def test_each_number_is_that_of_the_facts(year, tmp_path):
    """Of a whole year: every line and month of every unit is the fact in force."""
    from pipeline.outbox.publish.unit_year import UnitFigures

    outcome, figures = year.outcome, UnitFigures(year.outcome)
    own = outcome.facts[(outcome.facts["measure"] == "month") & outcome.facts["role"].isin(("input", "counted"))]
    for unit in outcome.office.owing(map(str, outcome.months)):
        wanted = (
            own[(own["unit"] == unit.code) & own["value"].notna()].groupby(["table", "line", "column"])["value"].sum()
        )
        for row in figures.of(unit.code):
            key = (row.entry.table, row.entry.line, row.entry.column)
            if row.entry.kind == "flow" and row.entry.is_input and key in wanted:
                assert row.year.steps == wanted[key] == sum(one.steps for one in row.months), key
