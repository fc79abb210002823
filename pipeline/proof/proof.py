"""Proofreading: the order in which a text is read and its figures are compared."""

import re
from collections.abc import Iterator, Sequence

from pipeline.proof.again import Again
from pipeline.proof.balances import balances
from pipeline.proof.changes import Changes
from pipeline.proof.closed import Closed
from pipeline.proof.codes import Codes
from pipeline.proof.figure import Doubt, Paragraph
from pipeline.proof.groups import Grouping
from pipeline.proof.labels import Labels
from pipeline.proof.numbered import numbered
from pipeline.proof.reading import Reader, plain
from pipeline.proof.sums import sums
from pipeline.proof.years import title_year, years
from schemas.proof import Prose, prose


def proofread(paragraphs: Sequence[Paragraph], year: int | None = None, codes: Codes | None = None) -> list[Doubt]:
    """Everything in the text that does not fit the rest of it, in the order of the text.

    Without ``year`` the report is on the year of its title.
    """
    known, words = codes or Codes(), prose()
    year = year or title_year(paragraphs, words) or 0
    found = list(_doubts(paragraphs, year, known, words))
    return sorted(found, key=lambda d: (d.place.number, d.figures[0].start if d.figures else 0))


def _doubts(paragraphs: Sequence[Paragraph], year: int, known: Codes, words: Prose) -> Iterator[Doubt]:
    sentences = Reader(words, year).sentences(paragraphs)
    labels = Labels(words, known.names)
    whole = "\n".join(plain(p.text) for p in paragraphs)
    overlap = any(re.search(pattern, whole) for pattern in words.overlap.says)
    closed = Closed(words, labels, known.lists, overlap)
    groups = [*Grouping(words, closed).groups(sentences), *numbered(sentences, closed, words)]
    changes = Changes(words, labels, sentences, groups)
    yield from sums(groups, changes.share_of, words)
    yield from changes.shares()
    yield from changes.growth()
    yield from balances(sentences, words)
    yield from Again(words, labels, sentences, groups).doubts()
    yield from years(paragraphs, sentences, year, words, labels)
