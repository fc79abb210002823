"""Growth since the year before."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.ratio import fits, fits_between, shown
from pipeline.proof.sums import as_printed, number, swaps
from schemas.proof import Prose

SEVERAL = 20  # of last year's counts in one sentence: more say nothing of one growth
NEAR = 20  # sentences before one that may have what has grown


@dataclass(frozen=True)
class Growth:
    """Checks what a text says of growth against the counts of the two years.

    ``last`` are the counts of last year's report by what they count and their unit, where that is there.
    """

    prose: Prose
    labels: Labels
    sentences: Sequence[Sentence]
    groups: Sequence[Group]
    last: Mapping[str, Decimal] = field(default_factory=dict)

    def doubts(self) -> Iterator[Doubt]:
        """Growth that does not follow from the two years' counts, or from the count and its change."""
        for told, sentence, before in self._told():
            yield from self._grown(told, sentence, before)

    def bases(self) -> Iterator[tuple[Figure, Figure]]:
        """Each count with last year's that the text gives beside its growth."""
        for told, sentence, before in self._told():
            now = self._now(told, sentence, before)
            base = self._base(told, now, sentence) if now else None
            if now and base:
                yield now, base

    def _told(self) -> Iterator[tuple[Figure, Sentence, Sequence[Sentence]]]:
        """Each growth and change with its sentence and those before it in its paragraph."""
        before: list[Sentence] = []
        for sentence in self.sentences:
            before = [s for s in before[-NEAR:] if s.paragraph is sentence.paragraph]
            yield from ((f, sentence, before) for f in sentence.figures if f.role in {"growth", "change"})
            before += [] if sentence.inside else [sentence]

    def _grown(self, told: Figure, sentence: Sentence, before: Sequence[Sentence]) -> Iterator[Doubt]:
        now = self._now(told, sentence, before)
        if now is None or now.rough or self._is_base(now, told):
            yield from self._of_change(told, sentence)
            return
        given = self._base(told, now, sentence)
        base = given.value if given else None
        spread = (given.low, given.high) if given else ()
        if base is None and told.role == "growth":
            base = self._from_change(told, now, sentence)
        if base is None and told.year == now.year:
            base = self.last.get(self.labels.core(now) + now.unit)
        if base is None or base <= 0:
            return
        whole = self._totals.get(now)
        if any(self._follows(told, one, (base, *spread)) for one in (now, whole) if one):
            return
        moved = now.value - base
        exact = abs(moved) / base * 100 if told.role == "growth" else abs(moved)
        like = now if given is None or given.scale == now.scale else None
        expected = f"{shown(told, exact)}%" if told.role == "growth" else as_printed(exact, like)
        facts = {
            "written": told.words, "base": as_printed(base, like), "now": as_printed(now.value, like),
            "expected": f"{'减少' if moved < 0 else '增加'} {expected}",
        }  # fmt: skip
        then = self._from_change(told, now, sentence) if given and told.role == "growth" else None
        implied = [(given, int(then), then)] if then and then % 1 == 0 and then != base else []
        able = (
            [(now, n, base) for n in swaps(now)]
            + [(given, n, Decimal(n)) for n in (swaps(given) if given else ())]
            + implied
        )
        mends = tuple(
            (f, n) for f, n, b in able
            if f and b > 0 and self._follows(told, replace(now, value=Decimal(n)) if f is now else now, (b,))
        )  # fmt: skip
        yield Doubt("growth", told.paragraph, (told, now, *self._behind(told, sentence)), facts, mends)

    def _of_change(self, told: Figure, sentence: Sentence) -> Iterator[Doubt]:
        """A growth behind last year's count and its change: 比上年的1,203件减少121件，下降10.1%."""
        at = sentence.figures.index(told)
        base, change = sentence.figures[at - 2 : at] if at > 1 else (None, None)
        if not base or not change or (told.role, change.role) != ("growth", "change") or not self._is_base(base, told):
            return
        if base.unit == change.unit and base.exact and change.exact and base.value:
            ratio = change.value / base.value * 100
            falls = [any(word in one.before for word in self.prose.change.fall) for one in (told, change)]
            if not fits(told, ratio) and falls[0] == falls[1]:
                sign, now = ("减少", base.value - change.value) if falls[0] else ("增加", base.value + change.value)
                facts = {
                    "written": told.words, "base": number(base.value), "now": number(now),
                    "expected": f"{sign} {shown(told, ratio)}%",
                }  # fmt: skip
                yield Doubt("growth", told.paragraph, (told, change, base), facts)

    def _is_base(self, figure: Figure, told: Figure) -> bool:
        """Whether a count is the one that this year's is compared with: 比上一学年的1,540条, 去年公开529条."""
        if figure.role == "base" or figure.year < told.year or re.search(self.prose.change.beside, figure.gap):
            return True
        return figure.role == "count" and bool(re.match(self.prose.change.before_it, figure.before))

    def _follows(self, told: Figure, now: Figure, bases: Sequence[Decimal]) -> bool:
        """Whether a growth or change follows from a count and last year's, in its direction too."""
        moved = now.value - bases[0]
        exact = abs(moved) / bases[0] * 100 if told.role == "growth" else abs(moved)
        falls = any(word in told.before for word in self.prose.change.fall)
        return self._fits(told, now, bases, exact) and (not moved or falls == (moved < 0))

    def _fits(self, told: Figure, now: Figure, bases: Sequence[Decimal], exact: Decimal) -> bool:
        """Whether a growth or change follows, as far as the two counts are rounded."""
        if told.role == "growth" and fits(told, exact):
            return True
        moves = [abs(n - base) / (base if told.role == "growth" else 1) for n in (now.low, now.high) for base in bases]
        if told.role == "growth":
            return now.low < now.high and fits_between(told.value, min(moves) * 100, max(moves) * 100)
        return told.low <= max(moves) and min(moves) <= told.high

    def _now(self, told: Figure, sentence: Sentence, before: Sequence[Sentence]) -> Figure | None:
        """The count that has grown: the last one before the growth, in its sentence or the first of one before."""
        if any(word in told.gap for word in self.prose.several) and told.role == "growth":
            return None  # 分别: of several counts in turn
        if re.search(self.prose.change.within, told.gap):
            return None
        own = [f for f in sentence.figures[: sentence.figures.index(told)] if f.role == "count"]
        if own:
            own = [*own, self._whole_of(own[-1], told, sentence)]
            return own[-1] if told.role == "growth" or own[-1].unit == told.unit else None
        if behind := self._reached(told, sentence):
            return behind
        if not any(word in sentence.text[: told.start - sentence.start] for word in self.prose.change.compares):
            return None
        main = [[f for f in s.counts if f not in self._inside] for s in reversed(before)]
        last = next((counts[0] for counts in main if counts), None)
        return last if last and not last.span and (told.role == "growth" or last.unit == told.unit) else None

    def _reached(self, told: Figure, sentence: Sentence) -> Figure | None:
        """The count right behind a growth that it has reached: 增加3,201条，增长7.6%，达45,216条."""
        at = sentence.figures.index(told) + 1
        behind = sentence.figures[at] if at < len(sentence.figures) else None
        reached = behind and behind.role == "count" and re.match("到?达|至", behind.before.strip())
        return behind if reached and told.role == "growth" else None

    def _whole_of(self, last: Figure, told: Figure, sentence: Sentence) -> Figure:
        """The total of a list that a semicolon ends before the growth: 公开764条，其中……其他513条；比上年增加62条."""
        ended = ";" in sentence.text[last.end - sentence.start : told.start - sentence.start]
        return self._totals.get(last, last) if ended else last

    def _base(self, told: Figure, now: Figure, sentence: Sentence) -> Figure | None:
        """Last year's count as the sentence gives it, beside the growth, or from which this year's has moved."""
        if moved := self._moved_from(now, sentence):
            return moved
        near = [f for f in self._bases(sentence) if f.unit == now.unit]
        if not near and told.role == "growth":
            return self._year_before(told, now, sentence)
        if len(near) != 1:
            return None
        base = near[0]
        counts = [c for c in sentence.counts if c is not now]
        fits = base.start > now.start or not any(now.start > c.start > base.start for c in counts)
        fits = fits and self._owner(base, sentence) in {None, now}
        low, high = sorted((base.start, told.start))
        return base if fits and not any(low < c.start < high for c in counts) else None

    def _year_before(self, told: Figure, now: Figure, sentence: Sentence) -> Figure | None:
        """The count right before this year's that the sentence gives of the year before, or the next sentence does."""
        at = sentence.figures.index(now) if now in sentence.figures else 0
        before = sentence.figures[at - 1] if at else None
        if before and before.role == "count" and before.exact and before.unit == now.unit and not before.span:
            same = before.year == now.year - 1 and self.labels.core(before) == self.labels.core(now)
            return before if same and sentence.figures[at + 1] is told else None
        n = self._at[sentence] + 1
        following = self.sentences[n].figures if n < len(self.sentences) else ()
        alone = len(following) == len(sentence.counts) == 1 and following[0].paragraph is told.paragraph
        return following[0] if alone and following[0].role == "base" and following[0].unit == now.unit else None

    @cached_property
    def _at(self) -> dict[Sentence, int]:
        return {sentence: n for n, sentence in enumerate(self.sentences)}

    def _owner(self, base: Figure, sentence: Sentence) -> Figure | None:
        """The count behind which a base stands in brackets."""
        if sentence not in self._owners:
            self._owners[sentence] = {f: aside.owner for aside in sentence.asides for f in aside.figures}
        return self._owners[sentence].get(base)

    @cached_property
    def _owners(self) -> dict[Sentence, dict[Figure, Figure | None]]:
        return {}

    def _bases(self, sentence: Sentence) -> Sequence[Figure]:
        """Last year's counts in a sentence and its brackets."""
        if sentence not in self._by_sentence:
            every = (f for s in (sentence, *sentence.asides) for f in s.figures)
            self._by_sentence[sentence] = [f for f in every if f.role == "base" and not f.rough]
        several = self._by_sentence[sentence]
        return several[:SEVERAL]

    @cached_property
    def _by_sentence(self) -> dict[Sentence, list[Figure]]:
        return {}

    def _moved_from(self, now: Figure, sentence: Sentence) -> Figure | None:
        """The count right before this year's, from which it has moved: 从300件增至360件."""
        at = sentence.figures.index(now) if now in sentence.figures else 0
        before = sentence.figures[at - 1] if at else None
        change = self.prose.change
        from_it = before and re.search(change.since, before.before) and now.before.strip().startswith(change.to)
        return before if from_it and before and before.unit == now.unit and before.exact else None

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

    @cached_property
    def _totals(self) -> dict[Figure, Figure]:
        return {part: group.total for group in self.groups for part in group.parts}

    @cached_property
    def _inside(self) -> frozenset[Figure]:
        return frozenset(part for group in self.groups for part in group.parts)
