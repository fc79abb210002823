"""When: a run of whole months that a return is about, a month, a quarter, half a year or a year.

It is written 2012-09, 2012-Q3, 2012-H1 or 2012, and lies in the year where its last month lies: what is valid, asked or
due in that month is so of the whole period.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["month", "quarter", "half", "year"]

LENGTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
WORDS = {1: "月报", 3: "季报", 6: "半年报", 12: "年报"}  # what returns of each length are called
_PARTS = ("this_period", "each_period", "other_periods", "periods", "own_period", "last_period")
_SPOKEN = {  # how texts speak of one period among others, by its length; 0 where it is not known
    0: ("这一期", "各期", "其他各期", "各期", "本期", "上期"),
    1: ("这个月", "各月", "其他月份", "月份", "本月", "上月"),
    3: ("这个季度", "各季度", "其他季度", "季度", "本季度", "上季度"),
    6: ("这半年", "各半年", "其他各期", "各期", "本期", "上期"),
    12: ("这一年", "各年", "其他年份", "年份", "本年", "上年"),
}
_ORDINALS = "一二三四"
_HALVES = ("上半年", "下半年")
_MARKS = {3: "Q", 6: "H"}
YEARS = range(1900, 2200)  # of months and days that are admitted: on all of them one can count on and back
_WRITTEN = re.compile(r"(\d{4})(?:-(?:(\d\d)|Q([1-4])|H([12])))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """So many months (``length``) that end with ``month``."""

    year: int
    month: int
    length: int = 1

    def __str__(self) -> str:
        if self.length == 1:
            return f"{self.year:04d}-{self.month:02d}"
        mark = _MARKS.get(self.length)
        return f"{self.year:04d}-{mark}{self.ordinal}" if mark else f"{self.year:04d}"

    @property
    def ordinal(self) -> int:
        """The how manyth of its length in the year it is."""
        return self.month // self.length

    @property
    def words(self) -> str:
        """As a form prints it: 2012年9月, 2012年第三季度, 2012年上半年, 2012年."""
        return f"{self.year}年{self.short if self.length < 12 else ''}"

    @property
    def short(self) -> str:
        """As it is called within its year: 9月, 第三季度, 上半年, 全年."""
        if self.length == 1:
            return f"{self.month}月"
        if self.length == 3:
            return f"第{_ORDINALS[self.ordinal - 1]}季度"
        return _HALVES[self.ordinal - 1] if self.length == 6 else "全年"

    @property
    def first(self) -> "Period":
        """Its first month."""
        return Period(self.year, self.month - self.length + 1)

    @property
    def last(self) -> "Period":
        """Its last month."""
        return Period(self.year, self.month)

    @property
    def year_ago(self) -> "Period":
        """The same period of the year before."""
        return Period(self.year - 1, self.month, self.length)

    @property
    def so_far(self) -> "tuple[Period, ...]":
        """The periods of its year up to itself."""
        return tuple(one for one in periods_of(self.year, self.length) if one <= self)

    @property
    def opens_year(self) -> bool:
        """Whether it is the first of its year."""
        return self.month == self.length

    def plus(self, periods: int) -> "Period":
        """The period so many later (or, negative, earlier)."""
        count = self.year * 12 + self.month - 1 + periods * self.length
        return Period(count // 12, count % 12 + 1, self.length)

    def until(self, last: "Period") -> "Iterator[Period]":
        """Yield this period and those after it up to ``last``."""
        period = self
        while period <= last:
            yield period
            period = period.plus(1)


def periods_of(year: int, length: int = 1) -> tuple[Period, ...]:
    """The periods of a year."""
    return tuple(Period(year, month, length) for month in range(length, 13, length))


def period_of(label: str) -> Period | None:
    """The period that is written so (2012-09, 2012-Q3, 2012-H1, 2012); None of another, or beside the calendar."""
    found = _WRITTEN.fullmatch(label)
    if not found or int(found[1]) not in YEARS:
        return None
    month, quarter, half = found[2], found[3], found[4]
    if month:
        return Period(int(found[1]), int(month)) if 1 <= int(month) <= 12 else None
    length = 3 if quarter else 6 if half else 12
    return Period(int(found[1]), int(quarter or half or 1) * length, length)


@lru_cache(maxsize=1 << 12)
def last_month(label: str) -> str:
    """The last month of a period as it is written (2012-Q3: 2012-09); what is none, as a month is, stays as it is."""
    if len(label) == 7 and label[5].isdigit():
        return label
    period = period_of(label)
    return str(period.last) if period else label


def length_of(label: str) -> int:
    """How many months a period has, by how it is written; 1 of what is none."""
    period = period_of(label)
    return period.length if period else 1


def calendar_month(label: str) -> int:
    """The month of the year in which a period ends."""
    return int(last_month(label)[-2:])


def in_words(label: str) -> str:
    """A period as a form prints it, by how it is written; what is none as it is written."""
    period = period_of(label)
    return period.words if period else label


def called(label: str) -> str:
    """What a period is called within its year, by how it is written; what is none as it is written."""
    period = period_of(label)
    return period.short if period else label


def month_run(first: int, last: int) -> str:
    """Months of a year that follow each other, as they are called: 3—6月; one alone 3月."""
    return f"{first}月" if first == last else f"{first}—{last}月"


def spoken(length: int) -> dict[str, str]:
    """What a return of so many months, and its period among others, are called; 0 where the length is not known."""
    return {"report": WORDS.get(length, "报表"), **dict(zip(_PARTS, _SPOKEN.get(length, _SPOKEN[0]), strict=True))}
