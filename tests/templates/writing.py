"""Returns of every kind of every form of every office, written to a folder and looked at."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.paper.templates import Draft, Filling, Layout, Prior, Templates
from pipeline.paper.templates.layout import CHECK, Cells
from pipeline.values.periods import parse_month
from schemas.form import Form, form_for
from schemas.forms import forms_of
from schemas.office import OFFICES, Office, read_office
from schemas.rules.terms import Ref
from tests.publish.reading import Cells as Shown

Key = tuple[str, str]
NOTHING, JANUARY = Filling(), Prior({})
ALL_FORMS: dict[str, tuple[Office, tuple[Form, ...]]] = {
    (office := read_office(path)).settings.id: (office, forms_of(office))
    for path in sorted(OFFICES.iterdir())
    if path.is_dir()
}

# Of each kind of template the unit that is asked most: without a duty, with one, with a channel of its own.
# In June the lines of staff and money are asked, in September they are not.
KINDS = [
    *(("jyg", unit, month) for unit in ("市国资委", "市建设局", "市政府办") for month in ("2012-06", "2012-09")),
    ("shifan", "示范住建局", "2012-06"),
]
# One of each kind of unit, not all in one month; the other month of each is for the slow lane.
DAILY = (KINDS[0], KINDS[3], KINDS[4], KINDS[6])
TEMPLATES = [pytest.param(kind, id=" ".join(kind), marks=[] if kind in DAILY else [pytest.mark.slow]) for kind in KINDS]


def draft_of(kind: tuple[str, str, str], filling: Filling = NOTHING, prior: Prior = JANUARY) -> Draft:
    """A return of an office's unit for a month."""
    name, short, period = kind
    office, forms = ALL_FORMS[name]
    form, month = form_for(forms, period), parse_month(period)
    assert form
    assert month
    unit = next(unit for unit in office.units_in(period) if unit.short == short)
    return Draft(Layout(form.of(period, unit.code)), office, unit, month, prior, filling)


def filled(draft: Draft, values: Mapping[Ref, int | str] | None = None) -> Draft:
    """The return with its cover filled in, and 0 everywhere but for ``values``."""
    form = draft.layout.form
    return replace(draft, filling=Filling({**zeros_of(form), **(values or {})}, cover_of(form)))


def cover_of(form: Form, **other: str) -> dict[str, str]:
    """A cover that is filled in, of no zero report."""
    choices = {f.code: f.choices[0] for f in form.edition.cover if f.choices}
    zero = {f.code: "否" for f in form.edition.cover if f.role == "zero_report"}
    return {**{f.code: "甲" for f in form.edition.cover}, **choices, **zero, **other}


def inputs_of(form: Form, measure: str = "month") -> list[Key]:
    """The lines that have a yellow cell for a measure."""
    return [key for key, entry in form.entries.items() if entry.is_input and measure in entry.measures]


def zeros_of(form: Form) -> dict[Ref, int | str]:
    """0 in every cell that is filled in; it satisfies every rule."""
    return {Ref(*key): 0 for key in inputs_of(form)}


def write(folder: Path, draft: Draft) -> Path:
    """The return as a file."""
    path = folder / f"{draft.unit.short}_{draft.month}.xlsx"
    Templates(draft.layout).write(path, draft)
    return path


def marks(draft: Draft, cells: Shown) -> dict[Key, str]:
    """What stands in the check cell of every row, by the first number of the row."""
    places = {key: draft.layout.places[key] for key in rows_of(draft)}
    return {key: cells.get((place.sheet, xl_rowcol_to_cell(place.row, CHECK)), "") for key, place in places.items()}


def rows_of(draft: Draft) -> list[Key]:
    """The printed rows, each by its first number."""
    return list(dict.fromkeys(map(_first, draft.layout.cells.values())))


def row_of(draft: Draft, ref: Ref) -> Key:
    """The first number of the row on which a number stands; its check cell speaks of the whole row."""
    return _first(draft.layout.cells[ref.table, ref.line])


def complaints(draft: Draft, cells: Shown) -> dict[Key, str]:
    """The marks that ask for something, by row, as the sign they begin with."""
    return {key: mark[0] for key, mark in marks(draft, cells).items() if mark.startswith(("×", "!"))}


def banners(draft: Draft, cells: Shown) -> set[str]:
    """What the banner says on the cover and above every table; it says the same everywhere."""
    cover = draft.layout.form.edition.words.cover_sheet
    return {cells[cover, "A2"], *(cells[sheet, "A3"] for sheet in draft.layout.sheets)}


def with_zero_report(form: Form) -> Mapping[str, str]:
    """The cover of a zero report."""
    return cover_of(form, **{f.code: "是" for f in form.edition.cover if f.role == "zero_report"})


def _first(row: Cells) -> Key:
    return row.first.table, row.first.code
