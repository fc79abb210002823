"""What is asked about a new office, in the order in which it is asked; every answer may also be given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pipeline.desk.office.asker import Asker
from pipeline.desk.office.forms import duties_of, lists_of, offered, told, usual_forms
from pipeline.desk.office.pasted import codes_of, pasted, units_of
from pipeline.values.spoken_of import parse_period
from schemas.codes import Code
from schemas.edition import Edition
from schemas.lists import title_of, usual
from schemas.mistake import CannotRun, nearest
from schemas.naming import CODE
from schemas.office import LEVELS
from schemas.units import UnitRow

SEAT = "人民政府"  # in the name of an office: what stands before it is its area
STAND_INS = "示例单位一\n示例单位二\n示例单位三"  # where nobody names any units


@dataclass(frozen=True)
class Given:
    """What was given with the command; "" or nothing where it was not."""

    name: str = ""
    area: str = ""
    code: str = ""
    reports_to: str = ""
    contact: str = ""
    scope: str = ""
    form_no: str = ""
    due: str = ""
    paper: str = ""
    first: str = ""
    forms: tuple[str, ...] = ()
    units: str = ""
    lists: Mapping[str, str] = field(default_factory=dict)
    duties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """What is known of a new office."""

    name: str
    area: str
    code: str
    reports_to: str
    contact: str
    scope: str
    form_no: str
    due: int
    paper: bool
    first: str
    forms: tuple[Edition, ...]
    units: tuple[UnitRow, ...]
    lists: Mapping[str, tuple[Code, ...]]
    duties: Mapping[str, tuple[str, ...]]  # by id: the units that have it


def ask(folder: Path, given: Given, asker: Asker, this_month: str) -> Answers:
    """Every answer, given, typed or usual. Raises CannotRun where one cannot be."""
    said: Callable[..., str] = asker.answer
    place = folder.name if folder.name[-1:] in LEVELS else "示例市"
    name = said(given.name, "办公室的全称", f"{place}{SEAT}办公室", _words)
    area = said(given.area, "地区", name.partition(SEAT)[0] if SEAT in name else place, _words)
    code = said(given.code, "行政区划代码（单位代码以它开头）", "000000", _code)
    up = said(given.reports_to, "汇总表报给谁", "上级政府信息公开工作主管部门", _words)
    contact = said(given.contact, "填表单位有疑问，和谁联系（单位、电话）", name, _words)
    scope = said(given.scope, "统计范围", f"{area}各填报单位", _words)
    form_no = asker.answer(given.form_no, "表号（没有的不填）", "", str)
    due = asker.answer(given.due, "每期过后几日前报送（1—31）", "5", _day)
    paper = asker.answer(given.paper, "纸质件要不要一并报送（要／不要）", "不要", _yes)
    first = said(given.first, "从哪个月开始报", this_month, _month)
    forms = _forms(given.forms, asker, first)
    units = asker.answers(
        given.units,
        "填报单位，一行一个，空行结束。可以从 Excel 里复制名称一列，或“代码、名称、简称、类别”几列粘贴，"
        "也可以写一个 .xlsx 文件的路径。",
        STAND_INS,
        lambda text: units_of(pasted(text), area, code),
    )
    return Answers(
        *(name, area, code, up, contact, scope, form_no, due, paper, first, forms, tuple(units)),
        lists=_lists(given.lists, asker, forms),
        duties=_duties(given.duties, asker, forms, units),
    )


def _words(text: str) -> str:
    if not text.strip() or "\n" in text:
        raise CannotRun("请写一行文字。")
    return text.strip()


def _code(text: str) -> str:
    if not CODE.fullmatch(text):
        raise CannotRun(f"代码“{text}”只能用英文字母和数字，如 620200。")
    return text


def _day(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 31:
        raise CannotRun(f"“{text}”不是日子，请写 1 到 31 的数。")
    return int(text)


def _yes(text: str) -> bool:
    known = {"要": True, "是": True, "不要": False, "否": False}
    if text not in known:
        raise CannotRun(f"“{text}”看不懂，请写“要”或“不要”。")
    return known[text]


def _month(text: str) -> str:
    month = parse_period(text)
    if month is None or month.length != 1:
        raise CannotRun(f"“{text}”不是月份，请写成 2012-09 的样子。")
    return str(month)


def _forms(given: Sequence[str], asker: Asker, first: str) -> tuple[Edition, ...]:
    """The forms that were chosen, by id or by their number in the list."""
    known = offered()
    listed = "\n".join(f"  {n}. {told(form)}" for n, form in enumerate(known.values(), start=1))
    ids = list(known)

    def chosen(text: str) -> tuple[Edition, ...]:
        names = [
            ids[int(word) - 1] if word.isdecimal() and 0 < int(word) <= len(ids) else word for word in text.split()
        ]
        for name in names:
            if name not in known:
                raise CannotRun(f"没有表式“{name}”，{nearest(name, known)}。")
        return tuple(known[name] for name in dict.fromkeys(names))

    question = f"用哪些表式？写编号，几个的用空格隔开。\n{listed}\n"
    return asker.answer(" ".join(given), question, " ".join(usual_forms(known, first)), chosen)


def _lists(given: Mapping[str, str], asker: Asker, forms: Sequence[Edition]) -> dict[str, tuple[Code, ...]]:
    """What the code lists of the forms hold."""
    names = lists_of(forms)
    for name in given:
        if name not in names:
            raise CannotRun(f"表式里没有代码表“{name}”，{nearest(name, names)}。")
    found = {}
    for name in names:
        own = usual(name)
        question = f"{title_of(name)}，一行一个，空行结束；直接回车用通用的：{'、'.join(code.name for code in own)}。"
        usual_text = "\n".join(f"{code.code}\t{code.name}\t{code.short}" for code in own)
        found[name] = asker.answers(given.get(name, ""), question, usual_text, partial(_codes, own))
    return found


def _codes(own: Sequence[Code], text: str) -> tuple[Code, ...]:
    return tuple(codes_of(pasted(text), own))


def _duties(
    given: Mapping[str, str], asker: Asker, forms: Sequence[Edition], units: Sequence[UnitRow]
) -> dict[str, tuple[str, ...]]:
    """Which units have each duty that the forms speak of, as their short names."""
    asked = duties_of(forms)
    for duty in given:
        if duty not in asked:
            raise CannotRun(f"表式里没有职责“{duty}”，{nearest(duty, asked)}。")
    by_name = {name: unit.short for unit in units for name in unit.names}

    def having(text: str) -> tuple[str, ...]:
        names = [item.name for item in pasted(text)] if text else []
        for name in names:
            if name not in by_name:
                raise CannotRun(f"单位“{name}”不在名录里，{nearest(name, by_name)}。")
        return tuple(dict.fromkeys(by_name[name] for name in names))

    question = "哪些单位填“{}”？几个的用顿号隔开；没有单位承担的直接回车"
    return {
        duty: asker.answer(given.get(duty, ""), question.format(about), "", having) for duty, about in asked.items()
    }
