"""A run over what has not changed ends at the door with what the last one said; whatever changed, it runs."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import Desk
from tests.cli.running import PROGRAM, Command
from tests.cli.settings import Settings

pytestmark = pytest.mark.slow

DAY = ("--as-of", "2012-01-31")
NOTHING_NEW = "自上次运行以来没有变化"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk with one return, after a run."""
    desk = Desk(tmp_path_factory.mktemp("unchanged"))
    desk.send()
    first = Command(desk.folder)(*DAY)
    return desk, first


@pytest.fixture
def copy(desk, tmp_path):
    """The desk after its run, to be changed."""
    shutil.copytree(desk[0].folder, tmp_path / "desk")
    return tmp_path / "desk"


def ran(folder, *more):
    """Whether a command looked at the returns again."""
    said = Command(folder)(*(more or DAY))
    assert said.code in {0, 1}
    return "读取报表" in said.err


def test_it_says_so_and_what_the_last_run_said(desk):
    own, first = desk
    again = Command(own.folder)(*DAY)

    assert NOTHING_NEW in again.out.splitlines()[0]
    assert again.out.splitlines()[1:] == first.out.splitlines()
    assert (again.code, again.err) == (first.code, "")


def test_a_machine_is_told_the_same_as_by_a_run(copy):
    short, whole = Command(copy)(*DAY, "--json"), None
    (copy / "outbox" / "last_run.json").unlink()
    whole = Command(copy)(*DAY, "--json")

    assert json.loads(short.out) == json.loads(whole.out)


def another_return(folder):
    (folder / "inbox" / "新.txt").write_text("x", encoding="utf-8")


def touched(folder):
    next((folder / "outbox" / "2012").glob("*汇总.xlsx")).write_bytes(b"x")


def gone(folder):
    (folder / "outbox" / "2012" / "运行报告.html").unlink()


def killed(folder):
    (folder / "outbox" / ".正在写").mkdir()


def forwarded(folder):
    (folder / "outbox" / "上报").mkdir()
    (folder / "outbox" / "上报" / "别的.txt").write_text("x", encoding="utf-8")


def moved(folder):
    path = next(path for path in (folder / "inbox").rglob("*.xlsx"))
    path.rename(folder / "inbox" / path.name)


def book_copy_gone(folder):
    (folder / "outbox" / "收件登记_副本.csv").unlink()


def hidden_return(folder):
    path = next(path for path in (folder / "inbox").rglob("*.xlsx"))
    (folder / "inbox" / "__pycache__").mkdir()
    shutil.copyfile(path, folder / "inbox" / "__pycache__" / path.name)


def damaged(folder):
    (folder / "outbox" / "last_run.json").write_text("[]", encoding="utf-8")


QUICK, DEAR = [touched], [another_return, gone, killed, forwarded, moved, damaged, book_copy_gone, hidden_return]


@pytest.mark.parametrize("change", [*QUICK, *(pytest.param(one, marks=pytest.mark.slow) for one in DEAR)])
def test_whatever_changed_it_runs(copy, change):
    change(copy)

    assert ran(copy)


@pytest.mark.parametrize("asked", [("--as-of", "2012-02-01"), (*DAY, "--through", "2012-01"), (*DAY, "--year", "2012")])
def test_asked_otherwise_it_runs(copy, asked):
    assert ran(copy, *asked)


def test_with_other_settings_it_runs(tmp_path):
    settings = Settings(tmp_path)
    settings.desk().send()
    asked = (*DAY, "--office", settings.office)
    assert ran(tmp_path, *asked)
    assert not ran(tmp_path, *asked)
    with (settings.office / "office.toml").open("a", encoding="utf-8") as file:
        file.write("# 改过\n")

    assert ran(tmp_path, *asked)


def test_nothing_heavy_is_imported_for_it(desk):
    watch = (
        "import sys, runpy\ntry:\n    runpy.run_path(sys.argv[0], run_name='__main__')\nexcept SystemExit:\n    pass\n"
    )
    watch += "print([n for n in ('pandas', 'pandera', 'numpy', 'pyarrow', 'openpyxl') if n in sys.modules])"
    code = f"import sys; sys.path.insert(0, {str(PROGRAM.parent)!r}); sys.argv = [{str(PROGRAM)!r}, *{list(DAY)!r}]\n{watch}"
    said = subprocess.run([sys.executable, "-c", code], cwd=desk[0].folder, capture_output=True, text=True, check=True)  # noqa: S603  # our own

    assert NOTHING_NEW in said.stdout
    assert said.stdout.splitlines()[-1] == "[]"


def test_what_came_while_it_ran_is_read_by_the_next(copy, monkeypatch):
    from pipeline.story import series

    run_all = series.run_all

    def and_meanwhile(*given):
        found = run_all(*given)
        Path("inbox/刚到.txt").write_text("x", encoding="utf-8")
        return found

    another_return(copy)
    monkeypatch.setattr(series, "run_all", and_meanwhile)
    assert ran(copy)
    monkeypatch.undo()

    assert ran(copy)
