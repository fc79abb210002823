"""Tables of a web page, as web systems export them under the name .xls."""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.intake.book import Book, Mark, Position, Unreadable
from pipeline.intake.bounds import BEYOND, MOST_CELLS, check_sheets, check_size
from pipeline.intake.containers.decode import decoded

MOST_SPAN = 1000
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")  # of an encoding, which is known by now
_SPAN = re.compile(r"\s*(\d{1,6})")
_UNSEEN, _LINES, _RAISED = ("script", "style"), ("br", "p", "div", "li"), ("sup", "sub", "s", "strike", "del")


def read_web(data: bytes) -> Book:
    """Every outermost table as a sheet; every cell is text. Nothing that the page points to is fetched."""
    from lxml import etree, html

    text = _DECLARED.sub("", decoded(data) or "")
    page = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, huge_tree=False))
    etree.strip_elements(page, *_UNSEEN, with_tail=False)
    tables = page.xpath("//table[not(ancestor::table)]")
    if not tables:
        raise Unreadable("是网页，里面没有表格")
    check_sheets(len(tables))
    marks: dict[Position, Mark] = {}
    sheets = {name: _rows(name, table, marks) for n, table in enumerate(tables, start=1) if (name := f"网页表格{n}")}
    return Book(sheets, marks=marks, all_text=True)


def _rows(name: str, table: Any, marks: dict[Position, Mark]) -> list[list[object]]:
    """The table's cells where they are seen: what spans several stands in the first of them."""
    rows: dict[int, dict[int, str]] = {}
    taken: set[tuple[int, int]] = set()
    for r, line in enumerate(table.xpath("./tr|./thead/tr|./tbody/tr|./tfoot/tr")):
        column = 0
        for cell in line.xpath("./td|./th"):
            while (r, column) in taken:
                column += 1
            deep, wide = _span(cell, "rowspan"), _span(cell, "colspan")
            taken |= {(r + down, column + right) for down in range(deep) for right in range(wide)}
            if len(taken) > MOST_CELLS:
                raise Unreadable("里面的表格太大，不像一份月报", BEYOND)
            rows.setdefault(r, {})[column] = _text(cell)
            if next(cell.iter(*_RAISED), None) is not None:
                marks[name, r, column] = Mark("formatted", "")
            column += wide
            check_size(name, r + 1, column)
    return list(_dense(rows))


def _text(cell: Any) -> str:
    """What a cell says, line by line."""
    for element in cell.iter(*_LINES):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return "".join(cell.itertext()).strip()


def _span(cell: Any, name: str) -> int:
    found = _SPAN.match(cell.get(name, "1"))
    return min(max(int(found[1]), 1), MOST_SPAN) if found else 1


def _dense(rows: dict[int, dict[int, str]]) -> Iterator[list[object]]:
    wide = max((max(row) + 1 for row in rows.values() if row), default=0)
    check_size("网页表格", max(rows, default=-1) + 1, wide)
    for r in range(max(rows, default=-1) + 1):
        yield [rows.get(r, {}).get(column, "") for column in range(wide)]
