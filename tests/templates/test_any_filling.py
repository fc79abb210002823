"""Whatever a clerk types: what a return shows is what a spreadsheet computes."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.templates import Filling, Prior
from schemas.rules.terms import Ref
from tests.publish.reading import by_formualizer, differences, shown
from tests.templates.writing import FORMS, cover_of, draft_of, write

TYPED = st.sampled_from([0, 0, 0, 1, 2, 3, 10, 120, -1, None, None, "14条", "无", "3"])


@st.composite
def drafts(draw):
    """A return with anything in its cells, of a unit whose months before are known or not."""
    office, form = draw(st.sampled_from([param.values[0] for param in FORMS]))
    asked = draft_of(office, form).layout.form
    inputs = [key for key, entry in asked.entries.items() if not entry.is_total]
    prior = draw(st.sampled_from([Prior({}), Prior(dict.fromkeys(inputs, 7), dict.fromkeys(inputs, 5)), Prior()]))
    measures = ["month"] if prior.cumulative is not None else ["month", "year_to_date"]
    cells = [Ref(*key, measure) for key in inputs for measure in measures]
    typed = draw(st.lists(TYPED, min_size=len(cells), max_size=len(cells)))
    values = {cell: value for cell, value in zip(cells, typed, strict=True) if value is not None}
    roles = {f.code: draw(st.sampled_from(["是", "否", ""])) for f in asked.edition.cover if f.role}
    noted = draw(st.sets(st.sampled_from(sorted(asked.entries)), max_size=20))
    filling = Filling(values, {**cover_of(asked), **roles}, dict.fromkeys(noted, "属实"))
    return replace(draft_of(office, form, prior=prior), filling=filling)


SMALL = settings(deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@settings(SMALL, max_examples=25)
@given(drafts())
def test_formualizer_computes_what_a_return_shows(tmp_path_factory, draft):
    path = write(tmp_path_factory.mktemp("typed"), draft)

    assert differences(shown(path), shown(by_formualizer(path))) == {}


@pytest.mark.libreoffice
@settings(SMALL, max_examples=2)
@given(drafts())
def test_libreoffice_computes_what_a_return_shows(tmp_path_factory, libreoffice, draft):
    path = write(tmp_path_factory.mktemp("typed"), draft)

    assert differences(shown(path), shown(libreoffice.recalculate(path))) == {}
