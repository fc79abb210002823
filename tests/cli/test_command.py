"""The command says in Chinese what it did or cannot do, and ends with 0, 1 or 2."""

import json
import shutil
from datetime import date

import openpyxl
import pandas as pd
import pytest

from pipeline.desk.commands.options import OWN_OFFICE
from schemas.frames import Returns, frame_of
from schemas.office import OFFICES
from tests.builders import Desk
from tests.cli.running import Command, in_a_process, looking_once

JANUARY = ("--as-of", "2012-01-31")
COMMANDS = {"run": ("run",), "json": ("--json",)}


@pytest.fixture
def sent(desk):
    """A sound return in the inbox."""
    desk.send()
    return desk


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A sound return in the inbox; what two commands say, of which the first looks into it, and its folder."""
    desk = Desk(tmp_path_factory.mktemp("ready"))
    of_one_unit(desk)
    return said_by(COMMANDS, desk)


@pytest.fixture(scope="module")
def not_ready(tmp_path_factory):
    """A return with a mistake, and what is said of it."""
    return said_by({"run": COMMANDS["run"]}, Desk(tmp_path_factory.mktemp("not-ready")), {"T2.02": 11})


def of_one_unit(desk):
    """The office of a desk where nobody but the sender owes anything yet."""
    own = shutil.copytree(OFFICES / "jyg", desk.folder / OWN_OFFICE)
    units = pd.read_csv(own / "units.csv", dtype=str, keep_default_na=False)
    units.loc[units["short"] != "市卫生局", "valid_from"] = "2013-01"
    units.to_csv(own / "units.csv", index=False)


def said_by(commands, desk, changes=None):
    """What commands say of a return, and its desk."""
    desk.send(changes=changes)
    command = Command(desk.folder)
    with looking_once():
        return {name: command(*arguments, *JANUARY) for name, arguments in commands.items()}, desk


def test_ready_ends_with_0_and_names_the_workbook_and_the_report(ready):
    said, desk = ready

    assert said["run"].code == 0
    assert "可以上报" in said["run"].out
    assert f"汇总工作簿：{next((desk.outbox / '2012').glob('*汇总.xlsx')).relative_to(desk.folder)}" in said["run"].out
    assert f"运行报告：{(desk.outbox / '2012' / '运行报告.html').relative_to(desk.folder)}\n" in said["run"].out


def test_the_stages_are_told_while_they_last(ready):
    said, _ = ready

    assert said["run"].err.split() == [
        "·",
        "读取报表",
        "·",
        "校验",
        "·",
        "对账",
        "·",
        "核实",
        "·",
        "汇总",
        "·",
        "查个人信息和密级标志",
        "·",
        "写出汇总工作簿",
    ]


@pytest.mark.slow
def test_not_ready_ends_with_1_and_says_what_to_do_first(not_ready):
    said, desk = not_ready

    assert said["run"].code == 1
    assert "暂不能上报：1处必须处理" in said["run"].out
    assert "  1. 市卫生局2012年1月（基本情况!D7）：" in said["run"].out
    assert (desk.outbox / "2012" / "run.json").exists()


@pytest.mark.slow
def test_no_command_is_run(ready):
    said, desk = ready

    again = Command(desk.folder)(*JANUARY)
    assert again.code == said["run"].code
    assert again.out.partition("\n")[2] == said["run"].out, "nothing has changed, which the first line says"


def test_json_is_one_object_and_nothing_else(ready):
    said, desk = ready
    summary = json.loads(said["json"].out)

    assert (said["json"].code, said["json"].err) == (0, "")
    assert summary == json.loads((desk.outbox / "2012" / "run.json").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_json_says_not_ready_too(not_ready):
    _, desk = not_ready
    said = Command(desk.folder)("--json", *JANUARY)

    assert said.code == 1
    assert json.loads(said.out)["findings"] == {"all": 1, "must": 1, "verify": 0}


@pytest.mark.slow
def test_the_program_in_a_process_of_its_own_says_the_same(ready):
    said, desk = ready

    assert in_a_process("--json", *JANUARY, folder=desk.folder) == said["json"]


@pytest.mark.parametrize("make", ["nothing", "inbox", "inbox/2012-01"])
def test_an_empty_inbox_ends_with_2_and_says_how_to_begin(command, tmp_path, make):
    (tmp_path / make).mkdir(parents=True)
    said = command()

    assert said.code == 2
    assert said.err.startswith("不能运行：收件夹“inbox”里没有报表。")
    assert "templates --period" in said.err
    assert "demo" in said.err
    assert list(tmp_path.glob("outbox")) == []


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--as-of", "31.1.2013"], "“31.1.2013”不是日期，请写成 2013-01-31 的样子。"),
        (["--through", "2012-13"], "“2012-13”不是月份，请写成 2012-09 的样子。"),
        (["templates", "--period", "九月"], "“九月”不是月份，请写成 2012-09 的样子。"),
        (["templates", "--period", "2011-12"], "2011年12月没有可用的表式"),
        (["templates", "--period", "2012-01", "--unit", "市卫生居"], "不在2012年1月的名录里，最接近的是“市卫生局”。"),
        (["templates"], "缺少选项 '--period'"),
        (["runn"], "没有这个命令 'runn'，最接近的是 'run'"),
        (["templates", "--period"], "选项 '--period' 后面要写内容"),
        (["--json=1"], "选项 '--json' 后面不写内容"),
        (["neither"], "没有这个命令 'neither'。"),
        (["check"], "缺少参数 '文件'"),
        (["--yaer", "2012"], "没有这个选项：--yaer，最接近的是 --year。"),
        (["--neither"], "没有这个选项：--neither。"),
        (["--year", "x"], "应是整数"),
        (["--workers", "0"], "应不小于 1"),
        (["run", "市卫生局.xlsx"], "多出了 市卫生局.xlsx。"),
        (["--office", "nowhere"], "office.toml：找不到这个文件"),
    ],
)  # fmt: skip
def test_a_command_typed_wrong_ends_with_2_and_says_what_was_meant(command, arguments, says):
    said = command(*arguments)

    assert said.code == 2
    assert said.err.startswith("不能运行：")
    assert says in said.err
    assert said.out == ""


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("office.toml", "[deadline]", "[deadlines]", "第 13 行：不认识的项“deadlines”，最接近的是“deadline”"),
        ("office.toml", '"workday"', '"workdya"', "第 15 行：“postpone”写了“workdya”，最接近的是“workday”"),
        ("office.toml", "jyg-2012", "jyg-2O12", "第 10 行：没有表式“jyg-2O12”，最接近的是“jyg-2012”"),
        ("units.csv", "620200-002,", "620200-001,", "第 3 行：代码“620200-001”出现了两次"),
        ("channels.csv", "code,name", "code,nmae", "第 1 行：不认识的列“nmae”，最接近的是“name”"),
    ],
)
def test_a_mistake_in_the_settings_ends_with_2_and_names_file_and_line(command, tmp_path, file, old, new, says):
    office = shutil.copytree(OFFICES / "jyg", tmp_path / "office")
    (office / file).write_text((office / file).read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    said = command("--office", office)

    assert said.code == 2
    assert said.err.startswith(f"不能运行：{file} {says}")


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [("run",), pytest.param(("publish", "--through", "2012-01", "--with-reservations", "试"), marks=pytest.mark.slow)],
)
def test_what_is_seen_for_the_first_time_is_received_today_whatever_day_is_looked_from(sent, command, words):
    book = sent.inbox / "收件登记.csv"
    book.unlink()
    days = {date.today().isoformat()}  # noqa: DTZ011  # the office's own day

    command(*words, "--as-of", "2099-01-01")

    days.add(date.today().isoformat())  # noqa: DTZ011  # it may be midnight
    (row,) = [line for line in book.read_text("utf-8-sig").splitlines()[1:] if line]
    assert row.split(",")[2] in days


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("explain", "2012", "表1", "1月", "渠道合计"),
        pytest.param(("templates", "--period", "2012-02", "--unit", "市卫生局"), marks=pytest.mark.slow),
    ],
    ids=["explain", "templates"],
)
def test_a_command_that_only_looks_writes_no_book(sent, command, words):
    (sent.inbox / "收件登记.csv").unlink()

    assert command(*words, *JANUARY).code == 0
    assert [path.name for path in sent.inbox.iterdir()] == ["2012-01"]


@pytest.mark.slow
@pytest.mark.usefixtures("sent")
def test_a_disk_that_is_full_is_said_without_a_traceback(command, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.outbox.publish.data.write_whole", full)
    said = command(*JANUARY)

    assert said.code == 2
    assert said.err.splitlines()[-1].startswith("不能运行：")
    assert "None" not in said.err


@pytest.mark.usefixtures("sent")
def test_ctrl_c_is_said_without_a_traceback(command, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.story.run.take_in", interrupt)
    said = command(*JANUARY)

    assert said.code == 2
    assert "已中断" in said.err


@pytest.mark.slow
def test_a_workbook_that_is_open_is_written_under_a_second_name_and_that_is_said(sent, command, monkeypatch):
    path = type(sent.folder)
    replace = path.replace

    def refuse(self, target):
        if target.name == "2012年度政府信息公开统计汇总.xlsx":
            raise PermissionError(13, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(path, "replace", refuse)
    said = command(*JANUARY)

    assert said.code == 1  # 49 units have time yet
    assert "汇总工作簿：outbox/2012/2012年度政府信息公开统计汇总（2）.xlsx" in said.out


@pytest.mark.slow
def test_an_outbox_file_that_a_person_changed_is_kept_aside_and_said(command):
    desk = Desk(command.folder)
    desk.send(changes={"T1.103": 5})
    command("run", "--as-of", "2012-01-31")
    changed = desk.outbox / "2012" / "处理意见.xlsx"
    changed.write_bytes(changed.read_bytes() + b"a person's work")
    theirs = changed.read_bytes()

    said = command("run", "--as-of", "2012-01-31")

    (kept,) = changed.parent.glob("处理意见_改过的_*.xlsx")
    assert kept.read_bytes() == theirs
    assert (
        f"发件夹里的“处理意见.xlsx”有人改过，没有覆盖，另存为“{kept.name}”。填好的意见要放在收件夹里才起作用"
        in said.out
    )
    assert "有人改过，没有覆盖" not in command("run", "--as-of", "2012-01-31").out


@pytest.mark.slow
def test_what_was_dropped_into_the_inbox_need_not_be_kept_twice(command):
    desk = Desk(command.folder)
    desk.send(changes={"T1.103": 5})
    command("run", "--as-of", "2012-01-31")
    changed = desk.outbox / "2012" / "处理意见.xlsx"
    book = openpyxl.load_workbook(changed)
    book.save(changed)
    (desk.inbox / "处理意见.xlsx").write_bytes(changed.read_bytes())

    assert "有人改过，没有覆盖" not in command("run", "--as-of", "2012-01-31").out


@pytest.mark.slow
def test_publish_says_where_the_version_is_or_why_there_is_none(command):
    desk = Desk(command.folder)
    for unit in ("市卫生局", "市教育局"):
        desk.send(unit, changes={"T1.103": 5} if unit == "市教育局" else {})
    asked = ("publish", "--through", "2012-01", "--as-of", "2012-01-31")

    refused = command(*asked)
    done = command(*asked, "--with-reservations", "市教育局来电说明，另行更正")
    same = command(*asked, "--with-reservations", "市教育局来电说明，另行更正")

    assert (refused.code, done.code, same.code) == (1, 0, 0)
    assert "没有存上报版本。暂不能上报：1处待核实，对账有1项不一致，还有48份没有收到" in refused.out
    assert "市教育局2012年1月（主动公开!D6）" in refused.out
    assert "已存为上报版本：outbox/上报/2012-01_v1" in done.out
    assert "“分析说明/2012-01_分析说明.docx”里还有" in done.out
    assert "再运行一次 publish 存新的版本" in done.out
    assert "与已上报的版本相同，没有另存：outbox/上报/2012-01_v1" in same.out
    assert [path.name for path in (desk.outbox / "上报").iterdir()] == ["2012-01_v1"]


@pytest.mark.slow
@pytest.mark.usefixtures("sent")
def test_a_check_of_our_own_that_fails_is_a_sentence_too(command, tmp_path, monkeypatch):
    def refuse(*_):
        Returns.validate(frame_of(Returns).assign(must="x"))

    monkeypatch.setattr("pipeline.ledger.book", refuse)
    said = command(*JANUARY)

    assert said.code == 2
    assert "程序自己的核对没有通过（must）" in said.err
    assert "发件夹没有改动" in said.err
    assert not (tmp_path / "outbox" / "2012").exists()
