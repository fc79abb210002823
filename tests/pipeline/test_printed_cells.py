"""Printed cells as they are kept, and which of them are others now: by keys, in exact numbers, reasons included."""

from collections.abc import Sequence

import pytest

from pipeline.tables.printed import NOT_PRINTED, NUMBER, moved, printed
from pipeline.values.answer import Answer, Why, known
from pipeline.values.table import Table, TableColumn, TableRow
from schemas.annual import Annual
from schemas.quantity import Quantity

YUAN, WAN = Quantity("元", 2), Quantity("万元", 2)
MISSING, PART = Answer(owed=2, why=Why.MISSING), Answer(700, 1, 2, some=True, why=Why.SENT_BACK)


def table(*rows: tuple[str, str, Sequence[Answer]], columns: Sequence[tuple[str, str, Quantity]]) -> Table:
    """A table whose rows and columns are given by key and name."""
    annual = Annual.model_validate({"id": "表1", "title": "题", "sheet": "表1", "rows": "units", "column": []})
    heads = tuple(TableColumn(name, None, quantity, key=key) for key, name, quantity in columns)
    return Table(
        annual, heads, tuple(TableRow("item", name, tuple(own), key=key) for key, name, own in rows), frozenset()
    )


FEE = (("fee", "收费", YUAN),)
BOTH = (*FEE, ("count", "件数", Quantity("件")))


def told(then: Table, now: Table) -> list[tuple[object, ...]]:
    return [
        (m.table, m.row, m.column, m.before, m.after, m.before_state, m.after_state, m.unit_of_measure)
        for m in moved("v1", printed([then]), [now])
    ]


def test_every_cell_is_kept_with_its_number_its_coverage_or_its_reason():
    frame = printed([table(("u1", "甲", [PART, known(3)]), ("u2", "乙", [MISSING, Answer()]), columns=BOTH)])

    assert frame.to_dict("records") == [
        {"table": "表1", "title": "题", "row": row, "label": label, "column": column, "heading": heading,
         "unit_of_measure": unit, "value": value, "decimals": decimals, "there": there, "owed": owed, "why": why}
        for row, label, column, heading, unit, value, decimals, there, owed, why in (
            ("u1", "甲", "fee", "收费", "元", "7.00", "2", "1", "2", ""),
            ("u1", "甲", "count", "件数", "件", "3", "0", "1", "1", ""),
            ("u2", "乙", "fee", "收费", "元", "", "2", "0", "2", "未报"),
            ("u2", "乙", "count", "件数", "件", "", "0", "0", "0", "—"),
        )
    ]  # fmt: skip


def test_what_is_the_same_has_not_moved():
    then = table(("u1", "甲", [PART]), ("u2", "乙", [MISSING]), columns=FEE)

    assert told(then, then) == []
    assert (
        told(then, table(("u2", "乙的新名", [MISSING]), ("u1", "甲", [PART]), columns=(("fee", "费用", YUAN),))) == []
    )


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        (known(700), known(701), (700, 701, NUMBER, NUMBER)),
        (known(0), MISSING, (0, None, NUMBER, "未报")),
        (MISSING, known(0), (None, 0, "未报", NUMBER)),
        (MISSING, Answer(owed=2, why=Why.SENT_BACK), (None, None, "未报", "退回")),
        (known(-5), known(5), (-5, 5, NUMBER, NUMBER)),
    ],
)
def test_a_number_and_a_reason_are_told_as_they_were_and_are(was, now, says):
    then, after = (table(("u1", "甲", [one]), columns=FEE) for one in (was, now))

    assert told(then, after) == [("表1", "甲", "收费", *says, "元")]


def test_a_cell_that_is_printed_no_more_or_was_not_then_is_told():
    then = table(("u1", "甲", [known(1)]), columns=FEE)
    now = table(("u2", "乙", [known(2)]), columns=FEE)

    assert told(then, now) == [
        ("表1", "乙", "收费", None, 2, NOT_PRINTED, NUMBER, "元"),
        ("表1", "甲", "收费", 1, None, NUMBER, NOT_PRINTED, "元"),
    ]
    assert {(one.published, one.title) for one in moved("v1", printed([then]), [now])} == {("v1", "题")}


def test_the_same_money_in_another_unit_has_not_moved_and_other_money_has():
    then = table(("u1", "甲", [known(150)]), columns=(("fee", "收费", WAN),))

    assert told(then, table(("u1", "甲", [known(1_500_000)]), columns=FEE)) == []
    assert told(then, table(("u1", "甲", [known(1_500_001)]), columns=FEE)) == [
        ("表1", "甲", "收费", 1_500_000, 1_500_001, NUMBER, NUMBER, "元")
    ]


@pytest.mark.parametrize(("was", "now", "state"), [(YUAN, WAN, "12.34元"), (Quantity("件"), YUAN, "1,234件")])
def test_what_cannot_be_said_in_todays_unit_is_told_as_it_was_printed(was, now, state):
    then, after = (table(("u1", "甲", [known(1234)]), columns=(("fee", "收费", one),)) for one in (was, now))

    assert told(then, after) == [("表1", "甲", "收费", None, 1234, state, NUMBER, now.unit)]


def test_the_difference_is_that_of_two_numbers_and_of_nothing_else():
    then = table(("u1", "甲", [known(1), known(2)]), columns=BOTH)
    now = table(("u1", "甲", [known(4), MISSING]), columns=BOTH)

    assert [one.difference for one in moved("v1", printed([then]), [now])] == [3, None]
    assert {one.published for one in moved("v1", printed([then]), [now])} == {"v1"}
