"""What lies over the cells is seen in every workbook that LibreOffice saves; lists, comments and filters are nothing."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.intake.book import Drawing
from pipeline.intake.containers import read_book

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice]


@pytest.fixture
def drawn(tmp_path) -> Path:
    path = tmp_path / "drawn.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        sheet.write(8, 3, 25)
        sheet.write_comment("A1", "批注")
        sheet.data_validation("B2", {"validate": "list", "source": ["是", "否"]})
        sheet.autofilter("A1:C3")
        sheet.insert_textbox("D9", "应为 26", {"width": 40, "height": 15})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=表!$D$9:$D$9"})
        sheet.insert_chart("J9", chart)
    return path


def seen(drawings: Sequence[Drawing]) -> set[tuple[str, tuple[int, int], str]]:
    return {(one.what, one.first, one.text) for one in drawings}


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "fods"])
def test_a_text_box_and_a_chart_are_seen_where_they_lie(kind, drawn, libreoffice):
    (saved,) = libreoffice._convert([drawn], kind)

    book = read_book(saved.read_bytes(), saved.name)

    assert seen(book.drawings) == {("文本框或图形", (8, 3), "应为 26"), ("图表", (8, 9), "")}
    assert all(drawing.covers(("表", 8, 3)) == (drawing.what != "图表") for drawing in book.drawings)
