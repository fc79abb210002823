"""上年数据.xlsx: what the office knows of a year that was not run here, each figure with its cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.intake.cells import read_cell
from pipeline.intake.header import find_unit
from pipeline.intake.own_file import OwnFile, OwnRow
from pipeline.judge.last_year import CITY, HEADINGS, LAST_YEAR, LastFigure, LastFile
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.periods import YEARS, Month, parse_month
from schemas.form import Form
from schemas.mistake import nearest
from schemas.office import Office
from schemas.rules.terms import Ref

UNIT_CODE, UNIT, PERIOD, TABLE, CODE, _, VALUE, _ = HEADINGS
_YEAR = re.compile(r"(\d{4})年?(度|全年)?")


class _Odd(ValueError):
    """A cell that cannot be used, under its heading; the text says why."""

    def __init__(self, heading: str, why: str) -> None:
        super().__init__(why)
        self.heading = heading


def read_last_year(file: OwnFile, forms: Sequence[Form], office: Office, year: int) -> LastFile:
    """The figures of the year before ``year``, and a finding at each cell that cannot be used.

    A line is one of the first of ``forms``, those of the year in their order, or else of the next that has it: what was
    written in January means the same in July.

    A row without a number says nothing, and one of another year serves that year. Of two rows about one thing that
    differ, neither is taken. Without a file that can be used the year before is not known, which is told.
    """
    reading = _Reading(forms, office, year)
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
    doubles, figures = _doubles(read, {form.edition.id: form for form in forms}, year)
    return LastFile(tuple(figures), (*findings, *doubles))


@dataclass(frozen=True)
class _Reading:
    """What a row may speak of."""

    forms: Sequence[Form]
    office: Office
    year: int

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
        """The line, with the form that has it; a spreadsheet turns the code 01 into 1."""
        table, code = row.text(TABLE), row.text(CODE)
        tables = dict.fromkeys(table for form in self.forms for table, _ in form.entries)
        if table not in tables:
            raise _Odd(TABLE, f"表式里没有这张表，{nearest(table, tables)}")
        for form in self.forms:
            codes = [entry.code for entry in form.table(table)]
            same = [known for known in codes if known == code] or [k for k in codes if k.lstrip("0") == code]
            if same:
                return form, Ref(table, same[0])
        codes = [entry.code for form in self.forms for entry in form.table(table)]
        raise _Odd(CODE, f"表 {table} 里没有这一行，{nearest(code, dict.fromkeys(codes))}")


def _told(row: OwnRow, odd: _Odd, year: int) -> Finding:
    place = Place("", str(year), LAST_YEAR, row.sheet, row.cell(odd.heading))
    written = row.text(odd.heading)
    told = f"写的是“{written}”，{odd}" if written else "没有填"
    return tell("W-LST-01", place, value=written, heading=odd.heading, told=told)


def _doubles(
    read: Sequence[tuple[OwnRow, LastFigure]], forms: Mapping[str, Form], year: int
) -> tuple[list[Finding], Iterator[LastFigure]]:
    """What is told of rows about one thing, and the figures that are certain."""
    by_thing: dict[tuple[str, str, Ref], list[tuple[OwnRow, LastFigure]]] = {}
    for row, figure in read:
        by_thing.setdefault((figure.unit, figure.period, figure.ref), []).append((row, figure))
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
