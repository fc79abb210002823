"""Periods as heads and names of returns speak of them: months, quarters, halves, years."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pipeline.values.numerals import half_width, visible
from pipeline.values.periods import NUMERALS, digits, month_said, parse_month
from schemas.period import YEARS, Period, period_of

_WITHIN = re.compile(
    r"(?<!\d)(?:(\d{4})(?:年|[-._]?(?=\d\d(?!\d))|[-._](?=\d(?!\d))))?(\d{1,2})(?![\d日])(月?)(?![-._]\d)"
)
_YEAR_WITHIN = re.compile(r"(?<!\d)(\d{4})(?![\d]|年\d|年第|年[上下一二三四]|[-._]\d)")
_PART = re.compile(
    r"(?:(?<!\d)(\d{4})年?[-_ ]?)?(?:第?([1-4一二三四])季度?|Q([1-4])(?!\d)|([上下]半年)|H([12])(?!\d))(?:报|报告)?"
)
_WHOLE_YEAR = re.compile(r"(\d{4})(?:年度?|全年|年全年)?")
_MONTHS = re.compile(r"(\d{4})年(\d{1,2})月?(?:至|到|[—–~～-]+)(\d{1,2})月")


@dataclass(frozen=True, slots=True)
class Hint:
    """A period that a name speaks of, by its last month; ``year`` is 0 where it names none."""

    year: int
    month: int
    length: int = 1

    def __str__(self) -> str:
        period = Period(self.year, self.month, self.length)
        return period.words if self.year else period.short

    def fits(self, period: Period) -> bool:
        """Whether it may mean that period."""
        return (self.month, self.length) == (period.month, period.length) and self.year in {0, period.year}


def period_in(name: str, length: int = 1) -> Hint | None:
    """The one period of so many months that a name speaks of (2012-09, 201209, 9月, 一季度); None of several."""
    found = {hint for hint in _hints(half_width(name), length) if 1 <= hint.month <= 12}
    return found.pop() if len(found) == 1 else None


def _hints(name: str, length: int) -> Iterator[Hint]:
    """Every period of so many months that a name speaks of."""
    if length == 1:
        within = _WITHIN.findall(name)
        yield from (Hint(int(year or 0), int(month)) for year, month, word in within if year or word)
    elif length == 12:
        yield from (Hint(int(year), 12, 12) for year in _YEAR_WITHIN.findall(name) if int(year) in YEARS)
    else:
        for found in _PART.finditer(name):
            part = _part_of(found)
            if part[1] == length:
                yield Hint(int(found[1] or 0), *part)


def parse_period(text: str) -> Period | None:
    """A period as it is written (2012-09, 2012-Q3, 2012-H1, 2012), or as parse_month and people write it.

    People write 2012年第三季度, 2012年3季度, 2012年1—3月, 2012年上半年, 2012年度.
    """
    plain = digits(half_width(visible(text)))
    month = parse_month(text)
    if month:
        return month
    found = _PART.fullmatch(plain)
    if found:
        period: Period | None = Period(int(found[1] or 0), *_part_of(found))
    elif year := _WHOLE_YEAR.fullmatch(plain):
        period = Period(int(year[1]), 12, 12)
    else:
        period = _of_months(plain) or period_of(plain)
    return period if period and period.year in YEARS else None


def period_said(text: str, lengths: Collection[int] = (1,)) -> Period | None:
    """A period of one of these lengths as the head of a return may say it, a month as month_said has it."""
    if 1 in lengths and (month := month_said(text)):
        return month
    period = parse_period(text)
    return period if period and period.length in lengths else None


def _part_of(found: re.Match[str]) -> tuple[int, int]:
    """The last month and the length of a quarter or a half that is written in words."""
    if found[2] or found[3]:
        quarter = int((found[2] or found[3]).translate(NUMERALS))
        return quarter * 3, 3
    return (6 if (found[4] or "").startswith("上") or found[5] == "1" else 12), 6


def _of_months(plain: str) -> Period | None:
    """A quarter, half or year written by its first and last month (2012年1—3月); None where it is none."""
    found = _MONTHS.fullmatch(plain)
    if not found:
        return None
    first, last = int(found[2]), int(found[3])
    length = last - first + 1
    return Period(int(found[1]), last, length) if length in {3, 6, 12} and last % length == 0 and last <= 12 else None
