"""The check code on the form: what a spreadsheet computes of a filled-in return is what intake computes of it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.intake.intake import read_data
from pipeline.paper.templates import Filling, Templates
from pipeline.paper.templates.code import LONGEST, CheckCode
from schemas.rules.terms import Ref
from tests.publish.reading import by_formualizer, shown
from tests.templates.writing import ALL_FORMS, KINDS, draft_of, filled, inputs_of, write

pytestmark = pytest.mark.slow

SMALL = settings(deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
TYPED = st.one_of(st.none(), st.integers(0, 10**9), st.sampled_from(["3", "4条"]))


@st.composite
def drafts(draw):
    """A return with large numbers, blanks and texts."""
    blank = draft_of(draw(st.sampled_from(KINDS)))
    cells = [Ref(*key) for key in inputs_of(blank.layout.form)]
    typed = draw(st.lists(TYPED, min_size=len(cells), max_size=len(cells)))
    values = {cell: value for cell, value in zip(cells, typed, strict=True) if value is not None}
    return replace(blank, filling=Filling(values))


def printed(draft, cells):
    """The code on the cover."""
    cover = draft.layout.form.edition.words.cover_sheet
    (label,) = [at for at, text in cells.items() if text == "核对码"]
    assert label[0] == cover
    return cells[cover, label[1].replace("A", "B")]


def as_read(draft, path):
    office, forms = ALL_FORMS[draft.office.settings.id]
    return read_data(path.read_bytes(), path.name, forms, office).code


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_return_has_the_code_of_nothing(kind, tmp_path):
    draft = draft_of(kind)
    path = write(tmp_path, draft)

    assert printed(draft, shown(path)) == as_read(draft, path) == "K0000"


def test_formualizer_computes_what_intake_computes(tmp_path):
    draft = draft_of(KINDS[0])
    places = {Ref(*key): n * 7919 for n, key in enumerate(inputs_of(draft.layout.form))}
    draft = filled(draft, places)
    path = write(tmp_path, draft)

    assert printed(draft, shown(by_formualizer(path))) == printed(draft, shown(path)) == as_read(draft, path)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_whatever_stands_in_the_cells_spreadsheets_compute_what_intake_computes(tmp_path, libreoffice):
    sent = []

    @settings(SMALL, max_examples=15)
    @given(drafts())
    def typed(draft):
        (tmp_path / str(len(sent))).mkdir()
        path = write(tmp_path / str(len(sent)), draft)
        sent.append((draft, path.rename(tmp_path / f"{len(sent)}.xlsx")))

    typed()
    again = libreoffice.recalculate(*(path for _, path in sent))
    for (draft, path), saved in zip(sent, again, strict=True):
        computed = {printed(draft, shown(workbook)) for workbook in (path, saved, by_formualizer(path))}
        assert computed == {as_read(draft, path)}
    assert len(sent) == 15


def test_what_does_not_fit_into_one_formula_is_added_up_beside_it(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.paper.templates.code.LONGEST", 300)
    draft = draft_of(KINDS[0])
    draft = filled(draft, {Ref(*key): n * 7919 for n, key in enumerate(inputs_of(draft.layout.form))})
    path = tmp_path / "大.xlsx"
    Templates(draft.layout).write(path, draft)

    assert CheckCode(draft.layout).formula.count("_meta") > 3
    assert printed(draft, shown(by_formualizer(path))) == printed(draft, shown(path)) == as_read(draft, path)


@pytest.mark.parametrize("kind", KINDS)
def test_excel_takes_the_formula(kind):
    assert len(CheckCode(draft_of(kind).layout).formula) < LONGEST + 500 < 8192
