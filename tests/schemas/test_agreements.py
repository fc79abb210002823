"""Two counts of one thing: what must meet within a return, and what is only compared between returns."""

import pytest

from schemas.form import Form
from schemas.quantity import Quantity
from tests.schemas.small import BLOCKS, CODES, DUTIES, agreeing, edition

READINGS = ("partition", "overlap")


def meetings(left: str, right: str, **more: object) -> list[tuple[list[str], list[str]]]:
    found = agreeing(left, right, **more).meetings
    return [([str(ref) for ref in m.left.refs], [str(ref) for ref in m.right.refs]) for m in found]


def test_a_sum_meets_as_a_whole():
    assert meetings("T2.10", "T1.channels") == [(["T2.10"], ["T1.101", "T1.102", "T1.103"])]


def test_each_part_meets_its_own():
    assert meetings("T1.categories", "T6.category", each=True) == [
        (["T1.201"], ["T6.201"]),
        (["T1.202"], ["T6.202"]),
    ]


def test_each_part_is_a_rule_at_its_own_line():
    statements = agreeing("T1.categories", "T6.category", each=True).statements

    assert [(s.key, s.level, s.claim.operator, str(s.claim.right.refs[0])) for s in statements] == [
        ("A0@T1.201", "verify", "=", "T6.201"),
        ("A0@T1.202", "verify", "=", "T6.202"),
    ]


def test_a_month_may_meet_the_one_before():
    form = agreeing("T2.10", "T2.20@-1", months=[2, 3])

    assert [(str(m.left.refs[0]), str(m.right.refs[0])) for m in form.meetings] == [("T2.10", "T2.20@-1")]
    assert [(s.months, s.spans_months) for s in form.statements] == [((2, 3), True)]


@pytest.mark.parametrize(
    ("mode", "left", "right"),
    [
        ("owner", "T1.channels", "T7"),
        ("months", "T1.*:year_to_date", "T1.*"),
    ],
)
def test_what_is_compared_between_returns_is_no_rule_about_one(mode, left, right):
    form = agreeing(left, right, mode=mode)

    assert (form.statements, form.meetings) == ((), ())
    assert form.bind_agreement(form.edition.agreements[0]) == ()


def test_money_meets_money_in_its_own_steps():
    (statement,) = agreeing("T8.total_charged", "T8.charged").statements

    assert statement.claim.quantity == Quantity("元", 2)


def test_lines_are_read_as_their_agreement_says():
    more = {"id": "A0", "title": "两数", "level": "must", "left": "T2.10", "right": "T2.11..13"}
    partition, overlap = (Form(edition([], [{**more, "reading": one}], BLOCKS), CODES, DUTIES) for one in READINGS)

    assert [(s.claim.operator, len(s.claim.right.refs)) for s in partition.statements] == [("=", 3)]
    assert [s.claim.operator for s in overlap.statements] == ["<="] * 4
    assert [m.overlap for form in (partition, overlap) for m in form.meetings] == [False, True]
