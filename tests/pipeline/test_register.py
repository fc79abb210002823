"""A register is read row by row: what each field says, by whatever name; what cannot be read counts nothing."""

import re
from datetime import date

import pytest

from pipeline.intake.cells import read_date
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from tests.builders import Desk, sound, sound_items
from tests.pipeline.overtype import ERROR, change, insert_row, lose_names, overtype, rename_sheet, retouch, together
from tests.pipeline.reading import items, read, rules

SHEET = "公开台账"
ITEM = {
    "title": "关于停水的公告", "number": "嘉水发〔2012〕3号", "category": "规划计划", "channel": "新闻媒体",
    "made": date(2012, 1, 9), "disclosed": date(2012, 1, 11), "reviewer": "丁", "reviewed": date(2012, 1, 10),
}  # fmt: skip
AS_READ = {
    "title": "关于停水的公告", "number": "嘉水发〔2012〕3号", "category": "203", "channel": "105",
    "made": "2012-01-09", "disclosed": "2012-01-11", "reviewer": "丁", "reviewed": "2012-01-10",
}  # fmt: skip


def known(desk: Desk) -> list[dict]:
    """The ten items that a sound return lists."""
    form = desk.layout().form
    return sound_items(form, Month(2012, 1), sound(form))


def test_every_field_is_read_with_its_row_and_cell(desk):
    reading = read(desk, desk.send(items=[ITEM]))

    assert reading.findings == ()
    assert items(reading) == [{"row": "4", **AS_READ}]
    assert [cell[5:7] for cell in reading.items] == [(SHEET, f"{column}4") for column in "ABCDEFGH"]
    days = {field: day for _, _, field, _, day, *_ in reading.items if day is not None}
    assert days == {field: value.toordinal() for field, value in ITEM.items() if isinstance(value, date)}


@pytest.mark.parametrize("written", ["政策、规范性文件", "政策文件", "202", " 202 "])
def test_a_category_is_read_by_name_short_name_or_code(desk, written):
    (item,) = items(read(desk, desk.send(items=[{**ITEM, "category": written}])))

    assert item == {"row": "4", **AS_READ, "category": "202"}


@pytest.mark.parametrize("written", ["市政府网站", "市政府门户网站", "102"])
def test_a_channel_is_read_by_name_alias_or_code(desk, written):
    (item,) = items(read(desk, desk.send(items=[{**ITEM, "channel": written}])))

    assert item == {"row": "4", **AS_READ, "channel": "102"}


@pytest.mark.parametrize("written", ["2012年3月5日", "2012年03月05日", "2012-3-5", "2012/03/05", " 2012.3.5 "])
def test_a_date_that_is_a_text_is_read_where_it_can_be_no_other_day(desk, written):
    reading = read(desk, desk.send(month="2012-03", items=[{**ITEM, "disclosed": written}]))

    assert reading.findings == ()
    assert items(reading)[0]["disclosed"] == "2012-03-05"


@pytest.mark.parametrize(
    "written", ["", "3月5日", "2012年3月", "2012-02-30", "12-3-5", "20121305", "3/5/2012", 40973.0]
)
def test_what_is_no_day_is_none(written):
    assert read_date(written) is None


def test_what_may_be_left_out_is_left_out(desk):
    reading = read(desk, desk.send(items=[{**ITEM, "number": "", "channel": ""}]))

    assert reading.findings == ()
    assert items(reading) == [{"row": "4", **AS_READ, "number": "", "channel": ""}]


def test_blank_rows_between_the_items_are_no_items(desk):
    reading = read(desk, desk.send(items=[ITEM, {}, {"title": " \u200b"}, {**ITEM, "number": ""}]))

    assert reading.findings == ()
    assert [item["row"] for item in items(reading)] == ["4", "7"]


swapped = overtype(SHEET, A3="文号", B3="信息名称", A4=ITEM["number"], B4=ITEM["title"])


@pytest.mark.parametrize(
    ("edit", "row"),
    [
        pytest.param(rename_sheet(SHEET, "台账"), 4, id="the sheet renamed"),
        pytest.param(lose_names(), 4, id="all names lost"),
        pytest.param(together(rename_sheet(SHEET, "台账"), lose_names()), 4, id="renamed and names lost"),
        pytest.param(insert_row(SHEET, 3), 5, id="a row inserted above the headings"),
        pytest.param(together(insert_row(SHEET, 3), lose_names()), 5, id="the same and names lost"),
        pytest.param(overtype(SHEET, A3="信息 名称"), 4, id="a space in a heading"),
        pytest.param(swapped, 4, id="columns in another order"),
        pytest.param(together(swapped, lose_names()), 4, id="the same and names lost"),
    ],
)
def test_the_same_items_are_read_after(desk, edit, row):
    reading = read(desk, desk.send(items=[ITEM], edit=edit))

    assert reading.findings == ()
    assert items(reading) == [{"row": str(row), **AS_READ}]


def test_every_field_that_cannot_be_read_is_told_at_its_cell(desk):
    broken = {**ITEM, "title": "", "category": "规划", "channel": "电视", "made": "去年", "reviewer": ""}

    reading = read(desk, desk.send(items=[ITEM, broken]))

    assert [(f.rule, f.cell, f.level) for f in reading.findings] == [
        ("E-REG-02", "A5", "must"), ("E-REG-03", "C5", "must"), ("E-REG-03", "D5", "must"), ("E-REG-04", "E5", "must"),
    ]  # fmt: skip
    assert [f.message for f in reading.findings[:3]] == [
        "第 5 行的“信息名称”“保密审查人”没有填。",
        "第 5 行的“信息类别”写的是“规划”，最接近的是“规划计划”。",
        "第 5 行的“首发渠道”写的是“电视”，可用的有：省级政府及部门网站、市政府网站、各部门网站、政府公报、新闻媒体、新闻发布会、其他形式。",
    ]


