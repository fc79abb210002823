"""An example for every kind of finding in the catalogue."""

from tests.builders import Desk
from tests.drift.grids import anew, as_html, as_text, put, stretched
from tests.drift.registers import onward
from tests.pipeline.drifting import (
    attached,
    encrypted,
    many_sheets,
    merged,
    named_otherwise,
    overtype_with_looks,
    sheet_copied,
    sheet_gone,
    styled,
    two_months,
    under_way,
    with_macros,
)
from tests.pipeline.happenings import (
    Example,
    claims_otherwise,
    goes_back,
    goes_on_from_another,
    knows,
    lists,
    notice,
    of_the_city,
    of_unit,
    printed,
    puts,
    row_deleted,
    saved_by_openpyxl,
    says_it_is,
    sends,
    sends_again,
    then_sends,
    twice,
    two_on_one_day,
    unstamped,
    unstamped_unit,
)
from tests.pipeline.looks import STRUCK, WHITE, comment, drawn, hide_row, look, on_condition, without_zeros
from tests.pipeline.overtype import ERROR, Edit, lose_names, overtype, point, rename_sheet, retouch, together

CATALOGUE = {
    "E-FIL-01": Example("", "", "不是 Excel 工作簿", puts(lambda path: path.write_bytes("统计表".encode()))),
    "E-FIL-03": Example("", "", "没有找到报表的表头", puts(notice)),
    "E-UNI-01": Example(
        "封面", "B3", "写的填报单位是“嘉峪关市住房公积金管理中心”", says_it_is("嘉峪关市住房公积金管理中心")
    ),
    "E-UNI-02": Example("封面", "B3", "“嘉峪关市环保卫生局”不在单位名录里，最接近的是", unstamped_unit("嘉峪关市环保卫生局")),
    "E-PER-01": Example("封面", "B5", "写的报告期是“2011年12月”", sends(edit=retouch("2012年1月", "2011年12月"))),
    "E-PER-02": Example("封面", "B5", "报告期写的是“元月”", unstamped("2012年1月", "元月")),
    "E-PER-03": Example("", "", "2021年1月没有可用的月报表式", unstamped("2012年1月", "2021年1月")),
    "E-LAY-01": Example(
        "主动公开", "D9", "（102行）的名称指向这一格，但同一行的代码是“103”",
        sends(edit=point("f_T1_102", "'主动公开'!$D$9")),
    ),
    "E-LAY-02": Example("", "", "找不到“现场查阅人次”（91行）", sends(edit=row_deleted)),
    "E-LAY-03": Example(
        "基本情况", "A46", "代码“91”出现了两次（第 45、46 行）", sends(edit=overtype("基本情况", A45="91"))
    ),
    "E-FML-01": Example("主动公开", "D6", "公式没有保存计算结果", sends(edit=saved_by_openpyxl)),
    "E-COV-01": Example("封面", "B13", "“联系电话”没有填", sends(cover={"phone": ""})),
    "E-COV-02": Example("封面", "B8", "“保密审查”写的是“审了”", sends(cover={"secrecy": "审了"})),
    "E-ZER-01": Example("主动公开", "D8", "（102行）填了 4", sends(cover={"zero": "是"})),
    "E-MIS-02": Example("基本情况", "D19", "“传真申请数”（12行）没有填", sends(changes={"T2.12": None})),
    "E-NUM-02": Example("主动公开", "D8", "写了文字“4条”", sends(changes={"T1.102": "4条"})),
    "E-NUM-03": Example("基本情况", "D9", "填了 5.5，条不能有小数", sends(edit=overtype("基本情况", D9=5.5, E9=5.5))),
    "E-NUM-04": Example(
        "主动公开", "D8", "出错的公式（#DIV/0!）",
        sends(edit=overtype("主动公开", D8=ERROR, E8=ERROR, D6=ERROR, E6=ERROR)),
    ),
    "E-NUM-05": Example(
        "基本情况", "C50", "“检索费·收费金额”（801行）填了 0.005，最多两位小数。",
        sends(edit=overtype("基本情况", C50=0.005)),
    ),
    "E-NEG-01": Example("基本情况", "D9", "填了 -1，条不能是负数", sends(changes={"T2.04": -1})),
    "E-REG-01": Example("", "", "表里找不到“主动公开信息台账”。", sends(edit=retouch("信息名称", "名称"))),
    "E-REG-02": Example("公开台账", "G4", "第 4 行的“保密审查人”没有填。", lists({"reviewer": ""})),
    "E-REG-03": Example(
        "公开台账", "C4", "第 4 行的“信息类别”写的是“规范文件”，最接近的是“政策、规范性文件”。",
        lists({"category": "规范文件"}),
    ),
    "E-REG-04": Example(
        "公开台账", "F4", "第 4 行的“公开日期”写的是“元月中旬”，读不出是哪一天。", lists({"disclosed": "元月中旬"})
    ),
    "E-REG-05": Example(
        "公开台账", "D4", "第 4 行的“首发渠道”是出错或没有算出结果的公式（#DIV/0!）。",
        sends(edit=overtype("公开台账", D4=ERROR)),
    ),
    "W-OWN-01": Example(
        "主动公开", "D10",
        "“政府公报”（104行）填了 1 条，市政府办的记录是 0 条（2012-01/W-OWN-01（市政府办）.xlsx，渠道对账!C",
        claims_otherwise,
    ),
    "W-YTD-01": Example(
        "基本情况", "E9", "“提供服务类信息数”（04行）本年累计是 60 条，已收各月之和是 5 条，多 55 条。",
        goes_on_from_another,
    ),
    "W-DUP-01": Example("", "", "和2012年1月的完全相同", then_sends({"T2.05": 120})),
    "N-LATE-01": Example("", "", "2012年2月10日收到，应于2012年2月6日前报送，迟报 4 天", sends(received="2012-02-10")),
    "N-LATE-02": Example("", "", "补报截止后收到：2012年3月1日收到", sends(received="2012-03-01")),
    "N-DUP-01": Example("", "", "内容完全相同", twice),
    "W-ORD-01": Example("", "", "同一次收到，分不出先后", two_on_one_day, besides=(("N-VER-01", "", ""),)),
    "N-VER-01": Example(
        "", "", "第 2 版与第 1 版相比，改了 1 处：“提供服务类信息数”（04行）由 5 条改为 6 条。", sends_again
    ),
    "W-VER-01": Example(
        "", "", "而在它之后收到的第 2 版已经通过", goes_back, besides=(("N-VER-01", "", ""),)
    ),
    "E-LAY-11": Example("基本情况", "F9", "一栏里是“√”，像是插入或删除过格子", sends(edit=anew(lambda grids: grids["基本情况"][8].pop(3)))),
    "W-LAY-03": Example("基本情况", "K9", "第 9 行这一格写着 30", sends(edit=anew(stretched("基本情况", K9=30.0)))),
    "N-LAY-02": Example("基本情况", "I9", "“上年同期”一栏是表式里没有的，第一个数是 30", sends(edit=anew(stretched("基本情况", I4="上年同期", I9=30.0)))),
    "N-LAY-03": Example("我的", "B1", "工作表“我的”是表式里没有的，里面有 1 个数字", sends(edit=anew(lambda grids: grids.update({"我的": [["合计", 30.0]]})))),
}  # fmt: skip

