"""Whatever a clerk types: what a return shows is what a spreadsheet computes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.paper.templates import Filling, Prior
from schemas.rules.terms import Ref
from tests.publish.reading import by_formualizer, differences, shown
from tests.templates.writing import KINDS, cover_of, draft_of, inputs_of, rows_of, write

pytestmark = pytest.mark.slow

TYPED = st.sampled_from([0, 0, 0, 1, 2, 3, 10, 120, -1, None, None, "14条", "无", "3", Decimal("5.5"), Decimal("0.5")])


@st.composite
def drafts(draw):
    """A return with anything in its cells, of a unit whose months before are known or not."""
    blank = draft_of(draw(st.sampled_from(KINDS)))
    asked = blank.layout.form
    listed = inputs_of(asked, "year_to_date")
    prior = draw(st.sampled_from([Prior({}), Prior(dict.fromkeys(listed, 7), dict.fromkeys(listed, 5)), Prior()]))
    cells = [Ref(*key) for key in inputs_of(asked)]
    cells += [Ref(*key, "year_to_date") for key in listed] if prior.cumulative is None else []
    typed = draw(st.lists(TYPED, min_size=len(cells), max_size=len(cells)))
    values = {cell: value for cell, value in zip(cells, typed, strict=True) if value is not None}
    roles = {f.code: draw(st.sampled_from(["是", "否", ""])) for f in asked.edition.cover if f.role}
    noted = draw(st.sets(st.sampled_from(rows_of(blank)), max_size=20))
    filling = Filling(values, {**cover_of(asked), **roles}, dict.fromkeys(noted, "属实"))
    return replace(blank, prior=prior, filling=filling)


SMALL = settings(deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@settings(SMALL, max_examples=20)
@given(drafts())
def test_formualizer_computes_what_a_return_shows(tmp_path_factory, draft):
    path = write(tmp_path_factory.mktemp("typed"), draft)

    assert differences(shown(path), shown(by_formualizer(path))) == {}


@pytest.mark.libreoffice
def test_libreoffice_computes_what_a_return_shows(tmp_path, libreoffice):
    paths = []

    @settings(SMALL, max_examples=4)
    @given(drafts())
    def typed(draft):
        (tmp_path / str(len(paths))).mkdir()
        path = write(tmp_path / str(len(paths)), draft)
        paths.append(path.rename(tmp_path / f"{len(paths)}.xlsx"))

    typed()
    for path, saved in zip(paths, libreoffice.recalculate(*paths), strict=True):
        assert differences(shown(path), shown(saved)) == {}
    assert len(paths) == 4
