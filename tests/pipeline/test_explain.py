"""Every printed number leads to the cells it was added up from, in files that say so."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from xlsxwriter.utility import xl_cell_to_rowcol

from pipeline.intake.book import Book
from pipeline.intake.cells import read_cell
from pipeline.intake.containers import read_book
from pipeline.tables.explain import Explanation, Source, explain
from pipeline.tables.outcome import Outcome
from pipeline.values.files import sha256, short
from pipeline.values.table import Table
from schemas.forms import forms_of
from schemas.mistake import CannotRun
from schemas.office import OFFICES, read_office
from tests.builders import Desk
from tests.pipeline.reading import items, read

TABLES = {
    office: [annual.id for form in forms_of(read_office(OFFICES / office)) for annual in form.edition.annual]
    for office in ("jyg", "shifan")
}


def a_few(outcome: Outcome, table: Table) -> Iterator[tuple[str, str, int]]:
    """Cells of a table by name, with their values: its first, second, middle and last rows; sums and differences."""
    rows = {position % len(table.rows): None for position in (0, 1, len(table.rows) // 2, -1)}
    for position in rows:
        row = table.rows[position]
        stocks = (n for n, linear in enumerate(row.counts) if outcome.form.entry(linear.refs[0]).kind != "flow")
        last = max(n for n, column in enumerate(table.columns) if not column.ratio)
        for n in dict.fromkeys([0, *stocks, last]):
            yield row.label, table.columns[n].name, row.numbers[n]


@pytest.mark.parametrize("name", TABLES["jyg"])
def test_the_sources_of_a_printed_number_add_up_to_it_and_stand_where_they_say(demo_folder, demo_outcome, name):
    assert_explained(demo_folder, demo_outcome, name)


@pytest.mark.parametrize(
    "name",
    [name if n % 5 == 0 else pytest.param(name, marks=pytest.mark.slow) for n, name in enumerate(TABLES["shifan"])],
)
@pytest.mark.slow
def test_so_they_do_in_the_second_office(shifan_folder, shifan_outcome, name):
    assert_explained(shifan_folder, shifan_outcome, name)


def assert_explained(folder: Path, outcome: Outcome, name: str) -> None:
    table = next(table for table in outcome.tables if table.annual.id == name)
    for row, column, value in a_few(outcome, table):
        explanation = explain(outcome, name, row, column)

        sources = explanation.sources
        assert explanation.answer.number == value, (row, column)
        assert sum(source.value * source.times for source in sources) == value, (row, column)
        assert explanation.title == f"{name} {table.annual.title} · {row} · {column}"
        for source in sources[:1] + sources[-1:]:
            assert_it_stands_there(folder, source, explanation)


def assert_it_stands_there(folder: Path, source: Source, explanation: Explanation) -> None:
    """The file is the unit's of that month and has that hash; the cell, or the rows of the register, say the value."""
    path = folder / "inbox" / source.file
    book, digest = opened(path)
    assert source.file.startswith(f"{source.period}/{source.unit}_{source.period}")
    assert source.digest == short(digest)
    sheet, _, cell = source.place.partition("!")
    first, _, last = cell.partition(":")
    if last:
        (top, _), (bottom, right) = xl_cell_to_rowcol(first), xl_cell_to_rowcol(last)
        filled = [row for row in book.sheets[sheet][top : bottom + 1] if any(row[: right + 1])]
        assert len(filled) == bottom - top + 1 >= source.value
        assert not any(map(any, book.sheets[sheet][bottom + 1 :]))
    else:
        assert read_cell(book.at((sheet, *xl_cell_to_rowcol(cell))), quantity=source.quantity).value == source.value


@cache
def opened(path: Path) -> tuple[Book, str]:
    data = path.read_bytes()
    return read_book(data, path.name), sha256(data)


