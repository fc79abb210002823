"""Which rows and columns of a table are sums of others: by its own formulas, by their names, by their numbering."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openpyxl.utils.cell import range_boundaries

from pipeline.desk.drafting.rows import AMONG, Item, style_of
from pipeline.desk.drafting.sheet import Spot
from pipeline.desk.drafting.tables import Column, Found
from schemas.drafting import drafting

_SUM = re.compile(r"=\s*(?:SUM\(([^()]*)\)|([$A-Z0-9:+\s]+))", re.IGNORECASE)
_CELLS = re.compile(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Sums:
    """What is a sum: rows and columns by their places, each with the places of its parts.

    ``guessed`` are those that only their names tell. ``whole`` and ``part`` are what the numbering tells of rows that
    are filled in: rows with all their parts, rows with some of their parts.
    """

    rows: dict[int, tuple[int, ...]] = field(default_factory=dict)
    columns: dict[int, tuple[int, ...]] = field(default_factory=dict)
    guessed: frozenset[tuple[str, int]] = frozenset()
    whole: dict[int, tuple[int, ...]] = field(default_factory=dict)
    part: dict[int, tuple[int, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def parts_of(formula: str) -> list[Spot]:
    """The cells that a formula adds up on its own sheet; none where it does anything else."""
    found = _SUM.fullmatch(formula.strip())
    text = (found[1] or found[2] or "") if found else ""
    if not text or _CELLS.sub("", text).strip(" ,;+"):
        return []
    spots: list[Spot] = []
    for piece in _CELLS.findall(text):
        left, top, right, bottom = range_boundaries(piece.replace("$", ""))
        spots += [
            (row, column) for row in range(top or 1, (bottom or 1) + 1) for column in range(left or 1, (right or 1) + 1)
        ]
    return spots


def sums_of(table: Found, items: Sequence[Item]) -> Sums:
    """The sums of a table."""
    columns, unread = _by_formula_across(table, items)
    rows = _by_formula_down(table, items, columns)
    figures = table.figures
    guessed_columns = {n: p for n, p in _named_columns(figures) if n not in columns}
    guessed_rows = {n: p for n, p in _named_rows(items) if n not in rows} if not _has_formulas(table, items) else {}
    whole, part = _numbered(items, {*rows, *guessed_rows})
    guessed = {("column", n) for n in guessed_columns} | {("row", n) for n in guessed_rows}
    return Sums({**rows, **guessed_rows}, {**columns, **guessed_columns}, frozenset(guessed), whole, part, unread)


def _has_formulas(table: Found, items: Sequence[Item]) -> bool:
    return any(table.sheet.at(i.row, c.at).formula for i in items if not i.heading for c in table.figures)


def _by_formula_across(table: Found, items: Sequence[Item]) -> tuple[dict[int, tuple[int, ...]], tuple[str, ...]]:
    """The columns that most rows add up from others of their row; and formulas that are no sums."""
    places = {column.at: n for n, column in enumerate(table.figures)}
    found: dict[int, tuple[int, ...]] = {}
    unread: list[str] = []
    data = [item for item in items if not item.heading]
    for column in table.figures:
        told: Counter[tuple[int, ...]] = Counter()
        for item in data:
            formula = table.sheet.at(item.row, column.at).formula
            parts = parts_of(formula)
            if formula and not parts:
                unread.append(f"{table.sheet.name} 第 {item.row} 行“{column.name}”：{formula[:40]}")
            if parts and all(row == item.row and at in places for row, at in parts):
                told[tuple(places[at] for _, at in parts)] += 1
        if told and 2 * max(told.values()) > len(data):
            found[places[column.at]] = told.most_common(1)[0][0]
    return found, tuple(unread)


def _by_formula_down(
    table: Found, items: Sequence[Item], across: dict[int, tuple[int, ...]]
) -> dict[int, tuple[int, ...]]:
    """The rows that some column adds up from others of its column."""
    places = {item.row: n for n, item in enumerate(items) if not item.heading}
    found: dict[int, tuple[int, ...]] = {}
    for n, item in enumerate(items):
        for column in (c for k, c in enumerate(table.figures) if k not in across and not item.heading):
            parts = [(r, at) for r, at in parts_of(table.sheet.at(item.row, column.at).formula)]
            rows = [row for row, at in parts if at == column.at]
            if rows and len(rows) == len(parts) and item.row not in rows:
                found.setdefault(n, tuple(places[row] for row in rows if row in places))
    return {n: parts for n, parts in found.items() if parts}


def _named_columns(figures: Sequence[Column]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Columns that are called a total: of those before them under one heading, or of all before them."""
    over_all = {text for text in (figures[0].above if figures else ()) if all(text in c.above for c in figures)}
    groups = [tuple(text for text in column.above if text not in over_all) for column in figures]
    for n, column in enumerate(figures):
        if drafting().has("total", column.name):
            own = [m for m in range(n) if not drafting().has("total", figures[m].name)]
            under = [m for m in own if groups[n] and groups[m] == groups[n]]
            if len(under or own) > 1:
                yield n, tuple(under or own)


def _named_rows(items: Sequence[Item]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Rows that are called a total: of everything filled in that is part of the same before them."""
    for n, item in enumerate(items):
        plain = AMONG.sub("", item.name)
        if item.heading or not drafting().has("total", plain[-4:]):
            continue
        own = [m for m in range(n) if not items[m].heading and item.parent in _ways(items, m)]
        own = [m for m in own if not drafting().has("total", items[m].name[-4:])]
        parents = {items[m].parent for m in own}
        leaves = [m for m in own if m not in parents]
        if len(leaves) > 1:
            yield n, tuple(leaves)


def _ways(items: Sequence[Item], n: int) -> set[int | None]:
    """What a row is a part of, at every depth."""
    found: set[int | None] = set()
    parent = items[n].parent
    while parent is not None:
        found.add(parent)
        parent = items[parent].parent
    return found | {None}


def _numbered(items: Sequence[Item], sums: set[int]) -> tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]]:
    """What rows that are filled in are made of: of parts counted from 1 all together, of others each at most."""
    whole, part = {}, {}
    for n, item in enumerate(items):
        below = [m for m, one in enumerate(items) if one.parent == n and not one.heading]
        if item.heading or n in sums or not below:
            continue
        numbers = [style[1] if (style := style_of(items[m].name)) else 0 for m in below]
        if len(below) > 1 and numbers == list(range(1, len(below) + 1)):
            whole[n] = tuple(below)
        else:
            part[n] = tuple(below)
    return whole, part
