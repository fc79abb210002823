"""A year that is closed: what comes after its last version was forwarded does not move it any more."""

from dataclasses import replace

from pipeline.ledger.published import Published
from pipeline.values.findings import Place, tell
from pipeline.values.rulings import Rulings
from pipeline.values.taken import Taken


def keep_closed(taken: Taken, closing: Published) -> Taken:
    """What was there when the year was closed; every return that came later is told and left out."""
    known = set(closing.manifest.inputs.values())
    late = taken.returns[~taken.returns["sha256"].isin(known)]
    rets, files = set(late["ret"]), set(late["file"])
    returns, rows, items, covers = (
        frame[~frame["ret"].isin(rets)] for frame in (taken.returns, taken.rows, taken.items, taken.covers)
    )
    told = tuple(
        tell("N-CLO-01", Place(unit, period, file), value=file, closed=closing.words, year=closing.through.year)
        for unit, period, file in late[["unit", "period", "file"]].itertuples(index=False, name=None)
    )
    findings = (*(f for f in taken.findings if f.file not in files), *told)
    return Taken(returns, rows, items, covers, findings)


def rulings_when_closed(rulings: Rulings, closing: Published) -> Rulings:
    """The rulings that were given when the year was closed."""
    known = set(closing.manifest.rulings)
    return replace(rulings, every=tuple(ruling for ruling in rulings.every if ruling.id in known))
