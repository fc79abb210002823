"""Each template of a form, written and read back: blank, with zeros, with random numbers that satisfy every rule."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import partial
from random import Random
from typing import NamedTuple

from pipeline.desk.edition.kinds import Kind
from pipeline.desk.edition.program import Bound, least_set
from pipeline.desk.edition.returns import Maker, Numbers, Read
from pipeline.desk.edition.subject import HEED, MUST, Concern, Subject, ids, named
from pipeline.desk.edition.unknowns import TO_DATE, Unknowns
from pipeline.paper.templates import Draft
from pipeline.values.findings import Finding
from schemas.mistake import CannotRun
from schemas.rules.terms import Ref
from schemas.toml_lines import Location

MISSING = ("E-MIS-02", "E-COV-01")  # a number, a field of the cover that is not filled in
BLANK, ZEROS, RANDOM = "空白", "全填 0", "随机填数"
UNSOUND = "请核对这几处的写法；看不出原因的，把表式和这句话交给维护程序的人"
LARGEST = 20  # of the random numbers that are aimed at


def unknowns_of(subject: Subject, kind: Kind) -> Unknowns:
    """The numbers of a template by itself: in January 本年累计 is what the month is, later the unit fills it in."""
    return Unknowns(subject.form, {0: kind.asked}, before={} if kind.month.opens_year else None)


class Said(NamedTuple):
    """Something about a template, which may be so of others too: ``of`` tells it from all else."""

    kind: Kind
    of: object
    level: str
    at: Location
    what: str
    remedy: str


def round_trip(subject: Subject, kinds: Sequence[Kind], maker: Maker) -> Iterator[Concern]:
    """What is wrong with the templates themselves, or with the rules where they leave no number to be filled in."""
    said: dict[object, list[Said]] = {}
    for one in _each(subject, kinds, maker):
        said.setdefault(one.of, []).append(one)
    for first, *others in said.values():
        several = len({id(one.kind.asked) for one in (first, *others)})
        more = f"等 {several} 种表" if several > 1 else "的表"
        yield subject.concern(first.level, first.at, f"{first.what}（{first.kind.words}{more}）", first.remedy)


def _each(subject: Subject, kinds: Sequence[Kind], maker: Maker) -> Iterator[Said]:
    """The same of each template by itself."""
    filled: list[tuple[Kind, str, Draft]] = []
    for kind in kinds:
        own, seed = unknowns_of(subject, kind), f"{subject.form.edition.id} {kind.words}"
        try:
            filled.append((kind, BLANK, maker.draft(kind, None, own)))
        except CannotRun as trouble:
            what, _, remedy = str(trouble).partition("。")
            yield Said(kind, what, MUST, ("id",), f"空白表做不出来：{what}", remedy.rstrip("。"))
            continue
        filled.append((kind, ZEROS, maker.draft(kind, dict.fromkeys(own.program().largest, 0), own)))
        numbers = valid(own, seed)
        if numbers is None:
            rules = contradiction(subject, kind)
            what = f"规则 {named(rules)} 不能同时成立，怎么填都通不过"
            yield Said(kind, tuple(rules), MUST, subject.rule(rules[-1]), what, "请改写或删去其中一条")
        else:
            filled.append((kind, RANDOM, maker.draft(kind, numbers, own)))
    for (kind, how, draft), read in zip(filled, maker.read([draft for *_, draft in filled]), strict=True):
        yield from _of_blank(subject, kind, draft, read) if how == BLANK else _of_filled(subject, kind, how, read)


def valid(unknowns: Unknowns, seed: str) -> Numbers | None:
    """Random numbers that satisfy every rule, with the same seed the same; None where there are none."""
    program = unknowns.program()
    for statement in unknowns.judged():
        program.add(unknowns.held(statement))
    random = Random(seed)  # noqa: S311  # examples, no secret
    wanted: dict[Hashable, int] = {ref: random.randrange(1, LARGEST) for ref in unknowns.inputs}
    wanted |= {combo: random.randrange(2) for _, _, combos in unknowns.groups for combo in combos}
    return program.solve(program.near(wanted))


def contradiction(subject: Subject, kind: Kind) -> list[str]:
    """The rules that cannot all hold together in a template, as few as there are."""
    own = unknowns_of(subject, kind)
    return least_set(ids(own.judged()), partial(_impossible, own))


def _impossible(unknowns: Unknowns, rules: Iterable[str]) -> bool:
    return _above_zero(unknowns, list(rules), ()) is None


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


def _of_blank(subject: Subject, kind: Kind, draft: Draft, read: Read) -> Iterator[Said]:
    """What is told of a blank return beside what is missing, and what is missing and not told."""
    form = draft.layout.form
    wanted = draft.prior.cumulative is None
    inputs = [ref for entry, refs in form.filled_in if entry.is_input for ref in refs]
    cells = sum(ref.measure != TO_DATE or wanted for ref in inputs)
    for finding in read.findings:
        if finding.rule not in MISSING:
            what = f"空白表读回来，报了 {finding.rule}：{finding.message.rstrip('。')}"
            yield Said(kind, (finding.rule, finding.number), MUST, _place(subject, finding), what, UNSOUND)
    for rule, what, asked in zip(MISSING, ("格", "栏"), (cells, len(form.edition.cover)), strict=True):
        told = sum(one.rule == rule for finding in read.findings for one in finding.each())
        if told != asked:
            yield Said(
                kind, rule, MUST, ("id",), f"空白表读回来，没有填的应有 {asked} {what}，只说了 {told} {what}", UNSOUND
            )


def _of_filled(subject: Subject, kind: Kind, how: str, read: Read) -> Iterator[Said]:
    """What is found in a return that is filled in whole, and what is read otherwise than it was written."""
    known = {*ids(subject.form.statements)}
    for finding in read.findings:
        where = f"{finding.sheet}!{finding.cell}" if finding.cell else "文件"
        of, at = (finding.rule, finding.number), _place(subject, finding)
        if how == ZEROS and finding.rule in known:
            what = f"全填 0 时会触发 {finding.rule}（{where}）"
            yield Said(kind, of, HEED, at, what, "没有发生的单位也要报，请核对这条规则是不是必要")
        elif finding.level != "note":
            what = f"{how}再读回来，{where} 报了 {finding.rule}：{finding.message.rstrip('。')}"
            yield Said(kind, of, MUST, at, what, UNSOUND)
    for ref, written, found in read.unequal[:1]:
        what = f"{how}再读回来，{ref} 写的是 {written}，读出来是 {found}"
        yield Said(kind, ref, MUST, subject.line(ref.table, ref.line), what, UNSOUND)


def _place(subject: Subject, finding: Finding) -> Location:
    """Where the edition says what is complained of: the rule, or else the line."""
    if finding.rule in ids(subject.form.statements):
        return subject.rule(finding.rule)
    number = finding.number
    known = number is not None and (number.table, number.line) in subject.form.entries
    return subject.line(number.table, number.line) if number and known else ("id",)
