"""What the visible head of a return says: unit and period, on every sheet where it says them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipeline.intake.book import Book, Position
from pipeline.intake.cells import text_of
from pipeline.intake.plan import bare, holds
from pipeline.paper.names import STAMP
from pipeline.values.periods import Month
from pipeline.values.spoken_of import period_said
from schemas.form import Form
from schemas.office import Office
from schemas.period import Period
from schemas.units import Unit, UnitRow

HEADER_ROWS = 20

_LABEL = re.compile(r"(?<![0-9]):")  # a time of the day is none

Named = dict[str, list[tuple[Unit, UnitRow]]]


class Said(NamedTuple):
    """Something the head of a sheet says, and where; ``month`` is the period, where that is what it says."""

    text: str
    position: Position
    month: Period | None


def read_stamp(book: Book) -> dict[str, str]:
    """The hidden stamp as key and value; empty where the sheet is gone."""
    return {str(row[0]): text_of(row[1]) for row in book.sheets.get(STAMP, []) if len(row) > 1}


def said(book: Book, forms: Sequence[Form]) -> tuple[list[Said], list[Said]]:
    """Every place in the sheets' heads that names a unit, and every place that names a period.

    What is said follows its label (of any of the forms), in the next cell or after a colon. The head of a sheet ends
    where a table begins.
    """
    every = [form.edition.words for form in forms]
    heads = frozenset(bare(text) for words in every for text in (words.code, words.name))
    units = list(dict.fromkeys(words.unit for words in every))
    periods = list(dict.fromkeys(words.period for words in every))
    labels, lengths = [*units, *periods], {form.edition.length for form in forms}
    ends = [f"{label}:" for label in dict.fromkeys([*labels, *(words.unit_code for words in every)])]
    found: dict[str, list[Said]] = {label: [] for label in labels}
    for sheet, rows in book.sheets.items():
        for r, row in enumerate(rows[:HEADER_ROWS]):
            if holds(row, heads):
                break
            for c, raw in enumerate(row):
                text = raw if isinstance(raw, str) else ""
                for label in labels if text else ():
                    if label[0] in text and (told := _after(label, text, _seen(book, (sheet, r, c)), ends)):
                        found[label].append(Said(told[0], (sheet, r, c + told[1]), period_said(told[0], lengths)))
    return [one for label in units for one in found[label]], [one for label in periods for one in found[label]]


def _seen(book: Book, left: Position) -> list[object]:
    """What is seen right of a cell."""
    sheet, row, column = left
    return [book.seen((sheet, row, c)) for c in range(column + 1, len(book.sheets[sheet][row]))]


def _after(label: str, raw: str, following: list[object], ends: list[str]) -> tuple[str, int] | None:
    """What is said after a label, and how many cells further; None where nothing is."""
    before, there, after = bare(raw).partition(label)
    if there and after.startswith(":") and after != ":":
        for end in ends:
            after = after.partition(end)[0]
        return after[1:], 0
    if there and not before and after.strip(":") == "":
        said = next(((text, n) for n, cell in enumerate(following, 1) if (text := _text(cell))), None)
        return said if said and not _LABEL.search(bare(said[0])) else None  # else the cell is empty, the next a label
    return None


def find_unit(text: str, month: Month | None, office: Office) -> UnitRow | None:
    """The unit that a text names by code, full name, short name or alias, as it was called in the month.

    Among those that exist in the month (at any time where it is None); by a name that it had before or after only where
    no other unit has that name then.
    """
    units = units_named(text, month, office)
    return units[0].at(str(month) if month else office.latest) if units else None


def units_named(text: str, month: Month | None, office: Office) -> list[Unit]:
    """The units that a text may name, the likeliest first."""
    named = _named(office)
    found = [*named.get(bare(text), ()), *named.get(bare(text).partition("(")[0], ())]
    if month is None:
        return [unit for unit, _ in found]
    then = [unit for unit, row in found if row.valid(str(month))]
    return [*then, *(unit for unit, _ in found if unit.valid(str(month)))]


def units_in(text: str, office: Office) -> list[Unit]:
    """The units that a text may speak of somewhere, by the longest of the names that it holds."""
    told = bare(text)
    name = max((name for name in _named(office) if name in told), key=len, default="")
    return [unit for unit, _ in _named(office)[name]] if name else []


def _named(office: Office) -> Named:
    """The units of every name, with the row that has it; worked out once for an office."""
    if id(office.units) not in _indices:
        index: Named = {}
        for unit in office.units:
            for row in unit.rows:
                for name in dict.fromkeys(map(bare, row.names)):
                    index.setdefault(name, []).append((unit, row))
        _indices[id(office.units)] = office.units, index
    return _indices[id(office.units)][1]


_indices: dict[int, tuple[tuple[Unit, ...], Named]] = {}


def _text(raw: object) -> str:
    """A cell of the head as text; a month that a spreadsheet turned into its first day is that month."""
    if isinstance(raw, date) and raw.day == 1:
        return Month(raw.year, raw.month).words
    return text_of(raw)
