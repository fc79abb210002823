"""The year before was on another form: what its office typed is read by what it meant, and asked about where it is not clear.

From 2012 on two lines have swapped their codes, one goes on under another code, two have become one, and one is new.
"""

import pytest

from pipeline.intake import read_last_year, read_own_files
from pipeline.judge.block import figures_onto
from pipeline.judge.last_year import LAST_YEAR
from schemas.crosswalk import Crosswalk
from tests.pipeline.happenings import knows
from tests.worlds.forms_in_time import HEALTH, SCHOOLS, desk_of, form, lines, send

THEN, NOW = ("2010-01", "2011-12"), ("2012-01", "2013-12")
OLD = lines('code = "36", name = "试填数", unit = "件"')
CHANGED = (
    '\n[without]\nline = ["T2.36", "T2.32", "T2.33"]\n'
    + lines(
        'code = "11", name = "其中：1.传真申请数", was = "a:T2.12"',
        'code = "12", name = "2.当面申请数", was = "a:T2.11"',
        'code = "38", name = "试填件数", unit = "件", was = "a:T2.36"',
        'code = "39", name = "复议和诉讼数", unit = "件", was = ["a:T2.32", "a:T2.33"]',
        'code = "04", name = "便民服务数", was = []',
    )
    + "\n[report]\ncompared = ["
    + ", ".join(f'{{ of = "T2.{code}" }}' for code in ("11", "12", "38", "39", "04", "05"))
    + "]\n"
)
JANUARY = "2011年1月"
IN_PERSON, BY_FAX = "当面申请数", "传真申请数"
ASKED = "在今年的表式里是“{now}”，在上年的表式里是“{then}”，“指标”栏没有写清是哪一个"


def row(code: object, name: str, value: float, period: str) -> tuple[object, ...]:
    return ("", "", period, "T2", code, name, value, "")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return desk_of(tmp_path_factory.mktemp("other"), form("a", *THEN, OLD), form("b", *NOW, CHANGED, "a"))


def read(desk, *rows: tuple[object, ...]) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """The figures by the lines of this year's form, and what is told, by cell."""
    knows(desk, *rows)
    then, now = desk.forms()
    file = read_last_year(read_own_files(desk.inbox, 0)[LAST_YEAR], [now], desk.office, 2012, [then])
    walk = Crosswalk(now, (then,))
    figures = {walk.form.entry(one.ref).label: one.value for one in figures_onto(file, walk).figures if one.edition}
    return figures, [(f.cell, f.message) for f in file.findings]


@pytest.mark.parametrize(
    ("code", "name", "value", "label"),
    [
        ("11", "当面申请数", 130, IN_PERSON),  # by last year's form
        ("11", "其中：1.当面申请数", 130, IN_PERSON),
        (11, "1. 当面申请数", 130, IN_PERSON),
        ("12", "传真申请数", 20, BY_FAX),
        ("11", "传真申请数", 20, BY_FAX),  # by this year's
        ("12", "2.当面申请数", 130, IN_PERSON),
        ("38", "试填件数", 7, "试填件数"),
        ("36", "试填数", 7, "试填件数"),  # a code of last year's form alone
        ("36", "", 7, "试填件数"),
        ("05", "", 7, "网站专栏页面访问量"),  # the same in both: the name is not needed
        ("05", "访问", 7, "网站专栏页面访问量"),
        ("04", "便民服务数", 7, "便民服务数"),
    ],
)
def test_a_row_is_read_by_the_year_whose_name_it_bears(desk, code, name, value, label):
    figures, told = read(desk, row(code, name, value, JANUARY))

    assert told == []
    assert figures == {label: value}


@pytest.mark.parametrize(
    ("code", "name", "now", "then"),
    [
        ("11", "", BY_FAX, IN_PERSON),
        ("12", "", IN_PERSON, BY_FAX),
        ("12", "申请数", IN_PERSON, BY_FAX),
        ("12", "网上申请数", IN_PERSON, BY_FAX),
        ("04", "", "便民服务数", "提供服务类信息数"),
    ],
)
def test_a_code_that_meant_something_else_is_asked_about_where_no_name_tells(desk, code, name, now, then):
    figures, told = read(desk, row(code, name, 130, JANUARY))

    ((cell, message),) = told
    assert cell == "E2"
    assert f"“代码”写的是“{code}”，" + ASKED.format(now=now, then=then) in message
    assert figures == {}


def test_what_a_new_line_is_not_is_not_read_as_it(desk):
    figures, told = read(desk, row("04", "提供服务类信息数", 9, JANUARY))

    assert told == []
    assert figures == {}


def test_two_lines_that_became_one_are_added_and_one_alone_is_not(desk):
    both, told = read(desk, row("32", "", 3, JANUARY), row("33", "", 4, JANUARY))
    one, _ = read(desk, row("32", "", 3, JANUARY))

    assert told == []
    assert (both, one) == ({"复议和诉讼数": 7}, {})


def test_one_thing_by_both_years_codes_is_one_row_too_many(desk):
    figures, told = read(desk, row("11", "当面申请数", 130, JANUARY), row("12", "当面申请数", 131, JANUARY))

    ((cell, message),) = told
    assert (cell, IN_PERSON in message) == ("G3", True)
    assert figures == {}


@pytest.mark.slow
def test_so_it_stands_beside_this_year(desk):
    for n, unit in enumerate((HEALTH, SCHOOLS)):
        send(desk, unit, "2012-01", {"T2.91": 100 + n})
    knows(desk, row("11", IN_PERSON, 130, JANUARY), row("12", "", 20, JANUARY))
    outcome = desk.examine("2012-02-09", "2012-01")

    base = {one.label: one.growth.base for one in outcome.growth.yearly}
    assert (base[IN_PERSON], base[BY_FAX]) == (130, None)
    assert [(f.rule, f.cell) for f in outcome.findings if f.rule.startswith("W-LST")] == [("W-LST-01", "E3")]
