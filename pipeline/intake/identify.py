"""Whose return it is, and for which month: by the stamp, then by the visible header, which must agree.

The names of the file and of its sheets raise a question where they say something else; they never decide.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from pipeline.intake.attachments import about_attachment, attachment, meant
from pipeline.intake.book import Book, Position, address
from pipeline.intake.header import Said, find_unit, read_stamp, said, units_in, units_named
from pipeline.intake.plan import bare
from pipeline.paper.names import is_ours
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.periods import Month
from pipeline.values.spoken_of import period_in
from schemas.codes import EVER
from schemas.form import Form, form_for
from schemas.mistake import nearest
from schemas.office import Office
from schemas.period import period_of, spoken
from schemas.units import UnitRow


class Identity(NamedTuple):
    """What a file is; empty or None where it does not say. ``beside`` are sheets that are no part of the return."""

    unit: UnitRow | None
    month: Month | None
    form: Form | None
    findings: tuple[Finding, ...]
    beside: frozenset[str] = frozenset()


class Heading(NamedTuple):
    """Everything that a file says about unit and month."""

    units: list[Said]
    periods: list[Said]


def identify(book: Book, file: Place, forms: tuple[Form, ...], office: Office) -> Identity:
    """The unit, month and form of a return, with what is wrong about them; ``file`` is the file's name and content."""
    stamp = read_stamp(book)
    heading = Heading(*said(book, forms))
    if not stamp and not (heading.units and heading.periods):
        return Identity(None, None, None, (_no_return(file, office),))
    own = _own_sheets(book)
    if not stamp:
        several = _several(_without(heading, own), office)
        if several:
            return Identity(None, None, None, (tell("E-FIL-08", file, name=file.file, several=several),))
    first = _without(heading, own)
    month = period_of(stamp.get("period", "")) or next(filter(None, (s.month for s in first.periods)), None)
    names = [stamp.get("unit", ""), *(s.text for s in first.units)]
    unit = next(filter(None, (find_unit(name, month, office) for name in names)), None)
    beside = _beside(heading, own, unit, month, office)
    heading = _without(heading, {s.position[0] for s in (*heading.units, *heading.periods)} - beside)
    form = form_for(forms, str(month)) if month else None
    place = replace(file, unit=unit.code if unit else "", period=str(month or ""))
    place = replace(place, content="") if unit and month else place
    findings = [*_about_unit(unit, month, heading.units, place, office)]
    wrong = _about_month(month, form, heading.periods, place, forms[0].edition.length)
    findings += wrong or _of_month_names(book, month, own, place)
    findings += _about_name(unit, place, office)
    if beside:
        findings.append(tell("N-LAY-01", place, value="、".join(sorted(beside)), sheets="”“".join(sorted(beside))))
    return Identity(unit, month, form, tuple(findings), beside)


def _no_return(file: Place, office: Office) -> Finding:
    """A file without the head of a return: an attachment, or what may have been a return."""
    if attachment(file.file):
        return about_attachment(file, office)
    return tell("E-FIL-03", meant(file, office), name=file.file)


def _own_sheets(book: Book) -> set[str]:
    """The sheets that defined names of ours point to; where names are lost, none."""
    return {position[0] for name, position in book.names.items() if is_ours(name)}


def _without(heading: Heading, sheets: set[str]) -> Heading:
    """What the sheets given say; what all say where none is given or none says anything."""
    units, periods = ([s for s in told if s.position[0] in sheets] or told for told in heading)
    return Heading(units, periods)


def _several(heading: Heading, office: Office) -> str:
    """The months, or the units, of a file that holds more than one return; else ""."""
    months = sorted({month for s in heading.periods if (month := s.month)})
    if len(months) > 1:
        return "、".join(month.words for month in months)
    units = dict.fromkeys(unit.short for s in heading.units if (unit := find_unit(s.text, None, office)))
    return "、".join(units) if len(units) > 1 else ""


