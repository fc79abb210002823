"""What is open is counted once: on screen, in the report, in the workbooks, the drafts, the letter and the data."""

import json
import re
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from docx import Document

from pipeline.desk.telling import told
from pipeline.outbox.publish.covering_letter import covering_letter
from pipeline.outbox.publish.inquiry import asked_of
from pipeline.outbox.publish.notice import write_notice
from pipeline.outbox.publish.overdue import NO_PAPER, UNMENDED, overdue
from pipeline.outbox.publish.status import MISSING
from pipeline.tables.outcome import Issue
from pipeline.values.findings import PENDING
from schemas.messages import catalogue
from tests.publish.page_reading import number, text

WAITING = {state for states in PENDING.values() for state in states}


@pytest.fixture(scope="module")
def open_things(year):
    """How many must be mended, how many are asked about, how many comparisons do not meet."""
    must = sum(f.level == "must" for f in year.outcome.findings if f.pending)
    asked = sum(f.level == "verify" for f in year.outcome.findings if f.pending)
    return must, asked, len(year.outcome.open_differences)


def counts(said: str) -> tuple[int, int]:
    """必须处理 and 待核实 of a sentence; what it does not name is none."""
    found = (re.search(rf"(\d+)处{name}", said) for name in ("必须处理", "待核实"))
    must, asked = (int(one[1]) if one else 0 for one in found)
    return must, asked


def test_the_verdict_counts_them(year, open_things):
    assert counts(year.outcome.verdict) == open_things[:2]


def test_the_run_report_counts_the_same(report, open_things):
    must, asked, apart = open_things

    assert number(text(report.one("//*[@id='tile-must']//b"))) == must
    assert (f"另有{asked}处待核实" if asked else "没有待核实的") in text(report.one("//*[@id='tile-must']"))
    assert number(text(report.one("//*[@id='tile-apart']//b"))) == apart
    assert counts(text(report.one("//*[@id='verdict']"))) == (must, asked)


def test_the_working_papers_count_the_same(year, open_things):
    rows = list(year.papers_book["校验发现"].iter_rows(min_row=4, values_only=True))
    contents = {row[1]: row[5] for row in year.papers_book["目录"].iter_rows(min_row=4, values_only=True)}
    together = sum(open_things[:2])

    assert sum(row[7] in WAITING and row[0] != "请留意" for row in rows) == together
    assert f"待办{together}条" in year.papers_book["校验发现"]["A2"].value
    assert contents["校验发现"] == (f"{together}条待办" if together else "通过")


def test_the_workbook_of_rulings_has_a_row_for_each(year, open_things):
    (path,) = year.folder.glob("处理意见.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    ids = {id_ for row in sheet.iter_rows() for cell in row for id_ in re.findall(r"h[0-9a-f]{12}", str(cell.value))}

    asked = {f.id for f in year.outcome.findings if f.pending and f.level == "verify"}
    assert f"共{sum(open_things[:2])}处待办" in sheet["A2"].value
    assert asked <= ids
    assert len(asked) == open_things[1]


def test_the_drafts_and_the_letter_count_the_same(year, open_things):
    must, asked, apart = open_things
    issued = replace(year.outcome, issue=Issue(1, "试报"))
    letter = "\n".join(p.text for p in Document(BytesIO(covering_letter(issued, ["a.xlsx"])["报送函.docx"])).paragraphs)

    assert f"尚有{must + asked}处问题待处理" in letter
    assert (f"对账{apart}项不一致" in letter) == bool(apart)


def test_the_data_counts_the_same(year, open_things):
    summary = json.loads((year.folder / "run.json").read_text(encoding="utf-8"))

    assert summary["verdict"] == year.outcome.verdict
    assert counts(summary["verdict"]) == open_things[:2]


def test_the_screen_counts_the_same(year, open_things):
    said = [line for line in told(year.outcome, [year.workbook]) if counts(line) != (0, 0)]

    assert [counts(line) for line in said] == [open_things[:2]] * bool(sum(open_things[:2]))


def test_the_text_for_the_group_has_a_line_for_each_question(year, tmp_path):
    """What waits for the office alone is none of a unit's; what must be mended is counted by unit and month."""
    asked = [f for f in year.outcome.open_findings if f.level == "verify" and f.unit and not f.withholds]
    lines = [line for path in write_notice(tmp_path, year.outcome) for line in path.read_text("utf-8-sig").splitlines()]
    months = overdue(year.outcome)
    waiting = sum(row.state in {MISSING, UNMENDED, NO_PAPER} for month in months for row in month.chased)

    assert sum(bool(re.match(r"\d+\. ", line)) for line in lines) == len(asked)
    assert (
        sum(int(n) for line in lines for n in re.findall(r"^[^：]*的(\d+)个单位：", line) if "请核实" not in line)
        == waiting
    )


def test_the_slips_of_the_units_ask_each_question_that_is_theirs(year):
    """核实单: a row for each open question that a unit can answer; those of a return that goes back stand in it."""
    back = {one.file for one in year.outcome.sent_back}
    asked = [f for f in year.outcome.open_findings if f.state == "待说明" and f.unit and f.file not in back]
    theirs = [f for f in asked if f.rule not in catalogue() or catalogue()[f.rule].asks == "unit"]

    assert sum(map(len, asked_of(year.outcome).values())) == sum(1 + len(f.asked) for f in theirs)
