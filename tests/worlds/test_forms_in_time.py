"""The form changes within a year: every return is judged by its own, and numbers of two meanings never meet."""

from datetime import date

import openpyxl
import pytest

from pipeline.desk.backtest import backtest
from pipeline.paper.templates import Prior
from pipeline.tables.explain import explain
from pipeline.tables.outcome import Outcome
from pipeline.values.rulings import HEADINGS, RULINGS
from tests.builders import Quiet, complaints
from tests.pipeline.ruled import SIGNED
from tests.worlds.forms_in_time import HEALTH, SCHOOLS, desk_of, form, lines, send, year

pytestmark = pytest.mark.slow

H1, H2 = ("2012-01", "2012-06"), ("2012-07", "2013-12")
SIZES = {HEALTH: 141, SCHOOLS: 142}  # what tells two returns apart
ANNUAL = """
[[annual]]
id = "表20"
title = "{title}"
sheet = "表20 月份"
rows = "months"
column = [{columns}]
"""
MONTHS = """
[[agreement]]
id = "M-01"
title = "本年累计与各月之和"
level = "verify"
mode = "months"
left = "T2.*:year_to_date"
right = "T2.*"
"""


def annual(*of: str) -> str:
    return ANNUAL.format(title="各项", columns=", ".join(f'{{ of = "{one}" }}' for one in of))


def column(outcome: Outcome, name: str, table: str = "表20") -> dict[str, int]:
    """A column of an annual table, by the label of its row."""
    found = next(table_ for table_ in outcome.tables if table_.annual.id == table)
    at = [c.name for c in found.columns].index(name)
    return {row.label: row.answers[at].number for row in found.rows}


def printed(outcome: Outcome, name: str, row: str, table: str = "表20") -> str:
    """What stands in a cell of an annual table."""
    found = next(one for one in outcome.tables if one.annual.id == table)
    at = [c.name for c in found.columns].index(name)
    line = next(one for one in found.rows if one.label == row)
    return line.answers[at].show(found.quantity(line, at))


def facts(outcome: Outcome, line: str, measure: str = "month") -> list[tuple[str, str, str, int]]:
    own = outcome.facts[(outcome.facts["line"] == line) & (outcome.facts["measure"] == measure)]
    return [tuple(row) for row in own[["edition", "period", "unit", "value"]].itertuples(index=False)]


def ruled(desk, *rows) -> None:
    """The office's rulings, each by heading."""
    book = openpyxl.Workbook()
    book.active.title = "处理意见"
    book.active.append(HEADINGS)
    for row in rows:
        book.active.append([(SIGNED | row).get(heading) for heading in HEADINGS])
    book.save(desk.inbox / RULINGS)


# ---- codes that were swapped


SWAP = (
    'code = "11", name = "其中：1.传真申请数", was = "a:T2.12"',
    'code = "12", name = "2.当面申请数", was = "a:T2.11"',
)
IN_PERSON, BY_FAX = 130, 20
WAS = {"T2.11": ("T2.12",), "T2.12": ("T2.11",)}


def applied(in_person: int, by_fax: int, month: int, total: int = 0) -> dict[str, int]:
    """Applications on the form of a month: in person and by fax have changed their codes in July."""
    codes = ("T2.11", "T2.12") if month < 7 else ("T2.12", "T2.11")
    whole = total or in_person + by_fax
    return dict(zip(codes, (in_person, by_fax), strict=True)) | {"T2.10": whole, "T2.17": whole, "T2.18": whole}


@pytest.fixture(scope="module")
def swapped(tmp_path_factory):
    """July's form swaps two codes. In July a unit leaves its applications in person of June standing."""
    more = annual("T2.11", "T2.12") + MONTHS + '\n[[rule]]\nid = "X-1"\nlevel = "verify"\nholds = "T2.12 >= T2.12@-1"\n'
    desk = desk_of(tmp_path_factory.mktemp("swapped"), form("a", *H1), form("b", *H2, lines(*SWAP) + more, "a"))
    months = {f"m{n:02d}": applied(IN_PERSON + n % 3, BY_FAX + n % 2, n) for n in range(1, 8)}
    year(desk, "2012-07", "2012-07", WAS, **months)
    send(desk, SCHOOLS, "2012-07", applied(IN_PERSON, BY_FAX, 7, 157 + BY_FAX), WAS, name="2012-07/again.xlsx")
    return desk, desk.examine("2012-08-09", "2012-07")


