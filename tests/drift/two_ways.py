"""Texts that are a number in two ways, and those beside them that are one in one; days and months however they are written."""

from tests.drift.case import Case
from tests.drift.grids import BASIC, COVER, GIVEN, LIST, Change, put
from tests.drift.wherever import AS_TEXT, EVERY, wherever

PLACES = (("D9", "T2.04"), ("D10", "T2.05"), ("D12", "T2.06"))


def typed(text: str, cell: str, year: int) -> Change:
    return put(BASIC, **{cell: text, f"E{cell[1:]}": float(year)})


def both(text: str, first: str, second: str, place: int = 0) -> tuple[Case, ...]:
    cell, line = PLACES[place]
    told = f"“{text}”可以读成 {first}，也可以读成 {second}"
    return wherever(
        f"{text} at {cell}", typed(text, cell, 0), f"E-NUM-21 {BASIC}!{cell}", says=told,
        shows={line: None, f"{line}:year_to_date": 0},
    )  # fmt: skip


def one(text: str, number: int) -> tuple[Case, ...]:
    shows = {"T2.04": number, "T2.04:year_to_date": number}
    return wherever(f"{text}, which is {number}", typed(text, "D9", number), AS_TEXT, shows=shows)


AMBIGUOUS = (
    *both("1.000", "1000", "1"),
    *both("12.000", "12000", "12"),
    *both("123.000", "123000", "123", 1),
    *both("1.234", "1234", "1.234", 2),
    *both("0,250", "250", "0.25"),
    *both("00,123", "123", "0.123", 1),
    *both("-1.000", "-1000", "-1", 2),
    *both("１．０００", "1000", "1"),
    *both(" 2.000 ".strip(), "2000", "2", 1),
)
PLAIN = (
    *one("1,000", 1000),
    *one("12,000", 12000),
    *one("25.0", 25),
    *one("25.00", 25),
    *one("1,234.000", 1234),
    *one("1234.000", 1234),
    *one("０２５", 25),
)

DAYS = (
    "2012-01-12 00:00:00", "2012-01-12T00:00:00", "2012年1月12日", "2012年1月12号", "2012年01月12日", "2012/1/12", "2012.1.12",
    "２０１２年１月１２日", "2012 年 1 月 12 日", "2012 - 1 - 12", "二〇一二年一月十二日", "二○一二年一月十二日", "2012年1月12日 星期四",
    "2012/1/12 9:30", "20120112",
)  # fmt: skip
NO_DAYS = ("12/01/2012", "1月12日", "2012年1月", "20121301", "2012-01-32", "12-01-12", "一月中旬", "2012年1月12、13日")
MONTHS = (
    "二○一二年一月", "二〇一二年一月", "二零一二年一月", "二Ｏ一二年一月", "二O一二年元月", "二0一二年一月份", "201201", "2012年1月1日至1月31日",
    "2012年1月1日—31日", "2012-01-01至2012-01-31", "2012.1.1-2012.1.31", "2012 年 1 月", "２０１２年１月", "2012年01月份",
    "2012-01-01 00:00:00",
)  # fmt: skip
NO_MONTHS = ("元月", "2012年1月1日至1月30日", "2012年1月15日", "201213", "2012年1—2月", "2012年第一季度")


def said(month: str) -> Change:
    def change(grids) -> None:
        put(COVER, B5=month)(grids)
        for sheet in (GIVEN, BASIC, LIST):
            grids[sheet][1][0] = "填报单位：嘉峪关市卫生局"

    return change


CERTAIN = (
    *(case for text in DAYS for case in wherever(f"a day as {text}", put(LIST, F5=text))),
    *(case for text in MONTHS for case in wherever(f"the month as {text}", said(text))),
)
UNCERTAIN = (
    *(case for text in NO_DAYS for case in wherever(f"no day: {text}", put(LIST, F5=text), f"E-REG-04 {LIST}!F5")),
    *(
        case
        for text in NO_MONTHS
        for case in (
            Case(c.name, c.happens, (f"E-PER-02 {place.cell(f'{COVER}!B5')}",), "", {}, c.file, reads=0)
            for c, place in zip(wherever(f"no month: {text}", said(text)), EVERY, strict=True)
        )
    ),
)  # fmt: skip

TWO_WAYS = (*AMBIGUOUS, *PLAIN, *CERTAIN, *UNCERTAIN)
