"""Whole reports by somebody who had not seen the program: what is found, what is said wrongly, what is read."""

import pytest

from pipeline.proof.figure import Grid
from tests.proof.corpus import FORMS, HELD_OUT, TEXTS, reports
from tests.proof.truth import FOURTH, SECOND, THIRD, cases, tally


@pytest.fixture(scope="module")
def made():
    return tally()


def test_the_corpus_is_as_large_as_it_should_be():
    blind = list(cases())
    own = [*reports(TEXTS), *reports(HELD_OUT), *reports(FORMS)]
    with_tables = sum(isinstance(block, Grid) for case in blind for block in case.blocks) + len(reports(FORMS))

    assert len(blind) + len(own) >= 150
    assert with_tables * 3 >= 150
    assert sum(not case.errors for case in blind) >= 40


def test_alarms_are_right_and_errors_found(made):
    assert made.precision >= 0.95
    assert made.recall >= 0.85


def test_clean_reports_are_left_alone(made):
    assert made.clean_with_alarm * 20 <= made.clean


def test_nearly_every_figure_is_read_and_the_others_are_said(made):
    assert made.read >= 0.98 * made.figures
    assert made.figures >= 0.95 * sum(case.figures for case in cases())


def test_the_second_batch_stays_mended():
    second = tally(SECOND)

    assert (second.texts, second.errors) == (36, 26)
    assert second.precision >= 0.95
    assert second.recall >= 0.9
    assert second.clean_with_alarm == 0
    assert second.read >= 0.98 * second.figures


def test_the_fourth_batch_stays_mended():
    fourth = tally(FOURTH)

    assert (fourth.texts, fourth.errors) == (48, 26)
    assert fourth.precision >= 0.95
    assert fourth.recall >= 0.9
    assert fourth.clean_with_alarm == 0
    assert fourth.read >= 0.98 * fourth.figures


@pytest.mark.slow
def test_the_third_batch_stays_mended():
    third = tally(THIRD)

    assert (third.texts, third.errors) == (48, 28)
    assert third.precision >= 0.95
    assert third.recall >= 0.9
    assert third.clean_with_alarm == 0
    assert third.read >= 0.98 * third.figures
