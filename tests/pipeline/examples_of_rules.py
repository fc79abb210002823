"""An example for every rule of an edition. sfs-2012 differs from jyg-2012 in the guard of one, T2-05, which trips too."""

from datetime import date

from tests.pipeline.happenings import Example, lists, sends, then_sends
from tests.pipeline.overtype import overtype

T1, T2, T6 = "主动公开", "基本情况", "公开台账"

RULES = {
    "T1-100": Example(
        T1, "D6", "“渠道合计”（100行）是 11 条，101—107行之和是 10 条，多 1 条", sends(edit=overtype(T1, D6=11))
    ),
    "T1-100A": Example(T1, "E6", "本年累计是 9 条，101—107行本年累计之和是 10 条", sends(edit=overtype(T1, E6=9))),
    "T1-200": Example(T1, "D15", "201—208行之和是 10 条", sends(edit=overtype(T1, D15=100))),
    "T1-200A": Example(T1, "E15", "201—208行本年累计之和是 10 条", sends(edit=overtype(T1, E15=100))),
    "T2-02": Example(T2, "D7", "（02行）是 11 条，“主动公开信息数”（01行）是 10 条", sends(changes={"T2.02": 11})),
    "T2-03": Example(T2, "D8", "（03行）是 11 条", sends(changes={"T2.03": 11})),
    "T2-05": Example(T2, "D10", "在部门网站上公开了信息，但页面访问量是 0。", sends(changes={"T2.05": 0})),
    "T2-06": Example(T2, "D12", "三项都是 0。", sends(changes={"T2.06": 0, "T2.07": 0, "T2.08": 0})),
    "T2-10": Example(
        T2, "D17", "“申请总数”（10行）是 1 条，11—16行之和是 0 条", sends(changes={"T2.10": 1, "T3.305": 1})
    ),
    "T2-17": Example(T2, "D25", "18—20行之和是 0 条", sends(changes={"T2.17": 1})),
    "T2-17A": Example(T2, "D25", "答复数多于上月结转与本期收到的申请数之和。", sends(changes={"T2.17": 1, "T2.18": 1})),
    "T2-20": Example(
        T2, "D28", "21—31行之和是 0 条",
        sends(changes={"T2.10": 1, "T2.11": 1, "T2.17": 1, "T2.20": 1, "T3.305": 1}),
    ),
    "T2-35": Example(T2, "D44", "“行政申诉数”（34行）是 0 件", sends(changes={"T2.35": 1})),
    "C-01": Example(T1, "E8", "（102行）本年累计是 5 条", sends(edit=overtype(T1, E8=5, E6=11))),
    "C-02": Example(T2, "E9", "（04行）本年累计是 6 条", sends(edit=overtype(T2, E9=6))),
    "C-03": Example(T1, "E8", "本年累计比上月的累计还小。", then_sends(edit=overtype(T1, E8=3, E6=15))),
    "C-04": Example(T2, "E9", "本年累计比上月的累计还小。", then_sends(edit=overtype(T2, E9=4))),
    "C-05": Example(T1, "E8", "9 条，上月“市政府网站”（102行）本年累计加", then_sends(edit=overtype(T1, E8=9, E6=21))),
    "C-06": Example(T2, "E9", "本年累计是 11 条", then_sends(edit=overtype(T2, E9=11))),
    "C-07": Example(T1, "E27", "（303行）本年累计是 1 条", sends(edit=overtype(T1, E27=1))),
    "C-08": Example(T1, "E31", "（401行）本年累计是 1 件", sends(edit=overtype(T1, E31=1))),
    "C-10": Example(T1, "E27", "（303行）本年累计是 1 条", then_sends(edit=overtype(T1, E27=1))),
    "C-11": Example(T1, "E31", "（401行）本年累计是 1 件", then_sends(edit=overtype(T1, E31=1))),
    "C-09": Example(T1, "E41", "（501行）本年累计是 5 条", sends(edit=overtype(T1, E41=5)), of="市教育局"),
    "C-12": Example(T1, "E41", "（511行）本年累计是 3 期", then_sends(edit=overtype(T1, E41=3)), of="市卫生局"),
    "T3-302": Example(
        T1, "D26", "“本月办结申请数”（302行）是 1 条，303—304行之和是 0 条",
        sends(changes={"T3.301": 1, "T3.302": 1}),
    ),
    "T3-305": Example(
        T1, "D29", "“上月结转申请数”（301行）加“申请总数”（10行）是 0 条，302、305行之和是 1 条，少 1 条。",
        sends(changes={"T3.305": 1}),
    ),
    "T4-401": Example(T1, "D31", "“行政复议数”（32行）是 1 件，401—403行之和是 0 件", sends(changes={"T2.32": 1})),
    "T4-404": Example(T1, "D34", "“行政诉讼数”（33行）是 0 件，404—406行之和是 1 件", sends(changes={"T4.405": 1})),
    "T4-407": Example(T1, "D37", "“行政申诉数”（34行）是 1 件，407—409行之和是 0 件", sends(changes={"T2.34": 1})),
    "T8-01": Example(
        T2, "C54", "“合计·收费金额”是 4.50 元，801—804行“收费金额”之和是 5.00 元，少 0.50 元。",
        sends(changes={"T8.801_charged": 500, "T8.801_payers": 1}, edit=overtype(T2, C54=4.5)),
    ),
    "T8-02": Example(T2, "D54", "收了费，但收费人次是 0。", sends(changes={"T8.801_charged": 100})),
    "T9-901": Example(
        T1, "D41", "“信息公开工作人员数”（901行）是 3 人，902—903行之和是 2 人",
        sends(month="2012-06", changes={"T9.901": 3, "T9.902": 2}),
    ),
    "T9-905": Example(
        T1, "D45", "（905行）是 5.05 元，“专项经费（上年末起累计）”（904行）是 5.00 元，多 0.05 元。",
        sends(month="2012-12", changes={"T9.904": 500, "T9.905": 505}),
    ),
    "T6-01": Example(
        T6, "H4", "审查日期晚于公开日期。第 4 行“审查日期”是2012年1月13日，“公开日期”是2012年1月12日。",
        lists({"reviewed": date(2012, 1, 13)}),
    ),
    "T6-02": Example(
        T6, "E4", "公开日期早于制作日期。第 4 行“制作日期”是2012年2月1日，“公开日期”是2012年1月12日。",
        lists({"made": date(2012, 2, 1)}),
    ),
    "A-01": Example(T1, "D6", "101—107行之和是 9 条", sends(changes={"T1.103": 5})),
    "A-02": Example(
        T1, "D15", "201—208行之和是 11 条", sends(changes={"T1.208": 4}), besides=(("A-03", T2, "D6"),)
    ),
    "A-03": Example(
        T2, "D6", "“主动公开信息数”（01行）是 10 条，“主动公开信息台账行数”是 11 条，少 1 条。",
        lists({}, {"category": "其他", "channel": ""}), besides=(("A-04", T1, "D23"),),
    ),
    "A-04": Example(
        T1, "D17", "（202行）是 7 条，“主动公开信息台账·政策、规范性文件”是 6 条",
        lists({"category": "行政许可"}), besides=(("A-04", T1, "D19"),),
    ),
    "A-05": Example(
        T1, "D8", "“市政府网站”（102行）是 4 条，“主动公开信息台账·市政府网站”是 3 条，多 1 条。",
        lists({"channel": ""}),
    ),
    "A-06": Example(
        T1, "D25", "“上月结转申请数”（301行）是 1 条，上月“结转下月申请数”（305行）是 0 条，多 1 条。",
        then_sends({"T3.301": 1, "T3.305": 1}),
    ),
}  # fmt: skip
