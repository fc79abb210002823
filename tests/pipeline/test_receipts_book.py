"""What was received stays received: wherever it lies, whatever it is called, on whichever day the office looks."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.intake.receipts import COPY, Receipts
from pipeline.story.run import examine
from pipeline.tables.outcome import Outcome
from schemas.mistake import CannotRun, Mistake
from schemas.office import Office
from tests.builders import Desk, Quiet, a_little_office, the_city
from tests.pipeline.reading import returns
from tests.pipeline.ruled import rule

pytestmark = pytest.mark.slow

FEW = a_little_office()
UNIT = FEW.units[0].short
BOOK = "收件登记.csv"
UNREAD = {"T2.04": "不详"}


class Inbox:
    """An office that looks into its inbox on real days; what units send is laid there by nobody's book."""

    def __init__(self, folder: Path, office: Office = FEW) -> None:
        self.mail = Desk(folder / "mail", office)
        self.desk = Desk(folder / "office", office)
        self.desk.inbox.mkdir(parents=True)

    def comes(self, name: str, changes: dict[str, int | str] | None = None, unit: str = UNIT) -> Path:
        return self.lies(self.mail.send(unit, changes=changes, name=f"{unit}{name}".replace("/", "_")), name)

    def lies(self, source: Path, name: str) -> Path:
        target = self.desk.inbox / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        return target

    def moves(self, old: str, new: str) -> None:
        target = self.desk.inbox / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.desk.inbox / old).rename(target)

    def looks(self, today: str, as_of: str = "") -> Outcome:
        """A run on a real day."""
        request = replace(self.desk.request(as_of or today), today=date.fromisoformat(today))
        return examine(request, Quiet(), receive=True)

    @property
    def book(self) -> list[list[str]]:
        """The rows of the book by run: the days of each batch."""
        text = (self.desk.inbox / BOOK).read_bytes().decode("utf-8-sig")
        return [[line.split(",")[-2] for line in part.splitlines()] for part in re.split(r"\n\r\n", text)[1:]]


@pytest.fixture
def inbox(tmp_path) -> Inbox:
    return Inbox(tmp_path)


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Callable[[Inbox, int | str], Outcome]:
    """Brings an inbox to where version 1 came on the third and version 2, with a number of its own, on the sixth."""
    made: dict[int | str, tuple[Path, Outcome]] = {}

    def begin(inbox: Inbox, second: int | str) -> Outcome:
        if second not in made:
            first = Inbox(tmp_path_factory.mktemp("begun"))
            first.comes("v1.xlsx", {"T2.04": 4})
            first.looks("2012-02-03")
            first.comes("v2.xlsx", {"T2.04": second})
            made[second] = first.desk.folder, first.looks("2012-02-06")
        folder, outcome = made[second]
        shutil.copytree(folder, inbox.desk.folder, dirs_exist_ok=True)
        return outcome

    return begin


@pytest.fixture
def two_versions(begun, inbox) -> Outcome:
    """Version 1 came on the third, version 2 on the sixth, with 4 and 100 items."""
    return begun(inbox, 100)


@pytest.fixture
def one_sent_back(begun, inbox) -> Outcome:
    """Version 1 came on the third, version 2 on the sixth, which is sent back."""
    return begun(inbox, "不详")


def counts(outcome: Outcome, line: str = "04") -> list[int]:
    facts = outcome.facts[(outcome.facts["line"] == line) & (outcome.facts["measure"] == "month")]
    return [int(value) for value in facts["value"]]


def questions(outcome: Outcome) -> list[str]:
    return sorted(f.rule for f in outcome.open_findings if f.level == "verify")


# ---- a receipt belongs to a content


@pytest.mark.parametrize(
    "moves",
    [
        pytest.param({"v1.xlsx": "旧件/v1.xlsx"}, marks=pytest.mark.slow),
        {"v1.xlsx": "2012-01/v1.xlsx", "v2.xlsx": "2012-01/v2.xlsx"},
        pytest.param({"v2.xlsx": "a.xlsx"}, marks=pytest.mark.slow),
        pytest.param({"v1.xlsx": "z.xlsx", "v2.xlsx": "a.xlsx"}, marks=pytest.mark.slow),
        pytest.param({"v1.xlsx": "x", "v2.xlsx": "v1.xlsx", "x": "v2.xlsx"}, marks=pytest.mark.slow),
    ],
    ids=["the old one", "both", "the new one", "both, the other way round", "they change names"],
)
def test_what_was_moved_or_renamed_changes_nothing(inbox, two_versions, moves):
    before = two_versions
    for old, new in moves.items():
        inbox.moves(old, new)

    after = inbox.looks("2012-02-20")

    assert counts(before) == counts(after) == [100]
    columns = ("version", "received", "days_late", "state")
    assert returns(after, *columns, unit=UNIT) == returns(before, *columns, unit=UNIT)
    assert [f.id for f in after.findings if f.file] == [f.id for f in before.findings if f.file]
    assert inbox.book == [["2012-02-03"], ["2012-02-06"]]


