"""What is forwarded: the year as it stands, frozen as the next version."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipeline.ledger.published import read_published
from pipeline.outbox.lock import one_at_a_time
from pipeline.outbox.written import Kept, settle
from pipeline.story.delivering import desk_held
from pipeline.story.run import Request, examine
from pipeline.story.series import beside_shorter
from pipeline.tables.outcome import Issue, Outcome
from pipeline.values.screen import Stages


class Forwarded(NamedTuple):
    """What was to be forwarded: its folder (None where it was refused), and whether it is a new version.

    ``kept`` is what a killed run found changed by a person, and did not come to say.
    """

    outcome: Outcome
    folder: Path | None
    new: bool
    kept: list[Kept]


def forward(request: Request, reservations: str, screen: Stages) -> Forwarded:
    """Freeze what is forwarded as the next version, unless something is open and no reservation is given.

    What must not leave and is not ruled upon stops it whatever is given.

    What was forwarded already from the same inputs is no new version.
    """
    from pipeline.outbox.guard import told_by_hand
    from pipeline.outbox.publish import freeze

    told_by_hand(reservations)
    with desk_held(request.inbox, request.outbox):
        outcome = examine(beside_shorter(request), screen, receive=True)
        kept = settle(request.outbox)
        if outcome.withheld or (not outcome.ready and not reservations):
            return Forwarded(outcome, None, new=False, kept=kept)
        versions = read_published(request.outbox)
        for version in versions:
            if version.through == outcome.months[-1] and version.holds(outcome.inputs, reservations):
                return Forwarded(outcome, version.folder, new=False, kept=kept)
        with screen.stage("存上报版本"):
            return Forwarded(outcome, freeze(outcome, request.outbox, versions, reservations), new=True, kept=kept)


def release_of(forwarded: Forwarded, outbox: Path, reservations: str) -> Path:
    """What the public may have of what was forwarded, covered as that was; its folder."""
    from pipeline.outbox.guard import covered
    from pipeline.outbox.publish.open_release import release

    name = forwarded.folder.name if forwarded.folder else ""
    issue = Issue(int(name.rpartition("_v")[2]), reservations)
    with one_at_a_time(outbox):
        return release(covered(replace(forwarded.outcome, issue=issue)), outbox, name)
