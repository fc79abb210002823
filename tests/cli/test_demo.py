"""The command demo: a whole year that shows what the pipeline finds."""

import csv
import json
import shutil
from importlib import import_module

import pytest

from pipeline.demo.year import Planted


@pytest.mark.parametrize("folder", ["演示", "."])
def test_demo_refuses_a_folder_that_has_an_inbox(command, tmp_path, folder):
    (tmp_path / folder / "inbox").mkdir(parents=True)
    said = command("demo", folder)

    assert said.code == 2
    assert "里已经有 inbox 文件夹。请换一个文件夹，或先删去它。" in said.err
    assert list((tmp_path / folder / "inbox").iterdir()) == []


@pytest.fixture
def built(demo_folder, monkeypatch):
    """The demonstration's inbox is copied, for it takes long to build."""

    def build(folder, *_):
        shutil.copytree(demo_folder / "inbox", folder / "inbox")
        with (demo_folder / "预设差错.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = [{**row, "difference": int(row["difference"])} for row in csv.DictReader(file)]
        return [Planted(**row) for row in rows]

    monkeypatch.setattr(import_module("pipeline.demo"), "build_demo", build)


@pytest.mark.usefixtures("built")
def test_demo_finds_exactly_what_was_planted_and_writes_the_same_bytes_again(command, tmp_path, demo_folder):
    said = command("demo", "演示", "--json")
    summary = json.loads(said.out)
    first, again = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (demo_folder / "outbox" / "2012", tmp_path / "演示" / "outbox" / "2012")
    )

    assert (said.code, said.err) == (0, "")
    assert (summary["planted"], summary["found_exactly"]) == (13, True)
    assert again == first
