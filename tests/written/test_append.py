"""A file that is appended to, and never rewritten: whole after the next run, wherever the last was killed."""

import json

import pytest

from pipeline.values.files import append_text, appended, finish_appending, sha256, unfinished
from schemas.mistake import CannotRun
from tests.faults import count

BEFORE, NEW = "sha256,name\r\nh1,一月.xlsx\r\n", "h2,二月.xlsx\r\nh3,三月.xlsx\r\n"


def note_of(at: int, text: str) -> bytes:
    return json.dumps({"at": at, "sha256": sha256(text.encode()), "text": text}, ensure_ascii=False).encode()


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "登记.csv"
    path.write_bytes(BEFORE.encode())
    return path


def test_it_is_appended_to_and_nothing_is_left_beside_it(book):
    append_text(book, NEW)

    assert book.read_bytes() == (BEFORE + NEW).encode()
    assert list(book.parent.iterdir()) == [book]


def test_it_is_made_where_there_is_none(tmp_path):
    append_text(tmp_path / "new", NEW)

    assert (tmp_path / "new").read_bytes() == NEW.encode()


@pytest.mark.parametrize("before", ["", BEFORE])
def test_torn_at_every_byte_it_is_completed_by_the_next(book, before):
    new, old = NEW.encode(), before.encode()
    for torn in range(len(new) + 1):
        book.write_bytes(old + new[:torn])
        unfinished(book).write_bytes(note_of(len(old), NEW))

        assert appended(book) == old + new, "also for who only reads"
        finish_appending(book)
        assert book.read_bytes() == old + new
        assert list(book.parent.iterdir()) == [book]
    count(
        "records", f"receipts book torn while it was appended to ({'new' if not old else 'old'})", torn + 1, "completed"
    )


def test_a_note_torn_at_every_byte_means_that_nothing_was_begun(book):
    note = note_of(len(BEFORE.encode()), NEW)
    for torn in range(len(note)):
        unfinished(book).write_bytes(note[:torn])
        finish_appending(book)

        assert book.read_bytes() == BEFORE.encode()
        assert list(book.parent.iterdir()) == [book]
    count("records", "note of an appending torn", len(note), "cleared, the book as it was")


@pytest.mark.parametrize("since", [b"", b"other\r\n", (BEFORE + "h9,x\r\n").encode()])
def test_a_book_that_has_changed_since_is_left_to_its_reader(book, since):
    unfinished(book).write_bytes(note_of(len(BEFORE.encode()), NEW))
    book.write_bytes(since)
    finish_appending(book)

    assert book.read_bytes() == since
    assert list(book.parent.iterdir()) == [book]


@pytest.mark.parametrize(
    "note", [b"[]", b"{}", b'{"at": -3, "sha256": "", "text": ""}', b"[" * 100_000, b'{"at": "a"}']
)
def test_a_note_that_is_none_is_cleared(book, note):
    unfinished(book).write_bytes(note)
    finish_appending(book)

    assert contents_of(book) == [BEFORE.encode()]


def contents_of(book):
    return [path.read_bytes() for path in book.parent.iterdir()]


def test_a_book_that_is_a_link_is_refused_with_what_to_do(tmp_path, book):
    link = tmp_path / "link.csv"
    link.symlink_to(book)

    for use in (lambda: append_text(link, NEW), lambda: appended(link), lambda: finish_appending(link)):
        with pytest.raises(CannotRun, match=r"快捷方式（链接）.*放回真正的文件"):
            use()
    assert book.read_bytes() == BEFORE.encode()


def test_a_disk_that_is_full_leaves_it_as_it_was(book, monkeypatch):
    def full(path, data):
        with path.open("ab") as file:
            file.write(data[:5])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.values.files._append", full)
    with pytest.raises(OSError, match="No space"):
        append_text(book, NEW)

    assert contents_of(book) == [BEFORE.encode()]
