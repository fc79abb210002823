"""The lines of a form: its tables with their code lists filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from schemas.codes import Code
from schemas.edition import Edition
from schemas.entry import ITEMS, TOTAL_ROW, Entry
from schemas.quantity import Quantity
from schemas.table import Block, GridRow, Line, Numbered, Table, sums_of

Codes = Mapping[str, tuple[Code, ...]]
Duties = Mapping[str, frozenset[str]]


def entries_of(edition: Edition, codes: Codes, duties: Duties, month: str | None = None) -> Iterator[Entry]:
    """Every line of every unit, in printed order: with the codes of one month, or of all months together.

    A code whose dates are split, because it was renamed, stands once: over all months as it was last.
    """
    codes = {**codes, **edition.lists}
    if month is not None:
        codes = {name: tuple(code for code in rows if code.valid(month)) for name, rows in codes.items()}
    units = codes.get("units", ())
    for table in edition.tables:
        for entry in _of_table(table, codes, Askings(duties, units)):
            told = entry.from_months or (f"{table.from_months}.{entry.code}" if _is_told(table, entry) else "")
            yield entry if edition.length == 1 else replace(entry, length=edition.length, from_months=told)


def _is_told(table: Table, entry: Entry) -> bool:
    """Whether the table of the shorter form that tells this one tells a number of it: one that is filled in."""
    return bool(table.from_months) and entry.is_input


class Askings(NamedTuple):
    """Of whom a line may be asked: the units of each duty, and all units with their kinds."""

    duties: Duties
    units: Sequence[Code]

    def of(self, part: Line | GridRow) -> frozenset[str] | None:
        """The units that are asked a line or a row; None: all."""
        found = self.duties.get(part.duty, frozenset()) if part.duty else None
        if not part.kinds:
            return found
        kinds = {row.code: getattr(row, "kind", "") for row in sorted(self.units, key=lambda row: row.valid_from)}
        own = frozenset(code for code, kind in kinds.items() if kind in part.kinds)
        return own if found is None else own & found


def _of_table(table: Table, codes: Codes, asked: Askings) -> Iterator[Entry]:
    for block in table.blocks:
        yield from _of_block(table, block, codes[block.codes])
    sums = dict(sums_of(table.lines))
    section = ""
    for n, line in enumerate(table.lines):
        section = line.section or section
        yield _of_line(table, line, section, asked.of(line), sums.get(n, ()))
    if table.shape == "matrix":
        yield from _of_own_rows(table, asked) if table.own_rows else _of_matrix(table, codes)
    if table.shape == "register":
        yield from _of_register(table, codes)


def _of_line(table: Table, line: Line, section: str, asked_of: frozenset[str] | None, parts: tuple[str, ...]) -> Entry:
    return Entry(
        table.id,
        line.code,
        line.name,
        Quantity(line.unit, line.decimals),
        line.kind,
        section=section,
        parent=line.parent or "",
        months=line.months,
        asked_of=asked_of,
        measures=table.measures if line.kind == "flow" else ("month",),
        parts=parts,
        least=_least(line),
        source=line.source or table.source,
        from_months=line.from_months,
    )


def _least(own: Numbered) -> int:
    """The smallest number of a line or column, in its steps."""
    return int(own.min.scaleb(own.decimals))


def _of_block(table: Table, block: Block, codes: tuple[Code, ...]) -> Iterator[Entry]:
    """The total of a block, then one line a code."""
    asked = _latest(codes)
    common: dict[str, Any] = {
        "kind": block.kind, "block": block.id, "measures": table.measures, "section": block.title,
    }  # fmt: skip
    common["quantity"] = Quantity(block.unit, block.decimals)
    if asked:
        yield Entry(table.id, block.total, block.total_name, parts=tuple(asked), **common)
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


def _of_own_rows(table: Table, asked: Askings) -> Iterator[Entry]:
    """The cells of a matrix with rows of its own, row by row: a sum of columns, or else of rows, is computed."""
    rows = {row.code: row for row in table.own_rows}
    across = {table.columns[n].code: parts for n, parts in sums_of(table.columns)}
    down = {table.own_rows[n].code: parts for n, parts in sums_of(table.own_rows)}
    for row in table.own_rows:
        of, above = asked.of(row), rows.get(row.parent)
        for column in table.columns if not row.heading else ():
            parts = [f"{row.code}_{code}" for code in across.get(column.code, ())]
            parts = parts or [f"{code}_{column.code}" for code in down.get(row.code, ())]
            yield Entry(
                table.id,
                f"{row.code}_{column.code}",
                f"{row.name}·{column.name}",
                Quantity(column.unit, column.decimals),
                row.kind if row.kind != "flow" else column.kind,
                parent=f"{row.parent}_{column.code}" if above and not above.heading else "",
                block=column.code,
                parts=tuple(parts),
                asked_of=of,
                row=row.code,
                column=column.code,
                least=_least(column),
                indent=_depth(row, rows),
                source=row.source or column.source or table.source,
                from_months=row.from_months.get(column.code, ""),
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )


def _depth(row: GridRow, rows: Mapping[str, GridRow]) -> int:
    """How many rows above it a row is a part of."""
    above = rows.get(row.parent)
    return 1 + _depth(above, rows) if above else 0


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