def test_a_renamed_file_keeps_its_day(inbox):
    inbox.comes("v1.xlsx")
    inbox.looks("2012-02-03")
    inbox.moves("v1.xlsx", "甲/乙/市政府办.xlsx")

    assert returns(inbox.looks("2012-03-20"), "received", "days_late", unit=UNIT) == [("2012-02-03", 0)]


def test_an_old_version_in_a_second_place_came_again_and_the_accepted_one_after_it_stays(inbox, two_versions):
    inbox.lies(inbox.desk.inbox / "v1.xlsx", "2012-02/v1.xlsx")

    outcome = inbox.looks("2012-02-20")

    assert counts(outcome) == [100]
    assert questions(outcome) == ["W-VER-01"]
    assert inbox.book == [["2012-02-03"], ["2012-02-06"], ["2012-02-20"]]


@pytest.mark.parametrize("removed", ["v1.xlsx", "2012-02/v1.xlsx"])
def test_what_came_again_came_again_though_it_is_left_in_one_place_only(inbox, one_sent_back, removed):
    inbox.lies(inbox.desk.inbox / "v1.xlsx", "2012-02/v1.xlsx")
    twice = inbox.looks("2012-02-20")
    (inbox.desk.inbox / removed).unlink()

    once = inbox.looks("2012-02-21")

    assert counts(twice) == counts(once) == [4]
    assert [back.file for back in twice.sent_back] == [back.file for back in once.sent_back] == []
    assert returns(once, "received", "version", unit=UNIT) == [("2012-02-03", 3), ("2012-02-06", 2)]


def test_what_came_again_after_one_that_was_sent_back_has_the_last_word(inbox, one_sent_back):
    inbox.lies(inbox.desk.inbox / "v1.xlsx", "2012-02/v1.xlsx")

    outcome = inbox.looks("2012-02-20")

    assert counts(outcome) == [4]
    assert returns(outcome, "version", "state", unit=UNIT) == [(1, "通过"), (2, "退回"), (3, "通过")]
    assert questions(outcome) == []


def test_an_old_version_that_came_again_is_no_question_once_a_newer_one_has_come(inbox, two_versions):
    inbox.lies(inbox.desk.inbox / "v1.xlsx", "2012-02/v1.xlsx")
    inbox.looks("2012-02-20")
    inbox.comes("v3.xlsx", {"T2.04": 7})

    outcome = inbox.looks("2012-02-21")

    assert counts(outcome) == [7]
    assert questions(outcome) == []


def test_a_file_mended_on_the_same_day_counts_for_a_later_run_saw_it(inbox):
    inbox.comes("b.xlsx", {"T2.04": 4})
    inbox.looks("2012-02-03")
    inbox.comes("a.xlsx", {"T2.04": 6})

    outcome = inbox.looks("2012-02-03")

    assert counts(outcome) == [6]
    assert questions(outcome) == []


def test_two_versions_that_one_run_saw_first_together_are_tied_wherever_they_are_moved(inbox):
    inbox.comes("b.xlsx", {"T2.04": 4})
    inbox.comes("a.xlsx", {"T2.04": 6})
    first = inbox.looks("2012-02-03")
    inbox.moves("b.xlsx", "先/a.xlsx")

    after = inbox.looks("2012-02-05")

    assert counts(first) == counts(after) == []
    assert questions(first) == questions(after) == ["W-ORD-01"]
    (told,), (again,) = ([f.id for f in one.findings if f.rule == "W-ORD-01"] for one in (first, after))
    assert told == again


def test_the_office_says_which_of_two_came_last_by_excluding_the_other(tmp_path):
    city = the_city()
    inbox = Inbox(tmp_path, city._replace(units=city.units[:2]))  # the office's own texts speak of its whole form
    inbox.comes("b.xlsx", {"T2.04": 4})
    inbox.comes("a.xlsx", {"T2.04": 6})
    inbox.looks("2012-02-03")
    inbox.desk.run("2012-02-03")
    rule(inbox.desk, ("b.xlsx", {"意见": "作废"}))

    assert counts(inbox.looks("2012-02-05")) == [6]


