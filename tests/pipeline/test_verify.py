"""verify: a forwarded folder is what it says, by its manifest and by its machine sheet; whatever was touched is told."""

import json
import shutil
from io import BytesIO

import openpyxl
import pytest

from pipeline.desk.forwarding import forward
from pipeline.desk.verifying import verify
from pipeline.ledger.published import MANIFEST, papers_of
from pipeline.values.files import sha256
from pipeline.values.machine import MACHINE
from schemas.mistake import CannotRun
from tests.builders import Desk, Quiet

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Sparkline Group extension")]

UNITS, MONTHS = ("市教育局", "市卫生局"), ("2012-01", "2012-02", "2012-03")


@pytest.fixture(scope="module")
def forwarded(tmp_path_factory):
    """Three months of two units with counts, openings and money; one return is missing."""
    desk = Desk(tmp_path_factory.mktemp("verify"))
    for month in MONTHS:
        for unit in UNITS[: 1 if month == "2012-02" else 2]:
            changes = {"T2.05": 100, "T8.801_charged": 1250, "T8.801_payers": 2}
            desk.send(unit, month, changes)
    return forward(desk.request("2012-04-01", MONTHS[-1]), "有一份未报", Quiet()).folder


@pytest.fixture
def folder(forwarded, tmp_path):
    """A copy that may be written to, as it was mailed: without the office's papers."""
    copy = tmp_path / "收到" / forwarded.name
    shutil.copytree(forwarded, copy)
    for path in copy.rglob("*"):
        path.chmod(0o755)
    return copy


def workbook_of(folder):
    (path,) = folder.glob("*汇总.xlsx")
    return path


def rewritten(folder, sheet, cell, value):
    """The workbook with another value in a cell, and its new hash in the manifest: a forgery by hand."""
    path = workbook_of(folder)
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=True)
    at = next(name for name in book.sheetnames if name.split()[0] == sheet)
    before, book[at][cell] = book[at][cell].value, value
    book.save(path)
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    manifest["out"][path.name] = sha256(path.read_bytes())
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return before


def test_what_was_forwarded_is_what_it_says(forwarded):
    verified = verify(forwarded)

    assert verified.wrong == []
    assert (verified.files, verified.totals > 40) == (3, True)
    assert verified.papers > 10, "the office's papers lie beside it"


def test_a_mailed_copy_is_verified_without_the_office(folder):
    verified = verify(folder)

    assert (verified.wrong, verified.papers) == ([], None)
    assert verified.manifest.reservations == "有一份未报"


def test_a_printed_total_that_was_changed_is_told_at_its_cell(folder):
    before = rewritten(folder, "表11", "D4", 499)

    assert before == 500
    assert [one for one in verify(folder).wrong if "D4" in one] == [
        "“表11 文件服务访问”D4（1—3月“网站信息公开页面访问量”）上报 500，表里印的是 499。"
    ]


def test_a_number_of_the_machine_sheet_that_was_changed_is_told_at_every_total_that_counts_it(folder):
    book = openpyxl.load_workbook(BytesIO(workbook_of(folder).read_bytes()))[MACHINE]
    heads = [cell.value for cell in book[1]]
    row = next(r for r in book.iter_rows(min_row=2) if (r[4].value, r[5].value) == ("T8", "month"))
    cell = row[heads.index("801.charged")].coordinate

    assert rewritten(folder, MACHINE, cell, 12.49) == 12.5
    told = verify(folder).wrong
    assert [one for one in told if "由“数据_机读”重算" not in one] == []
    assert any("上报 62.50" in one and "重算是 62.49" in one for one in told)


def test_what_is_missing_added_or_changed_is_told_by_name(folder):
    (folder / "报送函.docx").unlink()
    (folder / "另附.txt").write_text("x", encoding="utf-8")
    note = next(folder.rglob("*分析说明.docx"))
    note.write_bytes(note.read_bytes() + b" ")

    assert verify(folder).wrong == [
        "“分析说明/2012-03_分析说明.docx”和上报时不同，校验码不符。",
        "“报送函.docx”不在文件夹里。",
        "“另附.txt”不在清单里，不是上报的文件。",
    ]


@pytest.mark.parametrize("text", [None, "{", "[]"])
def test_a_folder_without_a_manifest_that_can_be_read_cannot_be_verified(folder, text):
    path = folder / MANIFEST
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")

    with pytest.raises(CannotRun, match="没有“清单.json”" if text is None else "读不出来"):
        verify(folder)


def test_the_offices_data_in_what_is_forwarded_is_no_file_of_it(forwarded, folder):
    shutil.copytree(papers_of(forwarded) / "data", folder / "data")

    told = verify(folder).wrong
    assert "“data/facts.csv”不在清单里，不是上报的文件。" in told
    assert len(told) == len(list((folder / "data").iterdir()))


def altered(folder, **changes):
    """The manifest with other entries."""
    path = folder / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


def test_what_was_not_counted_again_is_not_said_to_be_right(folder):
    path = workbook_of(folder)
    path.write_bytes(path.read_bytes() + b" ")
    verified = verify(folder)

    assert verified.totals == 0
    assert verified.wrong[-1] == "汇总数没有重算：汇总工作簿不是上报时的那一本。"


def test_no_path_leads_out_of_the_folder(folder):
    outside = folder.parent / "别处.txt"
    outside.write_text("x", encoding="utf-8")
    names = {"../别处.txt": sha256(b"x"), str(outside): sha256(b"x"), "长" * 300: ""}
    altered(folder, out={**json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["out"], **names})

    assert [one for one in verify(folder).wrong if "别处" in one] == [
        "“../别处.txt”不在文件夹里。",
        f"“{outside}”不在文件夹里。",
    ]


TOTAL = {"sheet": "表11 文件服务访问", "cell": "D4", "name": "x", "value": "1", "of": []}
PART = {"edition": "jyg-2012", "table": "T2", "column": "没有这一栏", "times": "1", "at": ["2012-01"]}


@pytest.mark.parametrize("change", [{"value": "abc"}, {"value": "1e999999999"}, {"cell": "??"}, {"plus": "1/0"}])
def test_a_manifest_that_is_no_manifest_is_told_as_such(folder, change):
    altered(folder, totals=[TOTAL | change])

    with pytest.raises(CannotRun, match="读不出来"):
        verify(folder)


@pytest.mark.parametrize("change", [{"of": [PART]}, {"sheet": "没有这张表"}])
def test_a_total_that_cannot_be_counted_again_is_told(folder, change):
    altered(folder, totals=[TOTAL | change])

    (told,) = verify(folder).wrong
    assert "的汇总数没法重算" in told
