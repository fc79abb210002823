"""Format, look, value, place and container at random: what is adopted is what LibreOffice shows, to the number."""

import csv
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.intake.cells import read_cell
from pipeline.intake.containers import read_book
from schemas.quantity import Quantity
from tests.publish.reading import LibreOffice

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice]

COUNT, MONEY = Quantity("条"), Quantity("元", 2)
WORDS = (
    '"万"',
    '"条"',
    '"元"',
    '"约"',
    '"余"',
    '"-"',
    '"00"',
    '"‰"',
    '"%"',
    "条",
    "\\.",
    '"."',
    '"无"',
    "_ ",
    "_)",
    "* ",
    "¥",
    "(",
    ")",
    " ",
    "-",
    "$",
    '"1"',
)
DIGITS = (
    "0",
    "#",
    "#,##0",
    "0.00",
    "0.0",
    "0.##",
    "000",
    "#,##0.00",
    "?0",
    "0,",
    "0,,",
    "#,##0,",
    "0.0,",
    "0E+00",
    "0.00E+00",
    "# ?/?",
    "General",
    "0%",
    "00-00",
    "0.0.0",
)
DAYS = ("yyyy-mm-dd", 'm"月"d"日"', "h:mm", "[h]:mm:ss", "aaaa", 'yyyy"年"m"月"')
FRONTS = ("", "", "", "[Red]", "[>10]", "[=25]", "[<0]", "[$¥-804]", "[DBNum1]", "[$-804]")

words = st.sampled_from(("", "", *WORDS))
number = st.builds("".join, st.tuples(st.sampled_from(FRONTS), words, st.sampled_from(DIGITS), words))
section = st.one_of(number, number, number, st.sampled_from(DAYS), words)
formats = st.lists(section, min_size=1, max_size=3).map(";".join)
values = st.sampled_from((0, 1, 5, 18, 25, 100, 1234, 12345, 40973, -3, -25, 0.5, 25.4, 12.55, 1000000))


class Cell(NamedTuple):
    """A cell of the heap; ``look`` is how it looks besides its format, ``place`` the column that it stands in."""

    value: float
    code: str
    look: str
    place: int


looks = st.sampled_from(("", "", "", "", "struck", "white", "hidden", "under a merge"))
places = st.sampled_from((0, 0, 1, 3, 27))  # plain, plain, a column of days, one that is hidden, one far to the right
cells = st.builds(Cell, values, formats, looks, places)
DAYS_AT, HIDDEN_AT = 1, 3


def heap(cells: list[Cell], path: Path) -> Path:
    """A workbook with a cell a row."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("堆")
        sheet.set_column(DAYS_AT, DAYS_AT, None, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.set_column(HIDDEN_AT, HIDDEN_AT, None, None, {"hidden": True})
        for row, cell in enumerate(cells):
            look = {"struck": {"font_strikeout": True}, "white": {"font_color": "#FFFFFF"}}.get(cell.look, {})
            kind = book.add_format({"num_format": cell.code, **look})
            if cell.look == "under a merge":
                sheet.merge_range(row, cell.place + 1, row, cell.place + 2, "")
                sheet.write_number(row, cell.place + 2, cell.value, kind)
            else:
                sheet.write_number(row, cell.place, cell.value, kind)
            if cell.look == "hidden":
                sheet.set_row(row, None, None, {"hidden": True})
    return path


def shown_by(office: LibreOffice, path: Path, cells: list[Cell]) -> list[str]:
    """What LibreOffice shows in each cell."""
    made = office._convert([path], "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true")[0]
    with made.open(encoding="utf-8", newline="") as file:
        rows = [*csv.reader(file), *([] for _ in cells)]
    return [row[cell.place] if cell.place < len(row) else "" for row, cell in zip(rows, cells, strict=False)]


def is_seen(text: str, value: Decimal, unit: str) -> bool:
    """An independent reading of what is shown: digits, a unit of the line's own, thousands, an account's dash or brackets."""
    bare = "".join(text.split()).replace("¥", "").replace("￥", "").removesuffix(unit).rstrip(".")
    if bare.startswith("(") and bare.endswith(")"):
        bare = "-" + bare[1:-1]
    if value == 0 and bare == "-":
        return True
    try:
        return Decimal(bare.replace(",", "")) == value
    except ArithmeticError:
        return False


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
@settings(
    max_examples=4, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(st.lists(cells, min_size=150, max_size=150))
def test_no_number_is_adopted_that_is_not_shown(kind, cells):
    with TemporaryDirectory() as name:
        office, path = LibreOffice(Path(name)), heap(cells, Path(name) / "heap.xlsx")
        if kind != "xlsx":
            path = office._convert([path], kind)[0]
        shown = shown_by(office, path, cells)
        book = read_book(path.read_bytes(), path.name)
    wrong = []
    for row, (cell, text) in enumerate(zip(cells, shown, strict=True)):
        at = ("堆", row, cell.place + 2 * (cell.look == "under a merge"))
        quantity = MONEY if isinstance(cell.value, float) else COUNT
        read = read_cell(book.at(at), book.marks.get(at), quantity)
        if read.value is None or book.is_hidden(at):
            continue
        if cell.look or not is_seen(text, quantity.exact(read.value), quantity.unit):
            wrong.append((cell, text, read))

    assert wrong == []
