"""The totals of a forwarded workbook, counted again from its machine sheet and held against what is printed."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from pipeline.values.forwarded import Part, Total
from pipeline.values.machine import MACHINE, MONTH

Grid = Sequence[Sequence[Any]]  # the cells of a sheet from A1 on


def differing(totals: Sequence[Total], sheets: Mapping[str, Grid]) -> Iterator[tuple[Total, str]]:
    """The totals that the machine sheet, or the printed cell, has otherwise than the manifest, with what it has.

    Raises ValueError, IndexError, KeyError or ArithmeticError where the sheets are not what the manifest speaks of.
    """
    numbers = _Numbers(sheets[MACHINE])
    for total in totals:
        again, value, printed = numbers.sum(total), Fraction(total.value), _cell(sheets[total.sheet], total.cell)
        where = f"“{total.sheet}”{total.cell}（{total.name}）"
        if again != value:
            yield total, f"{where}上报 {total.value}，由“{MACHINE}”重算是 {_told(again)}。"
        if printed != value:
            yield total, f"{where}上报 {total.value}，表里印的是 {_told(printed)}。"


class _Numbers:
    """The numbers of the machine sheet, by edition, table and period, a row a unit."""

    def __init__(self, rows: Grid) -> None:
        self.heads, *body = [list(row) for row in rows]
        at = {name: self.heads.index(name) for name in ("edition", "period", "unit", "table", "measure")}
        self.rows: dict[tuple[str, str, str], list[tuple[str, list[Any]]]] = {}
        for row in body:
            if len(row) > at["measure"] and row[at["measure"]] == MONTH:
                key = (row[at["edition"]], row[at["table"]], row[at["period"]])
                self.rows.setdefault(key, []).append((row[at["unit"]], row))

    def sum(self, total: Total) -> Fraction:
        """What a total comes to."""
        return Fraction(total.plus) + sum(map(self._part, total.of))

    def _part(self, part: Part) -> Fraction:
        column, found = self.heads.index(part.column), Fraction(0)
        for place in part.at:
            period, _, only = place.partition("/")
            for unit, row in self.rows.get((part.edition, part.table, period), ()):
                if unit == only or not only:
                    found += _number(row[column]) if column < len(row) else 0
        return found * Fraction(part.times)


def _number(cell: Any) -> Fraction:
    """A number as it is printed: decimals, not what binary makes of them."""
    return Fraction(str(cell)) if isinstance(cell, int | float) else Fraction(0)


def _cell(rows: Grid, address: str) -> Fraction | None:
    from openpyxl.utils import coordinate_to_tuple

    row, column = coordinate_to_tuple(address)
    value = rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""
    return _number(value) if isinstance(value, int | float) else None


def _told(value: Fraction | None) -> str:
    return "空白或文字" if value is None else str(float(value)) if value.denominator != 1 else str(value.numerator)
