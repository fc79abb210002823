"""What the rows and columns of annual tables speak of: their months, keys and sums, and ratios among them."""

from dataclasses import replace

import pytest

from pipeline.tables import rollup
from pipeline.values.answer import Why
from pipeline.values.table import Table
from schemas.annual import Annual, Headline
from schemas.entry import EVERY_MONTH
from schemas.form import Form
from schemas.rules.terms import Ratio
from tests.pipeline.test_answers import FORM, LINE, ONE, PART, TWO, asked

MONTHS = ("2012-05", "2012-06", "2012-07")
RATIO = {"of": "T2.11", "over": "T2.10", "name": "当面占比"}
COLUMNS = [{"of": "T2.10"}, RATIO, {"of": "T5.511", "name": "人员"}]
BY_CODE = [
    {"of": "T8.{row}_payers", "name": "人次"},
    {"of": "T8.{row}_payers", "over": "T2.10", "name": "率", "unit": "人次/条"},
]


def made(rows: str, columns: list[dict[str, str]], form: Form = FORM, **more: str) -> Table:
    """A table of a quarter: one unit sent all months, the other June alone, the third nothing."""
    told = {"id": "表1", "title": "题", "sheet": "表1", "rows": rows, "column": columns, **more}
    payers = {FORM.expression(f"T8.{code}_payers")[0].refs[0]: n for n, code in enumerate(("801", "802"), 1)}
    answers = asked(
        *((ONE, n, {LINE: 10 * n, PART: n, **payers}) for n in (5, 6, 7)), (TWO, 6, {LINE: 40, PART: 30})
    )  # fmt: skip
    form = replace(form, edition=form.edition.model_copy(update={"annual": (Annual.model_validate(told),)}))
    (table,) = rollup.tables(replace(answers, form=form))
    return table


def test_months_stand_below_their_sum_and_quarters_that_are_over_below_them():
    table = made("months", COLUMNS)

    assert [(row.kind, row.key, row.months, row.adds) for row in table.rows] == [
        ("total", "5—7月", MONTHS, (1, 2, 3)), ("item", "2012-05", MONTHS[:1], ()), ("item", "2012-06", MONTHS[1:2], ()),
        ("item", "2012-07", MONTHS[2:], ()), ("quarter", "第二季度", MONTHS[:2], (1, 2)),
    ]  # fmt: skip
    assert [row.live for row in table.rows] == [(True, False, False), (), (), (), (True, False, False)]
    assert [row.numbers[:2] for row in table.rows] == [(220, 218), (50, 100), (100, 360), (70, 100), (150, 273)]


def test_units_stand_below_their_kind():
    table = made("units", COLUMNS)

    assert [(row.kind, row.key, row.units, row.adds) for row in table.rows] == [
        ("total", "合计", None, (1,)), ("group", "市政府部门", ("U1", "U2", "U3"), (2, 3, 4)),
        ("item", "U1", ("U1",), ()), ("item", "U2", ("U2",), ()), ("item", "U3", ("U3",), ()),
    ]  # fmt: skip
    assert {row.months for row in table.rows} == {MONTHS}
    assert [row.live for row in table.rows[:2]] == [(True, False, True)] * 2
    assert [row.numbers[1] for row in table.rows] == [218, 218, 100, 750, None]
    assert [(row.answers[1].there, row.answers[1].owed) for row in table.rows] == [
        (4, 9),
        (4, 9),
        (3, 3),
        (1, 3),
        (0, 3),
    ]
    assert table.rows[4].answers[1].why is Why.MISSING


def test_codes_stand_below_their_sum_whose_ratio_is_its_own():
    table = made("codes", BY_CODE, codes="fees")

    assert [(row.kind, row.key, row.months, row.adds) for row in table.rows] == [
        ("total", "合计", MONTHS, (1, 2)), ("item", "801", MONTHS, ()), ("item", "802", MONTHS, ()),
    ]  # fmt: skip
    assert table.rows[0].live == (True, False)
    assert [row.numbers for row in table.rows] == [(9, 0), (3, 0), (6, 0)]
    assert [(column.name, column.key) for column in table.columns] == [("人次", "T8.{row}_payers#人次"), ("率", "率")]


@pytest.mark.parametrize(("rows", "more"), [("months", {}), ("units", {}), ("codes", {"codes": "fees"})])
def test_a_ratio_is_counted_by_itself_and_its_lines_are_the_tables(rows, more):
    table = made(rows, BY_CODE if rows == "codes" else COLUMNS, **more)

    assert all(isinstance(row.counts[1], Ratio) and not isinstance(row.counts[0], Ratio) for row in table.rows)
    assert LINE in table.refs
    assert [column.ratio is not None for column in table.columns[:2]] == [False, True]


