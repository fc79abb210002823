"""The command demo: a whole year that shows what the pipeline finds."""

import csv
import json
import re
import shutil
import zipfile
from datetime import date

import pytest

from pipeline.story.run import Request, run
from schemas.office import OFFICES, read_office
from tests.builders import Quiet


@pytest.mark.parametrize("folder", ["演示", "."])
def test_demo_refuses_a_folder_that_has_an_inbox(command, tmp_path, folder):
    (tmp_path / folder / "inbox").mkdir(parents=True)
    said = command("demo", folder)

    assert said.code == 2
    assert "里已经有 inbox 文件夹。请换一个文件夹，或先删去它。" in said.err
    assert list((tmp_path / folder / "inbox").iterdir()) == []


@pytest.mark.parametrize(
    ("year", "faults"), [pytest.param("demo_folder", 15, marks=pytest.mark.slow), ("shifan_folder", 2)]
)
def test_demo_finds_exactly_what_was_planted(request, year, faults):
    folder = request.getfixturevalue(year)
    said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    summary = json.loads(said["out"])
    with (folder / "预设差错.csv").open(encoding="utf-8-sig", newline="") as file:
        planted = list(csv.DictReader(file))

    assert said["code"] == 0
    assert (summary["planted"], summary["found_exactly"]) == (len(planted), True) == (faults, True)
    assert summary["findings"]["all"] == faults


@pytest.mark.parametrize("name", ["上年数据.xlsx", "年报正文数字.xlsx", "2012-01/雄关区_2012-01.xlsx"])
def test_what_the_demonstration_builds_holds_no_clock(demo_folder, name):
    with zipfile.ZipFile(demo_folder / "inbox" / name) as archive:
        core = archive.read("docProps/core.xml").decode()
        times = {part.date_time for part in archive.infolist()}

    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert {found[:4] for found in re.findall(r'W3CDTF">([^<]*)', core)} <= {"2012", "2013"}


@pytest.mark.slow
def test_a_year_that_is_run_again_has_the_same_bytes(shifan_folder, tmp_path):
    shutil.copytree(shifan_folder / "inbox", tmp_path / "inbox")
    office = read_office(OFFICES / "shifan")
    run(Request(tmp_path / "inbox", tmp_path / "outbox", office, date(2013, 1, 31), workers=2), Quiet())
    first, again = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (shifan_folder / "outbox" / "2012", tmp_path / "outbox" / "2012")
    )

    assert again == first
    assert {"run.json", "data/facts.csv"} <= set(first)