def test_a_question_about_a_whole_file_keeps_its_id_and_its_ruling_when_the_file_is_moved(inbox):
    path = inbox.lies(Path(__file__), "来信.xlsx")
    inbox.comes("v1.xlsx")
    before = inbox.looks("2012-02-03")
    path.rename(inbox.desk.inbox / "别的.xlsx")

    after = inbox.looks("2012-02-03")

    (told,), (again,) = ([f for f in one.findings if f.level == "must" and not f.unit] for one in (before, after))
    assert (told.rule, told.id, again.file) == (again.rule, again.id, "别的.xlsx")


def test_a_stranger_of_other_content_is_another_finding(inbox):
    for name, data in (("a.xlsx", b"x"), ("b.xlsx", b"y")):
        (inbox.desk.inbox / name).write_bytes(data)
    inbox.comes("v1.xlsx")

    told = [f.id for f in inbox.looks("2012-02-03").findings if not f.unit]

    assert len(told) == len(set(told)) == 2


# ---- --as-of looks, it does not receive


@pytest.mark.parametrize(
    "as_of",
    [
        "2012-02-01",
        pytest.param("2012-03-20", marks=pytest.mark.slow),
        pytest.param("2099-01-01", marks=pytest.mark.slow),
    ],
)
def test_the_day_that_is_looked_from_dates_and_hides_no_file(inbox, as_of):
    inbox.comes("v1.xlsx")

    outcome = inbox.looks("2012-02-03", as_of)

    assert inbox.book == [["2012-02-03"]]
    assert returns(outcome, "received", "days_late", unit=UNIT)[0] == ("2012-02-03", 0)


def test_only_a_run_that_receives_writes_the_book(inbox):
    inbox.comes("v1.xlsx")
    request = inbox.desk.request("2012-02-03")

    outcome = examine(request, Quiet())

    assert returns(outcome, "received", unit=UNIT) == [("2012-02-03",)]
    assert not (inbox.desk.inbox / BOOK).exists()
    assert not (inbox.desk.outbox / COPY).exists()


# ---- the book is a memory


@pytest.fixture
def kept(inbox, two_versions) -> bytes:
    """The book after two runs, with its copy in the outbox."""
    data = (inbox.desk.inbox / BOOK).read_bytes()
    assert (inbox.desk.outbox / COPY).read_bytes() == data
    return data


def lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


DAMAGES = {
    "no heading": (lambda data: b"".join(lines(data)[1:]), "第 1 行：第一行应是"),
    "empty": (lambda _: b"", "比发件夹里的副本少了 2 行"),
    "header only": (lambda data: lines(data)[0], "比发件夹里的副本少了 2 行"),
    "a web page": (lambda _: b"<html><table></table></html>", "第 1 行：第一行应是"),
    "another heading": (lambda data: data.replace(b"first_seen", b"day"), "第 1 行：第一行应是"),
    "a row less": (lambda data: b"".join(lines(data)[:-1]), "比发件夹里的副本少了 1 行"),
    "the other order": (lambda d: b"".join([lines(d)[0], lines(d)[4], lines(d)[2]]), "先后和发件夹里的副本不一样"),
    "a number for a hash": (
        lambda d: re.sub(rb"\n[0-9a-f]{64}", b"\n1.23E+64", d, count=1),
        "第 3 行：校验码“1.23E+64”",
    ),
    "dates as Excel writes them": (lambda d: d.replace(b"2012-02-06", b"2012/2/6"), "第 5 行：日期“2012/2/6”不对"),
    "a day that is none": (lambda d: d.replace(b"2012-02-06", b"2012-02-30"), "第 5 行：日期“2012-02-30”不对"),
    "a day in full-width digits": (lambda d: d.replace(b"2012-02-06", "２０１２-02-06".encode()), "第 5 行：日期"),
    "a day to come": (lambda d: d.replace(b"2012-02-06", b"2099-01-01"), "第 5 行：收到日期 2099-01-01 还没有到"),
    "another encoding": (lambda d: d.replace(b"v2", "乙".encode("gbk")), "第 5 行：不是 UTF-8 编码"),
    "a cell too many": (lambda d: d.replace(b"2012-02-06,", b"2012-02-06,,"), "第 5 行：应有 4 栏，这里有 5 栏"),
    "a row twice": (lambda d: d + lines(d)[2], "第 6 行：与第 3 行完全相同"),
    "a size that is none": (lambda d: re.sub(rb",\d+\r\n", b",3e4\r\n", d, count=1), "第 3 行：文件名或字节数"),
    "no name": (lambda d: d.replace(b"v2.xlsx", b""), "第 5 行：文件名或字节数"),
    "binary": (lambda _: bytes(range(256)), "第 1 行：第一行应是"),
    "UTF-16": (lambda d: d.decode("utf-8-sig").encode("utf-16"), "第 1 行：第一行应是"),
}


