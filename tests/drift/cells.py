"""What is typed into a cell, or what a program makes of it: all at 提供服务类信息数 (T2.04), where 25 stood."""

from tests.drift.case import Case
from tests.drift.grids import BASIC, GIVEN
from tests.drift.parts import raw
from tests.pipeline.drifting import merged, overtype_with_looks, styled
from tests.pipeline.overtype import Edit, lose_results, overtype, together

AT, LINE, YEAR = f"{BASIC}!D9", "T2.04", "T2.04:year_to_date"


def asked(name: str, typed: float | str | None, rule: str, says: str) -> Case:
    """No number can be read there, whatever the sheet's formula made of it."""
    return Case(name, overtype(BASIC, D9=typed, E9=0), (f"{rule} {AT}",), says, {LINE: None, YEAR: 0})


def number(name: str, typed: float | str, reads: int, *told: str, year: int | None = None) -> Case:
    """The text is certainly this number; the sheet's formula counts it or (0) leaves it out."""
    year = reads if year is None else year
    return Case(name, overtype(BASIC, D9=typed, E9=year), told, "", {LINE: reads, YEAR: year})


def formatted(name: str, value: float, shown: str, *told: str, says: str = "", reads: int | None = None) -> Case:
    """A number in a cell that is formatted otherwise."""
    edit = together(styled(BASIC, "D9", value, shown), overtype(BASIC, E9=reads or 0))
    return Case(name, edit, told, says, {LINE: reads, YEAR: reads or 0})


def made(name: str, edit: Edit, *told: str, says: str = "", reads: int | None = None) -> Case:
    return Case(name, together(edit, overtype(BASIC, E9=reads or 0)), told, says, {LINE: reads, YEAR: reads or 0})


TEXT, NONE, ERROR = "E-NUM-02", "E-NUM-07", "E-NUM-04"
AS_TEXT, LEFT_OUT = "N-NUM-01", f"E-NUM-06 {AT}"

NUMBERS = (
    number("full-width digits, which the sum left out", "２５", 25, LEFT_OUT, year=0),
    number("full-width digits, counted all the same", "２５", 25, AS_TEXT),
    number("digits as text, an apostrophe before them", "25", 25, AS_TEXT),
    number("thousands separated", "1,234", 1234, AS_TEXT),
    number("thousands separated by full-width commas", "１，２３４", 1234, AS_TEXT),
    number("white space around", " \u300025\xa0", 25, AS_TEXT),
    number("a zero-width character inside", "2\u200b5", 25, AS_TEXT),
    number("a byte order mark before", "\ufeff25", 25, AS_TEXT),
    number("a new line after", "25\n", 25, AS_TEXT),
    number("leading zeros", "025", 25, AS_TEXT),
    number("a decimal that is whole", "25.0", 25, AS_TEXT),
    number("a number with an exponent", 2.5e1, 25),
    number("a full-width minus", "－25", -25, f"E-NEG-01 {AT}"),
    number("negative", -25, -25, f"E-NEG-01 {AT}", year=-25),
)  # fmt: skip

