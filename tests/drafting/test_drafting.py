"""An edition drafted from an Excel form: what is found is written down, what is not is asked, and nothing is guessed."""

import json
import tomllib

import pytest
from openpyxl import Workbook

from pipeline.desk.drafting import draft_of
from pipeline.desk.edition import MUST, check_edition
from schemas.drafting import questions
from schemas.forms import read_draft
from schemas.mistake import CannotRun
from schemas.office import read_office
from tests.builders import Quiet
from tests.cli.running import Command
from tests.drafting.official import FORM_2019, FORM_2021, annual_form, monthly_form
from tests.drafting.round_trip import TEMPLATES, Case, back, sums, written
from tests.national.county import HERE as COUNTY
from tests.national.test_by_choice import office_with


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """The draft of the yearly form of 2021 in its official layout: its values, and where it lies."""
    folder = tmp_path_factory.mktemp("drafted")
    text = draft_of(annual_form(folder / "niandu.xlsx", FORM_2021))
    (folder / "niandu.toml").write_text(text, "utf-8")
    return tomllib.loads(text), folder / "niandu.toml"


def names(table, key="row"):
    return [part["name"] for part in table[key]]


def by_name(table, key="row"):
    return {part["name"]: part for part in table[key]}


@pytest.mark.parametrize("case", TEMPLATES)
def test_the_template_of_a_shipped_form_gives_back_its_lines_names_units_and_sums(case, tmp_path):
    """Every number by its code, name and unit, every sum that it computes or shows by its numbering; and no more."""
    asked = case.asked
    path = written(case, tmp_path / "form.xlsx")
    drawn = back(path, case.unfit)
    own = {(sheet, line, name): unit for sheet, line, name, unit in case.numbers()}
    found = {(sheet, line, name): unit for sheet, line, name, unit in drawn.numbers}

    assert [key for key in own if key not in found] == []
    assert [key for key in found if key not in own] == []
    assert [key for key, unit in own.items() if found[key] != unit] == []
    path.with_suffix(".toml").write_text(draft_of(path), "utf-8")
    mine, theirs = sums(asked), drawn.sums
    assert read_draft(path.with_suffix(".toml"), case.office).edition.title == asked.edition.title
    assert mine - theirs == case.untold
    assert theirs - mine == set()


@pytest.mark.slow
def test_the_province_s_form_comes_back_too(tmp_path):
    office = office_with(tmp_path / "office", "gansu-2008")
    case = Case("gansu-2008", office.folder)
    drawn = back(written(case, tmp_path / "form.xlsx"))

    assert drawn.numbers == set(case.numbers())
    assert drawn.sums == sums(case.asked)


def test_an_official_table_without_codes_or_formulas_gives_its_rows_columns_and_sums(drafted):
    value, _ = drafted
    tables = {table["title"]: table for table in value["table"]}
    table = tables["三、收到和处理政府信息公开申请情况"]
    rows, columns = by_name(table), by_name(table, "column")
    figures = [row for row in table["row"] if not row.get("heading")]

    assert (len(figures), len(columns)) == (25, 7)
    assert table["head"].startswith("（本列数据的勾稽关系为")
    assert [row["name"] for row in table["row"] if row.get("heading")] == [
        *("三、本年度办理结果", "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"),
    ]
    assert rows["1.属于国家秘密"]["parent"] == rows["（三）不予公开"]["code"]
    assert rows["（三）不予公开"]["parent"] == rows["三、本年度办理结果"]["code"]
    assert "parent" not in rows["四、结转下年度继续办理"]
    assert rows["（七）总计"]["sum"] == f"{rows['（一）予以公开']['code']}..{rows['3.其他']['code']}"
    assert {columns[name].get("group") for name in ("商业企业", "其他")} == {"法人或其他组织"}
    assert "group" not in columns["自然人"]
    assert columns["总计"]["sum"] == "c1..c6"
    assert rows["二、上年结转政府信息公开申请数量"]["kind"] == "opening"


def test_figures_under_heads_alone_become_rows_and_columns(drafted):
    value, _ = drafted
    table = next(table for table in value["table"] if table["title"].startswith("四、"))
    rows = by_name(table)

    assert list(rows) == ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"]
    assert (rows["行政诉讼"].get("heading"), rows["复议后起诉"]["parent"]) == (True, rows["行政诉讼"]["code"])
    assert names(table, "column") == ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert by_name(table, "column")["总计"]["sum"] == "c1..c4"


@pytest.mark.parametrize(("tables", "file"), [(FORM_2021, "2021"), (FORM_2019, "2019")])
def test_small_tables_below_each_other_are_told_apart(tmp_path, tables, file):
    value = tomllib.loads(draft_of(annual_form(tmp_path / f"{file}.xlsx", tables)))

    for (heading, rows, heads), table in zip(tables, value["table"], strict=False):
        assert (table["section"], names(table), names(table, "column")) == (heading, list(rows), list(heads))


def test_what_a_drawn_form_does_not_tell_is_asked(tmp_path):
    text = draft_of(annual_form(tmp_path / "form.xlsx", FORM_2019))
    value, asked = tomllib.loads(text), [what for _, what in questions(text)]
    change = by_name(value["table"][1], "column")["本年增/减"]

    assert (change["unit"], change["min"]) == ("待定", -1_000_000)
    for what in ("从哪个月起用", "原表没有代码", "计量单位", "可能小于 0", "从名称看是合计", "表头写着各行之间的关系"):
        assert [one for one in asked if what in one], what


