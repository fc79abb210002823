"""What is done to sheets, rows, columns and names."""

from tests.drift.beside import another_unit, below, codes_as_numbers, full_width_codes, last_month, notes, own_table
from tests.drift.case import NOTHING, Case, refused
from tests.drift.grids import (
    BASIC,
    COVER,
    GIVEN,
    LIST,
    Change,
    anew,
    column_before,
    put,
    row_above,
)
from tests.drift.rearranged import (
    emptied,
    formatted_codes,
    hidden,
    names_of_copy_only,
    pasted_together,
    renamed,
    reordered,
    swapped,
    without_rows,
    without_sheet,
)
from tests.drift.untouched import Numbers
from tests.pipeline.drifting import merged, sheet_copied, sheet_gone
from tests.pipeline.overtype import (
    insert_row,
    lose_names,
    lose_stamp,
    orphan_names,
    overtype,
    point,
    rename_sheet,
    retouch,
    together,
)

MOVED, BOTH = "E-LAY-01", "E-LAY-04"
UNNAMED = together(lose_names(), lose_stamp)


def copied(name: str, *changes: Change, told: tuple[str, ...] = (), says: str = "", shows: Numbers = NOTHING) -> Case:
    """Copied to a new workbook, values only, and then changed."""
    return Case(name, anew(*changes), told, says, shows)


NAMED = (
    Case("a sheet renamed", rename_sheet(GIVEN, "表一")),
    Case("a sheet renamed to another month", rename_sheet(GIVEN, "2月"), ("W-PER-01",), "工作表名“2月”写的是 2月"),
    Case("sheets in another order", reordered),
    Case("the names lost", lose_names()),
    Case("the stamp lost", lose_stamp),
    Case("names and stamp lost", UNNAMED),
    Case("the cells copied to a new sheet, the old one deleted", orphan_names(GIVEN)),
    Case("a row inserted", insert_row(BASIC, 9)),
    Case("a row inserted, names and stamp lost", together(insert_row(BASIC, 9), UNNAMED)),
    Case("header lines above", insert_row(GIVEN, 1)),
    Case("rows hidden", hidden, (f"E-SEE-05 {GIVEN}!D9", f"E-SEE-05 {BASIC}!D9", "W-SEE-01 公开台账!A9"), "第 9 行是隐藏的，里面有 2 格数字", dict.fromkeys(("T1.103", "T1.103:year_to_date", "T2.04", "T2.04:year_to_date"))),
    Case("title merged", merged(BASIC, "A1:H1")),
    Case("a code merged with its name", merged(BASIC, "A9:B9")),
    Case("two codes merged, which leaves one", together(merged(BASIC, "A9:A10"), overtype(BASIC, A10=None))),
    Case("two input cells merged", together(merged(BASIC, "D9:D10"), overtype(BASIC, D10=None, E10=0)), (f"E-LAY-05 {BASIC}!D10",), "被合并", {"T2.05": None, "T2.05:year_to_date": 0}),
    Case("merged over other numbers", merged(BASIC, "D9:D10"), (f"E-LAY-05 {BASIC}!D10",), "被合并", {"T2.05": None}),
    Case("a cell cut and pasted a row lower", point("f_T2_04", f"'{BASIC}'!$D$10"), (f"{MOVED} {BASIC}!D10",), "同一行的代码是“05”"),
    Case("a cell cut and pasted a column on", point("f_T2_04", f"'{BASIC}'!$F$9"), (f"{MOVED} {BASIC}!F9",), "这一栏的标题不是它的"),
    Case("a cell cut and pasted to the cover, another typed in its place", together(point("f_T2_04", f"'{COVER}'!$B$13"), overtype(COVER, B13=7)), (f"{MOVED} {COVER}!B13",), "可能剪切、移动过格子"),
    Case("a code typed twice", overtype(BASIC, A45="91"), (f"E-LAY-03 {BASIC}!A46",), "出现了两次（第 45、46 行）"),
    Case("a code over another's name", overtype(BASIC, A9="05"), (f"E-LAY-03 {BASIC}!A10", f"E-LAY-06 {BASIC}!A9", f"{MOVED} {BASIC}!D9"), "代码“05”出现了两次"),
    Case("a name over another's code", overtype(GIVEN, B8="各部门网站"), (f"E-LAY-06 {GIVEN}!A8",), "代码是“102”，名称却是“各部门网站”"),
    Case("a name written a little otherwise", overtype(GIVEN, B8="市政府 门户网站")),
    Case("codes overtyped as numbers", formatted_codes),
    Case("a heading changed", overtype(BASIC, D4="本月数")),
    Case("two headings exchanged", overtype(BASIC, D4="本年累计", E4="本期实际"), (f"{MOVED} {BASIC}!D6",), "这一栏的标题不是它的"),
    Case("a sheet copied, and nothing changed", sheet_copied(GIVEN)),
    Case("a sheet copied, and a number changed", sheet_copied(GIVEN, D8=5), (f"{BOTH} {GIVEN}（2）!D8",), "数字不同（4 和 5）"),
    Case("a sheet copied as last month's", sheet_copied(GIVEN, A2="报告期：2011年12月", D8=5), ("N-LAY-01",), "写的是别的报告期"),
    Case("the names of a copied sheet are its own", names_of_copy_only(GIVEN)),
    Case("the cover deleted", sheet_gone(COVER, "c_.*"), ("E-COV-03",), "找不到“封面”"),
    Case("an item's heading changed in the register", retouch("信息名称", "名称"), ("E-REG-01",), "找不到“主动公开信息台账”"),
)  # fmt: skip

