"""Proofreading: the order in which a text is read and its figures are compared."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.proof.across import across, placed, restated, slipped
from pipeline.proof.again import Again
from pipeline.proof.averages import averages
from pipeline.proof.balances import balances
from pipeline.proof.beside import beside
from pipeline.proof.causes import is_explained, one_cause
from pipeline.proof.closed import Closed
from pipeline.proof.codes import Codes, codes_of
from pipeline.proof.companions import companions
from pipeline.proof.containers import pieces_of
from pipeline.proof.coordinates import Coordinates
from pipeline.proof.each import of_each
from pipeline.proof.echoes import Echoes
from pipeline.proof.figure import Block, Doubt, Figure, Grid, Group, Paragraph, Sentence
from pipeline.proof.flows import flows
from pipeline.proof.fractions import fractions
from pipeline.proof.grids import Tables, read_grids
from pipeline.proof.growth import Growth
from pipeline.proof.hundreds import hundreds
from pipeline.proof.identities import of_tables
from pipeline.proof.labels import Labels
from pipeline.proof.listed import listed
from pipeline.proof.moved import moved
from pipeline.proof.multiples import multiples
from pipeline.proof.otherwise import Around, fits_otherwise
from pipeline.proof.pasted import blocks_of
from pipeline.proof.rates import changes
from pipeline.proof.reading import Reader, plain
from pipeline.proof.referring import referring
from pipeline.proof.respective import respective
from pipeline.proof.runs import Runs
from pipeline.proof.scheme import Scheme
from pipeline.proof.shares import Shares
from pipeline.proof.since import based, carried, counted, values
from pipeline.proof.stocks import stocks
from pipeline.proof.sums import sums
from pipeline.proof.tables import Known, Matching, against_tables, known
from pipeline.proof.telling import findings
from pipeline.proof.years import title_year, years
from pipeline.values.answer import Answer
from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from pipeline.values.table import Table
from schemas.form import Form
from schemas.proof import Prose, prose
from schemas.rules.terms import Linear


@dataclass(frozen=True)
class Compared:
    """What comparing came to: the figures read, which the annual tables know, what was not read, what does not fit.

    ``unread`` are numbers with their place, of which it is not plain what they count.
    """

    figures: int
    in_tables: int
    unread: tuple[tuple[str, str], ...]
    matches: Mapping[Figure, Known]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Proofread:
    """A report that was proofread: how much was read, how many figures the tables know, and what to look at."""

    paragraphs: int
    tables: int
    figures: int
    in_tables: int
    unread: tuple[tuple[str, str], ...]
    matched: int
    findings: tuple[Finding, ...]


def read_report(path: Path) -> tuple[Block, ...]:
    """The paragraphs and tables of a report's file. Raises CannotRun where it cannot be read."""
    return blocks_of(pieces_of(path))


def proofread(
    blocks: Sequence[Block], name: str, year: int, form: Form | None, tables: Sequence[Table],
    answers: Callable[[Linear], Answer] | None = None, last: Sequence[Block] = (),
) -> Proofread:  # fmt: skip
    """Proofread a report on ``year`` against itself, the annual tables of the whole year and ``last`` year's report.

    ``name`` is its file's, ``form`` the year's; without one no code list is known. ``answers`` are the year's.
    """
    months = [str(month) for month in Month(year, 1).until(Month(year, 12))]
    there = known(form, tables, months, answers) if form and tables else ()
    read = compare(blocks, year, codes_of(form) if form else None, there, last)
    found = tuple(findings(read.doubts, read.matches, name, year, prose()))
    grids = sum(isinstance(block, Grid) for block in blocks)
    return Proofread(
        len(blocks) - grids, grids, read.figures, read.in_tables, read.unread, len(read.matches), found
    )  # fmt: skip


@dataclass(frozen=True)
class Read:
    """A report as far as it was read: its paragraphs, sentences, groups and tables."""

    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    groups: tuple[Group, ...]
    tables: Tables
    labels: Labels


