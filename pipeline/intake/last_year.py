"""上年数据.xlsx: what the office knows of a year that was not run here, each figure with its cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipeline.intake.cells import read_cell
from pipeline.intake.header import find_unit
from pipeline.intake.own_file import OwnFile, OwnRow
from pipeline.intake.plan import label
from pipeline.judge.block import lines_today
from pipeline.judge.last_year import CITY, HEADINGS, LAST_YEAR, LastFigure, LastFile
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.periods import Month, parse_month
from schemas.form import Form
from schemas.mistake import nearest
from schemas.office import Office
from schemas.period import YEARS
from schemas.rules.terms import Ref

UNIT_CODE, UNIT, PERIOD, TABLE, CODE, NAME, VALUE, _ = HEADINGS
_YEAR = re.compile(r"(\d{4})年?(度|全年)?")


class _Odd(ValueError):
    """A cell that cannot be used, under its heading; the text says why."""

    def __init__(self, heading: str, why: str) -> None:
        super().__init__(why)
        self.heading = heading


def read_last_year(
    file: OwnFile, forms: Sequence[Form], office: Office, year: int, before: Sequence[Form] = ()
) -> LastFile:
    """The figures of the year before ``year``, and a finding at each cell that cannot be used.

    A line is one of the first of ``forms``, those of the year in their order, or else of the next that has it: what was
    written in January means the same in July. A code that meant something else in ``before``, the forms of the year
    before, is of the year whose name stands beside it; without a name that tells them apart it is asked about.

    A row without a number says nothing, and one of another year serves that year. Of two rows about one thing that
    differ, neither is taken. Without a file that can be used the year before is not known, which is told.
    """
    earlier = tuple(form for form in before if all(form is not own for own in forms))
    reading = _Reading((*forms, *earlier), office, year, frozenset(form.edition.id for form in earlier))
    read: list[tuple[OwnRow, LastFigure]] = []
    findings = file.unused(str(year), "没有和上年比较")
    for row in file.rows:
        if not row.text(VALUE):
            continue
        try:
            if reading.is_meant(row):
                read.append((row, reading.figure(row)))
        except _Odd as odd:
            findings.append(_told(row, odd, year))
    doubles, figures = _doubles(read, {form.edition.id: form for form in reading.forms}, year)
    return LastFile(tuple(figures), (*findings, *doubles))


@dataclass(frozen=True)
class _Reading:
    """What a row may speak of; ``earlier`` are the editions that were in use in the year before alone."""

    forms: Sequence[Form]
    office: Office
    year: int
    earlier: frozenset[str]

    def is_meant(self, row: OwnRow) -> bool:
        """Whether a row speaks of the year before. Raises _Odd where it names no year."""
        return int(self._period(row)[:4]) == self.year - 1

    def figure(self, row: OwnRow) -> LastFigure:
        """The row as a figure. Raises _Odd at the first cell that cannot be used."""
        form, ref = self._line(row)
        entry = form.entry(ref)
        unit, period = self._unit(row), self._period(row)
        read = read_cell(row.raw(VALUE), quantity=entry.quantity)
        if read.value is None:
            raise _Odd(VALUE, "读不出数字")
        if read.value < 0:
            raise _Odd(VALUE, "不能是负数")
        return LastFigure(unit, period, ref, read.value, row.sheet, row.cell(VALUE), form.edition.id)

    def _unit(self, row: OwnRow) -> str:
        """The unit's code; CITY where neither code nor name is given."""
        found = {}
        for heading in (UNIT_CODE, UNIT):
            written = row.text(heading)
            unit = find_unit(written, None, self.office) if written else None
            if written and unit is None:
                rows = self.office.codes["units"]
                known = [row.code if heading == UNIT_CODE else row.short for row in rows]
                raise _Odd(heading, f"不在单位名录里，{nearest(written, known)}")
            if unit:
                found[heading] = unit.code
        if len(set(found.values())) > 1:
            raise _Odd(UNIT, f"在名录里的代码是 {found[UNIT]}，与“{UNIT_CODE}”不符")
        return next(iter(found.values()), CITY)

    def _period(self, row: OwnRow) -> str:
        """A year, or a month of one; a spreadsheet turns the words of a month into a date."""
        raw, written = row.raw(PERIOD), row.text(PERIOD)
        year = _YEAR.fullmatch(written)
        month = Month(raw.year, raw.month) if isinstance(raw, date) else parse_month(written)
        if not month and (not year or int(year[1]) not in YEARS):
            raise _Odd(PERIOD, f"应是上年（{self.year - 1}年）的年份或月份")
        return year[1] if year else str(month)

    def _line(self, row: OwnRow) -> tuple[Form, Ref]:
        """The line, with the form that has it. Raises _Odd."""
        table, code = row.text(TABLE), row.text(CODE)
        tables = dict.fromkeys(table for form in self.forms for table, _ in form.entries)
        if table not in tables:
            raise _Odd(TABLE, f"表式里没有这张表，{nearest(table, tables)}")
        found = [(form, known) for form in self.forms if (known := _code(form, table, code))]
        if not found:
            codes = [entry.code for form in self.forms for entry in form.table(table)]
            raise _Odd(CODE, f"表 {table} 里没有这一行，{nearest(code, dict.fromkeys(codes))}")
        (form, known), *others = found
        unlike = [(other, was) for other, was in others if self._meant_else(form, known, other, was)]
        return self._named(row, [(form, known), *unlike]) if unlike else self._now(form, known)

    def _meant_else(self, form: Form, ref: Ref, other: Form, was: Ref) -> bool:
        """Whether a code of the year before was another line than it is now."""
        if other.edition.id not in self.earlier or form.edition.id in self.earlier:
            return False
        same = self._today[form.edition.id, other.edition.id].get(was) == ref
        return not same and label(form.entry(ref).label) != label(other.entry(was).label)

    @cached_property
    def _today(self) -> Mapping[tuple[str, str], Mapping[Ref, Ref]]:
        """By a form of the year and one of the year before: which line each of the latter is."""
        earlier = [form for form in self.forms if form.edition.id in self.earlier]
        pairs = ((now, then) for now in self.forms if now.edition.id not in self.earlier for then in earlier)
        return {(now.edition.id, then.edition.id): lines_today(now, then) for now, then in pairs}

    def _named(self, row: OwnRow, found: Sequence[tuple[Form, Ref]]) -> tuple[Form, Ref]:
        """The one of several lines of one code that the row names. Raises _Odd where it names none or several."""
        by_name = {label(form.entry(ref).label): (form, ref) for form, ref in found}
        written = label(row.text(NAME))
        same = [name for name in by_name if name == written] or [name for name in by_name if written.endswith(name)]
        if len(same) != 1:
            now, *_, then = (form.entry(ref).label for form, ref in found)
            told = f"在今年的表式里是“{now}”，在上年的表式里是“{then}”"
            raise _Odd(CODE, f"{told}，“{NAME}”栏没有写清是哪一个")
        return self._now(*by_name[same[0]])

    def _now(self, form: Form, ref: Ref) -> tuple[Form, Ref]:
        """The line that one of the year before is today, where it is that alone and is counted in the same."""
        now = self.forms[0]
        found = self._today.get((now.edition.id, form.edition.id), {}).get(ref)
        return (now, found) if found and now.entry(found).quantity == form.entry(ref).quantity else (form, ref)


