"""What a form asks: its tables, with their lines, blocks of code lists, columns and fields."""

from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, model_validator

from schemas.annual import Decimals
from schemas.codes import Code
from schemas.mistake import nearest
from schemas.reading import Frozen, one_or_several

Kind = Literal["flow", "stock", "opening"]
Source = Literal["", "official", "literal", "recalled"]  # what a wording rests on
CalendarMonths = tuple[Annotated[int, Field(ge=1, le=12)], ...]

EVERY_MONTH = tuple(range(1, 13))
NUMBERS = {"count": 0, "money": 2, "decimal": 2}  # the decimals of a number that is told by its kind


class Numbered(Frozen):
    """What a number is filled in and printed in: its ``unit``, with up to so many ``decimals``.

    ``number`` says the decimals by the kind of number, where they are not written themselves; ``min`` is the smallest
    that it can be (a change may be less than 0).
    """

    unit: str
    number: Literal["count", "money", "decimal"] = "count"
    decimals: Decimals = 0
    min: Decimal = Decimal(0)
    source: Source = ""

    @model_validator(mode="before")
    @classmethod
    def _by_kind(cls, written: Any) -> Any:
        """The decimals that the kind of number stands for."""
        number = written.get("number") if isinstance(written, dict) else None
        if isinstance(number, str) and number in NUMBERS and "decimals" not in written:
            return {**written, "decimals": NUMBERS[number]}
        return written


def _known_as(written: object) -> object:
    """The measures as they are called inside: on a form of any period its own number is the month's."""
    return ["month" if name == "period" else name for name in written] if isinstance(written, list) else written


Names = Annotated[tuple[str, ...], BeforeValidator(one_or_several)]
Was = Annotated[tuple[str, ...] | None, BeforeValidator(one_or_several)]
Measures = Annotated[tuple[Literal["month", "year_to_date"], ...], BeforeValidator(_known_as)]


class Line(Numbered):
    """One numbered line of a form.

    Over months a flow sums, a stock is its last value, an opening its first.
    ``months`` says when it is asked, ``duty`` and ``kinds`` of whom (the units that have the duty, or are of these
    kinds; of all where empty). ``sum`` are the lines that make it, a range as "11..16": the form computes it.
    ``was`` is what it continues of earlier editions ("edition:table.line", several are added), nothing where that is
    empty; None: what it was in the edition that this one extends.
    """

    code: str
    name: str
    kind: Kind = "flow"
    parent: str | None = None
    section: str | None = None
    months: CalendarMonths = EVERY_MONTH
    duty: str = ""
    kinds: Names = ()
    sum: Names = ()
    from_months: str = ""
    was: Was = None


class Block(Frozen):
    """Lines that come from a code list, with their total.

    ``reading`` says whether the parts exclude each other (partition: they add up to the total) or one item
    may be counted in several of them (overlap: at most the total each, at least the total together).
    """

    id: str
    title: str
    codes: str
    total: str
    total_name: str
    unit: str
    decimals: Decimals = 0
    kind: Kind = "flow"
    reading: Literal["partition", "overlap"] = "partition"
    was: Was = None


class GridColumn(Numbered):
    """A column of a matrix; ``group`` is the heading above it and its neighbours, ``sum`` the columns that make it."""

    code: str
    name: str
    group: str = ""
    kind: Kind = "flow"
    sum: Names = ()
    was: Was = None


class GridRow(Code):
    """A row of a matrix of the form's own; a ``heading`` has no figures.

    ``sum`` are the rows that make it, a range as "311..317", in which headings and rows that are sums themselves do
    not count. ``parent`` is the row that it is a part of. ``from_months`` are the lines of the monthly form that tell
    it, by the code of the column.
    """

    short: str = ""
    parent: str = ""
    heading: StrictBool = False
    kind: Kind = "flow"
    duty: str = ""
    kinds: Names = ()
    sum: Names = ()
    from_months: Mapping[str, str] = {}
    source: Source = ""


class RegisterField(Frozen):
    """A column of a register. A code is written by its name and belongs to the code list ``codes``."""

    code: str
    name: str
    kind: Literal["text", "code", "date"]
    codes: str = ""
    required: StrictBool = False
    width: int = 16
    was: Was = None


class Table(Frozen):
    """A table of the form.

    A list has coded lines by measures. A matrix has the rows of a code list (``rows``) or of its own by columns, its
    own or those of a code list (``columns_from``), of which a unit is asked the codes it owns. A register has one row
    an item, and is counted by each of its code fields and by the two that ``cross`` names together. ``blank`` is what
    an empty cell says in a return that has some number in such a table: "ask" that it was left out, "none" that there
    was nothing. ``head`` is printed above the names of its rows. ``was`` is the table of an earlier edition whose lines
    of the same code and name its own continue, ``from_months`` that of the form of shorter periods whose numbers of the
    same code tell what is filled in here.
    """

    id: str
    title: str
    sheet: str
    shape: Literal["list", "matrix", "register"]
    measures: Measures
    section: str = ""
    blocks: tuple[Block, ...] = Field((), alias="block")
    lines: tuple[Line, ...] = Field((), alias="line")
    rows: str = ""
    own_rows: tuple[GridRow, ...] = Field((), alias="row")
    columns: tuple[GridColumn, ...] = Field((), alias="column")
    columns_from: str = ""
    unit: str = ""
    decimals: Decimals = 0
    total: str = ""
    fields: tuple[RegisterField, ...] = Field((), alias="field")
    cross: tuple[str, ...] = ()
    blank: Literal["ask", "none"] = "ask"
    head: str = ""
    source: Source = ""
    was: Was = None
    from_months: str = ""

    def row_list(self, edition: str) -> str:
        """The name of the code list that has the rows of a matrix: the office's, or the edition's own."""
        return self.rows or f"{edition}:{self.id}"


def chosen(names: Sequence[str], codes: Sequence[str], passed: Container[str] = ()) -> tuple[str, ...]:
    """The codes that a ``sum`` names, each by itself or in a range without those ``passed`` over.

    Raises ValueError, in Chinese, of a name that is none of them.
    """
    found: dict[str, None] = {}
    for name in names:
        first, _, last = name.partition("..")
        for code in filter(None, (first, last)):
            if code not in codes:
                raise ValueError(f"没有“{code}”，{nearest(code, codes)}")
        span = codes[codes.index(first) : codes.index(last) + 1] if last else [first]
        if not span:
            raise ValueError(f"“{name}”前后颠倒，请按表中的顺序写")
        found |= dict.fromkeys(code for code in span if not last or code not in passed)
    return tuple(found)


def sums_of(parts: Sequence[Line | GridRow | GridColumn]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Which of lines, rows or columns are sums, with the codes that make each. Raises ValueError as chosen."""
    codes = [part.code for part in parts]
    passed = {part.code for part in parts if part.sum or getattr(part, "heading", False)}
    for n, part in enumerate(parts):
        if part.sum:
            yield n, chosen(part.sum, codes, passed)
