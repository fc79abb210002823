"""The story of a run: the only module that knows the order of the stages."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from time import process_time
from typing import NamedTuple

from pipeline.intake import (
    Listing,
    Receipts,
    Received,
    list_inbox,
    read_own_files,
    read_printed,
    read_rulings,
    take_in,
)
from pipeline.judge.block import onto
from pipeline.judge.last_year import LAST_YEAR
from pipeline.ledger.closed import keep_closed, rulings_when_closed
from pipeline.ledger.published import closing, read_published
from pipeline.ledger.reported import NothingReported, forms_in, of_year, reported, series
from pipeline.outbox.fingerprint import declared_inputs, fingerprint, versions
from pipeline.outbox.guard import guarded
from pipeline.outbox.trail import leave_trail
from pipeline.outbox.written import Kept
from pipeline.story.accepted import questions_of, registers_of, reported_of
from pipeline.story.beside import going_back
from pipeline.story.by_months import unlike_months
from pipeline.story.closed_year import Reported, as_closed, told
from pipeline.story.delivering import deliver, desk_held
from pipeline.story.from_below import partial_of
from pipeline.story.given import Given
from pipeline.story.judged import Judged, judge_returns
from pipeline.story.revising import after_closing, with_revisions
from pipeline.story.settled import Settled, settle_returns
from pipeline.story.unsaid import unsaid
from pipeline.story.year_before import last_year_of
from pipeline.tables import rollup
from pipeline.tables.answers import Answers
from pipeline.tables.assessment import assess
from pipeline.tables.brought import brought
from pipeline.tables.outcome import Outcome
from pipeline.tables.rule_record import rule_record
from pipeline.values.called import typed
from pipeline.values.findings import Finding
from pipeline.values.periods import Month, whole_year
from pipeline.values.printed import PRINTED
from pipeline.values.revisions import Revisions
from pipeline.values.rulings import RULINGS
from pipeline.values.screen import Stages
from pipeline.values.taken import Taken
from schemas.form import Form
from schemas.forms import as_asked, forms_of
from schemas.office import Office
from schemas.period import periods_of


@dataclass(frozen=True)
class Request:
    """What to run: the declared inputs besides the files themselves.

    ``as_of`` is the day that is looked from: what is due, missing, expired. ``today`` is the real day, on which what is
    seen for the first time was received. ``length`` says which of the office's series, by how many months a return is
    about (0: that of ``through``, or the first), ``shorter`` is what a series of shorter periods came to.
    """

    inbox: Path
    outbox: Path
    office: Office
    as_of: date
    year: int | None = None
    through: Month | None = None
    workers: int = 1
    today: date = field(default_factory=date.today)
    length: int = 0
    shorter: Outcome | None = None

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Every form of the office. Raises Mistake where one is wrong."""
        return forms_of(self.office)


class Delivery(NamedTuple):
    """What a run found, the files it wrote (the workbook first), and those of the outbox that were not ours."""

    outcome: Outcome
    written: list[Path]
    kept: list[Kept]


def run(request: Request, screen: Stages) -> Delivery:
    """From the inbox to the outbox. Raises CannotRun where there is nothing to run on, Mistake for a wrong setting."""
    started, cpu = datetime.now(UTC), process_time()
    with desk_held(request.inbox, request.outbox):
        outcome = examine(request, screen, receive=True)
        with screen.stage("写出汇总工作簿"):
            written, kept = deliver(outcome, request.outbox)
        leave_trail(request.outbox, outcome, started, process_time() - cpu)
    return Delivery(outcome, written, kept)


def examine(request: Request, screen: Stages, *, receive: bool = False) -> Outcome:
    """Everything up to the tables. Writes nothing, but to ``receive`` enters what is new in the receipts book."""
    given = _given(request, screen, receive)
    found = _found(request, given, screen)
    with screen.stage("查个人信息和密级标志"):
        return guarded(found, given.everything, given.every_ruling.every)


def _found(request: Request, given: Given, screen: Stages) -> Outcome:
    """What the year comes to, before its texts are searched for what must not leave."""
    office, months, forms, rulings = given.office, given.months, given.own_forms, given.rulings
    judged = judge_returns(given.taken, forms, office, months[-1].year, screen, given.printed, rulings, given.last_year)
    settled = _settled(request, given, judged)
    with screen.stage("核实"):
        questions = questions_of(judged, given.last_year)
    with screen.stage("汇总"):
        outcome, before = _outcome(request, given, judged, settled, questions), _after_closing(request, given)
        return with_revisions(replace(outcome, closed=before) if before else outcome, judged, given.published)


