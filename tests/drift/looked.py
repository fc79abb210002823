"""Numbers that look otherwise than they are kept: formats, strikes, hidden places, comments; and formats that do not.

What a person sees is what is read: a number in the line's unit is adopted, anything else is asked about.
"""

from dataclasses import replace

from tests.drift.biff import as_xlsb
from tests.drift.case import Case
from tests.drift.grids import BASIC, COVER, GIVEN, LIST, anew
from tests.drift.grids import put as typed
from tests.drift.parts import repacked, rewritten, with_part
from tests.pipeline.drifting import RELATIONS, sheet_copied
from tests.pipeline.looks import STRUCK, WHITE, below, comment, hide_column, hide_row, hide_sheet, look, put
from tests.pipeline.overtype import WORKBOOK, Edit, change, overtype, together

AT, LINE, YEAR = f"{BASIC}!D9", "T2.04", "T2.04:year_to_date"
SHOWN, TIME, DATE, GONE, WHITED, PERCENT = "E-SEE-02", "E-SEE-01", "E-NUM-08", "E-SEE-03", "E-SEE-04", "E-NUM-09"
PLAIN = (  # of the menus of Excel, WPS and LibreOffice, and what people make of them without harm
    "General", "0", "0.00", "#,##0", "#,##0.00", "0_ ", "0.00_ ", "0_);(0)", "0_);[Red](0)", "0;[Red]-0", "0.0",
    "#,##0_ ", "#,##0_);(#,##0)", "#,##0_);[Red](#,##0)", "#,##0.00_);[Red](#,##0.00)", "#,##0;[Red]-#,##0",
    '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "@", "000000",
    "[$-804]0", "[Blue]0", "[红色]0", "[Color10]0", "G/通用格式", "General_)", "0 ", "#", "0.##", "# ?/?", "# ??/??",
    "0.00E+00", "##0.0E+0", '0"条"', '0" 条"', "0条", '#,##0"条"', '0"条";-0"条"', "[$-F000]0", '0;-0;"-"', "?0",
    "[$¥-804]#,##0", "¥#,##0.00", "[>=0]0;-0", "0;@", "#,##0.00;-#,##0.00;0.00;@",
)  # fmt: skip
BUILT_IN = (0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 37, 38, 39, 40, 41, 42, 43, 44, 48, 49)
ODD = {  # what 25 looks like
    '0"万"': "25万", '0"千"': "25千", '"约"0"余"': "约25余", '0"00"': "2500", '"1"00': "125", '"-"0': "-25", '0"‰"': "25‰",
    '0"%"': "25%", '"无"': "无", ";;;": "", '""': "", '0;-0;"无";@': None, '[>10]"多";0': "多", '[=25]"二十";0': "二十",
    "#,##0,": "0", '0.0,"千"': "0.0千", '0!.0,"万"': "0.0万", "0,,": "0", '0"."0': "2.5", "0\\.0": "2.5", "0-0": "2-5",
    "0/10": "？", "[DBNum1]0": "？", "[DBNum2][$-804]General": "？", '0"人"': "25人", '0"件"': "25件", "$#,##0": "$25",
    "[$€-2]0": "€25", "[$美元]0": "美元25", 'General"万"': "25万", 'G/通用格式"万"': "25万", "0*x": "25x", "0*0": "250",
    '0"+"': "25+", '">"0': ">25", '"第"0"号"': "第25号", "(0)": "(25)", "[Red]\\-0": "-25", "00-00": "00-25",
    '0"25"': "2525", "0.0.0": "25.0.0", '[<100]"少";0': "少", '0 "/" 2': "25 / 2", "[?]": "？", "0;0;0;0;0": "？",
}  # fmt: skip
DAYS = ("yyyy-mm-dd", "m/d/yyyy", 'm"月"d"日"', '[=0]"";m"月"d"日"', "aaaa", "[$-804]aaaa;@", "dddd", "mmm-yy", "d", 'yyyy"年"m"月"', "ge.m.d", "[$-F800]dddd, mmmm dd, yyyy")  # fmt: skip
DAYS_BUILT_IN = (14, 15, 16, 17, 22, 27, 28, 30, 31, 36, 50, 51, 57, 58)
TIMES, TIMES_BUILT_IN = ("h:mm", "[h]:mm:ss", "[mm]:ss", "上午/下午h:mm", "hh", "[s]"), (18, 20, 21, 32, 33, 45, 46, 47)
FIRST = ("", "一", "二")


