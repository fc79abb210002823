"""What stands around the numbers: formats on a condition, noughts not shown, sizes, drawings; and what a unit adds."""

from html import escape

from tests.drift.biff import Around, as_xlsb, record, taken
from tests.drift.biff import on_condition as on_condition_in_xlsb
from tests.drift.case import Case
from tests.drift.grids import BASIC, COVER, GIVEN, anew, stretched
from tests.drift.grids import put as typed
from tests.drift.odf import as_ods
from tests.drift.shifts import more, without
from tests.drift.wherever import CSV, PAGE, TABS, XLSB, XLSX, wherever
from tests.pipeline.looks import drawing, drawn, on_condition, sized, without_zeros
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
    met("as its ground on a condition", "TRUE", "和底色分不开，看不见", dxf=SAME),
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

ODS, NOTE = "市卫生局_2012-01.ods", "N-FIL-01"
STYLES = '<style:style style:name="S_5f_1" style:display-name="S_1" style:family="table-cell">{}</style:style>'.format
STRUCK = STYLES('<style:text-properties style:text-line-through-style="solid"/>')
OWN_GROUND = STYLES(
    '<style:table-cell-properties fo:background-color="#123456"/><style:text-properties fo:color="#123456"/>'
)
OTHER_FORMAT = STYLES("").replace("style:family", 'style:data-style-name="N9" style:family')
BOX = '<draw:frame table:end-cell-address="{0}.D9"><draw:text-box><text:p>26</text:p></draw:text-box></draw:frame>'
LINE_OVER = '<draw:line table:end-cell-address="{0}.E9"/>'


def on_condition_in_ods(cells: str, formula: str) -> dict[str, str]:
    """A block of one condition behind the rows."""
    areas = ":".join(f"{BASIC}.{cell}" for cell in cells.split(":"))
    told = f'<calcext:condition calcext:apply-style-name="S_1" calcext:value="{escape(formula)}"/>'
    block = f'<calcext:conditional-format calcext:target-range-address="{areas}">{told}</calcext:conditional-format>'
    return {BASIC: f"<calcext:conditional-formats>{block}</calcext:conditional-formats>"}


def in_ods(name: str, *told: str, number: float = 25, says: int | None = 25, **around) -> Case:
    change = typed(BASIC, D9=float(number), E9=float(says or 0))
    shows = {LINE: says, YEAR: says or 0}
    return Case(f"around: .ods: {name}", anew(change, write=as_ods(**around)), (NOTE, *told), shows=shows, file=ODS)


IN_ODS = (
    in_ods("nothing"),
    in_ods("noughts not shown", f"{NOUGHTS} {GIVEN}!D21", f"{NOUGHTS} {AT}", number=0, says=0, noughts=False),
    in_ods("a text box over a number", f"{COVERED} {AT}", within={(BASIC, "D9"): BOX.format(BASIC)}),
    in_ods("a line over a number", f"{COVERED} {AT}", within={(BASIC, "D9"): LINE_OVER.format(BASIC)}),
    in_ods("a text box beside the table", within={(BASIC, "H3"): BOX.format(BASIC).replace("D9", "H3")}),
    *(in_ods(f"struck out where {formula}", f"{CONDITION} {AT}", says=None, styles=STRUCK, behind=on_condition_in_ods("D9:D9", formula)) for formula in ("formula-is(1)", "formula-is([.$D9]>10)", "=25", "between(20,30)", "formula-is(MOD(ROW();2)=1)", "duplicate")),
    *(in_ods(f"not struck out where {formula}", styles=STRUCK, behind=on_condition_in_ods(cells, formula)) for cells, formula in (("D9:D9", "formula-is(0)"), ("D9:D9", ">100"), ("D9:D9", "not-between(20,30)"), ("G9:G40", "formula-is(1)"))),
    in_ods("as its ground on a condition", f"{CONDITION} {AT}", says=None, styles=OWN_GROUND, behind=on_condition_in_ods("D9:D9", ">1")),
    in_ods("another number format on a condition", f"{CONDITION} {AT}", says=None, styles=OTHER_FORMAT, behind=on_condition_in_ods("D9:D9", ">1")),
)  # fmt: skip

XLSB_FILE, D9 = "市卫生局_2012-01.xlsb", (8, 8, 3, 3)
COLOUR = b"\5\0\0\0\x12\x34\x56\xff"


def in_xlsb(name: str, *told: str, number: float = 25, reads: int | None = 25, **around) -> Case:
    change = typed(BASIC, D9=float(number), E9=float(reads or 0))
    happens = anew(change, write=as_xlsb(around=Around(BASIC, **around)))
    return Case(f"around: .xlsb: {name}", happens, (NOTE, *told), shows={LINE: reads, YEAR: reads or 0}, file=XLSB_FILE)


IN_XLSB = (
    in_xlsb("noughts not shown", f"{NOUGHTS} {AT}", number=0, reads=0, before=record(137, b"\x8c" + bytes(29))),
    in_xlsb("noughts shown", number=0, reads=0, before=record(137, b"\x9c" + bytes(29))),
    in_xlsb("a text box over a number", f"{COVERED} {AT}", drawn=drawing("D9", "26")),
    in_xlsb("a text box beside the table", drawn=drawing("J9", "26")),
    *(in_xlsb(f"{how} on a condition", f"{CONDITION} {AT}", reads=None, behind=on_condition_in_xlsb(D9), taken=taken(*what)) for how, what in (("struck out", [(0x1D, b"\1")]), ("as its ground", [(2, COLOUR), (5, COLOUR)]), ("shown otherwise", [(0x29, b"\0\0\0\0")]))),
    in_xlsb("red on a condition", behind=on_condition_in_xlsb(D9), taken=taken((5, COLOUR))),
    in_xlsb("struck out elsewhere on a condition", behind=on_condition_in_xlsb((8, 40, 7, 7)), taken=taken((0x1D, b"\1"))),
)  # fmt: skip


def saved(kind: str, name: str, edit: Edit, says: str = "") -> Case:
    """The same as LibreOffice saves it; in an .xls a condition is not worked out."""
    told = (NOTE, f"{CONDITION} {AT}") if says else (NOTE,)
    happens = together(edit, overtype(BASIC, E9=0 if says else 25))
    shows = {LINE: None, YEAR: 0} if says else {}
    return Case(f"around: saved as .{kind}: {name}", happens, told, "", shows, f"a.{kind}", saved_as=kind)


AS_SAVED = tuple(
    saved(kind, name, on_condition(BASIC, cells, formula, **more), says)
    for kind in ("xls", "ods")
    for name, cells, formula, says, more in (
        ("struck out, always", "D9", "TRUE", "加了删除线", {}),
        ("as its ground on a condition", "D9", "TRUE", "看不见", {"dxf": SAME}),
        ("red on a condition", "D9", "TRUE", "", {"dxf": RED}),
        ("struck out elsewhere", "H9:H40", "TRUE", "", {}),
    )
)

STANDING_AROUND = (*CONDITIONS, *AROUND, *ROWS, *IN_ODS, *IN_XLSB, *AS_SAVED)
