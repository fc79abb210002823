"""Percentages of a total: shares and rates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.ratio import fits, shown
from pipeline.proof.sums import number, total_of
from schemas.proof import Prose


@dataclass(frozen=True)
class Shares:
    """Checks the shares and rates of a text against the counts around them."""

    prose: Prose
    labels: Labels
    sentences: Sequence[Sentence]
    groups: Sequence[Group]

    @cached_property
    def share_of(self) -> dict[Figure, Figure]:
        """The share that the text gives of a count."""
        return {part: share for sentence in self.sentences for part, share in self._shares(sentence)}

    def doubts(self) -> Iterator[Doubt]:
        """Shares and rates that none of the totals around them gives."""
        for n, sentence in enumerate(self.sentences):
            for part, share in [*self._shares(sentence), *self._rates(sentence, n)]:
                named, wholes = self._wholes(part, share, n)
                if not part.exact or not named or not named.exact or not named.value:
                    continue
                if not any(w and fits(share, part.value / w * 100) for w in wholes):
                    facts = {
                        "written": share.words, "part": number(part.value), "whole": number(named.value),
                        "expected": shown(share, part.value / named.value * 100),
                    }  # fmt: skip
                    yield Doubt("share", share.paragraph, (share, part, named), facts)

    def _shares(self, sentence: Sentence) -> Iterator[tuple[Figure, Figure]]:
        """Each share with the count it is of; several shares behind several counts are taken in order."""
        figures = sentence.figures
        n = 0
        while n < len(figures):
            run = 0
            while n + run < len(figures) and figures[n + run].role == "share":
                run += 1
            before = [f for f in figures[:n] if f.role == "count"]
            if run and len(before) >= run and n and figures[n - 1].role in {"count", "growth", "change"}:
                yield from zip(before[-run:], figures[n : n + run], strict=True)
            n += max(run, 1)
        for aside in sentence.asides:
            if aside.owner and len(aside.figures) == 1 and aside.figures[0].role == "share":
                yield aside.owner, aside.figures[0]

    def _rates(self, sentence: Sentence, at: int) -> Iterator[tuple[Figure, Figure]]:
        """Each rate with the count it is made of, where the words name it plainly."""
        before = self.sentences[at - 1].figures if at and self.sentences[at - 1].paragraph is sentence.paragraph else ()
        for n, rate in enumerate(sentence.figures):
            name = next((w for w in self.prose.change.rates if rate.before.strip().startswith(w)), "")
            if rate.role == "rate" and name:
                made = [
                    f for f in (*before, *sentence.figures[:n])
                    if f.role == "count" and self.labels.core(f) in self.prose.change.rates[name]
                ]  # fmt: skip
                yield from ((f, rate) for f in made[-1:])

    def _wholes(self, part: Figure, share: Figure, n: int) -> tuple[Figure | None, list[Decimal]]:
        """The total that a part is of, and every number that it might be of."""
        own = [group for group in self.groups if part in group.parts]
        near = [
            f for s in self.sentences[: n + 1] for f in s.counts
            if f.unit == part.unit and f.section[0] == part.section[0] and f is not part
            and (f.paragraph.number, f.start) < (part.paragraph.number, part.start)
        ]  # fmt: skip
        of_all = any(word in share.before for word in self.prose.change.of_all)
        close = [f for f in reversed(near) if of_all or f.paragraph.number == part.paragraph.number]
        inside = {p for group in self.groups for p in group.parts}
        alone = [f for f in close if f not in self.share_of and f not in inside and f.span == part.span]
        large = [f for f in alone if f.high >= part.low]
        named = next(iter([*(group.total for group in own), *large, *alone]), None)
        sums = [total_of(group.parts)[0] for group in self.groups if group in own or group.total in near]
        return named, [*(group.total.value for group in own), *sums, *(f.value for f in near)]
