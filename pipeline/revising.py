"""What a run comes to against what was forwarded: the numbers that changed, and everything printed that moves."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import revise, rollup
from pipeline.outcome import Outcome
from pipeline.published import Published, latest

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
