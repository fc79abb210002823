"""Every rule of every edition, and every kind of finding, has an example that trips it, and nothing else.

The examples come in one post: each unit makes one mistake, and is told of that one alone.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipeline.findings import Finding
from pipeline.outcome import Outcome
from pipeline.publish import publish
from schemas.edition import read_edition
from schemas.forms import read_form
from schemas.messages import catalogue
from schemas.office import read_office
from tests.builders import Desk, complaints
from tests.pipeline import examples_jyg_2012
from tests.pipeline.examples import AT_THE_YEARS_END, CATALOGUE
from tests.pipeline.happenings import Example

OFFICE = read_office()
OF_EDITION = {"jyg-2012": examples_jyg_2012.RULES}
IN_THE_POST = [(edition, rule) for edition, rules in OF_EDITION.items() for rule in {**rules, **CATALOGUE}]


def senders(edition: str) -> dict[str, tuple[str, Example]]:
    """The unit that makes each mistake, by rule."""
    examples = {**OF_EDITION[edition], **CATALOGUE}
    units = OFFICE.units_in(read_edition(edition).valid.first)
    assert len(examples) <= len(units), "more examples than units: split the post in two"
    return {rule: (unit.short, example) for unit, (rule, example) in zip(units, examples.items(), strict=False)}


@cache
def post(edition: str) -> Outcome:
    """What is found when each unit makes one mistake; nothing is overdue yet."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for rule, (unit, example) in senders(edition).items():
            example.happens(desk, unit, rule)
        return desk.examine(as_of="2012-01-31")


@cache
def years_end() -> Outcome:
    """What is found when one of two units sent January and the yearly report is at hand."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder), office=OFFICE._replace(units=OFFICE.units[:2]))
        desk.send(OFFICE.units[0].short)
        for rule, example in AT_THE_YEARS_END.items():
            example.happens(desk, OFFICE.units[1].short, rule)
        return desk.examine(as_of="2012-02-07", through="2012-12")


def told_to(outcome: Outcome, unit: str, file: str) -> list[Finding]:
    """The findings about a unit, and those about its file where the unit is not known."""
    code = next(u.code for u in OFFICE.units if u.short == unit)
    return [f for f in outcome.findings if f.unit == code or (not f.unit and Path(f.file).stem == file)]


@pytest.mark.parametrize("edition", OFFICE.settings.editions)
def test_every_rule_has_an_example_and_every_example_a_rule(edition):
    rules = {statement.rule for statement in read_form(edition, OFFICE).statements}

    assert set(OF_EDITION[edition]) | set(CATALOGUE) | set(AT_THE_YEARS_END) == rules | set(catalogue())


@pytest.mark.parametrize(("edition", "rule"), IN_THE_POST)
def test_the_unit_is_told_of_its_mistake_and_nothing_else(edition, rule):
    unit, example = senders(edition)[rule]

    found = told_to(post(edition), unit, rule)

    assert [(f.rule, f.sheet, f.cell) for f in found] == [(rule, example.sheet, example.cell)]
    assert example.says in found[0].message


@pytest.mark.parametrize("edition", OF_EDITION)
def test_the_post_holds_nothing_beyond_its_examples(edition):
    assert sorted(rule for rule, _, _ in complaints(post(edition))) == sorted(senders(edition))


@pytest.mark.parametrize("edition", OF_EDITION)
def test_whatever_went_wrong_the_outbox_is_written(edition, tmp_path):
    assert publish(post(edition), tmp_path).exists()


def test_the_years_end_brings_its_examples_to_light():
    expected = [(rule, example.sheet, example.cell) for rule, example in AT_THE_YEARS_END.items()]

    assert complaints(years_end()) == expected
    for finding in years_end().findings:
        assert AT_THE_YEARS_END[finding.rule].says in finding.message


@pytest.mark.parametrize("edition", OF_EDITION)
def test_every_finding_is_a_sentence_and_says_what_to_do(edition):
    for finding in (*post(edition).findings, *years_end().findings):
        assert finding.message.endswith("。"), finding.rule
        assert finding.remedy.endswith("。"), finding.rule
