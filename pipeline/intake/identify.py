"""Whose return it is, and for which month: by the stamp, then by the visible header, which must agree."""

from collections.abc import Iterator
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.findings import Finding, Place, tell
from pipeline.intake.book import Book, Position
from pipeline.intake.cells import text_of
from pipeline.names import STAMP
from pipeline.periods import Month, parse_month
from schemas.codes import Unit
from schemas.form import Form, form_for
from schemas.mistake import nearest
from schemas.office import Office

HEADER_ROWS = 12


class Identity(NamedTuple):
    """What a file is; empty or None where it does not say."""

    unit: Unit | None
    month: Month | None
    form: Form | None
    findings: tuple[Finding, ...]


class Said(NamedTuple):
    """Something the visible header says, and where."""

    text: str
    position: Position


def identify(book: Book, file: str, forms: tuple[Form, ...], office: Office) -> Identity:
    """The unit, month and form of a return, with what is wrong about them."""
    stamp = read_stamp(book)
    words = forms[0].edition.words
    units, periods = list(_said(book, words.unit)), list(_said(book, words.period))
    if not stamp and not (units and periods):
        return Identity(None, None, None, (tell("E-FIL-03", Place(file=file), name=file),))
    month = parse_month(stamp.get("period", "")) or next(filter(None, (parse_month(s.text) for s in periods)), None)
    unit = find_unit(stamp.get("unit", ""), month, office) or next(
        filter(None, (find_unit(s.text, month, office) for s in units)), None
    )
    form = form_for(forms, str(month)) if month else None
    place = Place(unit.code if unit else "", str(month or ""), file)
    findings = [*_about_unit(unit, month, units, place, office), *_about_month(month, form, periods, place)]
    return Identity(unit, month, form, tuple(findings))


def read_stamp(book: Book) -> dict[str, str]:
    """The hidden stamp as key and value; empty where the sheet is gone."""
    return {str(row[0]): text_of(row[1]) for row in book.sheets.get(STAMP, []) if len(row) > 1}


def find_unit(text: str, month: Month | None, office: Office) -> Unit | None:
    """The unit that a text names by code, full name, short name or alias, among those valid in the month."""
    units = office.units_in(str(month)) if month else office.units
    bare = text.partition("（")[0].strip()
    return next((u for u in units if {text, bare} & {u.code, u.name, u.short, *u.aliases}), None)


def _about_unit(
    unit: Unit | None, month: Month | None, said: list[Said], place: Place, office: Office
) -> Iterator[Finding]:
    if unit is None:
        written = said[0].text if said else ""
        known = [name for u in office.units for name in (u.short, u.name)]
        where = _at(place, said[0].position) if said else place
        yield tell("E-UNI-02", where, value=written, written=written, nearest=nearest(written, known))
        return
    for text, position in said:
        if find_unit(text, month, office) != unit:
            yield tell("E-UNI-01", _at(place, position), value=text, written=text, expected=unit.name)
            return


def _about_month(month: Month | None, form: Form | None, said: list[Said], place: Place) -> Iterator[Finding]:
    if month is None:
        written = said[0].text if said else ""
        where = _at(place, said[0].position) if said else place
        yield tell("E-PER-02", where, value=written, written=written)
        return
    if form is None:
        yield tell("E-PER-03", place, value=str(month), expected=month.words)
    for text, position in said:
        if parse_month(text) != month:
            yield tell("E-PER-01", _at(place, position), value=text, written=text, expected=month.words)
            return


def _said(book: Book, label: str) -> Iterator[Said]:
    """Every place in the sheets' heads that says something after ``label``: in the next cell, or after a colon."""
    for sheet, rows in book.sheets.items():
        for r, row in enumerate(rows[:HEADER_ROWS]):
            for c, raw in enumerate(row):
                text = raw.strip() if isinstance(raw, str) else ""
                if text == label:
                    following = [(n, text_of(v)) for n, v in enumerate(row[c + 1 :], c + 1) if text_of(v)]
                    if following:
                        yield Said(following[0][1], (sheet, r, following[0][0]))
                elif f"{label}：" in text:
                    after = text.partition(f"{label}：")[2]
                    yield Said(after.partition("  ")[0].strip(), (sheet, r, c))


def _at(place: Place, position: Position) -> Place:
    sheet, row, column = position
    return Place(place.unit, place.period, place.file, sheet, xl_rowcol_to_cell(row, column))
