"""The tables on a sheet: where the head of each stands, what it says of its columns, and which rows are its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.desk.drafting.sheet import Cell, Sheet
from schemas.drafting import drafting

NAMED = ("code", "unit", "name")  # what stands left of the figures
ASIDE = ("check", "note", "last_month")  # what is no figure of the form
_LABEL = re.compile(r"^([^（(：:]{1,12})[：:](.*)")
_INDEX = re.compile(r"[甲乙丙丁戊己]|[（(]?\d{1,2}[）)]?")
_UNIT = re.compile(r"(?:^|[（(，,\s])(?:计量)?单位[：:]\s*([^）)，。、\s]+)")
_REMARK = re.compile(r"^(注|说明|备注|填表说明)[：:]")


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, the headings above it, what it is ("" where it is a figure)."""

    at: int
    name: str
    above: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Found:
    """A table as it was found: its sheet and title, the columns, the rows of its body, what stands over its names.

    ``unit`` is the unit of measure that is told for all of it.
    """

    sheet: Sheet
    title: str
    columns: tuple[Column, ...]
    body: tuple[int, ...]
    corner: str = ""
    head: int = 0
    remarks: tuple[str, ...] = ()
    unit: str = ""

    @property
    def figures(self) -> tuple[Column, ...]:
        """The columns of figures."""
        return tuple(column for column in self.columns if not column.kind)

    @property
    def names(self) -> tuple[int, ...]:
        """The columns that name the rows."""
        return tuple(column.at for column in self.columns if column.kind == "name")

    def of(self, kind: str) -> Column | None:
        """The column of a kind."""
        return next((column for column in self.columns if column.kind == kind), None)

    def cell(self, row: int, column: Column | None) -> Cell:
        """A cell of the table."""
        return self.sheet.at(row, column.at) if column else Cell()


def unit_in(text: str) -> str:
    """The unit of measure that a text tells in so many words."""
    found = _UNIT.search(text)
    return found[1] if found else ""


def is_label(text: str) -> bool:
    """Whether a text asks about the return as a whole, as 填报单位：, and names no row."""
    found = _LABEL.match(text)
    if not found:
        return False
    asked = drafting().label(found[1]) or drafting().answer(found[1]) != "text"
    return bool(asked) or not found[2].strip(" _＿□")


def tables_of(sheet: Sheet) -> Iterator[Found]:
    """The tables of a sheet, from above."""
    heads = list(_heads(sheet))
    tops = [_top(sheet, head) for head in heads]
    past = 0
    for head, top, end in zip(heads, tops, [*tops, sheet.rows + 1][1:], strict=True):
        rows, remarks = _body(sheet, head, end)
        if not rows and not _is_blank_head(sheet, head):
            continue  # the head of a sheet, below which each table has its own
        above = [sheet.at(*spot).text for row in range(past + 1, top) for spot in sheet.worded(row).values()]
        titles = [_first(sheet, row) for row in range(past + 1, top) if _alone(sheet, row)]
        title = titles[-1] if titles else ""
        unit = next(filter(None, map(unit_in, reversed(above))), "")
        columns = _columns(sheet, top, head, rows)
        yield Found(sheet, title, columns, tuple(rows), _corner(sheet, top), head, remarks, unit)
        past = rows[-1] if rows else head


def _heads(sheet: Sheet) -> Iterator[int]:
    """The rows that name columns; within a table one that has words where its figures stand begins another."""
    figures: set[int] = set()
    for row in range(1, sheet.rows + 1):
        words = sheet.worded(row)
        if figures and not figures & set(words):
            continue
        if _is_head(sheet, row):
            figures = set(_open(sheet, row, _next_worded(sheet, row)))
            yield row
        elif _is_blank_head(sheet, row):
            figures = set(words)
            yield row


def _alone(sheet: Sheet, row: int) -> bool:
    """Whether a row has one text, which is no label to be answered."""
    spots = set(sheet.worded(row).values())
    return len(spots) == 1 and not is_label(sheet.at(*next(iter(spots))).text)


def is_index(sheet: Sheet, row: int) -> bool:
    """Whether a row counts the columns (甲 乙 丙 1 2) and says nothing else."""
    texts = [sheet.at(row, c).shown for c in range(1, sheet.columns + 1) if sheet.at(row, c).shown]
    return len(texts) > 1 and "甲" in texts and all(_INDEX.fullmatch(text) for text in texts)


def _next_worded(sheet: Sheet, head: int) -> int:
    """The first row below a head that names something: no heading over all columns, no count of them. 0: none."""
    last = max(sheet.worded(head))
    for row in range(head + 1, sheet.rows + 1):
        words = sheet.worded(row)
        over_all = len(set(words.values())) == 1 and len(words) > 1 and max(words) >= last
        if words and not is_index(sheet, row) and not over_all:
            return row
    return 0


def _open(sheet: Sheet, head: int, row: int) -> list[int]:
    """The columns with a head that may be figures, in which a row below has no words."""
    words = sheet.worded(head)
    known = {c: drafting().column(sheet.at(*spot).text) for c, spot in words.items()}
    return [c for c in words if known[c] not in (*NAMED, *ASIDE) and not sheet.at(row, c).words]


