"""The story of a run: the only module that knows the order of the stages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

from pipeline import ledger, rollup
from pipeline.facts import facts, register
from pipeline.files import short
from pipeline.findings import Finding
from pipeline.fingerprint import fingerprint, versions
from pipeline.intake import (
    Listing,
    Receipts,
    Received,
    list_inbox,
    read_last_year,
    read_printed,
    read_rulings,
    take_in,
)
from pipeline.judged import judge_returns
from pipeline.last_year import LastYear
from pipeline.outcome import Outcome
from pipeline.periods import Month, due_day, parse_month
from pipeline.reconcile import InForce
from pipeline.rulings import RULINGS, Rulings
from pipeline.screen import Stages
from pipeline.sent_back import sent_back
from pipeline.taken import Taken
from pipeline.trail import leave_trail
from pipeline.written import Written
from pipeline.year_before import year_before
from pipeline.year_on_year import year_on_year
from schemas.form import Form, form_for
from schemas.forms import forms_of
from schemas.mistake import CannotRun
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Request:
    """What to run: the declared inputs besides the files themselves."""

    inbox: Path
    outbox: Path
    office: Office
    as_of: date
    year: int | None = None
    through: Month | None = None
    workers: int = 1


class Delivery(NamedTuple):
    """What a run found, the files it wrote (the workbook first), and those of the outbox that a person had changed.

    Of the latter the name, and where the changed file is kept.
    """

    outcome: Outcome
    written: list[Path]
    kept: list[tuple[str, Path]]


def run(request: Request, screen: Stages) -> Delivery:
    """From the inbox to the outbox.

    Raises CannotRun where there is nothing to run on, Mistake where a settings file is wrong.
    """
    started, cpu = datetime.now(UTC), process_time()
    outcome = examine(request, screen)
    from pipeline.publish import publish, publish_report, workbook_name
    from pipeline.returned import write_returned

    with screen.stage("写出汇总工作簿"):
        record, folder = Written.read(request.outbox), Path(str(outcome.year))
        ours = [(folder / name).as_posix() for name in (workbook_name(outcome), RULINGS)]
        kept = record.keep_aside(ours, {outcome.rulings.sha256})
        published, returned = publish(outcome, request.outbox), write_returned(outcome, request.outbox)
        written = [*published, publish_report(outcome, request.outbox, published, returned), *returned]
        record.note(written)
    leave_trail(request.outbox, outcome, started, process_time() - cpu)
    return Delivery(outcome, written, kept)


def examine(request: Request, screen: Stages) -> Outcome:
    """Everything up to the tables; writes nothing but the receipts book."""
    office, forms = request.office, forms_of(request.office)
    files, everything = _take(request, forms, screen)
    months, form, taken = _reported(request, forms, everything)
    rulings, unobeyed = read_rulings(request.inbox, forms, office, request.as_of)
    last_year = _last_year(request, everything, form, forms, months[-1].year, rulings)
    rulings = rulings.within([str(month) for month in months])
    printed = read_printed(request.inbox) if len(months) == 12 else ()
    judged = judge_returns(taken, form, office, months[-1].year, screen, printed, rulings, last_year)
    told = [*unobeyed, *last_year.file.findings, *judged.findings]
    told += ledger.arrivals(judged.returns, office, months, request.as_of, rulings)
    told += ledger.idle(rulings, judged.returns, told, map(short, everything.returns["sha256"]))
    returns, settled = ledger.settle(judged.returns, told, rulings)
    taken, there = judged.taken, judged.there
    with screen.stage("核实"):
        questions = _questions(there, last_year.returns, judged.not_judged)
    with screen.stage("汇总"):
        accepted = facts(returns, taken, there.wide, form, rulings, judged.adjusted.applied)
        tables = rollup.tables(form, judged.adjusted.wide, months, office)
        changes = year_on_year(judged.adjusted.wide, months, last_year)
    return Outcome(
        office=office,
        form=form,
        months=tuple(months),
        as_of=request.as_of,
        fingerprint=fingerprint(request.inbox, files, request.office, request.as_of, months),
        versions=versions(),
        returns=ledger.book(returns, office, months),
        sizes=dict(zip(returns["file"], returns["bytes"], strict=True)),
        outside=len(everything.returns) - len(taken.returns),
        facts=accepted,
        items=_items(there, taken),
        findings=tuple(settled),
        rulings=rulings,
        questions=tuple(questions),
        differences=tuple(judged.differences),
        not_judged=judged.not_judged,
        tables=tables,
        headline=rollup.headline(form, judged.adjusted.wide),
        changes=changes,
        coverage=ledger.coverage(returns, office, months),
        sent_back=sent_back(ledger.waiting(returns), taken, {f.name: f.data for f in files}),
    )


def _take(request: Request, forms: tuple[Form, ...], screen: Stages) -> tuple[list[Received], Taken]:
    """List the inbox, enter what is new in the receipts book, and read it."""
    files, notes = list_inbox(request.inbox) if request.inbox.is_dir() else Listing([], [])
    if not files:
        raise CannotRun(_nothing(request.inbox))
    receipts = Receipts.read(request.inbox).with_new(files, request.as_of)
    receipts.write()
    with screen.stage("读取月报") as progress:
        taken = take_in(files, receipts, forms, request.office, request.workers, progress)
    return files, replace(taken, findings=(*notes, *taken.findings))


def _reported(request: Request, forms: tuple[Form, ...], everything: Taken) -> tuple[list[Month], Form, Taken]:
    """The months that are reported, their form, and what was taken in for them."""
    months = _months(request, everything, forms)
    form = form_for(forms, str(months[-1]))
    if form is None:
        raise CannotRun(f"{months[-1].words}没有可用的月报表式，请在 office.toml 的 editions 里登记。")
    return months, form, _of_year(everything, months, forms)


def _items(there: InForce, taken: Taken) -> dict[str, "pd.DataFrame"]:
    """The registers of the returns in force, one frame each: unit, period, the item's fields, file, sheet and row."""
    return {
        table.id: register(taken.items, there.returns, table)
        for table in there.form.edition.tables
        if table.shape == "register"
    }


