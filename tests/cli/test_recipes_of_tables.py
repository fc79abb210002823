"""A new line, a new row or column of a matrix, a new code or field of a register: each takes one edit."""

import csv

import pytest

from pipeline.paper.names import name_of
from pipeline.values.periods import Month
from schemas.rules.terms import Ref
from tests.builders import ref, sound, sound_items
from tests.cli.settings import sheet_of
from tests.publish.reading import by_formualizer, formulas, load, shown

pytestmark = pytest.mark.slow

AS_OF = "2012-08-03"  # nothing of July is overdue
LINE = '    { code = "93", name = "查阅点复印费", unit = "元", decimals = 2, months = [7] },\n'
AFTER_LINES = ']\n\n[[table]]\nid = "T3"'
COLUMN = '    { code = "receipts", name = "收据张数", unit = "张" },\n'
FIELD = '    { code = "link", name = "网址", kind = "text", width = 20 },\n'


def names(path):
    return set(load(path).defined_names)


def facts(outcome, table, period="2012-07"):
    """The month's facts of what a table asks, by line, column and role."""
    asked = outcome.facts[outcome.facts["cell_state"] != "not_applicable"]
    own = asked[(asked["table"] == table) & (asked["period"] == period)]
    return {(f.line, f.column, f.role): f.value for f in own[own["measure"] == "month"].itertuples(index=False)}


