"""The outbox is a function of its inputs: the same bytes again, anywhere, and whole files or none."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from schemas.mistake import CannotRun

PROGRAM = Path(__file__).parents[2] / "run_pipeline.py"


@pytest.fixture
def desk(desk):
    """Three units, two months, one of the returns wrong."""
    for month in ("2012-01", "2012-02"):
        for unit in ("市教育局", "市卫生局", "雄关区"):
            wrong = {"T2.02": 11} if (unit, month) == ("雄关区", "2012-02") else {}
            desk.send(unit, month, wrong)
    return desk


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_run_writes_the_same_bytes_and_one_more_line_of_the_trail(desk):
    desk.run()
    first = contents(desk.outbox / "2012")
    desk.run()

    assert contents(desk.outbox / "2012") == first
    assert len(first) == 7
    lines = [json.loads(line) for line in (desk.outbox / "runs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 2
    assert len({line["fingerprint"] for line in lines}) == 1


def test_a_deleted_outbox_is_made_again(desk):
    desk.run()
    first = contents(desk.outbox / "2012")
    shutil.rmtree(desk.outbox)
    desk.run()

    assert contents(desk.outbox / "2012") == first


def test_another_place_clock_language_and_number_of_processes_make_no_difference(desk, tmp_path):
    desk.run("2012-03-31")
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(desk.inbox, elsewhere / "收件")
    options = ["--inbox", "收件", "--outbox", "发件", "--as-of", "2012-03-31", "--workers", "2"]
    other = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PATH": os.environ["PATH"]}
    command = [sys.executable, PROGRAM, *options]
    done = subprocess.run(command, cwd=elsewhere, env=other, capture_output=True, check=False)  # noqa: S603

    assert done.returncode == 1, done.stderr.decode()
    assert contents(elsewhere / "发件" / "2012") == contents(desk.outbox / "2012")


def test_the_workbook_holds_no_clock(desk):
    _, workbook = desk.run()
    with zipfile.ZipFile(workbook) as archive:
        times = {part.date_time for part in archive.infolist()}
        core = archive.read("docProps/core.xml").decode()

    assert {year for year, *_ in times} == {1980}
    assert len(times) == 1
    assert core.count("2012-01-31T00:00:00Z") == core.count("dcterms:W3CDTF") == 2


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(desk, monkeypatch):
    _, workbook = desk.run()
    before = contents(desk.outbox / "2012")

    def break_off(path, _):
        path.write_bytes(b"half a workbook")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(import_module("pipeline.publish.publish"), "write_workbook", break_off)
    with pytest.raises(OSError, match="No space left"):
        desk.run()

    assert contents(desk.outbox / "2012") == before
    assert workbook.exists()


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


def test_a_workbook_open_in_excel_is_written_beside_it(desk, locked):
    _, first = desk.run()
    old = first.read_bytes()
    locked.add(first.name)
    _, second = desk.run("2012-03-31")

    assert second.name == "2012年度政府信息公开统计汇总（2）.xlsx"
    assert first.read_bytes() == old != second.read_bytes()
    assert [path for path in second.parent.iterdir() if path.name.startswith(".")] == []


def test_a_folder_where_nothing_can_be_replaced_is_said(desk, locked):
    locked.update({"facts.csv", *(f"facts（{n}）.csv" for n in range(2, 100))})

    with pytest.raises(CannotRun, match=r"facts\.csv.*请关闭后再运行一次"):
        desk.run()

    assert list(desk.outbox.rglob(".*")) == []
