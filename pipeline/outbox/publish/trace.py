"""The way from a printed row to the returns behind it: to their lines of the sources' sheet."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.outbox.publish.page import BODY_ROW
from pipeline.tables.outcome import Outcome
from pipeline.values.table import TableRow

if TYPE_CHECKING:
    import pandas as pd

SOURCES, STATUS = "来源与校验码", "报送情况"


@dataclass(frozen=True)
class Trace:
    """Where each return stands on the sheet of sources, and each unit on the sheet of who reported when."""

    outcome: Outcome

    @cached_property
    def received(self) -> "pd.DataFrame":
        """The files received, in the order of the sources' sheet."""
        returns = self.outcome.returns
        there = returns[returns["file"] != ""]
        return there.sort_values(["period", "unit", "version", "file"], ignore_index=True)

    @cached_property
    def rows(self) -> dict[tuple[str, str], int]:
        """The sheet row (from 1) of the newest file of each unit and month."""
        keys = zip(self.received["unit"], self.received["period"], strict=True)
        return {key: BODY_ROW + 1 + n for n, key in enumerate(keys)}

    @cached_property
    def units(self) -> dict[str, int]:
        """The row (from 1) of each unit on the sheet of who reported when."""
        listed = self.outcome.office.owing(map(str, self.outcome.months))
        return {unit.code: BODY_ROW + 1 + n for n, unit in enumerate(listed)}

    def source(self, unit: str, period: str) -> str:
        """The cell of the newest file of a unit and month; "" where there is none."""
        at = self.rows.get((unit, period))
        return f"'{SOURCES}'!A{at}" if at else ""

    def target(self, row: TableRow) -> str:
        """The cell that a row's label leads to: a unit's months, or the first file of the first month."""
        if row.units and len(row.units) == 1:
            return f"'{STATUS}'!A{self.units[row.units[0]]}"
        first = [at for (_, period), at in self.rows.items() if not row.months or period == row.months[0]]
        return f"'{SOURCES}'!A{min(first, default=BODY_ROW + 1)}"
