"""A matrix is read cell by cell, by name or by code and heading; a unit is asked what is its own to answer."""

import pytest

from pipeline.intake import Receipts, list_inbox, take_in
from pipeline.intake.cells import read_cell
from pipeline.judge.wide import widen
from pipeline.tables.answers import Answers
from pipeline.values.answer import Why
from pipeline.values.periods import Month
from schemas.frames import Returns, frame_of
from schemas.quantity import Quantity
from tests.builders import Desk, complaints
from tests.pipeline.overtype import lose_names, overtype, point, together
from tests.pipeline.reading import cell, read, rules, values

pytestmark = pytest.mark.slow

SHEET = "基本情况"
COLUMNS = ("charged", "payers", "waived", "exempt")


def asked(desk: Desk, month: str, unit: str, table: str) -> list[str]:
    return [entry.code for entry in desk.layout(month, unit).form.table(table)]


def test_every_cell_is_read_by_row_and_column(desk):
    reading = read(desk, desk.send(changes={"T8.801_charged": 1250, "T8.804_exempt": 3}))

    assert reading.findings == ()
    assert cell(reading, "T8.801_charged") == ("12.5", 1250, "number", SHEET, "C50")
    assert cell(reading, "T8.804_exempt") == ("3", 3, "number", SHEET, "F53")
    assert cell(reading, "T8.total_charged") == ("12.5", 1250, "number", SHEET, "C54")
    roles = {row[1]: row[3] for row in reading.rows if row[0] == "T8"}
    assert roles == {
        f"{row}_{column}": "declared" if row == "total" else "input"
        for row in ("801", "802", "803", "804", "total")
        for column in COLUMNS
    }


def test_after_the_names_are_lost_cells_are_found_by_code_and_heading(desk):
    swapped = overtype(SHEET, C49="收费人次", D49="收费金额", C51=7, D51=12)

    reading = read(desk, desk.send(edit=together(swapped, lose_names())))

    assert reading.findings == ()
    assert cell(reading, "T8.802_charged") == ("12", 1200, "number", SHEET, "D51")
    assert cell(reading, "T8.802_payers") == ("7", 7, "number", SHEET, "C51")
    assert cell(reading, "T8.total_charged")[-1] == "D54"


def test_the_records_of_a_channels_owner_are_found_without_names(desk):
    changes = {"T7.620200-010_104": 3, "T7.620200-050_106": 2}
    whole = read(desk, desk.send("市政府办", changes=changes))

    reading = read(desk, desk.send("市政府办", changes=changes, edit=lose_names()))

    assert values(reading) == values(whole)
    assert cell(reading, "T7.620200-010_104")[1:] == (3, "number", "渠道对账", "C16")
    assert cell(reading, "T7.620200-050_106")[1:] == (2, "number", "渠道对账", "D56")


def test_where_the_name_points_to_another_row_no_value_is_read(desk):
    reading = read(desk, desk.send(edit=point("f_T8_801_payers", f"'{SHEET}'!$D$51")))

    assert rules(reading) == [("E-LAY-01", SHEET, "D51")]
    assert "“检索费·收费人次”（801行）的名称指向这一格，但同一行的代码是“802”" in reading.findings[0].message
    assert cell(reading, "T8.801_payers") == ("", None, "unread", "", "")
    assert cell(reading, "T8.802_payers")[1] == 0


def test_a_row_that_is_gone_is_told_once_by_its_code(desk):
    gone = lose_names(*(f"f_T8_803_{column}" for column in COLUMNS))

    reading = read(desk, desk.send(edit=together(overtype(SHEET, A52=None, B52=None), gone)))

    assert rules(reading) == [("E-LAY-02", "", "")]
    assert reading.findings[0].message == "表里找不到“复制费光盘·收费金额”（803行）。"


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (12.5, ("12.5", 1250, "number", "")),
        (0.1 + 0.2, ("0.3", 30, "number", "")),
        (1.1 * 3, ("3.3", 330, "number", "")),
        (8.29, ("8.29", 829, "number", "")),
        (9007199254.99, ("9007199255", 900719925499, "number", "")),
        (0.0, ("0", 0, "zero", "")),
        (0.005, ("0.005", None, "unread", "E-NUM-05")),
        (12.345, ("12.345", None, "unread", "E-NUM-05")),
        (-0.5, ("-0.5", -50, "number", "")),
        ("12.50", ("12.50", 1250, "number", "N-NUM-01")),
        ("１２．５", ("１２．５", 1250, "number", "N-NUM-01")),
        ("12.505", ("12.505", None, "unread", "E-NUM-21")),
    ],
)
def test_money_is_read_to_the_fen(raw, read):
    assert read_cell(raw, quantity=Quantity("元", 2)) == read


