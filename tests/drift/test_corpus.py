"""Returns as departments really send them: each is read as what stands in it, or said to be wrong where it is wrong."""

import pytest

from tests.drift.corpus import CORPUS, KINDS, lane, marks
from tests.drift.judged import wrong_numbers

every_case = pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{kind}: {case.name}", marks=[getattr(pytest.mark, mark) for mark in marks(case)])
        for kind, cases in KINDS.items()
        for case in cases
    ],
)


@every_case
def test_what_is_told_and_nothing_else_and_no_number_is_read_as_another(case, came_of, seen):
    result = came_of(case)

    assert result.broke == ""
    assert result.told == case.told, [f.message for f in result.findings]
    assert case.says in "".join(f.message for f in result.findings[:1])
    assert len([reading for reading in result.readings if reading.rows]) == case.reads
    assert wrong_numbers(case, result, seen) == []


def test_the_corpus_is_large_and_no_two_cases_are_the_same():
    assert len({case.name for case in CORPUS}) == len(CORPUS)
    assert len(CORPUS) >= 600


@pytest.mark.parametrize(
    "kind", ["", *(pytest.param(kind, marks=getattr(pytest.mark, kind)) for kind in ("slow", "long"))]
)
def test_zero_wrong_numbers_over_the_whole_corpus(came_of, seen, kind):
    cases = [case for case in CORPUS if lane(case) == kind]

    assert [wrong for case in cases for wrong in wrong_numbers(case, came_of(case), seen)] == []
    assert len(cases) > 100


def test_clean_returns_stay_silent():
    harmless = [case for case in CORPUS if not {told.partition(" ")[0] for told in case.told} - {"N-FIL-01"}]

    assert len(harmless) >= 30
