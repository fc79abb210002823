"""The label of a row of an annual table: set in, leading to its sources, folded where it is long."""

from math import ceil
from typing import Any

from pipeline.outbox.publish.heads import first_row
from pipeline.outbox.publish.page import Page
from pipeline.paper.theme import HEI, width
from pipeline.values.table import Table


def write_label(page: Page, table: Table, n: int, source: str, kind: str) -> int:
    """The label of a row; returns how many lines it takes.

    What leads somewhere is not folded by LibreOffice, so that a folded one leads nowhere.
    """
    row, own = table.rows[n], table.annual.rows == "table"
    look: dict[str, Any] = {"font_name": HEI, "bold": False} if row.kind in {"total", "group", "heading"} else {}
    indent = 3 if row.kind == "item" and not own and table.annual.rows != "lines" else 1 + 2 * row.depth
    folds = ceil(width(row.label) / (page.columns_wide[0] - indent))
    if folds > 1:
        page.text(first_row(table) + n, 0, row.label, kind, indent=indent, text_wrap=True, **look)
    else:
        page.source_link(first_row(table) + n, row.label, source, kind, indent=indent, shrink=True, **look)
    return folds
