"""Growths of several counts that are told in turn: 事故612起、死亡437人，分别下降16.3%和12.2%（上年731起、498人）."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.ratio import fits, shown
from pipeline.proof.sums import number
from schemas.proof import Prose


def respective(sentences: Sequence[Sentence], prose: Prose) -> Iterator[Doubt]:
    """Every growth told in turn that does not follow from the count and last year's in its place."""
    for sentence in (s for s in sentences if not s.inside):
        run = _run(sentence, prose)
        if len(run) < 2 or sentence.figures.index(run[0]) < len(run):
            continue
        at = sentence.figures.index(run[0])
        now = sentence.figures[at - len(run) : at]
        bases = _bases(sentence, now)
        if len(bases) == len(run) and all(one.role == "count" for one in now):
            for told, count, base in zip(run, now, bases, strict=True):
                yield from _grown(told, count, base, prose)


def _run(sentence: Sentence, prose: Prose) -> list[Figure]:
    """The growths behind 分别, as they follow each other."""
    found: list[Figure] = []
    for figure in sentence.figures:
        if (figure.role == "growth" and (found or any(word in figure.before for word in prose.change.each))) or (
            found and figure.unit == "%" and re.fullmatch(r"\s*[、和，]\s*", figure.gap)
        ):
            found.append(figure)
        elif found:
            break
    return found


def _bases(sentence: Sentence, now: Sequence[Figure]) -> list[Figure]:
    """Last year's counts in the same turn: those of a bracket, or those that the sentence names."""
    for figures in (*(aside.figures for aside in sentence.asides), sentence.figures):
        able = [f for f in figures if f.role == "base" or (f.role == "count" and f.year < now[0].year)]
        if len(able) == len(now) and all(a.unit == b.unit and a.exact for a, b in zip(able, now, strict=True)):
            return able
    return []


def _grown(told: Figure, now: Figure, base: Figure, prose: Prose) -> Iterator[Doubt]:
    ratio = (now.value - base.value) / base.value * 100 if base.value else Decimal(0)
    falls = any(word in told.before for word in prose.change.fall)
    rises = any(word in told.before for word in prose.change.rise)
    if not ratio or not now.exact or (fits(told, abs(ratio)) and (falls, rises) != (ratio > 0, ratio < 0)):
        return
    facts = {
        "written": told.words, "base": number(base.value), "now": number(now.value),
        "expected": f"{'减少' if ratio < 0 else '增加'} {shown(told, abs(ratio))}%",
    }  # fmt: skip
    yield Doubt("growth", told.paragraph, (told, now, base), facts)