def test_two_parts_of_a_range_are_called_by_their_lines():
    table = made("months", [{"of": "T2.11..12", "over": "T2.10", "name": "占比"}])

    assert [(column.name, column.key) for column in table.columns] == [
        ("当面申请数占比", "T2.11/T2.10"), ("传真申请数占比", "T2.12/T2.10"),
    ]  # fmt: skip


def test_a_ratio_of_what_is_asked_in_another_month_alone_is_a_dash():
    table = made("months", [{"of": "T5.512", "over": "T2.10", "name": "每条经费", "unit": "元/条"}, {"of": "T2.10"}])

    assert [column.name for column in table.columns] == ["每条经费", "申请总数"]
    assert [(row.answers[0].why.words, row.answers[0].coverage) for row in table.rows[:2]] == [
        ("—", "4/9"),
        ("—", "1/3"),
    ]


def test_lines_stand_below_each_other_and_the_year_and_its_quarters_across():
    table = made("lines", [], lines="T2.10..11")

    assert [(column.name, column.key, column.months) for column in table.columns] == [
        ("5—7月", "5—7月", MONTHS), ("第二季度", "第二季度", MONTHS[:2]),
    ]  # fmt: skip
    assert [(row.key, row.months, row.label) for row in table.rows] == [
        ("T2.10", MONTHS, "申请总数（条）"), ("T2.11", MONTHS, "当面申请数（条）"),
    ]  # fmt: skip
    assert [row.numbers for row in table.rows] == [(220, 150), (48, 41)]
    assert [row.quantity.unit for row in table.rows if row.quantity] == ["条", "条"]
    assert {LINE, PART} == table.refs


def test_a_matrix_stands_as_the_form_has_it_its_sums_made_of_their_parts():
    table = made("table", [], table="T8")

    assert [(row.kind, row.key, row.label) for row in table.rows] == [
        ("item", "801", "检索"), ("item", "802", "复制"), ("total", "total", "合计"),
    ]  # fmt: skip
    at = [column.key for column in table.columns].index("payers")
    assert [row.numbers[at] for row in table.rows] == [3, 6, 9]
    assert {row.months for row in table.rows} == {MONTHS}


def test_parts_of_a_matrix_are_called_by_row_and_column():
    table = made("months", [{"of": "T8.payers", "over": "T2.10", "name": "占比", "unit": "人次/条"}])

    assert [column.name for column in table.columns] == ["检索·收费人次占比", "复制·收费人次占比"]


def test_a_list_of_one_code_is_a_table_like_any_other():
    form = replace(FORM, codes={**FORM.codes, "fees": FORM.codes["fees"][:1]})
    table = made("codes", [{"of": "T8.{row}_payers"}], form=form, codes="fees")

    assert [column.name for column in table.columns] == ["收费人次"]
    assert [(row.key, row.numbers) for row in table.rows] == [("合计", (3,)), ("801", (3,))]


def test_the_figures_at_the_head_are_those_of_the_report():
    answers = asked(*((ONE, n, {LINE: 10 * n}) for n in (5, 6, 7)))
    report = FORM.edition.report.model_copy(update={"headline": (Headline(name="申请", of="T2.10", unit="条"),)})

    ((name, answer, quantity),) = rollup.headline(
        replace(answers, form=replace(FORM, edition=FORM.edition.model_copy(update={"report": report})))
    )

    assert (name, answer.number, answer.coverage, quantity.unit) == ("申请", 180, "3/9", "条")


@pytest.mark.parametrize(
    ("line", "unlisted", "stands"),
    [
        ("T5.512", "2012-05", False), ("T5.512", "2012-06", True), ("T5.511", "2012-07", False),
        ("T5.511", "2012-05", True), ("T2.11", "2012-06", False),
    ],
)  # fmt: skip
def test_a_ratio_stands_over_like_months_alone(line, unlisted, stands):
    """An opening is of the first month, a stock of the last, a flow of all: was it listed then, as the line beside it?"""
    ref = FORM.expression(line)[0].refs[0]
    form = replace(FORM, brought={(ref.table, ref.line): {"months": EVERY_MONTH, "unlisted": ((unlisted, unlisted),)}})

    table = made("months", [{"of": line, "over": "T2.10", "name": "每条", "unit": "比"}], form=form)

    assert table.rows[0].answers[0].some is stands
    assert stands or table.rows[0].answers[0].why is Why.NOT_LISTED
