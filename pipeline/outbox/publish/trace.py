"""The way from a printed row to the returns behind it: to their lines of the sources, in the working papers."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.page import BODY_ROW, HEAD_ROW
from pipeline.tables.outcome import Outcome
from pipeline.values.table import TableRow

if TYPE_CHECKING:
    import pandas as pd

PAPERS, SOURCES, STATUS = "工作底稿", "来源与校验码", "报送情况"


@dataclass(frozen=True)
class Trace:
    """Where each return stands in the working papers, and each unit and month on the sheet of who reported when.

    What is forwarded travels without the working papers: no link of it leaves the workbook.
    """

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
        """The link to the newest file of a unit and month; "" where there is none, or nothing that it could lead to."""
        at = self.rows.get((unit, period))
        return self._papers(at) if at and not self.outcome.issue else ""

    def target(self, row: TableRow) -> str:
        """The link of a row's label: a unit's months, or the first file of the first month."""
        if row.units and len(row.units) == 1:
            return f"internal:'{STATUS}'!A{self.units[row.units[0]]}"
        if self.outcome.issue:
            months = [str(month) for month in self.outcome.months]
            column = 1 + months.index(row.months[0]) if row.months and row.months[0] in months else 0
            return f"internal:'{STATUS}'!{xl_rowcol_to_cell(HEAD_ROW, column)}"
        first = [at for (_, period), at in self.rows.items() if not row.months or period == row.months[0]]
        return self._papers(min(first, default=BODY_ROW + 1))

    def _papers(self, row: int) -> str:
        return f"external:{self.outcome.year}年度{PAPERS}.xlsx#'{SOURCES}'!A{row}"
