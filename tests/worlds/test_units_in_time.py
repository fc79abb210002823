"""A unit is renamed, merged, split, founded, ended: every stage, from the returns to what is sent upward, says the same."""

from collections.abc import Iterator

import pytest

from pipeline.desk.blank_forms import issue_templates
from pipeline.desk.check import check
from pipeline.desk.forwarding import forward
from pipeline.outbox.publish.status import marks_of
from pipeline.tables.explain import explain
from pipeline.values.periods import Month
from tests.builders import Quiet
from tests.publish.reading import load
from tests.publish.routes import parting
from tests.worlds.units_in_time import LAST, LOOKED_AT, STORIES, Story, lived, office_with, send

pytestmark = pytest.mark.slow

YEAR = ("2013-01", "2013-02", "2013-03")
FIVE = 5  # items of service in every return
ROWS = {  # of the tables by unit: the kinds, and in each the units, under their newest names
    "renamed": ["合计", "区", "东区", "局", "卫健局"],
    "merged": ["合计", "区", "东区", "局", "卫生局", "计生局", "卫计局"],
    "split": ["合计", "区", "东区", "局", "教体局", "教育局", "体育局"],
    "divided": ["合计", "区", "东区", "局", "教体局", "教育局", "体育局"],
    "founded": ["合计", "区", "东区", "局", "信访局"],
    "ended": ["合计", "区", "东区", "局", "粮食局"],
}
BESIDE_LAST_YEAR = {
    "split": "不可比：上年没有体育局（不在名录）",
    "founded": "不可比：上年没有信访局（不在名录）",
}
MARKS = {
    "renamed": {"东区": "√√√", "卫健局": "√√√"},
    "merged": {"东区": "√√√", "卫生局": "√√—", "计生局": "√√—", "卫计局": "——√"},
    "split": {"东区": "√√√", "教体局": "√√—", "教育局": "——√", "体育局": "——√"},
    "divided": {"东区": "√√√", "教体局": "√√—", "教育局": "——√", "体育局": "——√"},
    "founded": {"东区": "√√√", "信访局": "——√"},
    "ended": {"东区": "√√√", "粮食局": "√√—"},
}
NEW = {
    "split": {"体育局"},
    "divided": {"教育局", "体育局"},
    "founded": {"信访局"},
}  # of what they had before, nothing is known
BECAME = {
    "renamed": "卫生局3月起改称卫健局",
    "merged": "卫生局、计生局3月起合并为卫计局",
    "split": "教体局3月起改为教育局；体育局3月起设立",
    "divided": "教体局3月起分为教育局、体育局",
    "founded": "信访局3月起设立",
    "ended": "粮食局3月起撤销",
}
IN_APRIL = {
    "renamed": {"东区", "卫健局"}, "merged": {"东区", "卫计局"}, "split": {"东区", "教育局", "体育局"},
    "divided": {"东区", "教育局", "体育局"}, "founded": {"东区", "信访局"}, "ended": {"东区"},
}  # fmt: skip


class World:
    """A story after its run."""

    def __init__(self, name, folder):
        self.name, self.story = name, STORIES[name]
        self.desk, self.outcome, self.workbook = lived(folder, self.story)
        self.tables = {table.annual.id: table for table in self.outcome.tables}

    def of_units(self, table: str, column: str) -> dict[str, int]:
        at = [c.name for c in self.tables[table].columns].index(column)
        return {row.label: row.numbers[at] for row in self.tables[table].rows}

    def called(self, unit: str) -> str:
        """The newest name in the year of the unit that sent under this one."""
        return {"卫生局": "卫健局"}.get(unit, unit) if self.name == "renamed" else unit


@pytest.fixture(scope="module", params=STORIES)
def world(request, tmp_path_factory) -> Iterator[World]:
    return World(request.param, tmp_path_factory.mktemp(request.param))


def test_what_is_owed_is_what_was_sent_and_nothing_is_asked(world):
    owed = [sent for sent in world.story.sent() if sent[1] in YEAR]

    assert [(f.rule, f.unit, f.period, f.message) for f in world.outcome.findings] == []
    assert world.outcome.coverage.words.startswith(f"应报{len(owed)}份，收到{len(owed)}份，入汇{len(owed)}份，")
    assert world.outcome.not_judged["A-06"] == sum(
        month == "2013-01" or (month == LAST and unit in NEW.get(world.name, ())) for unit, month in owed
    )  # last December is not known, nor what those who were founded had before


def test_what_is_carried_is_that_of_the_units_that_are_there(world):
    own = world.story.open.values()
    opening = sum(left["2012-03"] for left in own if "2013-01" in left)
    closing = sum(left[LAST] for left in own if LAST in left)

    assert (world.of_units("表7", "上月结转")["1—3月"], world.of_units("表7", "结转下月")["1—3月"]) == (
        opening,
        closing,
    )
    assert world.of_units("表7", "结转下月")["第一季度"] == closing
    assert world.of_units("表7", "结转下月")["2月"] == sum(left["2013-02"] for left in own if "2013-02" in left)
    by_unit = world.of_units("表7续", "期末结转")
    left = {world.called(unit): own.get(LAST) for unit, own in world.story.open.items()}
    assert {unit: by_unit[unit] for unit in left} == left
    assert by_unit["合计"] == closing


