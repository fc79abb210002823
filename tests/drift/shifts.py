"""Rows held against their headings, and what the form does not have."""

from collections.abc import Callable

from tests.drift.case import Case
from tests.drift.grids import BASIC, GIVEN, LIST, Change, Grids, anew, as_html, as_text, put, text
from tests.drift.wherever import CSV, NOTE, PAGE, TABS, WRITTEN, XLSB, XLSX, wherever
from tests.pipeline.overtype import overtype

SHIFT, MOVED, BEYOND, TWICE = "E-LAY-10", "E-LAY-11", "W-LAY-02", "E-LAY-09"
CHECK = 6  # the column of the form's own checks


def without(sheet: str, row: int, column: int) -> Change:
    """A cell is left out, so that all behind it move up."""
    return lambda grids: grids[sheet][row - 1].pop(column - 1)


def more(sheet: str, row: int, column: int, value: object) -> Change:
    """A cell too many, so that all from it on move."""
    return lambda grids: grids[sheet][row - 1].insert(column - 1, value)


def both(*changes: Change) -> Change:
    return lambda grids: [change(grids) for change in changes]


def shifted(name: str, change: Change, *lines: str, row: int, sheet: str = BASIC) -> tuple[Case, ...]:
    """A row of which nothing is read."""
    shows = {line: None for own in lines for line in (own, f"{own}:year_to_date")}
    return wherever(name, change, f"{SHIFT} {sheet}!A{row}", shows=shows, among=WRITTEN)


def unquoted(grids: Grids) -> bytes:
    """Numbers with commas that nobody quoted."""
    lines = (",".join(text(value) for value in row) for rows in grids.values() for row in (*rows, [""]))
    return "\r\n".join(lines).encode("gbk")


def comma(value: str, *cells: tuple[str, str], told: tuple[str, ...], shows: dict[str, int | None]) -> Case:
    change = both(*(put(sheet, **{cell: value}) for sheet, cell in cells))
    name = f"CSV: {value} unquoted at {'、'.join(cell for _, cell in cells)}"
    rules = (f"{rule} {CSV.cell(at)}" for rule, at in (one.split() for one in told))
    return Case(name, anew(change, write=unquoted), (NOTE, *rules), "", shows, "市卫生局_2012-01.csv")


def hidden_cell(row: str, cell: str) -> Callable[[Grids], bytes]:
    """A page with one more cell, that is not shown, before the third of a row."""

    def write(grids: Grids) -> bytes:
        whole = as_html()(grids).decode()
        return whole.replace(row, row + cell, 1).encode()

    return write


def hidden_column(grids: Grids) -> bytes:
    """A page whose rows all begin with a cell that is not shown, as web systems keep their keys."""
    return as_html()(grids).decode().replace("<tr>", '<tr><td style="display:none">7</td>').encode()


UNQUOTED = (
    comma("3,246", (BASIC, "D10"), told=(f"{SHIFT} {BASIC}!A10",), shows={"T2.05": None, "T2.05:year_to_date": None}),
    comma("1,120", (BASIC, "E10"), told=(f"{SHIFT} {BASIC}!A10",), shows={"T2.05": None, "T2.05:year_to_date": None}),
    comma("1,234,567", (BASIC, "D9"), told=(f"{SHIFT} {BASIC}!A9",), shows={"T2.04": None, "T2.04:year_to_date": None}),
    comma("12,5", (GIVEN, "D12"), told=(f"{SHIFT} {GIVEN}!A12",), shows={"T1.106": None, "T1.106:year_to_date": None}),
    comma("3,246", (BASIC, "D9"), (BASIC, "D10"), told=(f"{SHIFT} {BASIC}!A9",), shows=dict.fromkeys(("T2.04", "T2.04:year_to_date", "T2.05", "T2.05:year_to_date"))),
    comma("关于a,b的公告", (LIST, "A5"), told=(f"E-REG-07 {LIST}!A5",), shows={}),
)  # fmt: skip
WIDE_AND_NARROW = (
    *shifted("a cell too many before the number", more(BASIC, 9, 4, 7.0), "T2.04", row=9),
    *shifted("a blank too many before the number", more(BASIC, 9, 4, ""), "T2.04", row=9),
    *shifted("a cell too many at the end", more(BASIC, 9, 9, "√"), "T2.04", row=9),
    *shifted("the number left out", without(BASIC, 9, 4), "T2.04", row=9),
    *shifted("the unit of measure left out", without(BASIC, 9, 3), "T2.04", row=9),
    *shifted("a cell left out in the first table", without(GIVEN, 8, 4), "T1.102", row=8, sheet=GIVEN),
    *shifted("cells left out in two rows", both(without(BASIC, 9, 4), without(BASIC, 12, 4)), "T2.04", "T2.06", row=9),
    *wherever("a cell left out in the register", without(LIST, 6, 2), f"E-REG-07 {LIST}!A6", among=WRITTEN),
    *wherever("a cell too many in the register", more(LIST, 6, 2, "x"), f"E-REG-07 {LIST}!A6", among=WRITTEN),
)  # fmt: skip
HIDDEN_CELLS = (
    Case("a page: a hidden cell in one row", anew(write=hidden_cell("<td>提供服务类信息数</td><td>条</td>", '<td style="display:none">7</td>')), (NOTE,), "", {}, "市卫生局_2012-01.xls"),
    Case("a page: a hidden cell by its attribute", anew(write=hidden_cell("<td>提供服务类信息数</td><td>条</td>", "<td hidden>7</td>")), (NOTE,), "", {}, "市卫生局_2012-01.xls"),
    Case("a page: a hidden column", anew(write=hidden_column), (NOTE,), "", {}, "市卫生局_2012-01.xls"),
)  # fmt: skip


