"""Months, due days, and the slips of the pen that turn one number into another."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.judge.slips import slip
from pipeline.judge.suggestion import suggestion
from pipeline.values.periods import Month, closing_day, due_day, is_workday, parse_month, years_without_holidays
from schemas.office import Day, read_office

OFFICE = read_office()

months = st.builds(Month, st.integers(1990, 2100), st.integers(1, 12))


@pytest.mark.parametrize(
    "written",
    ["2012-09", "2012年9月", "2012年09月", " 2012 年 9 月 ", "2012.9", "2012/9", "2012.09月"],
)
def test_a_month_is_read_however_it_is_written(written):
    assert parse_month(written) == Month(2012, 9)


@pytest.mark.parametrize("written", ["", "元月", "9月", "2012年", "2012-13", "2012-00", "12-09", "20129"])
def test_what_is_no_month_is_none(written):
    assert parse_month(written) is None


@pytest.mark.parametrize(
    "written", ["9999-12", "0000-01", "0001年1月", "1899-12", "2200-01", "10000-01", "二二〇〇年一月"]
)
def test_a_month_beside_the_calendar_is_none(written):
    assert parse_month(written) is None


@pytest.mark.parametrize("month", [Month(1900, 1), Month(2199, 12)])
def test_on_every_month_that_is_admitted_one_can_count(month):
    assert parse_month(str(month)) == month
    assert due_day(month, OFFICE) < closing_day(month, OFFICE)
    assert parse_month(str(month.plus(12))) in {month.plus(12), None}


@given(months)
def test_a_month_reads_back_from_its_text_and_its_words(month):
    assert parse_month(str(month)) == parse_month(month.words) == month


@given(months, st.integers(-400, 400))
def test_months_are_counted_forwards_and_back(month, count):
    later = month.plus(count)

    assert later.plus(-count) == month
    assert (later.year - month.year) * 12 + later.month - month.month == count


@given(months, st.integers(0, 40))
def test_the_months_between_are_all_there_in_order(month, count):
    between = list(month.until(month.plus(count)))

    assert between == [month.plus(n) for n in range(count + 1)]
    assert between == sorted(between)


@pytest.mark.parametrize(
    ("month", "due"),
    [
        (Month(2012, 1), date(2012, 2, 6)),  # the 5th was a Sunday
        (Month(2012, 2), date(2012, 3, 5)),
        (Month(2012, 4), date(2012, 5, 7)),  # a Saturday
        (Month(2012, 9), date(2012, 10, 8)),  # 国庆
        (Month(2012, 12), date(2013, 1, 5)),  # 调休: a Saturday on which people worked
        (Month(2049, 1), date(2049, 2, 5)),  # a Friday beyond the announced calendar
    ],
)
def test_the_due_day_moves_to_the_next_working_day(month, due):
    assert due_day(month, OFFICE) == due


def test_the_office_adds_days_of_its_own():
    closed = OFFICE._replace(days=(Day(date="2012-03-05", kind="holiday", name="市庆"),))

    assert due_day(Month(2012, 2), closed) == date(2012, 3, 6)
    assert not is_workday(date(2012, 3, 5), closed)


def test_an_office_that_does_not_postpone():
    deadline = OFFICE.settings.deadline.model_copy(update={"postpone": "none"})
    strict = OFFICE._replace(settings=OFFICE.settings.model_copy(update={"deadline": deadline}))

    assert due_day(Month(2012, 1), strict) == date(2012, 2, 5)


@pytest.mark.parametrize(
    ("months", "days", "years"),
    [
        ([Month(2012, 1), Month(2012, 12)], (), []),
        ([Month(2049, 1)], (), [2049]),
        ([Month(2049, 11), Month(2049, 12)], (), [2049, 2050]),
        ([Month(2049, 12)], ("2049-01-01",), [2050]),
        ([Month(2049, 1)], ("2049-01-01",), []),  # the office has written down that year's
    ],
)
def test_the_years_whose_holidays_nobody_has_announced(months, days, years):
    told = OFFICE._replace(days=tuple(Day(date=day, kind="holiday") for day in days))

    assert years_without_holidays(months, told) == years


def test_an_office_that_counts_no_working_days_needs_no_holidays():
    deadline = OFFICE.settings.deadline.model_copy(update={"postpone": "none", "closing": 0})
    strict = OFFICE._replace(settings=OFFICE.settings.model_copy(update={"deadline": deadline}))

    assert years_without_holidays([Month(2049, 1)], strict) == []


@pytest.mark.parametrize(
    ("written", "expected", "how"),
    [
        (154855, 154875, "一位数字之误"),
        (14, 41, "相邻两位数字颠倒"),
        (1243, 1234, "相邻两位数字颠倒"),
        (-5, 5, "正负号相反"),
        (50, 5, "差一个 0"),
        (5, 50, "差一个 0"),
        (20000, 2, "差一个“万”"),
        (2, 20000, "差一个“万”"),
        (3, 4, "一位数字之误"),
        (1324, 4321, ""),  # the same digits, but not neighbours
        (123, 145, ""),
        (99, 100, ""),
        (5, 5, ""),
        (0, 0, ""),
    ],
)
def test_a_slip_is_named_where_one_explains_the_difference(written, expected, how):
    assert slip(written, expected) == how


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_slip_goes_both_ways(written, expected):
    assert slip(written, expected) == slip(expected, written)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("14条", "（疑为 14）"),
        ("１４", "（疑为 14）"),
        ("1,234 条", "（疑为 1234）"),
        ("共 12 件", "（疑为 12）"),
        ("十二", "（疑为 12）"),
        ("二百六十", "（疑为 260）"),
        ("二百零五件", "（疑为 205）"),
        ("一百二", "（疑为 120）"),  # 一百二十, as it is said
        ("一万二", "（疑为 12000）"),
        ("两千三百万", "（疑为 23000000）"),
        ("壹仟贰佰", "（疑为 1200）"),
        ("廿一", "（疑为 21）"),
        ("三十余万", "（要填准确的数，不写约数；疑为 300000 左右）"),
        ("2000万", "（疑为 20000000）"),
        ("1.2e3", "（疑为 1200）"),
        ("约1.8万", "（要填准确的数，不写约数；疑为 18000 左右）"),
        ("260余", "（要填准确的数，不写约数；疑为 260 左右）"),
        ("2012-03-05", "（原来写的可能是 3-5）"),
        ("1900-01-14", "（原来写的可能是 14）"),
        ("1900-04-09", "（原来写的可能是 100）"),
        *(
            (text, "")
            for text in (
                "无",
                "3-5",
                "三五条",
                "12条3件",
                "5%",
                "2012年",
                "近百",
                "万",
                "1,23",
                "",
                "百三千",
                "十十",
                "1万二",
            )
        ),
    ],
)
def test_what_a_cell_that_is_no_number_most_likely_was_to_say(written, number):
    assert suggestion(written) == number
