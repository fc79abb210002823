"""What a cell that is no number most likely was to say, as a clause for its finding. Suggested, never adopted."""

from datetime import date

from pipeline.values.numerals import likely

# Day 0 of spreadsheets, which know a 29 February 1900: from March on their days are one more.
_EPOCH, _EPOCH_FROM_MARCH, _MARCH = date(1899, 12, 31), date(1899, 12, 30), date(1900, 3, 1)
_COUNTS_UNTIL = date(1950, 1, 1)  # a count in a cell that is formatted as a date shows a day before this


def suggestion(written: str) -> str:
    """The likely reading in brackets, or ""."""
    day = _day(written)
    if day:
        count = (day - (_EPOCH if day < _MARCH else _EPOCH_FROM_MARCH)).days
        meant = str(count) if day < _COUNTS_UNTIL else f"{day.month}-{day.day}"
        return f"（原来写的可能是 {meant}）"
    found = likely(written)
    if not found:
        return ""
    return f"（要填准确的数，不写约数；疑为 {found.number} 左右）" if found.rough else f"（疑为 {found.number}）"


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
