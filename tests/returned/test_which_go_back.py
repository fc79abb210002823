"""Which returns go back, under which names; what no longer applies is removed, and nothing else."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.outbox.delivery import delivering
from pipeline.outbox.returned import WHOLE, write_returned
from pipeline.story.run import run
from tests.builders import Desk, Quiet
from tests.pipeline.overtype import lose_stamp, retouch, together
from tests.returned.reading import Returned

WRONG, WORSE = {"T1.102": "4条"}, {"T1.102": "5条"}
FOLDER = "2012/退回"


def sends(desk: Desk, unit: str, number: int, changes: dict[str, str] | None = None, **how):
    return desk.send(unit, received=f"2012-02-0{number}", name=f"{unit}{number}.xlsx", changes=changes, **how)


def put(outcome, outbox: Path) -> None:
    """What goes back, put into the outbox as a run does it."""
    folder, ending = WHOLE
    with delivering(outbox) as delivery:
        delivery.put(write_returned(outcome, delivery.stage))
        delivery.remove_others(outbox / "2012" / folder, ending)


def copied(desk: Desk, first, number: int) -> None:
    copy = first.with_stem(f"{first.stem}（{number}）")
    shutil.copyfile(first, copy)
    desk.receive(copy, f"2012-02-0{number}")


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A desk with all kinds of stories, after a run."""
    desk = Desk(tmp_path_factory.mktemp("first"))
    sends(desk, "市教育局", 1, WRONG), sends(desk, "市教育局", 2, WORSE)
    sends(desk, "市科技局", 1), sends(desk, "市科技局", 2, WRONG)
    sends(desk, "市公安局", 1, WRONG), sends(desk, "市公安局", 2)
    copied(desk, sends(desk, "市民政局", 1, WRONG), 2)
    sends(desk, "市司法局", 1)
    unknown = together(lose_stamp, retouch("嘉峪关市财政局", "嘉峪关市财务局"))
    desk.send("市财政局", name="一/表.xlsx", edit=unknown)
    desk.send("市财政局", changes={"T2.04": 6}, name="二/表.xlsx", edit=unknown)
    (desk.inbox / "一/照片.xls").write_bytes(b"\xd0\xcf\x11\xe0 no workbook of ours")
    desk.receive(desk.inbox / "一/照片.xls", "2012-02-03")
    outcome, written, _ = run(desk.request(), Quiet())
    return desk, outcome, written


@pytest.fixture(scope="module")
def outcome(first):
    """What was found on that desk."""
    return first[1]


@pytest.fixture
def desk(first, tmp_path):
    """A copy of that desk with its outbox."""
    shutil.copytree(first[0].folder, tmp_path, dirs_exist_ok=True)
    return Desk(tmp_path, receipts=list(first[0].receipts))


def there(desk: Desk) -> dict[str, bytes]:
    folder = desk.outbox / FOLDER
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_the_newest_version_goes_back_where_it_is_rejected(first):
    assert set(there(first[0])) == {
        "2012-01/市教育局_2012-01_退回修改.xlsx",
        "2012-01/市科技局_2012-01_退回修改.xlsx",
        "2012-01/市民政局_2012-01_退回修改.xlsx",
        "未识别/表_退回修改.xlsx",
        "未识别/表（2）_退回修改.xlsx",
        "未识别/照片_退回修改.xlsx",
    }
    (line,) = Returned(first[0].outbox / FOLDER / "2012-01/市教育局_2012-01_退回修改.xlsx").lines
    assert line.written == "5条"


@pytest.mark.slow
def test_a_run_tells_what_it_wrote(first):
    desk, _, written = first
    told = [path.relative_to(desk.outbox / FOLDER).as_posix() for path in written if FOLDER in path.as_posix()]

    assert sorted(told) == sorted(there(desk))
    assert list(desk.outbox.rglob(".*")) == []


@pytest.mark.slow
def test_the_same_bytes_are_written_again(desk, outcome):
    before = there(desk)
    shutil.rmtree(desk.outbox / FOLDER)
    put(outcome, desk.outbox)

    assert there(desk) == before


@pytest.mark.slow
def test_what_was_mended_is_removed_with_the_folder_that_it_leaves_empty(desk):
    for unit in ("市教育局", "市科技局", "市民政局"):
        sends(desk, unit, 7, {"T2.04": 6})
    put(desk.examine(), desk.outbox)

    assert {name.partition("/")[0] for name in there(desk)} == {"未识别"}
    assert not (desk.outbox / FOLDER / "2012-01").exists()


@pytest.mark.slow
def test_files_of_other_names_stay(desk, outcome):
    folder = desk.outbox / FOLDER / "2012-01"
    others = {"~$市教育局_2012-01_退回修改.xlsx", "市教育局_2012-01_退回修改 存.xlsx", "记录.docx"}
    for name in others:
        (folder / name).write_bytes(b"a person's")
    (folder / "市公安局_2012-01_退回修改.xlsx").write_bytes(b"of an earlier run")
    (folder / "市公安局_2012-01_退回修改（2）.xlsx").write_bytes(b"of an earlier run")
    put(outcome, desk.outbox)

    assert {path.name for path in folder.iterdir()} == others | {
        f"{unit}_2012-01_退回修改.xlsx" for unit in ("市教育局", "市科技局", "市民政局")
    }


@pytest.mark.slow
def test_where_nothing_goes_back_there_is_no_folder(desk, outcome):
    put(replace(outcome, sent_back=()), desk.outbox)

    assert not (desk.outbox / FOLDER).exists()


@pytest.mark.slow
def test_one_that_is_open_in_excel_stays_until_a_later_run(desk, outcome, monkeypatch):
    unlink = Path.unlink

    def refuse(self, missing_ok=False):
        if self.parent.name == "2012-01":
            raise PermissionError(13, "Permission denied", str(self))
        unlink(self, missing_ok)

    before = there(desk)
    monkeypatch.setattr(Path, "unlink", refuse)
    put(replace(outcome, sent_back=()), desk.outbox)
    still = there(desk)
    monkeypatch.undo()
    put(replace(outcome, sent_back=()), desk.outbox)

    assert still == {name: data for name, data in before.items() if name.startswith("2012-01/")} != {}
    assert there(desk) == {}
