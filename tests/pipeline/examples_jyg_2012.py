"""An example for every rule of the edition jyg-2012."""

from tests.pipeline.happenings import Example, sends, then_sends
from tests.pipeline.overtype import overtype

T1, T2 = "主动公开", "基本情况"

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
    "T2-10": Example(T2, "D17", "“申请总数”（10行）是 1 条，11—16行之和是 0 条", sends(changes={"T2.10": 1})),
    "T2-17": Example(T2, "D25", "18—20行之和是 0 条", sends(changes={"T2.17": 1})),
    "T2-17A": Example(T2, "D25", "可能答复了以前月份的申请。", sends(changes={"T2.17": 1, "T2.18": 1})),
    "T2-20": Example(
        T2, "D28", "21—31行之和是 0 条", sends(changes={"T2.10": 1, "T2.11": 1, "T2.17": 1, "T2.20": 1})
    ),
    "T2-35": Example(T2, "D44", "“行政申诉数”（34行）是 0 件", sends(changes={"T2.35": 1})),
    "C-01": Example(T1, "E8", "（102行）本年累计是 5 条", sends(edit=overtype(T1, E8=5, E6=11))),
    "C-02": Example(T2, "E9", "（04行）本年累计是 6 条", sends(edit=overtype(T2, E9=6))),
    "C-03": Example(T1, "E8", "本年累计比上月的累计还小。", then_sends(edit=overtype(T1, E8=3, E6=15))),
    "C-04": Example(T2, "E9", "本年累计比上月的累计还小。", then_sends(edit=overtype(T2, E9=4))),
    "C-05": Example(T1, "E8", "9 条，上月“市政府网站”（102行）本年累计加", then_sends(edit=overtype(T1, E8=9, E6=21))),
    "C-06": Example(T2, "E9", "本年累计是 11 条", then_sends(edit=overtype(T2, E9=11))),
    "A-01": Example(T1, "D6", "101—107行之和是 9 条", sends(changes={"T1.103": 5})),
    "A-02": Example(T1, "D15", "201—208行之和是 11 条", sends(changes={"T1.208": 4})),
}  # fmt: skip
