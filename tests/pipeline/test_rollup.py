"""From returns to annual tables: however a year is split into returns, its sums are the same everywhere."""

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from operator import add

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.tables import rollup
from pipeline.tables.answers import Answers
from pipeline.values.answer import Why
from pipeline.values.periods import Month
from pipeline.values.table import Table, TableRow
from schemas.form import Form
from schemas.forms import read_form
from schemas.frames import Returns, frame_of
from schemas.office import read_office
from schemas.rules.terms import Ratio, Ref
from tests.builders import Desk

OFFICE = read_office()
FORM = read_form("jyg-2012", OFFICE)
YEAR = list(Month(2012, 1).until(Month(2012, 12)))
LINES = ("T2.01", "T1.102", "T1.105", "T1.203", "T2.06", "T2.08", "T2.91", "T2.10", "T3.301", "T3.305", "T6.203_105")
TABLES = [annual.id for annual in FORM.edition.annual]
OF_LINES = replace(FORM, edition=FORM.edition.model_copy(update={"annual": FORM.edition.annual[:9]}))  # 表1—表7续

Published = dict[tuple[str, str, str], dict[tuple[str, str], int]]  # by table, line and column; by month and unit

numbers = st.lists(st.integers(0, 10**6), min_size=len(LINES), max_size=len(LINES))
whose = st.tuples(st.sampled_from([unit.code for unit in OFFICE.units[::6]]), st.sampled_from([*map(str, YEAR)]))
years = st.dictionaries(whose, numbers, max_size=30)


def wide(returns: dict[tuple[str, str], list[int]]) -> pd.DataFrame:
    """One row a return with these numbers in LINES, and zeros elsewhere."""
    names = [str(Ref(*key)) for key in FORM.entries if key[0] in {"T1", "T2", "T3", "T6"}]
    rows = [dict.fromkeys(names, 0) | dict(zip(LINES, values, strict=True)) for values in returns.values()]
    about = pd.DataFrame(list(returns), columns=["unit", "period"], dtype="str")
    return pd.DataFrame(rows, columns=names, dtype="Int64").join(about)


def made(frame: pd.DataFrame) -> dict[str, Table]:
    return {table.annual.id: table for table in rollup.tables(answers(frame, YEAR))}


def answers(frame: pd.DataFrame, months: list[Month]) -> Answers:
    """Of returns that are in force and no others."""
    return Answers(OF_LINES, frame, frame_of(Returns), months, OFFICE)


def total(table: Table) -> dict[str, int | None]:
    """The total row by column."""
    return by_column(table, next(row for row in table.rows if row.kind == "total"))


def by_column(table: Table, row: TableRow) -> dict[str, int | None]:
    return dict(zip((column.name for column in table.columns), row.numbers, strict=True))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(years)
def test_months_and_units_and_the_year_add_up_to_what_was_returned(returns):
    tables = made(wide(returns))

    if not returns:
        assert {answer.why for table in tables.values() for answer in table.rows[0].answers} == {Why.MISSING}
        return
    returned = {line: sum(values[n] for values in returns.values()) for n, line in enumerate(LINES)}
    assert total(tables["表1"]) == total(tables["表2"])
    assert total(tables["表1"])["主动公开信息数"] == returned["T2.01"]
    assert total(tables["表2"])["渠道合计"] == returned["T1.102"] + returned["T1.105"]
    assert total(tables["表3"])["与01行差"] == returned["T2.01"] - returned["T1.203"]
    assert total(tables["表5"])["合计"] == returned["T2.06"] + returned["T2.08"]
    assert total(tables["表7"])["本月受理"] == total(tables["表7续"])["受理"] == returned["T2.10"]
    assert total(tables["表4"])["台账条数"] == 0  # the frame counts pairs and no categories
    assert total(tables["表4"])["新闻媒体"] == -total(tables["表4"])["未注明渠道"] == returned["T6.203_105"]
    for table in tables.values():
        for row in filter(lambda row: row.adds, table.rows):
            parts = [table.rows[position].answers for position in row.adds]
            sums = tuple(reduce(add, column) for column in zip(*parts, strict=True))
            live = [a.number == b.number for a, b, live in zip(row.answers, sums, row.live, strict=True) if live]
            assert all(live), (table.annual.id, row.label)
            still = sum(column.ratio is not None for column in table.columns)  # no ratio is a sum
            assert len(live) == len(sums) - still - (2 if table.annual.id == "表7" else 0)  # 上月结转 and 结转下月


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(years)
def test_a_stock_is_that_of_the_last_month_and_an_opening_that_of_the_first(returns):
    tables = made(wide(returns))

    for span, label in ((YEAR, "全年"), (YEAR[:3], "第一季度"), (YEAR[9:], "第四季度")):
        row = next(row for row in tables["表7"].rows if row.label == label)
        carried = by_column(tables["表7"], row)
        assert carried["上月结转"] == of_month(returns, "T3.301", span[0])
        assert carried["结转下月"] == of_month(returns, "T3.305", span[-1])
    assert total(tables["表7续"])["期末结转"] == total(tables["表7"])["结转下月"]
    assert total(tables["表7续"])["期初结转"] == total(tables["表7"])["上月结转"]


def of_month(returns: dict[tuple[str, str], list[int]], line: str, month: Month) -> int | None:
    """The sum of a month's returns; None where there are none."""
    there = [values[LINES.index(line)] for (_, period), values in returns.items() if period == str(month)]
    return sum(there) if there else None


