"""An annual table as values: what is printed, before anything is drawn."""

from dataclasses import dataclass
from typing import Literal

from pipeline.values.answer import Answer
from schemas.annual import Annual
from schemas.quantity import Quantity
from schemas.rules.terms import Linear, Ratio, Ref

RowKind = Literal["total", "group", "item", "quarter", "heading"]


@dataclass(frozen=True)
class TableColumn:
    """A column: its name, the sum it shows (None where each row or span has its own), and what it is counted in.

    ``months`` are what it speaks of where columns are spans of the year. ``key`` tells it from all others, whatever
    its name becomes. A column of ratios has the ``ratio`` of the whole table, and no sum. ``above`` are the headings
    over it and its neighbours, the outermost first, ``below`` what it is called under them, where that is not its name.
    """

    name: str
    linear: Linear | None
    quantity: Quantity
    months: tuple[str, ...] = ()
    key: str = ""
    ratio: Ratio | None = None
    above: tuple[str, ...] = ()
    below: str = ""

    @property
    def counts(self) -> Linear | Ratio | None:
        """What it shows: its sum or its ratio."""
        return self.linear or self.ratio

    @property
    def unit(self) -> str:
        """Its unit of measure."""
        return self.quantity.unit


@dataclass(frozen=True)
class TableRow:
    """A row: what it is, its label, its answers by column, and the positions of the rows it sums.

    ``live`` says for which columns it is the sum of those rows. ``months`` and ``units`` (by code; None: all) are what
    it speaks of, ``counts`` what each of its values counts, ``quantity`` in what where rows differ; ``key``
    tells it from all others, ``depth`` is how far its label is set in.
    """

    kind: RowKind
    label: str
    answers: tuple[Answer, ...]
    adds: tuple[int, ...] = ()
    live: tuple[bool, ...] = ()
    months: tuple[str, ...] = ()
    units: tuple[str, ...] | None = None
    counts: tuple[Linear | Ratio, ...] = ()
    quantity: Quantity | None = None
    key: str = ""
    depth: int = 0

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """What stands in it, in steps; None where there is no number."""
        return tuple(answer.number for answer in self.answers)

    @property
    def coverage(self) -> str:
        """How many of the returns that were asked the row rests on: those of the column that most were asked for."""
        return self._widest.coverage

    @property
    def lacking(self) -> str:
        """The same in words, where it lacks any."""
        return self._widest.lacking

    @property
    def _widest(self) -> Answer:
        return max(self.answers, key=lambda answer: (answer.owed, -answer.there))


@dataclass(frozen=True)
class Table:
    """An annual table, ready to be printed; ``refs`` are the lines it is made of."""

    annual: Annual
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    refs: frozenset[Ref]

    @property
    def unit(self) -> str:
        """The unit of measure where all columns share one, else ""."""
        units = {column.unit for column in self.columns}
        return units.pop() if len(units) == 1 else ""

    def quantity(self, row: TableRow, column: int) -> Quantity:
        """What a cell is counted in: what its row is, or else its column."""
        return row.quantity or self.columns[column].quantity

    @property
    def levels(self) -> int:
        """How many rows of headings stand over the names of its columns."""
        return max(len(column.above) for column in self.columns)

    @property
    def is_zero(self) -> bool:
        """Whether nothing of what it counts happened: every figure is a number, and 0."""
        sums = [n for n, column in enumerate(self.columns) if not column.ratio]
        return bool(sums) and all(row.answers[n].number == 0 for row in self.rows for n in sums)

    @property
    def is_whole(self) -> bool:
        """Whether every return that was asked is in every figure."""
        return all(answer.is_whole for row in self.rows for answer in row.answers)
