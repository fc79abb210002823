"""What was taken in: every file, every cell as filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.values.findings import Finding
from pipeline.values.forwarded import Slices
from pipeline.values.mails import Mail
from pipeline.values.replies import NO_REPLIES, Replies

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Rows
    from schemas.received import Arrivals, Covers, Files, Items


AS_TEXT = "N-NUM-01"  # the problem of a number that was written as text, and read all the same


@dataclass(frozen=True)
class Taken:
    """All files as read.

    ``returns`` has a row a file, ``rows`` a row a cell, ``items`` a row a field of a register's item, ``covers`` a row
    a field of the cover, ``receipts`` a row a receipt; ``replies`` are what units answered beside their returns,
    ``mails`` what each file came in that came in a mail, by its name; ``below`` are the returns that other offices
    forwarded, each a period of a workbook.
    """

    returns: "DataFrame[Files]"
    rows: "DataFrame[Rows]"
    items: "DataFrame[Items]"
    covers: "DataFrame[Covers]"
    findings: tuple[Finding, ...]
    receipts: "DataFrame[Arrivals]"
    replies: Replies = NO_REPLIES
    mails: Mapping[str, Mail] = field(default_factory=dict)
    below: Slices = field(default_factory=dict)

    def only(self, returns: "DataFrame[Files]") -> "Taken":
        """What was taken in of these ``returns``, and what was found about no file of the others."""
        gone, own = set(self.returns["ret"]) - set(returns["ret"]), returns["ret"]
        return Taken(
            returns,
            self.rows[self.rows["ret"].isin(own)],
            self.items[self.items["ret"].isin(own)],
            self.covers[self.covers["ret"].isin(own)],
            tuple(f for f in self.findings if f.ret not in gone),
            self.receipts[self.receipts["ret"].isin(own)],
            self.replies,
            self.mails,
            {ret: part for ret, part in self.below.items() if ret not in gone},
        )
