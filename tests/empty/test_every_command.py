"""Nothing is also a state: every command over every nearly empty inbox runs, or says in Chinese what to do."""

import json
import re

import pytest

from schemas.office import OFFICES, read_office
from tests.builders import Desk
from tests.cli.running import Command
from tests.empty.commands import CHINESE, COMMANDS, RAN, SAID, comes_to, counted, every_command, typed
from tests.empty.inboxes import INBOXES, built
from tests.faults import FOLDER, count

SHIFAN = ("--office", OFFICES / "shifan")
EVERYDAY = [
    ("no folder", "run", SAID),
    ("only lock and hidden files", "check", SAID),
    ("only a stranger's workbook", "run the year", SAID),
    ("only a stranger's workbook", "templates", RAN),
    ("only an empty zip", "publish with reservations", SAID),
    ("only unreadable files", "run through a month", SAID),
    ("only a return of an unknown unit", "run", RAN),
    ("only a return of an unknown unit", "explain", RAN),
    ("only last year", "explain the next year", SAID),
    ("only last year", "templates of the next February", RAN),
    ("only a February", "publish", SAID),
    ("only a return of a month to come", "check", RAN),
]

TELLING = ("no folder", "only unreadable files", "only a return that was sent back", "only last year")
EVERY_INBOX = [pytest.param(name, marks=pytest.mark.slow if name in TELLING else pytest.mark.long) for name in INBOXES]


@pytest.fixture
def sitting(tmp_path):
    """A desk of an office in which an inbox was built: ``sitting("only last year")``."""
    return lambda inbox, office="shifan": built(inbox, Desk(tmp_path / "desk", read_office(OFFICES / office)))


@pytest.mark.parametrize(
    ("inbox", "command", "becomes"),
    [one if n % 4 == 0 else pytest.param(*one, marks=pytest.mark.slow) for n, one in enumerate(EVERYDAY)],
)
def test_a_command_over_nearly_nothing(sitting, inbox, command, becomes):
    assert comes_to(sitting(inbox), typed(command, "shifan")) == becomes


@pytest.mark.parametrize("inbox", EVERY_INBOX)
def test_every_command_over(sitting, tmp_path, inbox):
    found = every_command(sitting(inbox), tmp_path / "each", "shifan")

    assert {command: outcome for command, outcome in found.items() if outcome not in {RAN, SAID}} == {}
    row = counted(inbox, found)
    count("empty", **row)
    assert row in json.loads((FOLDER / "empty.json").read_text("utf-8"))


def test_the_counts_that_are_told_are_of_every_inbox():
    told = json.loads((FOLDER / "empty.json").read_text("utf-8"))

    assert {row["kind"] for row in told} == {counted(inbox, {})["kind"] for inbox in INBOXES}
    assert {row["tried"] for row in told} == {len(COMMANDS)}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["run", "--year", "0"], "年份“0”不在 1000—9998 之内，请核对后写成 2012 的样子。"),
        (["run", "--year", "-5"], "年份“-5”不在 1000—9998 之内"),
        (["run", "--year", "99999"], "年份“99999”不在 1000—9998 之内"),
        (["run", "--year", "2012.5"], "应是整数"),
        (["explain", "0", "表1", "全年", "渠道合计"], "年份“0”不在 1000—9998 之内"),
        (["explain", "9999", "表1", "全年", "渠道合计"], "年份“9999”不在 1000—9998 之内"),
        (["proof", "年报.txt", "--year", "0"], "年份“0”不在 1000—9998 之内"),
        (["run", "--through", "0000-01"], "0"),
        (["publish", "--through", "9999-12"], "9999"),
        (["templates", "--period", "9999-12"], "9999"),
        (["run", "--as-of", "0001-01-01"], "年份“1”不在 1000—9998 之内"),
        (["backtest", "jyg-2012", "--as-of", "9999-12-31"], "年份“9999”不在 1000—9998 之内"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else "",
)
def test_a_year_a_month_or_a_day_out_of_every_calendar_is_refused(tmp_path, words, says):
    said = Command(tmp_path)(*words)

    assert said.code == 2
    assert said.err.startswith("不能运行：")
    assert says in said.err


@pytest.mark.parametrize("words", [["run", "--year", "2012"], ["explain", "2012", "表1", "1月", "渠道合计"]])
def test_a_month_of_another_year_than_the_year_is_refused(sitting, words):
    said = Command(sitting("only last year"))(*words, "--through", "2013-01", *SHIFAN)

    assert said.code == 2
    assert said.err.splitlines()[-1] == (
        "不能运行：年度写的是 2012，月份写的是 2013年1月，不是同一年。请改成同一年，或只写一个。"
    )


JANUARY = [
    ["run", "--through", "2013-01"],
    ["run", "--year", "2013"],
    ["publish", "--through", "2013-01"],
    ["publish", "--through", "2013-01", "--with-reservations", "试"],
    ["explain", "2013", "表1", "1月", "渠道合计"],
]


@pytest.mark.slow
def test_in_january_every_command_says_that_nothing_of_the_year_has_come(sitting):
    command = Command(sitting("only last year"))
    told = [command(*words, *SHIFAN, "--as-of", "2013-01-20") for words in JANUARY]

    sentence = (
        "不能运行：收件夹里没有2013年1月的报表，最近的一份是2012年12月的。"
        "请把收到的报表放进收件夹再运行；要看别的报告期，请用 --year 或 --through 写明。"
    )
    assert {(said.code, said.out, said.err.splitlines()[-1]) for said in told} == {(2, "", sentence)}


@pytest.mark.parametrize("words", [["run"], ["run", "--year", "2012"], ["run", "--through", "2012-01"]])
def test_of_strangers_it_is_told_which_they_are_and_why(sitting, words):
    said = Command(sitting("only a stranger's workbook"))(*words)

    assert said.code == 2
    assert said.err.splitlines()[-1] == (
        "不能运行：收件夹里没有一份能认出报告期的报表。文件“采购.xlsx”里没有找到报表的表头（填报单位、报告期）。"
        "请用“templates”命令发出模板，收回后再放进收件夹。"
    )


def test_of_many_strangers_the_first_are_told_and_how_many_more(sitting):
    said = Command(sitting("only unreadable files"))("run")

    assert said.err.count("“") >= 3
    assert "还有1个文件也不能用。" in said.err


@pytest.mark.slow
def test_a_year_in_which_nothing_was_accepted_is_not_held_against_the_report(sitting):
    said = Command(sitting("only a return of an unknown unit"))(
        "proof", "年报.txt", "--year", "2012", "--json", *SHIFAN
    )

    assert json.loads(said.out)["tables"] == "没有一份报表入汇"


@pytest.mark.parametrize("inbox", EVERY_INBOX)
def test_run_and_run_of_the_year_that_it_chooses_come_to_the_same(sitting, inbox):
    command = Command(sitting(inbox))
    words = [*SHIFAN, "--as-of", "2013-02-20", "--json"]
    found = command("run", "--outbox", "a", *words)
    named = re.search(r"(\d{4})年", found.err)
    year = json.loads(found.out)["year"] if found.code < 2 else int(named[1]) if named else 2012
    asked = command("run", "--outbox", "b", "--year", year, *words)

    assert asked == found
    if found.code < 2:
        data = [command.folder / outbox / str(year) / "data" / "findings.csv" for outbox in ("a", "b")]
        assert data[0].read_bytes() == data[1].read_bytes()
    else:
        assert CHINESE.search(found.err)
