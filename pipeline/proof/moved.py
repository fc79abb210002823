"""Growth and differences against every two counts around them, where no word says which two are meant.

One is silent where any two fit. Where none does, the two that stand right beside it, or the only two of two years, are
meant: if one slip of the pen would make them fit, it is told.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, permutations

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import SWAPPED
from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.ratio import as_digits, fits, shown
from pipeline.proof.sums import as_printed
from schemas.proof import Prose

NEAR = 6  # figures before and behind that may be meant
FAR = 5  # times a count that the same a year later may be
CLAUSES = 60  # letters that are told in one breath
LEAST = 100  # below it a difference is like another by chance
SURE = 20  # digits of a growth below which a slip says nothing

Pair = tuple[Figure, Figure]


def moved(sentences: Sequence[Sentence], prose: Prose, year: int) -> Iterator[Doubt]:
    """Every growth and difference that no two counts around it make, and that one slip of the pen would mend."""
    for _, own in groupby(sentences, key=lambda s: s.paragraph.number):
        figures = sorted((f for s in own for f in s.figures), key=lambda f: f.start)
        for n, told in enumerate(figures):
            before = figures[n - 1].gap if n and figures[n - 1].role == told.role else ""
            in_turn = any(word in told.gap + before for word in prose.change.each)
            within = re.search(prose.change.within, told.gap)
            if told.role in {"growth", "change"} and not (told.rough or within or in_turn):
                around = [f for f in figures[max(0, n - NEAR) : n + NEAR + 1] if f.role in {"count", "base", "change"}]
                yield from _against(told, [f for f in around if f is not told], prose, year)


def _against(told: Figure, around: Sequence[Figure], prose: Prose, year: int) -> Iterator[Doubt]:
    unit = "" if told.role == "growth" else told.unit
    counts = [f for f in around if f.role != "change" and f.value and (not unit or f.unit == unit)]
    pairs = [(a, b) for a, b in permutations(counts, 2) if a.unit == b.unit and a.value != b.value]
    pairs = [(a, b) for a, b in pairs if _is_base(b, prose, year) or not _is_base(a, prose, year)]
    falls = any(word in told.before for word in prose.change.fall)
    pairs = [(now, base) for now, base in pairs if (now.value < base.value) == falls]
    if any(_fits(told, *pair) for pair in pairs) or _follows(told, around):
        return
    for now, base in _meant(told, counts, pairs, prose, year):
        how = _slip(told, now, base)
        years = _is_base(base, prose, year) and not _is_base(now, prose, year)
        certain = years and _is_alone(told, now, base, counts)
        if (
            how == SWAPPED
            or certain
            or (how and years and told.digits >= SURE and (told.role == "growth" or told.value >= LEAST))
        ):
            yield _doubt(told, now, base)
            return


def _is_base(figure: Figure, prose: Prose, year: int) -> bool:
    """Whether a count is of the year before."""
    return figure.role == "base" or bool(re.search(prose.change.before_it, figure.before)) or figure.year == year - 1


def _meant(told: Figure, counts: Sequence[Figure], pairs: Sequence[Pair], prose: Prose, year: int) -> Iterator[Pair]:
    """The two counts that are meant: those of two years if there are no others, and those right before it."""
    bases = [f for f in counts if _is_base(f, prose, year)]
    for unit in {f.unit for f in bases}:
        own, old = [f for f in counts if f.unit == unit], [f for f in bases if f.unit == unit]
        if len(own) == 2 and len(old) == 1:
            yield from ((a, b) for a, b in pairs if b is old[0] and a in own)
    before = [f for f in counts if f.start < told.start][-2:]
    yield from ((a, b) for a, b in pairs if {a, b} == set(before))


def _is_alone(told: Figure, now: Figure, base: Figure, counts: Sequence[Figure]) -> bool:
    """Whether two counts of two years are the only ones of their unit, and right beside what is told of them."""
    own = [f for f in counts if f.unit == now.unit]
    text = told.paragraph.text[min(f.start for f in (told, now, base)) : max(f.end for f in (told, now, base))]
    near = max(now.value, base.value) < FAR * min(now.value, base.value)
    nearest = max((f for f in counts if f.start < told.start), key=lambda f: f.start, default=now)
    near = near and nearest in {now, base}
    return near and len(own) == len((now, base)) and not re.search(r"[。！？]", text) and len(text) < CLAUSES


def _fits(told: Figure, now: Figure, base: Figure) -> bool:
    gap = abs(now.value - base.value)
    if told.role == "growth":
        return fits(told, gap / base.value * 100) or (
            (now.scaled or base.scaled) is not None and _slip(told, now, base) != SWAPPED and _in_room(told, now, base)
        )
    return told.low <= gap <= told.high or ((now.low < now.high) and abs(gap - told.value) <= now.high - now.low)


def _in_room(told: Figure, now: Figure, base: Figure) -> bool:
    """Whether a growth follows as far as the two counts are rounded."""
    made = [abs(n - b) / b * 100 for n in (now.low, now.high) for b in (base.low, base.high) if b]
    return min(made) - 1 <= told.value <= max(made) + 1


def _follows(told: Figure, around: Sequence[Figure]) -> bool:
    """Whether a growth follows from one count and a difference."""
    changes = [f for f in around if f.role == "change" and f.value]
    counts = [f for f in around if f.role != "change"]
    wholes = ((c, f.value + k * c.value) for c in changes for f in counts if f.unit == c.unit for k in (0, 1, -1))
    return told.role == "growth" and any(w > 0 and fits(told, c.value / w * 100) for c, w in wholes)


def _slip(told: Figure, now: Figure, base: Figure) -> str:
    gap = abs(now.value - base.value)
    if told.role == "growth":
        exact = as_digits(told, gap / base.value * 100)
        return slip(told.digits, exact) or slip(told.digits, as_digits(told, gap / base.value * 100, cut=True))
    whole = gap % 1 == 0 and told.value % 1 == 0
    return slip(int(told.value), int(gap)) if whole else ""


def _doubt(told: Figure, now: Figure, base: Figure) -> Doubt:
    gap = now.value - base.value
    exact = abs(gap) / base.value * 100 if told.role == "growth" else abs(gap)
    like = now if now.scale == base.scale else None
    expected = f"{shown(told, exact)}%" if told.role == "growth" else as_printed(exact, like)
    facts = {
        "written": told.words, "base": as_printed(base.value, like), "now": as_printed(now.value, like),
        "expected": f"{'减少' if gap < 0 else '增加'} {expected}",
    }  # fmt: skip
    sign = -1 if gap < 0 else 1
    able = [(now, base.value + sign * told.value), (base, now.value - sign * told.value), (told, Decimal(abs(gap)))]
    mends = [(f, int(n)) for f, n in able if told.role == "change" and n > 0 and slip(int(f.value), int(n))]
    return Doubt("growth", told.paragraph, (told, now, base), facts, tuple(mends))
