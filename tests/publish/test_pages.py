"""How many pages each kind of paper takes, by what its file says: the same on every desk, whatever its fonts."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from pipeline.outbox.publish.covering_letter import covering_letter
from pipeline.outbox.returned import write_returned
from pipeline.tables.outcome import Issue
from tests.publish.paged import pages_of, smallest
from tests.publish.reading import load
from tests.templates.writing import DAILY, draft_of, write

LINES, WIDE = 22, 28  # of a page of an official letter


@pytest.mark.parametrize("kind", DAILY, ids=" ".join)
def test_a_blank_form_takes_three_pages_and_one_for_whoever_runs_a_channel(kind, tmp_path):
    draft = draft_of(kind)
    pages = pages_of(write(tmp_path, draft))
    owned = {place.sheet for (table, _), place in draft.layout.places.items() if table == "T7"}

    assert sum(pages.values()) == len(draft.layout.sheets) + 1 <= 3 + len(owned)
    assert [pages[table.sheet] for table in draft.layout.registers] == [0] * len(draft.layout.registers)


def test_what_is_forwarded_takes_some_thirty_pages(year):
    pages = pages_of(year.workbook)

    assert 20 <= sum(pages.values()) <= 38, pages  # counted high: LibreOffice prints 32 of what is 36 here
    assert all(pages.values())


def test_each_paper_of_the_desk_takes_as_many_pages_as_it_has_to_say(year):
    """催报单 one a month; 核实单 a page for each eight questions begun; 处理意见 a page for each eight rows begun."""
    for path in sorted((year.folder / "催报").rglob("*.xlsx")):
        assert sum(pages_of(path).values()) <= 2, path.name
    for path in sorted((year.folder / "核实").rglob("*.xlsx")):
        rows = sum(1 for row in load(path).worksheets[0].iter_rows(min_row=4) if str(row[0].value or "").isdigit())
        assert sum(pages_of(path).values()) <= -(-rows // 6) + 1, path.name
    first = load(year.folder / "处理意见.xlsx").worksheets[0]
    assert pages_of(year.folder / "处理意见.xlsx")[first.title] <= -(-len(year.outcome.open_findings) // 5) + 1


def test_what_is_printed_to_be_filled_in_can_be_read(year):
    """催报单 and 处理意见 print at 8 points or more."""
    own = [year.folder / "处理意见.xlsx", *sorted((year.folder / "催报").rglob("*.xlsx"))]

    assert {path.name: size for path in own if (size := smallest(load(path).worksheets[0])) < 8} == {}


def test_a_returned_file_has_its_list_and_the_three_pages_of_the_form(year, tmp_path):
    for path in write_returned(year.outcome, tmp_path):
        pages, findings = pages_of(path), load(path).worksheets[0].max_row

        assert pages[load(path).sheetnames[0]] <= findings // 6 + 1, path.name
        assert all(pages[name] == 1 for name in load(path).sheetnames[1:4]), (path.name, pages)


def test_the_covering_letter_takes_a_page_and_at_most_one_more(year):
    issued = replace(year.outcome, issue=Issue(1, "试报"))
    letter = Document(BytesIO(covering_letter(issued, ["汇总.xlsx", "统计稿.docx"])["报送函.docx"]))

    assert sum(max(1, -(-len(one.text) // WIDE)) for one in letter.paragraphs) <= 2 * LINES
