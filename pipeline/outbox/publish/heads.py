"""The head of an annual table: the names of its columns, and over them the headings that they stand under."""

from collections.abc import Iterator, Sequence
from operator import add

from pipeline.outbox.publish.page import BODY_ROW, HEAD_ROW, Page
from pipeline.outbox.publish.parts import Part
from pipeline.paper.theme import HEAD_BG, HEI, RULE, width
from pipeline.values.table import Table
from schemas.edition import Edition

HEADS = {"months": "月    份", "units": "报送单位", "codes": "项    目", "lines": "指    标", "table": "项    目"}
WIDEST = 60  # a column of labels
LEVEL = 20.0  # the height of a row of headings

Cell = tuple[int, int, int, int, str]  # its first and last row, its first and last column, what stands in it


def first_row(table: Table) -> int:
    """The row of a table's sheet that its first row stands in, below the headings over its columns."""
    return BODY_ROW + table.levels


def heads_of(table: Table, edition: Edition) -> list[str]:
    """What stands over the labels of the rows, where the form has something there, and over each column."""
    own = next((one.head for one in edition.tables if one.id == table.annual.table), "")
    names = (column.below or column.name for column in table.columns)
    units = ("" if table.unit or not column.unit else f"\n{column.unit}" for column in table.columns)
    return [own or HEADS[table.annual.rows], *map(add, names, units)]


def widths_of(table: Table, heads: Sequence[str], labels: Sequence[str], title: float, meta: float) -> list[float]:
    """Few columns are spread so that title and notes have room; many are as narrow as their numbers allow."""
    least = 8.5 if table.annual.rows == "units" or table.annual.in_one_row else 10.5
    longest = 50 if table.annual.rows == "table" else 34
    first: float = max(13, min(longest, max(map(width, labels), default=0) + 5))
    if len(heads) == 1:  # what it covers has no other column to stand in
        first = max(first, min(WIDEST, meta))
    spread = min(max(28.0, (title - first) / len(heads)), (92 - first) / len(heads))
    words = [max(map(width, head.split("\n"))) for head in heads]
    return [first, *(max(spread, least, min(14 if least > 10 else 10, word / 2 + 1)) for word in words)]


def write_heads(page: Page, table: Table, heads: Sequence[str], parts: Sequence[Part]) -> None:
    """The head, in whose last row the columns are named; no heading goes over from one printed part to the next."""
    wide, deep = page.columns_wide, table.levels
    for row in range(deep):
        page.sheet.set_row(HEAD_ROW + row, LEVEL)
    own = page.height(list(zip(heads[1:], wide[1:], strict=True)), 26 if deep else 36)
    corner = page.height([(heads[0], wide[0])]) - deep * LEVEL
    page.sheet.set_row(HEAD_ROW + deep, max(own, corner))
    for first_at, last_at, first, last, text in _cells(table, heads, [start for start, _ in parts]):
        look = page.styles(
            font_name=HEI, align="center", text_wrap=True, bg_color=HEAD_BG, bottom=1, bottom_color=RULE,
            top=2 if first_at == HEAD_ROW else 1, top_color=RULE, **page.edge(last),
        )  # fmt: skip
        if (first_at, first) == (last_at, last):
            page.sheet.write_string(first_at, first, text, look)
        else:
            page.sheet.merge_range(first_at, first, last_at, last, text, look)


def _cells(table: Table, heads: Sequence[str], breaks: Sequence[int]) -> Iterator[Cell]:
    """Every cell of the head; neighbours under the same headings share them."""
    above = [(), *(column.above for column in table.columns), *([()] * (len(heads) - 1 - len(table.columns)))]
    bottom = HEAD_ROW + table.levels
    for column, names in enumerate(above):
        yield HEAD_ROW + len(names), bottom, column, column, heads[column]
        for level, name in enumerate(names):
            if column in breaks or above[column - 1][: level + 1] != names[: level + 1]:
                last = column
                while (
                    last + 1 < len(above)
                    and last + 1 not in breaks
                    and above[last + 1][: level + 1] == names[: level + 1]
                ):
                    last += 1
                yield HEAD_ROW + level, HEAD_ROW + level, column, last, name