def test_money_adds_up_exactly(desk):
    """0.1 + 0.2 元 as Excel keeps it is 0.30000000000000004."""
    desk.send("市教育局", edit=overtype(SHEET, C50=0.1, C51=0.2, C54=0.1 + 0.2, D50=1, D54=1))
    desk.send("市财政局", changes={"T8.801_charged": 70, "T8.801_payers": 1})

    outcome = desk.examine()

    assert complaints(outcome) == []
    tables = {table.annual.id: table for table in outcome.tables}
    assert [row.numbers[0] for row in tables["表8"].rows] == [100, 80, 20, 0, 0]
    assert tables["表8续"].rows[0].numbers[:2] == (100, 2)


def test_a_unit_is_asked_what_it_has_a_duty_for(desk):
    lines = {unit: asked(desk, "2012-01", unit, "T5") for unit in ("市卫生局", "市建设局", "市教育局", "市财政局")}

    assert lines == {"市卫生局": ["511", "512"], "市建设局": ["541", "551", "552"], "市教育局": ["501"], "市财政局": []}


def test_a_unit_keeps_records_of_the_channels_it_owns(desk):
    columns = {
        unit: {code.rpartition("_")[2] for code in asked(desk, "2012-01", unit, "T7")}
        for unit in ("市政府办", "市信息办", "市卫生局")
    }

    assert columns == {"市政府办": {"104", "106"}, "市信息办": {"102"}, "市卫生局": set()}


def test_half_yearly_lines_are_asked_in_june_and_december(desk):
    months = [f"2012-{month:02d}" for month in range(1, 13)]

    assert [month for month in months if asked(desk, month, "市卫生局", "T9")] == ["2012-06", "2012-12"]


def test_what_is_not_asked_is_not_missing_and_what_is_asked_is(desk):
    desk.send("市卫生局", "2012-05")
    desk.send("市卫生局", "2012-06", {"T9.904": None, "T5.512": None})
    desk.send("市财政局", "2012-06", {"T9.901": 2, "T9.902": 2, "T9.904": 500_000, "T9.905": 123_456})

    outcome = desk.examine(through="2012-06")

    assert complaints(outcome) == [("E-MIS-02", "主动公开", "D44"), ("E-MIS-02", "主动公开", "D48")]
    facts = outcome.facts[(outcome.facts["role"] == "input") & (outcome.facts["table"].isin(["T5", "T9"]))]
    asked = facts[facts["cell_state"] != "not_applicable"]
    there = [(f.period, f.unit, f.line, f.value) for f in asked.itertuples(index=False)]
    assert there == [
        ("2012-05", "620200-025", "511", 0), ("2012-05", "620200-025", "512", 0),
        ("2012-06", "620200-015", "901", 2), ("2012-06", "620200-015", "902", 2), ("2012-06", "620200-015", "903", 0),
        ("2012-06", "620200-015", "904", 500_000), ("2012-06", "620200-015", "905", 123_456),
    ]  # fmt: skip


def test_in_the_sums_a_flow_not_asked_is_0_and_a_stock_not_asked_is_carried(desk):
    desk.send("市财政局", "2012-06", {"T9.901": 2, "T9.902": 2})
    desk.send("市财政局", "2012-07")
    receipts = Receipts.read(desk.inbox)
    taken = take_in(list_inbox(desk.inbox, 0).files, receipts, desk.forms(), desk.office, 0, lambda *_: None)
    form, (june, july) = desk.form(), (Month(2012, 6), Month(2012, 7))

    wide = widen(taken.rows, taken.items, taken.returns, form).set_index("period")

    assert wide["T5.511"].tolist() == [0, 0]
    assert (wide.loc["2012-06", "T9.901"], wide["T9.901"].isna().tolist()) == (2, [False, True])
    answers = Answers(form, wide.reset_index(), frame_of(Returns), [june, july], desk.office)
    (staff,) = form.expression("T9.901")
    whole = [answers.of(staff, months) for months in ([june], [july], [june, july])]
    assert [(answer.number, answer.there) for answer in whole] == [(2, 1), (None, 0), (2, 1)]
    assert {answer.why for answer in whole[::2]} == {Why.MISSING}  # all other units
    assert whole[1].why == Why.NOT_ASKED
