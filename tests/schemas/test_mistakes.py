"""A mistake in an edition or an office stops the run with file, line, what is wrong and what was meant."""

import shutil
from pathlib import Path

import pytest

from schemas.edition import EDITIONS
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
    "one place for many": ("each part of T2.*:year_to_date =", "each part of T2.10 + T2.* >=", "都会显示在 T2.10"),
}
TEXTS = {
    "left": ('left = "T2.01"', 'left = "T2.0l"', "没有“0l”行，最接近的是“01”"),
    "right": ('right = "T1.categories"', 'right = "T1.category"', "没有“category”行，最接近的是“categories”"),
    "place": ('at = "T1.200"', 'at = "T1.2000"', "没有“2000”行，最接近的是“200”"),
    "column": ('of = "T2.91", name', 'of = "T2.9l", name', "没有“9l”行，最接近的是“91”"),
    "headline": ('of = "T2.10", unit', 'of = "T2.1O", unit', "没有“1O”行，最接近的是“10”"),
    "printed": ('"ch7", of = "T1.107"', '"ch7", of = "T1.1O7"', "没有“1O7”行，最接近的是“107”"),
    "code list": ('codes = "channels"', 'codes = "channel"', "没有代码表“channel”，最接近的是“channels”"),
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
    "key of the head": ("approval =", "aproval =", "不认识的项“aproval”，最接近的是“approval”"),
    "key of a column": ('{ of = "T2.92"', '{ off = "T2.92"', "不认识的项“off”，最接近的是“of”"),
    "key at the top": ('title = "政府信息公开情况统计月报"', 'titel = "月报"', "不认识的项“titel”，最接近的是“title”"),
    "month": ('from = "2012-01"', 'from = "2012-1"', "“from”写了“2012-1”，月份要写成 2012-07 的样子"),
    "calendar month": ("months = [1]", "months = [13]", "“months”写了“13”，太大"),
    "number for text": ('id = "T2-03"', "id = 203", "“id”写了“203”，文字要加引号"),
    "quotation mark": ('level = "verify"', 'level = "verify', "TOML 写法有误"),
    "key twice": ('level = "verify"', 'id = "X"', "TOML 写法有误"),
}


@pytest.mark.parametrize(("old", "new", "says"), (RULES | TEXTS).values(), ids=RULES | TEXTS)
def test_a_mistake_in_an_edition_is_shown_at_its_line_with_what_was_meant(tmp_path, old, new, says):
    said, place = mistake_after(tmp_path, EDITION, old, new)

    assert said.startswith(place)
    assert says in said


MISSING = {
    "of a rule": ('holds = "T2.03 <= T2.01"\n', '[[rule]]\nid = "T2-03"', "缺少“holds”"),
    "of a line": (', name = "现场查阅人次"', '{ code = "91", unit = "人次", section', "缺少“name”"),
    "of the head": ('form_no = "嘉信公月1表"\n', "[head]", "缺少“form_no”"),
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
    "day": (OFFICE, "day = 5", 'day = "五"', "“day”写了“五”，要写整数"),
    "key": (OFFICE, "contact =", "contacts =", "不认识的项“contacts”，最接近的是“contact”"),
    "code twice": ("units.csv", "620200-005,", "620200-004,", "代码“620200-004”出现了两次"),
    "no name": ("units.csv", "620200-005,嘉峪关市信息化工作办公室", "620200-005,", "缺少“name”"),
    "month": ("units.csv", "2009-12,2019-06,", "2009-12,Jun-19,", "“valid_to”写了“Jun-19”，月份要写成 2012-07 的样子"),
    "comma in a name": ("categories.csv", "政策、规范性文件", "政策,规范性文件", "“valid_from”写了“政策文件”"),
    "comma at the end": ("categories.csv", "201,机构职能,机构职能,,,", "201,机构职能,机构职能,,,别名,别名", "多出几格"),
    "column": ("channels.csv", "code,name,short", "code,nmae,short", "不认识的列“nmae”，最接近的是“name”"),
    "date": (
        "holidays.csv",
        "name\n",
        "name\n2012/10/1,holiday,国庆节",
        "“date”写了“2012/10/1”，日期要写成 2012-10-01",
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


@pytest.mark.parametrize("file", [EDITION, OFFICE, "units.csv", "channels.csv"])
def test_a_file_saved_as_gbk_is_told_to_be_saved_as_utf_8(tmp_path, file):
    path = settings_in(tmp_path) / file
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))

    assert str(mistake_in(tmp_path)) == f"{file}：文件不是 UTF-8 编码，请另存为 UTF-8（CSV UTF-8）后再试。"


@pytest.mark.parametrize("file", [OFFICE, "units.csv", "channels.csv"])
def test_a_file_that_is_gone_is_named(tmp_path, file):
    (settings_in(tmp_path) / file).unlink()

    assert str(mistake_in(tmp_path)).startswith(f"{file}：找不到这个文件")


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = settings_in(tmp_path) / "units.csv"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")

    assert forms_of(read_office(tmp_path, tmp_path))
