"""The command backtest: rules are tried on what was sent, beside those in use, and nothing is written."""

import importlib
import json
from datetime import date

import pytest

from pipeline.desk.backtest import Backtest, told
from pipeline.desk.backtest.backtest import Counts, Tried
from pipeline.values.periods import Month
from tests.builders import Desk, sound, sound_items
from tests.cli.running import Command

pytestmark = pytest.mark.slow

trial = importlib.import_module("pipeline.desk.backtest.backtest")  # the package has a function of its name

DRAFT = """
id = "next"
extends = "jyg-2012"
without = {{ rule = ["T2-35"] }}
{more}
"""
NEW = """
[[rule]]
id = "T2-04"
level = "{level}"
holds = "T2.04 >= 3"
"""
CHANGED = '[[rule]]\nid = "T2-05"\nholds = "T2.05 >= 130"\n'
OF_ITEMS = '[[rule]]\nid = "T6-09"\nlevel = "must"\ntrial = true\nholds = "each row T6.disclosed <= T6.reviewed"\n'
LAST_YEAR = '[[rule]]\nid = "T2-09"\nlevel = "verify"\nholds = "T2.04 >= T2.04@-12"\n'
NEW_TABLE = """
[[table]]
id = "T20"
title = "新表"
sheet = "主动公开"
shape = "list"
measures = ["month"]
line = [{ code = "991", name = "新增的一行", unit = "条" }]

[[rule]]
id = "T20-01"
level = "must"
holds = "T20.991 >= 1"
"""


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    """Returns of two years: one breaks the rule in use and the new one, and is mended; one only the new one."""
    desk = Desk(tmp_path_factory.mktemp("backtest"))
    form, (year, month) = desk.form(), (2012, 1)
    items = sound_items(form, Month(year, month), sound(form))
    items[0]["disclosed"] = date(year, month, 13)
    desk.send("市教育局", items=items)
    desk.send("市教育局", "2013-01")
    desk.send("市卫生局", changes={"T2.04": 2})
    desk.send("市科技局", changes={"T2.02": 11, "T2.04": 1}, name="first.xlsx")
    desk.send("市科技局", name="second.xlsx", received="2012-02-07")
    return desk


@pytest.fixture(scope="module", autouse=True)
def read_once(inbox):
    """What lies in the inbox is read by the first command; the others try their rules on the same."""
    real, found = trial.read_history, {}

    def read(folder, *rest):
        if folder.resolve() not in found:
            found[folder.resolve()] = real(folder, *rest)
        return found[folder.resolve()]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trial, "read_history", read)
        yield


@pytest.fixture(scope="module")
def said(inbox, tmp_path_factory):
    """What the command says of a draft."""
    before = sorted(inbox.folder.rglob("*")), (inbox.inbox / "收件登记.csv").read_bytes()

    def run(more, *arguments):
        draft = tmp_path_factory.mktemp("draft") / "next.toml"
        draft.write_text(DRAFT.format(more=more), encoding="utf-8")
        result = Command(inbox.folder)("backtest", draft, *arguments)
        assert (sorted(inbox.folder.rglob("*")), (inbox.inbox / "收件登记.csv").read_bytes()) == before
        return result

    return run


@pytest.fixture(scope="module")
def verify(said):
    return said(NEW.format(level="verify") + CHANGED + OF_ITEMS + LAST_YEAR)


def test_a_new_rule_is_told_with_examples_and_both_sides(verify):
    lines = verify.out.splitlines()
    at = lines.index("  新增 T2-04（请核实）：判了 5 份，查出 2 份，其中现在通过的 1 份。")

    assert lines[0] == "用表式 next 的规则试判收件夹里的 5 份报表（2012年1月至2013年1月，各版分别计），不写任何文件。"
    assert lines[at + 1 : at + 3] == [
        "      市科技局2012年1月：“提供服务类信息数”（04行）是 1 条。",
        "      市卫生局2012年1月：“提供服务类信息数”（04行）是 2 条。",
    ]