@settings(max_examples=6, deadline=None)
@given(years, st.randoms(use_true_random=False))
def test_the_order_of_the_returns_does_not_matter(returns, random):
    shuffled = list(returns.items())
    random.shuffle(shuffled)

    assert made(wide(dict(shuffled))) == made(wide(returns))


def test_units_stand_below_their_kind_and_months_below_the_year():
    tables = made(wide({("620200-002", "2012-05"): [7] * len(LINES)}))

    months = [(row.kind, row.label) for row in tables["表1"].rows]
    assert months[:3] == [("total", "全年"), ("item", "1月"), ("item", "2月")]
    assert months[-1] == ("quarter", "第四季度")
    assert tables["表1"].rows[-1].adds == (10, 11, 12)
    units = [(row.kind, row.label, row.numbers[0]) for row in tables["表2"].rows]
    assert units[:4] == [("total", "合计", 7), ("group", "区", 7), ("item", "雄关区", None), ("item", "镜铁区", 7)]
    assert Counter(kind for kind, *_ in units) == {"total": 1, "group": 3, "item": 50}


def test_an_office_may_have_its_units_by_size_within_their_kind():
    own = {("620200-001", "2012-05"): 3, ("620200-002", "2012-05"): 7, ("620200-005", "2012-05"): 1}
    told = answers(wide({key: [value] * len(LINES) for key, value in own.items()}), YEAR)
    by_size = told.office._replace(settings=told.office.settings.model_copy(update={"units_by_size": True}))
    table = next(
        t for t in rollup.tables(Answers(OF_LINES, told.wide, told.book, YEAR, by_size)) if t.annual.id == "表2"
    )

    first = [(row.label, row.numbers[0]) for row in table.rows[1:5]]
    assert first == [("区", 10), ("镜铁区", 7), ("雄关区", 3), ("长城区", None)]
    assert table.rows[5].kind == "group"
    assert table.rows[6].numbers[0] == 1


def test_a_year_that_is_not_over_is_summed_to_its_last_month():
    may = rollup.tables(answers(wide({}), YEAR[:5]))[0]

    assert [row.label for row in may.rows] == ["1—5月", "1月", "2月", "3月", "4月", "5月", "第一季度"]
    assert [row.adds for row in may.rows if row.adds] == [(1, 2, 3, 4, 5), (1, 2, 3)]


@pytest.fixture(scope="module")
def published(shifan_folder, shifan_outcome) -> Published:
    """The published facts that tables are made of: those filled in, and those counted of registers."""
    facts = pd.read_csv(shifan_folder / "outbox/2012/data/facts.csv", dtype="str", keep_default_na=False)
    facts = facts[(facts["measure"] == "month") & ((facts["role"] == "input") | (facts["table"] == "T6"))]
    quantities = {(e.table, e.line, e.column): e.quantity for e in shifan_outcome.form.entries.values()}
    values: Published = defaultdict(dict)
    for f in facts.itertuples(index=False):
        steps = quantities[f.table, f.line, f.column].read(Decimal(f.value))
        assert steps is not None
        values[f.table, f.line, f.column][f.period, f.unit] = steps
    return values


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_the_sums_of_the_published_facts(published, shifan_outcome, name):
    form, table = shifan_outcome.form, next(table for table in shifan_outcome.tables if table.annual.id == name)
    codes, lines = form.codes.get(table.annual.codes, ()), form.expression(table.annual.lines or "T2.01")

    items = [row for row in table.rows if row.kind == "item"]
    sizes = {"months": 12, "units": 8, "codes": len(codes), "lines": len(lines)}
    assert len(items) == sizes[table.annual.rows]
    for row in items:
        for column, linear, value in zip(table.columns, row.counts, row.numbers, strict=True):
            months = column.months or row.months
            sums = (linear.top, linear.bottom) if isinstance(linear, Ratio) else (linear,)
            top, *bottom = (
                sum(times * over(published, form, ref, months, row.units) for times, ref in one.terms) for one in sums
            )
            counted = top if not isinstance(linear, Ratio) else linear.steps(top, *bottom) if bottom[0] else None
            assert value == counted, (row.label, column.name)


def over(published: Published, form: Form, ref: Ref, months: tuple[str, ...], units: tuple[str, ...] | None) -> int:
    """One line over months and units: the sum of a flow, of a stock each unit's last, of an opening the first."""
    entry = form.entry(ref)
    there = {
        at: value
        for at, value in sorted(published[entry.table, entry.line, entry.column].items())
        if at[0] in months and (units is None or at[1] in units)
    }
    if entry.kind == "flow":
        return sum(there.values())
    order = there if entry.kind == "stock" else reversed(there)
    return sum({unit: there[period, unit] for period, unit in order}.values())


@pytest.mark.slow
def test_renaming_the_files_changes_nothing_but_their_names(tmp_path):
    units = {"市教育局": {}, "市财政局": {"T1.102": "4条"}, "市水务局": {"T1.103": 5}}
    outcomes = []
    for names in ("abc", "cab"):
        desk = Desk(tmp_path / names)
        for name, (unit, changes) in zip(names, units.items(), strict=True):
            desk.send(unit, changes=changes, name=f"{name}.xlsx")
        outcomes.append(desk.examine())

    one, two = outcomes
    assert one.facts.drop(columns="file").equals(two.facts.drop(columns="file"))
    assert one.returns.drop(columns="file").equals(two.returns.drop(columns="file"))
    assert (one.tables, one.differences, one.coverage) == (two.tables, two.differences, two.coverage)
    assert {(f.unit, f.cell, f.message) for f in one.findings} == {(f.unit, f.cell, f.message) for f in two.findings}
