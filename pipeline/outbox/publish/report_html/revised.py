"""What changed since it was forwarded, as the page shows it."""

from dataclasses import dataclass

from pipeline.outbox.publish.revisions import said
from pipeline.tables.outcome import Outcome
from pipeline.values.revisions import Change


@dataclass(frozen=True)
class Revised:
    """A changed number in words: whose, which, from what to what, why."""

    period: str
    unit: str
    label: str
    before: str
    after: str
    difference: str
    cause: str


@dataclass(frozen=True)
class Revisions:
    """The sentence, and a row a number."""

    said: str
    rows: tuple[Revised, ...]


def revised(outcome: Outcome) -> Revisions:
    """The changes of this year, then those of the closed one."""

    def row(change: Change) -> Revised:
        quantity = change.quantity
        before, after = ("—" if value is None else quantity.show(value) for value in (change.before, change.after))
        difference = quantity.signed(change.difference)
        unit = outcome.office.short(change.unit, change.period)
        return Revised(change.period, unit, change.label, before, after, difference, change.cause)

    return Revisions(said(outcome), tuple(map(row, (*outcome.revisions.changes, *outcome.closed.changes))))
