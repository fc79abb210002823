"""The form itself as an annual table: a list's lines under its headings, what it computes, and where its numbers are from."""

import pytest

from pipeline.tables.explain import explain
from schemas.draft import TEXTS
from tests.national.county import printed
from tests.publish.reading import load
from tests.publish.routes import parting
from tests.worlds.forms_in_time import HEALTH, desk_of, form, year

pytestmark = pytest.mark.slow

AS_IT_IS = "".join(
    f'\n[[annual]]\nid = "表{n}"\ntitle = "原表"\nsheet = "表{n} 原表"\nrows = "table"\ntable = "{table}"\n'
    for n, table in ((20, "T1"), (21, "T2"))
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    desk = desk_of(tmp_path_factory.mktemp("asitis"), form("a", "2012-01", "2012-06", AS_IT_IS))
    (desk.office.folder / TEXTS).unlink()  # its own texts speak of lines that the little form has not
    year(desk, "2012-03", m02={"T2.10": 3, "T2.11": 3, "T2.17": 3, "T2.18": 3})
    return desk.run("2012-04-20", "2012-03")


def test_blocks_are_printed_under_their_headings_with_their_totals(ran):
    outcome, _ = ran
    table = next(table for table in outcome.tables if table.annual.id == "表20")
    kinds = {row.label: row.kind for row in table.rows}

    assert [column.name for column in table.columns] == ["本期实际（3月）", "本年累计"]
    assert (kinds["一、按公开渠道"], kinds["渠道合计（条）"], kinds["新闻媒体（条）"]) == ("heading", "total", "item")
    assert printed(outcome, "表20", "渠道合计（条）", "本年累计") == 60
    assert printed(outcome, "表20", "渠道合计（条）", "本期实际（3月）") == 20


def test_lines_are_set_in_below_what_they_are_a_part_of(ran):
    outcome, _ = ran
    table = next(table for table in outcome.tables if table.annual.id == "表21")
    depth = {row.label: row.depth for row in table.rows}

    assert (depth["申请总数（条）"], depth["其中：1.当面申请数（条）"]) == (0, 1)
    assert printed(outcome, "表21", "申请总数（条）", "本年累计") == 6
    assert printed(outcome, "表21", "申请总数（条）", "本期实际（3月）") == 0


def test_each_of_its_numbers_leads_to_its_returns_and_the_workbook_says_the_same(ran):
    outcome, workbook = ran
    told = explain(outcome, "表21", "申请总数（条）", "本年累计")
    cells = {(row[0].value, cell.value) for row in load(workbook)["表21 原表"].iter_rows() for cell in row[1:]}

    assert sorted(source.value for source in told.sources) == [3, 3]
    assert {HEALTH} <= {source.unit for source in told.sources}
    assert ("申请总数（条）", 6) in cells
    assert parting(workbook.parent, outcome) == {}
