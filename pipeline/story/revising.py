"""What a run comes to against what was forwarded: the numbers that changed, and everything printed that moves."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import ledger
from pipeline.judge.block import Block, onto
from pipeline.ledger.published import Published, closing, latest
from pipeline.story.accepted import accepted_of
from pipeline.story.closed_year import blocks_of, gone
from pipeline.story.from_below import partial_of
from pipeline.story.judged import Judged, judge_returns
from pipeline.tables import revise, rollup
from pipeline.tables.answers import Answers
from pipeline.tables.facts import in_order
from pipeline.tables.outcome import Outcome
from pipeline.tables.printed import moved
from pipeline.values.periods import Month
from pipeline.values.revisions import Change, Moved, Revisions
from pipeline.values.rulings import Rulings
from pipeline.values.screen import Screen
from pipeline.values.taken import Taken
from schemas.crosswalk import Crosswalk
from schemas.form import Form
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Facts


def with_revisions(outcome: Outcome, judged: Judged, versions: Sequence[Published]) -> Outcome:
    """The outcome with its revisions; its tables are made from what was ``judged``.

    What was printed then is read from the version itself; now is what the same tables of the same months come to.
    """
    published = latest(versions, outcome.year)
    if published is None:
        return outcome
    if closing(versions, outcome.year):  # its figures are read from that version
        return replace(outcome, revisions=_revisions(published, (), ()))
    changes = revise.changes(published, outcome.facts, outcome.returns, outcome.rulings, outcome.walk)
    cells = _moved(published, judged, outcome.returns, outcome.months, outcome.office)
    moved = (*cells, *_later_months(changes, judged, outcome.office))
    return replace(outcome, revisions=_revisions(published, changes, moved))


def _moved(
    published: Published, judged: Judged, book: "pd.DataFrame", reported: Sequence[Month], office: Office
) -> tuple[Moved, ...]:
    """The printed cells of a version that come to something else today, on the form that they were printed by."""
    if published.printed is None:
        return ()
    months = [month for month in reported if month <= published.through]
    walk = judged.walk_of(months)
    wide, partial = judged.adjusted_onto(walk).wide, partial_of(judged)
    answers = Answers(walk.form, wide, book, reported, office, partial).over(months)
    return tuple(moved(published.name, published.printed, rollup.tables(answers)))


def _revisions(published: Published, changes: tuple[Change, ...], moved: tuple[Moved, ...]) -> Revisions:
    return Revisions(published.name, published.words, changes, moved, cells_known=published.printed is not None)


def _later_months(changes: Sequence[Change], judged: Judged, office: Office) -> Iterator[Moved]:
    """The 本年累计 that a change should move, each in the lines of the form of its return."""
    forms = judged.walk.forms
    for part in judged.parts:
        walk = Crosswalk(part.form, forms)
        yield from revise.later_months(changes, judged.sent_onto(walk), walk, part.in_force.wide.index, office)


def after_closing(
    taken: Taken, forms: Sequence[Form], office: Office, rulings: Rulings, closed: Published
) -> Revisions:
    """What came after a year was closed: it moved nothing there, and its effect is told in the year that follows.

    ``taken`` is everything of the closed year that is in the inbox now, ``forms`` are those of that year.
    """
    months = list(closed.through.so_far)
    own = rulings.within([str(month) for month in months])
    judged = judge_returns(taken, forms, office, closed.through.year, Screen(quiet=True), rulings=own)
    returns, _ = ledger.settle(judged.returns, judged.findings, own)
    there = set(zip(returns["unit"], returns["period"], strict=True))
    lost = gone(closed, list(taken.returns["sha256"])).keys() - there
    now = in_order([accepted_of(judged, returns, own), _of(closed.facts, lost)])
    book = ledger.book(returns, office, months)
    changes = revise.changes(closed, now, book, own, judged.walk)
    if closed.printed is None:
        return _revisions(closed, changes, ())
    blocks = [*(Block(p.form, p.adjusted.wide) for p in judged.parts), *blocks_of(_of(closed.facts, lost), forms)]
    wide, partial = onto(blocks, judged.walk), partial_of(judged)
    answers = Answers(judged.walk.form, wide, book, months, office, partial)
    return _revisions(closed, changes, tuple(moved(closed.name, closed.printed, rollup.tables(answers))))


def _of(facts: "DataFrame[Facts]", keys: AbstractSet[tuple[str, str]]) -> "DataFrame[Facts]":
    """The facts of some units and months."""
    rows = [key in keys for key in zip(facts["unit"], facts["period"], strict=True)]
    return facts.loc[rows]
