"""Lists in workbooks: the same rows as CSV, whatever Excel made of them, and mistakes told at sheet and row."""

from datetime import date, datetime
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import Workbook

from schemas.mistake import Mistake
from schemas.office import HOLIDAYS, OFFICES, UNITS, read_office
from schemas.office_lists import days_in, duties_in
from schemas.units import UnitRow, read_units
from schemas.written_lists import as_day, as_month, read_list

HEAD = ["代码", "名称", "简称", "类别", "上级单位代码", "起始月份", "最后月份", "别名", "接替单位代码"]
ROW = ["001", "甲县教育局", "县教育局", "部门"]


def book(path: Path, *rows: list, name: str = "单位名录", formats: dict[str, str] | None = None, **more: list) -> Path:
    made = Workbook()
    made.active.title = name
    for row in rows:
        made.active.append(row)
    for cell, form in (formats or {}).items():
        made.active[cell].number_format = form
    for title, others in more.items():
        sheet = made.create_sheet(title)
        for row in others:
            sheet.append(row)
    made.save(path)
    return path


def told(path: Path) -> str:
    with pytest.raises(Mistake) as stopped:
        list(read_list(path, UnitRow))
    return str(stopped.value)


def test_a_workbook_says_what_the_csv_of_the_same_office_says(tmp_path):
    folder = copytree(OFFICES / "jyg", tmp_path / "jyg")
    before = read_office(folder)
    for name in ("units", "duties", "holidays", "channels"):
        path = folder / f"{name}.csv"
        rows = [line.split(",") for line in path.read_text("utf-8").splitlines()]
        book(path.with_suffix(".xlsx"), *rows)
        path.unlink()
    text = (folder / "office.toml").read_text("utf-8").replace("channels.csv", "channels.xlsx")
    (folder / "office.toml").write_text(text, "utf-8")
    after = read_office(folder)

    assert (after.units, after.codes, after.duties, after.days) == (
        before.units,
        before.codes,
        before.duties,
        before.days,
    )
    names = ["office.toml", "units.xlsx", "holidays.xlsx", "duties.xlsx", "categories.csv", "channels.xlsx", "fees.csv"]
    assert [path.name for path in after.files()] == names


@pytest.mark.parametrize(
    "written",
    ["2012-07", "2012年7月", "2012/7", "2012-7", "2012.07", 201207, "201207", date(2012, 7, 1), datetime(2012, 7, 1)],  # noqa: DTZ001
)
def test_a_month_is_read_in_whatever_way_excel_kept_it(tmp_path, written):
    path = book(tmp_path / "单位名录.xlsx", HEAD, [*ROW, "", written])
    (unit,) = read_units(path)

    assert unit.rows[0].valid_from == "2012-07"


@pytest.mark.parametrize("written", ["Jul-12", date(2012, 7, 15), 41091, 2012.1, "2012-13", "2012"])
def test_what_may_be_another_month_is_asked_about(tmp_path, written):
    path = book(tmp_path / "单位名录.xlsx", HEAD, ROW, [*ROW[:1], "乙", "乙", "部门", "", written])

    assert told(path).startswith("单位名录.xlsx“单位名录” 第 3 行：“起始月份”写了“")
    assert told(path).endswith("”，月份要写成 2012-07 的样子。")


def test_a_code_typed_as_a_number_is_the_code_that_the_sheet_shows(tmp_path):
    rows = ([n, f"{n}局", f"{n}局", "部门"] for n in (7, 12))
    path = book(tmp_path / "单位名录.xlsx", HEAD, *rows, formats={"A2": "000"})

    assert [unit.code for unit in read_units(path)] == ["007", "12"]


def test_empty_rows_titles_for_people_and_a_sheet_of_notes_do_no_harm(tmp_path):
    rows = [[], HEAD, [], ROW, ["", None]]
    path = book(tmp_path / "单位名录.xlsx", *rows, 填写说明=[["名称", "写全称"]])

    assert [unit.code for unit in read_units(path)] == ["001"]


