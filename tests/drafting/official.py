"""Blank forms in the manner of official annexes, as an office finds them: merged heads and labels, no codes, no formulas."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

LINE = Side(style="thin")
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
LEGAL = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
GROUPS = {
    "（三）不予公开": (
        "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
        "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项",
    ),
    "（四）无法提供": ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    "（五）不予处理": (
        "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息",
    ),
    "（六）其他处理": (
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他",
    ),
}  # fmt: skip
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def put(sheet: Worksheet, span: str, text: str) -> None:
    """A text in a cell, or over cells that are merged."""
    if ":" in span:
        sheet.merge_cells(span)
    sheet[span.partition(":")[0]] = text


def frame(sheet: Worksheet, span: str) -> None:
    """Lines round every cell."""
    for row in sheet[span]:
        for cell in row:
            cell.border = Border(LINE, LINE, LINE, LINE)


def applications(book: Workbook) -> None:
    """The table of applications: three rows of heads, labels in three columns, 25 rows of figures by seven columns."""
    sheet = book.create_sheet("表三")
    put(sheet, "A1:J1", "三、收到和处理政府信息公开申请情况")
    put(sheet, "A2:C4", NOTE)
    put(sheet, "D2:J2", "申请人情况")
    put(sheet, "D3:D4", "自然人")
    put(sheet, "E3:I3", "法人或其他组织")
    put(sheet, "J3:J4", "总计")
    for column, name in zip("EFGHI", LEGAL, strict=True):
        put(sheet, f"{column}4", name)
    put(sheet, "A5:C5", "一、本年新收政府信息公开申请数量")
    put(sheet, "A6:C6", "二、上年结转政府信息公开申请数量")
    put(sheet, "A7:A28", "三、本年度办理结果")
    put(sheet, "B7:C7", "（一）予以公开")
    put(sheet, "B8:C8", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    row = 9
    for group, parts in GROUPS.items():
        put(sheet, f"B{row}:B{row + len(parts) - 1}", group)
        for part in parts:
            put(sheet, f"C{row}", part)
            row += 1
    put(sheet, f"B{row}:C{row}", "（七）总计")
    put(sheet, f"A{row + 1}:C{row + 1}", "四、结转下年度继续办理")
    frame(sheet, f"A2:J{row + 1}")


def disputes(book: Workbook) -> None:
    """The table of disputes: fifteen figures in a row, with nothing but heads to tell what they are."""
    sheet = book.create_sheet("表四")
    put(sheet, "A1:O1", "四、政府信息公开行政复议、行政诉讼情况")
    put(sheet, "A2:E3", "行政复议")
    put(sheet, "F2:O2", "行政诉讼")
    put(sheet, "F3:J3", "未经复议直接起诉")
    put(sheet, "K3:O3", "复议后起诉")
    for n in range(15):
        sheet.cell(4, n + 1, RESULTS[n % 5])
    frame(sheet, "A2:O5")


def disclosed(book: Workbook, tables: Sequence[tuple[str, Sequence[str], Sequence[str]]]) -> None:
    """The small tables of what was disclosed, one below the other on one sheet: heading, names, heads."""
    sheet = book.create_sheet("表二")
    put(sheet, "A1:D1", "二、主动公开政府信息情况")
    row = 2
    for heading, names, heads in tables:
        put(sheet, f"A{row}:D{row}", heading)
        for n, head in enumerate(("信息内容", *heads), 1):
            sheet.cell(row + 1, n, head)
        for n, name in enumerate(names):
            sheet.cell(row + 2 + n, 1, name)
        frame(sheet, f"A{row}:{'ABCD'[len(heads)]}{row + 1 + len(names)}")
        row += 2 + len(names)


FORM_2021 = (
    ("第二十条第（一）项", ("规章", "行政规范性文件"), ("本年制发件数", "本年废止件数", "现行有效件数")),
    ("第二十条第（五）项", ("行政许可",), ("本年处理决定数量",)),
    ("第二十条第（六）项", ("行政处罚", "行政强制"), ("本年处理决定数量",)),
    ("第二十条第（八）项", ("行政事业性收费",), ("本年收费金额（单位：万元）",)),
)
FORM_2019 = (
    ("第二十条第（一）项", ("规章", "规范性文件"), ("本年新制作数量", "本年新公开数量", "对外公开总数量")),
    (
        "第二十条第（五）项", ("行政许可", "其他对外管理服务事项"),
        ("上一年项目数量", "本年增/减", "处理决定数量"),
    ),
    ("第二十条第（六）项", ("行政处罚", "行政强制"), ("上一年项目数量", "本年增/减", "处理决定数量")),
    ("第二十条第（八）项", ("行政事业性收费",), ("上一年项目数量", "本年增/减")),
    ("第二十条第（九）项", ("政府集中采购",), ("采购项目数量", "采购总金额")),
)  # fmt: skip


def annual_form(path: Path, tables: Sequence[tuple[str, Sequence[str], Sequence[str]]]) -> Path:
    """The yearly form as a workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    disclosed(book, tables)
    applications(book)
    disputes(book)
    book.save(path)
    return path


MONTHLY = (  # code, name as set in, unit; a name without a unit is a heading
    ("", "一、主动公开情况", "——"),
    ("1", "主动公开信息数", "条"),
    ("2", "　其中：全文电子化的", "条"),
    ("", "二、申请情况", "——"),
    ("3", "申请总数", "件"),
    ("4", "　其中：1.当面申请数", "件"),
    ("5", "　　　　2.网上申请数", "件"),
    ("6", "　　　　3.信函申请数", "件"),
    ("7", "收取费用", "元"),
)


def monthly_form(path: Path) -> Path:
    """A monthly list in the manner of a statistics office: 甲 乙 丙 1 2 below the heads, labels above and below."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "月报表"
    put(sheet, "A1:E1", "政府信息公开情况统计月报表")
    put(sheet, "A2", "填报单位：")
    put(sheet, "D2", "表号：某信1表")
    put(sheet, "D3", "2012年  月")
    for n, head in enumerate(("指标名称", "计量单位", "代码", "本月实际", "本年累计"), 1):
        sheet.cell(4, n, head)
    for n, letter in enumerate(("甲", "乙", "丙", 1, 2), 1):
        sheet.cell(5, n, letter)
    for row, (code, name, unit) in enumerate(MONTHLY, 6):
        sheet.cell(row, 1, name)
        sheet.cell(row, 2, unit)
        sheet.cell(row, 3, int(code) if code else None)
    last = 5 + len(MONTHLY)
    sheet.cell(8 + 2, 4, f"=D{11}+D{12}+D{13}")
    frame(sheet, f"A4:E{last}")
    put(sheet, f"A{last + 1}", "单位负责人：        填表人：        联系电话：")
    put(sheet, f"A{last + 2}", "说明：没有发生的填0。")
    book.save(path)
    return path
