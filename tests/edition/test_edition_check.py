"""A form is proved before it is sent out: what is weak in it is named, with file and line; a sound one passes."""

import json
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.desk.edition import HEED, MUST, Concern, check, check_edition, returns
from pipeline.story import alone
from pipeline.tables import rollup
from schemas.office import OFFICES, Office, read_office
from tests.builders import Quiet
from tests.cli.running import Command, Said

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
COUNTY = HERE.parent / "national" / "office"  # an office for the national forms, which no shipped office uses
HOMES = [*sorted(OFFICES.iterdir()), COUNTY]
SHIPPED = [(office, name) for office in HOMES for name in read_office(office).settings.editions]
RULE = '[[rule]]\nid = "{id}"\nlevel = "{level}"\n{more}holds = "{holds}"\n\n'
FIRST = '[[rule]]\nid = "W-10"'


def rule(holds: str, name: str = "W-99", level: str = "must", more: str = "") -> tuple[str, str]:
    """One rule more, before the others."""
    return FIRST, RULE.format(id=name, level=level, holds=holds, more=more) + FIRST


def line(code: str, name: str, unit: str = "件", **more: str) -> tuple[str, str]:
    """One line more, the last of T1."""
    last = '{ code = "30", name = "延时服务次数", unit = "次", duty = "late" },'
    keys = "".join(f', {key} = "{value}"' for key, value in more.items())
    return last, f'{last}\n    {{ code = "{code}", name = "{name}", unit = "{unit}"{keys} }},'


# What is weak in a form and hinders nothing else: what is changed, and what is said, at which line.
WEAK = {
    "implied": ([rule("T1.11 <= T1.10", "W-91")], HEED, '"T1.11 <= T1.10"', "规则 W-91 由 W-10 推出，不会单独触发"),
    "idle": (
        [rule("T1.20 >= 0", "W-92", "verify")], HEED, '"T1.20 >= 0"', "规则 W-92 任何填法都满足它，不会触发",
    ),
    "never by month": (
        [("months = [6, 12]\nholds", "months = [3]\nholds")],
        MUST, '"T2.41 <= T2.40"', "规则 W-41 从来不会判断：在它的月份（3月）里",
    ),
    "never for want of a stock": (
        [rule("T2.50 <= T2.60", "W-93", more="months = [1, 2]\n"),
         ('name = "收费", unit = "元", decimals = 2 },',
          'name = "收费", unit = "元", decimals = 2 },\n    { code = "60", name = "结余", unit = "元", kind = "stock", months = [6] },')],
        MUST, '"T2.50 <= T2.60"', "规则 W-93 从来不会判断",
    ),
    "two of one error": (
        [rule("T1.10 >= T1.20", "W-94", "verify")], HEED, '"T1.10 >= T1.20"', "规则 W-94 触发时，总会同时触发 W-20",
    ),
    "zeros": (
        [rule("T1.20 >= 1", "W-95", "verify")], HEED, '"T1.20 >= 1"', "全填 0 时会触发 W-95（月报!D9）",
    ),
    "implied of rows": (
        [rule("each row T3.came <= T3.done", "W-96")], HEED, "T3.came <= T3.done", "规则 W-D1 由 W-96 推出",
    ),
    "unused": ([line("62", "评议次数")], HEED, "评议次数", "“评议次数”（T1.62）填了没有用处"),
    "part passed over": (
        [line("70", "7.转办", parent="10"), ('{ of = "T1.11..13" }', '{ of = "T1.11" }')],
        HEED, r"sum\(T1.11..13\)", "“T1.11..13”没有包括 “转办”（70）",
    ),
    "code passed over": (
        [line("83", "帮办"), line("81", "代办"), line("82", "上门"), rule("sum(T1.81..83) <= T1.10", "W-97", "verify")],
        HEED, r"sum\(T1.81..83\)", "“T1.81..83”没有包括 “上门”（82）",
    ),
    "star": (
        [('measures = ["month"]\nline', 'measures = ["month", "year_to_date"]\nline'),
         rule("T2.50:year_to_date <= sum(T2.*:year_to_date)", "W-98", "verify")],
        HEED, "T2.[*]:year_to_date", "“T2.*:year_to_date”没有包括 “在岗人数”（40）、“在编”（41）",
    ),
    "long name": (
        [('name = "网上预约数"', 'name = "网上预约数（含政务服务网、手机客户端、微信公众号、自助终端等方式，' + "不含" * 40 + '）"')],
        HEED, 'code = "20"', "在“指标名称”一栏里要缩到",
    ),
    "wide unit": (
        [line("66", "评价", unit="件（每半小时）")], HEED, 'code = "66"', "计量单位“件（每半小时）”比它的一栏宽，会被遮住",
    ),
    "narrow field": (
        [('name = "受理日期", kind = "date", required = true, width = 12', 'name = "受理日期", kind = "date", required = true, width = 6')],
        HEED, 'code = "came"', "栏名“受理日期”比它的一栏宽，会被遮住",
    ),
    "duty of nobody": (
        [line("64", "上门服务次数", duty="hoem"), rule("T1.64 <= T1.10", "W-64", "verify")],
        HEED, 'duty = "hoem"', "只问有职责“hoem”的单位，现在没有单位有这项职责，没有人会填",
    ),
    "authority": (
        [('authority = "示例市政务大厅"', 'authority = "样本市政务大厅"')],
        HEED, 'authority = "样本市', "制表机关写的是“样本市政务大厅”，本办公室是“示例市政务大厅”",
    ),
    "due day": (
        [("次月 5 日", "次月 8 日")], MUST, "次月 8 日", "填报须知写的是次月 8 日，office.toml 的 [deadline] 写的是 5 日",
    ),
}  # fmt: skip
# What leaves nothing to be tried.
FATAL = {
    "contradiction": (
        [rule("T1.20 >= 5", "W-98"), rule("T1.20 <= 3")],
        MUST, "T1.20 >= 5|T1.20 <= 3", "规则 W-98、W-99 不能同时成立，怎么填都通不过",
    ),
    "only zero": (
        [rule("T1.10 = T1.11 + T1.12")], MUST, 'code = "13"', "“退回”（T1.13）只能填 0，别的数都违反 W-99、W-10",
    ),
}  # fmt: skip


