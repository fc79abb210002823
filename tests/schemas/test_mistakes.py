"""A mistake in an edition or an office stops the run with file, line, what is wrong and what was meant."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from pipeline.judge.reconcile.agreements import Pairs
from pipeline.values.periods import Month, reporting_day
from schemas.edition import EDITIONS
from schemas.form import Form
from schemas.forms import forms_of
from schemas.mistake import Mistake
from schemas.office import OFFICES, read_office

EDITION, OFFICE, NEW_LINE = "jyg-2012.toml", "office.toml", "\n"


def settings_in(folder: Path) -> Path:
    """A copy of the office and of the editions, in one folder."""
    shutil.copytree(OFFICES / "jyg", folder, dirs_exist_ok=True)
    return shutil.copytree(EDITIONS, folder, dirs_exist_ok=True)


def mistake_in(folder: Path) -> Mistake:
    with pytest.raises(Mistake) as stopped:
        forms_of(read_office(folder, folder))
    return stopped.value


def mistake_after(folder: Path, file: str, old: str, new: str) -> tuple[str, str]:
    """What is said once ``new`` stands where ``old`` first stood, and the file and line where that is."""
    path = settings_in(folder) / file
    before, _, after = path.read_text(encoding="utf-8").partition(old)
    path.write_text(before + new + after, encoding="utf-8")
    return str(mistake_in(folder)), f"{file} 第 {(before + new).rstrip().count(NEW_LINE) + 1} 行："


# what stood there, what stands there now, what is said
RULES = {
    "line": ("T2.18 + T2.19 + T2.20", "T2.18 + T2.19 + T2.2O", "表 T2 没有“2O”行，最接近的是“20”"),
    "table": ("T2.02 <= T2.01", "T2.02 <= TT2.01", "没有表“TT2”，最接近的是“T2”"),
    "measure": ("channels:year_to_date", "channels:year_todate", "没有“year_todate”栏，最接近的是“year_to_date”"),
    "block": ("100 = sum(T1.channels", "100 = sum(T1.chanels", "没有“chanels”行，最接近的是“channels”"),
    "range": ("T2.21..31", "T2.21..311", "没有“311”行，最接近的是“31”"),
    "operator": ("T2.35 <= T2.34", "T2.35 < T2.34", "从“< T2.34”起读不懂"),
    "unfinished": ("T2.35 <= T2.34", "T2.35 <=", "没有写完"),
    "several for one": ("sum(T2.11..16)", "T2.11..16", "“T2.11”有 6 行，请写 sum(…) 或 each part of"),
    "unequal": ("each part of T2.*:year_to_date = T2.*", "each part of T1.*:year_to_date = T2.*", "行数不同（15、37）"),
    "nothing on the left": ("T2.35 <= T2.34", "1 <= T2.34", "左边没有指标"),
    "money and counts": (
        "T8.total_payers >= 1 when",
        "T8.total_payers >= T8.total_waived when",
        "“人次”（人次）和“元”（金额）不能放在一起",
    ),
    "cell": ('sum(T8.charged)"', 'sum(T8.chraged)"', "没有“chraged”行，最接近的是“charged”"),
    "field": ("row T6.reviewed", "row T6.reviewd", "没有“reviewd”行"),
    "a row with a line": (
        "row T6.reviewed <= T6.disclosed",
        "row T6.reviewed <= T2.01",
        "each row 只能比较一张台账里的日期栏",
    ),
    "each row forgotten": ("each row T6.made", "T6.made", "日期栏逐行比较，请写 each row"),
    "one place for many": ("each part of T2.*:year_to_date =", "each part of T2.10 + T2.* >=", "都会显示在 T2.10"),
}
TEXTS = {
    "left": ('left = "T2.01"', 'left = "T2.0l"', "没有“0l”行，最接近的是“01”"),
    "right": ('right = "T1.categories"', 'right = "T1.category"', "没有“category”行，最接近的是“categories”"),
    "place": ('at = "T1.200"', 'at = "T1.2000"', "没有“2000”行，最接近的是“200”"),
    "column": ('of = "T2.91", name', 'of = "T2.9l", name', "没有“9l”行，最接近的是“91”"),
    "headline": ('of = "T2.10", unit', 'of = "T2.1O", unit', "没有“1O”行，最接近的是“10”"),
    "compared": ('of = "T1.channels", name = "渠道"', 'of = "T1.channel", name = "渠道"', "最接近的是“channels”"),
    "printed": ('"ch7", of = "T1.107"', '"ch7", of = "T1.1O7"', "没有“1O7”行，最接近的是“107”"),
    "code list": ('codes = "channels"', 'codes = "channel"', "没有代码表“channel”，最接近的是“channels”"),
    "code list of a field": (
        'kind = "code", codes = "categories"',
        'kind = "code", codes = "category"',
        "没有代码表“category”，最接近的是“categories”",
    ),
    "code list of rows": ('rows = "fees"', 'rows = "fee"', "没有代码表“fee”，最接近的是“fees”"),
    "code list of columns": ('columns_from = "channels"', 'columns_from = "chanels"', "最接近的是“channels”"),
    "code list of an annual table": (
        'rows = "codes"\ncodes = "categories"',
        'rows = "codes"\ncodes = "categorys"',
        "没有代码表“categorys”，最接近的是“categories”",
    ),
    "code list forgotten": ('kind = "code", codes = "channels",', 'kind = "code",', "“首发渠道”缺少“codes”"),
    "crossed field": ('cross = ["category",', 'cross = ["categories",', "没有代码栏“categories”，最接近的是“category”"),
    "one crossed field": ('cross = ["category", "channel"]', 'cross = ["category"]', "“cross”要写两栏"),
    "lines of an annual table": ('lines = "T5.*"', 'lines = "T55.*"', "没有表“T55”，最接近的是“T5”"),
    "column of each row": ('of = "T6.{row}x" ', 'of = "T6.{row}y" ', "表 T6 没有“201y”行"),
    "cell of each row": (
        'of = "T8.{row}_waived"',
        'of = "T8.{row}_wavied"',
        "没有“801_wavied”行，最接近的是“801_waived”",
    ),
    "word for the row": ('of = "T8.{row}_exempt"', 'of = "T8.{code}_exempt"', "从“{code}_exempt”起读不懂"),
    "column of money and counts": (
        'of = "sum(T8.payers)"',
        'of = "sum(T8.payers) + sum(T8.waived)"',
        "“人次”（人次）和“元”（金额）不能放在一起",
    ),
    "column of dates": ('of = "T2.91", name', 'of = "T6.made", name', "“T6.made”：日期栏不能相加"),
    "kind of line": ('kind = "opening"', 'kind = "openning"', "“kind”写了“openning”，最接近的是“opening”"),
    "kind of number": (
        'name = "减免金额", unit = "元", number = "money"',
        'name = "减免金额", unit = "元", number = "mony"',
        "“number”写了“mony”，最接近的是“money”",
    ),
    "shape": ('shape = "register"', 'shape = "registry"', "“shape”写了“registry”，最接近的是“register”"),
    "mode": ('mode = "owner"', 'mode = "owners"', "“mode”写了“owners”，最接近的是“owner”"),
    "part for part": ('right = "T6.category"', 'right = "T6.channel"', "两边的行数不同（7、8）"),
    "parts for one": ('right = "T6.category"', 'right = "T6.rows"', "两边的行数不同（8、1）"),
    "claim of an owner": (
        'mode = "owner"\nleft = "T1.channels"',
        'mode = "owner"\nleft = "T1.chanels"',
        "A-07”：表 T1 没有“chanels”行",
    ),
    "record of an owner": ('right = "T7"', 'right = "T77"', "A-07”：没有主管单位填的表“T77”，最接近的是“T7”"),
    "record of nobody": ('right = "T7"', 'right = "T8"', "没有主管单位填的表“T8”，最接近的是“T7”"),
    "months before": ('right = "T1.*"', 'right = "T11.*"', "没有表“T11”，最接近的是“T1”"),
    "months declared": (
        'left = "T2.*:year_to_date"',
        'left = "T2.*:year_todate"',
        "没有“year_todate”栏，最接近的是“year_to_date”",
    ),
    "parent": (
        '"12", name = "2.传真申请数", unit = "条", parent = "10"',
        '"12", name = "2.传真申请数", unit = "条", parent = "1O"',
        "上级行“1O”不存在，最接近的是“10”",
    ),
    "line twice": ('code = "92"', 'code = "91"', "表 T2 的代码“91”出现了两次"),
    "rule twice": ('id = "T2-03"', 'id = "T2-02"', "编号“T2-02”出现了两次"),
    "agreement like a rule": ('id = "A-02"', 'id = "T2-02"', "编号“T2-02”出现了两次"),
    "level": ('level = "verify"', 'level = "verfy"', "“level”写了“verfy”，最接近的是“verify”"),
    "kind of cover field": ('kind = "prose"', 'kind = "essay"', "可用的有"),
    "key of a rule": ('level = "verify"', 'levl = "verify"', "不认识的项“levl”，最接近的是“level”"),
    "key of a line": ('{ code = "92", name', '{ code = "92", nmae', "不认识的项“nmae”，最接近的是“name”"),
    "key of a block": ('codes = "categories"', 'code = "categories"', "不认识的项“code”，最接近的是“codes”"),
    "place of the instructions": ('"{sending}"', '"{seding}"', "“{seding}”没有内容可填，最接近的是“sending”"),
    "brace of the instructions": ('"{sending}"', '"{sending"', "花括号不成对"),
    "key of a column": ('{ of = "T2.92"', '{ off = "T2.92"', "不认识的项“off”，最接近的是“of”"),
    "key at the top": ('title = "政府信息公开情况统计月报"', 'titel = "月报"', "不认识的项“titel”，最接近的是“title”"),
    "month": ('from = "2012-01"', 'from = "2012-1"', "“from”写了“2012-1”，月份要写成 2012-07 的样子"),
    "calendar month": ("months = [1]", "months = [13]", "“months”写了“13”，太大"),
    "number for text": ('id = "T2-03"', "id = 203", "“id”写了“203”，文字要加引号"),
    # what loads by the types of its values, and says nothing or two things
    "zero report without yes": ('choices = ["否", "是"]', 'choices = ["否", "对"]', "choices 里要有“是”"),
    "choice of nothing": ('choices = ["已逐条审查", "本月无公开信息"]', "", "“保密审查”是选择题，缺少“choices”"),
    "choices of a text": ('kind = "prose"\n', 'kind = "prose"\nchoices = ["甲"]\n', "用不上“choices”"),
    "choice twice": ('"已逐条审查", "本月无公开信息"', '"已逐条审查", "已逐条审查"', "“已逐条审查”写了两次"),
    "field like a label": ('name = "填报人"', 'name = "填报单位"', "封面已经有一项叫“填报单位”"),
    "heading twice": ('last_month = "上月实际"', 'last_month = "本期实际"', "“last_month”和“month”都叫“本期实际”"),
    "heading empty": ('note = "说明"', 'note = ""', "“note”是空的"),
    "name empty": ('name = "提供服务类信息数"', 'name = ""', "“name”是空的"),
    "unit with a space": (
        'name = "提供服务类信息数", unit = "条"',
        'name = "提供服务类信息数", unit = " 条"',
        "“ 条”，首尾有空格",
    ),
    "two lines of one name": ('name = "网上咨询数"', 'name = "现场接待人数"', "“现场接待人数”已经是 06 行的名称"),
    "no month": ("months = [1]", "months = []", "“months”是空的，一个月也不问"),
    "month twice": ("months = [1]", "months = [1, 1]", "“months”里“1”写了两次"),
    "text for a line": ('{ code = "01", name', '"01", { code = "01", name', "要写成 { 名称 = 值, … }"),
    "place of a date": ('at = "T4.401"', 'at = "T6.made"', "at 要写表里填数的一行"),
    "ask with braces": ('ask = "现场接待', 'ask = "{T2.06}现场接待', "ask 里没有内容可填"),
    "owner of nothing": (
        'mode = "owner"\nleft = "T1.channels"',
        'mode = "owner"\nleft = "T1.categories"',
        "各栏里没有",
    ),
    "months of no months": ('left = "T1.*:year_to_date"', 'left = "T1.*"', "左边写本年累计"),
    "remainder part by part": (
        'each = true\nleft = "T1.categories"',
        'each = true\nremainder = "其余"\nleft = "T1.categories"',
        "remainder 只用于",
    ),
    "rows without a row": ('{ of = "T8.{row}_charged" }', '{ of = "T2.91" }', "各行用 {row} 区分"),
    "table like a word of the templates": ('id = "表6"', 'id = "正文"', "“正文”是稿子模板自己用的"),
    "columns from two places": (
        'columns_from = "channels"',
        'column = [{ code = "a", name = "甲", unit = "件" }]\ncolumns_from = "channels"',
        "就不写 columns_from",
    ),
    "column too narrow": (
        "required = true, width = 34",
        "required = true, width = 0",
        "“信息名称”的 width 写了 0，太窄",
    ),
    "was itself": (
        'name = "提供服务类信息数", unit = "条"',
        'name = "提供服务类信息数", unit = "条", was = "jyg-2012:T2.05"',
        "就是这份表式自己",
    ),
    "several bases": ('id = "jyg-2012"\n', 'id = "jyg-2012"\nextends = ["sfs-2012"]\n', "要写一份表式的编号，加引号"),
    "quotation mark": ('level = "verify"', 'level = "verify', "TOML 写法有误"),
    "key twice": ('level = "verify"', 'id = "X"', "TOML 写法有误"),
}


NAMES = {
    "id of a table in Chinese": ('id = "T3"', 'id = "表丙"', "表的 id“表丙”只能用英文字母和数字"),
    "id of a table with a hyphen": ('id = "T3"', 'id = "T-3"', "表的 id“T-3”只能用英文字母和数字"),
    "code with a dot": ('{ code = "13", name', '{ code = "1.3", name', "代码“1.3”只能用英文字母和数字"),
    "id that is not the file's": ('id = "jyg-2012"', 'id = "other"', "文件名却是“jyg-2012.toml”"),
    "a line above itself": (
        '"11", name = "其中：1.当面申请数", unit = "条", parent = "10"',
        '"11", name = "其中：1.当面申请数", unit = "条", parent = "11"',
        "上级行绕成了圈（11→11）",
    ),
    "two lines above each other": (
        'name = "申请总数", unit = "条"',
        'name = "申请总数", unit = "条", parent = "11"',
        "上级行绕成了圈（10→11→10）",
    ),
    "sheet called like the cover": ('sheet = "公开台账"', 'sheet = "封面"', "“封面”是月报里已有的一张"),
    "sheet with brackets": ('sheet = "公开台账"', 'sheet = "台账[1]"', "“台账[1]”里有 Excel 不允许的字符"),
    "sheet that is too long": ('sheet = "公开台账"', f'sheet = "{"公开台账" * 8}"', "有 32 个字，太长"),
    "annual sheet with a colon": ('sheet = "表11 文件服务访问"', 'sheet = "表11：服务:访问"', "Excel 不允许的字符"),
    "annual sheet called like one of ours": ('sheet = "表11 文件服务访问"', 'sheet = "目录"', "是汇总表里已有的一张"),
    "annual sheet twice": ('sheet = "表11 文件服务访问"', 'sheet = "表10 民生领域"', "已经是 表10 的"),
    "annual id twice": ('id = "表11"', 'id = "表10"', "年度表的 id“表10”出现了两次"),
    "validity the wrong way round": ('from = "2012-01", to = "2013-12"', 'from = "2013-12", to = "2012-01"', "还没有开始就结束了"),
}  # fmt: skip
WISHES = {
    ">": ("T2.02 > T2.01", "没有“大于”，只能写 =、<=、>="),
    "!=": ("T2.02 != T2.01", "没有“不等于”，只能写 =、<=、>="),
    "product": ("T2.02 <= T2.01 * T2.03", "两个指标不能相乘"),
    "division": ("T2.02 / T2.01 <= 2", "不能相除"),
    "brackets": ("T2.02 <= (T2.01 + T2.03)", "除了 sum(…) 不能用括号"),
    "or": ("T2.02 <= T2.01 or T2.03 = 0", "没有“或”：请分成两条规则"),
    "full-width sign": ("T2.02 <= T2.01 ＋ T2.03", "“＋”是全角的，请改用半角的“+”"),
    "months to come": ("T2.02 <= T2.01@+1", "不能看以后的月份"),
    "half": ("T2.02 <= 0.5*T2.01", "倍数只能是整数"),
}


EDITIONS_OWN = RULES | TEXTS | NAMES


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param(*mistake, id=name, marks=[pytest.mark.slow] * (n % 2))
        for n, (name, mistake) in enumerate(EDITIONS_OWN.items())
    ],
)
def test_a_mistake_in_an_edition_is_shown_at_its_line_with_what_was_meant(tmp_path, old, new, says):
    said, place = mistake_after(tmp_path, EDITION, old, new)

    assert said.startswith(place)
    assert says in said


@pytest.mark.parametrize(("rule", "says"), WISHES.values(), ids=WISHES)
def test_a_wish_that_no_rule_can_fulfil_is_told_what_can_be_written(tmp_path, rule, says):
    said, place = mistake_after(tmp_path, EDITION, "T2.02 <= T2.01", rule)

    assert said.startswith(place)
    assert says in said


def test_a_side_that_has_fewer_lines_says_which_are_missing(tmp_path):
    old, new = "each part of T2.*:year_to_date = T2.*", "each part of T3.*:year_to_date = T3.*"
    said, place = mistake_after(tmp_path, EDITION, old, new)

    assert said.startswith(place)
    assert "两边的行数不同（3、5），301、305 行只有一边有" in said


def loaded_after(folder: Path, file: str, old: str, new: str) -> Form:
    """The form once ``new`` stands where ``old`` first stood."""
    path = settings_in(folder) / file
    before, found, after = path.read_text(encoding="utf-8").partition(old)
    assert found
    path.write_text(before + new + after, encoding="utf-8")
    (form,) = forms_of(read_office(folder, folder))
    return form


def test_a_duty_that_nobody_has_yet_asks_nobody(tmp_path):
    form = loaded_after(tmp_path, EDITION, 'duty = "heat"', 'duty = "heating"')

    assert [entry.asked_of for entry in form.entries.values() if entry.asked_of == frozenset()] == [frozenset()]


def test_a_rule_may_add_up_a_list_of_lines(tmp_path):
    form = loaded_after(tmp_path, EDITION, "T2.02 <= T2.01", "T2.02 <= sum(T2.01, T2.03)")
    (statement,) = (s for s in form.statements if s.rule == "T2-02")

    assert [str(ref) for ref in statement.refs] == ["T2.02", "T2.01", "T2.03"]


@pytest.mark.parametrize(
    ("rule", "value", "holds"),
    [
        ("<=", 11, True),
        ("<=", 12, True),
        ("<=", 13, False),
        ("=", 8, True),
        ("=", 7, False),
        (">=", 8, True),
        (">=", 7, False),
    ],
)
def test_a_rule_may_be_broken_by_as_much_as_its_tolerance(tmp_path, rule, value, holds):
    holds_line = 'holds = "T2.02 <= T2.01"'
    form = loaded_after(tmp_path, EDITION, holds_line, f'holds = "T2.02 {rule} T2.01"\ntolerance = 2')
    (statement,) = (s for s in form.statements if s.rule == "T2-02")
    difference = value - 10

    assert statement.claim.tolerance == 2
    assert statement.claim.holds(difference) == holds


@pytest.mark.parametrize(("gap", "asked"), [(-3, True), (-2, False), (0, False), (2, False), (3, True)])
def test_two_tables_may_be_apart_by_as_much_as_their_agreements_tolerance(tmp_path, gap, asked):
    form = loaded_after(tmp_path, EDITION, 'id = "A-01"', 'id = "A-01"\ntolerance = 2')
    (meeting,) = (meeting for meeting in form.meetings if meeting.agreement.id == "A-01")
    sides = pd.DataFrame({"left": [10 + gap], "right": [10]}, dtype="Int64")
    pairs = Pairs("A-01", "", "", "", meeting.left.refs[0], sides, meeting.quantity, tolerance=meeting.tolerance)

    assert len(pairs.beyond(sides)) == asked
    assert {s.claim.holds(gap) for s in form.statements if s.rule == "A-01"} == {not asked}


def test_the_last_day_of_a_short_month_is_the_day_it_has_not(tmp_path):
    (settings_in(tmp_path) / OFFICE).write_text(
        (OFFICES / "jyg" / OFFICE).read_text(encoding="utf-8").replace("day = 5", "day = 31"), encoding="utf-8"
    )
    office = read_office(tmp_path, tmp_path)

    assert [reporting_day(Month(2012, month), office).isoformat() for month in (1, 2, 3)] == [
        "2012-02-29", "2012-03-31", "2012-04-30",
    ]  # fmt: skip


MISSING = {
    "of a rule": ('holds = "T2.03 <= T2.01"\n', '[[rule]]\nid = "T2-03"', "缺少“holds”"),
    "of a line": (', name = "现场查阅人次"', '{ code = "91", unit = "人次", section', "缺少“name”"),
    "of a matrix": ('rows = "fees"\n', '[[table]]\nid = "T8"', "表 T8 缺少“rows”"),
    "of an annual table of codes": ('codes = "categories"\n', '[[annual]]\nid = "表4"', "表4 缺少“codes”"),
    "of an annual table of lines": ('lines = "T5.*"\n', '[[annual]]\nid = "表10"', "表10 缺少“lines”"),
    "at the top": ('title = "政府信息公开情况统计月报"\n', "# 政府信息公开情况统计月报", "缺少“title”"),
}


@pytest.mark.parametrize(("gone", "named", "says"), MISSING.values(), ids=MISSING)
def test_what_is_missing_is_shown_where_its_table_begins(tmp_path, gone, named, says):
    said, _ = mistake_after(tmp_path, EDITION, gone, "")
    before, _, _ = (tmp_path / EDITION).read_text(encoding="utf-8").partition(named)

    assert said == f"{EDITION} 第 {before.count(NEW_LINE) + 1} 行：{says}。"


OFFICES_OWN = {
    "edition": (OFFICE, '["jyg-2012"]', '["jyg-2021"]', "没有表式“jyg-2021”，最接近的是“jyg-2012”"),
    "postponement": (OFFICE, '"workday"', '"workdays"', "“postpone”写了“workdays”，最接近的是“workday”"),
    "key of the head": (OFFICE, "form_no =", "from_no =", "不认识的项“from_no”，最接近的是“form_no”"),
    "no edition": (OFFICE, '["jyg-2012"]', "[]", "editions 是空的，请写上要用的表式"),
    "edition twice": (OFFICE, '["jyg-2012"]', '["jyg-2012", "jyg-2012"]', "“jyg-2012”在 editions 里写了两次"),
    "no day": (OFFICE, "day = 5", "day = 0", "“day”写了“0”"),
    "day": (OFFICE, "day = 5", 'day = "五"', "“day”写了“五”，要写整数"),
    "key": (OFFICE, "contact =", "contacts =", "不认识的项“contacts”，最接近的是“contact”"),
    "empty name": (OFFICE, 'name = "嘉峪关市人民政府办公室"', 'name = ""', "“name”是空的"),
    "place of a sentence": (OFFICE, "{due}", "{deu}", "“{deu}”没有内容可填，最接近的是“due”"),
    "head of another form": (
        OFFICE,
        "[head]\n",
        '[head]\nof = { jyg-2021 = { form_no = "甲" } }\n',
        "没有用表式“jyg-2021”，最接近的是",
    ),
    "limit below nothing": (OFFICE, "identical_nonzero = 5", "identical_nonzero = -5", "太小，最小是 0"),
    "list called like the units": (OFFICE, "[codes]\n", '[codes]\nunits = "channels.csv"\n', "代码表不能叫“units”"),
    "two codes of one name": ("channels.csv", "新闻媒体,新闻媒体", "政府公报,新闻媒体", "“政府公报”同时是 104 和 105"),
    "space in a code": ("units.csv", "620200-005,", "620200 005,", "有空格或换行"),
    "duty twice": ("duties.csv", "heat,620200-019", "heat,620200-019\nheat,620200-019", "写了两次"),
    "day twice": (
        "holidays.csv",
        "name\n",
        "name\n2012-10-01,holiday,国庆节\n2012-10-01,workday,国庆节",
        "2012-10-01 写了两次",
    ),
    "code twice": ("units.csv", "620200-005,", "620200-004,", "代码“620200-004”出现了两次"),
    "unit of a duty": (
        "duties.csv",
        "heat,620200-019",
        "heat,620200-199",
        "单位“620200-199”不在名录里，最接近的是“620200-019”",
    ),
    "key of a duty": ("duties.csv", "duty,unit", "duty,units", "不认识的列“units”，最接近的是“unit”"),
    "owner of a channel": (
        "channels.csv",
        "政府公报,政府公报,,,,620200-004",
        "政府公报,政府公报,,,,620200-094",
        "单位“620200-094”不在名录里，最接近的是“620200-004”",
    ),
    "no name": ("units.csv", "620200-005,嘉峪关市信息化工作办公室", "620200-005,", "缺少“name”"),
    "month": ("units.csv", "2009-12,2019-06,", "2009-12,Jun-19,", "“valid_to”写了“Jun-19”，月份要写成 2012-07 的样子"),
    "comma in a name": ("categories.csv", "政策、规范性文件", "政策,规范性文件", "“valid_from”写了“政策文件”"),
    "comma at the end": ("categories.csv", "201,机构职能,机构职能,,,", "201,机构职能,机构职能,,,别名,别名", "多出几格"),
    "column": ("channels.csv", "code,name,short", "code,nmae,short", "不认识的列“nmae”，最接近的是“name”"),
    "date": (
        "holidays.csv",
        "name\n",
        "name\n10月1日,holiday,国庆节",
        "“date”写了“10月1日”，日期要写成 2012-10-01",
    ),
    "kind of day": (
        "holidays.csv",
        "name\n",
        "name\n2012-10-01,holliday,国庆节",
        "写了“holliday”，最接近的是“holiday”",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "says"), OFFICES_OWN.values(), ids=OFFICES_OWN)
def test_a_mistake_of_the_office_is_shown_at_its_line(tmp_path, file, old, new, says):
    said, place = mistake_after(tmp_path, file, old, new)

    assert said.startswith(place)
    assert says in said


def test_a_code_that_stands_in_two_lists_of_a_table_is_shown_at_the_table(tmp_path):
    said, _ = mistake_after(tmp_path, "categories.csv", "208,其他,其他", "107,其他,其他")
    before, _, _ = (tmp_path / EDITION).read_text(encoding="utf-8").partition('[[table]]\nid = "T1"')

    assert said.startswith(f"{EDITION} 第 {before.count(NEW_LINE) + 1} 行：表 T1 的代码“107”出现了两次")


@pytest.mark.parametrize("file", [EDITION, OFFICE, "units.csv", "channels.csv"])
def test_a_file_saved_as_gbk_is_told_to_be_saved_as_utf_8(tmp_path, file):
    path = settings_in(tmp_path) / file
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))

    assert str(mistake_in(tmp_path)) == f"{file}：文件不是 UTF-8 编码，请另存为 UTF-8（CSV UTF-8）后再试。"


@pytest.mark.parametrize("file", [OFFICE, "units.csv", "channels.csv"])
def test_a_file_that_is_gone_is_named(tmp_path, file):
    (settings_in(tmp_path) / file).unlink()

    assert f"{file}：找不到这个文件" in (told := str(mistake_in(tmp_path))) or f"找不到文件“{file}”" in told


def test_lines_for_units_with_a_duty_need_a_list_of_duties(tmp_path):
    (settings_in(tmp_path) / "duties.csv").unlink()

    said = str(mistake_in(tmp_path))
    assert said.startswith("duties.csv：找不到这个文件。")
    assert "education、health、family、water、heat、transit" in said
    assert said.endswith("请写一份：duty,unit 两栏，一行一个单位；没有单位承担的，单位留空。")


@pytest.mark.parametrize("rows", ["", "health,\nheat,\n"])
def test_a_duty_that_nobody_has_is_no_obstacle(tmp_path, rows):
    (settings_in(tmp_path) / "duties.csv").write_text("duty,unit\n" + rows, encoding="utf-8")
    office = read_office(tmp_path, tmp_path)

    assert forms_of(office)
    assert set().union(*office.duties.values()) == set()


def test_an_office_needs_no_file_that_would_be_empty(tmp_path):
    (settings_in(tmp_path) / "holidays.csv").unlink()

    assert read_office(tmp_path, tmp_path).days == ()


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = settings_in(tmp_path) / "units.csv"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")

    assert forms_of(read_office(tmp_path, tmp_path))