def _outcome(request: Request, given: Given, judged: Judged, settled: Settled, questions: Sequence[Finding]) -> Outcome:
    """What was found, counted into facts and tables."""
    office, months, walk, returns = given.office, given.months, judged.walk, settled.returns
    made, items = _made(given, judged, settled), registers_of(judged)
    book, here = made.book, brought(made.facts, walk)
    answers = Answers(walk.form, onto(made.blocks, walk), book, months, office, partial_of(judged))
    inputs = declared_inputs(request.inbox, given.files, office, given.forms, given.published)
    return Outcome(
        office=office,
        walk=walk,
        months=tuple(months),
        as_of=request.as_of,
        fingerprint=fingerprint(inputs, request.as_of, str(months[-1])),
        versions=versions(),
        inputs=inputs,
        returns=book,
        sizes=dict(zip(returns["file"], returns["bytes"], strict=True)),
        outside=len(given.everything.returns) - len(given.taken.returns),
        receipts=settled.receipts,
        amended=settled.changes,
        replies=settled.replies,
        facts=made.facts,
        items=items,
        findings=tuple(settled.findings),
        rulings=given.rulings,
        questions=tuple(questions),
        differences=tuple(made.differences),
        not_judged=judged.not_judged,
        assessed=tuple(assess(office, walk.form, months, request.as_of, book, settled.findings, here, items)),
        rules=tuple(rule_record(judged.tally, returns, settled.findings, given.own_forms)),
        answers=answers,
        tables=rollup.tables(answers),
        headline=rollup.headline(answers),
        growth=given.last_year.beside(made, given.own_forms, given.months, office),
        coverage=made.coverage,
        sent_back=going_back(given, judged, settled),
        in_force=(*given.last_year.in_force, *(part.in_force for part in judged.parts)),
    )


def _made(given: Given, judged: Judged, settled: Settled) -> Reported:
    """What the tables are made from; of a closed year what its last version was made from."""
    if given.closed:
        return as_closed(given.closed, given.own_forms)
    return reported_of(judged, settled, given.rulings, given.office, given.months)


def _given(request: Request, screen: Stages, receive: bool) -> Given:
    """Read the inbox, and what else the year is reported from; of a closed year what was there at its closing."""
    office, every_form = request.office, request.forms
    files, everything = _take(request, every_form, screen, receive)
    forms, everything = series(every_form, request.length, request.through, everything)
    length = forms[0].edition.length
    months, own_forms, taken = reported(request.as_of, request.year, request.through, office, forms, everything)
    office = as_asked(office, every_form, str(months[-1]))
    own = read_own_files(request.inbox, request.workers)
    every, unobeyed = read_rulings(own[RULINGS], every_form, office, request.as_of)
    printed, unused = read_printed(own[PRINTED])
    printed = printed if whole_year(months) else ()
    published = tuple(one for one in read_published(request.outbox) if one.through.length == length)
    rulings = every.within([str(month) for month in months])
    last_year = last_year_of(months[-1].year, own[LAST_YEAR], everything, own_forms, forms, office, every, published)
    closed = closing(published, months[-1].year)
    if closed:
        taken, rulings = keep_closed(taken, closed), rulings_when_closed(rulings, closed)
    return Given(
        office, forms, files, everything, months, own_forms, taken, published, rulings, every, last_year, printed,
        [*unobeyed, *unused, *unsaid(_both(last_year.forms, own_forms), months[-1].year)], closed,
    )  # fmt: skip


def _both(before: Sequence[Form], now: Sequence[Form]) -> list[Form]:
    """The forms of two years, each once."""
    return list({id(form): form for form in (*before, *now)}.values())


def _after_closing(request: Request, given: Given) -> Revisions | None:
    """What would have moved the year before, had it not been closed; None where it is open, or no form is known."""
    year = given.months[-1].year - 1
    months = periods_of(year, given.own_forms[0].edition.length)
    closed, forms = closing(given.published, year), forms_in(given.forms, months)
    if closed is None or not forms:
        return None
    taken = of_year(given.everything, months, given.forms)
    return after_closing(
        taken, forms, as_asked(request.office, given.forms, str(months[-1])), given.every_ruling, closed
    )


def _settled(request: Request, given: Given, judged: Judged) -> Settled:
    """The returns with their states, every finding with what became of it, and what was received."""
    unobeyed, contents = [*given.unobeyed, *given.last_year.file.findings], given.everything.returns["sha256"]
    office, forms, months = given.office, given.own_forms, given.months
    if request.shorter:
        judged.findings.extend(unlike_months(judged, request.shorter, office.settings.thresholds.confirm_above))
    settled = settle_returns(judged, unobeyed, forms, office, months, request.as_of, given.rulings, contents)
    return told(settled, given.closed, list(contents)) if given.closed else settled


def _take(request: Request, forms: tuple[Form, ...], screen: Stages, receive: bool) -> tuple[list[Received], Taken]:
    """List the inbox, enter what is new in the receipts book where that is wanted, and read it."""
    files, notes = list_inbox(request.inbox, request.workers) if request.inbox.is_dir() else Listing([], [])
    if not files:
        raise NothingReported(_nothing(request.inbox))
    receipts = Receipts.read(request.inbox, request.outbox).with_new(files, request.today)
    if receive:
        receipts.enter(request.outbox)
    with screen.stage("读取报表") as progress:
        taken = take_in(files, receipts, forms, request.office, request.workers, progress)
    return files, replace(taken, findings=(*notes, *taken.findings))


def _nothing(inbox: Path) -> str:
    return (
        f"收件夹“{inbox}”里没有报表。请先用“{typed()} templates --period 2012-09”做出空白模板发给各单位，"
        f"收回后放进收件夹，再运行一次。想先看样子，可以运行“{typed()} demo 演示”。"
    )
