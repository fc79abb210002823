"""Judging a return by itself: which rule is broken at which cell, in which words, and what settles it.

The returns are of a little form with two tables; what was taken in is judged directly, without a run around it.
"""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from pipeline.intake import list_inbox
from pipeline.intake.intake import take_in
from pipeline.intake.receipts import Receipts
from pipeline.judge.adjust import adjust
from pipeline.judge.judging import judge_all, one_a_cell, places_of, rule_findings
from pipeline.judge.validate import confirm_zeros, possible_block, validate
from pipeline.values.findings import EXPLAINED, UNCONFIRMED, Finding, Place, make
from pipeline.values.rulings import Adjust, Rulings
from pipeline.values.taken import Taken
from pipeline.values.tally import Tally
from schemas.form import Form
from schemas.quantity import Quantity
from schemas.rules.terms import Ref
from tests.builders import Desk, a_little_office
from tests.pipeline.overtype import overtype

OFFICE = a_little_office()
ONE, OTHER = sorted(OFFICE.units, key=lambda unit: unit.short)  # as their files stand in the inbox
FIRST, SECOND = ONE.short, OTHER.short
TYPED = overtype("主动公开", D6=12)  # a total typed over
LIMIT = 1000


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path, OFFICE)


def taken(desk: Desk) -> Taken:
    files = list_inbox(desk.inbox, 0).files
    return take_in(files, Receipts.read(desk.inbox), desk.forms(), desk.office, 0, lambda *_: None)


def judged(desk: Desk, **form: object) -> list[Finding]:
    return validate(confirm_zeros(taken(desk), desk.form()), replace(desk.form(), **form), LIMIT)[0]


def told(findings: list[Finding]) -> list[tuple[str, str, str, str]]:
    return [(f.level, f.rule, str(f.number), f.value) for f in findings]


def test_a_sound_return_is_silent_and_every_rule_was_judged(desk):
    desk.send(FIRST)
    there = taken(desk)

    findings, tally = validate(there, desk.form(), LIMIT)

    assert findings == []
    spoken = {s.rule for s in desk.form().judged if not s.spans_months}
    assert {rule for rule, rets in tally.spoken_of.items() if rets == {0}} == spoken
    assert not any(tally.broken.values())
    assert not +tally.not_judged


def test_a_broken_sum_is_told_at_its_total_with_both_sides(desk):
    desk.send(FIRST, edit=TYPED)

    (finding,) = [f for f in judged(desk) if f.rule == "T1-100"]

    assert told([finding]) == [("must", "T1-100", "T1.100", "12")]
    assert (finding.unit, finding.period, finding.sheet, finding.cell) == (
        ONE.code, "2012-01", "主动公开", "D6",
    )  # fmt: skip
    assert (finding.ret, finding.state) == (0, "待改")
    assert "12 条" in finding.message
    assert "10 条，多 2 条" in finding.message
    assert finding.remedy.startswith("请核对这几行，改正后重新报送。")


def test_two_returns_are_judged_each_for_itself(desk):
    desk.send(FIRST)
    desk.send(SECOND, edit=TYPED)

    (finding,) = [f for f in judged(desk) if f.rule == "T1-100"]

    assert (finding.ret, finding.unit) == (1, OTHER.code)


def apart(desk: Desk, note: str = "", gap: int = 2) -> Finding:
    """The question about 主动公开 by channel that differs from the channels' sum by a gap, with a 说明."""
    changes = {"T2.01": 10 + gap, "T1.202": 7 + gap}
    desk.send(FIRST, changes=changes, notes={"T1.100": note} if note else {})
    (finding,) = [f for f in judged(desk) if f.rule == "A-01"]
    return finding


def test_a_question_says_where_a_reason_may_be_written(desk):
    finding = apart(desk)

    assert (finding.level, finding.state) == ("verify", "待说明")
    assert finding.remedy.startswith("请核对：写错的请改正重报；属实的在这一行的“说明”栏写一句原因。")


def test_a_reason_settles_a_question(desk):
    finding = apart(desk, "有两条只在会上公开")

    assert finding.state == EXPLAINED
    assert finding.message.endswith("单位说明：有两条只在会上公开")


