"""From the template through a clerk's hands to intake: exactly what was typed is read."""

from datetime import date

import pytest
from openpyxl import Workbook

from pipeline.intake.intake import read_data
from pipeline.paper.names import STAMP, cover_name, name_of, note_name, register_name
from schemas.rules.terms import Ref
from tests.publish.reading import by_formualizer, load
from tests.templates.writing import ALL_FORMS, KINDS, TEMPLATES, cover_of, draft_of, inputs_of, rows_of, write

ITEMS = [
    {"title": "关于供水的通知", "number": "嘉政发〔2012〕1号", "reviewer": "丁", "days": (1, 5, 3)},
    {"title": "=1+1", "number": "", "reviewer": "戊", "days": (2, 2, 2)},
    {"title": "012", "number": "", "reviewer": "己", "days": (28, 30, 29)},
]


def type_in(book: Workbook, name: str, value: float | str) -> None:
    """Type a value into the cell that a name means."""
    ((sheet, cell),) = book.defined_names[name].destinations
    book[sheet][cell.replace("$", "")] = value


def typed_of(draft):
    """A number for every line, each of them another; money in 分, with 分 in it."""
    entries = draft.layout.form.entries
    lines = enumerate(inputs_of(draft.layout.form))
    return {key: 100 * n + 25 if entries[key].number == "money" else 3 * n for n, key in lines}


def items_of(draft):
    """The register's rows as codes: the second has no channel, the dates are of the month."""
    codes = {
        name: [c for c in draft.layout.form.codes[name] if c.valid(str(draft.month))]
        for name in ("categories", "channels")
    }
    for n, item in enumerate(ITEMS):
        made, disclosed, reviewed = (date(draft.month.year, draft.month.month, day) for day in item["days"])
        category, channel = codes["categories"][-1 - n], codes["channels"][n] if n != 1 else None
        texts = {key: item[key] for key in ("title", "number", "reviewer")}
        yield {
            **texts,
            "category": category,
            "channel": channel,
            "made": made,
            "disclosed": disclosed,
            "reviewed": reviewed,
        }


def fill_in(path, draft):
    """The template filled in cell by cell and row by row."""
    form, book = draft.layout.form, load(path)
    for key, value in typed_of(draft).items():
        type_in(book, name_of(Ref(*key)), value / 100 if form.entries[key].number == "money" else value)
    for code, text in cover_of(form).items():
        type_in(book, cover_name(code), text)
    type_in(book, note_name(form.entries[rows_of(draft)[0]]), "属实")
    for table in draft.layout.registers:
        ((sheet, head),) = book.defined_names[register_name(table.id)].destinations
        top = book[sheet][head.replace("$", "")]
        for n, item in enumerate(items_of(draft), 1):
            for field in range(len(table.fields)):
                value = item[table.fields[field].code]
                cell = top.offset(n, field)
                cell.value = getattr(value, "name", value) or None
                if isinstance(value, str) and value:
                    cell.data_type = "s"
    book.save(path)


@pytest.fixture(scope="session")
def saved_by_libreoffice(once, libreoffice):
    """Every kind of template filled in, and saved by LibreOffice."""

    def saved(folder):
        drafts = [draft_of(kind) for kind in KINDS]
        paths = [write(folder, draft) for draft in drafts]
        for path, draft in zip(paths, drafts, strict=True):
            fill_in(path, draft)
        for path in libreoffice.recalculate(*paths):
            path.rename(folder / path.name)

    return once("typed", saved)


@pytest.fixture(scope="module", params=TEMPLATES)
def blank(request):
    return draft_of(request.param)


@pytest.fixture(
    scope="module",
    params=["formualizer", pytest.param("libreoffice", marks=[pytest.mark.slow, pytest.mark.libreoffice])],
)
def sent(request, blank, tmp_path_factory):
    """The template filled in, calculated and saved by one program or another."""
    if request.param == "libreoffice":
        return request.getfixturevalue("saved_by_libreoffice") / f"{blank.unit.short}_{blank.month}.xlsx"
    path = write(tmp_path_factory.mktemp("sent"), blank)
    fill_in(path, blank)
    path.write_bytes(by_formualizer(path))
    return path


@pytest.fixture(scope="module")
def typed(blank):
    return typed_of(blank)


@pytest.fixture(scope="module")
def reading(blank, sent):
    """The file as intake reads it, with the whole form of the office."""
    _, forms = ALL_FORMS[blank.office.settings.id]
    return read_data(sent.read_bytes(), "a.xlsx", forms, blank.office)


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
    entries = {key: e for key, e in blank.layout.form.entries.items() if not e.derived}
    whole = {key: sum(typed[key[0], part] for part in e.parts) if e.parts else typed[key] for key, e in entries.items()}
    so_far = {key: value for key, value in whole.items() if "year_to_date" in entries[key].measures}
    totals = {key: value for key, value in whole.items() if entries[key].is_total}

    assert {row[:2]: row[5] for row in reading.rows if row[2] == "year_to_date"} == so_far
    assert {row[:2]: row[5] for row in reading.rows if row[2:4] == ("month", "declared")} == totals
    assert ("T8", "total_charged") in totals


def test_intake_reads_each_number_in_its_own_cell(reading, blank):
    cells = {Ref(*row[:3]): f"'{row[8]}'!{row[9]}" for row in reading.rows}

    assert cells == {ref: blank.layout.cell(ref) for ref in cells}


def test_intake_reads_the_items_typed(reading, blank):
    (table,) = blank.layout.registers
    rows = {}
    for _, row, field, text, day, sheet, cell, problem in reading.items:
        assert (sheet, cell[1:], problem) == (table.sheet, str(row), "")
        rows.setdefault(row, {})[field] = (text, day)
    expected = [
        {key: (value.isoformat(), value.toordinal()) if isinstance(value, date) else (getattr(value, "code", value) or "", None)
         for key, value in item.items()}
        for item in items_of(blank)
    ]  # fmt: skip

    assert list(rows) == [4, 5, 6]
    assert list(rows.values()) == expected


def test_intake_reads_the_cover_and_the_note(reading, blank):
    assert {row[0]: row[1] for row in reading.cover} == cover_of(blank.layout.form)
    assert reading.rows[0][10] == "属实"


def test_saving_keeps_the_stamp_hidden_and_the_names(sent, blank):
    book = load(sent)

    assert book[STAMP].sheet_state != "visible"
    assert set(book.defined_names) == load_names(blank)


def load_names(blank):
    form = blank.layout.form
    values = {name_of(Ref(*key, measure)) for key, e in form.entries.items() if not e.derived for measure in e.measures}
    notes = {note_name(form.entries[key]) for key in rows_of(blank)}
    registers = {register_name(table.id) for table in blank.layout.registers}
    return {*values, *notes, *registers, *(cover_name(f.code) for f in form.edition.cover)}
