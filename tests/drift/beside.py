"""What a unit adds to the workbook, and what becomes of the codes."""

from tests.drift.grids import BASIC, GIVEN, Change, Grids


def notes(grids: Grids) -> None:
    grids["工作记录"] = [["序号", "内容", "数量"], ["102", "开会", 99.0], [103.0, "发文", 98.0]]


def below(*cells: object) -> Change:
    """One more row below the form."""
    return lambda grids: grids[BASIC].append([*cells, *[""] * (8 - len(cells))])


def own_table(number: float) -> Change:
    return lambda grids: grids.update({"我的": [["指标名称", "本期实际"], ["提供服务类信息数", number]]})


def last_month(grids: Grids) -> None:
    """The form of December, left in the workbook."""
    rows = [list(row) for row in grids[BASIC]]
    rows[1][0], rows[8][3] = "填报单位：嘉峪关市卫生局（620200-025）    报告期：2011年12月", 99.0
    grids["上月"] = rows


def another_unit(grids: Grids) -> None:
    rows = [list(row) for row in grids[BASIC]]
    rows[1][0], rows[8][3] = "填报单位：嘉峪关市教育局    报告期：2012年1月", 99.0
    grids["教育局"] = rows


def full_width_codes(grids: Grids) -> None:
    for row in grids[GIVEN]:
        row[0] = str(row[0]).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


def codes_as_numbers(grids: Grids) -> None:
    for sheet in (GIVEN, BASIC):
        for row in grids[sheet]:
            row[0] = float(row[0]) if str(row[0]).isdecimal() else row[0]