def case(name: str, edit: Edit, *told: str, says: str = "", reads: int | None = None, **more) -> Case:
    return Case(
        f"looks: {name}",
        together(edit, overtype(BASIC, E9=reads or 0)),
        told,
        says,
        {LINE: reads, YEAR: reads or 0},
        **more,
    )


def plain(name: str, edit: Edit, reads: int = 25) -> Case:
    return case(name, edit, reads=reads)


def shown(code: str, seen: str) -> Case:
    says = f"显示的是“{seen}”，存的是 25" if seen else "什么也不显示，存的是 25"
    return case(f"25 under {code}", look(BASIC, "D9", 25, code=code), f"{SHOWN} {AT}", says=says)


HARMLESS = (
    *(plain(f"25 under {code}", look(BASIC, "D9", 25, code=code)) for code in PLAIN),
    *(plain(f"25 under the built-in format {n}", look(BASIC, "D9", 25, builtin=n)) for n in BUILT_IN),
    *(plain(f"25 as 25.0 under {code}", look(BASIC, "D9", 25.0, code=code)) for code in ("0.00", '0.0"条"')),
    *(plain(f"12,345 under {code}", look(BASIC, "D9", 12345, code=code), 12345) for code in ("#,##0", '#,##0"条"', "0000000", "0.0000E+00")),
    *(Case(f"looks: 12.5 in a column of money under {code}", together(look(BASIC, "C50", 12.5, code=code), overtype(BASIC, C54=54.5)), shows={"T8.801_charged": 1250, "T8.total_charged": 5450}) for code in ("0.00", '0.00"元"', "¥#,##0.00", "General", '_ "¥"* #,##0.00_ ', "0.0")),
)  # fmt: skip
FORMATS = (
    *(shown(code, seen) for code, seen in ODD.items() if seen is not None),
    *(case(f"0 under {code}", look(BASIC, "D9", 0, code=code), f"{SHOWN} {AT}", says="存的是 0") for code in ('0;-0;"无";@', "0;-0;;@", "#", '0"万"', "#,##0;-#,##0;", '0;-0;"空"')),
    *(case(f"12,345 under {code}", look(BASIC, "D9", 12345, code=code), f"{SHOWN} {AT}", says="存的是 12345") for code in ("0.00E+00", "#,##0,", '0!.0,"万"', '[>9999]0,"千";0', "0-0000")),
    *(case(f"-25 under {code}", look(BASIC, "D9", -25, code=code), f"{SHOWN} {AT}", says="存的是 -25") for code in ("0;0", "0;[Red]0", '0;"亏"0', "0;", '[<0]"负";0')),
    *(case(f"a date under {code}", look(BASIC, "D9", 40973, code=code), f"{DATE} {AT}", says="2012-03-05") for code in DAYS),
    *(case(f"a date under the built-in format {n}", look(BASIC, "D9", 40973, builtin=n), f"{DATE} {AT}", says="2012-03-05") for n in DAYS_BUILT_IN),
    *(case(f"a time under {code}", look(BASIC, "D9", 25, code=code), f"{TIME} {AT}", says="时间（600:00:00）") for code in TIMES),
    *(case(f"a time under the built-in format {n}", look(BASIC, "D9", 25, builtin=n), f"{TIME} {AT}", says="时间（600:00:00）") for n in TIMES_BUILT_IN),
    *(case(f"a percentage under {code}", look(BASIC, "D9", 1, code=code), f"{PERCENT} {AT}", says="100%") for code in ("0%", "0.00%", "[Red]0%", '"约"0%', "0%;-0%")),
    case("no day has this number", look(BASIC, "D9", -25, code="yyyy-mm-dd"), f"{SHOWN} {AT}", says="########"),
    case("a text under a format that adds to it", look(BASIC, "D9", "25", code='@"万"'), f"{SHOWN} {AT}", says="显示的是“25万”，存的是 25"),
    case("a text under a format that hides it", look(BASIC, "D9", "25", code=";;;"), f"{SHOWN} {AT}", says="什么也不显示"),
    *(Case(f"looks: {value} yuan under {code}", together(look(BASIC, "C50", value, code=code), overtype(BASIC, C54=42)), (f"{SHOWN} {BASIC}!C50",), "显示的是", {"T8.801_charged": None, "T8.total_charged": 4200}) for value, code in ((12.5, "0"), (12.55, "0.0"), (12.5, '0.0"万元"'), (12.5, '0.0"角"'), (12.5, "$0.00"))),
    Case("looks: register dates behind a first section of another kind", look(LIST, "E4", 40912, code='[=0]"";yyyy-mm-dd')),
    Case("looks: register dates under a built-in format of Chinese Excel", look(LIST, "E4", 40912, builtin=31)),
    Case("looks: register dates in Chinese numerals", look(LIST, "E4", 40912, code='[DBNum1][$-804]yyyy"年"m"月"d"日"')),
    Case("looks: the cover's month in Chinese numerals", look(COVER, "B5", 40909, code='[DBNum1][$-804]yyyy"年"m"月"')),
    Case("looks: the cover's month behind a first section of another kind", look(COVER, "B5", 40909, code='[=0]"";yyyy"年"m"月"')),
    Case("looks: the cover's month under a built-in format of Chinese Excel", look(COVER, "B5", 40909, builtin=57)),
    Case("looks: the cover's month as digits set apart by the format", look(COVER, "B5", 201201, code='0000"年"00"月"')),
)  # fmt: skip
SOLID = '<patternFill patternType="solid"><fgColor {}/></patternFill>'
LOOKS = (
    case("struck out as a whole", look(BASIC, "D9", 25, font=STRUCK), f"{GONE} {AT}", says="“25”整格加了删除线"),
    case("a text struck out as a whole", look(BASIC, "D9", "25", font=STRUCK), f"{GONE} {AT}"),
    case("struck out under a format", look(BASIC, "D9", 25, code='0"条"', font=STRUCK), f"{GONE} {AT}", says="“25条”"),
    plain("a strike that is none", look(BASIC, "D9", 25, font='<strike val="0"/>')),
    plain("bold, underlined, red", look(BASIC, "D9", 25, font='<b/><u/><color rgb="FFFF0000"/>')),
    case("white on paper", look(BASIC, "D9", 25, font=WHITE), f"{WHITED} {AT}", says="打开表看不见"),
    case("white by the theme", look(BASIC, "D9", 25, font='<color theme="0"/>'), f"{WHITED} {AT}"),
    case("white by its index", look(BASIC, "D9", 25, font='<color indexed="9"/>'), f"{WHITED} {AT}"),
    case("yellow on yellow", look(BASIC, "D9", 25, font='<color rgb="FFFFFF00"/>', fill=SOLID.format('rgb="FFFFFF00"')), f"{WHITED} {AT}"),
    case("black on black", look(BASIC, "D9", 25, font='<color theme="1"/>', fill=SOLID.format('rgb="FF000000"')), f"{WHITED} {AT}"),
    plain("white on black", look(BASIC, "D9", 25, font=WHITE, fill=SOLID.format('rgb="FF000000"'))),
    plain("white on a pattern", look(BASIC, "D9", 25, font=WHITE, fill='<patternFill patternType="gray125"/>')),
    Case("looks: an empty cell struck out", look(BASIC, "H9", "", font=STRUCK)),
    Case("looks: a label struck out", look(BASIC, "C9", "条", font=STRUCK)),
    Case("looks: white in a cell of no number", look(BASIC, "H9", "已核对", font=WHITE)),
    Case("looks: an item of the register struck out", look(LIST, "A4", "关于公开的通知", font=STRUCK), (f"E-SEE-06 {LIST}!A4",), "第 4 行的“关于公开的通知”加了删除线"),
    Case("looks: an item of the register in white", look(LIST, "A4", "关于公开的通知", font=WHITE), (f"E-SEE-06 {LIST}!A4",), "打开表看不见"),
    Case("looks: a row hidden", hide_row(BASIC, 9), (f"E-SEE-05 {AT}",), "第 9 行是隐藏的，里面有 2 格数字（D9 是 25）", {LINE: None, YEAR: None}),
    Case("looks: a row hidden that has no number", hide_row(BASIC, 5)),
    Case("looks: a column hidden that has no number", hide_column(BASIC, 8)),
    Case("looks: a row of the register hidden", hide_row(LIST, 5), (f"W-SEE-01 {LIST}!A5",), "第 5 行是隐藏的，里面有 1 条"),
    Case("looks: the register hidden", hide_sheet(LIST), (f"W-SEE-01 {LIST}!A4",), "工作表“公开台账”是隐藏的"),
    Case("looks: a hidden copy with another number", together(sheet_copied(GIVEN, D9=7), lambda path: change(path, WORKBOOK, lambda xml: xml.replace('sheetId="99"', 'sheetId="99" state="hidden"'))), (f"E-LAY-04 {GIVEN}（2）!D9",), "是隐藏的", {"T1.103": None, "T1.103:year_to_date": None}),
    Case("looks: a comment", comment(BASIC, "D9", "应为26"), (f"N-SEE-01 {AT}",), "基本情况!D9“应为26”"),
    Case("looks: a note of our own that came back", comment(BASIC, "D9", "【必须改】请改")),
)  # fmt: skip


