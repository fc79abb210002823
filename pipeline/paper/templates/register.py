"""A register's sheet: one row an item, formatted and validated by column so that it costs nothing while it is empty."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from pipeline.paper.names import register_name
from pipeline.paper.templates.banner import colour_marks
from pipeline.paper.templates.cover import set_page
from pipeline.paper.templates.draft import Draft
from pipeline.paper.templates.register_checks import FIRST_ITEM, LAST_ROW, mark_at
from pipeline.paper.theme import ERR, ERR_BG, GRID, HEAD_BG, HEI, INPUT_BG, MUTED, Styles
from schemas.rules import excel
from schemas.rules.terms import Ref, Statement
from schemas.table import RegisterField, Table

LISTS = "_lists"  # the hidden sheet that holds the names of the code lists, for the drop-downs
HEAD_ROW = 2
UNPRINTED = "随电子件报送，不用打印"


def write_register(workbook: Any, styles: Styles, draft: Draft, table: Table, mark: tuple[str, str]) -> None:
    """Write one register with the items that are filled in; ``mark`` is its check as a formula and as its value."""
    sheet = workbook.add_worksheet(table.sheet)
    sheet.hide_gridlines(2)
    words = draft.layout.form.edition.words
    sheet.write_string(0, 0, table.title, styles(font_name=HEI, font_size=16))
    said = f"{words.unit}：{draft.unit.name}（{draft.unit.code}）    {words.period}：{draft.month.words}"
    sheet.write_string(1, 0, said, styles(font_color=MUTED))
    for column, field in enumerate(table.fields):
        head = styles(font_name=HEI, align="center", bg_color=HEAD_BG, top=2, bottom=1, right=1, right_color=GRID)
        sheet.write_string(HEAD_ROW, column, field.name, head)
        sheet.set_column(column, column, field.width, styles(**_look(field)))
        _validate(sheet, draft, column, field)
    at = mark_at(table)
    sheet.write_formula(*at, f"={mark[0]}", styles(font_color=MUTED, align="right"), mark[1])
    colour_marks(workbook, sheet, (*at, *at))
    name = f"='{table.sheet}'!{xl_rowcol_to_cell(HEAD_ROW, 0, True, True)}"
    workbook.define_name(register_name(table.id), name)
    _items(sheet, table, draft.filling.items.get(table.id, ()))
    _mark_rules(workbook, sheet, draft, table)
    plain = styles(num_format="@")
    sheet.set_row(0, 28, plain)
    sheet.set_row(1, 19, plain)
    sheet.set_row(HEAD_ROW, 24)
    sheet.freeze_panes(FIRST_ITEM, 1)
    set_page(sheet, table.title, f"{draft.unit.short} {draft.month.words}")
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, HEAD_ROW)
    if not _printed(sheet, table, len(draft.filling.items.get(table.id, ()))):
        sheet.write_string(1, len(table.fields) - 1, UNPRINTED, styles(font_color=MUTED, align="right"))


def _printed(sheet: Any, table: Table, items: int) -> bool:
    """Print what is filled in by us. Of a register that is empty nothing is printed: its head alone says nothing."""
    if items:
        sheet.print_area(0, 0, FIRST_ITEM + items - 1, len(table.fields) - 1)
        return True
    sheet.set_row(LAST_ROW + 1, None, None, {"hidden": True})
    sheet.print_area(LAST_ROW + 1, 0, LAST_ROW + 1, len(table.fields) - 1)
    return False


def write_lists(workbook: Any, draft: Draft, tables: Sequence[Table]) -> None:
    """Write the names of every code list that a register uses to the hidden sheet."""
    lists = _lists(draft, tables)
    if not lists:
        return
    sheet = workbook.add_worksheet(LISTS)
    for column, (_, names) in enumerate(lists.items()):
        sheet.write_column(0, column, names)
    sheet.very_hidden()


def _lists(draft: Draft, tables: Sequence[Table]) -> dict[str, list[str]]:
    month = str(draft.month)
    wanted = sorted({field.codes for table in tables for field in table.fields if field.codes})
    return {name: [c.name for c in draft.layout.form.codes[name] if c.valid(month)] for name in wanted}


def _look(field: RegisterField) -> dict[str, Any]:
    edge = {"bottom": 1, "bottom_color": GRID, "right": 1, "right_color": GRID}
    shown = "yyyy-mm-dd" if field.kind == "date" else "@"
    return {"bg_color": INPUT_BG, "locked": False, "num_format": shown, **edge}


def _validate(sheet: Any, draft: Draft, column: int, field: RegisterField) -> None:
    if field.kind == "code":
        lists = _lists(draft, draft.layout.registers)
        at = list(lists).index(field.codes)
        letter = xl_col_to_name(at)
        source = f"='{LISTS}'!${letter}$1:${letter}${len(lists[field.codes])}"
        words = {"error_title": "请从下拉框选择", "error_message": f"“{field.name}”只能从下拉框选。"}
        sheet.data_validation(FIRST_ITEM, column, LAST_ROW, column, {"validate": "list", "source": source, **words})
    elif field.kind == "date":
        words = {"error_title": "只能填日期", "error_message": f"“{field.name}”请填日期，例如 2012-09-12。"}
        after = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
        sheet.data_validation(FIRST_ITEM, column, LAST_ROW, column, {**after, **words})


def _items(sheet: Any, table: Table, items: Sequence[Mapping[str, str | date]]) -> None:
    for row, item in enumerate(items, start=FIRST_ITEM):
        for column, field in enumerate(table.fields):
            value = item.get(field.code, "")
            if isinstance(value, date):
                sheet.write_datetime(row, column, value)
            elif value:
                sheet.write_string(row, column, value)


def _mark_rules(workbook: Any, sheet: Any, draft: Draft, table: Table) -> None:
    """Dates that break a rule of the register turn red while they do."""
    columns = [field.code for field in table.fields]
    red = workbook.add_format({"font_color": ERR, "bg_color": ERR_BG})
    for statement in draft.layout.form.statements:
        if statement.scope == "row" and statement.at.table == table.id:
            at = columns.index(statement.at.line)
            look = {"type": "formula", "criteria": f"={broken_on(statement, table, FIRST_ITEM)}", "format": red}
            sheet.conditional_format(FIRST_ITEM, at, LAST_ROW, at, look)


def broken_on(statement: Statement, table: Table, row: int, prefix: str = "") -> str:
    """The condition that an item breaks a rule of its register; ``prefix`` stands before each address."""
    columns = {field.code: n for n, field in enumerate(table.fields)}

    def cell(ref: Ref) -> str:
        return f"{prefix}{xl_rowcol_to_cell(row, columns[ref.line], col_abs=True)}"

    def inputs(ref: Ref) -> list[str]:
        return [cell(ref)]

    return f"AND({excel.judged(statement, cell, inputs, {})},{excel.broken(statement, cell, {})})"
