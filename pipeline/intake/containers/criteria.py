"""Whether the condition of a format holds for a cell, as spreadsheets work it out where it is plain; else it may.

An empty cell is 0 beside a number and "" beside a text; texts are alike whether in great letters or small.
"""

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NamedTuple, TypeVar

from xlsxwriter.utility import xl_cell_to_rowcol

_VALUE = r'(?:\$?[A-Z]{1,3}\$?\d+|-?\d+(?:\.\d+)?|"[^"]*")'
_COMPARED = re.compile(rf"({_VALUE})\s*(<=|>=|<>|=|<|>)\s*({_VALUE})")
_JOINED = re.compile(r"(AND|OR|NOT)\((.*)\)")
_ARGUMENTS = re.compile(r'(?:"[^"]*"|[^"(),;])+')
_REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
_MEETS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
SIGNS = {
    "equal": "=", "notEqual": "<>", "lessThan": "<", "greaterThan": ">",
    "lessThanOrEqual": "<=", "greaterThanOrEqual": ">=",
}  # fmt: skip
_BY_KIND = {"containsBlanks": False, "notContainsBlanks": True, "containsErrors": False, "notContainsErrors": True}
_CONSTANT = {"TRUE": True, "TRUE()": True, "FALSE": False, "FALSE()": False}
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001  # days of a sheet have no zone

Spot = tuple[int, int]
Area = tuple[Spot, Spot]


class Empty(Enum):
    """What is in a cell without content."""

    EMPTY = ""


EMPTY = Empty.EMPTY
Value = float | str | Empty | None  # None: nobody knows
Cells = Callable[[Spot], Value]
Term = Callable[[Spot, Cells], Value]
Holds = Callable[[Spot, Cells], bool | None]
_Told = TypeVar("_Told")


def value_of(raw: object) -> Value:
    """What a condition takes for the content of a cell as it was read; None where that is not plain."""
    if isinstance(raw, float):
        return raw
    if isinstance(raw, str):
        return raw or EMPTY
    if isinstance(raw, date):
        moment = raw if isinstance(raw, datetime) else datetime(raw.year, raw.month, raw.day)  # noqa: DTZ001
        return (moment - _FIRST_DAY) / timedelta(days=1)
    return None


class Criterion(NamedTuple):
    """A condition: of what kind, its formulas, and the areas of cells that it is for."""

    kind: str
    operator: str
    formulas: tuple[str, ...]
    areas: tuple[Area, ...]

    def test(self) -> Holds:
        """What says whether it holds for a cell; None where that is not plain."""
        if self.kind in _BY_KIND:
            return _always(_BY_KIND[self.kind])
        formulas = [formula.strip() for formula in self.formulas]
        base = self._base
        if self.kind == "expression" and formulas:
            return _formula(formulas[0], base)
        against = [_term(formula, base) for formula in formulas]
        if self.kind != "cellIs" or not against:
            return _always(None)
        if self.operator in {"between", "notBetween"}:
            return _between(against, inside=self.operator == "between")
        sign = SIGNS.get(self.operator, "")
        return lambda spot, cells: _compared(cells(spot), sign, against[0](spot, cells))

    @property
    def _base(self) -> Spot | None:
        """The cell that references are written for; None where programs differ in which it is."""
        corner = min(area[0][0] for area in self.areas), min(area[0][1] for area in self.areas)
        return corner if corner == self.areas[0][0] else None


def _always(value: _Told) -> Callable[[Spot, Cells], _Told]:
    def told(*_: object) -> _Told:
        return value

    return told


def _formula(formula: str, base: Spot | None) -> Holds:
    """A formula that is true or false."""
    constant = _CONSTANT.get(formula.upper())
    if constant is not None:
        return _always(constant)
    joined = _JOINED.fullmatch(formula.upper())
    if joined and "(" not in joined[2]:
        inner = _JOINED.fullmatch(formula) or joined
        return _joined(joined[1], [_formula(one.strip(), base) for one in _ARGUMENTS.findall(inner[2])])
    compared = _COMPARED.fullmatch(formula.upper())
    if compared is None:
        alone = _term(formula, base)
        return lambda spot, cells: _truth(alone(spot, cells))
    before, after, sign = _term(compared[1], base), _term(compared[3], base), compared[2]
    return lambda spot, cells: _compared(before(spot, cells), sign, after(spot, cells), in_formula=True)


def _joined(how: str, parts: list[Holds]) -> Holds:
    """Several conditions in one; what is known of one part may be enough."""

    def holds(spot: Spot, cells: Cells) -> bool | None:
        told = {part(spot, cells) for part in parts}
        if how == "NOT":
            return None if len(parts) != 1 or None in told else told == {False}
        decisive = how == "OR"
        return decisive if decisive in told else None if None in told or not told else not decisive

    return holds


def _between(against: list[Term], *, inside: bool) -> Holds:
    def holds(spot: Spot, cells: Cells) -> bool | None:
        own, limits = cells(spot), [0.0 if one is EMPTY else one for one in (term(spot, cells) for term in against)]
        low, high = limits if len(limits) == 2 else (None, None)
        if not (isinstance(own, float) and isinstance(low, float) and isinstance(high, float)):
            return None
        return (min(low, high) <= own <= max(low, high)) == inside

    return holds


def _term(term: str, base: Spot | None) -> Term:
    """What a term stands for; a reference moves along with the cell."""
    found = _REFERENCE.fullmatch(term.upper())
    if found:
        row, column = xl_cell_to_rowcol(found[2] + found[4])
        return _reference((int(row), int(column)), (not found[3], not found[1]), base)
    return _always(_constant(term))


def _reference(at: Spot, moves: tuple[bool, bool], base: Spot | None) -> Term:
    if base is None and any(moves):
        return _always(None)
    down, right = (1 if one else 0 for one in moves)
    first = base or (0, 0)
    row, column = at[0] - down * first[0], at[1] - right * first[1]
    return lambda spot, cells: cells((row + down * spot[0], column + right * spot[1]))


def _constant(term: str) -> Value:
    if len(term) > 1 and term.startswith('"') and term.endswith('"'):
        return term[1:-1]
    try:
        return float(term)
    except ValueError:
        return None


def _truth(value: Value) -> bool | None:
    return False if value is EMPTY else bool(value) if isinstance(value, float) else None


def _compared(left: Value, sign: str, right: Value, *, in_formula: bool = False) -> bool | None:
    """Whether a comparison holds. In formulas every text comes behind all numbers; elsewhere programs differ."""
    if sign not in _MEETS:
        return None
    if left.__class__ is right.__class__ is float:
        return _MEETS[sign](left, right)  # as mostly, and quick
    if left is None or right is None:
        return None
    left, right = _beside(left, right), _beside(right, left)
    if isinstance(left, float) and isinstance(right, float):
        return _MEETS[sign](left, right)
    texts = isinstance(left, str), isinstance(right, str)
    if sign in {"=", "<>"}:
        alike = all(texts) and str(left).casefold() == str(right).casefold()
        return alike == (sign == "=")
    return _MEETS[sign](*texts) if in_formula and not all(texts) else None


def _beside(value: float | str | Empty, other: float | str | Empty) -> float | str:
    """A value as it is compared with another: an empty cell is of the kind of the other."""
    return ("" if isinstance(other, str) else 0.0) if isinstance(value, Empty) else value
