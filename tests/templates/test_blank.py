"""The blank return, written from the edition alone."""

from dataclasses import replace
from importlib.metadata import version
from inspect import signature

import pytest
from xlsxwriter.worksheet import Worksheet

from pipeline.paper.names import STAMP, cover_name, name_of, note_name, register_name
from pipeline.paper.templates.grounds import SHEET
from pipeline.paper.templates.register import LISTS
from pipeline.paper.xlsx import Sheet
from schemas.edition import EDITIONS
from schemas.rules.terms import Ref
from tests.publish.colours import contrast, pairs
from tests.publish.reading import as_the_library_would_not, by_formualizer, differences, filled, formulas, load, shown
from tests.publish.words import half_width_beside_chinese, machine_words
from tests.templates.writing import (
    ALL_FORMS,
    KINDS,
    banners,
    complaints,
    draft_of,
    inputs_of,
    marks,
    rows_of,
    write,
)  # fmt: skip

HIDDEN = {STAMP, LISTS, SHEET}


@pytest.mark.slow
def test_the_library_would_have_written_every_formula_as_we_did(book):
    assert formulas(book)
    assert as_the_library_would_not(book) == []


def test_the_library_is_the_one_whose_search_we_know():
    assert version("xlsxwriter") == "3.3.1"
    assert list(signature(Worksheet._prepare_formula).parameters) == list(signature(Sheet._prepare_formula).parameters)


def places(book):
    """The one cell that each defined name of the workbook means."""
    return {name: next(iter(defined.destinations)) for name, defined in book.defined_names.items()}


def to_fill(blank):
    """The names of the yellow cells: values that are no totals, 说明, cover."""
    form = blank.layout.form
    values = {name_of(Ref(*key)) for key in inputs_of(form)}
    notes = {note_name(form.entries[key]) for key in rows_of(blank)}
    return values | notes | {cover_name(f.code) for f in form.edition.cover}


def measures(form):
    """Every number that stands in a form, in each of its measures."""
    return [Ref(*key, measure) for key, e in form.entries.items() if not e.derived for measure in e.measures]


def test_every_edition_is_used_by_an_office():
    used = {form.edition.id for _, forms in ALL_FORMS.values() for form in forms}

    assert used == {draft_of(kind).layout.form.edition.id for kind in KINDS}
    # no shipped office uses these: tests/national does
    national = {"cn-2014", "cn-2019", "cn-2021", "cn-2021-monthly", "cn-2021-yearly", "gansu-2008"}
    assert used | national == {path.stem for path in EDITIONS.glob("*.toml")}


def test_every_kind_of_template_is_looked_at():
    """A kind is which tables are asked: they differ by duties, channels and months."""
    looked_at = {frozenset(table for table, _ in draft_of(kind).layout.form.entries) for kind in KINDS}
    all_kinds = {
        frozenset(table for table, _ in form.of(month, unit.code).entries)
        for office, forms in ALL_FORMS.values()
        for form in forms
        for month in (f"2012-{n:02}" for n in range(1, 13))
        for unit in office.units_in(month)
    }

    assert looked_at == all_kinds
    assert len(all_kinds) == 6


def test_every_value_has_a_name_that_leads_to_its_cell(blank, book):
    form, found = blank.layout.form, places(book)
    expected = {name_of(ref): blank.layout.cell(ref).replace("'", "") for ref in measures(form)}
    registers = {register_name(table.id) for table in blank.layout.registers}

    assert {name: f"{found[name][0]}!{found[name][1].replace('$', '')}" for name in expected} == expected
    assert set(found) == set(expected) | to_fill(blank) | registers


def test_every_name_leads_to_a_sheet_that_is_there_and_no_two_to_one_cell(book):
    assert all(sheet in book.sheetnames for sheet, _ in places(book).values())
    assert len(set(places(book).values())) == len(book.defined_names)


def test_the_stamp_says_what_the_form_is_and_is_hidden(blank, book):
    said = {row[0].value: row[1].value for row in book[STAMP].iter_rows()}
    custom = {item.name: item.value for item in book.custom_doc_props.props}

    assert said == {
        "edition": blank.layout.form.edition.id,
        "unit": blank.unit.code,
        "period": str(blank.month),
        "layout": blank.layout.fingerprint,
    }
    assert custom == {f"yuebao.{key}": value for key, value in said.items()}
    assert {s.title: s.sheet_state for s in book if s.sheet_state != "visible"} == dict.fromkeys(HIDDEN, "veryHidden")


def test_only_what_is_filled_in_is_unlocked(blank, book):
    names = places(book)
    expected = {(names[name][0], names[name][1].replace("$", "")) for name in to_fill(blank)}
    written = [cell for cell in filled(book) if cell.has_style and cell.parent.title not in HIDDEN]

    assert {(c.parent.title, c.coordinate) for c in written if not c.protection.locked} == expected
    sheets = [sheet for sheet in book if sheet.title not in HIDDEN]
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in sheets)


