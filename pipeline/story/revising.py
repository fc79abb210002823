"""What a run comes to against what was forwarded: the numbers that changed, and everything printed that moves."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import ledger
from pipeline.ledger.published import Published, latest
from pipeline.story.judged import judge_returns
from pipeline.tables import revise, rollup
from pipeline.tables.facts import facts
from pipeline.tables.outcome import Outcome
from pipeline.values.periods import Month
from pipeline.values.revisions import Revisions
from pipeline.values.rulings import Rulings
from pipeline.values.screen import Screen
from pipeline.values.taken import Taken
from schemas.form import Form
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd


def with_revisions(outcome: Outcome, wide: "pd.DataFrame", versions: Sequence[Published]) -> Outcome:
    """The outcome with its revisions; ``wide`` are the returns that its tables are made from, a row a return.

    The ripple is exact: the tables are made once more with the months forwarded as they were.
    """
    published = latest(versions, outcome.year)
    if published is None:
        return outcome
    form, office = outcome.form, outcome.office
    changes = revise.changes(published, outcome.facts, outcome.returns, outcome.rulings, form)
    if not changes:
        return replace(outcome, revisions=revise.Revisions(published.name, published.words))
    then = revise.as_forwarded(published, wide, form, office)
    without = rollup.tables(form, then, outcome.months, office)
    moved = (
        *revise.printed(published, outcome.tables, without),
        *revise.later_months(changes, wide, form, office),
    )
    return replace(outcome, revisions=revise.Revisions(published.name, published.words, changes, moved))


def after_closing(taken: Taken, form: Form, office: Office, rulings: Rulings, closing: Published) -> Revisions:
    """What came after a year was closed: it moved nothing there, and its effect is told in the year that follows.

    ``taken`` is everything of the closed year that is in the inbox now.
    """
    months = list(Month(closing.through.year, 1).until(closing.through))
    own = rulings.within([str(month) for month in months])
    judged = judge_returns(taken, form, office, closing.through.year, Screen(quiet=True), rulings=own)
    returns, _ = ledger.settle(judged.returns, judged.findings, own)
    now = facts(returns, judged.taken, judged.there.wide, form, own, judged.adjusted.applied)
    changes = revise.changes(closing, now, ledger.book(returns, office, months), own, form)
    if not changes:
        return Revisions(closing.name, closing.words)
    wide = judged.adjusted.wide
    then = revise.as_forwarded(closing, wide, form, office)
    tables = [rollup.tables(form, each, months, office) for each in (wide, then)]
    return Revisions(closing.name, closing.words, changes, tuple(revise.printed(closing, *tables)))
