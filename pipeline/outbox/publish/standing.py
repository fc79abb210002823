"""How things stand, in sentences for the drafts: who is in, what is provisional, what is open, what grew."""

from collections.abc import Iterator, Sequence

from pipeline.ledger.coverage import Coverage
from pipeline.outbox.publish.grids import Figure, before_of, figures, lacking
from pipeline.outbox.publish.prose import Prose
from pipeline.outbox.publish.shown import growth, increase
from pipeline.outbox.publish.status import MISSING, RETURNED, versions_of
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import Finding
from schemas.annual import Schedule
from schemas.period import called

NAMED = 12  # units in a sentence: the rest are counted
PROVISIONAL = "暂列"


def coverage(prose: Prose) -> str:
    """应报 / 收到 / 入汇 / 退回未改 / 未报."""
    return f"{(_of_month(prose) if prose.month else prose.outcome.coverage).words}。"


def left_out(prose: Prose) -> str:
    """The returns that are not in the sums, by unit and month."""
    found = _states(prose)
    told = [
        f"{name}：{_named(prose.outcome, own)}。"
        for name, state in ((MISSING, MISSING), ("退回未改", RETURNED))
        if (own := [key for key, states in found.items() if states == {state}])
    ]
    return "".join(told) + f"以上{prose.outcome.spoken['report']}的数字不在本稿内。" if told else "应报的都已入汇。"


def provisional(prose: Prose) -> str:
    """The returns that count for the time being; nothing where there are none."""
    there = [key for key, states in _states(prose).items() if PROVISIONAL in states]
    whose = f"{_named(prose.outcome, there)}的{prose.outcome.spoken['report']}"
    return f"【暂列：{whose}暂列入汇，有关数字待核实】" if there else ""


def not_met(prose: Prose) -> str:
    """What does not meet, a paragraph each."""
    found = [f"{n}.{one.mark}" for n, one in enumerate(prose.apart, start=1)]
    return "\a".join(found) if found else f"{prose.span}对账各项相符。"


def to_do(prose: Prose) -> str:
    """What is open before the table can be forwarded, the first of it by name."""
    outcome, month = prose.outcome, str(prose.month or "")
    own = [f for f in outcome.open_findings if f.period == month or not month]
    if not own:
        return f"{prose.span}没有待办的问题。"
    must = sum(f.level == "must" for f in own)
    first = own[: outcome.office.settings.thresholds.findings_first]
    told = f"尚有{must}处必须处理，{len(own) - must}处待核实，其中："
    return "\a".join([told, *_numbered(outcome, first)])


def grown(schedule: Schedule, prose: Prose) -> str:
    """The rows of a schedule against the month before, as far as that is known."""
    before = before_of(prose)
    this, last = prose.outcome.spoken["own_period"], prose.outcome.spoken["last_period"]
    if before is None:
        return f"{last}数据不在本年度汇总内，未作比较。"
    rows = [
        row
        for row in figures(schedule, prose)
        if (prose.value(row.linear).number, before.value(row.linear).number) != (0, 0)
    ]
    alike = lacking(prose) == lacking(before)
    told = "；".join(_grown(row, prose, before) if alike else _figure(row, prose) for row in rows)
    lacks = ((when, p.lacking(row.linear for row in rows)) for when, p in ((this, prose), (last, before)))
    told += "".join(f"（{when}{words}）" for when, words in lacks if words)
    apart = "，".join(f"{when}缺{_units(p)}" for when, p in ((this, prose), (last, before)) if lacking(p))
    beside = "" if alike else f"{apart}，增减不可比，没有比较。"
    return f"{told}。{beside}" if told else f"各项指标{this}和{last}均为0。{beside}"


def _units(prose: Prose) -> str:
    names = [prose.outcome.office.short(unit, str(prose.month)) for unit in sorted(lacking(prose))]
    return "、".join(names[:NAMED]) + (f"等{len(names)}个单位" if len(names) > NAMED else "")


def _figure(row: Figure, prose: Prose) -> str:
    return f"{row.name}{prose.value(row.linear).told(row.quantity)}"


def _grown(row: Figure, prose: Prose, before: Prose) -> str:
    answer, last = prose.value(row.linear), before.value(row.linear)
    base = prose.outcome.spoken["last_period"]
    said, more = f"{row.name}{answer.told(row.quantity)}，", increase(answer, last)
    if more is None:
        return f"{said}{base}{last.told(row.quantity)}，没有比较"
    if not more:
        return f"{said}与{base}持平"
    said += f"比{base}{'增加' if more > 0 else '减少'}{row.quantity.told(abs(more))}"
    if not last.steps:
        return f"{said}（{base}为0）"
    return f"{said}，{'增长' if more > 0 else '下降'}{growth(answer, last).lstrip('+-')}%"


def _numbered(outcome: Outcome, findings: Sequence[Finding]) -> Iterator[str]:
    told = (_plain(outcome.todo(finding)).rstrip("。") for finding in findings)
    return (f"{n}.【待核对：{one}】" for n, one in enumerate(told, start=1))


def _plain(text: str) -> str:
    """A text in which departments' own words stand, without what is no letter: Word would refuse it."""
    return "".join(character for character in text if character.isprintable())


def _states(prose: Prose) -> dict[tuple[str, str], set[str]]:
    """The states of the versions of every return of the span that was owed, by unit and month."""
    found = versions_of(prose.outcome)
    months = [prose.month] if prose.month else prose.outcome.months
    owed = sorted((unit.code, str(month)) for month in months for unit in prose.outcome.office.units_in(str(month)))
    return {key: {str(row.state) for row in found.get(key, ())} or {MISSING} for key in owed}


def _of_month(prose: Prose) -> Coverage:
    states = list(_states(prose).values())
    received = [own for own in states if own != {MISSING}]
    returned, borne = sum(own == {RETURNED} for own in received), sum(PROVISIONAL in own for own in received)
    missing = len(states) - len(received)
    return Coverage(len(states), len(received), len(received) - returned, returned, missing, borne)


def _named(outcome: Outcome, keys: Sequence[tuple[str, str]]) -> str:
    names = [f"{outcome.office.short(unit, period)}{called(period)}" for unit, period in keys[:NAMED]]
    return "、".join(names) + (f"等{len(keys)}份" if len(keys) > NAMED else "")
