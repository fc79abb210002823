"""What the text says twice: the same figure in two places, and a list that is given again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.judge.slips import slip
from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.sums import number
from schemas.proof import Prose

LONG = 4  # letters of a label that few figures share by chance
SMALL = 100  # below it two counts are alike but for one digit by chance
FEW = 2  # labels in common that make a list the same list


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
        yield from (doubt for doubt in self._single() if doubt.figures[0] not in told)

    def _lists(self, group: Group) -> Iterator[dict[str, Figure]]:
        """The parts of a group as later passages give them again, by label; a passage is a section."""
        keys = {self.labels.key(part): part for part in group.parts}
        if len(keys) < 3 or len(keys) < len(group.parts):
            return
        after = max(part.start for part in group.parts)
        at = group.parts[-1].paragraph.number
        parents = {part: other.total for other in self.groups for part in other.parts}
        later = [
            f for s in self.sentences for f in s.counts
            if (f.paragraph.number, f.start) > (at, after) and f.unit == group.total.unit and f.span == group.total.span
            and f.year == group.total.year and self.labels.key(f) in keys
            and (f not in parents or parents[f].value == group.total.value)
        ]  # fmt: skip
        for _, passage in groupby(later, key=lambda f: f.section):
            found = list(passage)
            again = {self.labels.key(f): f for f in reversed(found)}
            agree = sum(f.value == keys[key].value for key, f in again.items())
            if len(again) >= FEW and 2 * agree >= len(again):
                yield again

    def _compared(self, group: Group, again: dict[str, Figure]) -> Iterator[Doubt]:
        first = {self.labels.key(part): part for part in group.parts}
        for key, figure in again.items():
            if not figure.meets(first[key].low, first[key].high):
                yield self._differs(figure, first[key])
        section = next(iter(again.values())).section
        beside = [f for s in self.sentences for f in s.counts if f.section == section]
        there = {f.value for f in beside} | {self.labels.key(f) for f in beside}
        lacking = [part for key, part in first.items() if key not in there and part.value not in there]
        whole = any(self.labels.rest(f) for f in again.values()) or len(again) >= len(first) - 1 >= LONG
        if lacking and whole and len(again) > FEW and len(lacking) * 3 <= len(first):
            at = max(again.values(), key=lambda f: (f.paragraph.number, f.start))
            names = "、".join(f"“{part.words}”" for part in lacking)
            facts = {"names": names, "place": lacking[0].paragraph.place, "words": group.total.words}
            yield Doubt("missing", at.paragraph, (*lacking, *again.values()), facts)

    def _single(self) -> Iterator[Doubt]:
        """Figures of the same words, unit, year and span whose numbers are a slip apart."""
        parents = {part: group.total for group in self.groups for part in group.parts}
        seen: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
        for figure in (f for s in self.sentences for f in s.counts):
            core = self.labels.core(figure)
            if len(self.labels.key(figure)) < 2 and len(core) < LONG:
                continue
            key = (core, figure.unit, figure.year, figure.span)
            for other in seen[key]:
                if self._apart(figure, other, parents) and not self._said_rightly(figure, seen[key]):
                    yield self._differs(figure, other)
                    break
            seen[key].append(figure)

    def _said_rightly(self, figure: Figure, others: Sequence[Figure]) -> bool:
        return any(figure.meets(other.low, other.high) for other in others)

    def _apart(self, figure: Figure, other: Figure, parents: dict[Figure, Figure]) -> bool:
        """Whether two figures of the same words were meant to be the same number and are not."""
        if figure.meets(other.low, other.high) or not (figure.exact and other.exact):
            return False
        one, two = parents.get(figure), parents.get(other)
        if one and two and self.labels.core(one) != self.labels.core(two):
            return False
        if min(figure.value, other.value) < SMALL or figure.value % 1 or other.value % 1:
            return False
        return bool(slip(int(figure.value), int(other.value)))

    def _differs(self, figure: Figure, other: Figure) -> Doubt:
        facts = {
            "one": figure.words, "other": other.words, "place": other.paragraph.place,
            "gap": number(abs(figure.value - other.value)),
        }  # fmt: skip
        return Doubt(
            "same",
            figure.paragraph,
            (figure, other),
            facts,
            ((figure, int(other.value)),) if figure.exact and other.exact else (),
        )
