"""Each template of a form, written and read back: blank, with zeros, with random numbers that satisfy every rule."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import partial
from random import Random

from pipeline.desk.edition.kinds import Kind
from pipeline.desk.edition.program import Bound, least_set
from pipeline.desk.edition.returns import Maker, Numbers, Read
from pipeline.desk.edition.subject import HEED, MUST, Concern, Subject, ids, named
from pipeline.desk.edition.unknowns import TO_DATE, Unknowns
from pipeline.paper.templates import Draft
from schemas.mistake import CannotRun
from schemas.rules.terms import Ref

MISSING = ("E-MIS-02", "E-COV-01")  # a number, a field of the cover that is not filled in
BLANK, ZEROS, RANDOM = "空白", "全填 0", "随机填数"
UNSOUND = "请核对这几处的写法；看不出原因的，把表式和这句话交给维护程序的人"
LARGEST = 20  # of the random numbers that are aimed at


def unknowns_of(subject: Subject, kind: Kind) -> Unknowns:
    """The numbers of a template by itself: in January 本年累计 is what the month is, later the unit fills it in."""
    return Unknowns(subject.form, {0: kind.asked}, before={} if kind.month.month == 1 else None)


def round_trip(subject: Subject, kinds: Sequence[Kind], maker: Maker) -> Iterator[Concern]:
    """What is wrong with the templates themselves, or with the rules where they leave no number to be filled in."""
    writable = []
    for kind in kinds:
        try:
            maker.layout(kind.asked).sheets  # noqa: B018  # raises where a template has no room
        except CannotRun as trouble:
            what, _, remedy = str(trouble).partition("。")
            yield subject.concern(MUST, ("id",), f"{kind.words}的表做不出来：{what}", remedy.rstrip("。"))
        else:
            writable.append(kind)
    random = [(kind, valid(unknowns_of(subject, kind), f"{subject.form.edition.id} {kind.words}")) for kind in writable]
    for kind, numbers in random:
        if numbers is None:
            yield from contradiction(subject, kind)
    lots: list[tuple[str, Kind, Draft, Callable[[Draft, Read], Sequence[str]]]] = []
    for kind, numbers in random:
        own = unknowns_of(subject, kind)
        nothing = dict.fromkeys(own.program().largest, 0)
        lots.append((BLANK, kind, maker.draft(kind, None, own), _of_blank))
        lots.append((ZEROS, kind, maker.draft(kind, nothing, own), _of_filled))
        if numbers is not None:
            lots.append((RANDOM, kind, maker.draft(kind, numbers, own), _of_filled))
    reads = maker.read([draft for _, _, draft, _ in lots])
    for (how, kind, draft, look), read in zip(lots, reads, strict=True):
        yield from _told(subject, how, kind, read)
        for what in look(draft, read):
            yield subject.concern(MUST, ("id",), f"{kind.words}的表{how}再读回来，{what}", UNSOUND)


def valid(unknowns: Unknowns, seed: str) -> Numbers | None:
    """Random numbers that satisfy every rule, with the same seed the same; None where there are none."""
    program = unknowns.program()
    for statement in unknowns.judged():
        program.add(unknowns.held(statement))
    random = Random(seed)  # noqa: S311  # examples, no secret
    wanted: dict[Hashable, int] = {
        ref: random.randrange(1, LARGEST) * (3 if ref.measure == TO_DATE else 1) for ref in unknowns.inputs
    }
    wanted |= {combo: random.randrange(2) for _, _, combos in unknowns.groups for combo in combos}
    return program.solve(program.near(wanted))


def contradiction(subject: Subject, kind: Kind) -> Iterator[Concern]:
    """The rules that cannot all hold together, as few as there are."""
    own = unknowns_of(subject, kind)
    statements = own.judged()

    def impossible(rules: Sequence[str]) -> bool:
        program = own.program()
        for statement in statements:
            if statement.rule in rules:
                program.add(own.held(statement))
        return program.solve({}) is None

    rules = least_set(ids(statements), lambda some: impossible(list(some)))
    what = f"{kind.words}的表里，规则 {named(rules)} 不能同时成立，怎么填都通不过"
    yield subject.concern(MUST, subject.rule(rules[-1]), what, "请改写或删去其中一条")


def only_zero(subject: Subject, kind: Kind) -> Iterator[Concern]:
    """The lines that must be 0 whatever happens, for the rules together leave them nothing else."""
    own = unknowns_of(subject, kind)
    months = [ref for ref in own.inputs if ref.measure != TO_DATE]
    found = _above_zero(own, ids(own.judged()), months)
    for ref in months if found is not None else ():
        if found and not found["some", ref] and not _may_be(own, ids(own.judged()), ref):
            rules = least_set(ids(own.judged()), partial(_forced, own, ref))
            what = f"“{subject.form.entry(ref).label}”（{ref.table}.{ref.line}）只能填 0，别的数都违反 {named(rules)}"
            yield subject.concern(MUST, subject.line(ref.table, ref.line), what, "请核对这几条规则")


def _forced(unknowns: Unknowns, ref: Ref, rules: Iterable[str]) -> bool:
    return not _may_be(unknowns, list(rules), ref)


def _may_be(unknowns: Unknowns, rules: Sequence[str], ref: Ref) -> bool:
    """Whether a number may be other than 0 with these rules."""
    found = _above_zero(unknowns, rules, [ref])
    return bool(found and found["some", ref])


def _above_zero(unknowns: Unknowns, rules: Sequence[str], refs: Sequence[Ref]) -> Numbers | None:
    """Numbers that satisfy these rules, as many of ``refs`` above 0 as there can be."""
    program = unknowns.program()
    for statement in unknowns.judged():
        if statement.rule in rules:
            program.add(unknowns.held(statement))
    for ref in refs:
        program.largest["some", ref] = 1
        program.bounds.append(Bound(((1, ref), (-1, ("some", ref))), low=0))
    return program.solve({("some", ref): -1 for ref in refs})


def _of_blank(draft: Draft, read: Read) -> list[str]:
    """What is told of a blank return beside what is missing, and what is missing and not told."""
    other = [f"{f.rule}：{f.message.rstrip('。')}" for f in read.findings if f.rule not in MISSING]
    form = draft.layout.form
    cells = sum(entry.is_input and (ref.measure != TO_DATE or draft.prior.cumulative is None)
                for entry, refs in form.filled_in for ref in refs)  # fmt: skip
    told = {rule: sum(f.rule == rule for f in read.findings) for rule in MISSING}
    for rule, what, asked in zip(MISSING, ("格", "栏"), (cells, len(form.edition.cover)), strict=True):
        if told[rule] != asked:
            other.append(f"没有填的应有 {asked} {what}，只说了 {told[rule]} {what}")
    return other


def _of_filled(_: Draft, read: Read) -> list[str]:
    """What is read otherwise than it was written."""
    told = [f"{ref} 写的是 {written}，读出来是 {found}" for ref, written, found in read.unequal]
    return told[:1]


def _told(subject: Subject, how: str, kind: Kind, read: Read) -> Iterator[Concern]:
    """What is found in a return that is filled in whole."""
    if how == BLANK:
        return
    known = {*ids(subject.form.statements)}
    for finding in read.findings:
        if how == ZEROS and finding.rule in known:
            what = f"{kind.words}的表全填 0 时会触发 {finding.rule}（{finding.sheet}!{finding.cell}）"
            yield subject.concern(
                HEED, subject.rule(finding.rule), what, "没有发生的单位也要报，请核对这条规则是不是必要"
            )
        elif finding.level != "note":
            at = subject.rule(finding.rule) if finding.rule in known else ("id",)
            where = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.file
            what = f"{kind.words}的表{how}再读回来，{where} 报了 {finding.rule}：{finding.message.rstrip('。')}"
            yield subject.concern(MUST, at, what, UNSOUND)
