"""Three routes to every printed figure: the workbook recalculated, plain Python over facts.csv, the run's tables."""

import csv

import pytest
from openpyxl.utils import range_boundaries

from tests.publish.reading import by_formualizer, load, shown

QUARTERS = {"第一季度": (1, 2, 3), "第二季度": (4, 5, 6), "第三季度": (7, 8, 9), "第四季度": (10, 11, 12)}


@pytest.fixture(scope="module")
def printed(demo_workbook, demo_outcome, tmp_path_factory):
    """The body of each annual table after recalculation, found by its defined name."""
    recalculated = tmp_path_factory.mktemp("sums") / "recalculated.xlsx"
    recalculated.write_bytes(by_formualizer(demo_workbook))
    names, numbers = load(recalculated).defined_names, shown(recalculated)
    annual = [table.annual.id for table in demo_outcome.tables]
    return {number: area(names[f"{number.replace('表', '年')}_数据区"], numbers) for number in annual}


def area(name, numbers):
    ((sheet, cells),) = name.destinations
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    letters = [chr(ord("A") + column - 1) for column in range(left, right + 1)]
    return [[numbers[sheet, f"{letter}{row}"] for letter in letters] for row in range(top, bottom + 1)]


@pytest.fixture(scope="module")
def values(demo_folder):
    """facts.csv as a clerk would read it: the month's value of every line that a unit filled in."""
    with (demo_folder / "outbox/2012/data/facts.csv").open(encoding="utf-8-sig", newline="") as file:
        return [
            (row["unit"], row["period"], row["table"], row["line"], int(row["value"] or 0))
            for row in csv.DictReader(file)
            if row["role"] == "input" and row["measure"] == "month"
        ]


def by_hand(values, column, wanted):
    """A column's figure for the units and months that ``wanted`` lets through."""
    weights = {(ref.table, ref.line): coefficient for coefficient, ref in column.linear.terms}
    return sum(
        weights.get((table, line), 0) * value for unit, period, table, line, value in values if wanted(unit, period)
    )


def whose(row, office):
    """The units and months that a row of a table stands for."""
    if row.kind == "item":
        return lambda unit, period: row.key in {unit, period}
    if row.kind == "group":
        return lambda unit, _: unit in {u.code for u in office.units if u.kind == row.label}
    if row.kind == "quarter":
        return lambda _, period: int(period[-2:]) in QUARTERS[row.label]
    return lambda _unit, _period: True


@pytest.mark.parametrize("annual", ["表1", "表2", "表3", "表5", "表6", "表11"])
def test_workbook_facts_and_tables_agree(annual, printed, values, demo_outcome):
    (table,) = (table for table in demo_outcome.tables if table.annual.id == annual)
    rows = [whose(row, demo_outcome.office) for row in table.rows]
    lines = {(ref.table, ref.line) for column in table.columns for ref in column.linear.refs}
    own = [value for value in values if value[2:4] in lines]
    counted = [[by_hand(own, column, wanted) for column in table.columns] for wanted in rows]

    assert counted == printed[annual]
    assert counted == [list(row.values) for row in table.rows]


def test_every_annual_table_was_counted_by_hand(printed):
    assert set(printed) == {"表1", "表2", "表3", "表5", "表6", "表11"}


def test_the_headline_is_the_total_of_line_01_and_the_rest_is_shown_beside_it(cells, demo_outcome):
    cover = [value for (sheet, _), value in cells.items() if sheet == "封面" and not isinstance(value, str)]

    assert cover == [19649, 93, 154875, 0, len(demo_outcome.open_differences)]