def an_office(folder: Path) -> Office:
    """The office of the small form, and the form beside it to be changed."""
    shutil.copytree(HERE / "office", folder / "office")
    shutil.copy(HERE / "window.toml", folder / "window.toml")
    return read_office(folder / "office", folder)


@pytest.fixture
def office(tmp_path):
    return an_office(tmp_path)


@pytest.fixture
def without_a_year(monkeypatch):
    """No year is run, which nothing that is planted here changes."""
    monkeypatch.setattr(check, "year", lambda *_: ())


def planted(office: Office, *changes: tuple[str, str]) -> tuple[list[Concern], str]:
    """What is said of the small form with these changes, and its text."""
    text = (office.editions / "window.toml").read_text("utf-8")
    for find, put in changes:
        assert text.count(find) == 1, find
        text = text.replace(find, put)
    (office.editions / "window.toml").write_text(text, "utf-8")
    return check_edition("window", office, Quiet()), text


@pytest.fixture(scope="module")
def weak(tmp_path_factory):
    """What is said of the small form with every weakness at once, and its text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "year", lambda *_: ())
        changes = [change for changes, *_ in WEAK.values() for change in changes]
        return planted(an_office(tmp_path_factory.mktemp("weak")), *changes)


def edition(folder: Path, *arguments: object) -> Said:
    return Command(folder)("edition", "check", *arguments)


def assert_named(concerns, text, level, at, says):
    """It is said once, of that level, at a line that says so."""
    found = [concern for concern in concerns if says in concern.what]

    assert [(c.level, c.file) for c in found] == [(level, "window.toml")], [c.words for c in concerns]
    assert re.search(at, text.splitlines()[found[0].line - 1])
    assert found[0].words.startswith(f"window.toml 第 {found[0].line} 行：")
    assert found[0].words.endswith("。")


def test_nothing_is_to_be_said_of_a_sound_form(office):
    assert planted(office) == ([], (HERE / "window.toml").read_text("utf-8"))


@pytest.mark.usefixtures("without_a_year")
def test_a_rule_may_speak_of_any_number(office):
    assert planted(office, rule("T1.20 <= 250000", level="verify"))[0] == []


@pytest.mark.parametrize("name", WEAK)
def test_a_weakness_is_named_at_its_line(weak, name):
    assert_named(*weak, *WEAK[name][1:])


@pytest.mark.parametrize("name", FATAL)
@pytest.mark.usefixtures("without_a_year")
def test_rules_that_leave_nothing_are_named(office, name):
    changes, *named = FATAL[name]

    assert_named(*planted(office, *changes), *named)


def test_a_name_that_changed_without_was_is_asked_for(office, without_a_year):
    later = '[[table]]\nid = "T1"\nline = [{ code = "20", name = "电话预约数" }]\n'
    head = 'id = "next"\nextends = "window"\nvalid = { from = "2014-01", to = "2014-12" }\n'
    (office.editions / "next.toml").write_text(head + later, "utf-8")
    found = [c for c in check_edition("next", office, Quiet()) if "T1.20" in c.what]

    assert [(c.level, c.file, c.line) for c in found] == [(MUST, "next.toml", 6)]
    assert 'was = "window:T1.20"' in found[0].remedy


def test_the_year_is_held_against_what_was_filled_in(office, monkeypatch):
    real = rollup.tables

    def turned_round(answers):
        for table in real(answers):
            yield replace(table, rows=tuple(replace(row, answers=row.answers[::-1]) for row in table.rows))

    monkeypatch.setattr(check, "rules", lambda *_: ())
    monkeypatch.setattr(rollup, "tables", lambda answers: tuple(turned_round(answers)))
    concerns, _ = planted(office)

    assert any(c.level == MUST and c.what.startswith("表1 1月“办件”是 ") for c in concerns), [c.words for c in concerns]


@pytest.mark.usefixtures("without_a_year")
def test_a_rule_that_is_not_told_where_it_is_broken_is_named(office, monkeypatch):
    real = alone.judge

    def silent(*given):
        judged = real(*given)
        return judged._replace(findings=[f for f in judged.findings if f.rule != "W-10"])

    monkeypatch.setattr(alone, "judge", silent)
    concerns, _ = planted(office)

    assert [(c.level, "规则 W-10 的表" in c.what, c.what.endswith("报的没有报")) for c in concerns] == [
        (MUST, True, True)
    ]


@pytest.mark.usefixtures("without_a_year")
def test_a_number_that_is_read_as_another_is_named(office, monkeypatch):
    real = returns.Draft.value

    def one_more(draft, ref):
        return real(draft, ref) + 1 if str(ref) == "T1.20" and draft.numbers.get(ref) else real(draft, ref)

    writing = returns.Maker.write

    def written(maker, draft, name=""):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(returns.Draft, "value", one_more)
            return writing(maker, draft, name)

    monkeypatch.setattr(returns.Maker, "write", written)
    concerns, _ = planted(office)

    assert any(c.level == MUST and "随机填数再读回来，T1.20 写的是 " in c.what for c in concerns), [
        c.words for c in concerns
    ]


def test_without_the_solver_it_says_what_to_install(tmp_path, office, monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    said = edition(tmp_path, "--office", "office", "window.toml")

    assert (said.code, said.out) == (2, "")
    assert said.err.endswith(
        '不能运行：检查规则要用 scipy。请先安装：python -m pip install -e ".[check]"，再运行一次。\n'
    )


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        pytest.param([], 0, "window.toml：可以发出，请留意 0 处。", marks=pytest.mark.slow),
        pytest.param([line("60", "评议次数")], 0, "请留意 window.toml 第", marks=pytest.mark.slow),
        ([("次月 5 日", "次月 8 日")], 1, "必须改 1 处，请留意 0 处。"),
        ([rule("T1.99 <= T1.10")], 2, "没有“99”行"),
    ],
)
@pytest.mark.usefixtures("without_a_year")
def test_the_command_ends_with_0_1_or_2(tmp_path, office, changes, code, says):
    text = (tmp_path / "window.toml").read_text("utf-8")
    for find, put in changes:
        text = text.replace(find, put)
    (tmp_path / "window.toml").write_text(text, "utf-8")
    said = edition(tmp_path, "--office", "office", "window.toml")

    assert said.code == code
    assert says in said.out + said.err


@pytest.mark.usefixtures("without_a_year")
def test_a_machine_is_told_the_same(tmp_path, office):
    path = tmp_path / "window.toml"
    path.write_text(path.read_text("utf-8").replace("次月 5 日", "次月 8 日"), "utf-8")
    said = edition(tmp_path, "--office", "office", "--json", "window.toml")
    told = json.loads(said.out)

    assert (said.code, told["must"]) == (1, 1)
    assert [c["level"] for c in told["editions"][0]["concerns"]] == [MUST]


@pytest.mark.parametrize(("home", "name"), SHIPPED, ids=[name for _, name in SHIPPED])
def test_every_shipped_edition_can_be_sent_out(home, name):
    assert [c.words for c in check_edition(name, read_office(home), Quiet()) if c.level == MUST] == []
