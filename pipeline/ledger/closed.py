"""A year that is closed: what comes after its last version was forwarded does not move it any more."""

from dataclasses import replace

from pipeline.ledger.published import Published
from pipeline.values.files import short
from pipeline.values.findings import Place, tell
from pipeline.values.replies import Replies
from pipeline.values.rulings import Rulings
from pipeline.values.taken import Taken


def keep_closed(taken: Taken, closing: Published) -> Taken:
    """What was there when the year was closed; every return that came later is told and left out."""
    known = set(closing.manifest.inputs.values())
    there = taken.returns["sha256"].isin(known)
    late = taken.returns.loc[~there, ["unit", "period", "file", "sha256"]].itertuples(index=False, name=None)
    facts = {"closed": closing.words, "year": closing.through.year}
    told = tuple(
        tell("N-CLO-01", Place(unit, period, file, content=sha), value=short(sha), **facts)
        for unit, period, file, sha in late
    )
    own = taken.only(taken.returns[there])
    replies = Replies(tuple(one for one in taken.replies.every if one.sha256 in known))
    return replace(own, findings=(*own.findings, *told), replies=replies)


def rulings_when_closed(rulings: Rulings, closing: Published) -> Rulings:
    """The rulings that were given when the year was closed."""
    known = set(closing.manifest.rulings)
    return replace(rulings, every=tuple(ruling for ruling in rulings.every if ruling.id in known))
