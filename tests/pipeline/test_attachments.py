"""What a mail brings beside a return is named, matched with its unit, and no obstacle; what may be a return is asked about."""

import pytest

from pipeline.outbox.publish.overdue import overdue
from tests.builders import Desk, office_of
from tests.drift.parts import zipped

pytestmark = pytest.mark.slow

UNIT, CODE, OTHER, MONTH = "市卫生局", "620200-025", "市档案局", "2012-01"
SCAN, PDF, WORD = b"\xff\xd8\xff\xe0" + bytes(99), b"%PDF-1.4 ", zipped({"word/document.xml": b"<document/>"})
BESIDE = {
    "盖章扫描件.jpg": SCAN,
    "关于报送的函.docx": WORD,
    "月报.pdf": PDF,
    "版式.ofd": zipped({"OFD.xml": b"<a/>", "Doc_0/Document.xml": b"<a/>"}),
    "正文.txt": "各位领导：现报上1月的月报，请查收。\n数字一,数字二".encode("gb18030"),
    "截图.png": b"\x89PNG",
}


@pytest.fixture
def desk(tmp_path) -> Desk:
    """An office of two units, of which the other's return is accepted."""
    desk = Desk(tmp_path)
    desk.office = office_of(desk.office, (desk.unit(UNIT), desk.unit(OTHER)))
    desk.send(OTHER)
    return desk


@pytest.fixture
def sent(desk) -> Desk:
    """Both returns that are owed, accepted."""
    desk.send(UNIT)
    return desk


def lay(desk: Desk, name: str, data: bytes) -> None:
    path = desk.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def examined(desk: Desk):
    return desk.examine("2012-02-06", MONTH)


def test_attachments_beside_a_return_are_notes_and_no_obstacle(sent):
    for name, data in BESIDE.items():
        lay(sent, f"{MONTH}/{name}", data)

    outcome = examined(sent)

    assert sorted(f.file for f in outcome.findings if f.rule == "N-FIL-03") == sorted(
        f"{MONTH}/{name}" for name in BESIDE
    )
    assert not outcome.open_findings
    assert outcome.ready
    assert not outcome.sent_back
    assert set(outcome.returns["file"]) == {f"{MONTH}/{unit}_{MONTH}.xlsx" for unit in (UNIT, OTHER)}


@pytest.mark.parametrize(
    ("name", "unit", "period"),
    [
        (f"{MONTH}/{UNIT}.jpg", CODE, MONTH),
        (f"{UNIT}/2012年1月.jpg", CODE, MONTH),
        (f"{MONTH}/{UNIT}1月.jpg", CODE, MONTH),
        (f"{MONTH}/{UNIT}2月.jpg", CODE, ""),  # the folder says another month
        (f"{UNIT}/扫描件1月.jpg", CODE, MONTH),  # no year: that of the month reported
        (f"{MONTH}/扫描件.jpg", "", ""),
    ],
)
def test_an_attachment_belongs_to_the_unit_and_month_that_its_name_speaks_of(sent, name, unit, period):
    lay(sent, name, SCAN)

    (told,) = (f for f in examined(sent).findings if f.rule == "N-FIL-03")

    assert (told.unit, told.period, told.file) == (unit, period, name)


def test_a_scan_that_is_called_a_workbook_or_nothing_may_be_a_return(sent):
    names = {f"{MONTH}/月报{kind}" for kind in (".xlsx", "", ".dat")}
    for name in names:
        lay(sent, name, PDF + name.encode())  # of the same bytes one would be a copy of the other

    assert {(f.rule, f.file) for f in examined(sent).open_findings} == {("E-FIL-04", name) for name in names}


def test_a_workbook_that_is_called_a_scan_is_read(desk):
    path = desk.send(UNIT)
    path.rename(path.with_suffix(".jpg"))

    outcome = examined(desk)

    assert [(f.rule, f.level) for f in outcome.findings if f.rule.startswith("N-FIL")] == [("N-FIL-01", "note")]
    assert CODE in set(outcome.returns["unit"])


def test_what_cannot_be_read_waits_until_its_unit_has_an_accepted_return(desk):
    lay(desk, f"{MONTH}/{UNIT}_{MONTH}.xlsx", b"broken")

    before = examined(desk)
    desk.send(UNIT, received="2012-02-05", name=f"{MONTH}/{UNIT}_{MONTH}（再报）.xlsx")
    after = examined(desk)

    assert [(f.rule, f.unit, f.period, f.state) for f in before.findings if f.rule == "E-FIL-01"] == [
        ("E-FIL-01", CODE, MONTH, "待改")
    ]
    assert [(f.rule, f.state) for f in after.findings if f.rule == "E-FIL-01"] == [("E-FIL-01", "已改")]
    assert (len(before.sent_back), len(after.sent_back)) == (1, 0)
    assert after.ready


@pytest.mark.parametrize("name", [f"{UNIT}1月.xls", f"1月/{UNIT}月报.xlsx", f"{UNIT}_{MONTH}.xlsx"])
def test_a_broken_copy_after_the_good_one_is_no_obstacle_though_no_year_is_named(sent, name):
    lay(sent, name, b"broken")

    outcome = examined(sent)

    assert [(f.unit, f.period, f.state) for f in outcome.findings if f.rule == "E-FIL-01"] == [(CODE, MONTH, "已改")]
    assert outcome.ready


def test_of_a_unit_whose_scan_lies_there_nobody_says_that_nothing_came(desk):
    lay(desk, f"{UNIT}1月.doc", WORD)

    outcome = desk.examine("2012-02-10", MONTH)
    (missing,) = [f for f in outcome.findings if f.rule == "E-ABS-01"]
    (month,) = overdue(outcome)

    assert missing.remedy.endswith(f"收件夹里的“{UNIT}1月.doc”读不出数字，不能当作报表。")
    assert [(row.unit, row.remark) for row in month.chased] == [(UNIT, "只收到随件材料")]
    assert f"只收到“{UNIT}1月.doc”，里面的数字读不进来。" in month.chased[0].letter
    assert "尚未收到" not in month.chased[0].letter


def test_what_cannot_be_read_and_names_nobody_waits_on(sent):
    lay(sent, f"{MONTH}/扫描.xlsx", b"broken")

    outcome = examined(sent)

    assert [(f.rule, f.state) for f in outcome.open_findings] == [("E-FIL-01", "待改")]
    assert len(outcome.sent_back) == 1
