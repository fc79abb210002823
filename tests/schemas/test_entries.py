"""The numbers of a form: cells of a matrix, counts of a register, and what is asked of whom and when."""

import pytest

from schemas.form import Form
from schemas.forms import read_form
from schemas.office import read_office
from schemas.quantity import Quantity
from schemas.rules.terms import Ref
from tests.schemas.small import CODES, code, fee, form, unit


def codes_of(form: Form, table: str) -> list[str]:
    return [entry.code for entry in form.table(table)]


def test_a_matrix_is_asked_row_by_row_and_adds_up_each_column():
    assert codes_of(form(), "T8") == [
        *("801_charged", "801_payers", "801_waived"),
        *("802_charged", "802_payers", "802_waived"),
        *("total_charged", "total_payers", "total_waived"),
    ]


def test_a_cell_of_a_matrix_is_named_by_its_row_and_its_column():
    cell = form().entries["T8", "802_charged"]

    assert (cell.name, cell.line, cell.row, cell.column, cell.block, cell.parent) == (
        "复制·收费金额",
        "802",
        "802",
        "charged",
        "charged",
        "total_charged",
    )
    assert (cell.quantity, cell.measures, cell.is_input) == (Quantity("元", 2), ("month",), True)


def test_the_total_of_a_matrix_adds_up_a_column():
    total = form().entries["T8", "total_payers"]

    assert (total.name, total.line, total.column, total.quantity) == (
        "合计·收费人次",
        "total",
        "payers",
        Quantity("人次"),
    )
    assert (total.parts, total.is_input) == (("801_payers", "802_payers"), False)


def test_columns_of_a_code_list_are_its_codes_that_have_an_owner():
    small = form()

    assert codes_of(small, "T7") == ["U1_102", "U1_103", "U2_102", "U2_103", "U3_102", "U3_103"]
    assert {entry.column: entry.asked_of for entry in small.table("T7")} == {
        "102": frozenset({"U1"}),
        "103": frozenset({"U2"}),
    }
    assert (small.entries["T7", "U3_102"].name, small.entries["T7", "U3_102"].unit) == ("档案局·102", "条")


def test_a_register_is_counted_by_its_rows_its_codes_and_their_pairs():
    counted = {entry.code: (entry.name, entry.block) for entry in form().table("T6")}

    assert counted == {
        "rows": ("台账行数", ""),
        "201": ("台账·渠道201", "category"),
        "202": ("台账·渠道202", "category"),
        "101": ("台账·渠道101", "channel"),
        "102": ("台账·渠道102", "channel"),
        "103": ("台账·渠道103", "channel"),
        "201_101": ("渠道201·渠道101", "201x"),
        "201_102": ("渠道201·渠道102", "201x"),
        "201_103": ("渠道201·渠道103", "201x"),
        "202_101": ("渠道202·渠道101", "202x"),
        "202_102": ("渠道202·渠道102", "202x"),
        "202_103": ("渠道202·渠道103", "202x"),
    }


def test_the_counts_of_a_register_are_never_filled_in():
    assert [(entry.derived, entry.is_input, entry.is_total) for entry in form().table("T6")] == [
        (True, False, False)
    ] * 12


def test_a_rule_may_name_the_fields_of_a_register_that_are_no_lines():
    small = form()

    assert small.named["T6", "reviewed"].name == "审查日期"
    assert ("T6", "reviewed") not in small.entries
    assert small.entries.items() <= small.named.items()


@pytest.mark.parametrize(
    ("unit", "asked"), [("U1", ["501", "502"]), ("U2", ["502"]), ("U3", []), (None, ["501", "502"])]
)
def test_lines_of_a_duty_are_asked_of_the_units_that_have_it(unit, asked):
    assert codes_of(form().of("2012-03", unit), "T5") == asked


@pytest.mark.parametrize(
    ("month", "asked"),
    [("2012-01", ["512"]), ("2012-02", []), ("2012-06", ["511"]), ("2012-11", []), ("2013-12", ["511"])],
)
def test_lines_of_some_months_are_asked_in_them_alone(month, asked):
    assert codes_of(form().of(month, "U3"), "T5") == asked


@pytest.mark.parametrize(
    ("line", "measures"),
    [("501", ("month", "year_to_date")), ("511", ("month",)), ("512", ("month",))],
    ids=["flow", "stock", "opening"],
)
def test_a_stock_and_an_opening_have_no_cumulative_figure(line, measures):
    assert form().entries["T5", line].measures == measures


@pytest.mark.parametrize(
    ("table", "line", "always"),
    [
        ("T2", "10", True),
        ("T8", "801_charged", True),
        ("T8", "total_charged", True),
        ("T5", "501", False),
        ("T5", "511", False),
        ("T7", "U1_102", False),
    ],
)
def test_only_what_every_unit_is_asked_every_month_is_always_asked(table, line, always):
    assert form().entries[table, line].always_asked == always


@pytest.mark.parametrize(("unit", "columns"), [("U1", {"102"}), ("U2", {"103"}), ("U3", set()), (None, {"102", "103"})])
def test_the_columns_of_a_channel_are_asked_of_its_owner(unit, columns):
    assert {entry.column for entry in form().of("2012-03", unit).table("T7")} == columns


