"""Tables of a web page, as web systems export them under the name .xls.

A cell says what is seen of it. A number is adopted only from a cell that is plain text: where anything in it is hidden,
struck out, raised or a control, it is marked, so that it is asked about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.intake.book import Book, Hidden, Mark, Position, Unreadable
from pipeline.intake.bounds import BEYOND, MOST_CELLS, check_sheets, check_size
from pipeline.intake.containers.decode import decoded
from pipeline.intake.containers.page_letters import blend_in
from pipeline.intake.containers.page_numbers import formatted, keeps_another
from pipeline.intake.containers.page_style import PageStyle, strikes
from pipeline.values.numerals import visible

MOST_SPAN = 1000
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")  # of an encoding, which is known by now
_SPAN = re.compile(r"\s*(\d{1,6})")
_UNSEEN = {"script", "style", "template", "head", "noscript", "datalist"}
_LINES = {"br", "p", "div", "li", "tr", "hr"}
_PLAIN = {
    "td", "th", "font", "span", "b", "strong", "i", "em", "u", "ins", "p", "div", "br", "wbr", "nobr", "a", "center",
    "small", "big", "tt", "code", "label", "o:p", "hr", "abbr", "cite", "dfn", "kbd", "samp", "var", "time",
    "data", "bdi",
}  # fmt: skip
_STRUCK = {"s", "strike", "del", "sup", "sub"}
_CONTROLS = {
    "input",
    "select",
    "textarea",
    "button",
    "img",
    "svg",
    "object",
    "embed",
    "iframe",
    "canvas",
    "meter",
    "progress",
}

Rows = list[list[object]]


def read_web(data: bytes) -> Book:
    """Every table as a sheet; every cell is text. Nothing that the page points to is fetched."""
    from lxml import html

    text = _DECLARED.sub("", decoded(data) or "")
    page = html.document_fromstring(
        text, parser=html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    )
    looks = Looks(PageStyle.of(page))
    tables = [table for table in page.xpath("//table[not(ancestor::table)]") if not looks.hidden_within(table)]
    if not tables:
        raise Unreadable("是网页，里面没有表格")
    check_sheets(len(tables))
    tables = [one for table in tables for one in (table, *table.xpath(".//table[count(.//tr) > 1]"))]
    check_sheets(len(tables))
    marks: dict[Position, Mark] = {}
    widths: dict[str, tuple[int, ...]] = {}
    sheets: dict[str, Rows] = {}
    hidden: dict[str, Hidden] = {}
    for n, table in enumerate(tables, start=1):
        grid = Grid(f"网页表格{n}", looks)
        grid.take(table)
        sheets[grid.name], widths[grid.name] = list(grid.dense()), grid.widths
        marks |= {(grid.name, *at): mark for at, mark in grid.marks.items()}
        hidden[grid.name] = Hidden(frozenset(grid.hidden), looks.hidden_columns(table))
    return Book(sheets, marks=marks, all_text=True, widths=widths, hidden=hidden)


@dataclass(frozen=True)
class Looks:
    """What is seen of a cell, and whether it is plain."""

    style: PageStyle
    around: dict[Any, set[str]] = field(default_factory=dict)

    def hidden_within(self, element: Any) -> bool:
        """Whether an element is hidden, or something that it lies in."""
        return any(self.style.hidden(one) for one in (element, *element.iterancestors()))

    def hidden_columns(self, table: Any) -> frozenset[int]:
        """The columns that a spreadsheet hid, or made so narrow that nothing of them is seen."""
        hidden, column = set[int](), 0
        for one in table.xpath("./col|./colgroup/col"):
            wide = _span(one, "span")
            if self.style.hidden(one) or one.get("width") == "0" or self.style.odd(one) & {"width", "visibility"}:
                hidden |= set(range(column, column + wide))
            column += wide
        return frozenset(hidden)

    def seen(self, cell: Any, tables: bool = False) -> str:
        """What a cell says, line by line; what ``tables`` in it say only where asked for."""
        return "".join(self._parts(cell, tables)).strip()

    def mark(self, cell: Any) -> Mark | None:
        """Why a cell is not simply what it reads; None where it is plain text."""
        odd: set[str] = set()
        for part in cell.iter("*"):
            if part is cell or self._shows(part):
                odd |= self._oddities(part)
        odd |= self._around(cell.getparent())
        seen = self.seen(cell)
        if blend_in(cell, self.style.paint, _says_something) or keeps_another(cell.attrib, seen):
            odd.add("color")
        if odd:
            return Mark("formatted" if strikes(odd) else "odd", self.seen(cell, tables=True))
        return formatted(cell.attrib, self.style.says(cell, "mso-number-format"), seen)

    def _around(self, row: Any) -> set[str]:
        """What takes back everything in a row, for a table or the page does; known once for its cells."""
        if row not in self.around:
            odd: set[str] = set()
            for one in (row, *row.iterancestors()):
                odd |= self.style.taken_back(one)
            self.around[row] = odd
        return self.around[row]

    def _oddities(self, part: Any) -> set[str]:
        if part.tag in _STRUCK:
            return {"text-decoration"}
        if self.style.hidden(part) and part.tag not in {"td", "th"}:
            return {"hidden"}
        return (set() if part.tag in _PLAIN else {"control"}) | self.style.odd(part)

    def _shows(self, part: Any) -> bool:
        """Whether a part has anything to show, or to hide; a field that is never seen has not."""
        if part.tag in _UNSEEN or (part.tag == "input" and (part.get("type") or "").lower() == "hidden"):
            return False
        if part.getparent() is not None and any(around.tag in _UNSEEN for around in part.iterancestors()):
            return False
        return part.tag in _CONTROLS or bool(visible(part.text_content())) or part in self.style.made

    def _parts(self, element: Any, tables: bool) -> Iterator[str]:
        if element.tag in _LINES:
            yield "\n"
        yield from _control(element) if element.tag in _CONTROLS else [element.text or ""]
        for part in () if element.tag in _CONTROLS else element:
            if part.tag in _LINES:
                yield "\n"
            left_out = part.tag in _UNSEEN or (part.tag == "table" and not tables) or self.style.hidden(part)
            if not left_out and isinstance(part.tag, str):
                yield from self._parts(part, tables)
                yield "\n" if part.tag in _LINES else ""
            yield part.tail or ""


@dataclass
class Grid:
    """A table's cells where they are seen: what spans several stands in the first of them.

    A cell that is not shown takes no place, as in a browser; in a row's width it counts only where no other row is as
    wide as this one without it.
    """

    name: str
    looks: Looks
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)
    written: dict[int, tuple[int, int]] = field(default_factory=dict)
    taken: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)

    def take(self, table: Any) -> None:
        """Enter every row. Raises Unreadable where they are too many."""
        for r, line in enumerate(table.xpath("./tr|./thead/tr|./tbody/tr|./tfoot/tr")):
            self._take_row(r, line)
            if any(self.looks.style.hidden(one) for one in (line, line.getparent())):
                self.hidden.add(r)

    @property
    def widths(self) -> tuple[int, ...]:
        """How many cells each row was written with; those not shown only where that leaves doubt."""
        usual = {wide for r, (wide, hidden) in self.written.items() if not hidden}
        told = {r: wide if wide in usual or not usual else wide + hidden for r, (wide, hidden) in self.written.items()}
        return tuple(told.get(r, 0) for r in range(max(self.rows, default=-1) + 1))

    def dense(self) -> Iterator[list[object]]:
        """The rows from the first on, all as wide."""
        wide = max((max(row) + 1 for row in self.rows.values() if row), default=0)
        check_size("网页表格", max(self.rows, default=-1) + 1, wide)
        for r in range(max(self.rows, default=-1) + 1):
            yield [self.rows.get(r, {}).get(column, "") for column in range(wide)]

    def _take_row(self, r: int, line: Any) -> None:
        column = hidden = 0
        for cell in line.xpath("./td|./th"):
            while (r, column) in self.taken:
                column += 1
            deep, wide = _span(cell, "rowspan"), _span(cell, "colspan")
            if self.looks.style.hidden(cell):
                hidden += wide
                continue
            spots = {(r + down, column + right) for down in range(deep) for right in range(wide)}
            self.taken |= spots
            if len(self.taken) > MOST_CELLS:
                raise Unreadable("里面的表格太大，不像一份报表", BEYOND)
            self.rows.setdefault(r, {})[column] = self.looks.seen(cell)
            self.marks |= {spot: Mark("covered", "") for spot in spots if spot != (r, column)}
            mark = self.looks.mark(cell)
            if mark:
                self.marks[r, column] = mark
            column += wide
            check_size(self.name, r + 1, column)
        while (r, column) in self.taken:
            column += 1
        self.written[r] = column, hidden


def _says_something(element: Any) -> bool:
    return bool(visible(element.text_content()))


def _control(element: Any) -> Iterator[str]:
    """What a control shows: what is typed into it, or chosen."""
    kind = (element.get("type") or "").lower()
    if element.tag == "input" and kind not in {"hidden", "checkbox", "radio"}:
        yield element.get("value") or element.get("placeholder") or ""
    elif element.tag == "select":
        options = element.xpath(".//option")
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        yield "、".join(option.text_content().strip() for option in chosen)
    elif element.tag in {"textarea", "button"}:
        yield element.text_content()


def _span(cell: Any, name: str) -> int:
    found = _SPAN.match(cell.get(name, "1"))
    return min(max(int(found[1]), 1), MOST_SPAN) if found else 1
