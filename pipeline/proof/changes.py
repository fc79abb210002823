"""Percentages: shares of a total, rates, and growth since the year before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cached_property

from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.sums import number, total_of
from schemas.proof import Prose


def fits(written: Figure, exact: Decimal) -> bool:
    """Whether a percentage is this ratio, rounded or cut off as printed."""
    step = Decimal(1).scaleb(min(0, int(written.value.as_tuple().exponent)))
    return written.value in {exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN)}


def shown(written: Figure, exact: Decimal) -> str:
    """The ratio with as many decimals as printed."""
    step = Decimal(1).scaleb(min(0, int(written.value.as_tuple().exponent)))
    return f"{exact.quantize(step, ROUND_HALF_UP):f}"


@dataclass(frozen=True)
class Changes:
    """Checks the percentages of a text against the counts around them."""

    prose: Prose
    labels: Labels
    sentences: Sequence[Sentence]
    groups: Sequence[Group]

    @cached_property
    def share_of(self) -> dict[Figure, Figure]:
        """The share that the text gives of a count."""
        return {part: share for sentence in self.sentences for part, share in self._shares(sentence)}

    def shares(self) -> Iterator[Doubt]:
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

    def growth(self) -> Iterator[Doubt]:
        """Growth that does not follow from the two years' counts, or from the count and its change."""
        for n, sentence in enumerate(self.sentences):
            before = [s for s in self.sentences[:n] if s.paragraph is sentence.paragraph and not s.owner]
            for told in sentence.figures:
                if told.role in {"growth", "change"}:
                    yield from self._grown(told, sentence, before)

    def _grown(self, told: Figure, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Doubt]:
        now = self._now(told, sentence, before)
        if now is None or not now.exact:
            return
        base = self._base(told, now, sentence)
        if base is None and told.role == "growth":
            base = self._from_change(told, now, sentence)
        if base is None or base == 0:
            return
        falls = any(word in told.before for word in self.prose.change.fall)
        moved = now.value - base
        exact = abs(moved) / base * 100 if told.role == "growth" else abs(moved)
        right = fits(told, exact) if told.role == "growth" else told.low <= exact <= told.high
        if right and (not moved or falls == (moved < 0)):
            return
        direction = "减少" if moved < 0 else "增加"
        expected = f"{direction} {shown(told, exact)}%" if told.role == "growth" else f"{direction} {number(exact)}"
        facts = {"written": told.words, "base": number(base), "now": number(now.value), "expected": expected}
        yield Doubt("growth", told.paragraph, (told, now, *self._behind(told, sentence)), facts)

    def _now(self, told: Figure, sentence: Sentence, before: Sequence[Sentence]) -> Figure | None:
        """The count that has grown: the last one before the growth, in its sentence or the first of one before."""
        own = [f for f in sentence.counts if f.start < told.start]
        if own:
            return own[-1] if told.role == "growth" or own[-1].unit == told.unit else None
        if not any(word in sentence.text[: told.start - sentence.start] for word in self.prose.change.compares):
            return None
        inside = {part for group in self.groups for part in group.parts}
        main = [[f for f in s.counts if f not in inside] for s in reversed(before)]
        return next((counts[0] for counts in main if counts), None)

    def _base(self, told: Figure, now: Figure, sentence: Sentence) -> Decimal | None:
        """Last year's count as the sentence gives it, beside the growth."""
        near = [
            f for s in (sentence, *sentence.asides) for f in s.figures
            if f.role == "base" and f.exact and f.unit == now.unit
        ]  # fmt: skip
        between = [
            f for f in near if f.start > now.start or not any(now.start > c.start > f.start for c in sentence.counts)
        ]
        fit = [
            f
            for f in between
            if not any(
                min(f.start, told.start) < c.start < max(f.start, told.start) and c is not now for c in sentence.counts
            )
        ]
        return fit[-1].value if fit else None

    def _from_change(self, told: Figure, now: Figure, sentence: Sentence) -> Decimal | None:
        """Last year's count from this year's and the change, told just before the growth."""
        at = sentence.figures.index(told)
        change = sentence.figures[at - 1] if at else None
        if change is None or change.role != "change" or change.unit != now.unit or not change.exact:
            return None
        falls = any(word in change.before for word in self.prose.change.fall)
        return now.value + change.value if falls else now.value - change.value

    def _behind(self, told: Figure, sentence: Sentence) -> tuple[Figure, ...]:
        every = [f for s in (sentence, *sentence.asides) for f in s.figures]
        return tuple(f for f in every if f.role in {"base", "change"} and f is not told)
