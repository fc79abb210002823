"""Every rule tripped by an example found for it; or why it never can be: implied by others, or never judged."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.desk.edition.kinds import Kind
from pipeline.desk.edition.program import Program, least_set
from pipeline.desk.edition.returns import Maker
from pipeline.desk.edition.subject import HEED, MUST, Concern, Subject, ids, named
from pipeline.desk.edition.unknowns import Unknowns, apart
from pipeline.paper.templates import Draft
from pipeline.values.findings import Finding
from pipeline.values.screen import Screen
from schemas.rules.terms import Statement

COMPANION = 1000  # of a question that is asked besides: rather any number than this


@dataclass(frozen=True)
class Example:
    """Returns that break a statement, the last of which is judged; ``besides`` are questions that it cannot but ask."""

    statement: Statement
    kind: Kind
    drafts: tuple[Draft, ...]
    besides: frozenset[str]


def rules(subject: Subject, kinds: Sequence[Kind], maker: Maker) -> Iterator[Concern]:
    """What is wrong with the rules of a form, one after the other."""
    examples = []
    for name in ids(subject.form.statements):
        own = [s for s in subject.form.statements if s.rule == name and s.scope == "return"]
        if own:
            found = _tried(subject, own, kinds, maker)
            examples += [found] if isinstance(found, Example) else []
            yield from [found] if isinstance(found, Concern) else []
    yield from tripped(subject, examples, maker)


def _tried(subject: Subject, own: Sequence[Statement], kinds: Sequence[Kind], maker: Maker) -> Example | Concern | None:
    """An example of a rule, or why there is none; None of a rule that looks into the year before."""
    judged = False
    for kind in kinds:
        for statement in own:
            unknowns = unknowns_for(subject, statement, kind)
            if unknowns is None or statement.key not in {s.key for s in unknowns.judged()}:
                continue
            judged = True
            found = _example(statement, kind, unknowns, maker)
            if found:
                return found
    if judged:
        return _implied(subject, own, kinds)
    if any(ref.shift <= -len(kind.month.so_far) for s in own for ref in s.refs for kind in kinds):
        return None
    return subject.concern(MUST, subject.rule(own[0].rule), f"规则 {own[0].rule} 从来不会判断：{_why(own)}", _MEND)


_MEND = "请核对 months，以及它提到的各行在哪些月份、由哪些单位填"


def _why(own: Sequence[Statement]) -> str:
    months = "、".join(map(str, own[0].months))
    return f"在它的月份（{months}月）里，没有一个单位同时要填它提到的各行"


def unknowns_for(subject: Subject, statement: Statement, kind: Kind) -> Unknowns | None:
    """The returns that a statement needs, of the kind's unit; None where an earlier one of the year is not asked."""
    forms = {0: kind.asked}
    for shift in sorted({ref.shift for ref in statement.refs if ref.shift}, reverse=True):
        month = kind.month.plus(shift)
        there = month.year == kind.month.year and str(month) in subject.form.edition.valid
        if not there or kind.unit.valid_from > str(month.first):
            return None
        forms[shift] = subject.form.of(str(month), kind.unit.code)
    return Unknowns(subject.form, forms, before={} if kind.month.opens_year else None)


def _example(statement: Statement, kind: Kind, unknowns: Unknowns, maker: Maker) -> Example | None:
    """Small numbers that break a statement and nothing else; where there are none, no other must."""
    for computed in (True, False):
        for strict in (True, False):
            for way in unknowns.broken(statement):
                program, questions = _others(unknowns, statement, computed=computed, strict=strict)
                program.add([way])
                weights: dict[Hashable, int] = dict.fromkeys(unknowns.refs, 1)
                weights |= {combo: 1 for _, _, combos in unknowns.groups for combo in combos}  # items are dear
                weights |= dict.fromkeys(questions, COMPANION)
                numbers = program.solve(weights)
                if numbers is not None:
                    besides = frozenset(name for key, name in questions.items() if numbers[key])
                    shifts = sorted(unknowns.forms)
                    drafts = tuple(maker.draft(kind, numbers, unknowns, shift) for shift in shifts)
                    return Example(statement, kind, drafts, besides)
    return None


