"""Sums that meet by the nature of what is counted: what came in and was open, what was done and is open still.

Read in one breath: the terms of a balance as they follow each other, one set for each body that a text tells of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import SWAPPED
from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.reading import plain
from pipeline.proof.sums import as_printed, total_of
from schemas.proof import Prose, Words
from schemas.proof_stocks import Balance

BEHIND = 60  # letters behind a balance that may say what left it
AFTER = 5  # letters behind a figure that may say which term it is
APART = 2  # paragraphs between the first term and the last
LATEST = 3  # figures of one term that are held against the others


@dataclass
class Breath:
    """The terms of a balance as far as they were read: the latest figures of each."""

    balance: Balance
    prose: Prose
    year: int
    terms: dict[int, list[Figure]] = field(default_factory=dict)

    @property
    def words(self) -> Words:
        """The words of each term, those of the left side first."""
        return (*self.balance.left, *self.balance.right)

    @property
    def whole(self) -> bool:
        """Whether every term was read."""
        return len(self.terms) == len(self.words)

    def term(self, figure: Figure) -> int | None:
        """Which term a figure is: a balance carried over is told from what was received by the words that say so."""
        around = f"{figure.before}#{figure.after[:AFTER]}"
        for year, name in ((self.year + 1, "下年"), (self.year - 1, "上年")):
            around = re.sub(rf"{year}年", name, around)
        said = [n for n, words in enumerate(self.words) if re.search(words, around)]
        return said[-1] if said else None

    def take(self, n: int, figure: Figure) -> None:
        """Take a figure as the n-th term."""
        self.terms[n] = [*self.terms.get(n, []), figure][-LATEST:]

    def far(self, figure: Figure) -> bool:
        """Whether a figure stands too far behind the first term to be told in one breath with it."""
        first = min((f.paragraph.number for several in self.terms.values() for f in several), default=None)
        return first is not None and figure.paragraph.number - first > APART

    @property
    def is_of_one(self) -> bool:
        """Whether its terms stand in one paragraph, or the first says what all are of."""
        every = [figure for several in self.terms.values() for figure in several]
        return len({f.paragraph for f in every}) == 1 or any(
            w in f.before for f in self.terms[0] for w in self.balance.of
        )

    def doubt(self) -> Doubt | None:
        """The doubt of a whole balance of which no figures of its terms meet."""
        every = [figure for several in self.terms.values() for figure in several]
        if not self.whole or not all(self.prose.alike(f.unit, every[0].unit) for f in every):
            return None
        cut = len(self.balance.left)
        able = [[*((f,) for f in own), own] for n in range(len(self.words)) if (own := tuple(self.terms[n]))]
        sides = [(_flat(way[:cut]), _flat(way[cut:])) for way in product(*able)]
        if any(_meet(left, right) for left, right in sides):
            return None
        ways = [(way[:cut], way[cut:]) for way in product(*(self.terms[n] for n in range(len(self.words))))]
        made = told_balance(*ways[0])
        if self._is_apart(made):
            return None
        swapped = any(slip(int(f.value), n) == SWAPPED for f, n in made.suspects)
        return made if self.is_of_one or swapped else None

    def _is_apart(self, made: Doubt) -> bool:
        """Whether the paragraph tells of as many as are lacking that they were withdrawn or the like."""
        here = [f for f in made.figures if f.paragraph is made.place]
        around = made.place.text[min(f.start for f in here) : max(f.end for f in here) + BEHIND]
        told = re.finditer(self.prose.apart, plain(around))
        gone = [Decimal(m[1].replace(",", "")) for m in told if not re.search(self.prose.over_years, m[0])]
        gap = Decimal(made.facts["gap"].replace(",", "")) if made.facts["gap"].replace(",", "").isdigit() else None
        return gap in {*gone, sum(gone, Decimal(0))} and bool(gone)


def balances(sentences: Sequence[Sentence], prose: Prose, year: int) -> Iterator[Doubt]:
    """Every balance whose sides do not meet."""
    for balance in prose.balances:
        breath, section = Breath(balance, prose, year), (0, 0)
        for sentence in (s for s in sentences if not s.inside):
            for figure in (f for f in sentence.counts if not f.rough):
                term = breath.term(figure)
                if term is None:
                    continue
                place = (sentence.paragraph.number, sentence.start) if balance.near else (figure.section[0], 0)
                if (breath.whole and term == min(breath.terms)) or place != section or breath.far(figure):
                    yield from [doubt] if (doubt := breath.doubt()) else []
                    breath, section = Breath(balance, prose, year), place
                breath.take(term, figure)
        yield from [doubt] if (doubt := breath.doubt()) else []


def told_balance(left: Sequence[Figure], right: Sequence[Figure]) -> Doubt:
    """The doubt of two sides that do not meet."""
    one, two = _sum(left), _sum(right)
    like = left[0] if len({f.scale for f in (*left, *right)}) == 1 else None
    gap = one - two
    facts = {
        "left": "＋".join(f"“{f.words}”" for f in left), "right": "＋".join(f"“{f.words}”" for f in right),
        "left_sum": as_printed(one, like), "right_sum": as_printed(two, like), "gap": as_printed(abs(gap), like),
    }  # fmt: skip
    changed = [*((f, int(f.value - gap)) for f in left), *((f, int(f.value + gap)) for f in right)]
    return Doubt(
        "balance", left[0].paragraph, (*left, *right), facts, tuple((f, n) for f, n in changed if n >= 0 and f.exact)
    )


def _meet(left: Sequence[Figure], right: Sequence[Figure]) -> bool:
    (low, high), (least, most) = total_of(left), total_of(right)
    return low <= most and least <= high


def _flat(way: Sequence[Sequence[Figure]]) -> list[Figure]:
    return [figure for several in way for figure in several]


def _sum(figures: Sequence[Figure]) -> Decimal:
    return sum((figure.value for figure in figures), Decimal(0))
