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
    a field of a register's item, ``covers`` a row a field of the cover (schemas.received.Items, Covers).
    """

    returns: "pd.DataFrame"
    rows: "pd.DataFrame"
    items: "pd.DataFrame"
    covers: "pd.DataFrame"
    findings: tuple[Finding, ...]
