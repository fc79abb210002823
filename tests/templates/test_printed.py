"""The return on paper: A4, a page a sheet, letters that can be read."""

import re
from dataclasses import replace

import pytest
import xlsxwriter

from pipeline.paper.templates import Prior
from pipeline.paper.templates.layout import Cells, GridHead
from schemas.rules.terms import Ref
from tests.builders import ref, sound_items
from tests.publish.reading import font_sizes, pages
from tests.templates.writing import KINDS, TEMPLATES, draft_of, filled, inputs_of, rows_of, write

pytestmark = [pytest.mark.libreoffice, pytest.mark.poppler, pytest.mark.slow]

SMALLEST = 8  # points
SIZES = (8, 10.5, 16, 20)
LARGE = {0: 98_765, 2: 123_456_78}  # by decimals


def full(kind):
    """A return with large numbers, words in every note and a register of thirty items."""
    blank = draft_of(kind)
    form = blank.layout.form
    values = {Ref(*key): LARGE[form.entries[key].quantity.decimals] for key in inputs_of(form)}
    listed = inputs_of(form, "year_to_date")
    draft = filled(replace(blank, prior=Prior(dict.fromkeys(listed, 1_234_567), dict.fromkeys(listed, 98_765))), values)
    items = sound_items(form, blank.month, {ref(form, "T1.201"): 30, ref(form, "T1.101"): 30})
    filling = replace(draft.filling, notes=dict.fromkeys(rows_of(blank), "属实"), items={"T6": items})
    return replace(draft, filling=filling)


@pytest.fixture(scope="session")
def paper(once, libreoffice):
    """Every kind of return as LibreOffice prints it, and a page of letters whose sizes are known."""

    def printed(folder):
        with xlsxwriter.Workbook(folder / "sizes.xlsx") as book:
            sheet = book.add_worksheet()
            sheet.set_paper(9)
            for row, size in enumerate(SIZES):
                sheet.write_string(row, 0, "字", book.add_format({"font_size": size, "font_name": "宋体"}))
        written = [write(folder, full(kind)) for kind in KINDS]
        (folder / "blank").mkdir()
        empty = write(folder / "blank", draft_of(KINDS[1])).rename(folder / "blank.xlsx")
        for pdf in libreoffice.to_pdf(folder / "sizes.xlsx", empty, *written):
            pdf.rename(folder / pdf.name)

    return once("templates-on-paper", printed)


@pytest.fixture(scope="module", params=TEMPLATES)
def draft(request):
    return full(request.param)


@pytest.fixture(scope="module")
def pdf(paper, draft):
    return paper / f"{draft.unit.short}_{draft.month}.pdf"


@pytest.fixture(scope="module")
def texts(pdf):
    return pages(pdf)


@pytest.mark.slow
def test_each_sheet_prints_on_a_page(texts, draft):
    assert len(texts) == 1 + len(draft.layout.sheets) + len(draft.layout.registers)
    assert all(f"第{n}页共{len(texts)}页" in re.sub(r"\s", "", text) for n, text in enumerate(texts, 1))


def test_what_every_unit_fills_in_by_hand_prints_on_three_pages(texts, draft):
    """The cover and two sheets; whoever runs a channel has one more. Registers are as long as they are."""
    owned = {place.sheet for (table, _), place in draft.layout.places.items() if table == "T7"}

    assert len(texts) - len(draft.layout.registers) - len(owned) <= 3


def test_a_blank_form_prints_on_three_pages_without_the_bare_head_of_a_register(paper):
    texts = pages(paper / "blank.pdf")
    fields = {field.name for table in draft_of(KINDS[1]).layout.registers for field in table.fields}

    assert len(texts) == 3
    assert not fields & set(" ".join(texts).split())


def test_no_letter_is_too_small_to_read(pdf):
    assert min(font_sizes(pdf)) >= SMALLEST


def test_every_line_and_cover_field_is_on_paper(texts, draft):
    text = re.sub(r"\s", "", "".join(texts))
    rows = [row for sheet in draft.layout.sheets.values() for row in sheet]
    names = [
        row.first.name.rpartition("·")[0] if row.is_grid else row.first.name for row in rows if isinstance(row, Cells)
    ]
    names += [e.name.rpartition("·")[2] for row in rows if isinstance(row, GridHead) for e in row.columns]
    names += [row for row in rows if isinstance(row, str)]
    names += [field.name for table in draft.layout.registers for field in table.fields]

    assert [name for name in names if re.sub(r"\s", "", name) not in text] == []
    assert [f.name for f in draft.layout.form.edition.cover if f.name not in text] == []


def test_nothing_is_cut_off(texts):
    assert "###" not in "".join(texts)
    assert {"98,765", "123,456.78", "1,333,332"} <= set("".join(texts).split())


def test_the_measure_of_letters_is_in_points(paper):
    assert sorted(font_sizes(paper / "sizes.pdf")) == pytest.approx(SIZES, abs=0.4)
