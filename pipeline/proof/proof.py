"""Proofreading: the order in which a text is read and its figures are compared."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.proof.again import Again
from pipeline.proof.balances import balances
from pipeline.proof.closed import Closed
from pipeline.proof.codes import Codes, codes_of
from pipeline.proof.document import paragraphs_of
from pipeline.proof.figure import Doubt, Figure, Group, Paragraph, Sentence
from pipeline.proof.groups import Grouping
from pipeline.proof.growth import Growth
from pipeline.proof.labels import Labels
from pipeline.proof.numbered import numbered
from pipeline.proof.reading import Reader, plain
from pipeline.proof.shares import Shares
from pipeline.proof.sums import sums
from pipeline.proof.tables import Known, Matching, against_tables, known
from pipeline.proof.telling import findings
from pipeline.proof.years import title_year, years
from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from pipeline.values.table import Table
from schemas.form import Form
from schemas.proof import Prose, prose


@dataclass(frozen=True)
class Compared:
    """What comparing came to: how many figures were read, which of them the tables know, and what does not fit."""

    figures: int
    matches: Mapping[Figure, Known]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Proofread:
    """A report that was proofread: how much was read, how many figures the tables know, and what to look at."""

    paragraphs: int
    figures: int
    matched: int
    findings: tuple[Finding, ...]


def read_report(path: Path) -> tuple[Paragraph, ...]:
    """The paragraphs of a report's file. Raises CannotRun where it cannot be read."""
    return paragraphs_of(path, prose().units)


def proofread(
    paragraphs: Sequence[Paragraph], name: str, year: int, form: Form | None, tables: Sequence[Table]
) -> Proofread:
    """Proofread a report on ``year`` against itself and the annual tables of the whole year.

    ``name`` is its file's, ``form`` the year's; without one no code list is known.
    """
    months = [str(month) for month in Month(year, 1).until(Month(year, 12))]
    there = known(form, tables, months) if form and tables else ()
    read = compare(paragraphs, year, codes_of(form) if form else None, there)
    found = tuple(findings(read.doubts, read.matches, name, year, prose()))
    return Proofread(len(paragraphs), read.figures, len(read.matches), found)


def compare(
    paragraphs: Sequence[Paragraph], year: int | None = None, codes: Codes | None = None, there: Sequence[Known] = ()
) -> Compared:
    """Everything in the text that does not fit the rest of it or what the tables have, in the order of the text.

    Without ``year`` the report is on the year of its title.
    """
    own, words = codes or Codes(), prose()
    year = year or title_year(paragraphs, words) or 0
    sentences = Reader(words, year).sentences(paragraphs)
    labels = Labels(words, own.names)
    groups = _groups(paragraphs, sentences, labels, own, words)
    matches = Matching(labels, there, year, words.time.until).matches(sentences, groups)
    found = [*_of_text(sentences, groups, labels, words), *years(paragraphs, sentences, year, words, labels)]
    found += against_tables(matches)
    found.sort(key=lambda d: (d.place.number, d.figures[0].start if d.figures else 0))
    return Compared(sum(len(s.figures) for s in sentences), matches, tuple(found))


def _groups(
    paragraphs: Sequence[Paragraph], sentences: Sequence[Sentence], labels: Labels, own: Codes, words: Prose
) -> list[Group]:
    whole = "\n".join(plain(p.text) for p in paragraphs)
    overlap = any(re.search(pattern, whole) for pattern in words.overlap.says)
    closed = Closed(words, labels, own.lists, overlap)
    return [*Grouping(words, closed).groups(sentences), *numbered(sentences, closed, words)]


def _of_text(sentences: Sequence[Sentence], groups: Sequence[Group], labels: Labels, words: Prose) -> Iterator[Doubt]:
    """What the text says against itself."""
    shares = Shares(words, labels, sentences, groups)
    yield from sums(groups, shares.share_of, words)
    yield from shares.doubts()
    yield from Growth(words, sentences, groups).doubts()
    yield from balances(sentences, words)
    yield from Again(words, labels, sentences, groups).doubts()
