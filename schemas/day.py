"""How a day is written. One way for each kind of text, and this is where it is decided.

In sentences (letters, messages, the workbook, the run report, the screen) as people say it: 2012年9月5日, within a year
that is named already 9月5日. In columns, data files and cells that are filled in as machines sort it: 2012-09-05. What
somebody wrote is quoted as it was written.
"""

from datetime import date


def in_words(day: date | str) -> str:
    """As a sentence says it; ``day`` may be as a column has it."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.year}年{within_year(day)}"


def within_year(day: date) -> str:
    """The same where the year is known: 9月5日."""
    return f"{day.month}月{day.day}日"