def _code(form: Form, table: str, code: str) -> Ref | None:
    """The line of a form's table that a code names; a spreadsheet turns the code 01 into 1."""
    codes = [entry.code for entry in form.table(table)]
    same = [known for known in codes if known == code] or [known for known in codes if known.lstrip("0") == code]
    return Ref(table, same[0]) if same else None


def _told(row: OwnRow, odd: _Odd, year: int) -> Finding:
    place = Place("", str(year), LAST_YEAR, row.sheet, row.cell(odd.heading))
    written = row.text(odd.heading)
    told = f"写的是“{written}”，{odd}" if written else "没有填"
    return tell("W-LST-01", place, value=written, heading=odd.heading, told=told)


def _doubles(
    read: Sequence[tuple[OwnRow, LastFigure]], forms: Mapping[str, Form], year: int
) -> tuple[list[Finding], Iterator[LastFigure]]:
    """What is told of rows about one thing, and the figures that are certain."""
    by_thing: dict[tuple[str, str, str, Ref], list[tuple[OwnRow, LastFigure]]] = {}
    for row, figure in read:
        by_thing.setdefault((figure.unit, figure.period, figure.edition, figure.ref), []).append((row, figure))
    findings = []
    for first, *more in by_thing.values():
        for row, figure in more:
            place = Place("", str(year), LAST_YEAR, figure.sheet, figure.cell)
            told = {
                "label": forms[figure.edition].entry(figure.ref).label,
                "number": row.number,
                "first": first[0].number,
            }
            findings.append(tell("W-LST-02", place, value=row.text(VALUE), **told))
    certain = (rows[0][1] for rows in by_thing.values() if len({figure.value for _, figure in rows}) == 1)
    return findings, certain
