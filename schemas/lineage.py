"""What each number of a form is, whatever its code: which part of the edition it belongs to, and where that came from.

Two editions have the same line where one extends the other (or both a third) and left its name as it was; else a line
says itself what it ``was``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from schemas.document import Document, Root
from schemas.edition import Address, Edition
from schemas.entry import TOTAL_ROW, Entry
from schemas.form import Form
from schemas.toml_lines import Location

WHOLE = ""  # what stands for the total among the codes of a list
_WAS = re.compile(r"([^\s:]+):([^\s.:]+)(?:\.([^\s:]+))?")

Key = tuple[str, str]  # table and code of a number
Member = tuple[str, str]  # a code list, and a code of it


@dataclass(frozen=True, slots=True)
class Part:
    """A line, block, column, field or table of an edition as written."""

    address: Address
    name: str
    was: tuple[str, ...] | None
    location: Location


@dataclass(frozen=True, slots=True)
class Number:
    """Which number of the form an entry is: the parts that it belongs to (two of a crossed count), and its codes."""

    parts: tuple[Address, ...]
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Was:
    """One thing that a part continues: the edition, its table, and what is named in it ("" of a whole table)."""

    edition: str
    table: str
    name: str

    @classmethod
    def read(cls, text: str) -> "Was | None":
        """As it is written ("edition:table.line"); None where it is not written so."""
        found = _WAS.fullmatch(text)
        return cls(found[1], found[2], found[3] or "") if found else None


def parts_of(edition: Edition) -> Iterator[Part]:
    """Every part of an edition that has numbers, with its place in the file."""
    for t, table in enumerate(edition.tables):
        yield Part((table.id, "", ""), "", table.was, ("table", t))
        for n, block in enumerate(table.blocks):
            yield Part((table.id, "block", block.id), block.total_name, block.was, ("table", t, "block", n))
        for n, line in enumerate(table.lines):
            yield Part((table.id, "line", line.code), line.name, line.was, ("table", t, "line", n))
        for n, column in enumerate(table.columns):
            yield Part((table.id, "column", column.code), column.name, column.was, ("table", t, "column", n))
        for n, field in enumerate(table.fields):
            yield Part((table.id, "field", field.code), field.name, field.was, ("table", t, "field", n))


def roots_of(document: Document, edition: Edition) -> Mapping[Address, Root]:
    """Where each part of an edition stood first."""
    return {part.address: document.root(part.location) for part in parts_of(edition)}


class Lineage:
    """The parts and the numbers of one form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.parts = {part.address: part for part in parts_of(form.edition)}

    @cached_property
    def numbers(self) -> Mapping[Key, Number]:
        """What number each line is."""
        return {key: self._number(entry) for key, entry in self.form.entries.items()}

    @cached_property
    def keys(self) -> Mapping[Number, Key]:
        """The line of each number."""
        return {number: key for key, number in self.numbers.items()}

    def root(self, address: Address) -> object:
        """Where a part stood first; one of a form that was read from no file, nowhere else."""
        return self.form.roots.get(address, (id(self.form), address))

    def named(self, list_name: str, code: str) -> str:
        """What a code of a list is called, as it was last; "" where there is none."""
        rows = [row for row in self.form.lists.get(list_name, ()) if row.code == code]
        return max(rows, key=lambda row: row.valid_from).name if rows else ""

    def earlier_codes(self, list_name: str, code: str) -> tuple[str, ...]:
        """The codes of another list that it says it continues."""
        rows = self.form.lists.get(list_name, ())
        return tuple(dict.fromkeys(was for row in rows if row.code == code for was in row.was))

    def _number(self, entry: Entry) -> Number:
        table = next(table for table in self.form.edition.tables if table.id == entry.table)
        if table.shape == "matrix":
            rows = (table.row_list(self.form.edition.id), WHOLE if entry.row == TOTAL_ROW else entry.row)
            if any(column.code == entry.column for column in table.columns):
                return Number(((table.id, "column", entry.column),), (rows,))
            return Number(((table.id, "", ""),), ((table.columns_from, entry.column), rows))
        if table.shape == "register":
            lists = {field.code: field.codes for field in table.fields}
            fields = table.cross if entry.column else (entry.block,) if entry.block else ()
            codes = (entry.row, entry.column) if entry.column else (entry.code,)
            parts = tuple((table.id, "field", field) for field in fields)
            members = tuple((lists[field], code) for field, code in zip(fields, codes, strict=False))
            return Number(parts or ((table.id, "", ""),), members)
        if entry.block:
            codes_of = next(block.codes for block in table.blocks if block.id == entry.block)
            return Number(((table.id, "block", entry.block),), ((codes_of, WHOLE if entry.is_total else entry.code),))
        return Number(((table.id, "line", entry.code),))


def meant(was: Was, earlier: Lineage, like: Address) -> Address | None:
    """The part of an earlier edition that something of the kind of ``like`` says it was; None where there is none."""
    kinds: Sequence[str] = (like[1],) if was.name else ("",)
    return next((at for kind in kinds if (at := (was.table, kind, was.name)) in earlier.parts), None)
