"""One cell as a department filled it in: a whole number, zero, blank, or something that must be asked about."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from pipeline.numerals import visible

MOST = 10**15  # beyond it a spreadsheet no longer keeps every digit; no count is that large


_DAY = re.compile(r"(\d{4})[年\-./](\d{1,2})[月\-./](\d{1,2})日?$")


class Read(NamedTuple):
    """``written`` is what stands in the cell; ``value`` is None unless ``state`` is number or zero.

    ``problem`` is the kind of finding for a cell that could not be read (state "unread").
    """

    written: str
    value: int | None
    state: str
    problem: str = ""


def read_cell(raw: object, error: str | None = None, number: str = "count") -> Read:
    """Read one number cell: a whole count, or money in 元 as 分. Nothing is guessed: text is no number, and never 0."""
    if error is not None:
        return Read(error, None, "unread", "E-NUM-04")
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return Read(str(raw), None, "unread", "E-NUM-02")
    if isinstance(raw, str):
        return _read_text(raw)
    if abs(raw) > MOST:
        return Read(f"{raw:.10g}", None, "unread", "E-NUM-02")
    if number == "count" and raw == int(raw):
        return Read(str(int(raw)), int(raw), "number" if raw else "zero")
    exact = Decimal(f"{raw:.15g}") * (100 if number == "money" else 1)
    if exact != int(exact):
        return Read(f"{raw:.10g}", None, "unread", "E-NUM-05" if number == "money" else "E-NUM-03")
    return Read(f"{raw:.10g}", int(exact), "number" if raw else "zero")


def read_date(raw: object) -> date | None:
    """A date cell, or a text that can be no other day (2012-09-12, 2012年9月12日); None where it is neither."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    found = _DAY.match(str(raw).strip())
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def text_of(raw: object) -> str:
    """A cell as text: whole numbers without a point, no outer white space."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw).strip()


def _read_text(raw: str) -> Read:
    if not visible(raw):
        return Read("", None, "blank")
    return Read(raw.strip(), None, "unread", "E-NUM-02")
