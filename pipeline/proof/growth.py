"""Growth since the year before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.ratio import fits, shown
from pipeline.proof.sums import number
from schemas.proof import Prose


@dataclass(frozen=True)
class Growth:
    """Checks what a text says of growth against the counts of the two years."""

    prose: Prose
    sentences: Sequence[Sentence]
    groups: Sequence[Group]

    def doubts(self) -> Iterator[Doubt]:
        """Growth that does not follow from the two years' counts, or from the count and its change."""
        for n, sentence in enumerate(self.sentences):
            before = [s for s in self.sentences[:n] if s.paragraph is sentence.paragraph and not s.inside]
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
