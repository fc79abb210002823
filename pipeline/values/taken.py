"""What was taken in: every file, every cell as filled in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.values.findings import Finding

if TYPE_CHECKING:
    import pandas as pd


AS_TEXT = "N-NUM-01"  # the problem of a number that was written as text, and read all the same


@dataclass(frozen=True)
class Taken:
    """All files as read.

    ``returns`` has a row a file (schemas.received.Files); ``rows`` a row a cell (schemas.frames.Rows); ``items`` a row
    a field of a register's item, ``covers`` a row a field of the cover, ``receipts`` a row a receipt (schemas.received:
    Items, Covers, Arrivals).
    """

    returns: "pd.DataFrame"
    rows: "pd.DataFrame"
    items: "pd.DataFrame"
    covers: "pd.DataFrame"
    findings: tuple[Finding, ...]
    receipts: "pd.DataFrame"

    def only(self, returns: "pd.DataFrame") -> "Taken":
        """What was taken in of these ``returns``, and what was found about no file of the others."""
        gone = set(self.returns["file"]) - set(returns["file"])
        rows, items, covers, receipts = (
            frame[frame["ret"].isin(returns["ret"])] for frame in (self.rows, self.items, self.covers, self.receipts)
        )
        return Taken(returns, rows, items, covers, tuple(f for f in self.findings if f.file not in gone), receipts)
