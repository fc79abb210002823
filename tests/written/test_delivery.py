"""What is in the outbox is ours, a person's, or in the way; and whoever is to be believed, it is not our own record."""

import json
import os

import pytest

from pipeline.outbox.delivery import delivering
from pipeline.outbox.written import RECORD, STAGE, Note, settle, write_note, write_record
from pipeline.values.files import sha256, short, write_whole
from schemas.mistake import CannotRun
from tests.faults import count
from tests.written.putting import BOOK, DATA, FILES, NOTE, contents, damages, put

HARMLESS = "nothing outside is touched, identical files stay, nobody is accused"


def digest(data: bytes) -> str:
    return short(sha256(data))


@pytest.fixture
def outbox(tmp_path):
    """An outbox after a run, beside an inbox with a return."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "x").write_bytes(b"a return")
    put(tmp_path / "outbox")
    return tmp_path / "outbox"


def test_what_is_put_there_is_recorded_and_nothing_else_is_left(outbox):
    record = json.loads((outbox / RECORD).read_text("utf-8"))

    assert contents(outbox) == {**FILES, RECORD: (outbox / RECORD).read_bytes()}
    assert record == {name: digest(data) for name, data in FILES.items()}


def test_what_is_the_same_keeps_its_time(outbox):
    os.utime(outbox / BOOK, (1, 1))
    put(outbox, {**FILES, DATA: b"3,4\r\n"})

    assert (outbox / BOOK).stat().st_mtime == 1
    assert (outbox / DATA).read_bytes() == b"3,4\r\n"


@pytest.mark.parametrize("name", FILES)
def test_what_a_person_changed_is_kept_under_another_name_and_said(outbox, name):
    (outbox / name).write_bytes(b"a person's")
    (kept,) = put(outbox)

    assert kept.path.read_bytes() == b"a person's"
    assert kept.path.stem.endswith("_改过的_" + digest(b"a person's"))
    assert "有人改过，没有覆盖" in kept.words
    assert (outbox / name).read_bytes() == FILES[name]
    assert put(outbox) == []


def test_what_a_person_made_the_same_as_ours_is_not_kept(outbox):
    (outbox / BOOK).write_bytes(b"the new workbook")

    assert put(outbox, {**FILES, BOOK: b"the new workbook"}) == []


def test_what_a_person_changed_is_kept_also_where_it_would_be_removed(outbox):
    (outbox / NOTE).write_bytes(b"a person's")
    (kept,) = put(outbox, {BOOK: FILES[BOOK]})

    assert [path.name for path in (outbox / NOTE).parent.iterdir()] == [kept.path.name]


def test_of_another_year_everything_stays_known(outbox):
    later = {name.replace("2012", "2013"): data + b"!" for name, data in FILES.items()}
    put(outbox, later)

    assert put(outbox, {name: data + b" anew" for name, data in FILES.items()}) == []


def test_without_a_record_what_people_work_in_is_kept_and_nobody_is_accused(outbox):
    (outbox / RECORD).unlink()
    kept = put(outbox, {name: data + b" anew" for name, data in FILES.items()})

    assert [(one.name, "_原有的_" in one.path.name) for one in kept] == [
        ("汇总.xlsx", True),
        ("2012-01_分析说明.docx", True),
    ]
    assert not any("有人改过" in one.words for one in kept)


@pytest.mark.slow
def test_a_damaged_record_harms_nothing(outbox):
    before, inbox = contents(outbox), contents(outbox.parent / "inbox")
    tried = list(damages(before[RECORD], 300, "record"))
    for data in tried:
        (outbox / RECORD).write_bytes(data)
        assert put(outbox) == [], data
        assert contents(outbox) == before, data

    assert contents(outbox.parent / "inbox") == inbox
    count("records", "damaged written.json", len(tried), HARMLESS)


@pytest.mark.slow
def test_a_damaged_note_harms_nothing(outbox):
    before, inbox = contents(outbox), contents(outbox.parent / "inbox")
    (outbox / STAGE).mkdir()
    note = Note(files={name: digest(data) for name, data in FILES.items()}, aside={BOOK: "2012/汇总_改过的_h1.xlsx"})
    write_note(outbox, note)
    tried = list(damages((outbox / STAGE / "note.json").read_bytes(), 300, "note"))
    for data in tried:
        (outbox / STAGE).mkdir(exist_ok=True)
        (outbox / STAGE / "note.json").write_bytes(data)
        assert put(outbox) == [], data
        assert contents(outbox) == before, data

    assert contents(outbox.parent / "inbox") == inbox
    count("records", "damaged note of what is about to be written", len(tried), HARMLESS)


@pytest.mark.parametrize("name", ["../inbox/x", "/{root}/inbox/x", "2012/../../inbox/x", "C:\\x", "\\x", "a\0b", "."])
def test_a_name_in_our_records_leads_nowhere(outbox, name):
    name = name.replace("/{root}", outbox.parent.as_posix())
    write_record(outbox, {name: "h0123456789ab"})
    (outbox / STAGE).mkdir(exist_ok=True)
    write_note(outbox, Note(files={name: digest(b"a return")}, aside={name: name}))

    assert settle(outbox) == []
    assert put(outbox) == []
    assert contents(outbox.parent / "inbox") == {"x": b"a return"}


def blocks(place, kind):
    place.unlink(missing_ok=True)
    if kind == "a folder":
        place.mkdir()
    else:
        place.symlink_to(place.parents[2] / "inbox" / "x")


@pytest.mark.parametrize("kind", ["a folder", "a link"])
def test_a_folder_or_a_link_in_the_place_of_a_file_is_said_before_anything_is_moved(outbox, kind):
    blocks(outbox / BOOK, kind)

    with pytest.raises(CannotRun, match=r"汇总\.xlsx.*(文件夹|快捷方式).*再运行一次"):
        put(outbox, {name: data + b" anew" for name, data in FILES.items()})

    assert (outbox / DATA).read_bytes() == FILES[DATA]
    assert contents(outbox.parent / "inbox") == {"x": b"a return"}
    assert not (outbox / STAGE).exists()


def test_a_folder_of_the_outbox_that_is_a_link_is_said(outbox, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (outbox / "2013").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(CannotRun, match="“2013”应当是文件夹"):
        put(outbox, {"2013/汇总.xlsx": b"1"})

    assert contents(tmp_path / "elsewhere") == {}


@pytest.mark.parametrize("broken", range(5))
def test_a_delivery_that_breaks_off_makes_nobody_a_culprit(outbox, broken, monkeypatch):
    """The disk goes away at each move in turn; the next delivery is another one, on a later day."""
    replace, moves = type(outbox).replace, iter(range(100))

    def fails(self, target):
        if STAGE not in target.as_posix() and next(moves) == broken:
            raise OSError(5, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(type(outbox), "replace", fails)
    files = {name: data + b" anew" for name, data in FILES.items()}
    if broken < len(files) + 1:
        with pytest.raises(OSError, match="Input"):
            put(outbox, files)
    monkeypatch.undo()

    assert put(outbox, {name: data + b" later" for name, data in FILES.items()}) == []
    assert {name.rpartition("/")[2] for name in contents(outbox)} == {
        *(name.rpartition("/")[2] for name in FILES), RECORD
    }  # fmt: skip


def test_what_a_killed_run_kept_is_told_by_the_next(outbox):
    """It was killed after it had moved what a person had changed, before it could say so."""
    (outbox / BOOK).write_bytes(b"a person's")
    delivery = delivering(outbox).__enter__()
    made = [write_whole(delivery.stage / BOOK, lambda path: path.write_bytes(b"new"))]
    delivery.put(made)
    (kept,) = put(outbox, {**FILES, BOOK: b"new"})

    assert kept == delivery.kept[0]
    assert kept.path.read_bytes() == b"a person's"
