"""The outbox is a function of its inputs: the same bytes again, anywhere, and whole files or none."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from pipeline.story.delivering import deliver
from schemas.mistake import CannotRun
from tests.builders import Desk

pytestmark = pytest.mark.slow

PROGRAM = Path(__file__).parents[2] / "run_pipeline.py"


LATER = "2012-03-31"


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Three units, two months, one of the returns wrong; the pipeline has been run once."""
    desk = Desk(tmp_path_factory.mktemp("first"))
    for month in ("2012-01", "2012-02"):
        for unit in ("市教育局", "市卫生局", "雄关区"):
            wrong = {"T2.02": 11} if (unit, month) == ("雄关区", "2012-02") else {}
            desk.send(unit, month, wrong)
    return desk, desk.run(LATER)[0]


@pytest.fixture(scope="module")
def outcome(first):
    """What was found on that desk."""
    return first[1]


@pytest.fixture
def desk(first, tmp_path):
    """A copy of that desk with its outbox."""
    shutil.copytree(first[0].folder, tmp_path, dirs_exist_ok=True)
    return Desk(tmp_path)


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_run_writes_the_same_bytes_makes_what_was_deleted_and_adds_a_line_to_the_trail(desk):
    first = contents(desk.outbox / "2012")
    (desk.outbox / "2012" / "run.json").unlink()
    (desk.outbox / "2012" / "data" / "facts.csv").unlink()
    desk.run(LATER)

    assert contents(desk.outbox / "2012") == first
    assert {"run.json", "data/facts.csv"} <= set(first)
    lines = [json.loads(line) for line in (desk.outbox / "runs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 2
    assert len({line["fingerprint"] for line in lines}) == 1


def test_another_place_clock_language_and_number_of_processes_make_no_difference(desk, tmp_path):
    """Nor does it make a difference that there is no outbox yet."""
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(desk.inbox, elsewhere / "收件")
    options = ["--inbox", "收件", "--outbox", "发件", "--as-of", LATER, "--workers", "2"]
    other = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PATH": os.environ["PATH"]}
    command = [sys.executable, PROGRAM, *options]
    done = subprocess.run(command, cwd=elsewhere, env=other, capture_output=True, check=False)  # noqa: S603

    assert done.returncode == 1, done.stderr.decode()
    assert contents(elsewhere / "发件" / "2012") == contents(desk.outbox / "2012")


def test_the_workbook_holds_no_clock(first):
    (workbook,) = (first[0].outbox / "2012").glob("*汇总.xlsx")
    with zipfile.ZipFile(workbook) as archive:
        times = {part.date_time for part in archive.infolist()}
        core = archive.read("docProps/core.xml").decode()

    assert {year for year, *_ in times} == {1980}
    assert len(times) == 1
    assert core.count(f"{LATER}T00:00:00Z") == core.count("dcterms:W3CDTF") == 2


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(desk, outcome, monkeypatch):
    before = contents(desk.outbox)

    def break_off(path, _):
        path.write_bytes(b"half a workbook")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(import_module("pipeline.outbox.publish.publish"), "write_workbook", break_off)
    with pytest.raises(OSError, match="No space left"):
        deliver(replace(outcome, as_of=date(2012, 4, 30)), desk.outbox)

    assert contents(desk.outbox) == before
    assert any(name.endswith(".xlsx") for name in before)


@pytest.fixture
def locked(monkeypatch):
    """Names of files that are open in Excel, so that Windows refuses to replace them."""
    names: set[str] = set()
    replace = Path.replace

    def refuse(self, target):
        if target.name in names:
            raise PermissionError(13, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    return names


def test_a_workbook_open_in_excel_is_written_beside_it(desk, outcome, locked):
    (first,) = (desk.outbox / "2012").glob("*汇总.xlsx")
    old = first.read_bytes()
    locked.add(first.name)
    (second, *_), kept = deliver(replace(outcome, as_of=date(2012, 4, 30)), desk.outbox)

    assert second.name == "2012年度政府信息公开统计汇总（2）.xlsx"
    assert first.read_bytes() == old != second.read_bytes()
    assert kept == []
    assert [path for path in second.parent.iterdir() if path.name.startswith(".")] == []


def test_once_it_is_closed_again_it_has_its_name_and_the_second_goes_away(desk, outcome, locked):
    (first,) = (desk.outbox / "2012").glob("*汇总.xlsx")
    locked.add(first.name)
    deliver(replace(outcome, as_of=date(2012, 4, 30)), desk.outbox)
    locked.clear()
    _, kept = deliver(replace(outcome, as_of=date(2012, 5, 31)), desk.outbox)

    assert kept == []
    assert list(first.parent.glob("*汇总*.xlsx")) == [first]


def test_a_folder_where_nothing_can_be_replaced_is_said(desk, outcome, locked):
    locked.update({"run.json", *(f"run（{n}）.json" for n in range(2, 100))})

    with pytest.raises(CannotRun, match=r"run\.json.*请关闭后再运行一次"):
        deliver(replace(outcome, as_of=date(2012, 4, 30)), desk.outbox)

    assert list(desk.outbox.rglob(".*")) == []
