"""A matrix in the template: a row a code, a column a number, a row of totals; money in 元 with two decimals."""

import pytest
from openpyxl.utils import range_boundaries

from pipeline.paper.names import name_of, note_name
from schemas.rules.terms import Ref
from tests.builders import ref
from tests.publish.reading import by_formualizer, load, shown
from tests.templates.writing import draft_of, filled, marks, write

pytestmark = pytest.mark.slow

COLUMNS = {"charged": "收费金额", "payers": "收费人次", "waived": "减免金额", "exempt": "减免人次"}
ROWS = {"801": "检索费", "802": "复制费纸张", "803": "复制费光盘", "804": "邮寄费"}


@pytest.fixture(scope="module")
def draft():
    """A return with fees: 1.50 元 for each first row, twice as much for the next, and so on."""
    blank = draft_of(("jyg", "市国资委", "2012-06"))
    values = {
        ref(blank.layout.form, f"T8.{row}_{column}"): 150 * n if column in {"charged", "waived"} else n
        for n, row in enumerate(ROWS, 1)
        for column in COLUMNS
    }
    return filled(blank, values)


@pytest.fixture(scope="module")
def path(draft, tmp_path_factory):
    return write(tmp_path_factory.mktemp("matrix"), draft)


@pytest.fixture(scope="module")
def book(path):
    return load(path)


def at(book, line):
    """The cell that a line's name means."""
    ((sheet, cell),) = book.defined_names[name_of(Ref("T8", line))].destinations
    return book[sheet][cell.replace("$", "")]


def test_a_matrix_stands_below_its_own_headings(book):
    head = at(book, "801_charged").row - 1
    sheet = book["基本情况"]

    assert [sheet.cell(head, column).value for column in range(1, 9)] == [
        "代码", "指标名称", *COLUMNS.values(), "校验", "说明"
    ]  # fmt: skip
    assert sheet.cell(head - 1, 1).value == "七、收费和减免（收费按元填到分）"


def test_a_row_has_its_code_its_name_its_numbers_and_one_note(book):
    for n, (row, name) in enumerate(ROWS.items(), 1):
        cells = [at(book, f"{row}_{column}") for column in COLUMNS]
        sheet, line = cells[0].parent, cells[0].row
        assert {cell.row for cell in cells} == {line}
        assert [cell.column_letter for cell in cells] == ["C", "D", "E", "F"]
        assert (sheet.cell(line, 1).value, sheet.cell(line, 2).value) == (row, name)
        assert [cell.value for cell in cells] == [1.5 * n, n, 1.5 * n, n]
    notes = [name for name in book.defined_names if name.startswith("n_T8_")]
    assert len(notes) == len(ROWS) + 1
    assert note_name(draft_of(("jyg", "市国资委", "2012-06")).layout.form.entries["T8", "801_charged"]) in notes


def test_a_matrix_is_added_up_by_formula(book, path):
    recalculated = shown(by_formualizer(path))
    for column, whole in zip(COLUMNS, (15.0, 10, 15.0, 10), strict=True):
        total, first, last = (at(book, f"{row}_{column}") for row in ("total", "801", "804"))
        assert total.value == f"=SUM({first.coordinate}:{last.coordinate})"
        assert recalculated[total.parent.title, total.coordinate] == whole
        assert total.protection.locked
    assert (total.parent.cell(total.row, 1).value, total.parent.cell(total.row, 2).value) == ("", "合计")


def test_money_takes_decimals_and_is_shown_with_two_and_a_count_is_whole(book):
    rules = {str(area): rule for rule in book["基本情况"].data_validations.dataValidation for area in rule.sqref.ranges}
    for row in ROWS:
        for column in COLUMNS:
            cell, money = at(book, f"{row}_{column}"), column in {"charged", "waived"}
            assert rules[cell.coordinate].type == ("decimal" if money else "whole")
            assert ("单位：元" in rules[cell.coordinate].prompt) == money
            assert cell.number_format == ("#,##0.00_)" if money else "#,##0_)")


def test_the_record_of_channels_has_a_row_a_unit_and_a_column_a_channel():
    draft = draft_of(("jyg", "市政府办", "2012-09"))
    form, units = draft.layout.form, draft.office.units_in("2012-09")
    keys = [("T7", f"{unit.code}_{channel}") for unit in units for channel in ("104", "106")]

    assert [key for key in form.entries if key[0] == "T7"] == keys
    assert [form.entries[key].name for key in keys[:3]] == ["雄关区·政府公报", "雄关区·新闻发布会", "镜铁区·政府公报"]
    assert {draft.layout.places[key].sheet for key in keys} == {"渠道对账"}


@pytest.mark.parametrize(
    ("changes", "row", "says"),
    [
        ({"T8.801_charged": 150}, "total_charged", "! 须合计收费人次≥1"),
        ({"T8.801_charged": 150, "T8.801_payers": 1}, "total_charged", "√"),
        ({"T8.803_waived": -1}, "803_charged", "× 须为0或正数，最多两位小数"),
        ({"T8.803_exempt": -1}, "803_charged", "× 须为0或正整数"),
        ({"T8.802_waived": "3元"}, "802_charged", "× 只填数字"),
    ],
)
def test_the_check_of_a_row_speaks_of_all_of_its_numbers(tmp_path, changes, row, says):
    blank = draft_of(("jyg", "市国资委", "2012-06"))
    wrong = filled(blank, {ref(blank.layout.form, text): value for text, value in changes.items()})
    path = write(tmp_path, wrong)

    for look in (shown(path), shown(by_formualizer(path))):
        assert marks(wrong, look)["T8", row] == says


@pytest.mark.parametrize(
    ("typed", "says"), [(1.234, "× 须为0或正数，最多两位小数"), (1.23, "√"), (0.07, "√"), (1e6 + 0.1, "√")]
)
def test_a_third_decimal_of_money_is_marked(tmp_path, draft, typed, says):
    """What a clerk types may be no whole number of 分; our own values always are."""
    path = write(tmp_path, draft)
    book = load(path)
    at(book, "803_charged").value = typed
    book.save(path)

    assert marks(draft, shown(by_formualizer(path)))["T8", "803_charged"] == says


def test_the_named_area_of_a_matrix_is_on_paper(book):
    left, top, right, bottom = range_boundaries(book["基本情况"].print_area.rpartition("!")[2].replace("$", ""))

    assert (left, top, right) == (1, 1, 8)
    assert bottom == at(book, "total_charged").row
