"""What people get wrong in a form or an office is told in Chinese with file, line and what was meant; none passes."""

import datetime as dt
import re
import shutil
import tomllib
from pathlib import Path
from random import Random

import openpyxl
import pytest

from pipeline.desk.edition.lines import lines
from pipeline.desk.edition.subject import subject_of
from schemas.mistake import Mistake
from schemas.office import read_office
from schemas.toml_mistakes import unreadable

HERE = Path(__file__).parent
SLIPS = tomllib.loads((HERE / "slips.toml").read_text("utf-8"))["slip"]
CODE_HEAD = ["代码", "名称", "简称", "起始月份", "最后月份", "别名", "主管单位"]
UNIT_HEAD = ["代码", "名称", "简称", "类别", "上级单位代码", "起始月份", "最后月份", "接替单位代码", "别名"]
LISTS = {
    "单位名录": [
        UNIT_HEAD,
        *(
            [f"411700-00{n}", name, name, kind]
            for n, (name, kind) in enumerate((("教育局", "部门"), ("卫生局", "部门"), ("白水镇", "乡镇")), 1)
        ),
    ],
    "公开渠道": [CODE_HEAD, ["101", "政府门户网站", "门户网站"]],
    "信息类别": [CODE_HEAD, ["201", "机构职能", "机构职能"]],
    "收费项目": [CODE_HEAD, ["801", "检索费", "检索费"]],
    "职责分工": [["职责", "填报内容", "单位"], ["education", "教育", None]],
}
TWICE = "code,name,short,kind\n411700-001,教育局,教育局,部门\n411700-001,卫生局,卫生局,部门\n"
# What is done to a workbook of the office, by the cell.
CELLS = {
    "dates": {"F2": dt.date(2026, 1, 1), "F3": dt.date(2026, 3, 15)},
    "code_twice": {"A3": "411700-001"},
    "name_twice": {"B3": "教育局"},
    "parent": {"E3": "411700-009"},
    "until": {"F2": "2026-05", "G2": "2025-12"},
    "head": {"F1": "启始月份", "F2": "2026-01"},
    "duty": {"C2": "教育据"},
}


@pytest.fixture
def office(tmp_path):
    """A county's office with a monthly form, the yearly one that it tells, and its lists in workbooks."""
    folder = shutil.copytree(HERE / "counter", tmp_path / "counter")
    for name, rows in LISTS.items():
        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.worksheets[0].append(row)
        workbook.save(folder / f"{name}.xlsx")
    return folder


def slip(folder: Path, how: dict[str, str]) -> str:
    """A slip is made in the office; the text of the file afterwards, where it is one."""
    path = folder / how["file"]
    if path.suffix == ".xlsx":
        workbook = openpyxl.load_workbook(path)
        for cell, value in CELLS[how["how"]].items():
            workbook.worksheets[0][cell] = value
        workbook.save(path)
        return ""
    if how.get("how") == "utf16":
        (folder / "单位名录.xlsx").unlink()
        path.write_text(TWICE, "utf-16")
        return ""
    text = path.read_text("utf-8")
    if how.get("how") == "gbk":
        path.write_bytes(text.encode("gbk"))
        return ""
    assert how["find"] in text
    text = text.replace(how["find"], how["put"], 1)
    path.write_text(text, "utf-8")
    return text


def said(folder: Path) -> list[str]:
    """What is said of the office's forms, those that are its own and the national one."""
    try:
        office = read_office(folder)
        names = [*office.settings.editions, *(["cn"] if "cn" not in office.settings.editions else [])]
        return [concern.words for name in names for concern in lines(subject_of(name, office))]
    except Mistake as stopped:
        return [str(stopped)]


def test_the_office_and_its_forms_are_sound(office):
    assert [words for words in said(office) if "填了没有用处" not in words] == []


def in_their_lanes(slips: list[dict[str, str]]) -> list[object]:
    """Each slip by its name; one of five in the default lane."""
    marks = [[] if n % 5 == 0 else [pytest.mark.slow] for n in range(len(slips))]
    return [pytest.param(one, id=one["name"].replace(" ", "-"), marks=m) for one, m in zip(slips, marks, strict=True)]


@pytest.mark.parametrize("how", in_their_lanes(SLIPS))
def test_a_slip_is_told_with_file_line_and_what_was_meant(office, how):
    text = slip(office, how)
    at = Path(how.get("at_file", how["file"]))
    if "at_file" in how:
        text = (office / "editions" / at).read_text("utf-8")
    before = text[: text.rindex(how["line"])] if how.get("line") else ""
    where = f"{at.name} 第 {before.count(chr(10)) + 1} 行" if before else at.name

    told = [words for words in said(office) if all(word in words for word in how["says"])]

    assert [words for words in told if words.startswith(where)], said(office)


# Texts that are no TOML, and the line and the words of what is said of each.
NO_TOML = {
    "a list without an end": ('a = [\n    "甲",\n    "乙"\n\n[b]\nc = 1\n', 3, "方括号没有关上"),
    "a text with quotes in it": ('a = 1\nb = "他说"好"了"\n', 2, '从“好"了"”起读不懂'),
    "a path": ('a = "C:\\月报"\n', 1, "请写成“/”"),
    "a key in Chinese": ('a = 1\n名称 = "甲"\n', 2, "读不懂"),
    "a day that is none": ("a = 2026-02-30\n", 1, "“2026-02-30”读不懂"),
    "a key twice in one line": ("a = { b = 1, b = 2 }\n", 1, "“b”在同一处写了两次"),
    "an end in the midst": ("a = { b = 1", 1, "花括号"),
    "two on one line": ("a = 1 b = 2\n", 1, "一行写一项"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_TOML)
def test_a_text_that_is_no_toml_is_told_in_chinese_with_its_line(name):
    text, line, words = NO_TOML[name]
    with pytest.raises(tomllib.TOMLDecodeError) as stopped:
        tomllib.loads(text)

    at, told = unreadable(text, str(stopped.value))

    assert (at, words in told) == (line, True), told
    assert not re.search("[A-Za-z]{4,}", told.replace("true", "").replace("false", ""))


def slipped(text: str, chance: Random) -> str:
    """A text with one sign lost, doubled or typed in full width, or two of its lines exchanged."""
    at = chance.randrange(len(text))
    lines_ = text.splitlines(keepends=True)
    one, other = chance.sample(range(len(lines_)), 2)
    lines_[one], lines_[other] = lines_[other], lines_[one]
    wide = chr(ord(text[at]) + 0xFEE0) if "!" <= text[at] <= "~" else "　"
    return chance.choice(
        [text[:at] + text[at + 1 :], text[: at + 1] + text[at:], text[:at] + wide + text[at + 1 :], "".join(lines_)]
    )


@pytest.mark.slow
def test_no_slip_of_the_hand_breaks_more_than_itself(office):
    chance, told = Random(14), []  # noqa: S311
    for _ in range(150):
        file = office / chance.choice(["editions/chuangkou.toml", "editions/chuangkou-nian.toml", "office.toml"])
        text = file.read_text("utf-8")
        file.write_text(slipped(text, chance), "utf-8")
        told += [words for words in said(office) if "填了没有用处" not in words]
        file.write_text(text, "utf-8")

    assert len(told) > 50
    assert [words for words in told if re.search("[A-Za-z]{3,} [a-z]{2,} [a-z]+", words.partition("：")[2])] == []
