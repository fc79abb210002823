"""A number that stands elsewhere with two digits exchanged, beside the same words, and that nothing else bears out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import SWAPPED
from pipeline.proof.across import LEAST, differs
from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.grids import Tables
from pipeline.proof.labels import Labels
from pipeline.proof.scope import Scope
from pipeline.proof.sums import total_of

WINDOW = 24  # letters before a count that say what it is of
LARGE = 1000  # from here on one word in common is enough
BOTH = 2  # kinds of two numbers that are of different things
MOST = 12  # numbers of the same digits that are compared


class Echoes:
    """Compares the exact counts of a report that have the same digits."""

    def __init__(self, labels: Labels, sentences: Sequence[Sentence], groups: Sequence[Group], tables: Tables) -> None:
        self.labels, self.groups, self.scope = labels, groups, Scope(labels.prose, labels)
        self.words = {f: self._pairs(s, f) for s in sentences for f in s.counts if _is_plain(f)}
        self.often = Counter(int(f.value) for f in self.words) + Counter(
            int(f.value) for f in tables.figures if f.value % 1 == 0
        )

    def doubts(self) -> Iterator[Doubt]:
        """Every number that nothing bears out, and that is another one, borne out, with two digits exchanged."""
        alike: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in self.words:
            alike["".join(sorted(str(int(figure.value)))), figure.unit].append(figure)
        for several in alike.values():
            for figure in several[:MOST] if len(several) > 1 else ():
                if figure not in self._borne_out and self.often[int(figure.value)] == 1:
                    yield from self._against(figure, several[:MOST])

    def _against(self, figure: Figure, several: Sequence[Figure]) -> Iterator[Doubt]:
        for other in several:
            sound = other in self._borne_out or self.often[int(other.value)] > 1
            same = (figure.year, figure.span) == (other.year, other.span) and figure.paragraph is not other.paragraph
            kinds = {self.scope.kind(figure.before), self.scope.kind(other.before)} - {None}
            same = same and len(kinds) < BOTH
            common = self.words[figure] & self.words[other]
            near = sound and same and len(common) >= (1 if figure.value >= LARGE else 2)
            if near and slip(int(figure.value), int(other.value)) == SWAPPED:
                yield differs(figure, other)
                return

    def _pairs(self, sentence: Sentence, figure: Figure) -> frozenset[str]:
        """The pairs of letters before a count, but for those of words that say nothing."""
        at = figure.start - sentence.start
        words = re.split(r"[^\u4e00-\u9fff]+", sentence.text[max(0, at - WINDOW) : at])
        bare = [self.labels.named(word) for word in words if word]
        return frozenset(word[n : n + 2] for word in bare for n in range(len(word) - 1))

    @cached_property
    def _borne_out(self) -> frozenset[Figure]:
        """The figures of lists that make their total."""
        sound = (g for g in self.groups if len(g.parts) > 1 and g.total.meets(*total_of(g.parts)))
        return frozenset(f for group in sound for f in (group.total, *group.parts))


def _is_plain(figure: Figure) -> bool:
    return figure.exact and figure.value >= LEAST and figure.value % 1 == 0
