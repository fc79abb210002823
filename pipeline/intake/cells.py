"""One cell as a department filled it in: a whole number, zero, blank, or something that must be asked about."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from pipeline.intake.book import Mark
from pipeline.intake.shown import reads_as
from pipeline.values.numerals import LONG, certain, says_none, two_ways, visible
from pipeline.values.periods import parse_day
from pipeline.values.taken import AS_TEXT
from schemas.period import YEARS
from schemas.quantity import Quantity

WHOLE = Quantity("")
MOST = 10**15  # beyond it a spreadsheet no longer keeps every digit; no count is that large

TEXT, FRACTION, ERROR, MANY_PLACES = "E-NUM-02", "E-NUM-03", "E-NUM-04", "E-NUM-05"
NONE, DATE, PERCENT, FORMATTED, COVERED = "E-NUM-07", "E-NUM-08", "E-NUM-09", "E-NUM-10", "E-LAY-05"
TIME, SHOWN, STRUCK, UNSEEN = "E-SEE-01", "E-SEE-02", "E-SEE-03", "E-SEE-04"
TWO_WAYS, ODD, CONDITIONAL = "E-NUM-21", "E-NUM-22", "E-SEE-07"
ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}  # as text, where formulas were not kept
_PROBLEMS = {
    "error": ERROR, "percent": PERCENT, "covered": COVERED, "formatted": FORMATTED, "uncalculated": "",
    "struck": STRUCK, "unseen": UNSEEN, "odd": ODD, "conditional": CONDITIONAL,
}  # fmt: skip
_AS_KEPT = {"formatted", "struck", "unseen"}  # marks under which what is kept is what is told


class Read(NamedTuple):
    """``written`` is what stands in the cell; ``value`` is None unless ``state`` is number or zero.

    ``problem`` is the kind of finding for a cell that could not be read (state "unread"), or AS_TEXT for a number that
    was written as text.
    """

    written: str
    value: int | None
    state: str
    problem: str = ""


def read_cell(raw: object, mark: Mark | None = None, quantity: Quantity = WHOLE) -> Read:
    """Read one number cell, in steps of what its line is counted in. Nothing is guessed: text is never 0.

    A text of digits alone is the number that it shows, and said to have been text.
    """
    if mark:
        return _marked(raw, mark, quantity)
    if isinstance(raw, date | time | timedelta):
        return _moment(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return Read(str(raw).upper() if isinstance(raw, bool) else str(raw), None, "unread", TEXT)
    if isinstance(raw, str):
        return _read_text(raw, quantity)
    if not isfinite(raw) or abs(raw) > MOST:
        return Read(f"{raw:.10g}", None, "unread", TEXT)
    if not quantity.decimals and raw == int(raw):
        return Read(str(int(raw)), int(raw), "number" if raw else "zero")
    return _exact(f"{raw:.10g}", Decimal(f"{raw:.15g}"), quantity)


def read_date(raw: object) -> date | None:
    """A date cell, or a text that can be no other day (2012-09-12, 2012年9月12日); None where it is neither.

    A day of a year that no month may have is none either.
    """
    if not isinstance(raw, date):
        return parse_day(text_of(raw))
    day = raw.date() if isinstance(raw, datetime) else raw
    return day if day.year in YEARS else None


def text_of(raw: object) -> str:
    """A cell as text: whole numbers without a point, no outer white space; "" where nothing of it is seen."""
    if isinstance(raw, str):
        return _seen(raw) if len(raw) < LONG else _as_seen(raw)
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else _as_seen(str(raw))


def _as_seen(raw: str) -> str:
    text = raw.strip()
    return text if text.isascii() or visible(text) else ""


_seen = lru_cache(maxsize=1 << 14)(_as_seen)


def _marked(raw: object, mark: Mark, quantity: Quantity) -> Read:
    """A cell that is not what it seems."""
    if mark.kind == "shown":
        return _otherwise(mark.shown, raw, quantity)
    shown = mark.shown or text_of(raw) if mark.kind in _AS_KEPT else mark.shown
    return Read(shown, None, "unread", _PROBLEMS[mark.kind])


def _moment(raw: date | time | timedelta) -> Read:
    """A day or a time, which is no number."""
    if isinstance(raw, date):
        return Read(raw.isoformat()[:10], None, "unread", DATE)
    return Read(_clock(raw), None, "unread", TIME)


def _otherwise(shown: str, raw: object, quantity: Quantity) -> Read:
    """A number or a text that is shown otherwise; one that no line takes is told as such."""
    number = raw if isinstance(raw, float) else float(certain(raw) or "nan") if isinstance(raw, str) else None
    if number is None or not isfinite(number):
        return Read(_both(shown, raw), None, "unread", SHOWN)
    read = read_cell(raw, None, quantity)
    as_seen = read.value is None or reads_as(shown, number, quantity.unit)
    return read if as_seen else Read(_both(shown, raw), None, "unread", SHOWN)


def _both(shown: str, raw: object) -> str:
    """What a cell shows, and what is kept in it."""
    seen = f"显示的是“{shown}”" if shown else "什么也不显示"
    return f"{seen}，存的是 {text_of(raw)}"


def _clock(raw: time | timedelta) -> str:
    """A time as a spreadsheet shows one: hours on and on."""
    since = raw if isinstance(raw, timedelta) else timedelta(hours=raw.hour, minutes=raw.minute, seconds=raw.second)
    seconds = round(since.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _read_text(raw: str, quantity: Quantity) -> Read:
    if not visible(raw):
        return Read("", None, "blank")
    digits = certain(raw)
    if digits and abs(Decimal(digits)) <= MOST:
        read = _exact(raw.strip(), Decimal(digits), quantity)
        return read if read.problem else read._replace(problem=AS_TEXT)
    if raw.strip() in ERRORS:
        return Read(raw.strip(), None, "unread", ERROR)
    problem = NONE if says_none(raw) else TWO_WAYS if two_ways(raw) else TEXT
    return Read(raw.strip(), None, "unread", problem)


def _exact(written: str, value: Decimal, quantity: Quantity) -> Read:
    """A decimal in steps of the line; too many places are a question, not rounded."""
    steps = quantity.read(value)
    if steps is None:
        return Read(written, None, "unread", MANY_PLACES if quantity.decimals else FRACTION)
    return Read(written, steps, "number" if steps else "zero")