def register(workbook):
    """register_T6.csv as rows."""
    with (workbook.parent / "data" / "register_T6.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def numbers(changed):
    """Two edits: a line of money that is asked in July, and a kind of fee that begins in July."""
    settings = changed("numbers").put_before("jyg-2012.toml", AFTER_LINES, LINE)
    desk = settings.append("fees.csv", "805,扫描费,扫描费,2012-07,,\n").desk()
    charged = {"T8.801_charged": 250, "T8.801_payers": 1, "T8.805_charged": 1099, "T8.805_payers": 2}
    paths = [desk.send(month="2012-06"), desk.send(month="2012-07", changes={"T2.93": 1250, **charged})]
    return desk, *paths, *desk.run(AS_OF)


def test_a_new_line_is_asked_for_in_its_months(numbers):
    desk, june, july, *_ = numbers
    sheet, cell = desk.cell("T2.93", "2012-07")

    assert [name_of(Ref("T2", "93")) in names(path) for path in (june, july)] == [False, True]
    assert shown(july)[sheet, cell] == 12.5
    assert load(july)[sheet][cell].number_format == "#,##0.00_)"


def test_a_new_line_is_read_in_fen(numbers):
    *_, outcome, _ = numbers

    assert facts(outcome, "T2")["93", "", "input"] == 1250
    assert ("93", "", "input") not in facts(outcome, "T2", "2012-06")
    assert [f for f in outcome.findings if f.file] == []


def test_a_new_line_of_money_has_its_year_so_far_in_yuan(numbers):
    desk, _, july, outcome, _ = numbers
    so_far = outcome.facts.query("line == '93' and measure == 'year_to_date' and cell_state != 'not_applicable'")
    place = desk.cell("T2.93:year_to_date", "2012-07")

    assert so_far["value"].tolist() == [1250]
    assert shown(july)[place] == shown(by_formualizer(july))[place] == 12.5


def test_a_new_row_of_a_matrix_is_asked_for_from_its_month_on(numbers):
    _, june, july, *_ = numbers
    wanted = {name_of(Ref("T8", f"805_{column}")) for column in ("charged", "payers", "waived", "exempt")}

    assert wanted & names(june) == set()
    assert wanted <= names(july)


def test_a_new_row_of_a_matrix_is_inside_its_total(numbers):
    desk, _, july, *_ = numbers
    total, first, last = (desk.cell(f"T8.{row}_charged", "2012-07") for row in ("total", "801", "805"))

    assert formulas(load(july))[total] == f"=SUM({first[1]}:{last[1]})"
    assert shown(by_formualizer(july))[total] == shown(july)[total] == 13.49


def test_a_new_row_of_a_matrix_is_read_and_printed_in_the_annual_tables(numbers):
    *_, outcome, workbook = numbers
    value = facts(outcome, "T8")

    assert value["805", "charged", "input"] == 1099
    assert value["total", "charged", "declared"] == value["total", "charged", "computed"] == 1349
    assert [f for f in outcome.findings if f.file] == []
    rows = {row[0]: row[1:] for row in sheet_of(workbook, "表8") if row[0]}
    assert rows["扫描费"] == [10.99, 2, 0, 0, "1/50"]
    assert rows["合计"] == [13.49, 3, 0, 0, "2/350"]
    months = {row[0]: row[1:] for row in sheet_of(workbook, "表8续") if row[0]}
    assert (months["6月"][:4], months["7月"][:4]) == ([0, 0, 0, 0], [13.49, 3, 0, 0])


@pytest.fixture(scope="module")
def owned(changed):
    """A channel with an owner: a column of the records that the owner keeps of every unit."""
    desk = changed("owned").append("channels.csv", "108,政务微博,政务微博,2012-07,,,620200-005\n").desk()
    keeper = desk.send("市信息办", "2012-07", {"T7.620200-025_108": 3})
    desk.send(month="2012-07", changes={"T1.103": 2, "T1.108": 4})
    return desk, keeper, desk.examine(AS_OF)


def test_a_new_column_of_a_matrix_stands_in_the_template_of_its_owner(owned):
    desk, keeper, _ = owned
    sheet, cell = desk.cell("T7.620200-025_108", "2012-07", "市信息办")
    head = next(row for row in load(keeper)[sheet].iter_rows(min_row=5, values_only=True) if row[0] == "代码")

    assert [text for text in head[2:6] if text] == ["市政府网站", "政务微博"]
    assert shown(keeper)[sheet, cell] == 3
    assert "渠道对账" not in desk.layout("2012-07", "市卫生局").sheets


def test_a_new_column_of_a_matrix_is_read_and_reconciled(owned):
    desk, _, outcome = owned
    told = [f for f in outcome.findings if f.rule == "W-OWN-01" and f.cell == desk.cell("T1.108", "2012-07")[1]]

    assert facts(outcome, "T7")["620200-025", "108", "input"] == 3
    assert [(f.unit, f.value) for f in told] == [("620200-025", "4")]
    assert "市信息办" in told[0].message


def test_a_matrix_of_more_columns_than_a_page_holds_stands_in_parts_and_is_read_back(settings):
    desk = settings.put_before("jyg-2012.toml", '    { code = "exempt"', COLUMN).desk()
    desk.send(changes={"T8.801_payers": 2, "T8.801_exempt": 3})

    outcome = desk.examine()

    asked = facts(outcome, "T8", "2012-01")
    columns = {column for line, column, _ in asked if line == "801"}
    assert [f for f in outcome.findings if f.file] == []
    assert len(columns) == 5
    assert (asked["801", "payers", "input"], asked["801", "exempt", "input"]) == (2, 3)


def test_a_unit_with_more_channels_than_a_page_holds_fills_them_in_in_parts(settings):
    for code in range(111, 115):
        settings.append("channels.csv", f"{code},渠道{code},渠道{code},2012-07,,,620200-005\n")
    desk = settings.desk()
    desk.send("市信息办", "2012-07")

    outcome = desk.examine(as_of="2012-07-31", through="2012-07")

    columns = {column for _, column, role in facts(outcome, "T7") if role == "input"}
    assert columns >= {"111", "112", "113", "114"}
    assert [f.rule for f in outcome.findings if f.level == "must" and f.file] == []


@pytest.fixture(scope="module")
def items(changed):
    """Two edits: a category that begins in July, and a field of the register.

    In July two items are of that category, one of them without a channel; one item has something in the field.
    """
    mark = '    { code = "reviewer", name = "保密审查人"'
    settings = changed("items").put_before("jyg-2012.toml", mark, FIELD)
    desk = settings.append("categories.csv", "209,食品安全,食品安全,2012-07,,\n").desk()
    june = desk.send(month="2012-06")
    form = desk.layout("2012-07").form
    counts = {"T1.202": 6, "T1.208": 2, "T1.209": 2, "T1.103": 5}
    values = sound(form) | {ref(form, text): number for text, number in counts.items()}
    told = sound_items(form, Month(2012, 7), values)
    told[0]["link"] = "http://www.jyg.gansu.gov.cn/1"
    july = desk.send(month="2012-07", changes=counts, notes={"T1.100": "一条在会上公开"}, items=told)
    return desk, june, july, *desk.run(AS_OF)


def test_a_new_code_stands_in_the_drop_down_of_a_register_from_its_month_on(items):
    _, june, july, *_ = items
    for path, there in ((june, False), (july, True)):
        book = load(path)
        (rule,) = (r for r in book["公开台账"].data_validations.dataValidation if str(r.sqref).startswith("C"))
        names = [cell.value for (cell,) in book["_lists"][rule.formula1.rpartition("!")[2].replace("$", "")]]
        assert ("食品安全" in names) == there
        assert len(names) == 8 + there


def test_items_of_a_new_code_are_counted(items):
    *_, outcome, _ = items
    value = facts(outcome, "T6")

    assert value["209", "", "counted"] == 2
    assert value["209", "103", "counted"] == 1
    assert value["rows", "", "counted"] == 10
    assert [f.rule for f in outcome.findings if f.file and f.state != "已说明"] == []
    assert {d.id: d.difference for d in outcome.differences if d.id == "A-04.209"} == {"A-04.209": 0}


def test_a_new_code_has_its_row_in_the_table_of_the_register(items):
    rows = {row[0]: row[1:] for row in sheet_of(items[-1], "表4") if row[0]}

    assert rows["食品安全"][:-1] == [2, 0, 0, 1, 0, 0, 0, 0, 1]
    assert (rows["合计"][0], rows["合计"][-2]) == (20, 1)


def test_a_new_field_stands_in_the_sheet(items):
    _, _, july, *_ = items
    heads = [cell.value for cell in load(july)["公开台账"][3]]

    assert heads == [
        "信息名称",
        "文号",
        "信息类别",
        "首发渠道",
        "制作日期",
        "公开日期",
        "网址",
        "保密审查人",
        "审查日期",
    ]


def test_a_new_field_stands_in_the_data(items):
    rows = register(items[-1])
    there = [(row["period"], row["title"], row["link"]) for row in rows if row["link"]]

    assert there == [("2012-07", "第1号", "http://www.jyg.gansu.gov.cn/1")]
    assert len(rows) == 20
    assert list(rows[0])[7:10] == ["disclosed", "link", "reviewer"]
