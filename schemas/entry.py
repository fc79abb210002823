"""The lines of a form once its code lists are filled in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from schemas.codes import Code
from schemas.edition import Edition
from schemas.period import last_month
from schemas.quantity import Quantity
from schemas.table import EVERY_MONTH, Block, Kind, Line, Table

_NUMBERING = re.compile(r"^(其中：)?(([（(]\d+[）)]|\d+\.))?")

TOTAL_ROW = "total"
ITEMS = Quantity()  # what the rows of a register are counted in

Codes = Mapping[str, tuple[Code, ...]]
Duties = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One number that a form asks for or counts: a line, a block's total, a cell of a matrix, a count of a register.

    ``line`` and ``column`` are what is printed (a matrix cell has both), ``code`` is unique in its table. ``parts``
    are the codes that a total adds up; ``section`` is the heading printed above it. ``asked_of`` are the units that
    are asked it (None: all), ``derived`` marks what is taken from a register and never filled in as a number.
    ``unlisted`` are the months (first and last of each span) whose own edition had nothing of the kind.
    """

    table: str
    code: str
    name: str
    quantity: Quantity
    kind: Kind = "flow"
    section: str = ""
    parent: str = ""
    block: str = ""
    parts: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = "9999-12"
    months: tuple[int, ...] = EVERY_MONTH
    asked_of: frozenset[str] | None = None
    measures: tuple[str, ...] = ("month",)
    row: str = ""
    column: str = ""
    derived: bool = False
    unlisted: tuple[tuple[str, str], ...] = ()

    @property
    def unit(self) -> str:
        """Its unit of measure."""
        return self.quantity.unit

    @property
    def is_total(self) -> bool:
        """Whether the form computes it."""
        return bool(self.parts)

    @property
    def is_input(self) -> bool:
        """Whether a unit fills it in."""
        return not self.parts and not self.derived

    def role(self, measure: str) -> str:
        """What its number of a measure is to a return: filled in, declared beside what it follows from, or counted."""
        return "counted" if self.derived else "input" if self.is_input and measure == "month" else "declared"

    @property
    def line(self) -> str:
        """The code printed at the head of its row."""
        return self.row or self.code

    @property
    def label(self) -> str:
        """The name without the numbering that only makes sense inside the printed form."""
        return _NUMBERING.sub("", self.name)

    @property
    def always_asked(self) -> bool:
        """Whether every unit is asked it every month."""
        every_month = not self.valid_from and self.valid_to == "9999-12" and self.months == EVERY_MONTH
        return every_month and self.asked_of is None and not self.unlisted

    def listed(self, month: str) -> bool:
        """Whether the edition of that period has it, or what it continues."""
        month = last_month(month)
        return not any(first <= month <= last for first, last in self.unlisted)

    def asked(self, month: str, unit: str | None = None) -> bool:
        """Whether the form of that period ("2012-07", "2012-Q3") asks it: of that unit, of any where it is None."""
        month = last_month(month)
        in_time = self.valid_from <= month <= self.valid_to and int(month[-2:]) in self.months and self.listed(month)
        return in_time and (unit is None or self.asked_of is None or unit in self.asked_of)


def entries_of(edition: Edition, codes: Codes, duties: Duties, month: str | None = None) -> Iterator[Entry]:
    """Every line of every unit, in printed order: with the codes of one month, or of all months together.

    A code whose dates are split, because it was renamed, stands once: over all months as it was last.
    """
    if month is not None:
        codes = {name: tuple(code for code in rows if code.valid(month)) for name, rows in codes.items()}
    for table in edition.tables:
        for block in table.blocks:
            yield from _of_block(table, block, codes[block.codes])
        for line in table.lines:
            yield _of_line(table, line, duties)
        if table.shape == "matrix":
            yield from _of_matrix(table, codes)
        if table.shape == "register":
            yield from _of_register(table, codes)