@pytest.mark.parametrize(("gap", "state"), [(LIMIT, EXPLAINED), (LIMIT + 1, UNCONFIRMED)])
def test_up_to_the_limit_a_unit_has_the_word_above_it_the_office(desk, gap, state):
    finding = apart(desk, "有一批只在会上公开", gap)

    assert finding.state == state
    assert ("办公室核对" in finding.remedy) == (state == UNCONFIRMED)


def test_a_reason_does_not_settle_what_must_hold(desk):
    desk.send(FIRST, notes={"T1.100": "就是这样的情况"}, edit=TYPED)

    (finding,) = [f for f in judged(desk) if f.rule == "T1-100"]

    assert finding.state == "待改"
    assert "就是这样" not in finding.message


@pytest.mark.parametrize(
    ("written", "rule", "words"),
    [
        ("4条", "E-NUM-02", "疑为 4"),
        ("无", "E-NUM-07", "请填 0"),
        ("2.5", "E-NUM-03", "条不能有小数"),
        ("-3", "E-NEG-01", "不能是负数"),
        (None, "E-MIS-02", "没有填"),
    ],
)
def test_a_cell_that_is_no_number_of_its_line_is_one_complaint_and_nothing_is_judged_by_it(desk, written, rule, words):
    desk.send(FIRST, changes={"T1.102": written})

    findings = judged(desk)

    assert [(f.level, f.rule, str(f.number)) for f in findings] == [("must", rule, "T1.102")]
    assert words in findings[0].message + findings[0].remedy
    assert "（102行）" in findings[0].message


def test_what_a_formula_makes_of_such_a_cell_is_not_told_again(desk):
    desk.send(FIRST, changes={"T1.102": "4条", "T2.05": "不详"})

    assert {str(f.number) for f in judged(desk)} == {"T1.102", "T2.05"}


def test_numbers_written_as_text_are_one_note_that_names_the_first(desk):
    lines = {f"T2.{n:02}": "3" for n in (21, 22, 23, 24, 25, 26)}
    desk.send(FIRST, changes=lines)

    (note,) = judged(desk)

    assert (note.level, note.rule, note.value) == ("note", "N-NUM-01", "6")
    assert note.message.count("!") == 5
    assert "等）" in note.message


def test_a_text_that_a_sum_left_out_is_the_cause_and_told_at_its_own_cell(desk):
    desk.send(FIRST, changes={"T1.103": "6"}, edit=overtype("主动公开", D6=4))

    rules = {f.rule: (str(f.number), f.value) for f in judged(desk)}

    assert rules["E-NUM-06"] == ("T1.103", "6")
    assert not {"T1-100", "N-NUM-01"} & rules.keys()


def test_a_zero_report_may_leave_everything_empty(desk):
    everything = {f"{t}.{line}": None for (t, line), e in desk.layout(unit=FIRST).form.entries.items() if e.is_input}
    desk.send(FIRST, changes=everything, cover={"zero": "是"})
    desk.send(SECOND, changes=everything)

    findings = judged(desk)

    assert {f.unit for f in findings} == {OTHER.code}
    assert {f.rule for f in findings} == {"E-MIS-02"}
    assert [len(list(f.each())) for f in findings] == [len(everything)]


def test_a_zero_report_with_a_number_is_told_once_at_the_first(desk):
    desk.send(FIRST, cover={"zero": "是"})

    busy = [f for f in judged(desk) if f.rule == "E-ZER-01"]

    assert [(str(f.number), f.value) for f in busy] == [("T1.102", "4")]
    assert "“本月零报告”选了“是”" in busy[0].message


@pytest.mark.parametrize(
    ("cover", "rule", "value"), [({"head": ""}, "E-COV-01", ""), ({"zero": "或许"}, "E-COV-02", "或许")]
)
def test_the_cover_is_complete_and_says_what_can_be_chosen(desk, cover, rule, value):
    desk.send(FIRST, cover=cover)

    assert [(f.level, f.rule, f.value, f.sheet) for f in judged(desk)] == [("must", rule, value, "封面")]


