"""The check code: what it tells apart, and that form and intake mean the same by it."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.paper.check_code import MODULUS, ROOT, as_typed, check_code, weights

NUMBERS = st.lists(st.integers(0, 10**7), min_size=2, max_size=150)
QUICK = settings(deadline=None, max_examples=30)


def order(base: int) -> int:
    """How many powers of a number there are before they repeat."""
    power, count = base, 1
    while power != 1:
        power, count = power * base % MODULUS, count + 1
    return count


def test_the_arithmetic_that_the_promise_rests_on():
    assert MODULUS < 10_000
    assert all(MODULUS % number for number in range(2, 100))
    assert order(10) == order(ROOT) == MODULUS - 1
    assert len(set(weights(150))) == 150


@QUICK
@given(NUMBERS, st.data())
def test_two_digits_swapped_in_a_number_always_show(numbers, data):
    at = data.draw(st.integers(0, len(numbers) - 1))
    digits = list(str(numbers[at]))
    for here, there in combinations(range(len(digits)), 2):
        swapped = digits.copy()
        swapped[here], swapped[there] = digits[there], digits[here]
        other = [*numbers[:at], int("".join(swapped)), *numbers[at + 1 :]]
        assert (check_code(other) == check_code(numbers)) == (other == numbers)


@QUICK
@given(NUMBERS, st.data())
def test_one_digit_changed_always_shows(numbers, data):
    at, place = data.draw(st.integers(0, len(numbers) - 1)), data.draw(st.integers(0, 6))
    changed = numbers[at] + data.draw(st.sampled_from([-1, 1])) * data.draw(st.integers(1, 9)) * 10**place

    assert check_code([*numbers[:at], changed, *numbers[at + 1 :]]) != check_code(numbers)


@QUICK
@given(st.lists(st.integers(0, MODULUS - 1), min_size=2, max_size=150), st.data())
def test_two_lines_swapped_always_show(numbers, data):
    here, there = data.draw(st.tuples(*[st.integers(0, len(numbers) - 1)] * 2))
    swapped = numbers.copy()
    swapped[here], swapped[there] = numbers[there], numbers[here]

    assert (check_code(swapped) == check_code(numbers)) == (swapped == numbers)


@pytest.mark.parametrize("numbers", [[], [0, 0], [None, 0, None]])
def test_a_return_of_nothing_has_the_code_of_nothing(numbers):
    assert check_code(numbers) == "K0000"


def test_what_is_blank_counts_as_nothing_but_keeps_its_place():
    assert check_code([3, None, 4]) == check_code([3, 0, 4]) != check_code([3, 4])


def test_half_a_count_is_rounded_as_a_spreadsheet_does():
    assert check_code([Decimal("0.5")]) == f"K{(ROOT + 1) // 2:04}"


@pytest.mark.parametrize("typed", ["K0417", "k0417", " Ｋ０４１７", "417", "0417", "K 0417"])
def test_a_code_is_known_however_it_was_typed(typed):
    assert as_typed(typed) == "K0417"


def test_what_was_not_typed_is_no_code():
    assert as_typed(" ") == ""
