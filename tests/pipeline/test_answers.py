"""What a sum comes to: the number, how many returns owe it and gave it, and the gravest reason why one is not there."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from itertools import product
from operator import add

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tables.answers import Answers
from pipeline.values.answer import Answer, Why, known
from pipeline.values.periods import Month
from schemas.frames import Returns, frame_of
from schemas.office import read_office
from schemas.quantity import Quantity
from schemas.rules.terms import Linear, Ref
from schemas.units import Unit
from tests.schemas.small import CODES, form

QUARTER = [Month(2012, n) for n in (5, 6, 7)]
FORM = form()
LINE, PART, HEAT, STAFF, OPENING = (
    Ref(*key) for key in (("T2", "10"), ("T2", "11"), ("T5", "501"), ("T5", "511"), ("T5", "512"))
)
ONE, TWO, THREE = (row.code for row in CODES["units"])  # ONE has the duty of 501

answers_of = st.builds(
    Answer,
    st.integers(-9, 9), st.integers(0, 3), st.integers(0, 3), st.booleans(), st.sampled_from(Why),
)  # fmt: skip


def office(**dates: dict[str, str]):
    """An office of the three units, with other months of validity."""
    city = read_office()
    rows = [row.model_copy(update=dates.get(row.code, {})) for row in CODES["units"]]
    return city._replace(units=tuple(Unit(row.code, (row,)) for row in rows))


def asked(
    *returns: tuple[str, int, dict[Ref, int | None]], gone: tuple[tuple[str, int, str], ...] = (), **dates
) -> Answers:
    """Of returns in force by unit and month, with 0 in every line but those given; ``gone`` do not count, by state."""
    names = [str(Ref(*key)) for key in FORM.entries]
    rows = [dict.fromkeys(names, 0) | {str(ref): value for ref, value in own.items()} for _, _, own in returns]
    about = pd.DataFrame([(unit, f"2012-{n:02}") for unit, n, _ in returns], columns=["unit", "period"], dtype="str")
    wide = pd.DataFrame(rows, columns=names, dtype="Int64").join(about)
    states = [(u, n, "通过") for u, n, _ in returns] + list(gone)
    blank = {
        "sha256": "",
        "received": "",
        "edition": "",
        "version": 1,
        "days_late": 0,
        "must": 0,
        "verify": 0,
        "typed": "",
    }
    book = [
        {
            **blank,
            "unit": u,
            "period": f"2012-{n:02}",
            "file": "" if state == "未报" else f"{u}-{n}-{k}.xlsx",
            "state": state,
            "version": k + 1,
        }
        for k, (u, n, state) in enumerate(states)
    ]
    return Answers(FORM, wide, frame_of(Returns, book), QUARTER, office(**dates))


@pytest.fixture
def carried() -> Iterator[Callable[[str], Ref]]:
    """A line of every month and unit that is of another kind for one test."""
    key = ("T2", "20")
    kept = FORM.entries[key]

    def of_kind(kind: str) -> Ref:
        FORM.entries[key] = replace(kept, kind=kind)
        return Ref(*key)

    yield of_kind
    FORM.entries[key] = kept


def of(*terms: Ref) -> Linear:
    return Linear(tuple((1, ref) for ref in terms))


# ---- answers add up


@given(answers_of, answers_of, answers_of)
def test_answers_add_up_in_any_order(a, b, c):
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + Answer() == a


@given(st.lists(answers_of, min_size=1))
def test_a_sum_has_the_numbers_the_counts_and_the_gravest_reason(parts):
    whole = reduce(add, parts)

    assert whole.steps == sum(part.steps for part in parts)
    assert (whole.there, whole.owed) == (sum(p.there for p in parts), sum(p.owed for p in parts))
    assert whole.some == any(part.some for part in parts)
    assert whole.why == max(part.why for part in parts)


def test_a_zero_a_missing_number_and_one_not_asked_never_become_each_other():
    zero, missing, not_asked = known(0), Answer(owed=1, why=Why.MISSING), Answer()

    assert [one.number for one in (zero, missing, not_asked)] == [0, None, None]
    assert [one.is_whole for one in (zero, missing, not_asked)] == [True, False, True]
    assert [one.coverage for one in (zero, missing, not_asked)] == ["1/1", "0/1", ""]
    assert (zero.there, zero.owed, zero.some, zero.why) == (1, 1, True, Why.NOT_ASKED)
    assert (zero + missing).coverage == "1/2"
    assert len({zero, missing, not_asked}) == 3


def test_an_answer_is_neither_true_nor_false():
    with pytest.raises(TypeError, match="ask for its number"):
        bool(known(1))


@pytest.mark.parametrize(
    ("why", "printed", "told"),
    [
        (Why.NOT_ASKED, "—", "不适用"),
        (Why.NOT_LISTED, "当时未列", "当时未列"),
        (Why.BLANK, "未填", "未填"),
        (Why.PENDING, "待核实", "待核实"),
        (Why.SENT_BACK, "退回", "退回"),
        (Why.MISSING, "未报", "未报"),
    ],
)
def test_each_reason_has_its_word(why, printed, told):
    answer, yuan = Answer(why=why), Quantity("元", 2)

    assert (answer.show(yuan), answer.shown(yuan), answer.told(yuan)) == (printed, printed, told)


def test_a_number_is_shown_in_its_unit():
    answer, yuan = known(123450), Quantity("元", 2)

    assert (answer.show(yuan), answer.shown(yuan), answer.told(yuan)) == ("1,234.50", 1234.5, "1,234.50元")


# ---- questions put to returns


def test_a_flow_is_the_sum_of_all_returns_and_says_who_is_not_there():
    answers = asked((ONE, 5, {LINE: 3}), (TWO, 5, {LINE: 4}), (ONE, 6, {LINE: 5}))

    assert answers.of(of(LINE)) == Answer(12, 3, 9, some=True, why=Why.MISSING)
    assert answers.of(of(LINE), QUARTER[:1]) == Answer(7, 2, 3, some=True, why=Why.MISSING)
    assert answers.by(of(LINE), "unit") == {
        ONE: Answer(8, 2, 3, some=True, why=Why.MISSING),
        TWO: Answer(4, 1, 3, some=True, why=Why.MISSING),
        THREE: Answer(0, 0, 3, why=Why.MISSING),
    }
    assert answers.by(of(LINE), "period")["2012-07"] == Answer(0, 0, 3, why=Why.MISSING)
    assert answers.by(of(LINE), "unit", QUARTER[:1])[ONE] == Answer(3, 1, 1, some=True)
    assert answers.returns() == (9, 3)
    assert answers.returns(QUARTER[1:]) == (6, 1)
    assert answers.units(QUARTER[1:]) == {ONE}


@pytest.mark.parametrize(
    ("states", "why"),
    [
        ((), Why.MISSING),
        (("作废",), Why.MISSING),
        (("未报",), Why.MISSING),
        (("退回",), Why.SENT_BACK),
        (("退回", "待核实"), Why.SENT_BACK),
        (("待核实", "待核实"), Why.PENDING),
        (("作废", "待核实"), Why.PENDING),
    ],
)
def test_why_no_return_of_a_month_counts(states, why):
    answers = asked(gone=tuple((ONE, 5, state) for state in states))

    assert answers.by(of(LINE), "unit", QUARTER[:1])[ONE] == Answer(owed=1, why=why)


def test_a_blank_is_no_zero_and_keeps_its_return_from_being_whole():
    answers = asked(*((unit, 5, {LINE: 2, PART: None if unit == TWO else 1}) for unit in (ONE, TWO, THREE)))

    assert answers.of(of(LINE), QUARTER[:1]) == Answer(6, 3, 3, some=True)
    assert answers.of(of(PART), QUARTER[:1]) == Answer(2, 2, 3, some=True, why=Why.BLANK)
    both = Linear(((1, LINE), (-1, PART)), 5)
    assert answers.of(both, QUARTER[:1]) == Answer(6 - 2 + 5, 2, 3, some=True, why=Why.BLANK)
    assert answers.by(of(PART), "unit", QUARTER[:1])[TWO] == Answer(0, 0, 1, why=Why.BLANK)


def test_a_constant_is_added_to_numbers_alone():
    answers = asked((ONE, 5, {LINE: 3}))

    assert answers.by(Linear(((2, LINE),), 100), "unit") == {
        ONE: Answer(106, 1, 3, some=True, why=Why.MISSING),
        TWO: Answer(0, 0, 3, why=Why.MISSING),
        THREE: Answer(0, 0, 3, why=Why.MISSING),
    }


def test_who_has_not_the_duty_is_not_asked_and_owes_nothing():
    answers = asked((ONE, 5, {HEAT: 7}), (TWO, 5, {}))

    assert answers.of(of(HEAT), QUARTER[:1]) == Answer(7, 1, 1, some=True)
    assert answers.by(of(HEAT), "unit", QUARTER[:1])[TWO] == Answer()


def test_a_number_that_was_given_though_nobody_asked_is_counted():
    answers = asked((TWO, 5, {HEAT: 4}))

    assert answers.by(of(HEAT), "unit", QUARTER[:1])[TWO] == Answer(4, 1, 1, some=True)


def test_a_stock_is_that_of_the_last_month_which_asks_it():
    june = asked(*((unit, n, {STAFF: 6 if n == 6 else None}) for unit, n in product((ONE, TWO), (5, 6, 7))))

    assert june.of(of(STAFF), QUARTER[:1]) == june.of(of(STAFF), QUARTER[2:]) == Answer()
    whole = Answer(12, 2, 3, some=True, why=Why.MISSING)
    assert june.of(of(STAFF)) == june.of(of(STAFF), QUARTER[:2]) == june.by(of(STAFF), "period")["2012-06"] == whole


@pytest.mark.parametrize("line", [STAFF, OPENING])
def test_a_line_that_is_asked_in_no_month_of_the_span_is_not_missing(line):
    answers = asked((ONE, 5, {}), (ONE, 7, {}))

    assert answers.of(of(line), [QUARTER[0], QUARTER[2]]) == Answer()


def test_a_stock_that_the_last_month_lacks_is_missing_and_not_the_one_before(carried):
    line = carried("stock")
    answers = asked((ONE, 5, {line: 3}), (ONE, 6, {line: 4}), (ONE, 7, {line: 9}), (TWO, 6, {line: 8}))

    assert answers.of(of(line)) == Answer(9, 1, 3, some=True, why=Why.MISSING)
    assert answers.by(of(line), "unit")[TWO] == Answer(0, 0, 1, why=Why.MISSING)
    assert answers.of(of(line), QUARTER[:2]) == Answer(12, 2, 3, some=True, why=Why.MISSING)


def test_an_opening_is_that_of_the_first_month(carried):
    line = carried("opening")
    answers = asked((ONE, 5, {line: 3}), (ONE, 6, {line: 4}), (TWO, 5, {line: 1}), (TWO, 6, {line: 8}))

    assert answers.of(of(line)) == Answer(4, 2, 3, some=True, why=Why.MISSING)
    assert answers.by(of(line), "unit", QUARTER[1:])[TWO] == Answer(8, 1, 1, some=True)
    taken = list(answers.taken(of(line), ["2012-05", "2012-06"]))
    assert taken == [(1, line, frozenset({(ONE, "2012-05"), (TWO, "2012-05")}))]


@pytest.mark.parametrize("kind", ["stock", "opening"])
def test_each_month_has_a_stock_of_its_own(carried, kind):
    line = carried(kind)
    answers = asked((ONE, 5, {line: 3}), (ONE, 6, {line: 4}), (TWO, 6, {line: 8}), (ONE, 7, {line: 9}))

    assert {month: answer.number for month, answer in answers.by(of(line), "period").items()} == {
        "2012-05": 3,
        "2012-06": 12,
        "2012-07": 9,
    }


def test_a_stock_is_of_the_units_at_the_end_of_a_span_and_an_opening_of_those_at_its_beginning(carried):
    line = carried("stock")
    months = [(unit, n, {line: 10 * k + n}) for k, unit in enumerate((ONE, TWO, THREE)) for n in (5, 6, 7)]
    dates = {ONE: {"valid_to": "2012-05"}, TWO: {"valid_from": "2012-07"}}
    there = [one for one in months if one[:2] not in {(ONE, 6), (ONE, 7), (TWO, 5), (TWO, 6)}]

    assert asked(*there, **dates).of(of(line)) == Answer(17 + 27, 2, 2, some=True)
    carried("opening")
    assert asked(*there, **dates).of(of(line)) == Answer(5 + 25, 2, 2, some=True)


def test_where_nobody_owes_anything_nobody_was_asked():
    nobody = asked(**{unit: {"valid_from": "2013-01"} for unit in (ONE, TWO, THREE)})

    assert [nobody.of(of(line)) for line in (LINE, HEAT, STAFF)] == [Answer()] * 3
    assert nobody.by(of(HEAT), "unit") == {}
    assert nobody.returns() == (0, 0)


def test_a_unit_that_ended_owes_nothing_after_and_one_that_begins_nothing_before():
    answers = asked((ONE, 5, {LINE: 1}), **{ONE: {"valid_to": "2012-05"}, TWO: {"valid_from": "2012-07"}})

    assert answers.by(of(LINE), "unit") == {
        ONE: Answer(1, 1, 1, some=True),
        TWO: Answer(0, 0, 1, why=Why.MISSING),
        THREE: Answer(0, 0, 3, why=Why.MISSING),
    }


def test_the_returns_behind_a_sum_are_named():
    answers = asked((ONE, 5, {LINE: 3}), (TWO, 5, {LINE: None}), (ONE, 6, {LINE: 5}))

    assert list(answers.taken(Linear(((-1, LINE),)), ["2012-05", "2012-06"])) == [
        (-1, LINE, frozenset({(ONE, "2012-05"), (ONE, "2012-06")}))
    ]


def test_over_fewer_months_nothing_later_is_known():
    answers = asked((ONE, 5, {LINE: 3}), (ONE, 6, {LINE: 5}), gone=((TWO, 6, "退回"),))

    assert answers.over(QUARTER) is answers
    may = answers.over(QUARTER[:1])
    assert may.of(of(LINE)) == Answer(3, 1, 3, some=True, why=Why.MISSING)
    assert answers.over(QUARTER[:2]).by(of(LINE), "unit")[TWO].why == Why.MISSING
    assert answers.over(QUARTER[1:2]).by(of(LINE), "unit")[TWO].why == Why.SENT_BACK


def test_of_nothing_at_all_the_answer_is_a_reason():
    assert asked().of(of(LINE)) == Answer(owed=9, why=Why.MISSING)
