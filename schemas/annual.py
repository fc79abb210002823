"""What is made of a form: the annual tables, what the yearly report says, what units are assessed by."""

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from schemas.quantity import MOST_DECIMALS
from schemas.reading import Frozen

Decimals = Annotated[int, Field(ge=0, le=MOST_DECIMALS)]


class Column(Frozen):
    """A column of an annual table, or one column a part where ``of`` names a block or a range.

    With ``over`` it is the ratio of the two sums, made anew in every row and never added up. It is told in ``unit``
    (of like things "%" where that is not written), rounded to ``decimals`` (one, where they are not written).
    ``group`` is the heading over it and its neighbours of the same.
    """

    of: str
    name: str = ""
    group: str = ""
    over: str = ""
    unit: str | None = None
    decimals: Decimals | None = None


class Annual(Frozen):
    """An annual table: its words, its rows and its columns.

    Rows are the months of the year (or other periods), the units, the codes of the list ``codes`` (a column's ``of``
    names each by ``{row}``), the lines that ``lines`` names, whose columns are the quarters and the year, or those of a
    list or a matrix of the form (``table``), printed as it is, or ``in_one_row``: the rows of a matrix side by side,
    each over its columns. Of a table about ``applicants`` it is asked, before anything is forwarded, whether its cells
    of very few may be told. With ``ten_thousands`` it is printed once more, in 万 of its units with so many decimals,
    its parts adding to its totals.
    """

    id: str
    title: str
    sheet: str
    rows: Literal["months", "units", "codes", "lines", "table"]
    codes: str = ""
    lines: str = ""
    table: str = ""
    in_one_row: StrictBool = False
    applicants: StrictBool = False
    columns: tuple[Column, ...] = Field((), alias="column")
    ten_thousands: Decimals | None = None
    notes: tuple[str, ...] = ()


class Headline(Frozen):
    """A figure at the head of the workbook."""

    name: str
    of: str
    unit: str


class Compared(Frozen):
    """A figure held beside the year before, or one figure a part where ``of`` names a block or a range.

    Parts are called by their lines, with ``name`` in front.
    """

    of: str
    name: str = ""


class Printed(Frozen):
    """A figure of the yearly report's text: its code, what it counts; ``at_least`` where the text says 多 or 余.

    ``says`` are the words by which a sentence counts it: all the words before the number, or with “…” in front, some
    words of its clause. A part of a block is known by the names in its code list.
    """

    code: str
    of: str
    at_least: StrictBool = False
    says: tuple[str, ...] = ()


class Sentence(Frozen):
    """A sentence of the drafts about what ``of`` counts: ``some``, or ``none`` where that is 0.

    In braces stand sums of the rule language, as {T2.05}, and the places of ``schemas.draft``. ``each`` is the clause
    of one line of ``parts`` that is not 0; the clauses together fill {each}.
    """

    id: str
    of: str
    some: str
    none: str = ""
    parts: str = ""
    each: str = ""


class Row(Frozen):
    """A row of a schedule, or one row a part where ``of`` names a block or a range."""

    of: str
    name: str = ""


class Schedule(Frozen):
    """A table of the drafts: a figure a row, with its share of ``share_of`` where that is given."""

    id: str
    title: str
    rows: tuple[Row, ...] = Field(alias="row")
    share_of: str = ""


class Note(Frozen):
    """A paragraph of the notes on how the figures were made."""

    name: str
    text: str


class Report(Frozen):
    """What the yearly report prints, what the consolidated workbook is called, and its notes on the form's counting.

    ``templates`` is the folder beside the edition with its own word templates, "" where the shared ones will do.
    """

    workbook: str
    templates: str = ""
    notes: tuple[Note, ...] = ()
    headline: tuple[Headline, ...] = ()
    printed: tuple[Printed, ...] = ()
    compared: tuple[Compared, ...] = ()


class Breadth(Frozen):
    """The lines of which it is counted how many a unit uses, and what they are called."""

    name: str
    of: str


class Delay(Frozen):
    """Two dates of a register's items, and what the time between them is called."""

    name: str
    begins: str
    ends: str


class Assessment(Frozen):
    """What an edition has to tell of how units do; how punctual and how right they are is known without it."""

    breadth: Breadth | None = None
    delay: Delay | None = None