COPIED = (
    copied("copied, and sheets renamed", renamed(**{GIVEN: "Sheet1", BASIC: "Sheet2", LIST: "Sheet3"})),
    copied("copied onto one sheet, one below the other", pasted_together),
    copied("copied, rows inserted", row_above(BASIC, 9), row_above(BASIC, 4), row_above(GIVEN, 15)),
    copied("copied, columns inserted", column_before(BASIC, 4), column_before(GIVEN, 1)),
    copied("copied, a column with a heading of its own", column_before(BASIC, 4, "去年同期")),
    copied("copied, header lines above", *(row_above(s, 1, "嘉峪关市卫生局文件") for s in (GIVEN, BASIC, LIST))),
    copied("copied, the codes lost", emptied(GIVEN, 1)),
    copied("copied, the names lost", emptied(BASIC, 2)),
    copied("copied, codes as numbers", codes_as_numbers),
    copied("copied, codes full-width", full_width_codes),
    copied("copied, two rows exchanged", swapped(BASIC, 9, 10)),
    copied("copied, the values of two rows exchanged", put(BASIC, D9=120.0, E9=120.0, D10=25.0, E10=25.0), shows={"T2.04": 120, "T2.05": 25, "T2.04:year_to_date": 120, "T2.05:year_to_date": 25}),
    copied("copied, a code and its name contradict", put(BASIC, B9="网站专栏页面访问量"), told=(f"E-LAY-06 {BASIC}!A9",), says="代码是“04”"),
    copied("copied, a code twice", put(BASIC, A10="04"), told=("E-LAY-02", f"E-LAY-03 {BASIC}!A10"), says="05行"),
    copied("copied, a heading changed", put(BASIC, D4="本月数"), told=(f"E-LAY-08 {BASIC}!A4",), says="找不到“本期实际”一栏"),
    copied("copied, a heading doubled", put(BASIC, F4="本期实际"), told=(f"E-LAY-09 {BASIC}!F4",), says="出现了两次"),
    copied("copied, headings with white space", put(BASIC, D4="本 期\n实 际", E4="本年 累计")),
    copied("copied, two headings exchanged", put(BASIC, D4="本年累计", E4="本期实际")),
    copied("copied, a row deleted", without_rows(BASIC, 46), told=("E-LAY-02",), says="91"),
    copied("copied, the total of the fees moved up", swapped(BASIC, 50, 54)),
    copied("copied, a table's headings deleted", without_rows(BASIC, 49), told=(f"E-LAY-08 {BASIC}!A4",), says="收费金额"),
    copied("copied, a sheet left out", without_sheet(GIVEN), told=("E-LAY-07",) * 4, says="100—208"),
    copied("copied, the register left out", without_sheet(LIST), told=("E-REG-01",), says="主动公开信息台账"),
    copied("copied, the cover left out", without_sheet(COVER), told=("E-COV-03",), says="封面"),
    copied("copied, a code once more below the form", below("04", "", "", 99.0), told=(f"E-LAY-03 {BASIC}!A55",), says="第 9、55 行"),
    copied("copied, a name once more below the form", below("", "提供服务类信息数", "", 99.0), told=(f"E-LAY-03 {BASIC}!A55",), says="第 9、55 行"),
    copied("copied, a table of its own with the same number", own_table(25.0)),
    copied("copied, a table of its own with another number", own_table(99.0), told=(f"{BOTH} 我的!B2",), says="数字不同（25 和 99）"),
    copied("copied, a zero report with numbers", put(COVER, B7="是"), told=(f"E-ZER-01 {GIVEN}!D7",), says="“本月零报告”选了“是”"),
    copied("copied, notes on a sheet of its own", notes, told=("N-LAY-03 工作记录!C2",)),
    refused("copied, the form of last month beside it", anew(last_month), "E-FIL-08", "2011年12月、2012年1月"),
    refused("copied, another unit's form beside it", anew(another_unit), "E-FIL-08", "市卫生局、市教育局"),
)  # fmt: skip

LAYOUTS = (*NAMED, *COPIED)
