"""Three routes to every printed figure: the workbook recalculated, plain Python over facts.csv, the run's tables."""

import csv

import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from pipeline.values.answer import Why
from schemas.forms import forms_of
from schemas.office import OFFICES, read_office
from tests.publish.counting import Counting, by_heading, steps
from tests.publish.reading import by_formualizer, load, shown

ANNUAL = [
    "表1", "表2", "表3", "表4", "表5", "表5续", "表6", "表7", "表7续", "表8", "表8续", "表9", "表10", "表11", "表11续",
]  # fmt: skip


@pytest.fixture(scope="module")
def printed(year, tmp_path_factory):
    """The body of each annual table after recalculation, found by its defined name."""
    recalculated = tmp_path_factory.mktemp("sums") / "recalculated.xlsx"
    recalculated.write_bytes(by_formualizer(year.lean))
    names, numbers = load(recalculated).defined_names, shown(recalculated)
    annual = [table.annual.id for table in year.outcome.tables]
    return {number: area(names[f"{number.replace('表', '年')}_数据区"], numbers) for number in annual}


def area(name, numbers):
    ((sheet, cells),) = name.destinations
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    letters = [get_column_letter(column) for column in range(left, right + 1)]
    return [[numbers[sheet, f"{letter}{row}"] for letter in letters] for row in range(top, bottom + 1)]


@pytest.fixture(scope="module")
def counting(year):
    """facts.csv as a clerk would read it: the month's value of every line filled in, and the counts of the registers."""
    registers = {t.id for t in year.outcome.form.edition.tables if t.shape == "register"}
    with (year.folder / "data" / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"] == "month" and row["value"]]
    own = [row for row in rows if row["role"] == "input" or row["table"] in registers]
    headings = (f"{row['line']}.{row['column']}" if row["column"] else row["line"] for row in own)
    about = [(row["table"], heading, row["unit"], row["period"]) for row, heading in zip(own, headings, strict=True)]
    values = (steps(year.outcome, *key[:2], row["value"]) for key, row in zip(about, own, strict=True))
    return Counting(year.outcome, by_heading((*key, value) for key, value in zip(about, values, strict=True)))


def in_steps(table, rows):
    """What cells show, in steps of what they are counted in."""
    return [
        [
            None if value in {why.words for why in Why} else round(value * _steps(table.quantity(row, n)))
            for n, value in enumerate(shown)
        ]
        for row, shown in zip(table.rows, rows, strict=True)
    ]


def _steps(quantity):
    """How many steps 1 in a cell is; a share of 1 is shown in percent."""
    return 10**quantity.decimals * (100 if quantity.unit == "%" else 1)


@pytest.mark.parametrize("annual", ANNUAL)
def test_workbook_facts_and_tables_agree(annual, year, printed, counting):
    (table,) = (table for table in year.outcome.tables if table.annual.id == annual)
    counted = counting.table(table)

    assert counted == in_steps(table, printed[annual])
    assert counted == [list(row.numbers) for row in table.rows]


@pytest.mark.parametrize("office", [path.name for path in OFFICES.iterdir() if path.is_dir()])
def test_every_annual_table_is_counted_by_hand(office):
    for form in forms_of(read_office(OFFICES / office)):
        assert [annual.id for annual in form.edition.annual] == ANNUAL


def test_something_is_counted_in_every_table(shifan):
    assert [table.annual.id for table in shifan.outcome.tables if table.is_zero] == []


@pytest.mark.parametrize("annual", ["表7", "表7续"])
def test_what_is_pending_is_carried_over_in_every_month_quarter_unit_and_in_the_year(annual, shifan):
    (table,) = (table for table in shifan.outcome.tables if table.annual.id == annual)
    names = ["上月结转" if annual == "表7" else "期初结转", "本月受理" if annual == "表7" else "受理", "办结"]
    names += ["结转下月" if annual == "表7" else "期末结转"]
    at = [next(n for n, column in enumerate(table.columns) if column.name == name) for name in names]
    opening, received, closed, closing = zip(*([row.numbers[n] for n in at] for row in table.rows), strict=True)

    assert any(closing)
    assert len(set(closing)) > 2
    assert [a + b for a, b in zip(opening, received, strict=True)] == [
        a + b for a, b in zip(closed, closing, strict=True)
    ]


def test_the_register_and_the_channels_count_the_same_items(demo):
    by_id = {table.annual.id: table for table in demo.outcome.tables}
    register, channels = by_id["表4"], by_id["表1"]
    shared = [column.name for column in register.columns[1:]]
    at = {column.name: n for n, column in enumerate(channels.columns)}

    assert register.rows[0].numbers[0] == channels.rows[0].numbers[0] == 19649
    assert shared == [*(c.name for c in channels.columns[2:-1]), "未注明渠道"]
    assert list(register.rows[0].numbers[1:]) == [channels.rows[0].numbers[at[name]] for name in shared]
    assert register.rows[0].numbers[-1] == 27


def test_the_headline_is_the_total_of_line_01_and_the_rest_is_shown_beside_it(demo, demo_outcome):
    cover = [value for (sheet, _), value in demo.cells.items() if sheet == "封面" and not isinstance(value, str)]

    assert cover == [19649, 93, 154875, 0, len(demo_outcome.open_differences)]
