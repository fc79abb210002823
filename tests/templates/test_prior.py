"""What the office knows of the months before stands in the return; what it does not know is asked for."""

from dataclasses import replace

import pytest

from pipeline.paper.names import name_of
from pipeline.paper.templates import Prior
from schemas.rules.terms import Ref
from tests.publish.reading import by_formualizer, load, shown
from tests.templates.writing import banners, filled, inputs_of, marks, write

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def inputs(blank):
    """The lines that have a 本年累计 and are no totals, each with a number of its own."""
    return {key: n for n, key in enumerate(inputs_of(blank.layout.form, "year_to_date"), 20)}


@pytest.fixture
def ones(blank):
    """A return with 1 everywhere."""
    return filled(blank, {Ref(*key): 1 for key in inputs_of(blank.layout.form)})


def column(book, measure, keys):
    """The cells of a measure's column, by line, found by name."""
    places = {key: next(iter(book.defined_names[name_of(Ref(*key, measure))].destinations)) for key in keys}
    return {key: book[sheet][cell.replace("$", "")] for key, (sheet, cell) in places.items()}


def test_this_year_so_far_is_last_months_and_this_month(ones, inputs, tmp_path):
    path = write(tmp_path, replace(ones, prior=Prior(inputs)))
    cells, recalculated = column(load(path), "year_to_date", inputs), shown(by_formualizer(path))

    for key, number in inputs.items():
        cell = cells[key]
        assert cell.value == f"={number}+N({column_letter_left(cell)})"
        assert recalculated[cell.parent.title, cell.coordinate] == number + 1
        assert cell.protection.locked


def column_letter_left(cell):
    return cell.offset(column=-1).coordinate


def test_last_month_stands_beside_this_month(ones, inputs, tmp_path):
    words = ones.layout.form.edition.words
    book = load(write(tmp_path, replace(ones, prior=Prior(inputs, inputs))))
    beside = {}
    for sheet in ones.layout.sheets:
        heads = [cell.value for cell in book[sheet][4]]
        code, last = heads.index(words.code), heads.index(words.last_month)
        beside |= {(sheet, row[code].value): row[last].value for row in book[sheet].iter_rows(min_row=5)}

    assert {key: beside[ones.layout.places[key].sheet, key[1]] for key in inputs} == inputs


def test_a_total_of_this_year_so_far_adds_up_its_parts(ones, inputs, tmp_path):
    entries = ones.layout.form.entries
    totals = {key: e for key, e in entries.items() if e.is_total and "year_to_date" in e.measures}
    wanted = {key: sum(inputs[key[0], part] + 1 for part in e.parts) for key, e in totals.items()}
    path = write(tmp_path, replace(ones, prior=Prior(inputs)))
    cells, recalculated = column(load(path), "year_to_date", totals), shown(by_formualizer(path))

    assert wanted
    assert {key: recalculated[cell.parent.title, cell.coordinate] for key, cell in cells.items()} == wanted


def test_what_is_there_and_not_added_up_has_no_year_so_far(blank, inputs):
    """What is carried over, staff and money for it, fees by item: the months of these are no sum."""
    entries = blank.layout.form.entries
    without = {e.table for e in entries.values() if e.is_input} | set()
    stocks = {key for key, e in entries.items() if e.kind != "flow"}

    assert stocks >= {("T3", "301"), ("T3", "305")}
    assert stocks.isdisjoint(inputs)
    assert without - {table for table, _ in inputs} == without & {"T7", "T8", "T9"}


def test_in_january_this_year_so_far_is_this_month(ones, inputs, tmp_path):
    path = write(tmp_path, replace(ones, prior=Prior({})))
    cells, stored = column(load(path), "year_to_date", inputs), shown(path)

    assert {stored[cell.parent.title, cell.coordinate] for cell in cells.values()} == {1}


def test_where_the_months_before_are_not_known_the_unit_fills_in_this_year_so_far(ones, inputs, tmp_path):
    book = load(write(tmp_path, replace(ones, prior=Prior())))
    cells = column(book, "year_to_date", inputs)
    checked = {(s.title, str(area)) for s in book for r in s.data_validations.dataValidation for area in r.sqref.ranges}

    assert {cell.value for cell in cells.values()} == {None}
    assert not any(cell.protection.locked for cell in cells.values())
    assert {(cell.parent.title, cell.coordinate) for cell in cells.values()} <= checked


def test_the_banner_waits_for_this_year_so_far(ones, inputs, tmp_path):
    unknown = replace(ones, prior=Prior())
    path = write(tmp_path, unknown)

    for look in (shown(path), shown(by_formualizer(path))):
        assert {said[:3] for said in banners(unknown, look)} <= {"请填报", "还不能"}
        assert {key for key, mark in marks(unknown, look).items() if mark == "○ 待填"} == set(inputs)