def test_an_error_in_a_field_that_may_be_empty_is_asked_about_and_is_no_blank(desk):
    reading = read(desk, desk.send(items=[ITEM], edit=overtype(SHEET, D4=ERROR)))

    assert rules(reading) == [("E-REG-05", SHEET, "D4")]
    assert items(reading)[0]["channel"] == ERROR


def test_a_formula_without_a_result_is_asked_about_and_is_no_blank(desk):
    def uncalculated(path):
        part = f"xl/worksheets/sheet{len(desk.layout().sheets) + 2}.xml"
        change(path, part, lambda xml: re.sub(r'(<c r="D4"[^>]*?) t="s"><v>\d+</v>', r"\1><f>A4</f>", xml))

    assert rules(read(desk, desk.send(items=[ITEM], edit=uncalculated))) == [("E-REG-05", SHEET, "D4")]


@pytest.fixture(scope="module")
def january(tmp_path_factory) -> tuple[Desk, Outcome]:
    """Registers that cannot be read through, one that is empty, one with dates in disorder, one that came twice."""
    desk = Desk(tmp_path_factory.mktemp("registers"))
    first, second, third, *others = known(desk)
    too_few = [first, *others]  # by two, if they were counted
    desk.send("市教育局", items=[{**first, "category": "规划"}, *others])
    desk.send("市财政局", items=[{**first, "title": ""}, *others])
    desk.send("市水务局", items=too_few, edit=retouch("信息名称", "名称"))
    desk.send("市审计局", items=[])
    late, early = {"reviewed": date(2012, 1, 20)}, {"made": date(2012, 1, 13), "reviewed": date(2012, 1, 13)}
    desk.send("市科技局", items=[first, {**second, **late}, {**third, **early}, *others])
    desk.send(received="2012-02-02", name="一.xlsx", items=[ITEM], changes={"T2.12": None})
    desk.send(received="2012-02-03", name="二.xlsx")
    return desk, desk.examine()


def about(january: tuple[Desk, Outcome], *units: str) -> list[Finding]:
    """The findings about some units."""
    desk, outcome = january
    return [finding for finding in outcome.findings if finding.unit in {desk.unit(unit).code for unit in units}]


@pytest.mark.slow
def test_of_a_register_that_cannot_be_read_through_nothing_is_counted(january):
    unread, outcome = ("市教育局", "市财政局", "市水务局"), january[1]

    assert sorted((f.rule, f.sheet, f.cell) for f in about(january, *unread)) == [
        ("E-REG-01", "", ""), ("E-REG-02", SHEET, "A4"), ("E-REG-03", SHEET, "C4"),
    ]  # fmt: skip
    assert [outcome.not_judged[rule] for rule in ("A-03", "A-04", "A-05")] == [3 * 1, 3 * 8, 3 * 7]
    assert not set(outcome.items["T6"]["unit"]) & {january[0].unit(unit).code for unit in unread}


def test_an_empty_register_is_none_and_not_unknown_and_told_once(january):
    assert [f.rule for f in about(january, "市审计局")] == ["A-03"]


def test_the_dates_of_each_row_are_judged_by_themselves(january):
    found = about(january, "市科技局")

    assert [(f.rule, f.sheet, f.cell) for f in found] == [
        ("T6-01", SHEET, "H5"), ("T6-01", SHEET, "H6"), ("T6-02", SHEET, "E6"),
    ]  # fmt: skip
    assert found[0].message == (
        "先审查、后公开：审查日期晚于公开日期。第 5 行“审查日期”是2012年1月20日，“公开日期”是2012年1月12日。"
    )
    assert found[0].value == "2012-01-20"


def test_the_register_of_the_returns_in_force_is_kept_item_by_item(january):
    every = january[1].items["T6"]
    register = every[every["unit"] == january[0].unit("市卫生局").code].reset_index(drop=True)

    assert list(register.columns) == [
        "period", "unit", *AS_READ, "file", "return_sha256", "sheet", "row",
    ]  # fmt: skip
    assert (set(register["file"]), len(register), list(register["row"])) == ({"二.xlsx"}, 10, list(range(4, 14)))
    assert register.loc[0, ["period", "unit", "title", "number", "category", "channel", "made"]].tolist() == [
        "2012-01", "620200-025", "第1号", "", "202", "102", "2012-01-12",
    ]  # fmt: skip


def test_a_code_is_known_in_its_own_months_only(desk):
    codes = {
        name: tuple(c.model_copy(update={"valid_to": "2012-06"}) if c.code == "203" else c for c in rows)
        for name, rows in desk.office.codes.items()
    }
    desk.office = desk.office._replace(codes=codes)

    assert rules(read(desk, desk.send(month="2012-06", items=[ITEM]))) == []
    assert rules(read(desk, desk.send(month="2012-07", items=[ITEM]))) == [("E-REG-03", SHEET, "C4")]


@pytest.mark.parametrize("raw", ["0001-01-01", "9999年12月31日", date(9999, 12, 31), date(1, 1, 1), "1899-12-31"])
def test_a_day_beside_the_calendar_is_no_date(raw):
    assert read_date(raw) is None