def _is_head(sheet: Sheet, row: int) -> bool:
    """Whether a row names columns: below it stand names, and right of them what is to be filled in."""
    words = sheet.worded(row)
    if len(set(words.values())) < 2 or _is_label(sheet, row) or is_index(sheet, row):
        return False
    below = _next_worded(sheet, row)
    if not below or below - row > 4 or any(sheet.at(row, c).formula or sheet.at(row, c).number for c in words):
        return False
    named, room = sheet.worded(below), _open(sheet, row, below)
    return (
        bool(named) and bool(room) and min(named) < min(room) and set(named) <= set(words) and min(words) <= min(named)
    )


def _is_label(sheet: Sheet, row: int) -> bool:
    """Whether a row asks about the return as a whole, as 填报单位：."""
    texts = [sheet.at(*spot).text for spot in sheet.worded(row).values()]
    return any(is_label(text) or drafting().label(text) not in {"", "none"} for text in texts)


def _is_blank_head(sheet: Sheet, row: int) -> bool:
    """Whether a row names the columns of what has no names of its own: below it is room, framed, and no word."""
    words = sheet.worded(row)
    if len(set(words.values())) < 3 or _is_label(sheet, row) or row >= sheet.rows:
        return False
    below = [sheet.at(row + 1, c) for c in words]
    return not any(cell.shown for cell in below) and any(cell.is_room for cell in below)


def _top(sheet: Sheet, head: int) -> int:
    """The first row of a head of several."""
    wide = set(sheet.worded(head))
    row = head
    while row > 1:
        words = sheet.worded(row - 1)
        spots = set(words.values())
        over = [c for c in words if c in wide and sheet.spot(row - 1, c) != sheet.spot(row, c)]
        partly = len(spots) > 1 or (len(words) > 1 and min(words) > min(wide))
        if not over or not partly or _is_label(sheet, row - 1) or drafting().column(_first(sheet, row - 1)) == "code":
            break
        row -= 1
    return row


def _first(sheet: Sheet, row: int) -> str:
    return next((sheet.at(*spot).text for spot in sheet.worded(row).values()), "")


def _corner(sheet: Sheet, top: int) -> str:
    """What stands over the names of the rows, where it is more than a name."""
    first = next(iter(sorted(sheet.worded(top).items())), None)
    text = sheet.at(*first[1]).text if first else ""
    return text if len(text) > 10 else ""


def _body(sheet: Sheet, head: int, end: int) -> tuple[list[int], tuple[str, ...]]:
    """The rows of a table; and what is remarked below it."""
    rows: list[int] = []
    for row in range(head + 1, end):
        words = [sheet.at(*spot).text for spot in dict.fromkeys(sheet.worded(row).values())]
        if any(map(_REMARK.match, words)) or (rows and words and is_label(words[0]) and not _is_row(sheet, row)):
            return rows, tuple(text for text in words if _REMARK.match(text))
        if not sheet.is_blank(row) and not is_index(sheet, row):
            rows.append(row)
    if rows and rows[-1] == end - 1 and end <= sheet.rows and _is_title(sheet, head, rows[-1]):
        rows.pop()  # of the next table
    return rows, ()


def _is_title(sheet: Sheet, head: int, row: int) -> bool:
    """Whether a row is a title: one text over several columns, or where codes stand, or with no room beside it."""
    words = sheet.worded(row)
    if not _alone(sheet, row):
        return False
    codes = [c for c, spot in sheet.worded(head).items() if drafting().column(sheet.at(*spot).text) == "code"]
    room = any(sheet.at(row, c).is_room for c in sheet.worded(head))
    return len(words) > 1 or set(words) <= set(codes) or not room


def _is_row(sheet: Sheet, row: int) -> bool:
    return any(sheet.at(row, c).formula for c in range(1, sheet.columns + 1))


def _columns(sheet: Sheet, top: int, head: int, rows: Sequence[int]) -> tuple[Column, ...]:
    """The columns under a head; before the first figure what is not known by its word names the rows."""
    every = [_column(sheet, top, head, c) for c in sorted(sheet.worded(head))]
    data = [row for row in rows if len(set(sheet.worded(row).values())) > 0]
    kinds: list[str] = []
    for column in every:
        filled = sum(bool(sheet.at(row, column.at).words) for row in data)
        beside = "name" if filled > len(data) / 2 and not any(not k for k in kinds) else ""
        kinds.append(column.kind or beside)
    return tuple(Column(c.at, c.name, c.above, kind) for c, kind in zip(every, kinds, strict=True))


def _column(sheet: Sheet, top: int, head: int, at: int) -> Column:
    spots = list(dict.fromkeys(sheet.spot(row, at) for row in range(top, head + 1)))
    texts = [sheet.at(*spot).text for spot in spots if sheet.at(*spot).words]
    name = texts[-1]
    return Column(at, name, tuple(texts[:-1]), drafting().column(name))