def read_figures(blocks: Sequence[Block], year: int, own: Codes, words: Prose) -> Read:
    """Read a report's figures, and how they belong together."""
    paragraphs = tuple(block for block in blocks if isinstance(block, Paragraph))
    sentences = tuple(Reader(words, year).sentences(paragraphs))
    labels = Labels(words, own.names)
    overlap = any(re.search(pattern, plain(p.text)) for p in paragraphs for pattern in words.overlap.says)
    groups = Scheme(words, Closed(words, labels, own.lists, overlap)).groups(sentences)
    groups += beside(groups, sentences, words)
    groups += Runs(words, labels, sentences, groups).broken()
    tables = read_grids([block for block in blocks if isinstance(block, Grid)], words, year)
    return Read(paragraphs, sentences, tuple(groups), tables, labels)


def compare(
    blocks: Sequence[Block], year: int | None = None, codes: Codes | None = None, there: Sequence[Known] = (),
    last: Sequence[Block] = (),
) -> Compared:  # fmt: skip
    """Everything in the text that does not fit the rest of it or what the tables have, in the order of the text.

    Without ``year`` the report is on the year of its title.
    """
    own, words = codes or Codes(), prose()
    year = year or title_year([block for block in blocks if isinstance(block, Paragraph)], words) or 0
    read = read_figures(blocks, year, own, words)
    matching = Matching(read.labels, there, year, words.time.until)
    matches = {**matching.matches(read.sentences, read.groups), **matching.of_tables(read.tables)}
    then = read_figures(last, year - 1, own, words) if last else None
    found = [*_of_text(read, words, year, then), *years(read.paragraphs, read.sentences, year, words, read.labels)]
    found += [
        *of_tables(read.tables, words),
        *changes(read.tables, words),
        *across(read.sentences, read.groups, read.tables, words),
    ]
    found += {doubt.figures[0]: doubt for doubt in reversed(_told_again(read, words))}.values()
    if then:
        found += carried((then.sentences, then.tables), (read.sentences, read.tables), words)
    found += against_tables(matches)
    around = Around([f for s in read.sentences for f in s.figures])
    found = [doubt for doubt in found if not is_explained(doubt, read.paragraphs, words)]
    found = [doubt for doubt in found if not fits_otherwise(doubt, around, read.tables.figures, words)]
    found.sort(key=lambda d: (d.place.number, d.figures[0].start if d.figures else 0))
    unread = [(s.paragraph.place, number) for s in read.sentences for number in s.unread] + list(read.tables.unread)
    in_tables = len(read.tables.figures)
    figures = sum(len(s.figures) for s in read.sentences) + in_tables
    return Compared(figures, in_tables, tuple(unread), matches, tuple(one_cause(found)))


def _told_again(read: Read, words: Prose) -> list[Doubt]:
    """What the text gives twice, or beside its tables, with two numbers; the surest way of telling it first."""
    return [
        *referring(read.sentences, read.tables, read.labels, words),
        *restated(read.sentences, read.groups, words),
        *listed(read.sentences, read.tables, read.labels),
        *slipped(read.sentences, read.tables, read.labels),
        *placed(read.sentences, read.groups, read.tables, read.labels),
        *Coordinates(read.tables, read.labels).doubts(read.sentences),
        *companions(read.sentences, read.labels),
        *Echoes(read.labels, read.sentences, read.groups, read.tables).doubts(),
    ]


def _of_text(read: Read, words: Prose, year: int, then: Read | None) -> Iterator[Doubt]:
    """What the text says against itself, and of last year against ``then``."""
    shares = Shares(words, read.labels, read.sentences, read.groups)
    yield from sums(read.groups, shares.share_of, words)
    yield from hundreds(read.sentences, words)
    yield from shares.doubts()
    last = counted(then.sentences, then.groups, then.labels) if then else {}
    growth = Growth(words, read.labels, read.sentences, read.groups, values(last))
    yield from growth.doubts()
    yield from based(growth, last, read.labels)
    told = list(balances(read.sentences, words, year))
    yield from told
    for several in (flows, stocks):
        known = {figure for doubt in told for figure in doubt.figures}
        more = [one for one in several(read.sentences, read.groups, words, year) if not known & {*one.figures}]
        told += more
        yield from more
    yield from moved(read.sentences, words, year)
    yield from multiples(read.sentences, words)
    yield from respective(read.sentences, words)
    yield from averages(read.sentences, words)
    yield from fractions(read.sentences, words)
    yield from of_each(read.sentences, words)
    yield from Again(words, read.labels, read.sentences, read.groups).doubts()