WORDS = (
    asked("a unit behind the digits", "25条", TEXT, "“25条”"),
    asked("about 18,000", "约1.8万", TEXT, "“约1.8万”"),
    asked("some 260", "260余", TEXT, "“260余”"),
    asked("Chinese numerals", "十二", TEXT, "“十二”"),
    asked("an exponent as text", "1.2e3", TEXT, "“1.2e3”"),
    asked("a rise", "增25", TEXT, "“增25”"),
    asked("a sum", "20+5", TEXT, "“20+5”"),
    asked("a formula as text", "=20+5", TEXT, "“=20+5”"),
    asked("a range", "3-5", TEXT, "“3-5”"),
    asked("a decimal as text", "2.5", "E-NUM-03", "填了 2.5"),
    asked("a comma at the wrong place", "1,23", TEXT, "“1,23”"),
    asked("white space inside", "2 5", TEXT, "“2 5”"),
    asked("a no-break space inside", "2\xa05", TEXT, "写了文字"),
    asked("a new line inside", "2\n5", TEXT, "写了文字"),
    asked("a soft hyphen inside", "2\xad5", TEXT, "写了文字"),
    asked("superscript", "2²", TEXT, "“2²”"),
    asked("circled digits", "②⑤", TEXT, "“②⑤”"),
    asked("Arabic-Indic digits", "٢٥", TEXT, "写了文字"),
    asked("turned round by a control of direction", "\u202e52", TEXT, "写了文字"),
    asked("brackets for a negative", "(25)", TEXT, "“(25)”"),
    asked("a date as text", "2012-01-25", TEXT, "“2012-01-25”"),
    asked("a percentage as text", "5%", TEXT, "“5%”"),
    asked("a command", "=cmd|'/c calc'!A0", TEXT, "读不出数字"),
    asked("a very long text", "很多" * 16_000, TEXT, "读不出数字"),
    asked("nothing to report", "无", NONE, "写了“无”"),
    asked("a dash", "—", NONE, "写了“—”"),
    asked("a hyphen", "-", NONE, "写了“-”"),
    asked("a slash", "/", NONE, "写了“/”"),
    asked("blank", None, "E-MIS-02", "没有填"),
    asked("white space alone", " \u3000\u200b", "E-MIS-02", "没有填"),
    asked("a fraction", 2.5, "E-NUM-03", "填了 2.5，条不能有小数"),
    asked("a fraction that is shown rounded", 24.999999, "E-NUM-03", "条不能有小数"),
    asked("far too large", 1e300, TEXT, "1e+300"),
    asked("eighteen digits", "123456789012345678", TEXT, "123456789012345678"),
)  # fmt: skip

ERRORS = tuple(
    asked(f"the error {shown}", shown, ERROR, f"出错的公式（{shown}）")
    for shown in ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
)

FORMATS = (
    formatted("3-5 turned into a date", 40973, "m月d日", f"E-NUM-08 {AT}", says="2012-03-05"),
    formatted("a count formatted as a date", 25, "yyyy-mm-dd", f"E-NUM-08 {AT}", says="1900-01-2"),
    formatted("a zero formatted as a date", 0, "yyyy-mm-dd", f"E-NUM-08 {AT}", says="日期"),
    formatted("a time", 0.5, "h:mm", f"E-SEE-01 {AT}", says="时间（12:00:00）"),
    formatted("5% typed", 0.05, "0%", f"E-NUM-09 {AT}", says="百分数（5%）"),
    formatted("100% typed", 1, "0%", f"E-NUM-09 {AT}", says="百分数（100%）"),
    formatted("2500% typed with two places", 25, "0.00%", f"E-NUM-09 {AT}", says="百分数（2500%）"),
    formatted(
        "a per cent sign that is only a word", 25, "0&quot;%&quot;", f"E-SEE-02 {AT}", says="显示的是“25%”，存的是 25"
    ),
    formatted("thousands shown", 25000, "#,##0", reads=25000),
    formatted("a unit shown by the format", 25, "0&quot;条&quot;", reads=25),
)