def test_a_swap_of_two_codes_is_never_added_up(swapped):
    _, outcome = swapped

    assert column(outcome, "当面申请数")["1月"] == 2 * (IN_PERSON + 1)
    assert column(outcome, "传真申请数")["1月"] == 2 * (BY_FAX + 1)
    assert column(outcome, "当面申请数")["7月"] == 2 * (IN_PERSON + 1)
    assert column(outcome, "传真申请数")["1—7月"] == 2 * sum(BY_FAX + n % 2 for n in range(1, 8))


def test_nothing_that_was_read_in_either_form_is_lost(swapped):
    _, outcome = swapped
    judged = {(r.rule, r.period): r.judged + r.not_judged for r in outcome.rules if r.rule == "X-1"}

    assert not [finding for finding in outcome.findings if finding.rule == "W-LOS-01"]
    assert judged == {("X-1", "2012-07"): 3}  # the versions of July, whose form alone has the rule


def test_what_was_filled_in_keeps_its_code(swapped):
    _, outcome = swapped

    assert {row[3] for row in facts(outcome, "11") if row[0] == "a"} == {IN_PERSON, IN_PERSON + 1, IN_PERSON + 2}
    assert {row[3] for row in facts(outcome, "11") if row[0] == "b"} == {BY_FAX + 1}


def test_a_number_is_explained_by_the_lines_it_was_given_in(swapped):
    _, outcome = swapped
    told = explain(outcome, "表20", "1—7月", "传真申请数")

    assert sorted({source.value for source in told.sources}) == [BY_FAX, BY_FAX + 1]
    assert len(told.sources) == 14


def test_cumulative_figures_rules_and_plausibility_follow_the_meaning(swapped):
    _, outcome = swapped

    assert {rule for rule, *_ in complaints(outcome)} == {"T2-10", "N-VER-01"}
    assert outcome.questions == ()


def test_a_slip_is_held_against_what_the_line_meant_the_month_before(swapped):
    _, outcome = swapped
    (broken,) = [finding for finding in outcome.findings if finding.rule == "T2-10"]

    assert "仍是上月的数：130 应为 157" in broken.remedy


# ---- a line that is gone, one that is new


OLD = lines('code = "36", name = "试填数", unit = "件", section = "七、试填"')
NEW = 'without = { line = ["T2.36"] }\n' + lines('code = "37", name = "新增数", unit = "件"') + annual("T2.37", "T2.04")


def test_a_wrong_cumulative_figure_of_a_new_line_is_asked_about_in_its_first_month(tmp_path):
    desk = desk_of(tmp_path, form("a", *H1, OLD), form("b", *H2, NEW, "a"))
    year(desk, "2012-06")
    known = {("T2", "37"): 4}
    desk.send(HEALTH, "2012-07", {"T2.37": 5}, prior=Prior(desk.prior(HEALTH, "2012-07").cumulative | known))
    outcome = desk.examine("2012-08-09", "2012-07")
    (asked,) = [f for f in outcome.findings if f.rule == "W-YTD-01"]

    assert asked.message == "“新增数”（37行）本年累计是 9 件，已收各月之和是 5 件，多 4 件。"


def test_an_adjustment_of_a_line_that_is_gone_is_made_in_its_own_form(tmp_path):
    desk = desk_of(tmp_path, form("a", *H1, OLD), form("b", *H2, NEW, "a"))
    year(desk, "2012-07", m01={"T2.36": 9})
    ruled(desk, {"意见": "调整", "单位": HEALTH, "报告期": "2012-01", "内容": "T2.36", "数值": -2})
    outcome = desk.examine("2012-08-09", "2012-07")

    assert [f.rule for f in outcome.findings] == []
    assert [one.words for one in outcome.gone] == ["“试填数”（T2.36）1—6月共16件"]


