"""A new channel, a new unit and a new rule each take the one edit that CONTRIBUTING names."""

import shutil

import pytest

from pipeline.names import name_of
from schemas.edition import EDITIONS
from schemas.forms import forms_of
from schemas.office import OFFICES, read_office
from schemas.rules.terms import Ref
from tests.builders import Desk
from tests.publish.reading import by_formualizer, formulas, load, shown

AS_OF = "2012-08-03"  # nothing of July is overdue


class Settings:
    """The office's settings in a folder of our own, and what is made with them."""

    def __init__(self, folder):
        self.office = shutil.copytree(OFFICES / "jyg", folder / "office")
        self.editions = shutil.copytree(EDITIONS, folder / "editions")
        self.folder = folder

    def append(self, path, text):
        """The one edit: a text at the end of one file."""
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    def desk(self):
        return Desk(self.folder, read_office(self.office))


@pytest.fixture
def settings(tmp_path, monkeypatch):
    made = Settings(tmp_path)
    monkeypatch.setattr(forms_of, "__defaults__", (made.editions,))
    monkeypatch.setattr("pipeline.run.EDITIONS", made.editions)
    return made


def sheet_of(workbook, number):
    """The rows of an annual table as text and numbers."""
    book = load(workbook)
    (name,) = (name for name in book.sheetnames if name.split()[0] == number)
    values = shown(workbook)
    return [[values.get((name, cell.coordinate)) for cell in row] for row in book[name]]


@pytest.fixture
def channel(settings):
    """A channel that begins in July."""
    settings.append(settings.office / "channels.csv", "108,政务微博,政务微博,2012-07,,\n")
    return settings.desk()


def test_a_new_channel_is_asked_for_from_its_month_on(channel):
    june, july = channel.send(month="2012-06"), channel.send(month="2012-07")
    names = [set(load(path).defined_names) for path in (june, july)]
    total = channel.cell("T1.100", "2012-07")

    assert [name_of(Ref("T1", "108")) in found for found in names] == [False, True]
    assert formulas(load(july))[total].endswith("D14)")
    assert formulas(load(june))[total].endswith("D13)")


def test_a_new_channel_is_read_and_is_inside_every_sum_that_names_the_channels(channel):
    channel.send(month="2012-06")
    channel.send(month="2012-07", changes={"T1.103": 1, "T1.108": 5})
    outcome, workbook = channel.run(AS_OF)
    facts = outcome.facts.query("period == '2012-07' and measure == 'month'")
    value = {(row.line, row.role): row.value for row in facts[facts["table"] == "T1"].itertuples()}

    assert (value["108", "input"], value["100", "declared"], value["100", "computed"]) == (5, 10, 10)
    assert [f.rule for f in outcome.findings if f.file] == []
    heads, total = sheet_of(workbook, "表1")[2:4]
    assert (heads[-2], total[-2]) == ("政务微博", 5)
    assert total[heads.index("渠道合计")] == total[heads.index("主动公开信息数")] == 20
    assert total[-1] == 0


def test_a_new_channel_that_is_left_out_is_missed_by_the_rules(channel):
    channel.send(month="2012-07", changes={"T1.108": 5})
    (finding,) = (finding for finding in channel.examine(AS_OF).findings if finding.file)

    assert (finding.rule, finding.sheet, finding.cell) == ("A-01", *channel.cell("T1.100", "2012-07"))
    assert "101—108行之和是 15 条" in finding.message


def test_a_new_unit_owes_returns_from_its_month_on_and_has_its_row(settings):
    settings.append(settings.office / "units.csv", "620200-051,嘉峪关市金融工作办公室,市金融办,市政府部门,,2012-02,,\n")
    desk = settings.desk()
    desk.send("市金融办", "2012-02")
    outcome, workbook = desk.run("2012-03-31")
    (unit,) = (unit for unit in desk.office.units if unit.short == "市金融办")

    assert outcome.coverage.owed == 50 + 51
    assert {f.period for f in outcome.findings if f.unit == "620200-001"} == {"2012-01", "2012-02"}
    assert [f.period for f in outcome.findings if f.unit == unit.code] == []
    assert [row[:2] for row in sheet_of(workbook, "表2") if row[0] == unit.short] == [[unit.short, 10]]
    assert [row[:3] for row in sheet_of(workbook, "报送情况") if row[0] == unit.short] == [[unit.short, "—", "√"]]


RULE = """
[[rule]]
id = "T2-04"
level = "verify"
holds = "T2.04 >= T2.03"
"""


@pytest.fixture
def rule(settings):
    """A rule at the end of the edition."""
    settings.append(settings.editions / "jyg-2012.toml", RULE)
    return settings.desk()


def test_a_new_rule_is_checked_in_every_return(rule):
    rule.send(changes={"T2.04": 0})
    (finding,) = rule.examine().findings

    assert (finding.rule, finding.level, (finding.sheet, finding.cell)) == ("T2-04", "verify", rule.cell("T2.04"))
    assert finding.message == "“提供服务类信息数”（04行）是 0 条，“新增的行政规范性文件数”（03行）是 1 条，少 1 条。"


def test_a_new_rule_is_live_in_the_template(rule):
    path = rule.send(changes={"T2.04": 0})
    sheet, cell = rule.cell("T2.04")
    check = f"G{cell[1:]}"

    assert shown(path)[sheet, check] == shown(by_formualizer(path))[sheet, check] == "! 须04≥03"


def test_a_new_rule_is_listed_in_the_dictionary(rule):
    rule.send()
    _, workbook = rule.run()
    (row,) = (row for row in sheet_of(workbook, "数据字典") if row[1] == "T2-04")

    assert row[:3] == ["校验规则", "T2-04", "请核实"]
    assert row[4].startswith("“提供服务类信息数”（04行）应不小于“新增的行政规范性文件数”（03行）")


def test_a_new_rule_makes_another_run(settings):
    desk = settings.desk()
    desk.send()
    before = desk.examine().fingerprint
    settings.append(settings.editions / "jyg-2012.toml", RULE)

    assert desk.examine().fingerprint != before