def test_of_several_complaints_about_a_cell_the_strongest_stays():
    place = Place("u", "2012-01", "a.xlsx", "表", "D6", ret=0, number=Ref("T1", "100"))
    asks = make("verify", "A", place, "3", "问。", "")
    must, trial = replace(asks, id="h2", level="must", rule="B"), replace(asks, id="h3", level="trial", rule="C")
    other = replace(asks, id="h4", number=Ref("T1", "101"), cell="D7")
    apart = replace(asks, id="h5", ret=1, file="b.xlsx")

    assert one_a_cell([asks, must, trial, other, apart]) == [must, trial, other, apart]
    assert one_a_cell([asks, asks]) == [asks]
    whole = [replace(asks, id=name, cell="", number=None) for name in ("h6", "h7")]
    assert one_a_cell(whole) == whole


def test_places_name_the_return(desk):
    desk.send(FIRST)
    desk.send(SECOND)

    places = places_of(taken(desk).returns)

    assert [(ret, place.ret, place.unit, place.file) for ret, place in places.items()] == [
        (0, 0, ONE.code, f"2012-01/{FIRST}_2012-01.xlsx"),
        (1, 1, OTHER.code, f"2012-01/{SECOND}_2012-01.xlsx"),
    ]


def test_a_rule_of_other_months_is_silent_and_not_judged(desk):
    desk.send(FIRST)
    block, tally = possible_block(taken(desk), desk.form()), Tally()
    statement = next(s for s in desk.form().judged if s.rule == "T1-100")
    never = replace(statement, months=(7,))

    assert list(judge_all((never,), block.wide.assign(**{"T1.100": 99}), tally)) == []
    assert tally.spoken_of == {}


def test_both_sides_of_what_is_broken_are_handed_on_and_what_lacks_is_not_judged(desk):
    desk.send(FIRST)
    desk.send(SECOND)
    block, tally = possible_block(taken(desk), desk.form()), Tally()
    wide = block.wide.assign(**{"T1.100": pd.array([12, pd.NA], dtype="Int64")}, index=block.wide.index)
    statement = next(s for s in desk.form().judged if s.rule == "T1-100")

    assert list(judge_all((statement,), wide, tally)) == [(statement, 0, 12, 10)]
    assert (tally.broken["T1-100"], tally.lacking["T1-100"]) == ({0}, {1})


def test_a_rule_on_trial_is_told_as_such_and_nothing_has_to_be_done(desk):
    form = desk.form()
    rules = [r.model_copy(update={"trial": True}) if r.id == "T1-100" else r for r in form.edition.rules]
    on_trial = {"edition": form.edition.model_copy(update={"rules": tuple(rules)})}
    desk.send(FIRST, edit=TYPED)

    (finding,) = [f for f in judged(desk, **on_trial) if f.rule == "T1-100"]

    assert (finding.level, finding.state) == ("trial", "试行")
    assert finding.remedy.startswith("这条规则在试行，不用处理")


def test_of_nothing_broken_nothing_is_told(desk):
    assert list(rule_findings([], pd.DataFrame(), {}, desk.form(), pd.DataFrame(), LIMIT)) == []


def ruling(line: str, amount: int, *, expected: str = "", unit: str = ONE.code) -> Adjust:
    return Adjust(
        f"r{line}{amount}", "", unit, "2012-01", "", line, expected, "联合发文", "王芳", pd.Timestamp("2012-02-10").date(),
        None, "某单位", "处理意见", 7, "K7", amount, Quantity("条"),
    )  # fmt: skip


def adjusted(desk: Desk, *rulings: Adjust):
    form: Form = desk.form()
    wide = possible_block(taken(desk), form).wide
    return wide, adjust(wide, Rulings(rulings), form)