# ---- names, units, sums


def test_a_name_that_changed_in_silence_is_a_new_line_and_is_asked_about(tmp_path):
    desk = desk_of(
        tmp_path, form("a", *H1), form("b", *H2, lines('code = "04", name = "便民服务数"') + annual("T2.04"), "a")
    )
    year(desk, "2012-07")
    outcome = desk.examine("2012-08-09", "2012-07")
    (asked,) = [f for f in outcome.findings if f.rule == "W-FRM-01"]

    assert (asked.level, asked.file, asked.value) == ("verify", "b.toml", "T2.04")
    assert "“便民服务数”" in asked.message
    assert "“提供服务类信息数”" in asked.message
    assert column(outcome, "便民服务数")["1—7月"] == 2 * 5
    assert [printed(outcome, "便民服务数", row) for row in ("1月", "7月", "第一季度")] == ["当时未列", "10", "当时未列"]
    assert [one.entry.code for one in outcome.gone] == ["04"]


@pytest.mark.parametrize("was", ["a:T2.04", pytest.param(["a:T2.04"], marks=pytest.mark.slow)])
def test_a_line_that_says_what_it_was_goes_on(tmp_path, was):
    said = f'"{was}"' if isinstance(was, str) else f'["{was[0]}"]'
    renamed = lines(f'code = "04", name = "便民服务数", was = {said}') + annual("T2.04")
    desk = desk_of(tmp_path, form("a", *H1), form("b", *H2, renamed, "a"))
    year(desk, "2012-07")
    outcome = desk.examine("2012-08-09", "2012-07")

    assert complaints(outcome) == []
    assert column(outcome, "便民服务数")["1—7月"] == 7 * 2 * 5
    assert outcome.gone == ()


def test_a_line_that_says_it_is_new_is_not_asked_about(tmp_path):
    renamed = lines('code = "04", name = "便民服务数", was = []') + annual("T2.04")
    desk = desk_of(tmp_path, form("a", *H1), form("b", *H2, renamed, "a"))
    year(desk, "2012-07", "2012-07", {"T2.04": ()})
    outcome = desk.examine("2012-08-09", "2012-07")

    assert complaints(outcome) == []
    assert column(outcome, "便民服务数")["1—7月"] == 2 * 5


def test_two_lines_that_became_one_are_added(tmp_path):
    one = 'without = { line = ["T2.32", "T2.33"] }\n' + lines(
        'code = "38", name = "复议和诉讼数", unit = "件", was = ["a:T2.32", "a:T2.33"]'
    )
    desk = desk_of(tmp_path, form("a", *H1), form("b", *H2, one + annual("T2.38"), "a"))
    year(desk, "2012-06", **{f"m{n:02d}": {"T2.32": 2, "T2.33": 7} for n in range(1, 7)})
    for unit in (HEALTH, SCHOOLS):
        send(desk, unit, "2012-07", {"T2.38": 11, "T2.91": SIZES[unit]}, {"T2.38": ("T2.32", "T2.33")})
    outcome = desk.examine("2012-08-09", "2012-07")

    assert complaints(outcome) == []
    assert column(outcome, "复议和诉讼数")["1月"] == 2 * (2 + 7)
    assert column(outcome, "复议和诉讼数")["1—7月"] == 2 * (6 * (2 + 7) + 11)


