"""What looks odd is asked about at its cell, in the order of its effect, and keeps nothing from being forwarded."""

import pickle
from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from pipeline.desk.telling import asked
from pipeline.judge.plausibility import Question, ask, panel
from pipeline.judge.plausibility.robust import counted, median_of_others, stabilised
from pipeline.outbox.publish import publish
from pipeline.values.periods import Month
from schemas.form import Form
from schemas.office import Office, read_office
from schemas.units import units_of
from tests.bench.plausibility import measure
from tests.builders import Desk, complaints, settled
from tests.pipeline.questions import MONTHS, QUESTIONS, UNITS, send_the_questions
from tests.schemas import small

pytestmark = pytest.mark.slow

OFFICE = read_office()
FORM = small.form("T2.11 <= T2.10")
LINES = ("T2.11", "T2.12", "T2.13", "T2.21", "T2.22", "T2.23")


@pytest.fixture(scope="module")
def outcome(once):
    """What is found when ten units have sent five months (tests.pipeline.questions)."""

    def make(folder):
        (folder / "found.pickle").write_bytes(pickle.dumps(send_the_questions(folder)))

    return pickle.loads((once("questions", make) / "found.pickle").read_bytes())  # noqa: S301  # we wrote it


# ---- what the units are asked


@pytest.mark.parametrize("rule", QUESTIONS)
def test_the_unit_is_asked_at_its_cell(outcome, rule):
    example = QUESTIONS[rule]
    sheet, cell = Desk(".").cell(example.line, MONTHS[-1], example.unit) if example.line else ("", "")

    (found,) = [question for question in outcome.questions if question.rule == rule]

    assert (OFFICE.short(found.unit), found.period) == (example.unit, MONTHS[-1])
    assert (found.sheet, found.cell, found.level) == (sheet, cell, "ask")
    assert example.says in found.message
    assert found.message.endswith("。") or found.state == "已说明"
    assert found.remedy.endswith("。")


def test_nobody_is_asked_anything_else(outcome):
    assert sorted(question.rule for question in outcome.questions) == sorted(QUESTIONS)


def test_questions_keep_nothing_from_being_forwarded(outcome):
    assert outcome.findings == ()
    assert settled(outcome)
    assert set(outcome.returns.loc[outcome.returns["file"] != "", "state"]) == {"通过"}


def test_who_explains_the_number_on_its_line_is_not_asked_again(outcome):
    explained = next(question for question in outcome.questions if question.rule == "P-USU-02")

    assert explained.state == "已说明"
    assert explained.message.endswith("单位说明：热线改由市政务中心接听。")
    assert explained not in outcome.open_questions


def test_as_many_are_told_as_the_office_wants(outcome):
    thresholds = OFFICE.settings.thresholds.model_copy(update={"plausibility_first": 2})
    office = OFFICE._replace(settings=OFFICE.settings.model_copy(update={"thresholds": thresholds}))

    first, *told = asked(replace(outcome, office=office))

    assert first == "有 16 处与往常不同，不影响上报，先看这 2 处，其余见 data 文件夹的 questions.csv："
    assert [line[:16] for line in told] == ["  1. 市教育局2012年5月", "  2. 市教育局2012年5月"]
    assert "8,720,000" in told[0]


def test_the_workbook_has_the_first_of_them_and_the_data_file_all_in_their_order(outcome, tmp_path):
    data = publish(outcome, tmp_path)
    listed = next(path for path in data if path.name == "questions.csv")
    papers = next(path for path in data if path.name == "2012年度工作底稿.xlsx")

    rows = CalamineWorkbook.from_path(papers).get_sheet_by_name("校验发现").to_python()
    ids = pd.read_csv(listed, dtype="str", encoding="utf-8-sig")["id"]

    assert [row[8] for row in rows if row[0] == "请留意"] == [question.rule for question in outcome.first_questions]
    assert list(ids) == [question.id for question in outcome.questions]


def test_the_first_month_is_not_judged_and_counted(desk):
    for unit in UNITS[:2]:
        desk.send(unit, changes={"T2.05": 900 if unit == UNITS[0] else 9_000_000})

    outcome = desk.examine()

    assert outcome.questions == ()
    assert outcome.not_judged["P-USU-01"] == 2 * 12


def test_a_month_is_held_against_the_year_before(desk):
    for month in range(8, 13):
        desk.send(month=f"2012-{month:02}", changes={"T2.05": 3800 + month}, prior=None)
    desk.send(month="2013-01", changes={"T2.05": 38_100})

    outcome = desk.examine(as_of="2013-01-31", through="2013-01")

    assert complaints(outcome) == []
    (question,) = outcome.questions
    assert question.message.endswith("填了 38,100 人次，是上月 3,812 人次的 10 倍，可能多写了一个 0。")


def test_the_demonstration_years_raise_no_question_but_about_the_zero_reports(demo_outcome, shifan_outcome):
    told = [(OFFICE.short(q.unit), q.period, q.rule) for q in demo_outcome.questions]

    assert sorted(told) == [("市供销社", "2012-02", "P-SIL-01"), ("市气象局", "2012-10", "P-SIL-01")]
    assert shifan_outcome.questions == ()


# ---- what is asked, from the numbers alone


