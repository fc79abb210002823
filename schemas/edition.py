"""An edition: one form as data, from its lines and rules to the annual tables made of it."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from schemas.annual import Annual, Assessment, Decimals, Report, Schedule, Sentence
from schemas.reading import Frozen, Month, one_or_several

Level = Literal["must", "verify"]
Kind = Literal["flow", "stock", "opening"]
CalendarMonths = tuple[Annotated[int, Field(ge=1, le=12)], ...]
Tolerance = Annotated[Decimal, Field(ge=0)]

Address = tuple[str, str, str]  # of a part of an edition: its table, what it is (line, block, column, field), its code

EVERY_MONTH = tuple(range(1, 13))
TRIAL = "trial"  # the level of what a rule on trial finds: reported apart, and keeps nothing from being forwarded
EDITIONS = Path(__file__).parent / "editions"
NUMBERS = {"count": 0, "money": 2, "decimal": 2}  # the decimals of a number that is told by its kind


class Span(Frozen):
    """Months from and to, both included, as "2012-01"; an open end is None."""

    first: Month | None = Field(None, alias="from")
    last: Month | None = Field(None, alias="to")

    def __contains__(self, month: object) -> bool:
        return (self.first or "") <= str(month) <= (self.last or "9999-12")


class Head(Frozen):
    """The legal block at the top right of a statistical form; what there is not stays empty.

    A form says of it only what is the same for every office that uses it (schemas.head).
    """

    form_no: str = ""
    authority: str = ""
    approval: str = ""
    valid_until: str = ""


class Words(Frozen):
    """The words printed on the form: labels of its header, headings of its columns, the cover sheet's name."""

    unit: str
    unit_code: str
    period: str
    code: str
    name: str
    unit_of_measure: str
    month: str
    year_to_date: str
    last_month: str
    check: str
    note: str
    cover_sheet: str
    instructions: tuple[str, ...]

    def measure(self, measure: str) -> str:
        """The heading of a measure's column."""
        heading: str = getattr(self, measure)
        return heading


class CoverField(Frozen):
    """A statement about the return as a whole; ``role`` marks the one that turns blanks into zeros."""

    code: str
    name: str
    kind: Literal["text", "person", "phone", "date", "choice", "prose"]
    prompt: str
    choices: tuple[str, ...] = ()
    role: Literal["zero_report"] | None = None


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


Was = Annotated[tuple[str, ...] | None, BeforeValidator(one_or_several)]


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


class Rule(Frozen):
    """A sentence of the rule language that a return must satisfy (must) or explain (verify).

    ``blank`` says what an empty cell means to it: unknown (not judged) or zero. ``months`` limits it to
    calendar months. ``ask`` replaces the sentence made from the rule. ``tolerance`` is by how much the two sides may be
    apart, in the unit of the first line on the left. One on ``trial`` is judged and counted, but
    stands in no template and rejects nothing.
    """

    id: str
    level: Level
    holds: str
    ask: str = ""
    at: str = ""
    months: CalendarMonths = EVERY_MONTH
    blank: Literal["unknown", "zero"] = "unknown"
    trial: bool = False
    tolerance: Tolerance = Decimal(0)


class Agreement(Frozen):
    """Two counts of the same thing that must meet, return by return and in every sum of returns.

    ``each``: part by part. ``mode`` equal: within a return; owner: what a unit claims for a code against the record of
    the unit that owns the code; months: the last cumulative figure against the sum of the months. ``tolerance`` is by
    how much the two may be apart within a return, and in each return that a sum is made of.
    """

    id: str
    title: str
    level: Level
    mode: Literal["equal", "owner", "months"] = "equal"
    each: bool = False
    left: str
    right: str
    at: str = ""
    months: CalendarMonths = EVERY_MONTH
    remainder: str = ""
    tolerance: Tolerance = Decimal(0)


class Edition(Frozen):
    """One form as it is valid for some months."""

    id: str
    title: str
    valid: Span
    head: Head = Head()
    words: Words
    cover: tuple[CoverField, ...]
    tables: tuple[Table, ...] = Field(alias="table")
    rules: tuple[Rule, ...] = Field((), alias="rule")
    agreements: tuple[Agreement, ...] = Field((), alias="agreement")
    annual: tuple[Annual, ...] = ()
    assessment: Assessment = Assessment()
    report: Report
    sentences: tuple[Sentence, ...] = Field((), alias="sentence")
    schedules: tuple[Schedule, ...] = Field((), alias="schedule")