def test_a_changed_rule_stands_beside_the_one_in_use(verify):
    assert "  改动 T2-05（请核实）：判了 5 份，查出 5 份，其中现在通过的 4 份；现行规则判了 5 份，查出 0 份。" in (
        verify.out.splitlines()
    )


def test_a_rule_that_is_gone_is_told_with_what_it_found(verify):
    assert "  取消 T2-35（必须改）：现行规则判了 5 份，查出 0 份。" in verify.out.splitlines()


def test_what_is_the_same_has_one_line(verify):
    assert "  未变 T2-02（必须改）：判了 5 份，查出 1 份。" in verify.out.splitlines()


def test_a_rule_about_items_names_the_row(verify):
    lines = verify.out.splitlines()
    at = lines.index("  新增 T6-09（试行）：判了 5 份，查出 1 份，其中现在通过的 1 份。")

    assert lines[at + 1] == "      市教育局2012年1月：第 4 行“公开日期”是2012年1月13日，“审查日期”是2012年1月12日。"


def test_a_rule_that_looks_a_year_back_is_judged_where_both_years_are_there(verify):
    assert "  新增 T2-09（请核实）：判了 1 份，缺数未判 3 份，查出 0 份。" in verify.out.splitlines()


def test_a_rule_that_only_asks_or_is_on_trial_sends_nothing_back(verify):
    assert verify.code == 0
    assert verify.out.splitlines()[-1] == "现在通过的报表，没有一份会因此被退回。"


@pytest.fixture(scope="module")
def must(said):
    return said(NEW.format(level="must") + NEW_TABLE, "--json")


def test_a_new_must_that_would_send_back_accepted_returns_ends_with_1(must):
    found = json.loads(must.out)
    rules = {rule["rule"]: rule for rule in found["rules"]}

    assert must.code == 1
    assert (found["edition"], found["returns"], found["rejects"]) == ("next", 5, 1)
    assert rules["T2-04"]["counts"] == {"judged": 5, "not_judged": 0, "fired": 2, "in_force": 1}
    assert (rules["T2-04"]["change"], rules["T2-04"]["before"], rules["T2-04"]["rejects"]) == ("new", None, 1)
    assert [example["period"] for example in rules["T2-04"]["examples"]] == ["2012-01", "2012-01"]


def test_that_accepted_returns_would_be_sent_back_is_said_with_what_to_do(inbox):
    counts = Counts(5, 0, 2, 1)
    found = Backtest("next", 5, "2012-01", "2013-01", (Tried("T2-04", "must", "new", counts, None, 1, ()),))
    *_, warning, remedy = told(found, inbox.office)

    assert warning.endswith("会在现在通过的报表里查出 1 份，这些报表会被退回。")
    assert remedy == "可以改规则，或者先试行（trial = true），或者降为“请核实”。"


def test_what_the_form_of_the_time_did_not_ask_is_not_known_which_is_not_zero(must):
    (rule,) = (rule for rule in json.loads(must.out)["rules"] if rule["rule"] == "T20-01")

    assert rule["counts"] == {"judged": 0, "not_judged": 5, "fired": 0, "in_force": 0}


def test_an_edition_in_use_is_the_same_as_itself(inbox):
    found = json.loads(Command(inbox.folder)("backtest", "jyg-2012", "--json").out)

    assert {rule["change"] for rule in found["rules"]} == {"same"}
    assert all(rule["counts"] == rule["before"] for rule in found["rules"])


@pytest.mark.parametrize(
    ("edition", "says"),
    [
        ("jyg-2013", "没有表式“jyg-2013”，最接近的是“jyg-2012”"),
        ("nowhere.toml", "找不到“nowhere.toml”。请写表式的编号，或表式文件（.toml）的路径。"),
        ((), "缺少参数"),
    ],
)
def test_an_edition_that_is_not_there_ends_with_2(inbox, edition, says):
    result = Command(inbox.folder)("backtest", *([edition] if edition else []))

    assert result.code == 2
    assert says in result.err


def test_an_inbox_without_returns_ends_with_2(command):
    result = command("backtest", "jyg-2012")

    assert result.code == 2
    assert "没有能试的报表" in result.err
