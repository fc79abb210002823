"""A register's sheet: one row an item, fields checked while they are typed, dates in order or red."""

from datetime import date

import openpyxl
import pytest

from pipeline.intake.cells import read_date
from pipeline.paper.names import register_name
from pipeline.paper.templates.register import LISTS
from tests.builders import sound, sound_items
from tests.publish.reading import by_formualizer, load, shown
from tests.templates.writing import draft_of, filled, write

FIELDS = ["信息名称", "文号", "信息类别", "首发渠道", "制作日期", "公开日期", "保密审查人", "审查日期"]
LAST = 5001  # the last row that is checked


@pytest.fixture
def sheet(blank, book):
    (table,) = blank.layout.registers
    return book[table.sheet]


def rules(sheet):
    """Kind and rule of each column that is checked, by its letter."""
    return {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}


def test_a_register_has_its_fields_as_headings_and_a_name(blank, book, sheet):
    (table,) = blank.layout.registers

    assert (table.id, sheet.title) == ("T6", "公开台账")
    assert [cell.value for cell in sheet[3]] == [field.name for field in table.fields] == FIELDS
    assert list(book.defined_names[register_name("T6")].destinations) == [("公开台账", "$A$3")]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B4", "$1:$3")
    assert [row for row in sheet.iter_rows(min_row=4, values_only=True) if any(row)] == []


def test_a_register_is_yellow_and_unlocked_below_its_headings(sheet):
    groups = list(sheet.column_dimensions.values())
    columns = [group for group in groups for _ in range(group.min, group.max + 1)]
    for letter, column, head in zip("ABCDEFGH", columns, sheet[3], strict=True):
        assert not column.protection.locked
        assert column.fill.fgColor.rgb == "FFFFFBE6"
        assert head.protection.locked
        assert column.number_format == ("yyyy-mm-dd" if letter in "EFH" else "@")


@pytest.mark.parametrize(("letter", "codes"), [("C", "categories"), ("D", "channels")])
def test_a_code_is_chosen_from_the_list_of_the_month(blank, book, sheet, letter, codes):
    rule = rules(sheet)[letter]
    area = rule.formula1.removeprefix(f"'{LISTS}'!").replace("$", "")
    names = [cell.value for (cell,) in book[LISTS][area]]

    assert (rule.type, str(rule.sqref)) == ("list", f"{letter}4:{letter}{LAST}")
    assert names == [c.name for c in blank.layout.form.codes[codes] if c.valid(str(blank.month))]
    assert "只能从下拉框选" in rule.error


@pytest.mark.parametrize("letter", ["E", "F", "H"])
def test_a_date_is_checked_while_it_is_typed(sheet, letter):
    rule = rules(sheet)[letter]

    assert (rule.type, rule.operator, str(rule.sqref)) == ("date", "greaterThanOrEqual", f"{letter}4:{letter}{LAST}")
    assert rule.formula1 == str((date(2000, 1, 1) - date(1899, 12, 30)).days)
    assert rule.showErrorMessage
    assert "请填日期" in rule.error


def test_text_is_not_checked(sheet):
    assert set(rules(sheet)) == set("CDEFH")


def conditions(sheet):
    """The formula of each conditional format, by its area."""
    return {str(area.sqref): area.rules[0] for area in sheet.conditional_formatting}


@pytest.mark.parametrize(
    ("made", "reviewed", "disclosed", "red"),
    [
        ("2012-06-01", "2012-06-02", "2012-06-03", ""),
        ("2012-06-03", "2012-06-03", "2012-06-03", ""),
        ("2012-06-01", "2012-06-04", "2012-06-03", "H"),
        ("2012-06-04", "2012-06-02", "2012-06-03", "E"),
        ("2012-06-04", "2012-06-04", "2012-06-03", "EH"),
        ("2012-06-04", "2012-06-04", None, ""),
        (None, "6月4日", "2012-06-03", ""),
    ],
)
def test_a_review_or_a_making_after_the_disclosure_turns_red(tmp_path, made, reviewed, disclosed, red):
    draft = draft_of(("jyg", "市国资委", "2012-06"))
    looks = {at: look for at, look in conditions(load(write(tmp_path, draft))["公开台账"]).items() if at[1:2] == "4"}
    book = openpyxl.Workbook()
    for cell, text in {"E4": made, "H4": reviewed, "F4": disclosed}.items():
        book.active[cell] = date.fromisoformat(text) if text and text.startswith("2012") else text
    book.active["X4"], book.active["Y4"] = (f"=IF({looks[f'{c}4:{c}{LAST}'].formula[0]},1,0)" for c in "EH")
    book.save(tmp_path / "one.xlsx")
    found = shown(by_formualizer(tmp_path / "one.xlsx"))

    assert {c for c, at in zip("EH", ("X4", "Y4"), strict=True) if found["Sheet", at]} == set(red)
    assert {rule.dxf.font.color.rgb for rule in looks.values()} == {"FFB42318"}
    assert len(looks) == 2


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("2012.6.12", "! 有1行的“公开日期”是文字，请改成日期，才查得出先后"),
        ("2012年6月12日", "! 有1行的“公开日期”是文字，请改成日期，才查得出先后"),
        ("2012-06-12", "! 有1行的“公开日期”是文字，请改成日期，才查得出先后"),
        ("元月中旬", "× 有1行的“公开日期”不是日期"),
    ],
)
def test_a_day_that_was_typed_as_text_is_no_mistake_for_it_is_read(tmp_path, written, says):
    draft = draft_of(("jyg", "市国资委", "2012-06"))
    form = draft.layout.form
    draft, items = filled(draft, sound(form)), sound_items(form, draft.month, sound(form))
    items[0]["disclosed"] = written
    draft.filling.items["T6"] = items
    path = write(tmp_path, draft)

    assert shown(path)["公开台账", "H1"] == says
    assert shown(by_formualizer(path))["公开台账", "H1"] == says
    assert (read_date(written) is None) == says.startswith("×")


def test_items_stand_one_a_row_in_the_order_given(tmp_path):
    draft = draft_of(("jyg", "市国资委", "2012-06"))
    form = draft.layout.form
    items = sound_items(form, draft.month, sound(form))
    draft = filled(draft, sound(form))
    draft.filling.items["T6"] = items
    sheet = load(write(tmp_path, draft))["公开台账"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]

    assert len(rows) == len(items) == 10
    for row, item in zip(rows, items, strict=True):
        assert [row[0], row[2], row[3], row[6]] == [item[k] for k in ("title", "category", "channel", "reviewer")]
        assert [row[n].date() for n in (4, 5, 7)] == [item[k] for k in ("made", "disclosed", "reviewed")]
