"""What the text says twice: the same figure in two places, and a list that is given again."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from pipeline.judge.slips import slip
from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.reading import plain
from pipeline.proof.sums import number
from schemas.proof import Prose

LONG = 4  # letters of a label that few figures share by chance
PLAIN = 6  # letters of a label that say plainly what is counted
SMALL = 100  # below it two counts are alike but for one digit by chance
FEW = 2  # labels in common that make a list the same list
LATEST = 8  # figures of one label that are remembered


@dataclass(frozen=True)
class Again:
    """Compares what a text says in several places."""

    prose: Prose
    labels: Labels
    sentences: Sequence[Sentence]
    groups: Sequence[Group]

    def doubts(self) -> Iterator[Doubt]:
        """Figures that differ from what was said before, and lists that lack what they had before."""
        told: set[Figure] = set()
        for group in self.groups:
            for again in self._lists(group):
                for doubt in self._compared(group, again):
                    told.update(doubt.figures[:1])
                    yield doubt
        for doubt in self._single():
            if doubt.figures[0] not in told:
                told.update(doubt.figures[:1])
                yield doubt

    def _lists(self, group: Group) -> Iterator[dict[str, Figure]]:
        """The parts of a group as later passages give them again, by label; a passage is a section."""
        keys = {self.labels.key(part): part for part in group.parts}
        if len(keys) < 3 or len(keys) < len(group.parts):
            return
        ours = {self.labels.core(part) for part in group.parts}
        after = group.parts[-1].paragraph.number, max(part.start for part in group.parts)
        later = [
            f for key in keys for f in self._by_key[key]
            if f.at > after and f.unit == group.total.unit and f.span == group.total.span and f.year == group.total.year
            and (f not in self._parents or self._parents[f].value == group.total.value)
            and (not self.labels.rest(f) or self.labels.core(f) in ours)
        ]  # fmt: skip
        for _, passage in groupby(sorted(later, key=lambda f: f.at), key=lambda f: f.section):
            again = {self.labels.key(f): f for f in reversed(list(passage))}
            agree = sum(f.value == keys[key].value for key, f in again.items())
            if len(again) >= FEW and 2 * agree >= len(again):
                yield again

    def _compared(self, group: Group, again: dict[str, Figure]) -> Iterator[Doubt]:
        first = {self.labels.key(part): part for part in group.parts}
        for key, figure in again.items():
            if not figure.meets(first[key].low, first[key].high):
                yield self._differs(figure, first[key])
        beside = self._by_section[next(iter(again.values())).section]
        there = {f.value for f in beside} | {self.labels.key(f) for f in beside}
        lacking = [part for key, part in first.items() if key not in there and part.value not in there]
        whole = any(self.labels.rest(f) for f in again.values()) or len(again) >= len(first) - 1 >= LONG
        if lacking and whole and len(again) > FEW and len(lacking) * 3 <= len(first):
            at = max(again.values(), key=lambda f: f.at)
            names = "、".join(f"“{part.words}”" for part in lacking)
            facts = {"names": names, "place": lacking[0].paragraph.place, "words": group.total.words}
            yield Doubt("missing", at.paragraph, (*lacking, *again.values()), facts)

    def _single(self) -> Iterator[Doubt]:
        """Figures that count the same thing, unit, year and span, and have another number."""
        seen: dict[tuple[object, ...], deque[Figure]] = defaultdict(lambda: deque(maxlen=LATEST))
        for figure, bodies, qualified in self._counts():
            thing = () if qualified else self._thing(figure, bodies)
            for key, differs in ((self._words(figure, bodies), self._slipped), (thing, self._apart)):
                if not key:
                    continue
                others = seen[key]
                if not any(figure.meets(other.low, other.high) for other in others):
                    yield from (self._differs(figure, o) for o in list(others)[:1] if differs(figure, o))
                others.append(figure)

    def _counts(self) -> Iterator[tuple[Figure, tuple[str, ...], bool]]:
        """Each count with the bodies that its sentence names before it, and whether a number is part of its words."""
        for sentence in self.sentences:
            for figure in sentence.counts:
                before = sentence.text[max(0, figure.start - sentence.start - 80) : figure.start - sentence.start]
                bodies = (re.sub(self.prose.leading, "", body) for body in re.findall(self.prose.bodies, before))
                named = set(map(self.labels.bare, bodies))
                qualified = figure is not sentence.figures[0] and not re.search(r"[，;:、]", figure.gap)
                yield figure, tuple(sorted(body for body in named if len(body) > 1)), qualified

    def _words(self, figure: Figure, bodies: tuple[str, ...]) -> tuple[object, ...]:
        """The words that say what a figure counts, few ones with the body told of; () where they say too little."""
        core = self.labels.core(figure)
        if core in self.prose.rest or (len(self.labels.key(figure)) < 2 and len(core) < LONG):
            return ()
        return (core, () if len(core) >= PLAIN else bodies, figure.unit, figure.year, figure.span)

    def _thing(self, figure: Figure, bodies: tuple[str, ...]) -> tuple[object, ...]:
        """What a figure counts, however it is said: what ran on a channel, or plain words; () for any other."""
        core = self.labels.thing(figure)
        known = len(core) >= (LONG if self.labels.channel(figure) else PLAIN)
        if not known or self.labels.rest(figure) or any(word in figure.before for word in self.prose.several):
            return ()
        return ("thing", core, bodies, figure.unit, figure.year, figure.span)

    def _apart(self, figure: Figure, other: Figure) -> bool:
        """Whether two figures are of one thing: each stands for itself, or both are parts of the same."""
        if not (figure.exact and other.exact) or figure.paragraph is other.paragraph:
            return False
        one, two = self._parents.get(figure), self._parents.get(other)
        return one is two or bool(one and two and self.labels.core(one) == self.labels.core(two))

    def _slipped(self, figure: Figure, other: Figure) -> bool:
        """Whether two figures of the same words were meant to be the same number and are not, or only lack the 万."""
        if any(one.scaled == two.value and (two.value % 1 or two.value >= SMALL) for one, two in _both(figure, other)):
            return True
        if not (figure.exact and other.exact) or self._of_items(figure, other):
            return False
        one, two = self._parents.get(figure), self._parents.get(other)
        if one and two and self.labels.core(one) != self.labels.core(two):
            return False
        if min(figure.value, other.value) < SMALL or figure.value % 1 or other.value % 1:
            return False
        return bool(slip(int(figure.value), int(other.value)))

    def _of_items(self, figure: Figure, other: Figure) -> bool:
        """Whether they follow other counts of one sentence, each of the count before it: 甲6件，办5件；乙3件，办2件.

        So do those of two numbered lines that begin with different things: 1.解读5次，300人次. 2.操作4次，200人次.
        """
        one, two = self._place[figure], self._place[other]
        if min(one[1], two[1]) == 0:
            return False
        numbered = all(re.match(self.prose.numbering, plain(f.paragraph.text[:SMALL])) for f in (figure, other))
        first, second = (self.labels.core(self.sentences[n].counts[0]) for n, _ in (one, two))
        return one[0] == two[0] or (numbered and first != second)

    @cached_property
    def _place(self) -> dict[Figure, tuple[int, int]]:
        """The sentence of each count, and its place in it."""
        return {f: (n, k) for n, sentence in enumerate(self.sentences) for k, f in enumerate(sentence.counts)}

    def _differs(self, figure: Figure, other: Figure) -> Doubt:
        facts = {
            "one": figure.words, "other": other.words, "place": other.paragraph.place,
            "gap": number(abs(figure.value - other.value)),
        }  # fmt: skip
        whole = figure.exact and other.exact and other.value % 1 == 0
        return Doubt("same", figure.paragraph, (figure, other), facts, ((figure, int(other.value)),) if whole else ())

    @cached_property
    def _parents(self) -> dict[Figure, Figure]:
        return {part: group.total for group in self.groups for part in group.parts}

    @cached_property
    def _by_key(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in (f for s in self.sentences for f in s.counts):
            found[self.labels.key(figure)].append(figure)
        return found

    @cached_property
    def _by_section(self) -> dict[tuple[int, int], list[Figure]]:
        found: dict[tuple[int, int], list[Figure]] = defaultdict(list)
        for figure in (f for s in self.sentences for f in s.counts):
            found[figure.section].append(figure)
        return found


def _both(one: Figure, two: Figure) -> tuple[tuple[Figure, Figure], ...]:
    return (one, two), (two, one)
