"""An .ods of LibreOffice, or its flat form (.fods): one walk gives values, names, comments, and how the cells look.

What a cell shows is kept beside its value, and believed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Book, Comment, Drawing, Hidden, Mark, Position, Unreadable
from pipeline.intake.bounds import MOST_COLUMNS, MOST_ROWS, check_sheets, check_size, open_zip, without_dtd
from pipeline.intake.containers.ods_around import Condition, conditions_of, drawings_of, hides_noughts, marked_by
from pipeline.intake.containers.ods_styles import Style, Styles, get, local
from pipeline.intake.containers.sniff import FOREIGN
from pipeline.intake.shown import reads_as, repeated
from pipeline.values.numerals import visible

_MANIFEST = "META-INF/manifest.xml"
_CELLS = {"table-cell", "covered-table-cell"}
_GROUPS = {"table-row-group", "table-column-group"}
_TARGET = re.compile(r"^\$?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^.']+))\.\$?(?P<cell>[A-Z]{1,3}\$?\d+)$")
_CLOCK = re.compile(r"PT(\d+)H(\d+)M(\d+)")
_BLANKS = {"s": " ", "tab": "\t", "line-break": "\n"}
_NUMBERS = {"float", "currency", "percentage"}

Spot = tuple[int, int]


@dataclass
class Sheet:
    """A sheet while it is read: values by row and column, and where the next cell stands."""

    name: str
    styles: Styles
    whole: bool = False
    values: dict[Spot, object] = field(default_factory=dict)
    marks: dict[Spot, Mark] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    columns: list[str] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    looks: dict[Spot, str] = field(default_factory=dict)
    folded: int = 0  # groups of rows or columns around that are folded away
    row: int = 0

    def take_columns(self, column: ET.Element) -> None:
        """Enter the style of a column, as often as it is repeated."""
        first, times = len(self.columns), min(int(get(column, "number-columns-repeated", "1")), MOST_COLUMNS)
        self.columns += [get(column, "default-cell-style-name")] * times
        if self._is_hidden(column):
            self.hidden_columns |= set(range(first, first + times))

    def take(self, row: ET.Element) -> None:
        """Enter a row, as often as it is repeated; empty ones only move on."""
        times = int(get(row, "number-rows-repeated", "1"))
        placed = list(self._placed(row))
        if self._is_hidden(row):
            self.hidden_rows |= set(range(self.row, min(self.row + times, MOST_ROWS)))
        for down in range(times if placed else 0):
            check_size(self.name, self.row + down + 1, max(column for column, *_ in placed) + 1)
            for column, value, mark, style in placed:
                self.values[self.row + down, column] = value
                self.looks[self.row + down, column] = style
                if mark:
                    self.marks[self.row + down, column] = mark
        self.row += times

    def _is_hidden(self, element: ET.Element) -> bool:
        """Whether a row or a column is not shown, folded away, or too small."""
        little = self.styles.named.get(get(element, "style-name"), Style()).hidden
        return self.folded > 0 or little or get(element, "visibility", "visible") != "visible"

    def rows(self) -> list[list[object]]:
        """The values from A1 on."""
        tall = max((row for row, _ in self.values), default=-1) + 1
        wide = max((column for _, column in self.values), default=-1) + 1
        check_size(self.name, tall, wide)
        return [[self.values.get((row, column), "") for column in range(wide)] for row in range(tall)]

    def _placed(self, row: ET.Element) -> Iterator[tuple[int, object, Mark | None, str]]:
        """The cells of a row that hold something, with their columns and styles."""
        column, named = 0, ""
        for cell in (cell for cell in row if local(cell) in _CELLS):
            value, mark = _value(cell)
            times = int(get(cell, "number-columns-repeated", "1"))
            self._note(cell, column)
            self.drawings += drawings_of(self.name, cell, (self.row, column))
            if visible(value) if isinstance(value, str) else True:
                named = get(cell, "style-name") or get(row, "default-cell-style-name") or self._column(column)
                mark = self._look(cell, named, value, mark)
            if (value != "" and visible(str(value))) or mark:
                check_size(self.name, 1, column + times)
                yield from ((column + right, value, mark, named) for right in range(times))
            column += times

    def take_around(self, event: str, element: ET.Element) -> None:
        """Enter what stands around the rows, or begins and ends a group of them."""
        name = local(element)
        if name in _GROUPS and get(element, "display") == "false":
            self.folded += 1 if event == "start" else -1
        elif (event, name) == ("end", "shapes"):
            self.drawings += drawings_of(self.name, element)
        elif (event, name) == ("end", "conditional-format"):
            self.conditions += conditions_of(element)

    def judge_conditions(self) -> None:
        """Mark what looks otherwise by a condition."""
        for spot, mark in marked_by(self.conditions, self.values, self.looks, self.styles) if self.conditions else ():
            self.marks.setdefault(spot, mark)

    def _look(self, cell: ET.Element, style: str, value: object, mark: Mark | None) -> Mark | None:
        """The mark of a cell that holds something."""
        if any(local(part) == "span" and self.styles.is_odd(get(part, "style-name")) for part in _parts(cell)):
            return Mark("formatted", "")
        if mark and mark.kind in {"error", "covered"}:
            return mark
        again = repeated(value) if isinstance(value, float) and self.styles.repeats(style) else mark
        return self.styles.mark(style) or again

    def _column(self, column: int) -> str:
        return self.columns[column] if column < len(self.columns) else ""

    def _note(self, cell: ET.Element, column: int) -> None:
        for note in (part for part in cell if local(part) == "annotation"):
            text = "\n".join("".join(_said(part)) for part in note if local(part) == "p")
            if text.strip():
                self.comments.append(Comment((self.name, self.row, column), text.strip()))


def read_ods(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable where it is beyond bounds; any other exception means damage."""
    with open_zip(data) as archive:
        if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
            raise Unreadable("加了打开密码", FOREIGN)
        common = archive.read("styles.xml") if "styles.xml" in archive.namelist() else b""
        settings = archive.read("settings.xml") if "settings.xml" in archive.namelist() else b""
        return _read([without_dtd(common), without_dtd(archive.read("content.xml"))], settings)


