"""Conditions as Excel formulas: whether a cell holds still what was sent. None of them can end in an error."""

import re
from datetime import date

MOST_LITERAL = 200  # characters; a formula holds at most 255 in one text
_ODD = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]|[^\x00-\uffff]")  # what a formula cannot say or counts twice
_EPOCH = date(1899, 12, 30).toordinal()


def holds_still(cell: str, value: float | str | date | None) -> str:
    """The condition that a cell is blank, or holds this number or this text (a long one: that begins like this)."""
    if value is None:
        return f"ISBLANK({cell})"
    if isinstance(value, date):
        return f"IF(ISNUMBER({cell}),{cell}={value.toordinal() - _EPOCH},FALSE)"
    if not isinstance(value, str):
        return f"IF(ISNUMBER({cell}),{cell}={value:.15G},FALSE)"
    begins = _ODD.split(value)[0][:MOST_LITERAL]
    told = cell if begins == value else f"LEFT({cell},{len(begins)})"
    return f"IF(ISTEXT({cell}),EXACT({told},{quoted(begins)}),FALSE)"


def quoted(text: str) -> str:
    """A text as it stands in a formula."""
    return '"' + text.replace('"', '""') + '"'
