"""Periods as people write them, and due days."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.values.numerals import half_width, spoken, visible
from schemas.day import within_year
from schemas.office import Office
from schemas.period import YEARS, Period, period_of, periods_of  # noqa: F401

_WRITTEN = re.compile(r"(\d{4})[年\-./](\d{1,2})月?(份)?$")
NUMERALS = str.maketrans("〇零○◯ＯOo一二三四五六七八九", "0000000123456789")  # whatever is typed for a nought
_YEAR_IN_WORDS = re.compile(r"[〇零○◯OoＯ一二三四五六七八九\d]{4}(?=年)")
_COUNTED_IN_WORDS = re.compile(r"(?<=[年月])(元|正|[一二三四五六七八九十廿卅]{1,3})(?=[月日号])")
_SEPARATOR = r"[年月\-./—–]"
_DAY = re.compile(
    rf"(\d{{4}})\s*{_SEPARATOR}\s*(\d{{1,2}})\s*{_SEPARATOR}\s*(\d{{1,2}})\s*[日号]?"
    r"\s*\(?(?:(?:星期|周)[一二三四五六日天])?\)?(?:(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
)
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SPAN = re.compile(
    rf"[自从]?(.+?)起?(?:至|到|[—–~～-]+)(?:(\d{{4}}){_SEPARATOR})?(?:(\d{{1,2}}){_SEPARATOR})?(\d{{1,2}})[日号]?止?"
)


Month = Period  # what most periods are


def parse_month(text: str) -> Month | None:
    """A month written as 2012-09, 2012年9月, 2012.9 or 二〇一二年九月; None where it is not one.

    One beside the calendar (9999-12, 0000-01) is none: nothing that counts months or days ever meets it.
    """
    found = _WRITTEN.match(digits(visible(text)))
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) not in YEARS:
        return None
    return Month(int(found[1]), int(found[2]))


def month_said(text: str) -> Month | None:
    """A month as the head of a return may say it: also 201209, from its first to its last day, or by its first day.

    A spreadsheet turns a month into that day. Any other day or span says no month.
    """
    month = parse_month(text)
    if month:
        return month
    plain = digits(visible(text))
    if re.fullmatch(r"\d{6}", plain):
        return parse_month(f"{plain[:4]}-{plain[4:]}")
    first = parse_day(text)
    if first:
        return Month(first.year, first.month) if first.day == 1 else None
    span = _SPAN.fullmatch(plain)
    first = parse_day(span[1]) if span else None
    if not span or not first or first.day != 1:
        return None
    last = parse_day(f"{span[2] or first.year}-{span[3] or first.month}-{span[4]}")
    return Month(first.year, first.month) if last and last + timedelta(1) == _next_month(first) else None


def parse_day(text: str) -> date | None:
    """A text that can be no other day: 2012-09-12, 20120912, 2012年9月12号, full-width or spaced, also with a time.

    None where it is anything else, or a day of a year that no month may have.
    """
    written = digits(half_width(text).strip())
    found = _DAY.fullmatch(written) or _EIGHT.fullmatch(written)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def span_of(periods: Sequence[Period]) -> str:
    """The periods of a year from its beginning on, in words: 2012年1月, 2012年1—6月, 2012年第一季度, 2012年."""
    last = periods[-1]
    return last.words if len(periods) == 1 and last.month == last.length else f"{last.year}年1—{last.month}月"


def whole_year(periods: Sequence[Period]) -> bool:
    """Whether these periods are all of a year."""
    return sum(period.length for period in periods) == 12


def whole_span(months: Sequence[Month]) -> str:
    """What all months that are reported are called in a table."""
    first, last = months[0].first.month, months[-1].month
    return "全年" if whole_year(months) else f"{first}—{last}月" if first < last else f"{last}月合计"


def reporting_day(month: Month, office: Office) -> date:
    """The office's day of the month after the period; its last day where it has no such day."""
    after = month.last.plus(1)
    return date(after.year, after.month, min(office.settings.deadline.day, monthrange(after.year, after.month)[1]))


def due_in_words(period: Period, office: Office) -> str:
    """When a period is reported, as its form says it: 次月5日, 季后次月5日, 次年1月31日."""
    day = reporting_day(period, office)
    if period.length == 12:
        return f"次年{within_year(day)}"
    return f"{'次月' if period.length == 1 else '期后次月'}{day.day}日"


def due_day(month: Month, office: Office) -> date:
    """The last day on which the period's return is in time: the office's day of the next month, moved on if free."""
    day = reporting_day(month, office)
    if office.settings.deadline.postpone == "workday":
        while not is_workday(day, office):
            day += timedelta(days=1)
    return day


def closing_day(month: Month, office: Office) -> date:
    """The day on which the month is closed (补报截止): the office's number of working days after the due day."""
    day = due_day(month, office)
    for _ in range(office.settings.deadline.closing):
        day += timedelta(days=1)
        while not is_workday(day, office):
            day += timedelta(days=1)
    return day


def is_workday(day: date, office: Office) -> bool:
    """Whether people work that day: the office's own days first, then the State Council's calendar, then the week.

    The calendar (chinesecalendar) knows the years that have been announced; outside them weekends alone are free, which
    ``years_without_holidays`` tells.
    """
    own = {d.date: d.kind == "workday" for d in office.days}
    if day in own:
        return own[day]
    announced = _announced(day)
    return day.weekday() < 5 if announced is None else announced


def years_without_holidays(months: Sequence[Month], office: Office) -> list[int]:
    """The years in which returns of the months are due and of which neither calendar nor office knows a holiday."""
    days = {day for month in months for day in (due_day(month, office), closing_day(month, office))}
    years = {day.year for day in days if _announced(day) is None} - {d.date.year for d in office.days}
    postponed = office.settings.deadline.postpone == "workday" or office.settings.deadline.closing
    return sorted(years) if postponed else []


def _announced(day: date) -> bool | None:
    """Whether people work that day by the State Council's calendar; None where that year is not in it."""
    from chinese_calendar import is_workday as nationally

    try:
        return bool(nationally(day))
    except NotImplementedError:
        return None


def _next_month(day: date) -> date:
    after = Month(day.year, day.month).plus(1)
    return date(after.year, after.month, 1)


def digits(text: str) -> str:
    """The text with the years, months and days that it says in Chinese numerals as digits."""
    text = _YEAR_IN_WORDS.sub(
        lambda year: year[0].translate(NUMERALS), re.sub(r"(?<=[年月])\s+|\s+(?=[年月日号])", "", text)
    )
    return _COUNTED_IN_WORDS.sub(lambda count: str(1 if count[1] in {"元", "正"} else spoken(count[1])), text)
