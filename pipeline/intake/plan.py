"""What is looked for in a return: names, codes, labels and headings of its form, worked out once for all returns."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.paper.names import name_of, note_name
from pipeline.values.numerals import LONG, visible
from schemas.codes import Code
from schemas.entry import TOTAL_ROW, Entry
from schemas.form import Form
from schemas.rules.terms import Ref
from schemas.table import RegisterField, Table

Key = tuple[str, str]  # a table, and the code at the head of a row

_SIGNS = re.compile(r"[()（）:：,，、.．·“”\"'—-]")


class Sought(NamedTuple):
    """One number: its defined name, and the heading of its column."""

    ref: Ref
    name: str
    heading: str


class Line(NamedTuple):
    """The numbers of one entry, which stand on one row with its 说明; the total of a matrix has no code there."""

    entry: Entry
    key: Key
    note: str
    coded: bool
    numbers: tuple[Sought, ...]


class Printed(NamedTuple):
    """The label of a line's row, the headings above its numbers, and their names."""

    label: str
    headings: frozenset[str]
    names: tuple[str, ...]


class Plan:
    """The lines of a form, and what its codes, labels and headings mean."""

    def __init__(self, form: Form) -> None:
        words = form.edition.words
        self.form = form
        self.code, self.name, self.note = bare(words.code), bare(words.name), bare(words.note)
        self.measured, self.last, self.check = map(bare, (words.unit_of_measure, words.last_month, words.check))
        self.anchors = frozenset({self.code, self.name})
        self.lines = tuple(_line(entry, refs, form) for entry, refs in form.filled_in)
        self.headings = frozenset(sought.heading for line in self.lines for sought in line.numbers)
        self.wanted = {line.key: frozenset(sought.heading for sought in line.numbers) for line in self.lines}
        self.own = self.headings | {self.code, self.name, self.note, self.measured, self.last, self.check}
        self.units = frozenset(bare(line.entry.unit) for line in self.lines)
        self.totals = frozenset(bare(line.entry.name.partition("·")[0]) for line in self.lines if not line.coded)
        self.registers = tuple(
            frozenset(bare(field.name) for field in table.fields) for table in form.edition.tables if table.fields
        )
        self.by_code = _by_code(self.lines)
        self.by_label = _by_label(self.lines)
        self.printed = _printed(self.lines)
        self.codes = dict[tuple[str | None, str], dict[str, dict[str, str]]]()


def plan_of(form: Form) -> Plan:
    """The plan of a form, the same one for all months and units whose lines are the same.

    A form lives as long as the run, and is kept so that its place in memory stays its own.
    """
    if id(form) not in _plans:
        like = (plan for _, plan in _plans.values() if plan.form.edition is form.edition)
        same = next((plan for plan in like if plan.form.filled_in == form.filled_in), None)
        _plans[id(form)] = form, same or Plan(form)
    return _plans[id(form)][1]


_plans: dict[int, tuple[Form, Plan]] = {}


def bare(text: str) -> str:
    """A text without white space."""
    return visible(text)


def holds(row: Sequence[object], words: frozenset[str]) -> bool:
    """Whether one of a row's cells is one of the words, white space aside; most rows show at once that none is."""
    firsts = _firsts(words)
    for cell in row:  # a loop, for every row of every return comes here
        if isinstance(cell, str) and cell and (cell[0] in firsts or cell[0].isspace()) and bare(cell) in words:
            return True
    return False


def known_codes(form: Form, table: Table) -> dict[str, dict[str, str]]:
    """By field of a register the code of every name that it may show; worked out once for a month."""
    known, at = plan_of(form).codes, (form.month, table.id)
    if at not in known:
        known[at] = {
            field.code: {bare(n): c.code for c in codes_of(form, field) for n in (c.code, c.name, c.short, *c.aliases)}
            for field in table.fields
        }
    return known[at]


def codes_of(form: Form, field: RegisterField) -> list[Code]:
    """The codes that a field of a register may show."""
    month = form.month or ""
    return [code for code in form.codes.get(field.codes, ()) if code.valid(month)]


def label(text: str) -> str:
    """A line's name without white space and signs, which people change."""
    return _label(text) if len(text) < LONG else ""


@lru_cache(maxsize=64)
def _firsts(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word[0] for word in words)


@lru_cache(maxsize=1 << 14)
def _label(text: str) -> str:
    return _SIGNS.sub("", visible(text))


def _line(entry: Entry, refs: tuple[Ref, ...], form: Form) -> Line:
    words = form.edition.words
    headings = (entry.name.rpartition("·")[2] if entry.column else words.measure(ref.measure) for ref in refs)
    numbers = tuple(Sought(ref, name_of(ref), bare(text)) for ref, text in zip(refs, headings, strict=True))
    return Line(entry, (entry.table, entry.line), note_name(entry), entry.row != TOTAL_ROW, numbers)


def _by_code(lines: tuple[Line, ...]) -> dict[str, tuple[Key, ...]]:
    """The lines of every code, one a table; without leading zeros too, where no other code is meant."""
    found: dict[str, dict[Key, None]] = {}
    for line in lines:
        if line.coded:
            found.setdefault(line.entry.line, {})[line.key] = None
    keys = {code: tuple(lines) for code, lines in found.items()}
    return {code.lstrip("0"): several for code, several in keys.items() if code.lstrip("0") not in keys} | keys


def _printed(lines: tuple[Line, ...]) -> dict[Key, Printed]:
    """How the row of each line may be told from the rows of its code in other tables."""
    found: dict[Key, list[Line]] = {}
    for line in lines:
        found.setdefault(line.key, []).append(line)
    return {
        key: Printed(
            label(_row_name(own[0].entry)),
            frozenset(one.heading for line in own for one in line.numbers),
            tuple(one.name for line in own for one in line.numbers),
        )
        for key, own in found.items()
    }


def _row_name(entry: Entry) -> str:
    """The name that is printed at the head of its row."""
    return entry.name.rpartition("·")[0] if entry.column else entry.name


def _by_label(lines: tuple[Line, ...]) -> dict[str, Key]:
    """The line of every label that only one line has."""
    keys: dict[str, set[Key]] = {}
    for line in lines:
        if line.coded:
            keys.setdefault(label(_row_name(line.entry)), set()).add(line.key)
    return {name: next(iter(found)) for name, found in keys.items() if len(found) == 1 and name}
