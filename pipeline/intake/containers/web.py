"""Tables of a web page, as web systems export them under the name .xls."""

from collections.abc import Iterator
from typing import Any

from pipeline.intake.book import Book, Unreadable
from pipeline.intake.bounds import check_sheets, check_size
from pipeline.intake.containers.decode import decoded

MOST_SPAN = 1000


def read_web(data: bytes) -> Book:
    """Every outermost table as a sheet; every cell is text. Nothing that the page points to is fetched."""
    from lxml import html

    page = html.document_fromstring(decoded(data) or "", parser=html.HTMLParser(no_network=True, huge_tree=False))
    tables = page.xpath("//table[not(ancestor::table)]")
    if not tables:
        raise Unreadable("是网页，里面没有表格")
    check_sheets(len(tables))
    return Book({f"网页表格{n}": _rows(table) for n, table in enumerate(tables, start=1)})


def _rows(table: Any) -> list[list[object]]:
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
            rows.setdefault(r, {})[column] = "".join(cell.itertext()).strip()
            column += wide
            check_size("网页表格", r + 1, column)
    return list(_dense(rows))


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "1")
    return min(max(int(text), 1), MOST_SPAN) if text.isdecimal() else 1


def _dense(rows: dict[int, dict[int, str]]) -> Iterator[list[object]]:
    wide = max((max(row) + 1 for row in rows.values() if row), default=0)
    check_size("网页表格", max(rows, default=-1) + 1, wide)
    for r in range(max(rows, default=-1) + 1):
        yield [rows.get(r, {}).get(column, "") for column in range(wide)]