def raised(
    form: Form, *units: list[list[int | None]], since: int = 1, office: Office | None = None, least: int = 5
) -> list[Question]:
    """The questions about units whose months are given as numbers of LINES, in order of effect."""
    rows = [
        {**dict(zip(LINES, numbers, strict=False)), "unit": f"U{u}", "period": f"2012-{m:02}", "calendar_month": m}
        for u, months in enumerate(units)
        for m, numbers in enumerate(months, start=1)
    ]
    every = [f"{t}.{c}" for (t, c), e in form.entries.items() if e.is_input]
    wide = pd.DataFrame(rows)
    numbers = wide.reindex(columns=every, fill_value=0).astype("Int64")
    wide = pd.concat([numbers, wide[["unit", "period", "calendar_month"]]], axis=1)
    return ask(panel(wide, form, office or read_office(), Month(2012, since)), least, Counter())


def rules(questions: list[Question]) -> list[tuple[str, int, int]]:
    return [(question.rule, question.unit, question.month) for question in questions]


def test_a_unit_that_took_over_others_is_not_asked_why_it_has_more():
    """U0 takes over two units of its size in September: what was usual of it before says nothing of it since."""
    row = read_office().units[0].rows[0]
    ended = {"valid_to": "2012-08", "successor": ("U0",)}
    rows = [row.model_copy(update={"code": f"U{n}", **(ended if n in {1, 2} else {})}) for n in range(5)]
    usual = [[40 + m % 3, 900 + 7 * m] for m in range(12)]
    many = [*usual[:8], *([12 * a, 12 * b] for a, b in usual[8:])]
    units = [many, usual[:8], usual[:8], usual, usual]

    assert rules(raised(FORM, *units))
    assert raised(FORM, *units, office=read_office()._replace(units=units_of(rows))) == []


def test_of_two_equal_returns_both_are_asked_where_nothing_tells_who_copied():
    same, other = [[12, 34, 56]], [[15, 31, 50]]

    assert sorted(rules(raised(FORM, same, same, other, least=3))) == [("P-DUP-02", 0, 0), ("P-DUP-02", 1, 0)]


def test_small_counts_may_move_as_small_counts_do():
    assert raised(FORM, [[n, 1] for n in (2, 0, 3, 1, 7, 2, 0, 9, 1, 4)]) == []


def test_what_all_units_do_in_a_month_is_asked_of_none():
    busy = [[[n * u, 40] for n in (100, 104, 97, 101, 803, 99)] for u in range(2, 9)]

    assert raised(FORM, *busy) == []
    assert rules(raised(FORM, busy[0], *([[row[0] // 3, 40] for row in busy[0][:4]] for _ in range(6)))) == [
        ("P-USU-01", 0, 4)
    ]  # fmt: skip


def test_the_larger_the_effect_on_the_citys_total_the_earlier_it_is_asked():
    small_one = [[n, 40] for n in (100, 104, 97, 101, 1_000)]
    large_one = [[n, 40] for n in (5_000, 5_100, 4_900, 5_010, 50_000)]

    assert rules(raised(FORM, small_one, large_one)) == [("P-TEN-01", 1, 4), ("P-TEN-01", 0, 4)]


@pytest.mark.parametrize(
    ("last", "rule"),
    [
        (50_000_000, "P-WAN-01"),
        (3_060_000, "P-USU-01"),
        (50_000_001, "P-USU-01"),
        (50_000, "P-TEN-01"),
        (120_000, "P-USU-01"),
    ],
)
def test_a_slip_is_named_only_where_the_arithmetic_fits_it(last, rule):
    """612 times is neither ten times nor ten thousand times; what was multiplied by 10,000 ends in noughts."""
    numbers = [[n, 40] for n in (5_000, 5_100, 4_900, 5_010, last)]

    assert rules(raised(FORM, numbers)) == [(rule, 0, 4)]


def test_months_before_are_compared_with_and_not_asked_about():
    numbers = [[n, 40] for n in (100, 1_040, 97, 101, 99, 1_020)]

    assert rules(raised(FORM, numbers)) == [("P-TEN-01", 0, 1), ("P-TEN-01", 0, 5)]
    assert rules(raised(FORM, numbers, since=3)) == [("P-TEN-01", 0, 5)]


def test_a_number_that_is_not_known_is_no_number():
    assert raised(FORM, [[100, 40], [None, 40], [97, None], [101, 41], [99, 40], [102, None]]) == []


def test_the_median_of_the_others_leaves_each_number_out_in_turn():
    numbers = np.array([[[4.0], [1.0], [9.0], [np.nan], [2.0]], [[np.nan], [3.0], [np.nan], [np.nan], [np.nan]]])

    found = median_of_others(numbers)[:, :, 0]

    assert found[0].tolist() == [2.0, 4.0, 2.0, 3.0, 4.0]
    assert np.array_equal(found[1], [3.0, np.nan, 3.0, 3.0, 3.0], equal_nan=True)


def test_the_scale_runs_both_ways():
    counts = np.array([0.0, 1.0, 37.0, 4_100.0, 38_910_000.0])

    assert counted(stabilised(counts)) == pytest.approx(counts, abs=1e-6)


# ---- how much is caught (python -m tests.bench.plausibility prints the whole table)


def test_the_first_questions_catch_most_and_a_clean_year_raises_few():
    tally = measure(worlds=2, seed=1, units=30, each=3)

    assert tally.share("ours", 20) >= 0.6 > 2 * tally.share("z-scores", 20)
    assert tally.share("ours", 50) >= 0.7 > 2 * tally.share("±50 %", 50)
    assert tally.clean["ours"] <= 20 * tally.worlds
