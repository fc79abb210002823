"""What a table that was found is in an edition: a list, a matrix or a register, with everything that it has."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.desk.drafting.rows import Item, items_of
from pipeline.desk.drafting.sheet import Cell
from pipeline.desk.drafting.sums import Sums, sums_of
from pipeline.desk.drafting.tables import Column, Found, unit_in
from schemas.drafting import drafting
from schemas.quantity import known_units

Shape = Literal["list", "matrix", "register"]


@dataclass(frozen=True)
class Part:
    """A line, row or column: its code and name, and what is known of its numbers."""

    code: str
    name: str
    unit: str = ""
    decimals: int = 0
    heading: bool = False
    parent: str = ""
    section: str = ""
    group: str = ""
    choices: tuple[str, ...] = ()
    twice: bool = False  # another is called the same


@dataclass(frozen=True)
class Drawn:
    """A table of the draft: a list has its lines in ``rows``, a register its fields in ``columns``, a matrix both.

    ``sums`` are told by the places of both. ``left`` are columns that the draft has no place for.
    """

    id: str
    title: str
    sheet: str
    shape: Shape
    rows: tuple[Part, ...]
    columns: tuple[Part, ...]
    sums: Sums = field(default_factory=Sums)
    measures: tuple[str, ...] = ("period",)
    corner: str = ""
    left: tuple[str, ...] = ()
    printed: bool = False  # its codes are those of the form
    words: tuple[tuple[str, str], ...] = ()  # what the form calls its columns
    remarks: tuple[str, ...] = ()


def drawn(table: Found, name: str) -> Drawn:
    """A table as the draft has it."""
    words = tuple((column.kind, column.name) for column in table.columns if column.kind)
    plain = Drawn(name, table.title, table.sheet.name, "list", (), (), words=words, remarks=table.remarks)
    items = items_of(table)
    if not any(not item.heading for item in items):
        return _turned(table, plain) if any(column.above for column in table.columns) else _register(table, plain)
    code = table.of("code")
    own = [item for item in items if not item.heading and table.cell(item.row, code).shown]
    plain = replace(plain, printed=bool(own) and all(table.cell(i.row, code).shown == i.code for i in own))
    if table.of("unit") or all(_is_measure(column.name) for column in table.figures):
        return _list(table, items, plain)
    return _matrix(table, items, plain)


def _is_measure(name: str) -> bool:
    """Whether a column is called by its period alone, as 本期实际 or 本年累计."""
    words = drafting().within
    return len(name) <= 6 and any(word in name for key in ("month", "year_to_date") for word in words[key])


def _list(table: Found, items: Sequence[Item], plain: Drawn) -> Drawn:
    """Lines by measures: the first column of figures is the period's own, one of 累计 the cumulative one."""
    figures = table.figures
    told = next((c for c in figures if drafting().has("year_to_date", c.name)), None)
    own = next((c for c in figures if c is not told), figures[0])
    total = told if told and told is not own and _is_asked(table, own, told) else None
    left = tuple(column.name for column in figures if column not in (own, told))
    columns = tuple(c if c.kind or c is own else replace(c, kind="left") for c in table.columns)
    items, headings = _sectioned(items)
    sums = sums_of(replace(table, columns=columns), items)
    rows = tuple(_line(table, own, items, n, headings[n]) for n in range(len(items)))
    measures = ("period", "year_to_date") if total else ("period",)
    words = (*plain.words, ("month", own.name), *((("year_to_date", told.name),) if told else ()))
    return replace(plain, rows=_apart(rows), sums=sums, measures=measures, left=left, words=words)


