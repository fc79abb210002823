"""What a run comes to against what was forwarded: the numbers that changed, and everything printed that moves."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline import ledger
from pipeline.ledger.published import Published, latest
from pipeline.story.accepted import accepted_of
from pipeline.story.judged import Judged, judge_returns
from pipeline.tables import revise, rollup
from pipeline.tables.outcome import Outcome
from pipeline.values.periods import Month
from pipeline.values.revisions import Change, Moved, Revisions
from pipeline.values.rulings import Rulings
from pipeline.values.screen import Screen
from pipeline.values.taken import Taken
from schemas.crosswalk import Crosswalk
from schemas.form import Form
from schemas.office import Office


def with_revisions(outcome: Outcome, judged: Judged, versions: Sequence[Published]) -> Outcome:
    """The outcome with its revisions; its tables are made from what was ``judged``.

    The ripple is exact: the tables are made once more with the months forwarded as they were.
    """
    published = latest(versions, outcome.year)
    if published is None:
        return outcome
    walk, office = outcome.walk, outcome.office
    changes = revise.changes(published, outcome.facts, outcome.returns, outcome.rulings, walk)
    if not changes:
        return replace(outcome, revisions=revise.Revisions(published.name, published.words))
    then = revise.as_forwarded(published, judged.adjusted.wide, walk, office)
    without = rollup.tables(outcome.form, then, outcome.months, office)
    moved = (*revise.printed(published, outcome.tables, without), *_later_months(changes, judged, office))
    return replace(outcome, revisions=revise.Revisions(published.name, published.words, changes, moved))


def _later_months(changes: Sequence[Change], judged: Judged, office: Office) -> Iterator[Moved]:
    """The 本年累计 that a change should move, each in the lines of the form of its return."""
    forms = judged.walk.forms
    for part in judged.parts:
        walk = Crosswalk(part.form, forms)
        yield from revise.later_months(changes, judged.adjusted_onto(walk).wide, walk, part.in_force.wide.index, office)


def after_closing(
    taken: Taken, forms: Sequence[Form], office: Office, rulings: Rulings, closing: Published
) -> Revisions:
    """What came after a year was closed: it moved nothing there, and its effect is told in the year that follows.

    ``taken`` is everything of the closed year that is in the inbox now, ``forms`` are those of that year.
    """
    months = list(Month(closing.through.year, 1).until(closing.through))
    own = rulings.within([str(month) for month in months])
    judged = judge_returns(taken, forms, office, closing.through.year, Screen(quiet=True), rulings=own)
    returns, _ = ledger.settle(judged.returns, judged.findings, own)
    now, walk = accepted_of(judged, returns, own), judged.walk
    changes = revise.changes(closing, now, ledger.book(returns, office, months), own, walk)
    if not changes:
        return Revisions(closing.name, closing.words)
    wide = judged.adjusted.wide
    then = revise.as_forwarded(closing, wide, walk, office)
    tables = [rollup.tables(walk.form, each, months, office) for each in (wide, then)]
    return Revisions(closing.name, closing.words, changes, tuple(revise.printed(closing, *tables)))
