"""舍位平衡: in 万 the parts add to the printed totals, each the whole below or above; what it is made of stays."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pipeline.outbox.publish.rounded import SHIFTED
from pipeline.outbox.publish.workbook import write_workbook
from pipeline.tables.balance import Tree, balanced, half_up
from pipeline.tables.rounded import rounded
from pipeline.values.answer import Answer, known
from pipeline.values.table import Table, TableColumn, TableRow
from schemas.annual import Annual
from schemas.office import read_office
from schemas.quantity import Quantity
from schemas.rules.terms import Linear, Ref
from tests.builders import Desk, a_little_office

HUNDREDTHS = st.integers(-10_000, 100_000).map(lambda n: Fraction(n, 100))


@st.composite
def tables(draw):
    """Groups of items by columns, exact: a tree and its cells, the sums added up."""
    groups = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    width = draw(st.integers(1, 5))
    above: dict[int, int | None] = {0: None}
    for size in groups:
        head = len(above)
        above[head] = 0
        above |= {len(above) + n: head for n in range(size)}
    tree = Tree(above)
    cells = [[Fraction(0)] * width for _ in above]
    for item in tree.items:
        cells[item] = draw(st.lists(HUNDREDTHS, min_size=width, max_size=width))
        for higher in tree.chain(item)[1:]:
            cells[higher] = [a + b for a, b in zip(cells[higher], cells[item], strict=True)]
    return tree, cells


@settings(max_examples=60, deadline=None)
@given(tables())
def test_parts_add_to_totals_and_each_number_moves_by_less_than_one(made):
    tree, cells = made
    out = balanced(cells, tree, list(tree.above))

    for row, higher in tree.above.items():
        own = [out[one] for one, over in tree.above.items() if over == row]
        assert not own or out[row] == [sum(column) for column in zip(*own, strict=True)]
        for whole, exact in zip(out[row], cells[row], strict=True):
            assert abs(whole - exact) < 1
        assert abs(sum(out[row]) - sum(cells[row])) < 1
        assert higher is not None or sum(out[row]) == half_up(sum(cells[row]))


@settings(max_examples=60, deadline=None)
@given(st.lists(HUNDREDTHS, min_size=1, max_size=12))
def test_along_one_row_the_largest_remainders_go_up(parts):
    whole = [[sum(parts)], *([part] for part in parts)]
    tree = Tree({0: None, **dict.fromkeys(range(1, len(whole)), 0)})
    (total,), *out = balanced(whole, tree, list(tree.above))
    rests = [part - (part.numerator // part.denominator) for part in parts]
    up = [rest for rest, (printed,), part in zip(rests, out, parts, strict=True) if printed > part]
    down = [rest for rest, (printed,), part in zip(rests, out, parts, strict=True) if printed < part]

    assert total == half_up(sum(parts)) == sum(printed for (printed,) in out)
    assert min(up, default=1) >= max(down, default=0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=8))
def test_what_rounds_by_itself_is_left_alone(numbers):
    """Whole ten thousands are printed as they are."""
    exact = [Fraction(n) for n in numbers]
    tree = Tree({0: None, **dict.fromkeys(range(1, len(numbers) + 1), 0)})

    assert balanced([[sum(exact)], *([n] for n in exact)], tree, list(tree.above)) == [
        [sum(numbers)], *([n] for n in numbers)
    ]  # fmt: skip


def table(values):
    """A total, its months: the sum of two columns, the two, and their difference."""
    first, second = Ref("T", "1"), Ref("T", "2")
    linears = [Linear(((1, first), (1, second))), Linear(((1, first),)), Linear(((1, second),)),
               Linear(((1, first), (-1, second)))]  # fmt: skip
    columns = tuple(TableColumn(str(n), one, Quantity("元", 2), key=str(n)) for n, one in enumerate(linears))
    rows = [(a + b, a, b, a - b) for a, b in values]
    total = tuple(map(sum, zip(*rows, strict=True)))
    live = (True,) * 4
    adds = tuple(range(1, len(rows) + 1))
    made = [TableRow("total", "合计", tuple(map(known, total)), adds, live, key="合计")]
    made += [TableRow("item", str(n), tuple(map(known, row)), key=str(n)) for n, row in enumerate(rows)]
    annual = Annual(id="表1", title="表", sheet="表1", rows="months")
    return Table(annual, columns, tuple(made), frozenset({first, second}))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**10), st.integers(0, 10**10)), min_size=1, max_size=8), st.integers(0, 3))
def test_sums_and_differences_of_columns_hold_as_printed_and_every_shift_is_marked(values, decimals):
    before = table(values)
    made = rounded(before, decimals)

    for n, row in enumerate(made.cells):
        assert row[0] == row[1] + row[2]
        assert row[3] == row[1] - row[2]
        for c, cell in enumerate(row):
            assert (cell != made.alone(n, c)) == ((n, c) in made.shifted)
    for c in range(4):
        assert made.cells[0][c] == sum(row[c] for row in made.cells[1:])
    assert before == table(values), "what it is made of stays as it is"


def test_what_has_no_number_stays_a_reason():
    one = table([(123_456, 1)])
    lacking = Table(one.annual, one.columns, (*one.rows[:1], TableRow("item", "缺", (Answer(),) * 4)), one.refs)

    assert rounded(lacking, 2).cells[1] == (None,) * 4


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    """The first table of a small form, in 万 with three decimals, as the workbook prints it."""
    folder = tmp_path_factory.mktemp("rounded")
    city = a_little_office()
    text = (
        (city.editions / "little.toml").read_text("utf-8").replace("../../schemas", f"{city.folder.parents[2]}/schemas")
    )
    more = '\n[[annual]]\nid = "表1"\nten_thousands = 3\n'
    (folder / "little.toml").write_text(text.replace("\n[report]", f"{more}\n[report]", 1), "utf-8")
    office = read_office(editions=folder)
    settings_ = office.settings.model_copy(update={"editions": ("little",)})
    desk = Desk(folder, office._replace(units=office.units[:2], settings=settings_))
    for unit in (unit.short for unit in desk.office.units):
        desk.send(unit, "2012-01", {"T1.102": 15, "T1.103": 14, "T1.202": 29, "T1.208": 0, "T2.01": 29, "T2.02": 8})
    write_workbook(folder / "汇总.xlsx", desk.examine())
    book = CalamineWorkbook.from_path(folder / "汇总.xlsx")
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_printed_sheet_adds_up_marks_and_lists_what_was_shifted(sheet):
    name = next(name for name in sheet if name.startswith("表1万"))
    head = sheet[name][2]
    rows = {row[0]: row for row in sheet[name][3:] if row[0]}
    exact = {row[0]: row for row in sheet[name.replace("万", "", 1)][3:]}

    assert head[-1] == SHIFTED
    assert all("万条" in one for one in head[1:-1])
    january = rows["1月"]
    assert exact["1月"][1] == 58
    assert january[1] == 0.006
    told = [row[0] for row in sheet[name] if "调为" in str(row[0])]
    assert len(told) == sum(len(row[-1].split("、")) for row in rows.values() if row[-1])
