"""What a form asks: its tables, with their lines, blocks of code lists, columns and fields."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from schemas.annual import Decimals
from schemas.reading import Frozen

Kind = Literal["flow", "stock", "opening"]
CalendarMonths = tuple[Annotated[int, Field(ge=1, le=12)], ...]

EVERY_MONTH = tuple(range(1, 13))
NUMBERS = {"count": 0, "money": 2, "decimal": 2}  # the decimals of a number that is told by its kind


class Numbered(Frozen):
    """What a number is filled in and printed in: its ``unit``, with up to so many ``decimals``.

    ``number`` says the decimals by the kind of number, where they are not written themselves.
    """

    unit: str
    number: Literal["count", "money", "decimal"] = "count"
    decimals: Decimals = 0

    @model_validator(mode="before")
    @classmethod
    def _by_kind(cls, written: Any) -> Any:
        """The decimals that the kind of number stands for."""
        number = written.get("number") if isinstance(written, dict) else None
        if isinstance(number, str) and number in NUMBERS and "decimals" not in written:
            return {**written, "decimals": NUMBERS[number]}
        return written


def _one_or_several(written: object) -> object:
    return (written,) if isinstance(written, str) else written


Was = Annotated[tuple[str, ...] | None, BeforeValidator(_one_or_several)]


class Line(Numbered):
    """One numbered line of a form.

    Over months a flow sums, a stock is its last value, an opening its first.
    ``months`` says when it is asked, ``duty`` of whom (the units that have the duty; of all where empty). ``was`` is
    what it continues of earlier editions ("edition:table.line", several are added), nothing where that is empty;
    None: what it was in the edition that this one extends.
    """

    code: str
    name: str
    kind: Kind = "flow"
    parent: str | None = None
    section: str | None = None
    months: CalendarMonths = EVERY_MONTH
    duty: str = ""
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
    """A column of a matrix."""

    code: str
    name: str
    was: Was = None


class RegisterField(Frozen):
    """A column of a register. A code is written by its name and belongs to the code list ``codes``."""

    code: str
    name: str
    kind: Literal["text", "code", "date"]
    codes: str = ""
    required: bool = False
    width: int = 16
    was: Was = None


class Table(Frozen):
    """A table of the form.

    A list has coded lines by measures. A matrix has the rows of a code list (``rows``) by columns, its own or those of
    a code list (``columns_from``), of which a unit is asked the codes it owns. A register has one row an item, and is
    counted by each of its code fields and by the two that ``cross`` names together. ``was`` is the table of an earlier
    edition whose lines of the same code and name its own continue.
    """

    id: str
    title: str
    sheet: str
    shape: Literal["list", "matrix", "register"]
    measures: tuple[Literal["month", "year_to_date"], ...]
    section: str = ""
    blocks: tuple[Block, ...] = Field((), alias="block")
    lines: tuple[Line, ...] = Field((), alias="line")
    rows: str = ""
    columns: tuple[GridColumn, ...] = Field((), alias="column")
    columns_from: str = ""
    unit: str = ""
    decimals: Decimals = 0
    total: str = ""
    fields: tuple[RegisterField, ...] = Field((), alias="field")
    cross: tuple[str, ...] = ()
    was: Was = None
