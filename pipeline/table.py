"""An annual table as values: what is printed, before anything is drawn."""

from dataclasses import dataclass
from typing import Literal

from schemas.edition import Annual
from schemas.rules.terms import Linear

RowKind = Literal["total", "group", "item", "quarter"]


@dataclass(frozen=True)
class TableColumn:
    """A column: its name, the sum it shows and its unit."""

    name: str
    linear: Linear
    unit: str


@dataclass(frozen=True)
class TableRow:
    """A row: what it is, its label, its values by column, and for sums the labels of the rows they add up."""

    kind: RowKind
    label: str
    values: tuple[int, ...]
    adds: tuple[int, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Table:
    """An annual table, ready to be printed. ``adds`` of a row are the positions of the rows it sums."""

    annual: Annual
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]

    @property
    def unit(self) -> str:
        """The unit of measure where all columns share one, else ""."""
        units = {column.unit for column in self.columns}
        return units.pop() if len(units) == 1 else ""
