"""What falls to each of several things (项目67个，总投资13.4亿元，平均每个2,000万元), against how many and what in all.

Nothing is said where any two counts near it give it. Where none does, the three that stand together are meant: the
words of the average name what is counted, the total has its unit, and one slip of the pen would make them fit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.judge.slips import slip
from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.reading import plain
from pipeline.proof.sums import as_printed, number
from schemas.proof import Prose

NEAR = 20  # figures beside what each has that may be what all have
BETWEEN = 1  # other count among the three: what falls to each of other things
LETTERS = 4  # beside a number that may name what is counted
TENS = tuple(Decimal(10) ** n for n in (1, 2, 3, 4, -1, -2, -3, -4))
ROOM = Decimal("0.06")  # how far an average may be rounded
MONTHS = 12


@dataclass(frozen=True)
class Items:
    """How many things there are: a count of the text, or a number that the words give."""

    value: Decimal
    figure: Figure | None = None


def of_each(sentences: Sequence[Sentence], prose: Prose) -> Iterator[Doubt]:
    """Every count of each item with which the items do not come to the count of all."""
    before: tuple[Figure, ...] = ()
    for sentence in (s for s in sentences if not s.inside):
        before = tuple(f for f in before if f.paragraph is sentence.paragraph and f.value)
        days: list[Items] | None = None
        for n, each in enumerate(sentence.counts):
            named = re.search(prose.per, each.before)
            if named and each.value and (each.low < each.value or each.exact):
                days = _days(sentence, prose) if days is None else days
                near = sentence.counts[max(0, n - NEAR) : n + NEAR]
                yield from _against(each, named, near, [*days, *(Items(f.value, f) for f in before)], prose)
        before = sentence.counts[-NEAR:]


def _days(sentence: Sentence, prose: Prose) -> list[Items]:
    """How many days the sentence itself reckons with: 按250个工作日计."""
    text = plain(sentence.paragraph.text[sentence.start : sentence.start + len(sentence.text)])
    return [Items(Decimal(found)) for found in re.findall(prose.days, text)][:NEAR]


def _against(
    each: Figure, named: re.Match[str], near: Sequence[Figure], more: Sequence[Items], prose: Prose
) -> Iterator[Doubt]:
    own = [f for f in near if f is not each and f.value]
    totals = [f for f in own if _is_alike(f, each) and not re.search(prose.per, f.before)]
    thing = named[1] or named[2] or "天"
    days = [one for one in more if one.figure is None]
    items = [*days, *(Items(f.value, f) for f in own if f.start < each.start and _is_of(f, thing, prose))]
    times = MONTHS if re.search("月", each.before) else 1
    able = [*more, *(Items(f.value, f) for f in own)]
    if any(_fits(each, *pair, times) for pair in _pairs(able, totals)):
        return
    for one, every in _pairs(items[::-1], totals):
        mends = _mends(each, one, every, times) if _together(near, each, one, every) else []
        if mends:
            yield _doubt(each, one, every, times, mends)
            return


def _pairs(items: Sequence[Items], totals: Sequence[Figure]) -> Iterator[tuple[Items, Figure]]:
    return ((one, every) for one in items for every in totals if every is not one.figure)


def _is_alike(figure: Figure, each: Figure) -> bool:
    """Whether a count has the unit of an average, or the same thing is counted by it: 人次 and 人."""
    units = figure.unit, each.unit
    return all(units) and (units[0].startswith(units[1]) or units[1].startswith(units[0]))


def _is_of(figure: Figure, thing: str, prose: Prose) -> bool:
    """Whether a count is of the things that an average names: by its unit, or right beside its number."""
    unit = figure.unit
    return unit[:1] == thing[:1] or thing.startswith(unit) or prose.alike(unit, thing[:1]) or (
        thing[:1] in figure.before[-LETTERS:] + figure.after[:LETTERS]
    )  # fmt: skip


def _together(near: Sequence[Figure], each: Figure, items: Items, total: Figure) -> bool:
    """Whether the three follow each other with no other count between, but for what falls to each of other things."""
    three = [f for f in (each, total, items.figure) if f]
    if any(f not in near for f in three):
        return False
    at = sorted(near.index(f) for f in three)
    return at[-1] - at[0] < len(three) + (BETWEEN if items.figure else 0)


def _fits(each: Figure, items: Items, total: Figure, times: int) -> bool:
    """Whether the average is the quotient, as far as the three are rounded."""
    step = Decimal(1).scaleb(min(0, int(each.value.as_tuple().exponent))) if each.exact else Decimal(0)
    low, high = (items.figure.low, items.figure.high) if items.figure else (items.value, items.value)
    return total.low / high / times < each.high + step and each.low - step < total.high / max(low, Decimal(1)) / times


def _mends(each: Figure, items: Items, total: Figure, times: int) -> list[tuple[Figure, int]]:
    """The figures that one slip of the pen may have spoilt, each with what it would have to be."""
    able = [(each, total.value / items.value / times), (total, items.value * each.value * times)]
    able += [(items.figure, total.value / each.value / times)] if items.figure else []
    tens = any(abs(each.value * items.value * times * ten / total.value - 1) < ROOM for ten in TENS)
    slips = [(f, n) for f, n in able if f.digits and slip(f.digits, int((n * f.digits / f.value).to_integral_value()))]
    return [(f, int(n.to_integral_value())) for f, n in slips or (able[:1] if tens else [])]


def _doubt(each: Figure, items: Items, total: Figure, times: int, mends: Sequence[tuple[Figure, int]]) -> Doubt:
    count = items.value * times
    ratio = (total.value / count / each.scale).quantize(Decimal("0.01")) * each.scale
    facts = {
        "written": each.words, "items": number(count), "total": as_printed(total.value, total),
        "each": as_printed(each.value, each), "expected": as_printed(ratio, each),
        "product": as_printed(each.value * count, total),
    }  # fmt: skip
    figures = (each, total, items.figure) if items.figure else (each, total)
    exact = tuple((f, n) for f, n in mends if f.exact and f.value % 1 == 0)
    return Doubt("each", each.paragraph, figures, facts, exact)
