"""The ledger: which version of each return is in force, how late it was, in which state it stands."""

from pipeline.ledger.arrivals import arrivals
from pipeline.ledger.book import book, coverage, waiting
from pipeline.ledger.changes import changes
from pipeline.ledger.enter import enter
from pipeline.ledger.idle import idle
from pipeline.ledger.papers import differing, papers
from pipeline.ledger.placed import placed, with_what_lies_there
from pipeline.ledger.receipts import receipts
from pipeline.ledger.replies import dropped, heard
from pipeline.ledger.settle import REJECTED, settle

__all__ = [
    "REJECTED",
    "arrivals",
    "book",
    "changes",
    "coverage",
    "differing",
    "dropped",
    "enter",
    "heard",
    "idle",
    "papers",
    "placed",
    "receipts",
    "settle",
    "waiting",
    "with_what_lies_there",
]
