"""质量: the year's quality on one page, its figures those of plain Python over what was sent."""

import pytest
from python_calamine import CalamineWorkbook

from pipeline.outbox.publish.papers import write_papers
from pipeline.outbox.publish.quality import QUALITY, figures
from pipeline.tables.quality import by_line
from tests.builders import Desk, a_little_office
from tests.publish.words import half_width_beside_chinese, machine_words

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Of two units and two months: one late, one corrected in two lines, one sent back, one missing, one explained."""
    desk = Desk(tmp_path_factory.mktemp("quality"), a_little_office())
    first, second = (unit.short for unit in desk.office.units)
    desk.send(first, "2012-01", {"T2.05": 100, "T2.06": 9})
    desk.send(first, "2012-01", {"T2.05": 130, "T2.06": 4}, name="更正.xlsx", received="2012-02-20")
    desk.send(
        second,
        "2012-01",
        {"T1.103": 5},
        received="2012-02-15",
        notes={"T1.100": "一条在村务栏", "T2.01": "一条在村务栏"},
    )
    desk.send(second, "2012-02", {"T2.04": "5条"})
    return desk.examine("2012-04-01", "2012-02")


def told(outcome, name):
    return next(one for one in figures(outcome) if one.name == name)


def test_coverage_punctuality_and_blanks_are_those_of_what_was_sent(outcome):
    assert told(outcome, "入汇").told == "2/4（50.0%）"
    assert told(outcome, "按时报送").told == "1/4（25.0%）"
    assert told(outcome, "迟报").told == "1份"
    assert told(outcome, "没有数的格").told.startswith("0/")


def test_what_was_found_and_how_it_was_settled(outcome):
    must = [f for f in outcome.findings if f.level == "must"]

    assert told(outcome, "必须改的").told == f"{len(must)}处"
    assert "待办" in told(outcome, "必须改的").how


def test_size_and_direction_of_revisions_stand_at_their_lines(outcome):
    lines = {f"{one.table}.{one.code}": one for one in by_line(outcome)}

    assert (lines["T2.05"].up, lines["T2.05"].down, lines["T2.05"].net) == (1, 0, 30)
    assert (lines["T2.06"].up, lines["T2.06"].down, lines["T2.06"].net) == (0, 1, -5)
    assert told(outcome, "后来的版本改的数").how.startswith("调高1个，调低1个")


def test_it_is_one_page_in_words_that_anybody_reads(outcome, tmp_path):
    write_papers(tmp_path / "底稿.xlsx", outcome)
    rows = CalamineWorkbook.from_path(tmp_path / "底稿.xlsx").get_sheet_by_name(QUALITY).to_python()
    text = " ".join(str(cell) for row in rows for cell in row)

    assert "S.13.3.3.1" in text
    assert any(row[0].startswith("T2.05 ") and "+30人次" in row[3] for row in rows if row[0])
    assert not machine_words(text)
    assert half_width_beside_chinese(text) == []
    assert len(rows) < 40
