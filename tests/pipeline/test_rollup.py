"""From returns to annual tables: however a year is split into returns, its sums are the same everywhere."""

import csv
from collections import Counter

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import rollup
from pipeline.periods import Month
from pipeline.table import Table
from schemas.forms import read_form
from schemas.office import read_office
from schemas.rules.terms import Ref
from tests.builders import Desk

OFFICE = read_office()
FORM = read_form("jyg-2012", OFFICE)
YEAR = list(Month(2012, 1).until(Month(2012, 12)))
LINES = ("T2.01", "T1.102", "T1.105", "T1.203", "T2.06", "T2.08", "T2.91")
TABLES = [annual.id for annual in FORM.edition.annual]

numbers = st.lists(st.integers(0, 10**6), min_size=len(LINES), max_size=len(LINES))
whose = st.tuples(st.sampled_from([unit.code for unit in OFFICE.units[::6]]), st.sampled_from([*map(str, YEAR)]))
years = st.dictionaries(whose, numbers, max_size=30)


def wide(returns: dict[tuple[str, str], list[int]]) -> pd.DataFrame:
    """One row a return with these numbers in LINES, and zeros elsewhere."""
    names = [str(Ref(*key, measure)) for key in FORM.entries for measure in ("month", "year_to_date")]
    rows = [dict.fromkeys(names, 0) | dict(zip(LINES, values, strict=True)) for values in returns.values()]
    about = pd.DataFrame(list(returns), columns=["unit", "period"], dtype="str")
    return pd.DataFrame(rows, columns=names, dtype="Int64").join(about)


def made(frame: pd.DataFrame) -> dict[str, Table]:
    return {table.annual.id: table for table in rollup.tables(FORM, frame, YEAR, OFFICE)}


def total(table: Table) -> dict[str, int]:
    """The total row by column."""
    row = next(row for row in table.rows if row.kind == "total")
    return dict(zip((column.name for column in table.columns), row.values, strict=True))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(years)
def test_months_and_units_and_the_year_add_up_to_what_was_returned(returns):
    tables = made(wide(returns))

    returned = {line: sum(values[n] for values in returns.values()) for n, line in enumerate(LINES)}
    assert total(tables["表1"]) == total(tables["表2"])
    assert total(tables["表1"])["主动公开信息数"] == returned["T2.01"]
    assert total(tables["表2"])["渠道合计"] == returned["T1.102"] + returned["T1.105"]
    assert total(tables["表3"])["与01行差"] == returned["T2.01"] - returned["T1.203"]
    assert total(tables["表5"])["合计"] == returned["T2.06"] + returned["T2.08"]
    for table in tables.values():
        for row in filter(lambda row: row.adds, table.rows):
            parts = [table.rows[position].values for position in row.adds]
            assert row.values == tuple(map(sum, zip(*parts, strict=True))), (table.annual.id, row.label)


@settings(max_examples=10, deadline=None)
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
    units = [(row.kind, row.label, row.values[0]) for row in tables["表2"].rows]
    assert units[:4] == [("total", "合计", 7), ("group", "区", 7), ("item", "雄关区", 0), ("item", "镜铁区", 7)]
    assert Counter(kind for kind, *_ in units) == {"total": 1, "group": 3, "item": 50}


def test_a_year_that_is_not_over_is_summed_to_its_last_month():
    may = rollup.tables(FORM, wide({}), YEAR[:5], OFFICE)[0]

    assert [row.label for row in may.rows] == ["1—5月", "1月", "2月", "3月", "4月", "5月", "第一季度", "第二季度"]
    assert [row.adds for row in may.rows if row.adds] == [(1, 2, 3, 4, 5), (1, 2, 3), (4, 5)]


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_are_the_sums_of_the_published_facts(demo_folder, demo_outcome, name):
    with (demo_folder / "outbox/2012/data/facts.csv").open(encoding="utf-8-sig", newline="") as file:
        counted = [fact for fact in csv.DictReader(file) if fact["measure"] == "month" and fact["role"] == "input"]
    table = next(table for table in demo_outcome.tables if table.annual.id == name)
    by = "period" if table.annual.rows == "months" else "unit"
    sums: Counter[tuple[str, str]] = Counter()
    for fact in counted:
        sums[fact[by], f"{fact['table']}.{fact['line']}"] += int(fact["value"])

    items = [row for row in table.rows if row.kind == "item"]
    assert len(items) == (12 if by == "period" else 50)
    for row in items:
        for column, value in zip(table.columns, row.values, strict=True):
            terms = column.linear.terms
            assert value == sum(times * sums[row.key, str(ref)] for times, ref in terms), (row.label, column.name)


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
