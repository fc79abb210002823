"""The record of each rule: returns judged, fired, and what became of those; and no more is said than the counts say.

A rule on trial is judged, told apart and counted; it stands in no template, sends nothing back and stops nothing.
"""

import pandas as pd
import pytest

from pipeline.desk.check import check
from pipeline.intake import intake
from pipeline.outbox.publish.checks import FINDINGS
from pipeline.outbox.publish.rule_record import RULE_RECORD, opinion
from pipeline.tables.rule_record import RuleMonth, by_rule, rule_record
from pipeline.values.findings import WAIVED, Place, make
from pipeline.values.screen import Screen
from pipeline.values.tally import Tally
from schemas.edition import TRIAL
from tests.cli.running import here
from tests.cli.settings import Settings, papers_beside, sheet_of
from tests.publish.reading import shown

pytestmark = pytest.mark.slow

ON_TRIAL = """
[[rule]]
id = "T2-04"
level = "must"
trial = true
holds = "T2.04 >= T2.03"
"""
EXPLAINED = {"changes": {"T2.05": 0}, "notes": {"T2.05": "网站本月检修，没有统计。"}}
TRIED = {"T2.04": 0}  # where T2.03 is 1
SENT = 16  # versions for January


@pytest.fixture(scope="module")
def months(tmp_path_factory):
    """January's returns, each with one thing about it, and two for February."""
    desk = Settings(tmp_path_factory.mktemp("rule_record")).append("jyg-2012.toml", ON_TRIAL).desk()
    for unit in ("市教育局", "市科技局", "市公安局", "市民政局", "市司法局"):
        desk.send(unit, **EXPLAINED)
    desk.send("市财政局", changes={"T2.02": 11}, name="wrong.xlsx")
    desk.send("市财政局", name="mended.xlsx", received="2012-02-07")
    desk.send("市人社局", changes={"T2.02": None})
    desk.send("市国土局", changes={"T2.17": 1})
    desk.send("市农林局", items=[])
    desk.send("市商务局", changes={"T2.05": 0})
    desk.send("市环保局", changes=TRIED)
    desk.send("市建设局", changes=TRIED, name="tried.xlsx")
    desk.send("市建设局", name="again.xlsx", received="2012-02-07")
    desk.send("市交通局", changes=TRIED, notes={"T2.04": "本月没有。"})
    desk.send("市水务局", changes=TRIED | {"T2.02": 11})
    desk.send("市商务局", "2012-02", {"T2.05": 7})
    desk.send("市审计局", "2012-02")
    return desk, *desk.run("2012-02-28", "2012-02")


def january(months, rule):
    return next(month for month in months[1].rules if (month.rule, month.period) == (rule, "2012-01"))


def test_a_rule_that_is_always_explained_may_be_loosened(months):
    rule = RuleMonth(*[*vars(january(months, "T2-05")).values()][:5], 5, 0, 0, 5, 0, 0)

    assert january(months, "T2-05").explained == 5
    assert opinion(rule, often=5) == "查出5份，全部属实，可以考虑放宽。"
    assert opinion(rule, often=6) == "查出5份，都属实；份数少，不评。"


def test_a_rule_with_an_open_question_may_not_be_loosened(months):
    rule = january(months, "T2-05")

    assert (rule.judged, rule.not_judged, rule.fired, rule.explained, rule.open) == (SENT, 0, 6, 5, 1)
    assert opinion(rule, often=5) == "查出6份。"


def test_what_a_later_version_mended_is_counted_though_it_is_in_force_no_more(months):
    rule = january(months, "T2-02")

    assert (rule.judged, rule.not_judged, rule.fired, rule.mended, rule.open) == (SENT - 1, 1, 2, 1, 1)
    assert opinion(rule, often=1) == "查出2份，其中改好1份。"


def test_what_is_told_by_a_stronger_finding_at_its_cell_is_counted_apart(months):
    stronger, weaker = january(months, "T2-17"), january(months, "T2-17A")

    assert (stronger.fired, stronger.open, stronger.elsewhere) == (1, 1, 0)
    assert (weaker.fired, weaker.open, weaker.elsewhere) == (1, 0, 1)


def test_a_rule_of_many_parts_fires_once_in_a_return(months):
    """Two categories have items, the register of 市农林局 has none, which is told once, by what it breaks first."""
    assert [f.rule for f in months[1].findings if f.rule in {"A-03", "A-04", "A-05"}] == ["A-03"]
    assert (january(months, "A-04").fired, january(months, "A-04").judged) == (1, SENT)


def test_a_rule_that_never_fires_is_said_so_with_its_count(months):
    assert opinion(january(months, "T2-35"), often=5) == f"判过{SENT}份，没有查出。"


def test_every_month_has_its_row_and_the_year_their_sum(months):
    own = [month for month in months[1].rules if month.rule == "T2-05"]
    (year,) = (rule for rule in by_rule(own))

    assert [(m.period, m.judged, m.fired) for m in own] == [("2012-01", SENT, 6), ("2012-02", 2, 0)]
    assert (year.period, year.judged, year.fired, year.explained) == ("2012", SENT + 2, 6, 5)


