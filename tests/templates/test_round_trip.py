"""From the template through a clerk's hands to intake: exactly what was typed is read."""

import pytest
from openpyxl import Workbook

from pipeline.files import sha256
from pipeline.intake import Received
from pipeline.intake.intake import read_return
from pipeline.names import STAMP, cover_name, name_of, note_name
from schemas.rules.terms import Ref
from tests.publish.reading import by_formualizer, load
from tests.templates.writing import cover_of, write


def type_in(book: Workbook, name: str, value: int | str) -> None:
    """Type a value into the cell that a name means."""
    ((sheet, cell),) = book.defined_names[name].destinations
    book[sheet][cell.replace("$", "")] = value


@pytest.fixture(scope="module")
def typed(blank):
    """A number for every line, each of them another."""
    lines = [key for key, entry in blank.layout.form.entries.items() if not entry.is_total]
    return {key: 3 * n for n, key in enumerate(lines)}


@pytest.fixture(scope="module", params=["formualizer", pytest.param("libreoffice", marks=pytest.mark.libreoffice)])
def sent(request, blank, typed, tmp_path_factory):
    """The template filled in cell by cell, calculated and saved by one program or another."""
    form = blank.layout.form
    path = write(tmp_path_factory.mktemp("sent"), blank)
    book = load(path)
    for key, value in typed.items():
        type_in(book, name_of(Ref(*key)), value)
    for code, text in cover_of(form).items():
        type_in(book, cover_name(code), text)
    type_in(book, note_name(next(iter(form.entries.values()))), "属实")
    book.save(path)
    if request.param == "libreoffice":
        return request.getfixturevalue("libreoffice").recalculate(path)
    path.write_bytes(by_formualizer(path))
    return path


@pytest.fixture(scope="module")
def reading(blank, sent):
    """The file as intake reads it."""
    data = sent.read_bytes()
    return read_return(Received("a.xlsx", data, sha256(data)), (blank.layout.form,), blank.office)


def test_intake_knows_whose_it_is_and_finds_nothing_wrong(reading, blank):
    assert (reading.unit, reading.period, reading.edition) == (
        blank.unit.code,
        str(blank.month),
        blank.layout.form.edition.id,
    )
    assert reading.findings == ()


def test_intake_reads_exactly_the_numbers_typed(reading, typed):
    read = {row[:2]: row[5] for row in reading.rows if row[2] == "month" and row[3] == "input"}

    assert read == typed


def test_intake_reads_the_sums_that_the_form_computes(reading, blank, typed):
    entries = blank.layout.form.entries
    whole = {key: sum(typed[key[0], part] for part in e.parts) if e.parts else typed[key] for key, e in entries.items()}
    read = {row[:2]: row[5] for row in reading.rows if row[2] == "year_to_date"}

    assert read == whole
    assert {row[:2]: row[5] for row in reading.rows if row[2:4] == ("month", "declared")}.items() <= whole.items()


def test_intake_reads_each_number_in_its_own_cell(reading, blank):
    cells = {Ref(*row[:3]): f"'{row[8]}'!{row[9]}" for row in reading.rows}

    assert cells == {ref: blank.layout.cell(ref) for ref in cells}


def test_intake_reads_the_cover_and_the_note(reading, blank):
    assert {row[0]: row[1] for row in reading.cover} == cover_of(blank.layout.form)
    assert reading.rows[0][10] == "属实"


def test_saving_keeps_the_stamp_hidden_and_the_names(sent, blank):
    book = load(sent)

    assert book[STAMP].sheet_state != "visible"
    assert len(book.defined_names) == len(load_names(blank))


def load_names(blank):
    form = blank.layout.form
    measures = {table.id: table.measures for table in form.edition.tables}
    values = [name_of(Ref(*key, measure)) for key in form.entries for measure in measures[key[0]]]
    return {*values, *map(note_name, form.entries.values()), *(cover_name(f.code) for f in form.edition.cover)}
