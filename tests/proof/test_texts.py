"""Whole reports: silence on the clean ones, what is wrong in the others, and how many planted errors are found."""

import pytest

from tests.bench.proof import score
from tests.proof.corpus import FORMS, HELD_OUT, TEXTS, reports

EVERY = [*reports(TEXTS), *reports(HELD_OUT), *reports(FORMS)]
CLEAN = [report for report in EVERY if report.clean]
KINDS = {"part": "exceed"}


def test_the_corpus_is_large_enough():
    assert len(EVERY) >= 100
    assert len(CLEAN) >= 40
    assert len(reports(HELD_OUT)) >= 10


@pytest.mark.parametrize("report", CLEAN, ids=lambda report: report.name)
def test_nothing_is_said_of_a_clean_report(report):
    assert [(doubt.kind, doubt.facts) for doubt in report.doubts()] == []


@pytest.mark.parametrize("report", [r for r in EVERY if not r.clean], ids=lambda report: report.name)
def test_what_is_wrong_in_a_report_is_found_and_nothing_else(report):
    found = report.doubts()

    assert len(found) == len(report.errors)
    for kind, words in report.errors:
        own = [doubt for doubt in found if doubt.kind == KINDS.get(kind, kind)]
        assert any(words in "".join([d.words, *d.facts.values(), *(f.written for f in d.figures)]) for d in own), kind


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param(TEXTS, marks=pytest.mark.slow, id="texts"),
        HELD_OUT,
        pytest.param(FORMS, marks=pytest.mark.slow, id="forms"),
    ],
)
def test_planted_errors_are_found_and_alarms_are_right(folder):
    made = score(reports(folder))

    assert made.planted.total() >= 140
    assert made.precision >= 0.95
    assert made.recall >= 0.85