def test_a_rule_between_months_is_counted_only_where_it_speaks(months):
    """Of 市审计局 there is no January."""
    (chain,) = (month for month in months[1].rules if month.rule == "C-05")

    assert (chain.period, chain.judged, chain.not_judged, chain.fired) == ("2012-02", 1, 1, 0)
    assert {month.period for month in months[1].rules if month.rule == "C-01"} == {"2012-01"}


def test_what_the_office_passed_is_reason_too(months):
    columns = ["ret", "period", "file", "version", "edition"]
    returns = pd.DataFrame([(1, "2012-01", "a.xlsx", 1, "e"), (2, "2012-01", "b.xlsx", 1, "e")], columns=columns)
    tally = Tally(spoken_of={"T2-05": {1, 2}}, broken={"T2-05": {1}}, lacking={"T2-05": {2}})
    found = make("verify", "T2-05", Place("u", "2012-01", "a.xlsx", ret=1), "0", "", "")
    every = rule_record(tally, returns, [found.ruled(WAIVED, "属实。")], [months[1].form])
    (month,) = (month for month in every if month.rule == "T2-05")

    assert month == RuleMonth("T2-05", "verify", "2012-01", 1, 1, 1, 0, 0, 0, 1, 0)
    assert month.always_explained


def test_the_sheet_shows_every_rule_with_its_counts(months):
    _, outcome, workbook = months
    head, *rows = sheet_of(papers_beside(workbook), RULE_RECORD)[2:]
    told = {row[0]: dict(zip(head, row, strict=True)) for row in rows}

    assert (told["T2-05"]["判过"], told["T2-05"]["查出"], told["T2-05"]["已说明"]) == (SENT + 2, 6, 5)
    assert told["T2-35"]["看法"] == f"判过{SENT + 2}份，没有查出。"
    assert told["T2-04"]["看法"] == "试行中。查出4份，其中改好1份。"
    assert set(told) >= {month.rule for month in outcome.rules}


def test_what_a_rule_on_trial_finds_is_told_apart_with_what_became_of_it(months):
    desk, outcome, _ = months
    found = [f for f in outcome.findings if f.rule == "T2-04"]

    assert {desk.office.short(f.unit): (f.level, f.state) for f in found} == {
        "市环保局": (TRIAL, "试行"),
        "市建设局": (TRIAL, "已改"),
        "市交通局": (TRIAL, "已说明"),
        "市水务局": (TRIAL, "试行"),
    }
    assert {f.remedy for f in found} == {"这条规则在试行，不用处理；请看它查得准不准。"}


def test_a_rule_on_trial_stops_nothing_and_changes_no_state_of_a_return(months):
    desk, outcome, _ = months
    own = outcome.returns[(outcome.returns["file"] != "") & (outcome.returns["period"] == "2012-01")]
    states = {desk.office.short(unit): state for unit, state in zip(own["unit"], own["state"], strict=True)}

    assert "T2-04" not in {f.rule for f in outcome.open_findings}
    assert [states[unit] for unit in ("市环保局", "市建设局", "市交通局", "市水务局")] == [
        "通过",
        "通过",
        "通过",
        "退回",
    ]


def test_a_rule_on_trial_is_counted_with_the_others(months):
    rule = january(months, "T2-04")

    assert (rule.level, rule.judged, rule.not_judged) == (TRIAL, SENT, 0)
    assert (rule.fired, rule.open, rule.mended, rule.explained) == (4, 2, 1, 1)


def test_a_file_that_goes_back_does_not_speak_of_a_rule_on_trial(months):
    (path,) = (months[0].outbox / "2012" / "退回").rglob("市水务局*.xlsx")
    texts = [str(value) for value in shown(path).values()]

    assert [text for text in texts if "（02行）" in text]
    assert [text for text in texts if "T2-04" in text or "试行" in text] == []


def test_the_template_does_not_check_a_rule_on_trial(months):
    sheet, cell = months[0].cell("T2.04")

    assert shown(months[0].inbox / "2012-01" / "市环保局_2012-01.xlsx")[sheet, f"G{cell[1:]}"] == "√"


@pytest.mark.slow
def test_a_department_that_checks_its_return_is_not_told_of_a_rule_on_trial(months, monkeypatch):
    monkeypatch.setattr(intake, "in_children", here)
    path = months[0].inbox / "2012-01" / "市环保局_2012-01.xlsx"
    (checked,) = check([path], months[0].office, Screen(quiet=True))

    assert (checked.fit, checked.findings) == (True, ())


def test_the_sheet_of_findings_and_the_dictionary_call_it_on_trial(months):
    workbook = papers_beside(months[-1])
    findings = sheet_of(workbook, FINDINGS)
    (listed,) = (row for row in sheet_of(workbook, "数据字典") if row[1] == "T2-04")

    assert [row[0] for row in findings if row[8] == "T2-04"] == ["试行"] * 4
    assert "试行规则查出4条，不影响上报" in findings[1][0]
    assert listed[2] == "试行"