ALSO_SAID = (("N-FIL-01", "", ""),)  # of a return that is no .xlsx


def one_cell_more(sheet: str, row: int) -> Edit:
    """A table as text in which a row has a cell too many."""
    return anew(lambda grids: grids[sheet][row - 1].insert(3, "7"), write=as_text("utf-8"))


# What is wrong with the file, its layout, or what was typed into a cell.
DRIFT = {
    "E-FIL-02": Example("", "", "加了打开密码，系统打不开", puts(encrypted)),
    "E-FIL-04": Example("", "", "是 PDF 文件，读不出报表的数字", puts(lambda path: path.write_bytes(b"%PDF-1.4 "))),
    "E-FIL-05": Example("", "", "里面有 120 张工作表，不像一份报表", puts(many_sheets)),
    "E-FIL-06": Example("", "", "是 RAR 压缩包", puts(lambda path: path.write_bytes(b"Rar!\x1a\x07"))),
    "E-FIL-08": Example("", "", "里有几份报表（2012年1月、2012年2月）", puts(two_months)),
    "N-FIL-01": Example("", "", "文件里有宏，没有运行", sends(edit=with_macros)),
    "N-FIL-02": Example("", "", "还没有复制完，没有读", under_way),
    "N-FIL-03": Example("", "", "是随件的图片（扫描件、照片），没有读", attached),
    "E-UNI-03": Example("封面", "B3", "在名录里的报送时间是2013-02至现在，2012年1月不报送", unstamped_unit("嘉峪关市新设局")),
    "W-UNI-01": Example("", "", "文件名“市档案局一月”写的是市档案局，表里的填报单位是", named_otherwise),
    "W-PER-01": Example("", "", "工作表名“2月”写的是 2月，表里的报告期是2012年1月", sends(edit=rename_sheet("主动公开", "2月"))),
    "E-LAY-04": Example("主动公开（2）", "D8", "两张工作表都有 102 行，数字不同（4 和 5）", sends(edit=sheet_copied("主动公开", D8=5))),
    "E-LAY-05": Example("主动公开", "D8", "这一格被合并到别的格子里了", sends(edit=merged("主动公开", "C8:D8"))),
    "E-LAY-06": Example(
        "主动公开", "A8", "这一行的代码是“102”，名称却是“各部门网站”", sends(edit=overtype("主动公开", B8="各部门网站")),
    ),
    "E-LAY-07": Example("", "", "找不到“政府信息公开基本情况”（01—92 各行）", sends(edit=together(lose_names(), overtype("基本情况", **dict.fromkeys(("A4", "B4", "D4", "E4")))))),
    "E-LAY-08": Example(
        "主动公开", "A4", "表头里找不到“本期实际”一栏", sends(edit=together(lose_names(), overtype("主动公开", D4="本月数"))),
    ),
    "E-LAY-09": Example(
        "主动公开", "F4", "“本期实际”一栏出现了两次", sends(edit=together(lose_names(), overtype("主动公开", F4="本期实际"))),
    ),
    "N-LAY-01": Example("", "", "工作表“主动公开（2）”写的是别的报告期或别的单位", sends(edit=sheet_copied("主动公开", A2="报告期：2011年12月"))),
    "E-COV-03": Example("", "", "找不到“封面”（本月零报告、报出日期等各项）", sends(edit=sheet_gone("封面", "c_.*"))),
    "E-NUM-06": Example("主动公开", "D8", "“４”是文本，表里的合计、累计没有把它算进去", sends(changes={"T1.102": "４"})),
    "E-NUM-07": Example("基本情况", "D9", "写了“无”", sends(changes={"T2.04": "无"})),
    "E-NUM-08": Example("基本情况", "D9", "这一格是日期（2012-03-05）", sends(edit=styled("基本情况", "D9", 40973, "m月d日"))),
    "E-NUM-09": Example("基本情况", "D9", "这一格是百分数（500%）", sends(edit=styled("基本情况", "D9", 5, "0%"))),
    "E-NUM-10": Example(
        "基本情况", "D9", "“1225”有一部分加了删除线或上下标",
        sends(edit=overtype_with_looks("基本情况", "D9", "<r><rPr><strike/></rPr><t>12</t></r><r><t>25</t></r>")),
    ),
    "E-NUM-21": Example("基本情况", "D9", "可以读成 1000，也可以读成 1。", sends(edit=overtype("基本情况", D9="1.000", E9=0))),
    "E-NUM-22": Example(
        "网页表格3", "D9", "这一格看到的是“5”，里面还有",
        sends(edit=anew(put("基本情况", D9="here"), write=as_html(cell=lambda text: "<input value=5>" if text == "here" else text))),
        ALSO_SAID,
    ),
    "E-LAY-10": Example("CSV", "A74", "第 74 行有 9 格，表头有 8 格", sends(edit=one_cell_more("基本情况", 9)), ALSO_SAID),
    "W-LAY-02": Example(
        "主动公开", "D40", "第 40 行“108 政务微博”填了 500，表式里没有这一行",
        sends(edit=anew(lambda grids: grids["主动公开"].append(["108", "政务微博", "条", 500.0]))),
    ),
    "E-REG-06": Example(
        "公开台账", "C5", "第 4—6 行的“信息类别”合并成了一格（C4:C6）",
        sends(edit=together(merged("公开台账", "C4:C6"), overtype("公开台账", C5=None, C6=None))),
    ),
    "E-REG-07": Example("CSV", "A125", "第 125 行有 9 格，表头有 8 格", sends(edit=one_cell_more("公开台账", 5)), ALSO_SAID),
    "E-REG-08": Example("公开台账 (2)", "A1", "还有 2 条台账，和“公开台账”里的 8 条不同", sends(edit=anew(onward(12, 13)))),
    "N-REG-01": Example("公开台账", "A14", "第 14 行是“合计”", sends(edit=anew(lambda grids: grids["公开台账"].append(["合计", "10条"])))),
    "W-REG-01": Example(
        "公开台账", "A14", "第 14 行与第 4 行一字不差（", lists({}, {}),
        besides=(("A-03", "基本情况", "D6"), ("A-04", "主动公开", "D17"), ("A-05", "主动公开", "D8")),
    ),
    "W-REG-02": Example(
        "公开台账", "F5", "第 5 行的“公开日期”是2022年1月5日，比报告期晚了一个月以上", sends(edit=overtype("公开台账", F5="2022-01-05")),
    ),
    "W-NOT-01": Example(
        "主动公开", "D7", "有 15 行的“说明”写的都是“本月补报”",
        sends(notes={f"T1.{code}": "本月补报" for code in (*range(101, 108), *range(201, 209))}),
    ),
    "E-SEE-01": Example("基本情况", "D9", "这一格是时间（120:00:00）", sends(edit=look("基本情况", "D9", 5, builtin=46))),
    "E-SEE-02": Example("基本情况", "D9", "格子里显示的是“5万”，存的是 5，", sends(edit=look("基本情况", "D9", 5, code='0"万"'))),
    "E-SEE-03": Example("基本情况", "D9", "“5”整格加了删除线", sends(edit=look("基本情况", "D9", 5, font=STRUCK))),
    "E-SEE-04": Example("基本情况", "D9", "“5”和底色分不开", sends(edit=look("基本情况", "D9", 5, font=WHITE))),
    "E-SEE-05": Example("基本情况", "D9", "工作表“基本情况”的第 9 行是隐藏的，里面有 2 格数字（D9 是 5）", sends(edit=hide_row("基本情况", 9))),
    "E-SEE-07": Example("基本情况", "D9", "按条件格式加了删除线", sends(edit=on_condition("基本情况", "D9", "TRUE"))),
    "W-SEE-02": Example("基本情况", "D9", "设成了不显示零值", sends(edit=together(overtype("基本情况", D9=0, E9=0), without_zeros("基本情况")))),
    "W-SEE-03": Example("基本情况", "D9", "文本框或图形（上面写着“26”）盖在 D9", sends(edit=drawn("基本情况", "D9", "26"))),
    "E-SEE-06": Example("公开台账", "A4", "加了删除线，分不清这一条还算不算", sends(edit=look("公开台账", "A4", "关于公开的通知", font=STRUCK))),
    "W-SEE-01": Example("公开台账", "A4", "工作表“公开台账”的第 4 行是隐藏的，里面有 1 条", sends(edit=hide_row("公开台账", 4))),
    "N-SEE-01": Example("基本情况", "D9", "表里有 1 处批注：基本情况!D9“应为26”。", sends(edit=comment("基本情况", "D9", "应为26"))),
    "N-NUM-01": Example("", "", "有 1 格的数字是文本格式（基本情况!D9），已按数字读入", sends(edit=overtype("基本情况", D9="５"))),
}  # fmt: skip

