"""What is told as a multiple of last year's count, or as a difference between two percentages."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.ratio import fits_between, fits_share, rounded
from pipeline.proof.sums import number
from schemas.proof import Prose

CLAUSES = 40  # letters between two figures that are told in one breath


def multiples(sentences: Sequence[Sentence], prose: Prose) -> Iterator[Doubt]:
    """Every multiple and every difference of percentages that does not follow from the two figures beside it."""
    for sentence in (s for s in sentences if not s.inside):
        figures = sorted((f for s in (sentence, *sentence.asides) for f in s.figures), key=lambda f: f.start)
        for trio in zip(figures, figures[1:], figures[2:], strict=False):
            for now, base, told in (trio, (trio[0], trio[2], trio[1])):
                if _in_a_breath(sentence, trio):
                    yield from _points(now, base, told, prose)
                    yield from _times(now, base, told, prose)


def _points(now: Figure, base: Figure, told: Figure, prose: Prose) -> Iterator[Doubt]:
    """A difference in points of two percentages of which one is last year's: 98.5%，比上年的97.2%提高1.3个百分点."""
    if told.unit not in prose.change.points or {now.unit, base.unit} != {"%"} or told.rough:
        return
    swapped = bool(re.search(prose.change.since, now.before)) and base.before.strip().startswith(prose.change.to)
    if swapped:
        now, base = base, now
    elif not re.search(prose.change.before, base.before) or re.search(prose.change.before, now.before):
        return
    gap = now.value - base.value
    falls = any(word in told.before for word in prose.change.fall)
    rises = any(word in told.before for word in prose.change.rise)
    if fits_share(told.value, abs(gap)) and (falls, rises) != (gap > 0, gap < 0):
        return
    yield _told(told, now, base, f"{_moved(gap)} {number(abs(gap))}{told.unit}")


def _times(now: Figure, base: Figure, told: Figure, prose: Prose) -> Iterator[Doubt]:
    """A multiple of a count that stands right before it (是上年8465条的2.4倍), or a growth in multiples of it."""
    if told.unit != prose.change.multiple or told.rough or told.start < base.start or now.unit != base.unit:
        return
    if now.role != "count" or base.role != "base" or now.rough or base.rough or not base.low:
        return
    grows = any(told.before.strip().startswith(word) for word in prose.change.rise)
    if not grows and told.before.strip() != "的":
        return
    ratio = now.value / base.value - (1 if grows else 0)
    made = [n / b - (1 if grows else 0) for n in (now.low, now.high) for b in (base.low, base.high)]
    if not fits_share(told.value, ratio) and not fits_between(told.value, min(made), max(made)):
        yield _told(told, now, base, f"{told.before.strip()}{rounded(told.value, ratio)}{told.unit}")


def _in_a_breath(sentence: Sentence, trio: Sequence[Figure]) -> bool:
    between = sentence.text[trio[0].end - sentence.start : trio[2].start - sentence.start]
    return len(between) <= CLAUSES and ";" not in between


def _moved(gap: Decimal) -> str:
    return "减少" if gap < 0 else "增加"


def _told(told: Figure, now: Figure, base: Figure, expected: str) -> Doubt:
    facts = {"written": told.words, "base": number(base.value), "now": number(now.value), "expected": expected}
    return Doubt("growth", told.paragraph, (told, now, base), facts)