def test_each_unit_has_one_row_with_all_that_it_sent(world):
    counted = world.of_units("表11续", "提供服务类信息")
    sent: dict[str, int] = {}
    for unit, month in world.story.sent():
        if month in YEAR:
            sent[world.called(unit)] = sent.get(world.called(unit), 0) + FIVE

    assert list(counted) == ROWS[world.name]
    assert {unit: counted[unit] for unit in sent} == sent
    assert counted["合计"] == sum(sent.values())


def test_three_routes_to_every_printed_cell_agree(world):
    assert parting(world.workbook.parent, world.outcome) == {}


def test_every_number_is_explained_by_its_returns(world):
    closing = explain(world.outcome, "表7", "1—3月", "结转下月")
    facts = world.outcome.facts

    assert {(s.unit, s.period) for s in closing.sources} == {
        (unit, LAST) for unit, own in world.story.open.items() if LAST in own
    }
    assert facts.loc[facts["line"].eq("04") & facts["measure"].eq("month"), "value"].sum() == FIVE * sum(
        month in YEAR for _, month in world.story.sent()
    )


def test_last_year_is_carried_on_by_who_took_over_and_else_said_not_to_be_comparable(world):
    notes = {row.growth.note for row in world.outcome.growth.yearly if row.label == "主动公开信息"}

    assert notes == {BESIDE_LAST_YEAR.get(world.name, "持平" if _as_many(world.story) else "")}


def _as_many(story: Story) -> bool:
    years = [month[:4] for _, month in story.sent()]
    return years.count("2012") == years.count("2013")


def test_what_became_of_whom_is_said_where_units_are_told(world):
    told = f"单位变动：{BECAME[world.name]}。"
    book = load(world.workbook)
    texts = {
        name: "".join(str(c.value) for row in book[name] for c in row if c.value) for name in ("编制说明", "报送情况")
    }

    assert world.outcome.became == told
    assert all(told in text for text in texts.values())
    assert told in (world.workbook.parent / "运行报告.html").read_text(encoding="utf-8")


def test_who_reported_when_is_shown_under_one_name_and_assessed_for_the_months_it_owed(world):
    marks = {unit.short: "".join(own) for unit, own in marks_of(world.outcome)}
    owed = {world.outcome.office.short(a.unit): (a.owed, a.sent) for a in world.outcome.assessed}

    assert marks == MARKS[world.name]
    assert owed == {unit: (line.count("√"),) * 2 for unit, line in marks.items()}


def test_workbook_charts_and_drafts_are_written(world):
    sheets = load(world.workbook).sheetnames
    year = world.workbook.parent

    assert {"同比", "图表", "报送情况"} <= set(sheets)
    assert [path.suffix for path in year.glob("*统计稿.docx")] == [".docx"]
    assert (year / "运行报告.html").exists()


def test_next_months_forms_go_to_those_that_are_there_and_a_return_is_checked_by_itself(world, tmp_path):
    written = issue_templates(Month(2013, 4), (), tmp_path, world.desk.request(LOOKED_AT), Quiet())
    last = [world.desk.inbox / LAST / f"{unit}_{LAST}.xlsx" for unit, own in world.story.open.items() if LAST in own]

    assert {path.name for path in written} == {f"{unit}_2013-04.xlsx" for unit in IN_APRIL[world.name]}
    assert [checked.findings for checked in check(last, world.desk.office, Quiet())] == [()] * len(last)


def test_what_was_forwarded_stands_when_nothing_has_come_since(world):
    forwarded = forward(world.desk.request(LOOKED_AT, LAST), "试报", Quiet())
    outcome = world.desk.examine(LOOKED_AT, LAST)

    assert forwarded.new
    assert (outcome.revisions.changes, outcome.revisions.moved) == ((), ())


def test_what_goes_back_and_who_is_reminded_has_the_name_of_the_month(tmp_path):
    from pipeline.outbox.publish.overdue import overdue
    from tests.builders import Desk

    story = STORIES["renamed"]
    desk = Desk(tmp_path, office_with(tmp_path / "office", story.units))
    send(desk, Story(story.units, {"东区": story.open["东区"]}, {}))
    desk.send("卫生局", "2013-01")
    desk.send("卫生局", "2013-02", {"T2.05": "很多"})
    outcome, workbook = desk.run(LOOKED_AT, LAST)

    assert [path.name for path in workbook.parent.glob("退回/*/*")] == ["卫生局_2013-02_退回修改.xlsx"]
    assert {(str(month.month), chased.unit) for month in overdue(outcome) for chased in month.chased} == {
        ("2013-02", "卫生局"), (LAST, "卫健局"),
    }  # fmt: skip