def _apart(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts of one place that are called the same, told apart by their heading, else counted and asked about."""
    seen: set[tuple[str, str, str]] = set()
    made: list[Part] = []
    section = ""
    for part in parts:
        section = part.section or section
        name, n = part.name, 1
        while (section, part.parent, name.casefold()) in seen:
            name = f"{part.name}（{part.group}）" if part.group and n == 1 else f"{part.name}（{n + 1}）"
            n += 1
        seen.add((section, part.parent, name.casefold()))
        made.append(replace(part, name=name, twice=name != part.name))
    return tuple(made)


def _is_asked(table: Found, own: Column, other: Column) -> bool:
    """Whether a column has room or formulas; where the form marks what is filled in, one that is not marked has not."""
    marked = any(table.sheet.at(row, own.at).prompt for row in table.body)
    cells = [table.sheet.at(row, other.at) for row in table.body]
    return not marked or any(cell.prompt or cell.formula for cell in cells)


def _sectioned(items: Sequence[Item]) -> tuple[list[Item], list[str]]:
    """The lines without the headings among them, and above which line each heading stands."""
    lines = [n for n, item in enumerate(items) if not item.heading]
    places = {n: place for place, n in enumerate(lines)}
    made, sections = [], []
    for n in lines:
        between = range(lines[places[n] - 1] + 1 if places[n] else 0, n)
        sections.append(next((items[m].name for m in reversed(between)), ""))
        parent = items[n].parent
        reset = parent is not None and any(items[m].heading and items[m].depth == 0 for m in range(parent + 1, n))
        made.append(replace(items[n], parent=None if reset or parent is None else places.get(parent)))
    return made, sections


def _line(table: Found, own: Column, items: Sequence[Item], n: int, section: str) -> Part:
    item = items[n]
    cell = table.sheet.at(item.row, own.at)
    unit = item.unit or unit_in(cell.prompt) or table.unit
    parent = items[item.parent].code if item.parent is not None else ""
    return Part(item.code, item.name, unit, cell.decimals, parent=parent, section=section)


def _matrix(table: Found, items: Sequence[Item], plain: Drawn) -> Drawn:
    rows = tuple(_row(items, item) for item in items)
    first = next(item.row for item in items if not item.heading)
    columns = tuple(_column(table, n, c, table.sheet.at(first, c.at)) for n, c in enumerate(table.figures, 1))
    sums = sums_of(table, items)
    return replace(plain, shape="matrix", rows=rows, columns=_apart(columns), sums=sums, corner=table.corner)


def _row(items: Sequence[Item], item: Item) -> Part:
    parent = items[item.parent].code if item.parent is not None else ""
    return Part(item.code, item.name, heading=item.heading, parent=parent)


def _column(table: Found, n: int, column: Column, cell: Cell) -> Part:
    """A column of figures: its unit by its name, the prompt of its cells, or the title of the table."""
    unit = unit_in(column.name) or _bracketed(column.name) or unit_in(cell.prompt) or table.unit
    above = [text for text in column.above if not _is_over_all(table, text)]
    return Part(f"c{n}", column.name, unit, cell.decimals, group=above[-1] if above else "")


def _bracketed(name: str) -> str:
    """A unit of measure in brackets behind a name."""
    _, _, told = name.rpartition("（")
    unit = told.rstrip("）")
    return unit if told != unit and unit in known_units() else ""


def _is_over_all(table: Found, text: str) -> bool:
    return all(text in column.above for column in table.figures)


def _turned(table: Found, plain: Drawn) -> Drawn:
    """A single row of figures under headings that have the same columns each: the headings are its rows."""
    figures = [replace(c, kind="") for c in table.columns]
    groups = list(dict.fromkeys(column.above for column in figures))
    names = list(dict.fromkeys(column.name for column in figures))
    if any([c.name for c in figures if c.above == group] != names for group in groups):
        columns = tuple(_column(table, n, c, Cell()) for n, c in enumerate(figures, 1))
        row = Part("1", table.title or table.sheet.name)
        return replace(plain, shape="matrix", rows=(row,), columns=_apart(columns))
    rows: list[Part] = []
    for group in groups:
        for depth, text in enumerate(group):
            above = next((row.code for row in reversed(rows) if depth and row.name == group[depth - 1]), "")
            known = [row for row in rows if (row.name, row.parent) == (text, above)]
            if not known:
                rows.append(Part(f"{len(rows) + 1}", text, heading=depth < len(group) - 1, parent=above))
    columns = tuple(Part(f"c{n}", name, table.unit) for n, name in enumerate(names, 1))
    only = replace(table, columns=tuple(Column(n, name) for n, name in enumerate(names)), body=())
    return replace(plain, shape="matrix", rows=tuple(rows), columns=columns, sums=sums_of(only, []))


def _register(table: Found, plain: Drawn) -> Drawn:
    fields = []
    for n, column in enumerate(table.columns, 1):
        cell = table.sheet.at(table.head + 1, column.at)
        fields.append(Part(f"f{n}", column.name, choices=cell.choices))
    return replace(plain, shape="register", columns=_apart(fields))
