"""What each unit fills in, and what the office knows when it sends out the month's template."""

from collections.abc import Iterator
from datetime import date

from pipeline.desk.demo.items import register_items
from pipeline.desk.demo.share import Cell
from pipeline.desk.demo.year import Year
from pipeline.paper.templates import Draft, Filling, Layout, Prior
from pipeline.values.periods import Month
from schemas.rules.terms import Ref
from schemas.units import UnitRow

Key = tuple[str, str]


def draft(year: Year, layout: Layout, unit: UnitRow, month: Month, day: date) -> Draft:
    """The unit's return of the month as it would be without any fault."""
    cell = (unit.short, month)
    prior = _prior(year, cell)
    values: dict[Ref, int | str] = dict(year.values.get(cell, {}))
    if prior.cumulative is None:
        values |= {Ref(*key, "year_to_date"): value for key, value in _cumulative(year, cell).items()}
    values |= dict(_records(year, layout, month))
    dates = {field.code: day.isoformat() for field in year.form.edition.cover if field.kind == "date"}
    cover = {**_cover(year, cell), **dates}
    items = {year.plan.items.table: register_items(year, cell)}
    return Draft(layout, year.office, unit, month, prior, Filling(values, cover, gap_notes(year, cell), items))


def _records(year: Year, layout: Layout, month: Month) -> Iterator[tuple[Ref, int]]:
    """What the owner of a code counted for each unit: its claim, but for the planted disagreements."""
    shorts = {u.code: u.short for u in year.office.codes["units"]}
    for agreement in year.form.edition.agreements:
        for entry in layout.form.table(agreement.right) if agreement.mode == "owner" else ():
            claim = Ref(agreement.left.partition(".")[0], entry.column)
            cell = (shorts[entry.row], month)
            off = sum(
                d.off for d in year.plan.disagreements if d.whose == (cell[0], str(month)) and d.code == entry.column
            )
            yield Ref(entry.table, entry.code), year.values.get(cell, {}).get(claim, 0) + off


def gap_notes(year: Year, cell: Cell) -> dict[Key, str]:
    """The unit's words, at the line where the gap between its parts and its total shows."""
    at = year.ref(year.remainder.at) if year.plan.gaps else None
    notes = [gap.note for gap in year.plan.gaps if gap.whose == (cell[0], str(cell[1]))]
    return {(at.table, at.line): "；".join(notes)} if at and notes else {}


def _cover(year: Year, cell: Cell) -> dict[str, str]:
    """The answers on the cover; a zero report has some of its own."""
    return {**year.plan.cover, **({} if cell in year.values else year.plan.cover_of_zero)}


def _prior(year: Year, cell: Cell) -> Prior:
    unit, month = cell
    if month.month == 1:
        return Prior({})
    before = (unit, month.plus(-1))
    missing = year.plan.fault("missing")
    if missing and (before[0], str(before[1])) == missing.whose:
        return Prior()
    last_month = {(ref.table, ref.line): value for ref, value in year.values.get(before, {}).items()}
    return Prior(_cumulative(year, before), last_month)


def _cumulative(year: Year, cell: Cell) -> dict[Key, int]:
    """The unit's own 本年累计: every month up to this one, sent in or not."""
    unit, last = cell
    total: dict[Key, int] = {}
    for month in Month(last.year, 1).until(last):
        for ref, value in year.values.get((unit, month), {}).items():
            total[ref.table, ref.line] = total.get((ref.table, ref.line), 0) + value
    return total
