"""核实单: what is asked of a unit has a way to it and back; its word there counts as its 说明 in the return."""

import csv

import openpyxl
import pytest

from pipeline.outbox.publish.inquiry import FOLDER, asked_of, write_inquiries
from pipeline.values.replies import ANSWERS, TRUE, WRONG, same_question
from tests.builders import Desk, a_little_office
from tests.pipeline.reading import returns
from tests.pipeline.test_owners import OWNER, records
from tests.pipeline.test_rulings import confirming_above
from tests.replies.answering import answer, inquiry, questions, reworded

pytestmark = pytest.mark.slow

REASON = "转发省里的信息，未计入渠道"
UNIT, OTHER = (unit.short for unit in a_little_office().units)
CODE = a_little_office().units[0].code
APART = {"T1.103": 5}  # one less on a channel than is claimed


@pytest.fixture
def desk(tmp_path):
    """One unit is asked about its channels, another is not; the run has written what is asked."""
    return asked_about(Desk(tmp_path / "desk", a_little_office()))


def asked_about(desk, changes=APART, **more):
    desk.send(UNIT, changes=changes, **more)
    desk.send(OTHER)
    write(desk)
    return desk


def write(desk):
    """What is asked, as a run writes it."""
    outcome = desk.examine()
    write_inquiries(desk.outbox / "2012" / FOLDER, outcome)
    return outcome


def found(outcome):
    return [f for f in outcome.findings if f.level == "verify"]


def test_a_question_has_a_way_to_its_unit_and_nobody_else_is_written_to(desk):
    (asked,) = questions(inquiry(desk, UNIT))
    (finding,) = found(desk.examine())

    assert [path.name for path in (desk.outbox / "2012" / "核实").rglob("*.xlsx")] == [f"{UNIT}_2012-01_核实单.xlsx"]
    assert asked["报告期"] == "2012-01"
    assert asked["位置"] == f"{UNIT}_2012-01.xlsx\n{finding.sheet} {finding.cell}"
    assert asked["请核实"] == finding.message
    assert asked["编号"].startswith(f"{finding.id} {CODE} s")


def test_only_the_yellow_cells_can_be_written_and_the_answer_is_chosen(desk):
    sheet = openpyxl.load_workbook(inquiry(desk, UNIT)).worksheets[0]
    open_cells = [cell.coordinate for row in sheet["A1:H4"] for cell in row if not cell.protection.locked]
    (listed,) = sheet.data_validations.dataValidation

    assert sheet.protection.sheet
    assert open_cells == ["F4", "G4"]
    assert listed.formula1 == f'"{",".join(ANSWERS)}"'


def test_a_reason_there_counts_as_one_in_the_return_wherever_the_file_lies(desk):
    name = "二月/随便什么名字.xlsx"
    before = found(desk.examine())
    answer(desk, UNIT, (TRUE, REASON), name=name)
    outcome = desk.examine()
    (finding,) = found(outcome)

    assert before[0].state == "待说明"
    assert (finding.id, finding.state) == (before[0].id, "已说明")
    assert f"单位说明：{REASON}（核实单“{name}”核实单!F4）" in finding.message
    assert returns(outcome, "state", unit=UNIT) == [("核实通过",)]
    assert {d.verdict for d in outcome.differences if d.unit == CODE} == {"已说明"}
    assert outcome.ready
    assert asked_of(outcome) == {}


def test_the_same_as_a_note_in_the_return_in_every_number_and_state(desk, tmp_path):
    answer(desk, UNIT, (TRUE, REASON))
    other = asked_about(Desk(tmp_path / "other", a_little_office()), notes={"T1.100": REASON})
    replied, noted = desk.examine(), other.examine()

    assert [f.state for f in found(replied)] == [f.state for f in found(noted)]
    assert [(d.id, d.verdict) for d in replied.differences] == [(d.id, d.verdict) for d in noted.differences]
    assert returns(replied, "unit", "state", "verify") == returns(noted, "unit", "state", "verify")


