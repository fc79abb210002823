"""A trial of rules told on the terminal."""

from collections.abc import Iterator

from pipeline.desk.backtest.backtest import Backtest, Counts, Tried
from schemas.office import Office
from schemas.period import period_of

LEVELS = {"must": "必须改", "verify": "请核实", "trial": "试行"}
CHANGES = {"new": "新增", "changed": "改动", "removed": "取消", "same": "未变"}


def told(found: Backtest, office: Office) -> Iterator[str]:
    """Rule by rule, what is new first; examples of what is not the same; whether it can be switched on."""
    first, last = (month.words if (month := period_of(text)) else text for text in (found.first, found.last))
    span = first if first == last else f"{first}至{last}"
    yield f"用表式 {found.edition} 的规则试判收件夹里的 {found.returns} 份报表（{span}，各版分别计），不写任何文件。"
    order = list(CHANGES)
    for rule in sorted(found.rules, key=lambda rule: order.index(rule.change)):
        yield f"  {CHANGES[rule.change]} {rule.rule}（{LEVELS[rule.level]}）：{_counted(rule)}。"
        for example in rule.examples if rule.change != "same" else ():
            month = period_of(example.period)
            whose = f"{office.short(example.unit, example.period)}{month.words if month else example.period}"
            yield f"      {whose}：{example.message}"
    if found.rejects:
        yield f"先不要启用：新增或改动的“必须改”规则，会在现在通过的报表里查出 {found.rejects} 份，这些报表会被退回。"
        yield "可以改规则，或者先试行（trial = true），或者降为“请核实”。"
    else:
        yield "现在通过的报表，没有一份会因此被退回。"


def _counted(rule: Tried) -> str:
    now = f"现行规则{_short(rule.before)}" if rule.before else ""
    if rule.counts is None:
        return now
    counts = rule.counts
    lacking = f"，缺数未判 {counts.not_judged} 份" if counts.not_judged else ""
    accepted = f"，其中现在通过的 {counts.in_force} 份" if counts.in_force else ""
    more = f"；{now}" if rule.change == "changed" else ""
    return f"判了 {counts.judged} 份{lacking}，查出 {counts.fired} 份{accepted}{more}"


def _short(counts: Counts) -> str:
    return f"判了 {counts.judged} 份，查出 {counts.fired} 份"
