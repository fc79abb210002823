"""A number that stands elsewhere with two digits exchanged, beside the same words, and that nothing else bears out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
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
CLOSE = 6  # letters right before and behind a count that name what is counted
LARGE = 1000  # from here on one word in common is enough
LONG = 4  # letters of a label that few counts bear
TWO = 10  # from here on a number has digits to exchange
BOTH = 2  # kinds of two numbers that are of different things
MOST = 12  # numbers of the same digits that are compared


class Echoes:
    """Compares the counts of a report that have the same digits."""

    def __init__(self, labels: Labels, sentences: Sequence[Sentence], groups: Sequence[Group], tables: Tables) -> None:
        self.labels, self.groups, self.scope = labels, groups, Scope(labels.prose, labels)
        self.words = {f: self._pairs(s, f) for s in sentences for f in s.counts if _is_plain(f)}
        self.names = {f: self._names(s, f) for s in sentences for f in s.counts if _is_plain(f)}
        more = labels.prose.more  # told further, and not again: 另举办保密培训班4期，培训302人次
        self.further = {f for s in sentences if s.text.lstrip().startswith(more) for f in s.counts}
        self.beside: dict[int, set[Decimal]] = defaultdict(set)
        for figure in self.words:
            self.beside[figure.paragraph.number].add(figure.value)
        self.often = Counter(f.digits for f in self.words) + Counter(
            int(f.value) for f in tables.figures if f.value % 1 == 0
        )

    def doubts(self) -> Iterator[Doubt]:
        """Every number that nothing bears out, and that is another one with two digits exchanged."""
        alike: dict[tuple[str, object, object], list[Figure]] = defaultdict(list)
        for figure in self.words:
            places = figure.scaled.as_tuple().exponent if figure.scaled is not None else None
            family = self.labels.prose.family_of.get(figure.unit, figure.unit)
            alike["".join(sorted(str(figure.digits))), family, places].append(figure)
        for several in alike.values():
            for figure in reversed(several[:MOST]) if len(several) > 1 else ():
                if figure not in self._borne_out and self.often[figure.digits] == 1:
                    yield from self._against(figure, several[:MOST])

    def _against(self, figure: Figure, several: Sequence[Figure]) -> Iterator[Doubt]:
        for other in several:
            same = (figure.year, figure.span) == (other.year, other.span) and figure.paragraph is not other.paragraph
            kinds = {self.scope.kind(figure.before), self.scope.kind(other.before)} - {None}
            gap = abs(figure.value - other.value)
            beside = any(gap in self.beside[f.paragraph.number] for f in (figure, other))
            if beside or {figure, other} & self.further or not same or len(kinds) >= BOTH:
                continue
            if slip(figure.digits, other.digits) != SWAPPED:
                continue
            sound = other in self._borne_out or self.often[other.digits] > 1
            if not sound and (other.at > figure.at or self._are_of_two(figure, other)):
                continue
            if self._is_one_thing(figure, other, sound=sound):
                yield differs(figure, other)
                return

    def _is_one_thing(self, figure: Figure, other: Figure, *, sound: bool) -> bool:
        """Whether two numbers count the same by the words around them; more must be alike where neither is borne out.

        Where both are small the name of what is counted must stand right beside both, and be the same.
        """
        common, named = self.words[figure] & self.words[other], self.names[figure] & self.names[other]
        if figure.digits >= LEAST and sound and len(common) >= (1 if figure.digits >= LARGE else BOTH):
            return True
        if figure.digits >= LARGE and not self._parts & {figure, other}:
            return bool(named or self._nouns(figure) & self._nouns(other))
        if figure.digits >= LEAST and len(named) >= (1 if figure.digits >= LARGE else BOTH):
            return True
        one, two = (self.labels.bare(f.after)[:CLOSE] for f in (figure, other))
        ends = [self.labels.bare(f.before) for f in (figure, other)]
        if figure.digits >= LEAST and ends[0] == ends[1] and len(ends[0]) > 1:
            return True
        if min(map(len, ends)) >= LONG and (ends[0].endswith(ends[1]) or ends[1].endswith(ends[0])):
            return True
        return any(len(n) > 1 and n[:BOTH] in w for n, w in ((one, two), (two, one), (one, ends[1]), (two, ends[0])))

    def _are_of_two(self, figure: Figure, other: Figure) -> bool:
        """Whether both are parts of wholes that are called otherwise, or the words of both name another body."""
        wholes = [self._wholes.get(f) for f in (figure, other)]
        named = {self.labels.bare(whole.before) for whole in wholes if whole}
        one, two = (set(re.findall(self.labels.prose.bodies, f.before)) for f in (figure, other))
        return (None not in wholes and len(named) == BOTH) or bool(one and two and not one & two)

    def _nouns(self, figure: Figure) -> set[str]:
        """The two letters right before a count and right behind it."""
        words = (re.sub(r"[^\u4e00-\u9fff]", "", text) for text in (figure.before[-BOTH:], figure.after[:BOTH]))
        return {word for word in words if len(word) == BOTH}

    def _pairs(self, sentence: Sentence, figure: Figure) -> frozenset[str]:
        """The pairs of letters before a count, but for those of words that say nothing."""
        at = figure.start - sentence.start
        return self._of(sentence.text[max(0, at - WINDOW) : at])

    def _names(self, sentence: Sentence, figure: Figure) -> frozenset[str]:
        """The pairs of letters right before a count and right behind it."""
        at, end = figure.start - sentence.start, figure.end - sentence.start
        before = re.split(r"[，、;:]", sentence.text[max(0, at - WINDOW) : at])[-1]
        return self._of(before[-CLOSE:]) | self._of(re.split(r"[，、;:。]", sentence.text[end : end + CLOSE])[0])

    def _of(self, text: str) -> frozenset[str]:
        words = re.split(r"[^\u4e00-\u9fff]+", text)
        bare = [self.labels.named(word) for word in words if word]
        return frozenset(word[n : n + 2] for word in bare for n in range(len(word) - 1))

    @property
    def _parts(self) -> AbstractSet[Figure]:
        return self._wholes.keys()

    @cached_property
    def _wholes(self) -> dict[Figure, Figure]:
        """By each part its total."""
        return {part: group.total for group in self.groups for part in group.parts}

    @cached_property
    def _borne_out(self) -> frozenset[Figure]:
        """The figures of lists that make their total."""
        sound = (g for g in self.groups if len(g.parts) > 1 and g.total.meets(*total_of(g.parts)))
        return frozenset(f for group in sound for f in (group.total, *group.parts))


def _is_plain(figure: Figure) -> bool:
    return ((figure.exact and figure.value % 1 == 0) or figure.scaled is not None) and figure.digits >= TWO
