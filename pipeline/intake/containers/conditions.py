"""Formats on a condition in a sheet's XML, as far as by one of them a cell is struck out, hidden or shown otherwise.

Whether a condition holds is worked out where it is plain; where not, or there are too many, the cell is asked about.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Mark
from pipeline.intake.bounds import MOST_COLUMNS, MOST_ROWS
from pipeline.intake.containers.criteria import EMPTY, Area, Criterion, Spot, Value, value_of
from pipeline.intake.containers.filled import Filled
from pipeline.intake.containers.styles import Change, Styles, change_of
from pipeline.intake.letters import BLACK, WHITE
from pipeline.intake.shown import look_of

_END = re.compile(r"([A-Z]{1,3})?(\d{1,7})?")
_FORMATS = re.compile(rb"dxfId=[\"'](\d+)")
_OFF = {"0", "false"}


class Rule(NamedTuple):
    """A condition, and what it changes (None: the value is hidden)."""

    criterion: Criterion
    change: Change | None


@dataclass(frozen=True)
class Contents:
    """The cells of a sheet: their values from A1 on, those of which the value is not known, and what tells styles."""

    values: Sequence[Sequence[object]]
    unknown: frozenset[Spot]
    told: Callable[[], Mapping[Spot, str]]

    @cached_property
    def styles(self) -> Mapping[Spot, str]:
        """The style of every cell, by row and column."""
        return self.told()

    def __call__(self, spot: Spot) -> Value:
        """What a condition takes for the content of a cell."""
        row, column = spot
        if not (0 <= row < len(self.values) and 0 <= column < len(self.values[row])):
            return EMPTY
        raw = self.values[row][column]
        if raw.__class__ is float:
            return raw  # most are, and every cell comes here
        return None if spot in self.unknown else value_of(raw)


def are_telling(xml: bytes, start: int, styles: Styles) -> bool:
    """Whether behind ``start`` a sheet may have such formats; quickly seen, and mostly not."""
    if xml.find(b"showValue=", start) >= 0 or xml.find(b":dxf>", start) >= 0:
        return True
    return bool(styles.telling) and any(int(n) in styles.telling for n in set(_FORMATS.findall(xml, start)))


def marked_by(xml: bytes, contents: Contents, styles: Styles, *, since_1904: bool) -> Iterator[tuple[Spot, Mark]]:
    """The cells that look otherwise by a condition, or may."""
    filled = Filled.of_rows(contents.values)
    for rule in _rules(ET.fromstring(_around(xml)), styles):  # noqa: S314  # no DTD, no entities
        holds, looks = rule.criterion.test(), _Looks(rule.change, contents, styles, since_1904)
        for spot in filled.under(rule.criterion.areas):
            met = rule.change is None or filled.meets(holds, spot, contents)
            told = "" if met is False else looks.of(spot)
            if told:
                filled.leave_out(spot)
                yield spot, Mark("conditional", f"{'' if met else '可能'}{told}")


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
        for rule in (part for part in block if _local(part) == "cfRule" and areas):
            parts = {_local(part): part for part in rule}
            number, own = rule.get("dxfId", ""), parts.get("dxf")
            shown = [part.get("showValue", "1") for part in rule if _local(part) in {"dataBar", "iconSet"}]
            formulas = tuple((part.text or "").strip() for part in rule if _local(part) in {"formula", "f"})
            change = change_of(own, styles.palette) if own is not None else None
            if number.isdigit() and int(number) < len(styles.changes):
                change = styles.changes[int(number)]
            if change or not _OFF.isdisjoint(shown):
                yield Rule(Criterion(rule.get("type", ""), rule.get("operator", ""), formulas, areas), change)


class _Looks:
    """How cells look by a change, as a clause; "" where a cell looks as it is."""

    def __init__(self, change: Change | None, contents: Contents, styles: Styles, since_1904: bool) -> None:
        self.change, self.contents, self.styles, self.since_1904 = change, contents, styles, since_1904
        self.of_style = lru_cache(maxsize=1024)(self._of_style)

    def of(self, spot: Spot) -> str:
        """How a cell looks."""
        if self.change and self.change.struck:
            return self.of_style("0")
        told = self.of_style(self.contents.styles.get(spot, "0"))
        number = self.contents(spot) if self.change and self.change.code and not told else None
        if self.change and isinstance(number, float):
            mark = look_of(number, self.change.code, since_1904=self.since_1904).mark
            return f"显示成“{mark.shown}”" if mark else ""
        return told

    def _of_style(self, style: str) -> str:
        """How every cell of a style looks, whatever it holds."""
        if self.change is None:
            return "只显示图标，不显示里面的数"
        colours = self.styles.colours
        return self.change.looks(*(colours[int(style)] if int(style) < len(colours) else (BLACK, WHITE)))


def _area(told: str) -> Area:
    """A range by its first and last cell; a whole column or row (D:D, 9:9) reaches to the end."""
    ends = [_END.fullmatch(end) for end in told.replace("$", "").split(":")]
    first, last = ends[0], ends[-1]
    if first is None or last is None:
        return (0, 0), (MOST_ROWS, MOST_COLUMNS)
    return _spot(first, "A", 1), _spot(last, "XFD", 1 << 20)


def _spot(end: re.Match[str], column: str, row: int) -> Spot:
    at = xl_cell_to_rowcol(f"{end[1] or column}{end[2] or row}")
    return int(at[0]), int(at[1])


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]