def _beside(
    heading: Heading, own: set[str], unit: UnitRow | None, month: Month | None, office: Office
) -> frozenset[str]:
    """Sheets of the unit's own that say they are another month's or unit's, where others say the right thing."""
    of_month = {s.position[0]: s.month == month for s in heading.periods if s.month}
    of_unit = {s.position[0]: u == unit for s in heading.units if (u := find_unit(s.text, month, office))}
    other = {sheet for told in (of_month, of_unit) for sheet, right in told.items() if not right} - own
    right = {sheet for sheet, fits in of_month.items() if fits and of_unit.get(sheet, True)} - other
    return frozenset(other) if own or right else frozenset()


def _about_unit(
    unit: UnitRow | None, month: Month | None, told: list[Said], place: Place, office: Office
) -> Iterator[Finding]:
    if unit is None:
        yield _unknown(told[0] if told else None, month, place, office)
        return
    for text, position, _ in told:
        if find_unit(text, month, office) != unit:
            yield tell("E-UNI-01", _at(place, position), value=text, written=text, expected=unit.name)
            return


def _unknown(told: Said | None, month: Month | None, place: Place, office: Office) -> Finding:
    """A unit that is not in the list, or not in that month."""
    written = told.text if told else ""
    where = _at(place, told.position) if told else place
    known = units_named(written, None, office)
    if known and month:
        first, last = known[0].rows[0], known[0].rows[-1]
        since, until = first.valid_from or "以前", last.valid_to.replace(EVER, "现在")
        facts = {"unit": known[0].at(str(month)).name, "month": month.words, "since": since, "until": until}
        return tell("E-UNI-03", where, value=written, **facts)
    names = [name for unit in office.units for row in unit.rows for name in (row.short, row.name)]
    return tell("E-UNI-02", where, value=written, written=written, nearest=nearest(written, names))


def _about_month(month: Month | None, form: Form | None, told: list[Said], place: Place, length: int) -> list[Finding]:
    hinted = period_in(_stem(place.file), length)
    hint = f"，文件名写的是 {hinted}" if hinted and not (month and hinted.fits(month)) else ""
    if month is None:
        written = told[0].text if told else ""
        where = _at(place, told[0].position) if told else place
        return [tell("E-PER-02", where, value=written, written=written, hint=hint)]
    if form is None:
        return [tell("E-PER-03", place, value=str(month), expected=month.words, hint=hint, **spoken(month.length))]
    other = next((one for one in told if one.month != month), None)
    if other is None:
        return []
    facts = {"written": other.text, "expected": month.words}
    return [tell("E-PER-01", _at(place, other.position), value=other.text, **facts)]


def _of_month_names(book: Book, month: Month | None, own: set[str], place: Place) -> list[Finding]:
    """The question that the name of the file or of a sheet raises, where it speaks of another month."""
    names = [("文件名", _stem(place.file)), *(("工作表名", sheet) for sheet in book.sheets if sheet in own or not own)]
    for what, name in names:
        hinted = period_in(name, month.length if month else 1)
        if month and hinted and not hinted.fits(month):
            facts = {"what": what, "name": name, "hinted": hinted, "expected": month.words}
            return [tell("W-PER-01", place, value=name, **facts)]
    return []


def _about_name(unit: UnitRow | None, place: Place, office: Office) -> Iterator[Finding]:
    """The question that the file's name raises, where it names another unit."""
    stem = _stem(place.file)
    named = units_in(stem, office)
    own = unit is not None and any(bare(name) in bare(stem) for name in (unit.short, unit.name))
    if unit and named and unit.code not in {other.code for other in named} and not own:
        hinted = named[0].at(place.period).short
        yield tell("W-UNI-01", place, value=stem, name=stem, hinted=hinted, expected=unit.name)


def _stem(file: str) -> str:
    """A file's own name without folders and suffix."""
    return file.rpartition("/")[2].rpartition(".")[0]


def _at(place: Place, position: Position) -> Place:
    sheet, row, column = position
    return replace(place, sheet=sheet, cell=address(row, column))
