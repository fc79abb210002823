"""Months, years and due days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.office import Office

_WRITTEN = re.compile(r"(\d{4})\s*[年\-./]\s*(\d{1,2})\s*月?$")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; as text "2012-09"."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def words(self) -> str:
        """As a form prints it: 2012年9月."""
        return f"{self.year}年{self.month}月"

    def plus(self, months: int) -> "Month":
        """The month so many months later (or, negative, earlier)."""
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)

    def until(self, last: "Month") -> Iterator["Month"]:
        """Yield this month and those after it up to ``last``."""
        month = self
        while month <= last:
            yield month
            month = month.plus(1)


def parse_month(text: str) -> Month | None:
    """A month written as 2012-09, 2012年9月 or 2012.9; None where it is not one."""
    found = _WRITTEN.match(text.strip())
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    return Month(int(found[1]), int(found[2]))


def due_day(month: Month, office: Office) -> date:
    """The last day on which the month's return is in time: the office's day of the next month, moved on if free."""
    after = month.plus(1)
    day = date(after.year, after.month, office.settings.deadline.day)
    if office.settings.deadline.postpone == "workday":
        while not is_workday(day, office):
            day += timedelta(days=1)
    return day


def is_workday(day: date, office: Office) -> bool:
    """Whether people work that day: the office's own days first, then the State Council's calendar, then the week.

    The calendar (chinesecalendar) knows the years that have been announced; outside them weekends alone are free.
    """
    from chinese_calendar import is_workday as nationally

    own = {d.date: d.kind == "workday" for d in office.days}
    if day in own:
        return own[day]
    try:
        return bool(nationally(day))
    except NotImplementedError:
        return day.weekday() < 5