MISTAKES = {
    "a column": ([[*HEAD[:3], "类型"], ROW], "第 1 行：不认识的列“类型”，最接近的是“类别”。"),
    "a column twice": ([[*HEAD[:4], "名称"], ROW], "第 1 行：“名称”这一列写了两次，请删去一列。"),
    "nothing where something is needed": ([HEAD, ["001", "", "县教育局", "部门"]], "第 2 行：缺少“名称”。"),
    "more cells than heads": ([HEAD[:4], [*ROW, "备注"]], "第 2 行：这一行比表头多出几格。“备注”在哪一栏"),
    "a code of eighteen digits": ([HEAD, [112345678901234567, *ROW[1:]]], "第 2 行：A2 的数字位数太多"),
    "a formula that came to nothing": ([HEAD, ["#N/A", *ROW[1:]]], "第 2 行：A2 显示的是 #N/A"),
}


@pytest.mark.parametrize(("rows", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_at_its_sheet_and_row(tmp_path, rows, says):
    assert told(book(tmp_path / "单位名录.xlsx", *rows)).startswith(f"单位名录.xlsx“单位名录” {says}")


def test_a_second_sheet_that_is_a_list_too_is_not_passed_over(tmp_path):
    path = book(tmp_path / "单位名录.xlsx", HEAD, ROW, 镇街=[HEAD, ["002", "甲镇", "甲镇", "镇"]])

    assert told(path).startswith("单位名录.xlsx“镇街” 第 1 行：和第一张表“单位名录”一样是名单")


def test_two_files_for_one_list_are_told(tmp_path):
    (tmp_path / "units.csv").write_text("code\n", "utf-8")
    book(tmp_path / "单位名录.xlsx", HEAD)

    with pytest.raises(Mistake, match=r"^units.csv：和 单位名录.xlsx 是同一份名单，不知道以哪一份为准。"):
        UNITS.path(tmp_path)


def test_a_list_saved_as_an_old_workbook_is_not_passed_over(tmp_path):
    (tmp_path / "放假安排.xls").write_bytes(b"")

    with pytest.raises(Mistake, match=r"^放假安排.xls：读不了 .xls 文件，请用 Excel 或 WPS 另存为 放假安排.xlsx。"):
        HOLIDAYS.path(tmp_path)


def test_what_is_no_workbook_says_so(tmp_path):
    (tmp_path / "单位名录.xlsx").write_bytes(b"code,name")

    assert told(tmp_path / "单位名录.xlsx").startswith("单位名录.xlsx：打不开，不是完好的 .xlsx 工作簿。")


def test_days_and_duties_are_written_as_people_say_them(tmp_path):
    units = read_units(book(tmp_path / "单位名录.xlsx", HEAD, ROW))
    days = book(tmp_path / "放假安排.xlsx", ["日期", "放假或上班", "名称"], [date(2012, 10, 1), "放假", "国庆节"])
    duties = book(tmp_path / "职责分工.xlsx", ["职责", "填报内容", "单位"], ["a", "教育", "县教育局"], ["b", "供水"])

    assert [(day.date, day.kind) for day in days_in(days)] == [(date(2012, 10, 1), "holiday")]
    assert duties_in(duties, units) == {"a": frozenset({"001"}), "b": frozenset()}


def test_a_unit_that_nobody_is_called_is_told_with_the_nearest_name(tmp_path):
    units = read_units(book(tmp_path / "单位名录.xlsx", HEAD, ROW))
    duties = book(tmp_path / "职责分工.xlsx", ["职责", "单位"], ["a", "县教委"], name="职责分工")

    with pytest.raises(
        Mistake, match=r"^职责分工.xlsx“职责分工” 第 2 行：单位“县教委”不在名录里，最接近的是“县教育局”"
    ):
        duties_in(duties, units)


def test_other_spellings_of_days_and_months_stay_what_they_are():
    assert [as_day(text) for text in ("2012年10月1日", "2012/10/1", "20121001", "10月1日")] == [
        *["2012-10-01"] * 3,
        "10月1日",
    ]
    assert [as_month(text) for text in ("9999-12", "2012/7/1", "2012年", "")] == ["9999-12", "2012-07", "2012年", ""]
