"""Where each number of a form stands in its template."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from schemas.entry import Entry
from schemas.form import Form
from schemas.rules.terms import Ref

CODE, NAME, UNIT, MONTH, YEAR_TO_DATE, LAST_MONTH, CHECK, NOTE = range(8)
MEASURES = {"month": MONTH, "year_to_date": YEAR_TO_DATE}
FIRST_ROW = 3  # below title, header and banner: the headings of the columns


class Place(NamedTuple):
    """A line's sheet and row (from 0)."""

    sheet: str
    row: int


@dataclass(frozen=True)
class Layout:
    """The sheets of one month's form: lines in order, a heading row above each section."""

    form: Form

    @cached_property
    def sheets(self) -> dict[str, list[str | Entry]]:
        """Each form sheet's rows below the column headings: a section's heading, or a line."""
        rows: dict[str, list[str | Entry]] = {}
        for table in self.form.edition.tables:
            here = rows.setdefault(table.sheet, [])
            for entry in self.form.table(table.id):
                here += [entry.section, entry] if entry.section else [entry]
        return rows

    @cached_property
    def places(self) -> dict[tuple[str, str], Place]:
        """Where each line stands, by table and code."""
        return {
            (row.table, row.code): Place(sheet, FIRST_ROW + 1 + n)
            for sheet, rows in self.sheets.items()
            for n, row in enumerate(rows)
            if isinstance(row, Entry)
        }

    @property
    def fingerprint(self) -> str:
        """A short hash of what is asked and where; a return whose stamp shows another was made from another form."""
        content = [self.form.edition.id, [(*key, *place) for key, place in self.places.items()]]
        return "h" + hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12]

    def depth(self, entry: Entry) -> int:
        """How many lines above it the line is a part of."""
        parent = self.form.entries.get((entry.table, entry.parent))
        return 1 + self.depth(parent) if parent else 0

    def cell(self, ref: Ref, *, sheet: str = "") -> str:
        """The address of a value, with its sheet's name unless it stands on ``sheet``."""
        place = self.places[ref.table, ref.line]
        address = xl_rowcol_to_cell(place.row, MEASURES[ref.measure])
        return address if place.sheet == sheet else f"'{place.sheet}'!{address}"

    def inputs(self, ref: Ref, *, sheet: str = "") -> list[str]:
        """The cells that must be filled in before a value means anything: a total's parts, or the line itself."""
        entry = self.form.entry(ref)
        codes = entry.parts or (entry.code,)
        return [self.cell(Ref(ref.table, code), sheet=sheet) for code in codes]