def sheet_of(kind: str, target: str = "", part: str = "", xml: str = "", rid: str = "rId77") -> Edit:
    """One more sheet, of another kind."""

    def edit(path) -> None:
        entry = f'<sheet name="别的" sheetId="77" state="hidden" r:id="{rid}"/></sheets>'
        change(path, WORKBOOK, lambda text: text.replace("</sheets>", entry))
        if rid:
            told = f'<Relationship Id="{rid}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
            change(path, RELATIONS, lambda text: text.replace("</Relationships>", told))
            with_part(part, xml.encode())(path)

    return edit


def beside(xml: str) -> Edit:
    return below(BASIC, f'<row r="60">{xml}</row>')


WHOLE = (
    *(Case(f"whole: {error} beside the table", beside(f'<c r="K60" t="e"><v>{error}</v></c>')) for error in ("#SPILL!", "#CALC!", "#BUSY!", "#GETTING_DATA", "#BLOCKED!", "#UNKNOWN!", "#FIELD!", "#CONNECT!", "#PYTHON!", "#EXTERNAL!", "#什么")),
    *(case(f"{error} in a cell of the form", put(BASIC, "D9", f'<c r="D9" t="e"><v>{error}</v></c>'), f"E-NUM-04 {AT}", says=error) for error in ("#SPILL!", "#CALC!", "#BUSY!", "#FIELD!")),
    Case("whole: 25,5 beside the table", beside('<c r="K60"><v>25,5</v></c>')),
    Case("whole: 25,5 as a number beside the table", beside('<c r="K60" t="n"><v>25,5</v></c>')),
    case("25,5 as a number", put(BASIC, "D9", '<c r="D9" t="n"><v>25,5</v></c>'), f"E-NUM-04 {AT}", says="25,5"),
    Case("whole: a type that nobody knows", beside('<c r="K60" t="zz"><v>25</v></c>')),
    Case("whole: a shared text that is not there", beside('<c r="K60" t="s"><v>99999</v></c>')),
    Case("whole: a boolean that is none", beside('<c r="K60" t="b"><v>x</v></c>')),
    Case("whole: a module that has no part", sheet_of("", rid="")),
    Case("whole: a sheet of macros", sheet_of("xlMacrosheet", "macrosheets/sheet1.xml", "xl/macrosheets/sheet1.xml", '<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"/>')),
    Case("whole: a dialog", sheet_of("dialogsheet", "dialogsheets/sheet1.xml", "xl/dialogsheets/sheet1.xml", '<dialogsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>')),
    Case("whole: parts named with backslashes", repacked(lambda name, data: data, lambda name: name.replace("/", "\\"))),
    Case("whole: targets from here", rewritten(lambda xml: xml.replace('Target="worksheets/', 'Target="./worksheets/'), "xl/_rels/workbook")),
    Case("whole: the workbook called otherwise", together(repacked(lambda name, data: data, lambda name: name.replace("workbook.xml", "workbook1.xml")), rewritten(lambda xml: xml.replace("workbook.xml", "workbook1.xml"), "_rels/.rels"))),
    *(Case(f"whole: nothing to be seen at {at}", below(BASIC, f'<row r="{at.lstrip("ABCDEFX")}"><c r="{at}" t="inlineStr"><is><t>{text}</t></is></c></row>')) for at, text in (("A1048576", " "), ("A70000", "\u200b"), ("XFD99", "\u3000"), ("A1048575", "\xa0"))),
    Case("whole: formatted to the last row", below(BASIC, "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1_048_000, 1_048_577)))),
)  # fmt: skip
BINARY = (
    Case("an .xlsb with a format that shows another thing", anew(typed(BASIC, D9=25.0, E9=0.0), write=as_xlsb(percent=(BASIC, 8, 3), shown='0"万"')), ("N-FIL-01", f"{SHOWN} {AT}"), "", {LINE: None, YEAR: 0}, "a.xlsb"),
    Case("an .xlsb with the unit of the line", anew(typed(BASIC, D9=25.0, E9=25.0), write=as_xlsb(percent=(BASIC, 8, 3), shown='0"条"')), ("N-FIL-01",), "", {LINE: 25, YEAR: 25}, "a.xlsb"),
)  # fmt: skip
SAVED_AGAIN = ('0"万"', '0"条"', '"约"0"余"', '0"00"', '"-"0', '"无"', '0;-0;"无"', "#,##0,", '[>10]"多";0')


def saved(kind: str) -> tuple[Case, ...]:
    """What LibreOffice makes of some of them."""
    note, more = "N-FIL-01", {"file": f"a.{kind}", "saved_as": kind, "dear": True}
    told = [case(f"saved as .{kind}: 25 under {code}", look(BASIC, "D9", 25, code=code), note, *([] if code in {'0"条"', '0;-0;"无"'} else [f"{SHOWN} {AT}"]), reads=25 if code in {'0"条"', '0;-0;"无"'} else None, **more) for code in SAVED_AGAIN]  # fmt: skip
    return (
        *told,
        case(
            f"saved as .{kind}: struck out as a whole", look(BASIC, "D9", 25, font=STRUCK), note, f"{GONE} {AT}", **more
        ),
        case(f"saved as .{kind}: white on paper", look(BASIC, "D9", 25, font=WHITE), note, f"{WHITED} {AT}", **more),
        case(f"saved as .{kind}: a time", look(BASIC, "D9", 25, builtin=46), note, f"{TIME} {AT}", **more),
        Case(
            f"looks: saved as .{kind}: a row hidden",
            hide_row(BASIC, 9),
            (note, f"E-SEE-05 {AT}"),
            "",
            {LINE: None, YEAR: None},
            **more,
        ),
        Case(f"looks: saved as .{kind}: a comment", comment(BASIC, "D9", "应为26"), (note, f"N-SEE-01 {AT}"), **more),
    )


def thinned(cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """Of many that are alike, one in four is read in the default lane."""
    return tuple(replace(one, dear=n % 4 > 0) for n, one in enumerate(cases))


LOOKED = (
    *thinned(HARMLESS),
    *thinned(FORMATS),
    *LOOKS,
    *WHOLE,
    *BINARY,
    *(one for kind in ("xls", "ods", "fods") for one in saved(kind)),
)
