"""The rules about each row of a register, each tripped by the dates of one item."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from pipeline.desk.edition.kinds import Kind
from pipeline.desk.edition.program import Bound, Program, broken, holds, least_set
from pipeline.desk.edition.returns import Dates, Maker
from pipeline.desk.edition.round_trip import unknowns_of
from pipeline.desk.edition.subject import HEED, MUST, Concern, Subject, ids, named
from schemas.rules.terms import Ref, Statement

DAYS = 27  # within a month


def register_rules(subject: Subject, kinds: Sequence[Kind], maker: Maker) -> Iterator[Concern]:
    """What is wrong with the rules about rows: each is tripped by an item, in the first template that asks it."""
    every = [s for s in subject.form.statements if s.scope == "row"]
    for statement in every:
        table = statement.at.table
        own = [s for s in every if s.at.table == table]
        where = subject.rule(statement.rule)
        kind = next((k for k in kinds if statement.speaks_of(str(k.month)) and k.asked.table(table)), None)
        if kind is None:
            what = f"规则 {statement.rule} 从来不会判断：在它的月份里，没有一个单位要填这张台账"
            yield subject.concern(MUST, where, what, "请核对 months")
            continue
        others = [s for s in own if s.key != statement.key and s.speaks_of(str(kind.month))]
        dates = _dates(others, statement)
        if dates is None:
            why = least_set(ids(others), partial(_follows, others, statement))
            what = f"由 {named(why)} 推出，不会单独触发" if why else "任何填法都满足它，不会触发"
            yield subject.concern(HEED, where, f"规则 {statement.rule} {what}", "不需要的请删去；有用的请核对写法")
        else:
            yield from _tripped(subject, statement, kind, maker, dates)


def _follows(others: Sequence[Statement], statement: Statement, rules: Iterable[str]) -> bool:
    names = set(rules)
    return _dates([other for other in others if other.rule in names], statement) is None


def _dates(others: Sequence[Statement], statement: Statement) -> Dates | None:
    """Days of an item that break a statement and none of the others; None where there are none."""
    program = Program({ref: DAYS for s in (*others, statement) for ref in s.refs})
    for other in others:
        unmet = [(way,) for guard in other.guards for way in broken(guard, _known)]
        program.add([*unmet, (holds(other.claim, _known),)])
    met = tuple(holds(guard, _known) for guard in statement.guards)
    program.add([(*met, way) for way in broken(statement.claim, _known)])
    found = program.solve(dict.fromkeys(statement.refs, 1))
    return None if found is None else {key: day for key, day in found.items() if isinstance(key, Ref)}


def _known(times: int, ref: object) -> tuple[tuple[tuple[int, object], ...], int]:
    return ((times, ref),), 0


def _tripped(subject: Subject, statement: Statement, kind: Kind, maker: Maker, dates: Dates) -> Iterator[Concern]:
    """An item of these dates, in a return that is sound but for it, as it is told when it is read back."""
    unknowns, table = unknowns_of(subject, kind), statement.at.table
    program = unknowns.program()
    for other in unknowns.judged():
        program.add(unknowns.held(other))
    items = [combo for _, own, combos in unknowns.groups if own.id == table for combo in combos]
    program.bounds.append(Bound(tuple((1, combo) for combo in items), low=1))
    numbers = program.solve(dict.fromkeys(unknowns.refs, 1))
    if numbers is None:
        return
    read = maker.read([maker.draft(kind, numbers, unknowns, dates=dates)])[0]
    told = [f.rule for f in read.findings if f.level in {"must", "verify"}]
    if told != [statement.rule]:
        what = f"违反规则 {statement.rule} 的台账（{kind.words}）读回来，报了 {named(told) or '没有发现'}"
        yield subject.concern(
            MUST, subject.rule(statement.rule), what, "请核对它的写法；看不出原因的，交给维护程序的人"
        )