def test_a_difference_shows_first_the_returns_it_arises_from(demo_outcome):
    explanation = explain(demo_outcome, "表1", "全年", "未注明渠道")

    behind = list(dict.fromkeys((source.unit, source.period) for source in explanation.sources))[:3]
    assert (explanation.answer.number, explanation.quantity.unit) == (27, "条")
    assert behind == [("市民政局", "2012-03"), ("市水务局", "2012-07"), ("雄关区", "2012-10")]
    assert explanation.counts == "“主动公开信息数”（01行）减101—107行之和"
    assert (explanation.sources[0].times, explanation.sources[0].place) == (1, "基本情况!D6")


def test_a_difference_of_registers_shows_the_same_returns(demo_outcome):
    explanation = explain(demo_outcome, "表4", "合计", "未注明渠道")

    behind = list(dict.fromkeys((source.unit, source.period) for source in explanation.sources))[:3]
    assert behind == [("市民政局", "2012-03"), ("市水务局", "2012-07"), ("雄关区", "2012-10")]


def test_a_stock_is_explained_by_each_units_last_return(shifan_outcome):
    closing, opening = (explain(shifan_outcome, "表7", "第二季度", name) for name in ("结转下月", "上月结转"))

    assert closing.answer.steps > 0
    assert opening.answer.steps > 0
    assert {source.period for source in closing.sources} == {"2012-06"}
    assert {source.period for source in opening.sources} == {"2012-04"}
    assert closing.zeros + len(closing.sources) == opening.zeros + len(opening.sources) == 8


def test_a_count_of_a_register_is_found_again_in_its_rows(shifan_folder, shifan_outcome):
    explanation = explain(shifan_outcome, "表4", "政策文件", "部门网站")

    assert explanation.answer.steps > 0
    for source in explanation.sources[:3]:
        reading = read(Desk(shifan_folder, shifan_outcome.office), shifan_folder / "inbox" / source.file)
        both = [item for item in items(reading) if (item["category"], item["channel"]) == ("202", "102")]
        assert len(both) == source.value


def test_money_is_explained_in_its_own_unit(shifan_outcome):
    explanation = explain(shifan_outcome, "表8", "复制费（纸张）", "收费金额")

    assert explanation.answer.told(explanation.quantity) == "1,284.50元"
    assert explanation.counts == "“复制费纸张·收费金额”（802行）"
    assert {source.place for source in explanation.sources} == {"基本情况!C51"}


@pytest.mark.parametrize("written", ["东区", "990000-001", "示范东区人民政府"])
def test_a_unit_is_found_by_each_of_its_names(shifan_outcome, written):
    assert explain(shifan_outcome, "表2", written, "主动公开信息数").title.endswith("· 东区 · 主动公开信息数")


def test_a_unit_is_found_by_its_alias(demo_outcome):
    assert "· 市人口委 ·" in explain(demo_outcome, "表3", "市计生委", "类别合计").title


@pytest.mark.parametrize(
    "written", [("1", "7月", "合计"), ("表 １", "7月份", "合 计"), ("表1", "“7月”", "合计")], ids=" ".join
)
def test_a_name_may_be_written_as_people_write_it(demo_outcome, written):
    table = next(table for table in demo_outcome.tables if table.annual.id == "表1")
    column = table.columns[0].name
    known = explain(demo_outcome, "表1", "7月", column)

    assert explain(demo_outcome, written[0], written[1], f" {column}") == known


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (("表12", "全年", "主动公开信息数"), "没有表“表12”，最接近的是“表1”。"),
        (("表1", "13月", "主动公开信息数"), "没有行“13月”，最接近的是“1月”。"),
        (("表1", "全年", "门户网"), "没有栏“门户网”，最接近的是“政府门户网站”。"),
        (("表2", "教体局", "主动公开信息数"), "没有行“教体局”，最接近的是“示范教体局”。"),
        (("表10", "供水动态", "全年"), "没有行“供水动态”，最接近的是“供水：供水动态信息（条）”。"),
        (("表8", "邮费", "收费金额"), "没有行“邮费”，最接近的是“邮寄费”。"),
    ],
)
def test_a_name_that_is_not_there_is_answered_with_the_nearest(shifan_outcome, written, said):
    with pytest.raises(CannotRun) as caught:
        explain(shifan_outcome, *written)

    assert str(caught.value) == said
