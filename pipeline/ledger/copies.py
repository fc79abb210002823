"""Files that say again what was said already: copies, which count for nothing, and a unit's return to what it said."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Arrival = tuple[str, str]  # content and day


def copies(returns: "pd.DataFrame") -> "pd.Series[str]":
    """The first file of the same content for every copy, else "". ``returns`` stand in the order of arrival.

    What comes again after the unit had sent something else for the month, on a later day or maybe on the same, is no
    copy but the unit's last word: a version of its own.
    """
    import pandas as pd

    arrived: dict[tuple[str, str], list[Arrival]] = defaultdict(list)
    for row in returns[~returns["excluded"]].itertuples(index=False):
        arrived[_month(row)].append((str(row.sha256), str(row.received)))
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    found = []
    for row in returns.itertuples(index=False):
        content, day = str(row.sha256), str(row.received)
        others = [when for other, when in arrived[_month(row)] if other != content]
        again = content in first and all(_month(row)) and _between(last[content], others, day)
        found.append(first[content] if content in first and not again else "")
        if content:
            first.setdefault(content, str(row.file))
            last[content] = day
    return pd.Series(found, index=returns.index, dtype="str")


def _month(row: Any) -> tuple[str, str]:
    return str(row.unit), str(row.period)


def _between(before: str, others: list[str], day: str) -> bool:
    """Whether something else came since ``before``, or on the same day as this, so that nobody knows which is last."""
    return before < day and any(before <= other <= day for other in others)
