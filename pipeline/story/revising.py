"""What a run comes to against what was forwarded: the numbers that changed, and everything printed that moves."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import ledger
from pipeline.ledger.published import Published, latest
from pipeline.story.judged import judge_returns
from pipeline.tables import revise, rollup
from pipeline.tables.answers import Answers
from pipeline.tables.facts import facts
from pipeline.tables.outcome import Outcome
from pipeline.tables.printed import moved
from pipeline.values.periods import Month
from pipeline.values.revisions import Change, Moved, Revisions
from pipeline.values.rulings import Rulings
from pipeline.values.screen import Screen
from pipeline.values.taken import Taken
from schemas.form import Form
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd


def with_revisions(outcome: Outcome, own: "pd.DataFrame", versions: Sequence[Published]) -> Outcome:
    """The outcome with its revisions; ``own`` are the returns in force as the units sent them, a row a return.

    What was printed then is read from the version itself; now is what the same tables of the same months come to.
    """
    published = latest(versions, outcome.year)
    if published is None:
        return outcome
    form, office = outcome.form, outcome.office
    changes = revise.changes(published, outcome.facts, outcome.returns, outcome.rulings, form)
    cells = _moved(published, outcome.answers)
    moved = (*cells, *revise.later_months(changes, own, form, office))
    return replace(outcome, revisions=_revisions(published, changes, moved))


def _moved(published: Published, answers: Answers) -> tuple[Moved, ...]:
    """The printed cells of a version that come to something else today."""
    if published.printed is None:
        return ()
    months = [month for month in answers.months if month <= published.through]
    return tuple(moved(published.name, published.printed, rollup.tables(answers.over(months))))


def _revisions(published: Published, changes: tuple[Change, ...], moved: tuple[Moved, ...]) -> Revisions:
    return Revisions(published.name, published.words, changes, moved, cells_known=published.printed is not None)


def after_closing(taken: Taken, form: Form, office: Office, rulings: Rulings, closing: Published) -> Revisions:
    """What came after a year was closed: it moved nothing there, and its effect is told in the year that follows.

    ``taken`` is everything of the closed year that is in the inbox now.
    """
    months = list(Month(closing.through.year, 1).until(closing.through))
    own = rulings.within([str(month) for month in months])
    judged = judge_returns(taken, form, office, closing.through.year, Screen(quiet=True), rulings=own)
    returns, _ = ledger.settle(judged.returns, judged.findings, own)
    now = facts(returns, judged.taken, judged.there.wide, form, own, judged.adjusted.applied)
    book = ledger.book(returns, office, months)
    changes = revise.changes(closing, now, book, own, form)
    answers = Answers(form, judged.adjusted.wide, book, months, office)
    return _revisions(closing, changes, _moved(closing, answers))