def test_what_became_of_it_is_kept_with_its_cell(desk):
    answer(desk, UNIT, (TRUE, REASON))
    (one,) = desk.examine().replies

    assert (one.unit, one.answer, one.reason, one.state, one.explanation) == (CODE, TRUE, REASON, "采用", "")
    assert (one.file, one.sheet, one.cell) == ("核实单回复.xlsx", "核实单", "F4")


def test_a_run_takes_away_what_was_answered_and_writes_what_became_of_it(tmp_path):
    desk = Desk(tmp_path)
    desk.send("市教育局", changes=APART)
    desk.run()
    answer(desk, "市教育局", (TRUE, REASON))
    desk.run()
    with (desk.outbox / "2012" / "data" / "replies.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)

    assert (row["answer"], row["reason"], row["state"]) == (TRUE, REASON, "采用")
    assert not (desk.outbox / "2012" / "核实").exists()


def test_a_large_difference_waits_for_the_office(tmp_path):
    little = a_little_office()
    settings = little.settings.model_copy(update={"thresholds": confirming_above(0).settings.thresholds})
    desk = asked_about(Desk(tmp_path, little._replace(settings=settings)))
    answer(desk, UNIT, (TRUE, REASON))
    outcome = desk.examine()
    (finding,) = found(outcome)

    assert finding.state == "待确认"
    assert not outcome.ready
    assert [one.state for one in outcome.replies] == ["待确认"]
    assert write_inquiries(tmp_path / "none", outcome) == []


def test_a_changed_number_is_another_question_and_that_is_said(desk):
    answer(desk, UNIT, (TRUE, REASON))
    desk.send(UNIT, changes={"T1.103": 4}, received="2012-02-07", name="改.xlsx")
    outcome = desk.examine("2012-02-08")
    (told,) = [f for f in outcome.findings if f.rule == "N-INQ-02"]
    asked = [f for f in found(outcome) if f.pending]

    assert [f.state for f in asked] == ["待说明"]
    assert (told.file, told.cell) == ("核实单回复.xlsx", "F4")
    assert "没有采用" in told.message
    assert [one.texts[3] for one in asked_of(outcome)[CODE]] == [asked[0].message]


@pytest.mark.parametrize(
    ("said", "edit", "why"),
    [
        ((TRUE, "无"), None, "“说明”里现在写的“无”不是原因"),
        pytest.param((TRUE, ""), None, "“说明”没有写原因", marks=pytest.mark.slow),
        pytest.param(("", REASON), None, "“答复”没有选", marks=pytest.mark.slow),
        pytest.param(("是的", REASON), None, "“答复”写的是“是的”，不是列表里的", marks=pytest.mark.slow),
        ((TRUE, REASON), reworded, "这一行除黄色格以外有改动，不知道答的是哪个问题"),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_cell_and_asked_again(desk, said, edit, why):
    answer(desk, UNIT, said, edit=edit)
    outcome = desk.examine()
    (told,) = [f for f in outcome.findings if f.rule == "N-INQ-02"]

    assert [f.state for f in found(outcome)] == ["待说明"]
    assert why in told.message
    assert (told.sheet, told.cell) == ("核实单", "F4")
    assert list(asked_of(outcome)) == [CODE]


def test_who_wrote_it_wrong_is_waited_for(desk):
    answer(desk, UNIT, (WRONG, "少填了一条"))
    outcome = desk.examine()
    (finding,) = found(outcome)

    assert finding.state == "待说明"
    assert f"单位在核实单里答“{WRONG}，少填了一条”。" in finding.remedy
    assert [one.state for one in outcome.replies] == ["单位将重报"]


def test_an_empty_one_says_how_much_is_left(desk):
    answer(desk, UNIT)
    outcome = desk.examine()
    (told,) = [f for f in outcome.findings if f.rule == "N-INQ-01"]

    assert "答了 0 处，还有 1 处没有答" in told.message
    assert [f.state for f in found(outcome)] == ["待说明"]


def test_the_last_answer_counts_and_two_at_once_count_as_none(desk):
    answer(desk, UNIT, (WRONG, "少填了一条"), received="2012-02-06")
    answer(desk, UNIT, (TRUE, REASON), received="2012-02-07", name="后.xlsx")
    outcome = desk.examine("2012-02-08")
    assert [f.state for f in found(outcome)] == ["已说明"]
    assert [one.state for one in outcome.replies] == ["已有后来的答复", "采用"]

    answer(desk, UNIT, (TRUE, "另一个说法，省里补登"), received="2012-02-07", name="又.xlsx")
    outcome = desk.examine("2012-02-08")
    assert [f.state for f in found(outcome)] == ["待说明"]
    assert "同一次收到的两份答得不一样" in outcome.replies[-1].explanation


def test_that_of_another_office_settles_nothing(desk, tmp_path):
    other = asked_about(Desk(tmp_path / "other", a_little_office()), changes={"T1.103": 1})
    answer(other, UNIT, (TRUE, REASON))
    foreign = desk.inbox / "别处.xlsx"
    foreign.write_bytes((other.inbox / "核实单回复.xlsx").read_bytes())
    desk.receive(foreign, "2012-02-06")
    outcome = desk.examine()

    assert [f.state for f in found(outcome)] == ["待说明"]
    assert [one.state for one in outcome.replies] == ["没有采用"]
    assert "不是本办公室发的" in outcome.replies[0].explanation


def test_both_sides_are_asked_where_two_units_differ(tmp_path):
    desk = Desk(tmp_path)
    desk.send("市信息办", changes=records(education=3, finance=4))
    desk.send("市教育局")
    desk.send("市财政局")
    write(desk)
    (own,), (theirs,) = questions(inquiry(desk, "市教育局")), questions(inquiry(desk, "市信息办"))
    assert "填了 4 条" in own["请核实"]
    assert "市信息办的记录是 3 条" in own["请核实"]
    assert theirs["请核实"] == f"市教育局的月报：{own['请核实']}"
    assert theirs["编号"].split()[:2] == [own["编号"].split()[0], OWNER]

    answer(desk, "市信息办", (TRUE, "网站后台只有三条"))
    outcome = desk.examine()
    (finding,) = found(outcome)
    assert finding.state == "待说明"
    assert "另一方答复：属实，网站后台只有三条。" in finding.remedy
    assert [one.state for one in outcome.replies] == ["待确认"]

    answer(desk, "市教育局", (TRUE, REASON), name="本方.xlsx")
    (finding,) = found(desk.examine())
    assert finding.state == "已说明"


def test_what_no_word_of_the_unit_settles_waits_for_the_office_with_its_word(tmp_path):
    """Two returns came at once: the unit says which of them is meant, the office excludes the other."""
    desk = Desk(tmp_path, a_little_office())
    desk.send(OTHER)
    desk.send(UNIT, name="一.xlsx")
    desk.send(UNIT, name="二.xlsx", changes={"T2.05": 130})
    write(desk)
    answer(desk, UNIT, (TRUE, "以二.xlsx为准"))
    (finding,) = [f for f in desk.examine().findings if f.rule == "W-ORD-01"]

    assert finding.state == "待确认"
    assert "单位说明：以二.xlsx为准" in finding.message
    assert finding.remedy.startswith("请问单位以哪份为准。")
    assert finding.remedy.endswith("单位已经答复，请办公室看过后在处理意见里定。")


@pytest.mark.parametrize(
    ("now", "then", "same"),
    [
        ("差 -5。", "差 5。", False),
        ("差-5条。", "差+5条。", False),
        ("差 −12，2012-09。", "差 −12，2012-09。", True),
        ("D5 填了 3。", "D5 填了 3。单位在核实单里答“属实”。", True),
        ("2012-09 填了 3。", "2012-08 填了 3。", False),
    ],
)
def test_a_question_is_another_when_only_the_sign_of_a_number_is(now, then, same):
    assert same_question(now, then) == same
