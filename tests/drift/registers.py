"""What is done to a register: one cause is told once, and what is no item is none."""

from datetime import date

from tests.drift.case import Case
from tests.drift.grids import LIST, Change, Grids, put
from tests.drift.wherever import CSV, PAGE, XLSB, XLSX, wherever
from tests.pipeline.drifting import merged
from tests.pipeline.overtype import overtype, together

ITEMS = range(4, 32)  # the rows that are items, as a spreadsheet counts


def below(*rows: list[object]) -> Change:
    """Rows below the register."""
    return lambda grids: grids[LIST].extend([*row, *[""] * (8 - len(row))] for row in rows)


def column(letter: str, how) -> Change:
    """A whole column written otherwise."""

    def change(grids: Grids) -> None:
        for row in ITEMS:
            cells = grids[LIST][row - 1]
            cells[ord(letter) - 65] = how(cells[ord(letter) - 65])

    return change


def emptied(grids: Grids) -> None:
    grids[LIST] = grids[LIST][:3]


def again(row: int, **changes: object) -> Change:
    """An item once more, below the others."""

    def change(grids: Grids) -> None:
        grids[LIST].append(list(grids[LIST][row - 1]))
        put(LIST, **{f"{letter}{len(grids[LIST])}": value for letter, value in changes.items()})(grids)

    return change


def onward(*rows: int) -> Change:
    """Some items stand on a second sheet instead."""

    def change(grids: Grids) -> None:
        items = [grids[LIST][row - 1] for row in rows]
        grids[LIST] = [row for row in grids[LIST] if not any(row is item for item in items)]
        grids[f"{LIST} (2)"] = [grids[LIST][2], *items]

    return change


def copied(grids: Grids) -> None:
    grids[f"{LIST} (2)"] = [list(row) for row in grids[LIST]]


NO_ITEMS = (
    *wherever("a total below the register", below(["合计", "28条"]), f"N-REG-01 {LIST}!A32", says="第 32 行是“合计”"),
    *wherever("a total with its number", below(["总计：28条"]), f"N-REG-01 {LIST}!A32"),
    *wherever("a total that is spaced", below(["合 　计", "", "28"]), f"N-REG-01 {LIST}!A32"),
    *wherever("serial numbers typed ahead", below(*([str(n)] for n in range(29, 129))), f"N-REG-01 {LIST}!A32", says="第 32—131 行"),
    *wherever("nothing that is seen", below(["\u200b"], ["", "\u2060"], ["\ufeff", "", "\u3000"])),
    *wherever("slashes in an empty row", below(["/"] * 8)),
    *wherever("nothing more below", below(["以下空白"])),
    *wherever("the headings once more", lambda grids: grids[LIST].insert(20, list(grids[LIST][2]))),
)  # fmt: skip
ONE_CAUSE = (
    *wherever("every day of a column in the English order", column("F", lambda day: f"{day:%d/%m/%Y}" if isinstance(day, date) else day), f"E-REG-04 {LIST}!F4", says="这样的行共 28 行"),
    *wherever("every day in words", column("E", lambda day: "一月"), f"E-REG-04 {LIST}!E4", says="这样的行共 28 行"),
    *wherever("a column left empty", column("G", lambda _: ""), f"E-REG-02 {LIST}!G4", says="这样的行共 28 行"),
    *wherever("one unknown category all over", column("C", lambda _: "综合"), f"E-REG-03 {LIST}!C4", says="这样的行共 28 行"),
    *wherever("rows begun and left", below(*([f"第{n}号"] for n in range(100, 110))), f"E-REG-02 {LIST}!C32", says="这样的行共 10 行"),
    *wherever("a row begun and left", below(["第100号"]), f"E-REG-02 {LIST}!C32", says="“信息类别”“制作日期”“公开日期”“保密审查人”“审查日期”没有填"),
    *wherever("an empty register", emptied, "A-03 基本情况!D6", listed=False),
    Case("a category merged over several rows", together(merged(LIST, "C4:C9"), overtype(LIST, **{f"C{row}": None for row in range(5, 10)})), (f"E-REG-06 {LIST}!C5",), "（C4:C9）"),
    Case("a day merged over several rows", together(merged(LIST, "E10:E12"), overtype(LIST, E11=None, E12=None)), (f"E-REG-06 {LIST}!E11",), "（E10:E12）"),
    Case("a channel merged over two rows", together(merged(LIST, "D5:D6"), overtype(LIST, D6=None)), (f"E-REG-06 {LIST}!D6",), "（D5:D6）"),
)  # fmt: skip
TOLD = (
    *wherever("a day years ahead", put(LIST, F6="2021-01-05"), f"W-REG-02 {LIST}!F6", says="第 6 行的“公开日期”是2021年1月5日", among=(XLSX, CSV, PAGE)),
    *wherever("a day in the month after", put(LIST, F6="2012-02-29"), among=(XLSX, CSV, PAGE)),
    *wherever("an item twice to the letter", again(5), f"W-REG-01 {LIST}!A32", "A-03 基本情况!D6", "A-04 主动公开!D16", "A-05 主动公开!D8", says="第 32 行与第 5 行一字不差", listed=False),
    *wherever("items that go on on another sheet", onward(28, 29, 30), f"E-REG-08 {LIST} (2)!A1", says="还有 3 条", among=(XLSX, XLSB)),
    *wherever("the register copied", copied, among=(XLSX, XLSB, PAGE)),
)  # fmt: skip

REGISTERS = (*NO_ITEMS, *ONE_CAUSE, *TOLD)