@pytest.mark.parametrize(
    ("month", "half", "january", "whole"),
    [(125_000, 75, "0.250000万元", "2.000000万元"), (128_333, 77, "0.256666万元", "2.039996万元")],
)
def test_money_that_is_counted_in_larger_units_from_july_on_is_added_exactly(tmp_path, month, half, january, whole):
    """What 本年累计 had to be rounded to in the larger unit is no difference."""
    a = lines('code = "93", name = "投入", unit = "元", decimals = 2')
    b = lines('code = "93", unit = "万元", decimals = 2') + annual("T2.93")
    desk = desk_of(tmp_path, form("a", *H1, a), form("b", *H2, b, "a"))
    year(desk, "2012-06", **{f"m{n:02d}": {"T2.93": month} for n in range(1, 7)})  # in 分
    known = {unit: dict(desk.prior(unit, "2012-07").cumulative) | {("T2", "93"): half} for unit in (HEALTH, SCHOOLS)}
    for unit, prior in known.items():
        desk.send(unit, "2012-07", {"T2.93": 25, "T2.91": SIZES[unit]}, prior=Prior(prior))
    outcome = desk.examine("2012-08-09", "2012-07")
    at = outcome.form.entries["T2", "93"].quantity

    assert complaints(outcome) == []
    assert outcome.open_differences == ()
    assert at.told(column(outcome, "投入")["1月"]) == january
    assert at.told(column(outcome, "投入")["1—7月"]) == whole
    assert explain(outcome, "表20", "1—7月", "投入").sources[0].quantity.unit in {"元", "万元"}


SINCE_FEBRUARY = """
[[annual]]
id = "表20"
title = "比例"
sheet = "表20 月份"
rows = "months"
column = [
    { of = "T2.37", name = "试填" },
    { of = "T2.04", name = "服务" },
    { of = "T2.37", over = "T2.04", name = "试填率" },
    { of = "T2.04", over = "T2.01", name = "服务率" },
]
"""


def test_there_is_no_ratio_of_sums_over_unlike_months(tmp_path):
    new = lines('code = "37", name = "试填数", unit = "件"') + SINCE_FEBRUARY
    desk = desk_of(tmp_path, form("a", "2012-01", "2012-01"), form("b", "2012-02", "2013-12", new, "a"))
    year(desk, "2012-02", m02={"T2.37": 2})
    outcome = desk.examine("2012-03-09", "2012-02")

    assert [printed(outcome, "试填率", row) for row in ("1月", "2月", "1—2月")] == ["当时未列", "40.0", "当时未列"]
    assert [printed(outcome, "试填", row) for row in ("1月", "2月", "1—2月")] == ["当时未列", "4", "4"]
    assert printed(outcome, "服务率", "1—2月") == "50.0"


# ---- three forms, two years


def test_a_line_that_comes_back_goes_on_from_where_it_was(tmp_path):
    a = form("a", "2012-01", "2012-03", lines('code = "36", name = "试填数", unit = "件"'))
    b = form("b", "2012-04", "2012-06", 'without = { line = ["T2.36"] }\n', "a")
    c = form("c", "2012-07", "2013-12", annual("T2.36"), "a")
    desk = desk_of(tmp_path, a, b, c)
    year(desk, "2012-06", m01={"T2.36": 3}, m02={"T2.36": 4})
    for unit in (HEALTH, SCHOOLS):
        known = dict(desk.prior(unit, "2012-07").cumulative) | {("T2", "36"): 7}
        desk.send(unit, "2012-07", {"T2.36": 2, "T2.91": SIZES[unit]}, prior=Prior(known))
    outcome = desk.examine("2012-08-09", "2012-07")

    assert complaints(outcome) == []
    assert column(outcome, "试填数")["1—7月"] == 2 * (3 + 4 + 2)
    assert outcome.form.entries["T2", "36"].unlisted == (("2012-04", "2012-06"),)


def test_backtest_holds_each_months_meaning_against_a_rule(swapped, tmp_path):
    desk, _ = swapped
    draft = tmp_path / "next.toml"
    draft.write_text(
        'id = "next"\nextends = "b"\n[[rule]]\nid = "N-1"\nlevel = "must"\nholds = "T2.12 >= 100"\n', "utf-8"
    )
    found = {rule.rule: rule for rule in backtest(desk.inbox, str(draft), desk.office, date(2012, 8, 9), Quiet()).rules}

    assert (found["N-1"].counts.judged, found["N-1"].counts.fired) == (15, 0)
    assert (found["X-1"].before.judged, found["X-1"].before.fired) == (2, 0)