def test_every_number_is_checked_while_it_is_typed(blank, book):
    form, found = blank.layout.form, {}
    for sheet in blank.layout.sheets:
        for rule in book[sheet].data_validations.dataValidation:
            assert rule.showErrorMessage
            assert rule.showInputMessage
            assert (rule.operator, rule.formula1) == ("greaterThanOrEqual", "0")
            found |= {(sheet, str(area)): rule.type for area in rule.sqref.ranges}
    places = {key: blank.layout.places[key] for key in inputs_of(form)}
    cells = {key: (place.sheet, blank.layout.cell(Ref(*key), sheet=place.sheet)) for key, place in places.items()}

    assert found == {cell: "decimal" if form.entries[key].quantity.decimals else "whole" for key, cell in cells.items()}
    assert set(found.values()) == {"decimal", "whole"}


def test_a_choice_is_a_drop_down(blank, book):
    cover = book[blank.layout.form.edition.words.cover_sheet]
    lists = {r.formula1 for r in cover.data_validations.dataValidation if r.type == "list"}

    assert lists == {f'"{",".join(f.choices)}"' for f in blank.layout.form.edition.cover if f.choices}
    assert [text for text in lists if len(text) > 255] == []


def test_prompts_and_errors_are_as_short_as_excel_demands(blank, book):
    prompted = [blank.layout.form.edition.words.cover_sheet, *blank.layout.sheets]
    rules = [(sheet.title, rule) for sheet in book for rule in sheet.data_validations.dataValidation]

    assert {title for title, _ in rules} == {*prompted, *(table.sheet for table in blank.layout.registers)}
    assert [r.formula1 for title, r in rules if title in prompted and not r.prompt] == []
    assert [r.prompt for _, r in rules if r.prompt and len(r.prompt) > 255] == []
    assert [r.error for _, r in rules if r.error and len(r.error) > 224] == []
    assert [r.promptTitle for _, r in rules if len(r.promptTitle or "") > 32 or len(r.errorTitle or "") > 32] == []


def test_a_blank_form_is_calm(blank, template, cells):
    for look in (cells, shown(by_formualizer(template))):
        assert complaints(blank, look) == {}
        assert set(marks(blank, look).values()) == {"○ 待填", ""}
        (said,) = banners(blank, look)
        assert said.startswith("请填报：还有")


def test_a_blank_form_shows_what_its_formulas_compute(template, cells):
    assert differences(cells, shown(by_formualizer(template))) == {}


def test_the_banner_counts_what_is_to_fill(blank, cells):
    open_ = sum(mark.startswith("○") for mark in marks(blank, cells).values()) + len(blank.layout.form.edition.cover)

    assert banners(blank, cells) == {f"请填报：还有{open_}项待填。没有发生的填 0，不要留空。"}


def test_the_form_says_whose_it_is_on_every_sheet(blank, cells, book):
    for sheet in (s.title for s in book if s.title not in HIDDEN):
        texts = " ".join(str(value) for (name, _), value in cells.items() if name == sheet)
        assert blank.unit.name in texts
        assert blank.month.words in texts


def test_texts_are_for_people(book, cells):
    rules = [r for sheet in book for r in sheet.data_validations.dataValidation]
    feet = [part.text for s in book for part in (s.oddFooter.left, s.oddFooter.center, s.oddFooter.right) if part.text]
    texts = [*filter(lambda value: isinstance(value, str), cells.values()), *feet]
    texts += [text for r in rules for text in (r.prompt, r.error, r.promptTitle, r.errorTitle) if text]

    assert [text for text in texts if machine_words(text)] == []
    assert [text for text in texts if half_width_beside_chinese(text)] == []


def test_every_text_can_be_read_on_its_ground(book):
    assert {pair: contrast(*pair) for pair in pairs(book) if contrast(*pair) < 4.5} == {}


def test_no_cells_are_merged_and_the_cover_comes_first(blank, book):
    registers = [table.sheet for table in blank.layout.registers]

    assert [sheet.title for sheet in book if sheet.merged_cells.ranges] == []
    assert book.sheetnames == [
        blank.layout.form.edition.words.cover_sheet, *blank.layout.sheets, *registers, LISTS, SHEET, STAMP
    ]  # fmt: skip
    assert book.active.title == book.sheetnames[0]


def test_the_same_form_has_the_same_bytes(blank, template, tmp_path):
    assert write(tmp_path, blank).read_bytes() == template.read_bytes()


@pytest.mark.slow
def test_units_get_different_stamps_and_the_same_layout(blank, tmp_path):
    first, second = blank.office.units_in(str(blank.month))[:2]
    books = [load(write(tmp_path, replace(blank, unit=unit))) for unit in (first, second)]
    stamps = [{row[0].value: row[1].value for row in book[STAMP].iter_rows()} for book in books]

    assert [stamp["unit"] for stamp in stamps] == [first.code, second.code]
    assert stamps[0]["layout"] == stamps[1]["layout"]
