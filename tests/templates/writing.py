"""Returns of every form of every office, written to a folder and looked at."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.periods import parse_month
from pipeline.templates import Draft, Filling, Layout, Prior, Templates
from pipeline.templates.layout import CHECK
from schemas.form import Form
from schemas.forms import forms_of
from schemas.office import OFFICES, Office, read_office
from schemas.rules.terms import Ref
from tests.publish.reading import Cells

Key = tuple[str, str]
NOTHING, JANUARY = Filling(), Prior({})

FORMS = [
    pytest.param((office, form), id=f"{office.settings.id} {form.edition.id}")
    for office in map(read_office, sorted(path for path in OFFICES.iterdir() if path.is_dir()))
    for form in forms_of(office)
]


def draft_of(office: Office, form: Form, filling: Filling = NOTHING, prior: Prior = JANUARY) -> Draft:
    """A return of the form's first month by the office's first unit."""
    first = form.edition.valid.first or "2012-01"
    month, unit = parse_month(first), office.units_in(first)[0]
    assert month
    return Draft(Layout(form.of(first)), office, unit, month, prior, filling)


def cover_of(form: Form, **other: str) -> dict[str, str]:
    """A cover that is filled in, of no zero report."""
    choices = {f.code: f.choices[0] for f in form.edition.cover if f.choices}
    zero = {f.code: "否" for f in form.edition.cover if f.role == "zero_report"}
    return {**{f.code: "甲" for f in form.edition.cover}, **choices, **zero, **other}


def zeros_of(form: Form) -> dict[Ref, int | str]:
    """0 in every cell that is filled in; it satisfies every rule."""
    return {Ref(*key): 0 for key, entry in form.entries.items() if not entry.is_total}


def write(folder: Path, draft: Draft) -> Path:
    """The return as a file."""
    path = folder / f"{draft.unit.short}_{draft.month}.xlsx"
    Templates(draft.layout).write(path, draft)
    return path


def marks(draft: Draft, cells: Cells) -> dict[Key, str]:
    """What stands in the check cell of every line."""
    places = draft.layout.places.items()
    return {key: cells.get((place.sheet, xl_rowcol_to_cell(place.row, CHECK)), "") for key, place in places}


def complaints(draft: Draft, cells: Cells) -> dict[Key, str]:
    """The marks that ask for something, by line, as the sign they begin with."""
    return {key: mark[0] for key, mark in marks(draft, cells).items() if mark.startswith(("×", "!"))}


def banners(draft: Draft, cells: Cells) -> set[str]:
    """What the banner says on the cover and above every table; it says the same everywhere."""
    cover = draft.layout.form.edition.words.cover_sheet
    return {cells[cover, "A2"], *(cells[sheet, "A3"] for sheet in draft.layout.sheets)}


def with_zero_report(form: Form) -> Mapping[str, str]:
    """The cover of a zero report."""
    return cover_of(form, **{f.code: "是" for f in form.edition.cover if f.role == "zero_report"})
