"""The folder of a new office: settings for an engineer, lists for the office, forms of its own where one is needed."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from pipeline.desk.office.answers import Answers
from pipeline.desk.office.forms import duties_of, own_form
from pipeline.desk.office.sheets import Column, write_list
from pipeline.values.files import OURS
from schemas.forms import forms_of
from schemas.lists import title_of
from schemas.mistake import CannotRun
from schemas.office import DUTIES, HOLIDAYS, OFFICE, OWN_EDITIONS, UNITS, Office, read_office
from schemas.written_lists import XLSX


def write_office(folder: Path, answers: Answers) -> Office:
    """The office in its folder, read again and found whole. Raises CannotRun; then there is no folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotRun(f"“{folder}”已经有内容，没有改动。请换一个文件夹，或先把它移开。")
    made = folder.absolute().parent / f"{OURS}{folder.absolute().name}"
    shutil.rmtree(made, ignore_errors=True)
    try:
        made.mkdir(parents=True)
        _write(made, answers)
        forms_of(read_office(made))
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return read_office(folder)


def _write(folder: Path, answers: Answers) -> None:
    lengths = [form.length for form in answers.forms]
    forms = [own_form(form, answers.first, alone=lengths.count(form.length) == 1) for form in answers.forms]
    if any(text for _, text in forms):
        (folder / OWN_EDITIONS).mkdir()
    for name, text in forms:
        if text:
            (folder / OWN_EDITIONS / f"{name}.toml").write_text(text, encoding="utf-8")
    (folder / OFFICE).write_text(_settings(answers, [name for name, _ in forms]), encoding="utf-8")
    rows: list[Sequence[str]] = [[u.code, u.name, u.short, u.kind, "", "", "", "", ""] for u in answers.units]
    write_list(folder / UNITS.xlsx, "填报单位", _UNITS, rows)
    for name, codes in answers.lists.items():
        write_list(
            folder / _file(name), title_of(name), _CODES, [[c.code, c.name, c.short, "", "", "", ""] for c in codes]
        )
    about = duties_of(answers.forms)
    having = [[duty, about[duty], unit] for duty, units in answers.duties.items() for unit in units or ("",)]
    if about:
        write_list(folder / DUTIES.xlsx, "职责分工", _DUTIES, having)
    write_list(folder / HOLIDAYS.xlsx, "放假安排", _DAYS, [])


def _file(name: str) -> str:
    return f"{title_of(name)}{XLSX}"


def _settings(answers: Answers, forms: Sequence[str]) -> str:
    """office.toml; what an office need not set is not there, and as usual."""
    known = {
        "name": answers.name, "area": answers.area, "region_code": answers.code, "reports_to": answers.reports_to,
        "contact": answers.contact, "scope": answers.scope,
    }  # fmt: skip
    lines = [
        f"# {answers.name}：收表的办公室。名单在旁边的 Excel 工作簿里改，这里只写不常改的。",
        "# 没有写的（提示的限额、字体等）用默认值，写法见 schemas/offices/jyg/office.toml。",
        f"id = {_text(answers.code)}",
        *(f"{key} = {_text(value)}" for key, value in known.items()),
        f"editions = {json.dumps(list(forms), ensure_ascii=False)}",
        "",
        "[deadline]",
        f"day = {answers.due}    # 每期过后几日前报送；遇节假日顺延到下一个工作日",
        "",
        "[receipt]",
        f"paper = {'true' if answers.paper else 'false'}    # 是否还要纸质件",
        *(["", "[head]", f"form_no = {_text(answers.form_no)}"] if answers.form_no else []),
        *(["", "[codes]"] if answers.lists else []),
        *(f"{name} = {_text(_file(name))}" for name in answers.lists),
    ]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


_SPAN = (
    Column("起始月份", 11, "从哪个月起，写成 2012-07；一直有的不填"),
    Column("最后月份", 11, "到哪个月为止（含）；没有撤销、停用的不填"),
)
_ALIASES = Column("别名", 24, "月报上可能出现的其他写法，几个的用分号隔开")
_CODE = Column("代码", 14, "一个代码用一次，定了就不要改：以往的月报靠它认")
_UNITS = (
    _CODE,
    Column("名称", 34, "全称，印在表上"),
    Column("简称", 18, "汇总表里用的名称"),
    Column("类别", 14, "汇总表按它分组，如：乡镇、部门"),
    Column("上级单位代码", 14, "由哪个单位汇总；没有的不填"),
    *_SPAN,
    Column(
        "接替单位代码",
        14,
        "撤销后由哪个单位接替，分成几个的用分号隔开；没有的不填。更名的：旧名写上最后月份，再加一行同一代码的新名",
    ),
    _ALIASES,
)
_CODES = (
    _CODE,
    Column("名称", 34, "全称，印在表上；改了会印成新的"),
    Column("简称", 18, "汇总表里用的名称"),
    *_SPAN,
    _ALIASES,
    Column("主管单位", 18, "自己另有一份记录可以核对的单位，写代码或简称；没有的不填"),
)
_DUTIES = (
    Column("职责", 14, "表式里用的代号，不要改"),
    Column("填报内容", 60, "有这项职责的单位要填什么，只供查看"),
    Column("单位", 24, "由哪个单位填，写代码或简称；几个单位的写几行；没有单位承担的不填"),
)
_DAYS = (
    Column("日期", 14, "国务院公布的放假、调休已经内置，不用写；这里只写本地另有安排的，或程序说还不知道的年度"),
    Column("放假或上班", 14, "放假，或周末上班", ("放假", "上班")),
    Column("名称", 24, "什么日子，可以不填"),
)