def read_fods(data: bytes) -> Book:
    """The flat workbook in ``data``, all of it one XML. Raises as read_ods."""
    return _read([without_dtd(data)], data)


def _read(parts: list[bytes], settings: bytes) -> Book:
    """The workbook in these parts, the styles that all share first."""
    styles, sheets = Styles(), list[Sheet]()
    names: dict[str, Position] = {}
    for event, element in (one for xml in parts if xml for one in _events(xml)):
        name = local(element)
        if (event, name) == ("start", "table"):
            hidden = styles.named.get(get(element, "style-name"), Style()).hidden
            sheets.append(Sheet(get(element, "name"), styles, hidden))
            check_sheets(len(sheets))
        elif (event, name) == ("end", "table-column") and sheets:
            sheets[-1].take_columns(element)
        elif (event, name) == ("end", "table-row") and sheets:
            sheets[-1].take(element)
            element.clear()
        elif event == "end" and name in {"style", "default-style"}:
            styles.enter(element)
        elif (event, name) == ("end", "named-range"):
            at = _target(get(element, "cell-range-address"))
            names |= {get(element, "name"): at} if at else {}
        elif sheets:
            sheets[-1].take_around(event, element)
    for sheet in sheets:
        sheet.judge_conditions()
    noughts = frozenset(sheet.name for sheet in sheets) if hides_noughts(settings) else frozenset()
    drawings = tuple(drawing for sheet in sheets for drawing in sheet.drawings)
    marks = {(sheet.name, *spot): mark for sheet in sheets for spot, mark in sheet.marks.items()}
    unseen = {s.name: Hidden(frozenset(s.hidden_rows), frozenset(s.hidden_columns), s.whole) for s in sheets}
    comments = tuple(comment for sheet in sheets for comment in sheet.comments)
    grids = {sheet.name: sheet.rows() for sheet in sheets}
    return Book(grids, names, marks, hidden=unseen, comments=comments, without_zeros=noughts, drawings=drawings)


def _events(xml: bytes) -> Iterator[tuple[str, ET.Element]]:
    """The elements of a part as they begin and end, but for charts, which have tables and styles of their own."""
    within = 0
    for event, element in ET.iterparse(BytesIO(xml), ("start", "end")):  # noqa: S314  # no DTD, no entities
        if local(element) == "object":
            within += 1 if event == "start" else -1
        if not within:
            yield event, element


def _value(cell: ET.Element) -> tuple[object, Mark | None]:
    kind, text = get(cell, "value-type"), "\n".join("".join(_said(p)) for p in cell if local(p) == "p")
    covered = Mark("covered", "") if local(cell) == "covered-table-cell" and text else None
    if _is_error(cell, text):
        return "", Mark("error", text)
    if kind in _NUMBERS:
        number = float(get(cell, "value"))
        return number, covered or _shown(number, kind, text)
    if kind == "date":
        return date.fromisoformat(get(cell, "date-value")[:10]), covered
    if kind == "time" and (found := _CLOCK.match(get(cell, "time-value"))):
        return timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=int(found[3])), covered
    if kind == "boolean":
        return get(cell, "boolean-value") == "true", covered
    told = get(cell, "string-value")
    return (told, Mark("shown", text.strip())) if told and told.strip() != text.strip() else (text, covered)


def _shown(number: float, kind: str, text: str) -> Mark | None:
    """The mark of a number that is shown otherwise than it is kept; its line may say that it is the same."""
    if kind == "percentage":
        return Mark("percent", text)
    return None if reads_as(text, number, "") else Mark("shown", text.strip())


def _parts(cell: ET.Element) -> Iterator[ET.Element]:
    """The parts of a cell's text; a comment is none."""
    for part in cell:
        if local(part) != "annotation":
            yield part
            yield from _parts(part)


def _said(part: ET.Element) -> Iterator[str]:
    """The text of a paragraph; white space beyond one blank is written as elements."""
    yield _BLANKS.get(local(part), "") + (part.text or "")
    for child in part:
        yield from _said(child)
        yield child.tail or ""


def _is_error(cell: ET.Element, text: str) -> bool:
    types = (value for key, value in cell.items() if key.endswith("}value-type"))
    return "error" in types or (bool(get(cell, "formula")) and text.startswith(("#", "Err:")))


def _target(address: str) -> Position | None:
    found = _TARGET.match(address)
    if not found:
        return None
    row, column = xl_cell_to_rowcol(found["cell"].replace("$", ""))
    return (found["quoted"] or found["plain"]).replace("''", "'"), row, column