def trimmed(separator: str) -> Callable[[Grids], bytes]:
    """Empty cells at the end of rows left out, as some programs do."""

    def write(grids: Grids) -> bytes:
        for rows in grids.values():
            for row in rows:
                while row and row[-1] == "":
                    row.pop()
        return as_text("utf-8", separator)(grids)

    return write


def wider(grids: Grids) -> None:
    """Every row with two empty cells more than its headings."""
    for sheet in (GIVEN, BASIC, LIST):
        for row in grids[sheet]:
            row.extend(["", ""] if "指标名称" not in row and "信息名称" not in row else [])


def unworked(grids: Grids) -> None:
    """A 0 for every check, as an .xls keeps a formula of words that was not worked out."""
    for sheet in (GIVEN, BASIC):
        for row in grids[sheet]:
            if row[CHECK] in {"√", "○ 待填"}:
                row[CHECK] = 0.0


UNWORKED = (
    *wherever("checks never worked out", unworked, among=(XLSX, XLSB)),
    *wherever("checks never worked out, a cell too many in a row", both(unworked, more(BASIC, 9, 4, 7.0)), f"{MOVED} {BASIC}!F9", shows={"T2.04": None, "T2.04:year_to_date": None}, among=(XLSX, XLSB)),
)  # fmt: skip

AS_WIDE = (
    Case("CSV: empty cells at the end left out", anew(write=trimmed(",")), (NOTE,), "", {}, "市卫生局_2012-01.csv"),
    Case("tabs: empty cells at the end left out", anew(write=trimmed("\t")), (NOTE,), "", {}, "市卫生局_2012-01.txt"),
    *wherever("every row wider by empty cells", wider, among=(CSV, TABS, PAGE)),
    *wherever("a reason in the last column", put(BASIC, H9="补报上年的一条"), among=(CSV, TABS, PAGE)),
    *wherever("thousands in quotes", put(BASIC, D10="3,246", E10="3,246"), shows={"T2.05": 3246, "T2.05:year_to_date": 3246}, among=(CSV, TABS)),
)  # fmt: skip


def line(sheet: str, *cells: object) -> Change:
    """One more row below a sheet's tables."""
    return lambda grids: grids[sheet].append([*cells, *[""] * (len(grids[sheet][0]) - len(cells))])


ADDED = (
    *wherever("a line of its own", line(GIVEN, "108", "政务微博", "条", 500.0), f"{BEYOND} {GIVEN}!D43", says="“108 政务微博”填了 500", among=(XLSX, XLSB, PAGE, CSV, TABS)),
    *wherever("a line of its own without a code", line(GIVEN, "", "政务微信", "条", 12.0), f"{BEYOND} {GIVEN}!D43"),
    *wherever("a line of its own without unit and code", line(GIVEN, "", "手机报", "", 12.0), f"{BEYOND} {GIVEN}!D43"),
    *wherever("two lines of its own", both(line(GIVEN, "108", "政务微博", "条", 500.0), line(GIVEN, "109", "政务微信", "条", 3.0)), f"{BEYOND} {GIVEN}!D43", says="这样的行共 2 行"),
    *wherever("a line in the midst", lambda grids: grids[BASIC].insert(9, ["04a", "其中：网上服务", "条", 6.0, 6.0, "", "", ""]), f"{BEYOND} {BASIC}!D10", among=(XLSX, XLSB, PAGE)),
    *wherever("a line of its own with the year alone", line(GIVEN, "108", "政务微博", "条", "", 500.0), f"{BEYOND} {GIVEN}!E43"),
)  # fmt: skip
NOTHING_ADDED = (
    *wherever("who filled it in, below the table", line(GIVEN, "填报人：", "张三", "电话：", 6223456.0)),
    *wherever("a remark below the table", line(GIVEN, "注：本表由各单位填报，2012年起执行。")),
    *wherever("a line of its own with nothing in it", line(GIVEN, "108", "政务微博", "条", "", "")),
    *wherever("a line of its own with 0", line(GIVEN, "108", "政务微博", "条", 0.0)),
)  # fmt: skip
COLUMNS = (
    Case("a second heading typed over another, the names kept", overtype(BASIC, F4="本期实际"), (f"{TWICE} {BASIC}!F4",), "“本期实际”一栏出现了两次"),
    Case("a second heading of the year", overtype(GIVEN, F4="本年累计"), (f"{TWICE} {GIVEN}!F4",), "“本年累计”一栏出现了两次"),
    *wherever("a second heading", put(BASIC, F4="本期实际"), f"{TWICE} {BASIC}!F4", among=(XLSB, PAGE, CSV, TABS)),
)  # fmt: skip

SHIFTS = (*UNQUOTED, *WIDE_AND_NARROW, *HIDDEN_CELLS, *UNWORKED, *AS_WIDE, *ADDED, *NOTHING_ADDED, *COLUMNS)