def test_a_monthly_list_gives_its_codes_units_hierarchy_and_labels(tmp_path):
    text = draft_of(monthly_form(tmp_path / "yuebaobiao.xlsx"))
    value = tomllib.loads(text)
    (table,) = value["table"]
    lines = by_name(table, "line")

    assert (value["id"], value["period"], value["head"]["form_no"]) == ("yuebaobiao", "month", "某信1表")
    assert (table["shape"], table["measures"]) == ("list", ["period", "year_to_date"])
    assert [(line["code"], line["unit"]) for line in table["line"]] == [
        *(("1", "条"), ("2", "条"), ("3", "件"), ("4", "件"), ("5", "件"), ("6", "件"), ("7", "元")),
    ]
    assert [line.get("parent") for line in table["line"]] == [None, "1", None, "3", "3", "3", None]
    assert lines["申请总数"]["section"] == "二、申请情况"
    assert lines["申请总数"]["sum"] == "4..6"
    assert {rule["id"]: rule["holds"] for rule in value["rule"]} == {
        "T1-3": "T1.3 = sum(T1.4..6)",
        "T1-2": "T1.2 <= T1.1",
    }
    assert [field["name"] for field in value["cover"]] == ["单位负责人", "填表人", "联系电话"]
    assert value["words"]["month"] == "本月实际"
    assert any("金额有几位小数" in what for _, what in questions(text))


def test_numbering_alone_tells_what_is_a_part_of_what(tmp_path):
    book = Workbook()
    sheet = book.worksheets[0]
    rows = [
        "一、收到申请",
        "（一）当面",
        "（二）网上",
        "二、答复",
        "（一）公开",
        "1.全部",
        "2.部分",
        "（二）不公开",
        "三、投诉",
    ]
    for row in (("项目", "单位", "本年数"), *((name, "件", None) for name in rows)):
        sheet.append(row)
    book.save(tmp_path / "numbered.xlsx")
    value = tomllib.loads(draft_of(tmp_path / "numbered.xlsx"))

    assert {rule["holds"] for rule in value["rule"]} == {
        "T1.1 = sum(T1.11..12)",
        "T1.2 = sum(T1.21, T1.22)",
        "T1.21 = sum(T1.211..212)",
    }


@pytest.mark.slow
def test_a_draft_loads_and_the_check_names_what_a_person_must_finish(drafted):
    _, path = drafted
    office = read_office(COUNTY / "office")
    found = check_edition(str(path), office, Quiet())
    asked = questions(path.read_text("utf-8"))

    assert read_draft(path, office).edition.id == "niandu"
    assert [(c.level, c.line) for c in found if c.what.startswith("还没有定：")] == [(MUST, line) for line, _ in asked]
    assert [c.words for c in found if c.level == MUST and not c.what.startswith("还没有定：")] == []


@pytest.mark.slow
def test_a_draft_that_was_finished_passes(tmp_path):
    path = tmp_path / "yuebaobiao.toml"
    text = draft_of(monthly_form(path.with_suffix(".xlsx")))
    lines = [line.partition("# 待定")[0].rstrip() for line in text.splitlines()]
    path.write_text("\n".join(lines).replace("valid = {}", 'valid = { from = "2020-01" }'), "utf-8")
    found = check_edition(str(path), read_office(COUNTY / "office"), Quiet())

    assert [c.words for c in found if c.level == MUST] == []


def test_the_command_writes_the_draft_beside_the_form_and_says_what_is_open(tmp_path):
    monthly_form(tmp_path / "yuebaobiao.xlsx")
    said = Command(tmp_path)("edition", "draft", "yuebaobiao.xlsx")
    again = Command(tmp_path)("edition", "draft", "yuebaobiao.xlsx")
    told = Command(tmp_path)("edition", "draft", "yuebaobiao.xlsx", "--to", "b.toml", "--json")

    assert said.code == 1
    assert "草稿写在：yuebaobiao.toml。有 " in said.out
    assert "从哪个月起用" in said.out
    assert (again.code, "已经有了，不覆盖" in again.err) == (2, True)
    assert len(json.loads(told.out)["open"]) == len(questions((tmp_path / "b.toml").read_text("utf-8")))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("missing.xlsx", None, "找不到"),
        ("form.xls", b"\xd0\xcf", "不是 .xlsx 文件"),
        ("broken.xlsx", b"PK\x03\x04", "读不了"),
    ],
)
def test_what_is_no_form_is_told(tmp_path, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    said = Command(tmp_path)("edition", "draft", name)

    assert (said.code, says in said.err) == (2, True)


def test_parts_that_are_called_the_same_are_told_apart(tmp_path):
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("项目", "自然人", None, "法人", None), (None, "件数", "金额", "件数", "金额"), ("收费",), ("减免",)):
        sheet.append(row)
    for span in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(span)
    book.save(tmp_path / "groups.xlsx")
    text = draft_of(tmp_path / "groups.xlsx")
    (tmp_path / "groups.toml").write_text(text, "utf-8")
    (table,) = tomllib.loads(text)["table"]

    assert names(table, "column") == ["件数", "金额", "件数（法人）", "金额（法人）"]
    assert [column["group"] for column in table["column"]] == ["自然人", "自然人", "法人", "法人"]
    assert read_draft(tmp_path / "groups.toml", read_office(COUNTY / "office")).edition.id == "groups"


def test_a_workbook_without_a_table_is_told(tmp_path):
    book = Workbook()
    book.worksheets[0]["A1"] = "关于报送统计表的通知"
    book.save(tmp_path / "notice.xlsx")

    with pytest.raises(CannotRun, match="没有找到表"):
        draft_of(tmp_path / "notice.xlsx")
