"""What a return that is sent back would break beside its unit's other months, if it counted as it stands.

It goes back as questions beside what must be mended, so that the unit does not mend one fault and hear of the next.
It is told to the unit alone: what does not count is no question of the year's.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import ledger
from pipeline.judge.reconcile import reconcile
from pipeline.judge.validate import possible
from pipeline.ledger.sent_back import SentBack, sent_back
from pipeline.story.below import from_offices
from pipeline.story.given import Given
from pipeline.story.judged import Judged, in_force_of, part_of
from pipeline.story.settled import Settled
from pipeline.values.findings import Finding
from pipeline.values.rulings import NONE
from pipeline.values.tally import Tally

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.received import Entered, Standing


def going_back(given: Given, judged: Judged, settled: Settled) -> tuple[SentBack, ...]:
    """The returns that wait to be mended, each with what it would break beside other months.

    What another office forwarded is not filled in here, and no file goes back for it.
    """
    waiting = ledger.waiting(settled.returns)
    waiting = waiting[~waiting["ret"].isin(from_offices(judged.taken))]
    beside = _beside_months(given, judged, waiting)
    return sent_back(waiting, judged.taken, {f.name: f.content for f in given.files}, beside)


def _beside_months(given: Given, judged: Judged, waiting: "DataFrame[Standing]") -> dict[int, tuple[Finding, ...]]:
    """By return that waits to be mended the open questions between months, about lines of which nothing else is told.

    What is wrong in a line already is the cause of what it breaks elsewhere.
    """
    rets = set(waiting.loc[waiting["edition"] != "", "ret"])
    if not rets:
        return {}
    returns, taken = _counting(judged, waiting), judged.taken
    parts = []
    for form in given.own_forms:
        own = taken.rows["ret"].isin(returns.loc[returns["edition"] == form.edition.id, "ret"])
        rows = possible(taken.rows[own], form)
        parts.append(part_of(form, returns, replace(taken, rows=rows), NONE))
    told = {_line(finding) for finding in judged.findings}
    found: dict[int, list[Finding]] = {}
    for there in in_force_of(parts, returns, taken, given.office, given.months[-1].year, given.last_year):
        for finding in reconcile(there, Tally()).findings if len(there.wide) else ():
            ret = finding.ret
            if ret is not None and ret in rets and finding.pending and _line(finding) not in told:
                found.setdefault(ret, []).append(finding)
    return {ret: tuple(own) for ret, own in found.items()}


def _line(finding: Finding) -> tuple[object, ...]:
    """The line of a return that a finding is about; the cell, or the finding itself, where it is about no number."""
    return (finding.ret, finding.number.table, finding.number.line) if finding.number else finding.spot


def _counting(judged: Judged, waiting: "DataFrame[Standing]") -> "DataFrame[Entered]":
    """The returns of the units that wait, as if what waits counted in the place of what counts now."""
    returns = judged.returns[judged.returns["unit"].isin(waiting["unit"])]
    known = waiting[waiting["edition"] != ""]
    keys = set(zip(known["unit"], known["period"], strict=True))
    instead = [whose in keys for whose in zip(returns["unit"], returns["period"], strict=True)]
    counts = (returns["in_force"] & ~returns["ret"].isin(returns.loc[instead, "ret"])) | returns["ret"].isin(
        known["ret"]
    )
    return returns.assign(in_force=counts)