# What only the year's end and the due day bring to light: one unit sends January, the other nothing.
AT_THE_YEARS_END = {
    "W-PRT-01": Example(
        "年报正文数字", "D2", "年报正文印“主动公开” 11 条，汇总数是 10 条，正文多 1 条",
        lambda desk, *_: printed(desk, ("total", "主动公开", "条", 11), ("ch8", "广播", "条", 3)),
    ),
    "W-PRT-02": Example("年报正文数字", "D3", "表式里没有编号“ch8”的数", lambda *_: None),
    "E-ABS-01": Example("", "", "2012年1月的月报没有收到，应于2012年2月6日前报送", lambda *_: None),
}  # fmt: skip


def begins_the_next_year(desk: Desk, *_: str) -> None:
    """Of two units one was here in March; both send the next January, and the office knows more of the year before."""
    first, second = (unit.short for unit in desk.office.units)
    desk.send(first, "2012-03")
    desk.send(first, "2013-01")
    desk.send(second, "2013-01", {"T2.05": 121})
    knows(
        desk,
        of_the_city("去年", "T2", "01", 5),
        *[of_the_city("2012年5月", "T2", "03", 5)] * 2,
        of_the_city("2012年3月", "T2", "01", 11),
        of_the_city("2012年5月", "T2", "04", 5),
        *(of_unit(unit, "2012年5月", "T2", "04", 2) for unit in (first, second)),
        of_the_city("2012年", "T3", "305", 1),
    )


# What is told of the office's own figures of the year before.
OF_THE_YEAR_BEFORE = {
    "W-LST-01": Example(
        "上年数据", "C2", "“报告期”写的是“去年”，应是上年（2012年）的年份或月份，这一行的数没有采用。",
        begins_the_next_year,
    ),
    "W-LST-02": Example(
        "上年数据", "G4", "第 4 行与第 3 行是同一个数（新增的行政规范性文件数）", lambda *_: None
    ),
    "W-LST-03": Example(
        "上年数据", "G5",
        "全市2012年3月“主动公开信息数”（01行）写的是 11 条，上年月报汇总是 10 条，多 1 条；同比用的是月报汇总的数。",
        lambda *_: None,
    ),
    "W-LST-04": Example(
        "上年数据", "G6",
        "全市2012年5月“提供服务类信息数”（04行）写的是 5 条，同一份文件里各单位之和是 4 条，多 1 条。", lambda *_: None,
    ),
    "W-LST-05": Example(
        "上年数据", "G9",
        "全市2012年末“结转下月申请数”（305行）写的是 1 条，2013年1月各单位“上月结转申请数”（301行）之和是 0 条，多 1 条。",
        lambda *_: None,
    ),
}  # fmt: skip
