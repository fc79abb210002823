"""What stands around the numbers: formats on a condition, noughts not shown, sizes, drawings; and what a unit adds."""

from tests.drift.case import Case
from tests.drift.grids import BASIC, COVER, anew, stretched
from tests.drift.grids import put as typed
from tests.drift.shifts import more, without
from tests.drift.wherever import CSV, PAGE, TABS, XLSB, XLSX, wherever
from tests.pipeline.looks import drawn, on_condition, sized, without_zeros
from tests.pipeline.overtype import Edit, overtype, together

AT, LINE, YEAR = f"{BASIC}!D9", "T2.04", "T2.04:year_to_date"
CONDITION, NOUGHTS, COVERED, HIDDEN = "E-SEE-07", "W-SEE-02", "W-SEE-03", "E-SEE-05"
DISPLACED, BESIDE, COLUMN, SHEET = "E-LAY-11", "W-LAY-03", "N-LAY-02", "N-LAY-03"
ROW_GONE = {LINE: None, YEAR: None}
SAME = '<font><color rgb="FF123456"/></font><fill><patternFill><bgColor rgb="FF123456"/></patternFill></fill>'
RED = '<font><color rgb="FFFF0000"/></font>'
TEN_THOUSANDS, UNIT = (f'<numFmt numFmtId="300" formatCode="0&quot;{unit}&quot;"/>' for unit in "万条")


def condition(name: str, edit: Edit, says: str = "") -> Case:
    """A number that looks otherwise by a condition, or may; or (where it says nothing) one that does not."""
    told = (f"{CONDITION} {AT}",) if says else ()
    year = overtype(BASIC, E9=0 if says else 25)
    return Case(f"around: {name}", together(edit, year), told, says, {LINE: None, YEAR: 0} if says else {})


def met(name: str, formula: str, says: str = "", **more: str) -> Case:
    return condition(name, on_condition(BASIC, "D9", formula, **more), says)


CONDITIONS = (
    met("struck out, always", "TRUE", "按条件格式加了删除线"),
    met("struck out where it is more than ten", "$D9>10", "按条件格式加了删除线"),
    met("struck out where something stands beside it", '$B9<>""', "加了删除线"),
    met("struck out on a condition that is not plain", "MOD(ROW(),2)=1", "按条件格式可能加了删除线"),
    met("struck out by its own number", "25", "按条件格式加了删除线", rule='type="cellIs" operator="equal"'),
    met("struck out as a double", "", "可能加了删除线", rule='type="duplicateValues"'),
    met("as its ground on a condition", "TRUE", "和底色一样，看不见", dxf=SAME),
    met("shown in ten thousands on a condition", "D9>0", "显示成“25万”", dxf=TEN_THOUSANDS),
    met("a condition that is not met", "$D9>100"),
    met("a condition that never is", "FALSE"),
    met("a condition of other numbers", "100", rule='type="cellIs" operator="greaterThan"'),
    met("a condition of empty cells", "", rule='type="containsBlanks"'),
    met("red on a condition", "TRUE", dxf=RED),
    met("the unit of measure on a condition that is not met", "FALSE", dxf=UNIT),
    condition("struck out elsewhere", on_condition(BASIC, "H9:H40", "TRUE")),
)  # fmt: skip
LOW = r'<row r="9" spans="1:8" ht="[^"]*"'
AROUND = (
    Case("around: noughts not shown", together(overtype(BASIC, D9=0, E9=0), without_zeros(BASIC)), (f"{NOUGHTS} {AT}",), "不显示零值", {LINE: 0, YEAR: 0}),
    *(Case(f"around: a row {high} points high", sized(BASIC, LOW, f'<row r="9" spans="1:8" ht="{high}"'), (f"{HIDDEN} {AT}",), "第 9 行是隐藏的", ROW_GONE) for high in ("0", "0.75")),
    Case("around: a low row that is seen", sized(BASIC, LOW, '<row r="9" spans="1:8" ht="9"')),
    Case("around: a column of width 0", sized(BASIC, r'<col min="8" max="8" width="[^"]*"', '<col min="8" max="8" width="0"')),
    Case("around: rows of no height of their own", together(sized(BASIC, "<sheetFormatPr ", '<sheetFormatPr zeroHeight="1" '), sized(BASIC, f'{LOW} customHeight="1"', '<row r="9" spans="1:8"')), (f"{HIDDEN} {AT}",), "第 9 行是隐藏的", ROW_GONE),
    Case("around: a text box over a number", drawn(BASIC, "D9", "26"), (f"{COVERED} {AT}",), "上面写着“26”"),
    Case("around: a picture over a number", drawn(BASIC, "D9", "", "pic"), (f"{COVERED} {AT}",), "图片盖在 D9 这 1 格"),
    Case("around: a line over a number", drawn(BASIC, "D9", "", "cxnSp"), (f"{COVERED} {AT}",), "线条"),
    Case("around: a text box beside the table", drawn(BASIC, "J9", "26")),
    Case("around: a text box on the cover", drawn(COVER, "D9", "26")),
    Case("around: a text box that is hidden", drawn(BASIC, "D9", "26", hidden="1")),
)  # fmt: skip
ROWS = (
    *wherever("cells inserted in one row", more(BASIC, 9, 4, 7.0), f"{DISPLACED} {BASIC}!H9", shows=ROW_GONE, among=(XLSX, XLSB)),
    *wherever("a cell deleted in one row", without(BASIC, 9, 4), f"{DISPLACED} {BASIC}!F9", shows=ROW_GONE, among=(XLSX, XLSB)),
    *wherever("the unit of measure deleted", without(BASIC, 9, 3), f"{DISPLACED} {BASIC}!C9", shows=ROW_GONE, among=(XLSX, XLSB)),
    *wherever("a second number beside a row", stretched(BASIC, K9=30.0), f"{BESIDE} {BASIC}!K9", among=(XLSX, XLSB)),
    *wherever("a column of the unit's own", stretched(BASIC, I4="上年同期", I9=30.0, I10=40.0), f"{COLUMN} {BASIC}!I9", among=(XLSX, XLSB)),
    *wherever("a column of the unit's own without numbers", stretched(BASIC, I4="备注", I9="无"), among=(XLSX, XLSB, PAGE, CSV, TABS)),
    *wherever("a sheet of the unit's own under the form's headings", lambda grids: grids.update({"新媒体": [list(grids[BASIC][3]), ["", "政务微博", "条", 12.0, 30.0]]}), "W-LAY-02 新媒体!D2", says="“政务微博”填了 12", among=(XLSX, XLSB)),
    *wherever("a sheet of the unit's own under the form's headings, no unit of measure", lambda grids: grids.update({"新媒体": [["指标名称", "本期实际"], ["政务微博", 12.0], ["政务微信", 7.0]]}), "W-LAY-02 新媒体!B2", among=(XLSX, XLSB)),
    *wherever("a sheet of the unit's own", lambda grids: grids.update({"我的": [["合计", 30.0]]}), f"{SHEET} 我的!B1", among=(XLSX, XLSB)),
    *wherever("a sheet of words", lambda grids: grids.update({"我的": [["已经审核"]]}), among=(XLSX, XLSB)),
    Case("around: last month by hand in one row, the names kept", overtype(BASIC, F9=30)),
    Case("around: last month in every row", anew(typed(BASIC, **{f"F{row}": 3.0 for row in range(6, 47)}))),
)  # fmt: skip

STANDING_AROUND = (*CONDITIONS, *AROUND, *ROWS)
