"""A new channel, a new unit and a new rule each take the one edit that CONTRIBUTING names."""

import pytest

from pipeline.paper.names import name_of
from schemas.office import read_office
from schemas.rules.terms import Ref
from tests.builders import Desk, complaints
from tests.cli.settings import papers_beside, sheet_of
from tests.publish.reading import by_formualizer, formulas, load, shown

pytestmark = pytest.mark.slow

AS_OF = "2012-08-03"  # nothing of July is overdue


@pytest.fixture(scope="module")
def channel(changed):
    """A channel that begins in July, and what one unit sends in in June and July."""
    desk = changed("channel").append("channels.csv", "108,政务微博,政务微博,2012-07,,,\n").desk()
    june = desk.send(month="2012-06")
    july = desk.send(month="2012-07", changes={"T1.103": 1, "T1.108": 5})
    return desk, june, july, *desk.run(AS_OF)


def test_a_new_channel_is_asked_for_from_its_month_on(channel):
    desk, june, july, *_ = channel
    names = [set(load(path).defined_names) for path in (june, july)]
    total = desk.cell("T1.100", "2012-07")

    assert [name_of(Ref("T1", "108")) in found for found in names] == [False, True]
    assert formulas(load(july))[total].endswith("D14)")
    assert formulas(load(june))[total].endswith("D13)")


def test_a_new_channel_is_chosen_in_the_register_from_its_month_on(channel):
    _, june, july, *_ = channel
    lists = [{cell.value for row in load(path)["_lists"] for cell in row} for path in (june, july)]

    assert ["政务微博" in names for names in lists] == [False, True]


def test_a_new_channel_is_read_and_is_inside_every_sum_that_names_the_channels(channel):
    *_, outcome, workbook = channel
    facts = outcome.facts.query("period == '2012-07' and measure == 'month'")
    value = {(row.line, row.role): row.value for row in facts[facts["table"] == "T1"].itertuples()}

    assert (value["108", "input"], value["100", "declared"], value["100", "computed"]) == (5, 10, 10)
    assert [f.rule for f in outcome.findings if f.file] == []
    heads, total = sheet_of(workbook, "表1")[2:4]
    assert ("政务微博", total[heads.index("政务微博")]) == ("政务微博", 5)
    assert total[heads.index("渠道合计")] == total[heads.index("主动公开信息数")] == 20
    assert total[heads.index("未注明渠道")] == 0
    heads, total = sheet_of(workbook, "表4")[2:4]
    assert (total[heads.index("政务微博")], total[1]) == (5, 20)


def test_a_new_channel_that_is_left_out_is_missed_by_the_rules(settings):
    desk = settings.append("channels.csv", "108,政务微博,政务微博,2012-07,,,\n").desk()
    desk.send(month="2012-07", changes={"T1.108": 5})
    outcome = desk.examine(AS_OF)
    found = [finding for finding in outcome.findings if finding.file]

    assert [f.rule for f in found] == ["A-01", "A-05"], "the register has ten items, as line 01 says"
    assert [(f.sheet, f.cell) for f in found] == [desk.cell(line, "2012-07") for line in ("T1.100", "T1.108")]
    assert "101—108行之和是 15 条" in found[0].message


def test_a_new_unit_owes_returns_from_its_month_on_and_has_its_row(settings):
    line = "620200-051,嘉峪关市金融工作办公室,市金融办,市政府部门,,2012-02,,\n"
    desk = settings.append("units.csv", line).desk()
    desk.send("市金融办", "2012-02")
    outcome, workbook = desk.run("2012-03-31")
    (unit,) = (unit for unit in desk.office.units if unit.short == "市金融办")

    assert outcome.coverage.owed == 50 + 51
    assert {f.period for f in outcome.findings if f.unit == "620200-001"} == {"2012-01", "2012-02"}
    assert [f.period for f in outcome.findings if f.unit == unit.code] == []
    assert [row[:2] for row in sheet_of(workbook, "表2") if row[0] == unit.short] == [[unit.short, 10]]
    assert [row[:3] for row in sheet_of(workbook, "报送情况") if row[0] == unit.short] == [[unit.short, "—", "√"]]


def test_a_new_unit_has_its_row_in_the_records_of_channels(settings):
    line = "620200-051,嘉峪关市金融工作办公室,市金融办,市政府部门,,2012-02,,\n"
    desk = settings.append("units.csv", line).desk()
    rows = [("T7", "620200-051_104") in desk.layout(month, "市政府办").places for month in ("2012-01", "2012-02")]

    assert rows == [False, True]


def test_a_new_duty_asks_its_lines_of_the_unit(settings):
    before = settings.desk().layout(unit="市药监局").places
    after = settings.append("duties.csv", "health,620200-036\n").desk().layout(unit="市药监局").places

    assert {key for key in after if key not in before} == {("T5", "511"), ("T5", "512")}


RULE = """
[[rule]]
id = "T2-04"
level = "verify"
holds = "T2.04 >= T2.03"
"""


@pytest.fixture(scope="module")
def rule(changed):
    """A rule at the end of the edition, and a return that breaks it."""
    desk = changed("rule").append("jyg-2012.toml", RULE).desk()
    path = desk.send(changes={"T2.04": 0})
    return desk, path, *desk.run()


def test_a_new_rule_is_checked_in_every_return(rule):
    desk, _, outcome, _ = rule
    (finding,) = outcome.findings

    assert complaints(outcome) == [("T2-04", *desk.cell("T2.04"))]
    assert finding.level == "verify"
    assert finding.message == "“提供服务类信息数”（04行）是 0 条，“新增的行政规范性文件数”（03行）是 1 条，少 1 条。"


def test_a_new_rule_is_live_in_the_template(rule):
    desk, path, *_ = rule
    sheet, cell = desk.cell("T2.04")
    check = f"G{cell[1:]}"

    assert shown(path)[sheet, check] == shown(by_formualizer(path))[sheet, check] == "! 须04≥03"


def test_a_new_rule_is_listed_in_the_dictionary(rule):
    (row,) = (row for row in sheet_of(papers_beside(rule[-1]), "数据字典") if row[1] == "T2-04")

    assert row[:3] == ["校验规则", "T2-04", "请核实"]
    assert row[4].startswith("“提供服务类信息数”（04行）应不小于“新增的行政规范性文件数”（03行）")


def test_a_new_rule_makes_another_run(rule):
    """The same return read by the edition as it was before the edit is another run."""
    desk, _, outcome, _ = rule
    before = Desk(desk.folder, read_office(desk.office.folder)).examine()

    assert before.fingerprint != outcome.fingerprint
    assert complaints(before) == []