def test_units_that_are_asked_the_same_share_a_form():
    ours = read_form("jyg-2012", read_office())
    forms = {unit.code: ours.of("2012-03", unit.code) for unit in read_office().units_in("2012-03")}

    # two units run channels, five have duties, all others are asked the same
    assert len(set(map(id, forms.values()))) == 8
    assert forms["620200-007"] is forms["620200-008"]
    assert forms["620200-010"] is not forms["620200-008"]
    assert ours.of("2012-04", "620200-007") is not forms["620200-007"]


def test_a_template_knows_the_form_of_all_months_and_units():
    small = form()

    assert small.of("2012-03", "U3").whole.entries == small.entries
    assert small.whole is small


FROM_JULY = {
    **CODES,
    "channels": (code("101"), code("103", valid_from="2012-07", owner="U2")),
    "fees": (fee("801", "检索"), fee("802", "复制").model_copy(update={"valid_from": "2012-07"})),
}


@pytest.mark.parametrize(
    ("month", "channels", "fees"),
    [
        ("2012-06", ("101",), ("801_charged",)),
        ("2012-07", ("101", "103"), ("801_charged", "802_charged")),
        (None, ("101", "103"), ("801_charged", "802_charged")),
    ],
)
def test_a_total_adds_up_the_parts_that_are_asked(month, channels, fees):
    small = form(codes=FROM_JULY)
    template = small.of(month, "U3") if month else small

    assert (template.entries["T1", "100"].parts, template.entries["T8", "total_charged"].parts) == (channels, fees)


def test_a_column_of_a_channel_is_asked_from_the_channels_first_month_on():
    small = form(codes=FROM_JULY)

    assert [codes_of(small.of(month, "U2"), "T7") for month in ("2012-06", "2012-07")] == [
        [],
        ["U1_103", "U2_103", "U3_103"],
    ]
    assert small.entries["T7", "U1_103"].valid_from == "2012-07"


def test_a_cell_is_asked_while_both_its_row_and_its_column_are():
    units = (
        unit("U1", "建设局"),
        unit("U2", "水务局").model_copy(update={"valid_from": "2012-09", "valid_to": "2013-03"}),
    )
    channels = (code("102", owner="U1", valid_from="2012-07", valid_to="2012-12"), code("103", owner="U1"))
    small = form(codes={**CODES, "units": units, "channels": channels})

    assert {entry.code: (entry.valid_from, entry.valid_to) for entry in small.table("T7")} == {
        "U1_102": ("2012-07", "2012-12"),
        "U1_103": ("", "9999-12"),
        "U2_102": ("2012-09", "2012-12"),
        "U2_103": ("2012-09", "2013-03"),
    }
    assert codes_of(small.of("2012-08", "U1"), "T7") == ["U1_102", "U1_103"]
    assert codes_of(small.of("2013-01", "U1"), "T7") == ["U1_103", "U2_103"]


def test_a_channel_that_changes_hands_is_asked_of_the_owner_of_its_month():
    first, second = code("102", owner="U1", valid_to="2012-06"), code("102", owner="U2", valid_from="2012-07")
    small = form(codes={**CODES, "channels": (first, second)})

    for month, owner, other in (("2012-06", "U1", "U2"), ("2012-07", "U2", "U1")):
        assert codes_of(small.of(month, owner), "T7") == ["U1_102", "U2_102", "U3_102"]
        assert codes_of(small.of(month, other), "T7") == []


def test_a_total_of_nothing_is_not_asked():
    later = form("T1.100 = sum(T1.channels)", codes={**CODES, "channels": (code("101", valid_from="2012-07"),)})

    assert codes_of(later.of("2012-06"), "T1") == ["200", "201", "202"]
    assert later.of("2012-06").statements == ()
    assert codes_of(later.of("2012-07"), "T1") == ["100", "101", "200", "201", "202"]


def test_a_rule_about_what_a_unit_is_not_asked_is_not_its_rule():
    small = form("T5.501 <= T2.10", "T2.10 >= T5.501 + T5.502", "T2.11 >= 1 when T5.501 >= 1")
    rules = {
        unit: {s.rule: [str(ref) for ref in s.refs] for s in small.of("2012-03", unit).statements}
        for unit in ("U1", "U2", "U3")
    }

    assert rules == {
        "U1": {"R0": ["T5.501", "T2.10"], "R1": ["T2.10", "T5.501", "T5.502"], "R2": ["T2.11", "T5.501"]},
        "U2": {"R1": ["T2.10", "T5.502"], "R2": ["T2.11"]},
        "U3": {"R1": ["T2.10"], "R2": ["T2.11"]},
    }


def test_a_rule_about_each_row_is_in_every_template():
    (statement,) = form("each row T6.made <= T6.disclosed").of("2012-03", "U3").statements

    assert (statement.scope, statement.refs) == ("row", (Ref("T6", "made", "item"), Ref("T6", "disclosed", "item")))


def test_money_keeps_its_steps_in_a_template():
    (statement,) = form("T8.total_charged >= 1").of("2012-03", "U3").statements

    assert statement.claim.quantity == Quantity("元", 2)
