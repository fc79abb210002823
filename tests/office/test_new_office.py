"""new-office: what is asked, what is taken where nobody answers, lists as people paste them, forms of its own."""

import io
import sys

import openpyxl
import pytest

from pipeline.desk.office.forms import offered, own_form, usual_forms
from pipeline.desk.office.pasted import Item, pasted, short_of, units_of
from schemas.forms import forms_of
from schemas.mistake import CannotRun
from schemas.office import OFFICES, read_office


class Screen(io.StringIO):
    """Somebody before a screen, who types these lines."""

    def isatty(self) -> bool:
        return True


def test_where_nobody_can_answer_an_office_is_made_that_runs(command, tmp_path):
    said = command("new-office", "河东区")
    office = read_office(tmp_path / "河东区")

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("建好了“河东区人民政府办公室”，在“河东区”：填报单位 3 个，表式 ")
    assert "没有写填报单位，先放了几个示例单位，请在“单位名录.xlsx”里换成自己的。" in said.out
    assert [unit.name for unit in office.units] == ["示例单位一", "示例单位二", "示例单位三"]
    assert (office.settings.area, office.settings.whole, office.settings.ours) == ("河东区", "全区", "我区")
    assert forms_of(office)


ANSWERS = [
    *("临水县政务公开办公室", "临水县", "411700", "临江市政务公开办公室", "办公室 0000-1111111", "各乡镇、县直各部门"),
    *("", "三十二", "6", "要", "2012年3月", "gansu-2008"),
    *("411700-01\t临水县教育局\t县教育局\t部门", "411700-02\t河湾镇人民政府\t\t乡镇", ""),
]


def test_what_is_asked_at_a_screen_is_asked_in_chinese_and_again_where_it_cannot_be(command, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Screen("\n".join(ANSWERS) + "\n"))
    said = command("new-office", "a")
    office = read_office(tmp_path / "a")
    own = office.settings

    assert said.code == 0, said.err
    assert said.out.startswith("办公室的全称［示例市人民政府办公室］：地区［示例市］：")
    assert "  “三十二”不是日子，请写 1 到 31 的数。" in said.out
    assert (own.name, own.contact, own.deadline.day, own.receipt.paper) == (ANSWERS[0], ANSWERS[4], 6, True)
    assert own.editions == ("gansu-2008",)
    assert [(u.code, u.short, u.kind) for u in office.units] == [
        ("411700-01", "县教育局", "部门"),
        ("411700-02", "河湾镇", "乡镇"),
    ]


def test_a_screen_that_is_closed_leaves_no_folder(command, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Screen("临水县政府办\n"))

    assert command("new-office", "a").code != 0
    assert list(tmp_path.iterdir()) == []


def test_what_looks_like_a_screen_and_says_nothing_is_nobody(command, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Screen(""))

    assert command("new-office", "河东区", "--form", "cn-2021").code == 0
    assert read_office(tmp_path / "河东区").settings.area == "河东区"


WRONG = {
    "a day": (("--due", "0"), "“0”不是日子"),
    "a month": (("--first", "2012"), "“2012”不是月份"),
    "a form": (("--form", "cn-2012"), "没有表式“cn-2012”，最接近的是“cn-2014”。"),
    "a file": (("--units", "名单.xlsx"), "找不到文件“名单.xlsx”"),
    "a file of another kind": (("--units", "名单.xls"), "读不了“名单.xls”。请另存为 .xlsx"),
    "a unit twice": (("--units", "甲局、乙局、甲局"), "“甲局”写了两次"),
    "a unit of a duty": (("--form", "jyg-2012", "--duty", "heat=热力办"), "单位“热力办”不在名录里"),
    "a duty": (("--form", "jyg-2012", "--duty", "heats=甲局"), "表式里没有职责“heats”，最接近的是“heat”"),
    "a list": (("--form", "jyg-2012", "--list", "chanels=甲"), "表式里没有代码表“chanels”，最接近的是“channels”"),
    "what is no name and content": (("--list", "channels"), "“channels”要写成“名称=内容”"),
    "codes that meet": (
        ("--units", "A\t甲局\nA\t乙局"),
        "单位名录.xlsx“填报单位” 第 3 行：代码“A”出现了两次",
    ),
}


@pytest.mark.parametrize(("options", "says"), WRONG.values(), ids=WRONG)
@pytest.mark.slow
def test_an_answer_that_cannot_be_is_told_and_leaves_no_folder(command, tmp_path, options, says):
    said = command("new-office", "a", *options)

    assert said.code == 2
    assert says in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(command, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "office.toml").write_text("x", "utf-8")

    assert "“a”已经有内容，没有改动" in command("new-office", "a").err
    assert (tmp_path / "a" / "office.toml").read_text("utf-8") == "x"


def test_the_workbooks_keep_months_as_text_and_say_what_to_write(command, tmp_path):
    command("new-office", "a", "--form", "jyg-2012", "--units", "甲局、乙局")
    book = openpyxl.load_workbook(tmp_path / "a" / "单位名录.xlsx")

    assert book.sheetnames == ["填报单位", "填写说明"]
    assert {cell.number_format for row in book["填报单位"]["A2:I3"] for cell in row} == {"@"}
    assert [cell.value for cell in book["填报单位"][1]] == [row[0].value for row in list(book["填写说明"].rows)[1:]]