@pytest.mark.parametrize(("damage", "says"), DAMAGES.values(), ids=DAMAGES)
def test_a_book_that_is_not_as_we_wrote_it_is_refused_and_left_as_it_is(inbox, kept, damage, says):
    path = inbox.desk.inbox / BOOK
    spoilt = damage(kept)
    path.write_bytes(spoilt)
    inbox.comes("v3.xlsx", {"T2.04": 7})

    with pytest.raises(Mistake) as trouble:
        inbox.looks("2012-05-05")

    assert str(trouble.value).startswith(BOOK)
    assert says in str(trouble.value)
    assert COPY in str(trouble.value) or "这台电脑的日期" in str(trouble.value)
    assert path.read_bytes() == spoilt


def test_a_book_that_was_lost_is_told_from_a_beginning_and_restored_from_the_copy(inbox, kept):
    data = kept
    (inbox.desk.inbox / BOOK).unlink()
    with pytest.raises(Mistake, match="不见了，发件夹里存有它的副本"):
        inbox.looks("2012-05-05")

    shutil.copyfile(inbox.desk.outbox / COPY, inbox.desk.inbox / BOOK)

    assert returns(inbox.looks("2012-05-05"), "received", unit=UNIT) == [("2012-02-03",), ("2012-02-06",)]
    assert (inbox.desk.inbox / BOOK).read_bytes() == data


@pytest.mark.parametrize(
    "data",
    [
        None,
        pytest.param(b"", marks=pytest.mark.slow),
        pytest.param(b"sha256,name,first_seen,bytes\n", marks=pytest.mark.slow),
        pytest.param(b"\xef\xbb\xbfsha256,name,first_seen,bytes", marks=pytest.mark.slow),
    ],
)
def test_without_a_copy_no_book_or_only_its_heading_is_a_beginning(inbox, data):
    if data is not None:
        (inbox.desk.inbox / BOOK).write_bytes(data)
    inbox.comes("v1.xlsx")

    assert counts(inbox.looks("2012-02-03")) == [5]
    assert inbox.book == [["2012-02-03"]]


def test_what_is_new_is_appended_and_what_is_there_stays_to_the_byte(inbox, kept):
    data = kept
    inbox.comes("v3.xlsx", {"T2.04": 7})
    inbox.comes("c.xlsx", unit=FEW.units[1].short)

    inbox.looks("2012-02-20")

    after = (inbox.desk.inbox / BOOK).read_bytes()
    assert after.startswith(data)
    assert inbox.book[2:] == [["2012-02-20", "2012-02-20"]]
    assert after == (inbox.desk.outbox / COPY).read_bytes()


def test_an_older_book_without_lines_between_its_runs_is_read_row_by_row(inbox, two_versions):
    path = inbox.desk.inbox / BOOK
    path.write_bytes(path.read_bytes().replace(b"\r\n\r\n", b"\r\n").replace(b"2012-02-06", b"2012-02-03"))
    (inbox.desk.outbox / COPY).unlink()

    assert counts(inbox.looks("2012-02-20")) == [100]


def test_a_book_that_is_a_link_or_a_folder_is_refused(inbox, kept):
    path = inbox.desk.inbox / BOOK
    path.rename(inbox.desk.folder / "登记.csv")
    path.symlink_to(inbox.desk.folder / "登记.csv")
    with pytest.raises(Mistake, match="快捷方式"):
        inbox.looks("2012-02-20")
    path.unlink()
    path.mkdir()
    with pytest.raises(Mistake, match="不是系统写的登记文件"):
        inbox.looks("2012-02-20")


def test_a_book_that_another_run_enters_meanwhile_is_not_written_over(inbox, kept):
    inbox.comes("v3.xlsx", {"T2.04": 7})
    files = inbox.desk.inbox
    book = Receipts.read(files).with_new([received(files / "v3.xlsx")], date(2012, 2, 20))
    with (files / BOOK).open("ab") as other:
        other.write(b"\r\n")

    with pytest.raises(CannotRun, match="正被另一次运行登记"):
        book.enter(inbox.desk.outbox)


def received(path: Path):
    from pipeline.intake import Received
    from pipeline.values.files import sha256

    return Received(path.name, path.read_bytes(), sha256(path.read_bytes()))
