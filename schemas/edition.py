"""An edition: one form as data, from its lines and rules to the annual tables made of it."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from schemas.annual import Annual, Assessment, Report, Schedule, Sentence
from schemas.period import LENGTHS, calendar_month, last_month, length_of
from schemas.period import Kind as PeriodKind
from schemas.reading import Frozen, Month
from schemas.table import EVERY_MONTH, CalendarMonths, GridRow, Table

Level = Literal["must", "verify"]
Tolerance = Annotated[Decimal, Field(ge=0)]

Address = tuple[str, str, str]  # of a part of an edition: its table, what it is (line, block, column, field), its code

TRIAL = "trial"  # the level of what a rule on trial finds: reported apart, and keeps nothing from being forwarded
EDITIONS = Path(__file__).parent / "editions"


class Span(Frozen):
    """Months from and to, both included, as "2012-01"; an open end is None."""

    first: Month | None = Field(None, alias="from")
    last: Month | None = Field(None, alias="to")

    def __contains__(self, period: object) -> bool:
        return (self.first or "") <= last_month(str(period)) <= (self.last or "9999-12")


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


class Rule(Frozen):
    """A sentence of the rule language that a return must satisfy (must) or explain (verify).

    ``blank`` says what an empty cell means to it: unknown (not judged) or zero. ``months`` limits it to
    calendar months. ``ask`` replaces the sentence made from the rule. ``tolerance`` is by how much the two sides may be
    apart, in the unit of the first line on the left. One on ``trial`` is judged and counted, but
    stands in no template and rejects nothing. ``valid`` are the months in which it holds, where it is not all of them.
    """

    id: str
    level: Level
    holds: str
    ask: str = ""
    at: str = ""
    months: CalendarMonths = EVERY_MONTH
    blank: Literal["unknown", "zero"] = "unknown"
    trial: StrictBool = False
    tolerance: Tolerance = Decimal(0)
    valid: Span = Span()


class Agreement(Frozen):
    """Two counts of the same thing that must meet, return by return and in every sum of returns.

    ``each``: part by part. ``mode`` equal: within a return; owner: what a unit claims for a code against the record of
    the unit that owns the code; months: the last cumulative figure against the sum of the months. ``tolerance`` is by
    how much the two may be apart within a return, and in each return that a sum is made of. ``reading`` says how parts
    that are lines are to be read, as a block says it of its own: partition (they add up to the left side) or overlap
    (each at most the left side, together at least). ``valid`` are the months in which they meet so: where parts are
    read otherwise from some month on, the agreement stands twice.
    """

    id: str
    title: str
    level: Level
    mode: Literal["equal", "owner", "months"] = "equal"
    each: StrictBool = False
    left: str
    right: str
    at: str = ""
    months: CalendarMonths = EVERY_MONTH
    remainder: str = ""
    reading: Literal["", "partition", "overlap"] = ""
    tolerance: Tolerance = Decimal(0)
    valid: Span = Span()

    def speaks_of(self, period: str) -> bool:
        """Whether its sides must meet in a period."""
        return calendar_month(period) in self.months and period in self.valid


class Edition(Frozen):
    """One form as it is valid for some months; ``period`` is how much time one return of it is about.

    Editions of one period follow each other in a series, in which no two are valid at once; those of another period
    are a series of their own beside it. ``source`` is what its wordings rest on.
    """

    id: str
    title: str
    valid: Span
    period: PeriodKind = "month"
    source: str = ""
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

    @property
    def length(self) -> int:
        """How many months a return is about."""
        return LENGTHS[self.period]

    def covers(self, period: str) -> bool:
        """Whether it is the form of that period (2012-07, 2012-Q3, 2012-H2, 2012)."""
        return length_of(period) == self.length and period in self.valid

    @property
    def lists(self) -> dict[str, tuple[GridRow, ...]]:
        """The code lists of its own: the rows with figures of each matrix that has its own."""
        own = (table for table in self.tables if table.own_rows)
        return {t.row_list(self.id): tuple(row for row in t.own_rows if not row.heading) for t in own}