def test_lists_of_ones_own_take_the_place_of_the_usual_ones(command, tmp_path):
    options = ("--form", "jyg-2012", "--first", "2026-01", "--list", "channels=政务微博", "--list", "channels=网站")
    command("new-office", "a", *options, "--units", "甲局、乙局", "--duty", "heat=甲局、乙局")
    office = read_office(tmp_path / "a")
    (form,) = forms_of(office)

    assert [(code.code, code.name) for code in office.codes["channels"]] == [("101", "政务微博"), ("102", "网站")]
    assert len(office.duties["heat"]) == 2
    assert office.duties["education"] == frozenset()
    assert form.edition.id == "yuebao-2026"
    assert form.edition.valid.last is None


def test_a_form_that_names_single_codes_of_another_citys_lists_leaves_that_out():
    forms = offered()
    name, text = own_form(forms["jyg-2012"], "2012-03", alone=True)

    assert name == "yuebao-2012"
    assert 'rule = ["T2-05"]' in text
    assert 'sentence = ["网站公开", "其他渠道"]' in text
    assert own_form(forms["cn-2021"], "2021-01", alone=True) == ("cn-2021", "")


@pytest.mark.parametrize(
    ("month", "forms"), [("2012-03", ["jyg-2012", "cn-2021"]), ("2026-01", ["jyg-2012", "cn-2021"])]
)
def test_the_usual_forms_are_the_monthly_one_and_the_yearly_one_in_force(month, forms):
    assert usual_forms(offered(), month) == forms


PASTED = {
    "names between marks": ("甲局、乙局，丙局", [Item("甲局"), Item("乙局"), Item("丙局")]),
    "a column": ("甲局\n\n乙局\n", [Item("甲局"), Item("乙局")]),
    "columns without heads": ("1\t甲局\n2\t乙局", [Item("甲局", "1"), Item("乙局", "2")]),
    "columns with heads": (
        "序号\t单位名称\t单位代码\t联系人\n1\t甲局\tA1\t张三",
        [Item("甲局", "A1")],
    ),
}


@pytest.mark.parametrize(("text", "items"), PASTED.values(), ids=PASTED)
def test_a_list_is_taken_as_it_is_pasted(text, items):
    assert pasted(text) == items


@pytest.mark.parametrize("line", ["乙局，丙局", "乙局、丙局", "乙局,丙局"])
def test_of_a_line_that_may_name_two_units_or_one_twice_it_is_asked(line):
    with pytest.raises(CannotRun, match=f"第 2 行“{line}”.*分不清"):
        pasted(f"甲局\n{line}")


def test_a_list_is_read_from_a_workbook_with_whatever_columns(tmp_path):
    book = openpyxl.Workbook()
    for row in (["县直单位通讯录"], ["序号", "单位名称", "电话", "简称"], [1, "临水县教育局", "0000-1", "教育局"]):
        book.active.append(row)
    book.save(tmp_path / "通讯录.xlsx")

    assert pasted(str(tmp_path / "通讯录.xlsx")) == [Item("临水县教育局", short="教育局")]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("临水县教育局", "县教育局"),
        ("河湾镇人民政府", "河湾镇"),
        ("临水县河湾镇人民政府", "河湾镇"),
        ("供电公司", "供电公司"),
    ],
)
def test_a_short_name_leaves_out_what_goes_without_saying(name, short):
    assert short_of(name, "临水县") == short


def test_units_of_one_short_name_keep_their_whole_names():
    units = units_of([Item("甲镇人民政府"), Item("甲镇")], "临水县", "411700")

    assert [unit.short for unit in units] == ["甲镇人民政府", "甲镇"]


def test_no_units_is_told():
    with pytest.raises(CannotRun, match="没有读到单位"):
        units_of([], "临水县", "411700")


@pytest.mark.slow
def test_an_office_in_its_usual_place_is_used_without_being_named(command, tmp_path):
    said = command("new-office", "--form", "jyg-2012", "--first", "2012-03", "--units", "甲局、乙局")
    assert said.out.splitlines()[-2:] == [
        "  python run_pipeline.py templates --period 2012-03",
        "  python run_pipeline.py run",
    ]

    assert "做好 2 份 2012年3月 的空白报表" in command("templates", "--period", "2012-03").out
    assert "空白报表" in command("templates", "--period", "2012-03", "--office", OFFICES / "shifan", "--to", "b").out
    assert len(list((tmp_path / "b").iterdir())) == 8


@pytest.mark.parametrize(
    ("form", "first", "period"), [("cn-2021", "2021-01", "2021"), ("jyg-2012", "2012-03", "2012-03")]
)
def test_what_to_do_next_can_be_typed_as_it_stands(command, form, first, period):
    said = command("new-office", "甲", "--form", form, "--first", first)

    assert f'templates --period {period} --office "甲"' in said.out