XML = (
    made("TRUE", raw(BASIC, D9='<c r="D9" t="b"><v>1</v></c>'), f"{TEXT} {AT}", says="“TRUE”"),
    made("FALSE", raw(BASIC, D9='<c r="D9" t="b"><v>0</v></c>'), f"{TEXT} {AT}", says="“FALSE”"),
    made("a formula with its result", raw(BASIC, D9='<c r="D9"><f>20+5</f><v>25</v></c>'), reads=25),
    made("a formula that gives digits as text", raw(BASIC, D9='<c r="D9" t="str"><f>"25"</f><v>25</v></c>'), AS_TEXT, reads=25),
    made("a formula without a result", raw(BASIC, D9='<c r="D9"><f>20+5</f></c>'), f"E-FML-01 {AT}", says="没有保存计算结果"),
    made("a formula with an empty result", raw(BASIC, D9='<c r="D9"><f>20+5</f><v></v></c>'), f"E-FML-01 {AT}"),
    made("a formula that gives nothing", raw(BASIC, D9='<c r="D9" t="str"><f>""</f><v></v></c>'), f"E-MIS-02 {AT}"),
    made("an error without its formula", raw(BASIC, D9='<c r="D9" t="e"><v>#N/A</v></c>'), f"{ERROR} {AT}", says="#N/A"),
    made("a day of ISO 8601", raw(BASIC, D9='<c r="D9" t="d"><v>2012-03-05</v></c>'), f"E-NUM-08 {AT}", says="2012-03-05"),
    made("white space around a stored number", raw(BASIC, D9='<c r="D9"><v> 25 </v></c>'), AS_TEXT, reads=25),
    made("a stored number in a CDATA section", raw(BASIC, D9='<c r="D9"><v><![CDATA[25]]></v></c>'), reads=25),
    made("a stored number in pieces", raw(BASIC, D9='<c r="D9"><v>2<!-- -->5</v></c>'), reads=25),
    made("a cell with an extension", raw(BASIC, D9='<c r="D9"><v>25</v><extLst><ext><v>7</v></ext></extLst></c>'), reads=25),
    made("a text with an escaped digit", overtype_with_looks(BASIC, "D9", "<t>2_x0035_</t>"), AS_TEXT, reads=25),
    made("a text in pieces in place", raw(BASIC, D9='<c r="D9" t="inlineStr"><is><r><t>2</t></r><r><t>5</t></r></is></c>'), AS_TEXT, reads=25),
    made("a text in place, struck out in part", raw(BASIC, D9='<c r="D9" t="inlineStr"><is><r><rPr><strike/></rPr><t>2</t></r><r><t>5</t></r></is></c>'), f"E-NUM-10 {AT}"),
    made("a number that is infinite", raw(BASIC, D9='<c r="D9"><v>1e999</v></c>'), f"{TEXT} {AT}"),
    made("pinyin above the digits", overtype_with_looks(BASIC, "D9", '<t>25</t><rPh sb="0" eb="1"><t>7</t></rPh>'), AS_TEXT, reads=25),
    made("digits in two sizes", overtype_with_looks(BASIC, "D9", '<r><rPr><sz val="9"/></rPr><t>2</t></r><r><t>5</t></r>'), AS_TEXT, reads=25),
    made("a footnote's mark behind the digits", overtype_with_looks(BASIC, "D9", '<r><t>25</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'), f"E-NUM-10 {AT}", says="“251”"),
    made("one number struck out, another behind it", overtype_with_looks(BASIC, "D9", "<r><rPr><strike/></rPr><t>12</t></r><r><t>25</t></r>"), f"E-NUM-10 {AT}", says="“1225”"),
    made("an input cell merged with its unit", merged(BASIC, "C9:D9"), f"E-LAY-05 {AT}", says="被合并"),
    Case("money in fen", overtype(BASIC, C50=12.55, C54=54.55), (), "", {"T8.801_charged": 1255, "T8.total_charged": 5455}),
    Case("money with three places", overtype(BASIC, C50=12.555), (f"E-NUM-05 {BASIC}!C50",), "最多两位小数", {"T8.801_charged": None}),
    Case("money as text", overtype(BASIC, C50="12.50"), (AS_TEXT,), "", {}),
    Case("money with its unit", overtype(BASIC, C50="12.5元"), (f"{TEXT} {BASIC}!C50",), "“12.5元”", {"T8.801_charged": None}),
    Case("no formula of a sheet has a result", lose_results(GIVEN), (f"E-FML-01 {GIVEN}!D6",), "没有保存计算结果"),
)  # fmt: skip

CELLS = (*NUMBERS, *WORDS, *ERRORS, *FORMATS, *XML)