def _questions(there: InForce, year_before: "pd.DataFrame", not_judged: Counter[str]) -> list[Finding]:
    """What looks odd in the returns in force, beside their own months, the year before and their peers."""
    import pandas as pd

    from pipeline.plausibility import questions

    both = pd.concat([year_before, there.wide])
    return questions(there.form, there.office, both, there.rows, there.returns, Month(there.year, 1), not_judged)


def _last_year(
    request: Request, everything: Taken, form: Form, forms: tuple[Form, ...], year: int, rulings: Rulings
) -> LastYear:
    """What is known of the year before."""
    months = list(Month(year - 1, 1).until(Month(year - 1, 12)))
    file = read_last_year(request.inbox, form, request.office, year)
    return year_before(_of_year(everything, months, forms), form, forms, request.office, year - 1, file, rulings)


def _months(request: Request, taken: Taken, forms: Sequence[Form]) -> list[Month]:
    """January to the month asked for; by default the latest received, or the latest that is due.

    A return for a month without a form or yet to come (a slip in its header) does not decide the year, unless there is
    nothing else.
    """
    told = [month for text in set(taken.returns["period"]) if (month := parse_month(text))]
    now = Month(request.as_of.year, request.as_of.month)
    seen = [month for month in told if form_for(forms, str(month)) and month <= now] or told
    if not seen and not request.through and not request.year:
        raise CannotRun("收件夹里没有一份能认出报告期的月报。请用“templates”命令发出模板，收回后再放进收件夹。")
    year = request.through.year if request.through else request.year or max(seen).year
    last = request.through or max([m for m in seen if m.year == year], default=Month(year, 1))
    if request.through is None:
        overdue = [m for m in Month(year, 1).until(Month(year, 12)) if due_day(m, request.office) < request.as_of]
        last = max([last, *overdue])
    return list(Month(year, 1).until(last))


def _of_year(taken: Taken, months: Sequence[Month], forms: Sequence[Form]) -> Taken:
    """The returns of the months that are reported, and those whose month is not known or has no form."""
    wanted = {*map(str, months), *(text for text in set(taken.returns["period"]) if not form_for(forms, text))}
    returns = taken.returns[taken.returns["period"].isin(wanted)]
    elsewhere = set(taken.returns["file"]) - set(returns["file"])
    return Taken(
        returns,
        taken.rows[taken.rows["ret"].isin(returns["ret"])],
        taken.items[taken.items["ret"].isin(returns["ret"])],
        taken.covers[taken.covers["ret"].isin(returns["ret"])],
        tuple(f for f in taken.findings if f.file not in elsewhere),
    )


def _nothing(inbox: Path) -> str:
    return (
        f"收件夹“{inbox}”里没有月报。请先用“python run_pipeline.py templates --period 2012-09”做出空白模板发给各单位，"
        "收回后放进收件夹，再运行一次。想先看样子，可以运行“python run_pipeline.py demo 演示”。"
    )