def _of_line(table: Table, line: Line, duties: Duties) -> Entry:
    return Entry(
        table.id,
        line.code,
        line.name,
        Quantity(line.unit, line.decimals),
        line.kind,
        section=line.section or "",
        parent=line.parent or "",
        months=line.months,
        asked_of=duties.get(line.duty, frozenset()) if line.duty else None,
        measures=table.measures if line.kind == "flow" else ("month",),
    )


def _of_block(table: Table, block: Block, codes: tuple[Code, ...]) -> Iterator[Entry]:
    """The total of a block, then one line a code."""
    asked = _latest(codes)
    common: dict[str, Any] = {"kind": block.kind, "block": block.id, "measures": table.measures}
    common["quantity"] = Quantity(block.unit, block.decimals)
    if asked:
        yield Entry(table.id, block.total, block.total_name, section=block.title, parts=tuple(asked), **common)
    for code in asked.values():
        yield Entry(table.id, code.code, code.name, parent=block.total, **common, **_dates(code, codes))


def _of_matrix(table: Table, codes: Codes) -> Iterator[Entry]:
    """Row by row, one cell a column; a block is a column. Columns of a code list are asked of their owners."""
    rows = _latest(codes[table.rows])
    columns = list(_columns(table, codes))
    for row in rows.values():
        for column, common in columns:
            dates = _dates(row, codes[table.rows], common)
            code, parent = f"{row.code}_{column}", f"total_{column}" if table.total else ""
            name = f"{row.short}·{common['name']}"
            yield Entry(table.id, code, **{**common, **dates, "name": name}, row=row.code, parent=parent)
    for column, common in columns if table.total and rows else []:
        parts = tuple(f"{row}_{column}" for row in rows)
        name = f"{table.total}·{common['name']}"
        yield Entry(table.id, f"total_{column}", **{**common, "name": name}, row=TOTAL_ROW, parts=parts)


def _columns(table: Table, codes: Codes) -> Iterator[tuple[str, dict[str, Any]]]:
    """The columns of a matrix, each with what its cells have in common."""
    for own in table.columns:
        common: dict[str, Any] = {"name": own.name, "quantity": Quantity(own.unit, own.decimals)}
        yield own.code, {**common, "block": own.code, "column": own.code}
    owned = codes.get(table.columns_from, ())
    for code in _latest(owned).values():
        if code.owner:
            common = {"name": code.short, "asked_of": frozenset({code.owner})}
            common["quantity"] = Quantity(table.unit, table.decimals)
            yield code.code, {**common, **_dates(code, owned), "block": code.code, "column": code.code}


def _of_register(table: Table, codes: Codes) -> Iterator[Entry]:
    """What is counted of a register: its rows, the rows of each code, and of each pair of the crossed fields' codes."""
    yield Entry(table.id, "rows", f"{table.title}行数", ITEMS, derived=True)
    lists = {f.code: _latest(codes[f.codes]) for f in table.fields if f.codes}
    for field, members in lists.items():
        for code in members.values():
            yield Entry(table.id, code.code, f"{table.title}·{code.name}", ITEMS, block=field, derived=True)
    first, second = (lists[field].values() for field in table.cross) if table.cross else ((), ())
    for row in first:
        for column in second:
            name, block, both = f"{row.name}·{column.name}", f"{row.code}x", f"{row.code}_{column.code}"
            yield Entry(table.id, both, name, ITEMS, block=block, row=row.code, column=column.code, derived=True)


def _latest(codes: tuple[Code, ...]) -> dict[str, Code]:
    """The codes as they were last, in the order of their file."""
    last = {code.code: code for code in sorted(codes, key=lambda code: code.valid_from)}
    return {code.code: last[code.code] for code in codes}


def _dates(code: Code, codes: tuple[Code, ...], within: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """The months in which a code is asked, over all its rows; of a cell, in which its column is asked too."""
    first = min(c.valid_from for c in codes if c.code == code.code)
    return {
        "valid_from": max(first, within.get("valid_from", "")),
        "valid_to": min(code.valid_to, within.get("valid_to", "9999-12")),
    }