def test_an_adjustment_is_added_beside_the_return_of_its_unit_and_nowhere_else(desk):
    desk.send(FIRST)
    desk.send(SECOND)
    before, after = adjusted(desk, ruling("T2.21", 30, expected="0"), ruling("T2.22", 4))

    assert after.findings == ()
    assert [(ret, str(ref), one.amount) for ret, ref, one in after.applied] == [(0, "T2.21", 30), (0, "T2.22", 4)]
    assert after.wide["T2.21"].tolist() == [30, 0]
    assert after.wide["T2.22"].tolist() == [4, 0]
    assert before["T2.21"].tolist() == [0, 0]
    untouched = [name for name in before if name not in {"T2.21", "T2.22"}]
    pd.testing.assert_frame_equal(after.wide[untouched], before[untouched])


def test_without_adjustments_the_returns_stay_what_they_are(desk):
    desk.send(FIRST)
    before, after = adjusted(desk)

    assert after.wide is before
    assert (after.applied, after.findings) == ((), ())


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (ruling("T2.01", 1, unit="nobody"), "这个单位这一期没有入汇的报表"),
        (ruling("T2.01", 1, expected="11"), "填的值写的是 11，现在是 10"),
        (ruling("T2.01", -11), "现在是 10，调整后会小于 0"),
    ],
)
def test_an_adjustment_that_cannot_be_made_says_why_at_its_row(desk, one, why):
    desk.send(FIRST)
    before, after = adjusted(desk, one)

    ((finding,), applied) = (after.findings, after.applied)
    assert applied == ()
    assert (finding.rule, finding.file, finding.sheet, finding.cell) == ("W-RUL-04", "处理意见.xlsx", "处理意见", "A7")
    assert why in finding.message
    pd.testing.assert_frame_equal(after.wide, before)


@pytest.mark.parametrize("expected", ["1,20", "120.0", "１２０", "120"])
def test_a_value_is_the_same_however_it_is_written(desk, expected):
    desk.send(FIRST)
    _, after = adjusted(desk, ruling("T2.05", 1, expected=expected))

    assert (after.applied != ()) == (Decimal(120) == Decimal(expected.replace(",", "")))


def test_an_adjustment_down_to_nothing_is_made(desk):
    desk.send(FIRST)
    _, after = adjusted(desk, ruling("T2.05", -120))

    assert after.wide["T2.05"].tolist() == [0]


def test_an_adjustment_that_unbalances_a_table_is_asked_about_where_it_arises(desk):
    desk.send(FIRST)
    _, after = adjusted(desk, ruling("T2.05", 3), ruling("T1.103", 2))

    assert len(after.applied) == 2
    (finding,) = after.findings
    assert (finding.rule, finding.value) == ("W-RUL-05", "rT1.1032")
    assert not finding.message.removesuffix("。").endswith("。")


def test_what_did_not_hold_before_an_adjustment_is_not_its_fault(desk):
    desk.send(FIRST, edit=TYPED)
    _, after = adjusted(desk, ruling("T1.103", 1))

    assert [finding.rule for finding in after.findings] == []


def test_one_problem_in_a_whole_column_is_one_finding_that_counts_the_rest(desk):
    lines = [f"T2.{n:02}" for n in range(1, 36)]
    desk.send(FIRST, changes={line: f"{n}条" for n, line in enumerate(lines)})

    (finding,) = [f for f in judged(desk) if f.rule == "E-NUM-02"]

    assert (str(finding.number), finding.value) == ("T2.01", "0条")
    assert "这一栏共有 35 格是这样" in finding.remedy
    assert [str(one.number) for one in finding.each()] == lines
    *_, last = finding.each()
    assert (last.value, last.cell) == ("34条", "D44")
    assert "（35行）写了文字“34条”" in last.message
    assert last.remedy == "只填数字，不带单位和文字（疑为 34）。"


def test_the_same_problem_here_and_there_is_told_at_each_cell(desk):
    desk.send(FIRST, changes={f"T2.{n:02}": "3条" for n in range(1, 6)})

    assert [str(f.number) for f in judged(desk)] == [f"T2.{n:02}" for n in range(1, 6)]


def test_every_blank_of_a_column_is_told_where_it_is_to_be_filled_in(desk):
    desk.send(FIRST, changes={f"T2.{n:02}": None for n in range(1, 36)})

    assert len([f for f in judged(desk) if f.rule == "E-MIS-02"]) == 35
