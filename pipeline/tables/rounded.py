"""An annual table in ten thousands (万), its parts adding to its printed totals; the table itself stays as it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipeline.tables.balance import Tree, balanced, half_up
from pipeline.values.table import Table, TableColumn
from schemas.rules.terms import Linear, Ref

TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class Rounded:
    """A table in 万 of its units, as whole steps of the last printed digit; None where there is no such number.

    ``shifted`` are the cells that are printed otherwise than rounded by themselves, so that everything adds up.
    """

    table: Table
    decimals: int
    cells: tuple[tuple[int | None, ...], ...]
    shifted: frozenset[tuple[int, int]]

    def alone(self, row: int, column: int) -> int:
        """A cell rounded by itself."""
        return half_up(_exact(self.table, row, column, self.decimals))


def rounded(table: Table, decimals: int) -> Rounded:
    """The table, balanced. Columns that no rows add up (stocks) are rounded by themselves; ratios are not there."""
    tree = _tree(table)
    additive = [n for n in _counted(table) if all(row.live[n] for row in table.rows if row.adds and row.live)]
    sums = {n: parts for n, parts in _sums(table).items() if n in additive}
    parts = _parts(sums, additive)
    found: dict[tuple[int, int], int] = {}
    for group in [parts, *([n] for n in additive if n not in parts and n not in sums)]:
        found |= _balanced(table, tree, group, decimals)
    for n, terms in sums.items():
        found |= {(r, n): sum(sign * found[r, part] for sign, part in terms) for r in range(len(table.rows))}
    cells = tuple(
        tuple(_cell(table, r, c, found, decimals) for c in range(len(table.columns))) for r in range(len(table.rows))
    )
    made = Rounded(table, decimals, cells, frozenset())
    printed = {(r, c): cell for r, row in enumerate(cells) for c, cell in enumerate(row) if cell is not None}
    shifted = frozenset(at for at, cell in printed.items() if cell != made.alone(*at))
    return Rounded(table, decimals, cells, shifted)


def _cell(table: Table, r: int, c: int, found: Mapping[tuple[int, int], int], decimals: int) -> int | None:
    """What is printed of a cell; one that stands in no sum is rounded by itself."""
    row = table.rows[r]
    if row.kind == "heading" or table.columns[c].ratio or not row.answers[c].some:
        return None
    return found.get((r, c), half_up(_exact(table, r, c, decimals)))


def _exact(table: Table, r: int, c: int, decimals: int) -> Fraction:
    """A cell in steps of the last printed digit of 万; 0 where there is no number."""
    row = table.rows[r]
    answer, quantity = row.answers[c], table.quantity(row, c)
    if not answer.some:
        return Fraction(0)
    return Fraction(answer.steps * 10**decimals, 10**quantity.decimals * TEN_THOUSAND)


def _balanced(table: Table, tree: Tree, columns: Sequence[int], decimals: int) -> dict[tuple[int, int], int]:
    if not columns:
        return {}
    rows = list(tree.above)
    cells = [[_exact(table, r, c, decimals) for c in columns] for r in range(len(table.rows))]
    made = balanced(cells, tree, rows)
    return {(r, c): made[n][k] for n, r in enumerate(rows) for k, c in enumerate(columns)}


def _tree(table: Table) -> Tree:
    """Each row below the smallest sum that it is in: a month in its quarter, a quarter in the year."""
    within = {n: set(_below(table, n)) for n in range(len(table.rows))}
    above: dict[int, int | None] = {}
    for n, items in within.items():
        higher = [m for m, own in within.items() if m != n and items < own]
        above[n] = min(higher, key=lambda m: len(within[m]), default=None)
    return Tree(above)


def _below(table: Table, n: int) -> Iterator[int]:
    """The rows that are no sums and make up a row."""
    row = table.rows[n]
    if not row.adds:
        yield n
    for m in row.adds:
        yield from _below(table, m)


def _counted(table: Table) -> list[int]:
    return [n for n, column in enumerate(table.columns) if not column.ratio]


def _sums(table: Table) -> dict[int, list[tuple[int, int]]]:
    """The columns that are sums and differences of other columns of the same unit, as (1 or -1, column) each."""
    single = {c.linear.terms[0][1]: n for n, c in enumerate(table.columns) if c.linear and _is_single(c.linear)}
    return {n: terms for n, column in enumerate(table.columns) if (terms := _terms(table, column, single))}


def _terms(table: Table, column: TableColumn, single: Mapping[Ref, int]) -> list[tuple[int, int]]:
    linear = column.linear
    if linear is None or _is_single(linear) or linear.constant or any(ref not in single for ref in linear.refs):
        return []
    terms = [(times, single[ref]) for times, ref in linear.terms]
    alike = all(abs(times) == 1 and table.columns[n].quantity == column.quantity for times, n in terms)
    return terms if alike else []


def _is_single(linear: Linear) -> bool:
    return len(linear.terms) == 1 and linear.terms[0][0] == 1 and not linear.constant


def _parts(sums: Mapping[int, list[tuple[int, int]]], additive: Sequence[int]) -> list[int]:
    """The columns that are balanced across too: the parts of the widest sum without differences."""
    plain = [[n for _, n in terms] for terms in sums.values() if all(sign == 1 for sign, _ in terms)]
    widest = max(plain, key=len, default=[])
    return widest if set(widest) <= set(additive) else []
