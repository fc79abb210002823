"""Judged returns settled: what is said of their arrival, what became of all findings, and what was received."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pipeline import ledger
from pipeline.story.judged import Judged
from pipeline.values.files import short
from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from pipeline.values.replies import Heard
from pipeline.values.rulings import Rulings
from schemas.form import Form
from schemas.office import Office

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.received import Changes, Receipts, Standing


class Settled(NamedTuple):
    """The returns with their states, every finding, what was received, what newer versions and what replies say."""

    returns: "DataFrame[Standing]"
    findings: list[Finding]
    receipts: "DataFrame[Receipts]"
    changes: "DataFrame[Changes]"
    replies: tuple[Heard, ...]


def settle_returns(
    judged: Judged,
    unobeyed: Iterable[Finding],
    forms: Sequence[Form],
    office: Office,
    months: list[Month],
    as_of: date,
    rulings: Rulings,
    contents: Iterable[str],
) -> Settled:
    """Settle what was judged; ``unobeyed`` are the rulings that are not, ``contents`` the hashes of all files."""
    papers = ledger.papers(judged.returns, rulings, list(map(str, months)))
    changed, replaced = ledger.changes(judged.returns, judged.taken, forms)
    told = [*unobeyed, *ledger.placed(judged.findings, months)]
    told += ledger.arrivals(judged.returns, office, months, as_of, rulings)
    told += [*replaced, *ledger.differing(papers, judged.returns)]
    told += ledger.idle(rulings, judged.returns, told, map(short, contents))
    replies = judged.taken.replies
    returns, findings = ledger.settle(judged.returns, replies.heard(list(ledger.with_what_lies_there(told))), rulings)
    heard = ledger.heard(replies, findings, map(str, months))
    findings += ledger.dropped(heard, replies, office)
    received = ledger.receipts(returns, papers, rulings, office, judged.taken.mails)
    return Settled(returns, findings, received, changed, tuple(heard))