def _others(
    unknowns: Unknowns, statement: Statement, *, computed: bool, strict: bool
) -> tuple[Program, dict[Hashable, str]]:
    """What else must hold; unless ``strict``, questions may be asked besides, each told by an unknown of 0 or 1."""
    program = unknowns.program(computed=computed)
    questions: dict[Hashable, str] = {}
    for n, other in enumerate(apart(unknowns.judged(), statement)):
        same = other.rule == statement.rule and not other.at.shift
        if strict or (other.level == "must" and not same):
            program.add(unknowns.held(other))
        else:
            program.largest["asked", n] = 1
            questions["asked", n] = other.rule
            program.add(unknowns.held(other), unless=("asked", n))
    return program, questions


def _implied(subject: Subject, own: Sequence[Statement], kinds: Sequence[Kind]) -> Concern | None:
    """That a rule follows from others, as few as there are."""
    for kind in kinds:
        for statement in own:
            unknowns = unknowns_for(subject, statement, kind)
            if unknowns is None or statement.key not in {s.key for s in unknowns.judged()}:
                continue
            musts = [s for s in apart(unknowns.judged(), statement) if s.level == "must" and s.rule != statement.rule]
            enough = partial(_follows, unknowns, statement, musts)
            if enough(ids(musts)):
                why = least_set(ids(musts), enough)
                what = f"由 {named(why)} 推出，不会单独触发" if why else "任何填法都满足它，不会触发"
                remedy = "不需要的请删去；有用的请核对写法"
                return subject.concern(HEED, subject.rule(statement.rule), f"规则 {statement.rule} {what}", remedy)
    return None


def _follows(unknowns: Unknowns, statement: Statement, musts: Sequence[Statement], some: Iterable[str]) -> bool:
    """Whether a statement cannot be broken while some rules hold."""
    names = set(some)
    for way in unknowns.broken(statement):
        program = unknowns.program(computed=False)
        for other in musts:
            if other.rule in names:
                program.add(unknowns.held(other))
        program.add([way])
        if program.solve({}) is not None:
            return False
    return True


def tripped(subject: Subject, examples: Sequence[Example], maker: Maker) -> Iterator[Concern]:
    """Every example as it is told when it is read back: by its own rule, at its own cell, alone."""
    alone = [example for example in examples if len(example.drafts) == 1]
    reads = maker.read([example.drafts[0] for example in alone])
    for example, read in zip(alone, reads, strict=True):
        yield from _told(subject, example, maker, read.findings)
    for example in examples:
        if len(example.drafts) > 1:
            yield from _told(subject, example, maker, _judged(subject, example, maker))


def _judged(subject: Subject, example: Example, maker: Maker) -> list[Finding]:
    """What is found when the months of an example are held against each other."""
    from pipeline.story.judged import judge_returns
    from schemas.forms import as_asked

    taken, rets = maker.take(example.drafts)
    office, year = as_asked(subject.office, [subject.form]), example.kind.month.year
    judged = judge_returns(taken, (subject.form,), office, year, Screen(quiet=True))
    return [finding for finding in judged.findings if finding.ret in {rets[-1], None}]


def _told(subject: Subject, example: Example, maker: Maker, findings: Sequence[Finding]) -> Iterator[Concern]:
    statement, at = example.statement, example.statement.at
    sheet = maker.layout(example.kind.asked).places.get((at.table, at.line))
    cell = maker.layout(example.kind.asked).cell(at, sheet=sheet.sheet) if sheet else ""
    found = [f for f in findings if f.level in {"must", "verify"}]
    there = [f for f in found if f.number == at]
    own = [f for f in there if f.rule == statement.rule and (not cell or f.cell == cell)]
    where = subject.rule(statement.rule)
    if not own and not any(f.rule in example.besides for f in there):
        what = f"违反规则 {statement.rule} 的表（{example.kind.words}）读回来，应在 {at}（{cell}）报的没有报"
        yield subject.concern(MUST, where, what, "请核对它的写法和 at；看不出原因的，把表式和这句话交给维护程序的人")
    others = [f.rule for f in found if f.number != at or f.rule not in {statement.rule, *example.besides}]
    extra = [rule for rule in others if rule not in example.besides]
    if extra:
        what = f"违反规则 {statement.rule} 的表（{example.kind.words}）读回来，另报了 {named(extra)}"
        yield subject.concern(MUST, where, what, "请核对这几条规则；看不出原因的，把表式和这句话交给维护程序的人")
    elif example.besides - {statement.rule} and others:
        what = f"规则 {statement.rule} 触发时，总会同时触发 {named(sorted(example.besides - {statement.rule}))}"
        yield subject.concern(HEED, where, what, "一个错会问两次；不需要的请删去一条")
