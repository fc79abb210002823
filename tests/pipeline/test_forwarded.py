"""A story of two months: November is forwarded, then corrected; December closes the year, and nothing moves it.

What holds of revisions in all their kinds stands in test_revisions.
"""

from typing import NamedTuple

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from pipeline.desk.forwarding import Forwarded, forward
from pipeline.ledger.published import papers_of
from pipeline.tables.outcome import Outcome
from tests.builders import Desk, Quiet, office_of

pytestmark = pytest.mark.slow  # six runs; tests of ratios and odd quantities forward in the default lane

UNIT, NOVEMBER, DECEMBER = "市卫生局", "2012-11", "2012-12"


class Story(NamedTuple):
    """What came of each step, and the desk at the end."""

    desk: Desk
    first: Forwarded
    corrected: Outcome
    last: Forwarded
    late: Outcome
    tidied: Outcome


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Story:
    """The unit began in November. It corrects that month once before the year is closed, and once after.

    Then what counted in November leaves the inbox.
    """
    desk = Desk(tmp_path_factory.mktemp("forwarded"))
    began = desk.unit(UNIT).model_copy(update={"valid_from": NOVEMBER})
    desk.office = office_of(desk.office, (began,))
    desk.send(UNIT, NOVEMBER, {"T2.05": 100})
    first = forward(desk.request("2012-12-08", NOVEMBER), "", Quiet())
    desk.send(UNIT, NOVEMBER, {"T2.05": 130}, received="2012-12-10", name="更正.xlsx")
    corrected, _ = desk.run("2012-12-11", NOVEMBER)
    desk.send(UNIT, DECEMBER, {"T2.05": 90})
    last = forward(desk.request("2013-01-08", DECEMBER), "", Quiet())
    desk.send(UNIT, NOVEMBER, {"T2.05": 900}, received="2013-03-01", name="迟来的更正.xlsx")
    late = desk.examine("2013-03-02", DECEMBER)
    (desk.inbox / "更正.xlsx").unlink()
    return Story(desk, first, corrected, last, late, desk.examine("2013-03-03", DECEMBER))


def test_what_is_forwarded_is_a_version_of_its_own(story):
    assert (story.first.new, story.first.folder.name) == (True, "2012-11_v1")
    (workbook,) = story.first.folder.glob("*汇总.xlsx")
    assert workbook.name == "嘉峪关市_2012年1—11月_第1版_政府信息公开统计汇总.xlsx"


def test_a_correction_is_told_with_every_cell_that_moves_with_it(story):
    revisions = story.corrected.revisions

    told = [(c.period, f"{c.table}.{c.line}", c.before, c.after, c.cause) for c in revisions.changes]
    assert (revisions.published, told) == ("2012-11_v1", [(NOVEMBER, "T2.05", 100, 130, "第2版代替第1版")])
    moved = {(m.table, m.row): (m.before, m.after) for m in revisions.moved if m.table}
    assert moved["表11", "11月"] == moved["表11续", UNIT] == (100, 130)
    assert {m.difference for m in revisions.moved} == {30}


def test_the_letter_of_correction_names_both_numbers(story):
    letter = Document(story.desk.outbox / "2012" / "更正" / "2012-11_v1_更正说明.docx")
    rows = [[cell.text for cell in row.cells] for table in letter.tables for row in table.rows]

    assert [NOVEMBER, UNIT, "网站专栏页面访问量", "人次", "100", "130", "30"] in rows
    assert ["表11", "11月", "网站信息公开页面访问量", "人次", "100", "130", "30"] in rows


def test_every_original_figure_is_one_that_was_printed(story):
    (workbook,) = story.first.folder.glob("*汇总.xlsx")
    sheets = {table.annual.id: table.annual.sheet for table in story.corrected.tables}
    for moved in (one for one in story.corrected.revisions.moved if one.table):
        body = CalamineWorkbook.from_path(workbook).get_sheet_by_name(sheets[moved.table]).to_python()
        heads = [str(head).split("\n")[0] for head in body[2]]
        (row,) = (row for row in body if row[0] == moved.row)
        assert row[heads.index(moved.column)] == moved.quantity.number(moved.before), moved


def test_the_letter_lies_for_good_with_the_version_that_it_explains(story):
    letter = story.last.folder / "更正" / "2012-11_v1_更正说明.docx"

    assert ["表11", "11月", "网站信息公开页面访问量", "人次", "100", "130", "30"] in [
        [cell.text for cell in row.cells] for table in Document(letter).tables for row in table.rows
    ]
    assert [path.name for path in story.first.folder.rglob("*更正说明*")] == []


def test_a_closed_year_is_moved_by_nothing_that_comes_late(story):
    assert story.last.folder.name == "2012-12_v1"
    assert [table.rows for table in story.late.tables] == [table.rows for table in story.last.outcome.tables]
    assert [(f.rule, f.file) for f in story.late.findings if f.rule == "N-CLO-01"] == [("N-CLO-01", "迟来的更正.xlsx")]
    assert story.late.revisions.changes == ()


def test_a_closed_year_is_read_from_what_was_forwarded_when_its_files_leave_the_inbox(story):
    tidied, last = story.tidied, story.last.outcome

    assert [table.rows for table in tidied.tables] == [table.rows for table in last.tables]
    assert tidied.coverage == last.coverage
    assert tidied.facts.equals(last.facts)
    told = [(f.rule, f.unit, f.period, f.value) for f in tidied.findings if f.rule in {"N-CLO-02", "E-ABS-01"}]
    assert told == [("N-CLO-02", story.desk.unit(UNIT).code, NOVEMBER, "更正.xlsx")]
    assert tidied.ready
    assert not tidied.revisions.any


def test_a_version_that_was_moved_away_to_be_sent_keeps_its_number_and_its_papers(tmp_path):
    desk = Desk(tmp_path)
    desk.office = office_of(desk.office, (desk.unit(UNIT),))
    desk.send(UNIT, "2012-01", {"T2.05": 100})
    first = forward(desk.request("2012-02-08", "2012-01"), "", Quiet()).folder
    papers = {path.name: path.read_bytes() for path in (papers_of(first) / "data").iterdir()}
    first.rename(tmp_path / "已送")

    second = forward(desk.request("2012-02-08", "2012-01"), "", Quiet()).folder

    assert (first.name, second.name) == ("2012-01_v1", "2012-01_v2")
    assert {path.name: path.read_bytes() for path in (papers_of(first) / "data").iterdir()} == papers
