"""Columns stand under the headings that they share, in the workbook as on the printed form."""

import openpyxl
import pytest

from pipeline.outbox.publish.heads import first_row, write_heads
from pipeline.outbox.publish.page import Page
from pipeline.outbox.publish.parts import Part
from pipeline.paper.theme import Styles
from pipeline.paper.xlsx import Workbook
from pipeline.values.table import Table, TableColumn
from schemas.annual import Annual
from schemas.quantity import Quantity

ITEMS = Quantity("件")
OTHERS = "法人或其他组织"
APPLICANTS = [("自然人",), ("企业", OTHERS), ("科研", OTHERS), ("其他", OTHERS), ("总计",)]
SUITS = [("维持", "复议"), ("维持", "诉讼", "直接"), ("纠正", "诉讼", "直接"), ("维持", "诉讼", "复议后")]


@pytest.fixture
def merged(tmp_path):
    """What is merged in the head of a table of these columns (name, then headings), by what stands in it."""

    def made(columns: list[tuple[str, ...]], parts: tuple[Part, ...] = ()) -> tuple[dict[str, list[str]], int]:
        annual = Annual(id="表9", title="各项", sheet="表9", rows="table", table="T9")
        own = tuple(TableColumn(name, None, ITEMS, above=tuple(above)) for name, *above in columns)
        table = Table(annual, own, (), frozenset())
        with Workbook(tmp_path / "heads.xlsx") as workbook:
            workbook.add_worksheet("表9")
            page = Page(workbook, Styles(workbook), "表9", len(columns) + 1)
            page.widths([20, *[10] * len(columns)])
            write_heads(page, table, ["项目", *(name for name, *_ in columns)], parts)
        sheet = openpyxl.load_workbook(tmp_path / "heads.xlsx")["表9"]
        found: dict[str, list[str]] = {}
        for area in sorted(map(str, sheet.merged_cells.ranges)):
            found.setdefault(str(sheet[area.partition(":")[0]].value), []).append(area)
        return found, first_row(table)

    return made


def test_a_heading_stands_over_its_columns_and_the_others_reach_up_to_it(merged):
    assert merged(APPLICANTS) == ({"项目": ["A3:A4"], "自然人": ["B3:B4"], OTHERS: ["C3:E3"], "总计": ["F3:F4"]}, 4)


def test_headings_stand_under_headings(merged):
    assert merged(SUITS) == (
        {"项目": ["A3:A5"], "维持": ["B4:B5"], "诉讼": ["C3:E3"], "直接": ["C4:D4"]}, 5,
    )  # fmt: skip


def test_a_heading_does_not_go_over_from_one_printed_part_to_the_next(merged):
    assert merged(APPLICANTS, ((1, 2), (3, 5)))[0][OTHERS] == ["D3:E3"]  # in the first part one column is under it


def test_a_table_without_headings_has_one_row_of_names(merged):
    assert merged([("甲",), ("乙",)]) == ({}, 3)
