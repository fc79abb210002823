"""What stands around the numbers of an .ods: formats on a condition, what is drawn over cells, noughts not shown."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Drawing, Mark
from pipeline.intake.containers.criteria import EMPTY, Area, Criterion, Value, value_of
from pipeline.intake.containers.filled import Filled
from pipeline.intake.containers.ods_styles import Styles, get, local
from pipeline.intake.containers.styles import BLENDED, REFORMATTED

_DRAWN = "drawing:1.0}"
_CHART = "图表"
_WHAT = {
    "line": "线条",
    "connector": "线条",
    "g": "图形",
    "image": "图片",
    "object": _CHART,
    "text-box": "文本框或图形",
}
_WIDE, _HIGH = 2.26, 0.45  # centimetres of an ordinary column and row
_CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}
_LENGTH = re.compile(r"(-?[\d.]+)(cm|mm|in|pt)")
_CELL = re.compile(r"\.(\$?[A-Z]{1,3}\$?\d+)$")
_REFERENCE = re.compile(r"\[[^\].]*\.(\$?[A-Z]{1,3}\$?\d+)\]")
_COMPARED = re.compile(r"(<=|>=|!=|=|<|>)(.+)")
_BETWEEN = re.compile(r"(not-)?between\((.+),(.+)\)")
_OPERATORS = {
    "=": "equal", "!=": "notEqual", "<": "lessThan", ">": "greaterThan",
    "<=": "lessThanOrEqual", ">=": "greaterThanOrEqual",
}  # fmt: skip
_HOW = {"struck": "加了删除线", "unseen": BLENDED, "shown": REFORMATTED}
_NOUGHTS = re.compile(rb'config:name="ShowZeroValues"[^>]*>\s*false')

Spot = tuple[int, int]


class Condition(NamedTuple):
    """A condition, and the style that a cell takes by it; "" where its value is hidden."""

    criterion: Criterion
    style: str


def hides_noughts(settings: bytes) -> bool:
    """Whether the workbook is set to show no 0."""
    return _NOUGHTS.search(settings) is not None


def conditions_of(element: ET.Element) -> Iterator[Condition]:
    """The conditions of a block, each for all cells of the block."""
    areas = tuple(filter(None, map(_area, _told(element, "target-range-address").split())))
    for told in element if areas else ():
        if local(told) == "condition":
            yield Condition(_rule(_told(told, "value"), areas), _told(told, "apply-style-name"))
        elif local(told) in {"icon-set", "data-bar"} and _told(told, "show-value") == "false":
            yield Condition(Criterion("", "", (), areas), "")


def marked_by(
    conditions: list[Condition], values: Mapping[Spot, object], own: Mapping[Spot, str], styles: Styles
) -> Iterator[tuple[Spot, Mark]]:
    """The cells that look otherwise by a condition, or may; ``own`` are the styles of the cells."""
    filled = Filled.of_cells(values)
    known = {spot: None if value == "" else value_of(value) for spot, value in values.items()}  # "" is an error

    def cells(at: Spot) -> Value:
        return known.get(at, EMPTY)

    for criterion, style in conditions:
        holds = criterion.test()
        for spot in filled.under(criterion.areas):
            met = not style or filled.meets(holds, spot, cells)
            looks = "" if met is False else _looks(style, own.get(spot, ""), styles)
            if looks:
                filled.leave_out(spot)
                yield spot, Mark("conditional", f"{'' if met else '可能'}{looks}")


def drawings_of(sheet: str, parent: ET.Element, at: Spot | None = None) -> Iterator[Drawing]:
    """What is drawn in a cell, or (without one) on a page, which is told by its place in centimetres alone."""
    for shape in parent:
        if _DRAWN in shape.tag:
            first = at or (int(_length(shape, "y") / _HIGH), int(_length(shape, "x") / _WIDE))
            told = _CELL.search(get(shape, "end-cell-address"))
            last = _spot(told[1]) if told else _last(shape, first)
            kinds = [local(part) for part in shape.iter()]
            what = next((_WHAT[kind] for kind in kinds if kind in _WHAT), "文本框或图形")
            text = " ".join(" ".join(part.itertext()) for part in shape.iter() if local(part) == "p")
            yield Drawing(sheet, first, last, what, "" if what == _CHART else " ".join(text.split()))


def _looks(style: str, own: str, styles: Styles) -> str:
    """How a cell looks by a condition, as a clause; "" where it looks as it is."""
    if not style:
        return "只显示图标，不显示里面的数"
    mark = styles.mark_by(style, own)
    return _HOW[mark.kind] if mark else ""


def _rule(told: str, areas: tuple[Area, ...]) -> Criterion:
    """A condition as it is written ("formula-is([.D9]>10)", ">10", "between(1,5)"); of no kind where it is another."""
    if told.startswith("formula-is(") and told.endswith(")"):
        formula = _REFERENCE.sub(r"\1", told[len("formula-is(") : -1])
        return Criterion("expression", "", ({"1": "TRUE", "0": "FALSE"}.get(formula, formula),), areas)
    if between := _BETWEEN.fullmatch(told):
        return Criterion("cellIs", "notBetween" if between[1] else "between", (between[2], between[3]), areas)
    if compared := _COMPARED.fullmatch(told):
        return Criterion("cellIs", _OPERATORS[compared[1]], (_REFERENCE.sub(r"\1", compared[2]),), areas)
    return Criterion("?", "", (), areas)


def _told(element: ET.Element, name: str) -> str:
    """An attribute of LibreOffice's own."""
    return next((value for key, value in element.items() if key.endswith(f"}}{name}")), "")


def _area(told: str) -> Area | None:
    ends = [_CELL.search(one) for one in told.split(":")]
    spots = [_spot(end[1]) for end in ends if end]
    return (spots[0], spots[-1]) if spots else None


def _spot(cell: str) -> Spot:
    row, column = xl_cell_to_rowcol(cell.replace("$", ""))
    return int(row), int(column)


def _last(shape: ET.Element, first: Spot) -> Spot:
    """The last cell under a drawing of which only the size is told."""
    down, right = int(_length(shape, "height") / _HIGH), int(_length(shape, "width") / _WIDE)
    return first[0] + max(0, down - 1), first[1] + max(0, right - 1)


def _length(shape: ET.Element, name: str) -> float:
    found = _LENGTH.match(get(shape, name))
    return float(found[1]) * _CENTIMETRES[found[2]] if found else 0.0
