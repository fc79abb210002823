"""What the visible head of a return says: unit and period, on every sheet where it says them."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pipeline.intake.book import Book, Position
from pipeline.intake.cells import text_of
from pipeline.intake.plan import bare, holds
from pipeline.names import STAMP
from pipeline.periods import Month, parse_month
from schemas.codes import Unit
from schemas.edition import Words
from schemas.office import Office

HEADER_ROWS = 20


class Said(NamedTuple):
    """Something the head of a sheet says, and where."""

    text: str
    position: Position

    @property
    def month(self) -> Month | None:
        """The month, where that is what it says."""
        return parse_month(self.text)


def read_stamp(book: Book) -> dict[str, str]:
    """The hidden stamp as key and value; empty where the sheet is gone."""
    return {str(row[0]): text_of(row[1]) for row in book.sheets.get(STAMP, []) if len(row) > 1}


def said(book: Book, label: str, words: Words) -> Iterator[Said]:
    """Every place in the sheets' heads that says something after ``label``: in the next cell, or after a colon.

    The head ends where a table begins.
    """
    heads = frozenset({bare(words.code), bare(words.name)})
    others = [word for word in (words.unit, words.unit_code, words.period) if word != label]
    for sheet, rows in book.sheets.items():
        for r, row in enumerate(rows[:HEADER_ROWS]):
            if holds(row, heads):
                break
            for c, raw in enumerate(row):
                text = bare(raw) if isinstance(raw, str) and label[0] in raw else ""
                if label not in text:
                    continue
                before, _, after = text.partition(label)
                if after.strip(":") == "" and not before:
                    following = [(n, _text(v)) for n, v in enumerate(row[c + 1 :], c + 1) if _text(v)]
                    if following and ":" not in bare(following[0][1]):  # else the cell is empty, and the next a label
                        yield Said(following[0][1], (sheet, r, following[0][0]))
                elif after.startswith(":"):
                    for other in others:
                        after = after.partition(f"{other}:")[0]
                    yield Said(after[1:], (sheet, r, c))


def find_unit(text: str, month: Month | None, office: Office) -> Unit | None:
    """The unit that a text names by code, full name, short name or alias, among those valid in the month."""
    named = _named(office)
    found = [*named.get(bare(text), ()), *named.get(bare(text).partition("(")[0], ())]
    return next((unit for unit in found if month is None or unit.valid(str(month))), None)


def _named(office: Office) -> dict[str, list[Unit]]:
    """The units of every name; worked out once for an office, which lives as long as the run."""
    if id(office.units) not in _indices:
        index: dict[str, list[Unit]] = {}
        for unit in office.units:
            for name in dict.fromkeys(bare(name) for name in (unit.code, unit.name, unit.short, *unit.aliases)):
                index.setdefault(name, []).append(unit)
        _indices[id(office.units)] = office.units, index
    return _indices[id(office.units)][1]


_indices: dict[int, tuple[tuple[Unit, ...], dict[str, list[Unit]]]] = {}


def _text(raw: object) -> str:
    """A cell of the head as text; a month that a spreadsheet turned into its first day is that month."""
    if isinstance(raw, date) and raw.day == 1:
        return Month(raw.year, raw.month).words
    return text_of(raw)
