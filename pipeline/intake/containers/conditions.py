"""Formats on a condition in a sheet's XML, as far as by one of them a cell is struck out, hidden or shown otherwise.

Whether a condition holds is worked out where it is plain; where it is not, the cell is asked about.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Mark
from pipeline.intake.containers.cell_values import Values as CellValues
from pipeline.intake.containers.sheet_cells import Cell, Spot
from pipeline.intake.containers.styles import Change, Styles, change_of
from pipeline.intake.shown import look_of

_FORMATS = re.compile(rb"dxfId=[\"'](\d+)")
_OFF = {"0", "false"}
_VALUE = r'(?:\$?[A-Z]{1,3}\$?\d+|-?\d+(?:\.\d+)?|"[^"]*")'
_COMPARED = re.compile(rf"({_VALUE})\s*(<=|>=|<>|=|<|>)\s*({_VALUE})")
_REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
_MEETS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
    "equal": operator.eq, "notEqual": operator.ne, "lessThan": operator.lt, "greaterThan": operator.gt,
    "lessThanOrEqual": operator.le, "greaterThanOrEqual": operator.ge,
}  # fmt: skip
_BY_KIND = {"containsBlanks": False, "notContainsBlanks": True, "containsErrors": False, "notContainsErrors": True}
_WITH_VALUES = {"", "n", "inlineStr", "str", "s"}
_ALWAYS, _NEVER = {"TRUE", "TRUE()"}, {"FALSE", "FALSE()"}

Values = Mapping[Spot, float | str]
Area = tuple[Spot, Spot]


class Rule(NamedTuple):
    """A condition: of what kind, its formulas, the cells it is for, and what it changes (None: the value is hidden)."""

    kind: str
    operator: str
    formulas: tuple[str, ...]
    areas: tuple[Area, ...]
    change: Change | None

    def covers(self, spot: Spot) -> bool:
        """Whether it is for a cell."""
        row, column = spot
        for (top, left), (bottom, right) in self.areas:  # noqa: SIM110  # a loop is quick, and every cell comes here
            if top <= row <= bottom and left <= column <= right:
                return True
        return False


def are_telling(xml: bytes, start: int, styles: Styles) -> bool:
    """Whether behind ``start`` a sheet may have such formats; quickly seen, and mostly not."""
    if xml.find(b"showValue=", start) >= 0 or xml.find(b":dxf>", start) >= 0:
        return True
    return bool(styles.telling) and any(int(n) in styles.telling for n in set(_FORMATS.findall(xml, start)))


def marked_by(xml: bytes, cells: Sequence[Cell], about: CellValues) -> Iterator[tuple[Spot, Mark]]:
    """The cells that look otherwise by a condition, or may."""
    rules = list(_rules(ET.fromstring(_around(xml)), about.styles))  # noqa: S314  # no DTD, no entities
    values = {cell.spot: _typed(cell) for cell in cells if cell.text and cell.kind in _WITH_VALUES}
    for cell in cells:
        for rule in rules if cell.spot in values else ():
            met = (rule.change is None or meets(rule, cell.spot, values)) if rule.covers(cell.spot) else False
            looks = "" if met is False else _looks(rule.change, cell, about.styles, since_1904=about.since_1904)
            if looks:
                yield cell.spot, Mark("conditional", f"{'' if met else '可能'}{looks}")
                break


def _around(xml: bytes) -> bytes:
    """A sheet without its rows, for there is no condition among them."""
    first, last = xml.find(b"sheetData"), xml.rfind(b"sheetData>")
    begin, end = xml.rfind(b"<", 0, max(first, 0)), xml.find(b">", last) + 1
    plain = 0 < begin < last and b"<!--" not in xml and b"<![CDATA[" not in xml
    return xml[:begin] + xml[end:] if plain else xml


def _rules(sheet: ET.Element, styles: Styles) -> Iterator[Rule]:
    for block in sheet.iter():
        if _local(block) != "conditionalFormatting":
            continue
        told = block.get("sqref") or next((part.text or "" for part in block if _local(part) == "sqref"), "")
        areas = tuple(map(_area, told.split()))
        for rule in (part for part in block if _local(part) == "cfRule"):
            parts = {_local(part): part for part in rule}
            number, own = rule.get("dxfId", ""), parts.get("dxf")
            shown = [part.get("showValue", "1") for part in rule if _local(part) in {"dataBar", "iconSet"}]
            formulas = tuple((part.text or "").strip() for part in rule if _local(part) in {"formula", "f"})
            change = change_of(own) if own is not None else None
            if number.isdigit() and int(number) < len(styles.changes):
                change = styles.changes[int(number)]
            if change or not _OFF.isdisjoint(shown):
                yield Rule(rule.get("type", ""), rule.get("operator", ""), formulas, areas, change)


def _looks(change: Change | None, cell: Cell, styles: Styles, *, since_1904: bool) -> str:
    """How a cell looks by a condition, as a clause; "" where it looks as it is."""
    if change is None:
        return "只显示图标，不显示里面的数"
    if change.struck:
        return "加了删除线"
    own = styles.colours[int(cell.style)] if int(cell.style) < len(styles.colours) else ("windowText", "window")
    ink, ground = change.ink or own[0], change.ground or own[1]
    if ink and ink == ground:
        return "和底色一样，看不见"
    typed = _typed(cell)
    if change.code and isinstance(typed, float):
        mark = look_of(typed, change.code, since_1904=since_1904).mark
        return f"显示成“{mark.shown}”" if mark else ""
    return ""


def meets(rule: Rule, spot: Spot, values: Values) -> bool | None:
    """Whether a condition holds for a cell; None where that is not plain."""
    if rule.kind in _BY_KIND:
        return _BY_KIND[rule.kind]
    first = min(area[0] for area in rule.areas)
    if rule.kind == "expression" and rule.formulas:
        return _true(rule.formulas[0].upper().strip(), spot, first, values)
    if rule.kind != "cellIs":
        return None
    own, against = values[spot], [_value(one, spot, first, values) for one in rule.formulas]
    if not isinstance(own, float) or not all(isinstance(one, float) for one in against):
        return None
    limits = [one for one in against if isinstance(one, float)]
    if rule.operator in {"between", "notBetween"} and len(limits) == 2:
        return (min(limits) <= own <= max(limits)) == (rule.operator == "between")
    return _MEETS[rule.operator](own, limits[0]) if rule.operator in _MEETS and limits else None


def _true(formula: str, spot: Spot, first: Spot, values: Values) -> bool | None:
    """Whether a formula is true for a cell."""
    if formula in _ALWAYS or formula in _NEVER:
        return formula in _ALWAYS
    compared = _compared(formula)
    if compared is None:
        alone = _value(formula, spot, first, values)
        return bool(alone) if isinstance(alone, float) else None
    before, sign, after = compared
    left, right = _value(before, spot, first, values), _value(after, spot, first, values)
    if isinstance(left, float) and isinstance(right, float):
        return _MEETS[sign](left, right)
    if sign in {"=", "<>"} and left is not None and right is not None:
        return (left == right) == (sign == "=")
    return None


def _value(term: str, spot: Spot, first: Spot, values: Values) -> float | str | None:
    """What a term stands for, a reference moved along with the cell; an empty cell is ""; None for a formula."""
    found = _reference(term)
    if found:
        row, fixed, column, kept = found
        at = row if fixed else row + spot[0] - first[0], column if kept else column + spot[1] - first[1]
        return values.get(at, "")
    if term.startswith('"') and term.endswith('"'):
        return term[1:-1]
    try:
        return float(term)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _compared(formula: str) -> tuple[str, str, str] | None:
    """A comparison by its sides and its sign."""
    found = _COMPARED.fullmatch(formula)
    return (found[1], found[2], found[3]) if found else None


@lru_cache(maxsize=1024)
def _reference(term: str) -> tuple[int, bool, int, bool] | None:
    """The row and the column of a reference, each with whether it stays where it is; None where it is none."""
    found = _REFERENCE.fullmatch(term)
    if not found:
        return None
    row, column = xl_cell_to_rowcol(found[2] + found[4])
    return int(row), bool(found[3]), int(column), bool(found[1])


def _typed(cell: Cell) -> float | str:
    try:
        return float(cell.text) if cell.kind in {"", "n"} else cell.text
    except ValueError:
        return cell.text


def _area(told: str) -> Area:
    """A range by its first and last cell; a whole column or row reaches to the end."""
    first, _, last = told.replace("$", "").partition(":")
    return xl_cell_to_rowcol(first), xl_cell_to_rowcol(last or first)


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]
