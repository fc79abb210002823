"""What was counted on the average of a month or a day, against the count of the whole year before it."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import SWAPPED, says_little
from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.sums import TEN_THOUSAND, number
from schemas.proof import Prose

MONTHS = 12
BEFORE = 2  # counts of items, or of all, that may be meant
ROOM = Decimal("0.06")  # how far an average may be rounded
NEAR = 20  # figures beside what each has that may be what all have


def averages(sentences: Sequence[Sentence], prose: Prose) -> Iterator[Doubt]:
    """Every average behind its count that no number of months or days gives, and one slip of the pen would mend."""
    main: list[Figure] = []  # the first count of the sentence before, in the same paragraph
    for sentence in sentences:
        main = [f for f in main if f.paragraph is sentence.paragraph]
        for n, told in enumerate(sentence.figures):
            named = next((one for one in prose.averages if re.search(one.says, told.before)), None)
            if named and told.role == "count":
                able = [*reversed(sentence.figures[:n]), *main]
                counts = [f for f in able if f.role == "count" and f.unit == told.unit and not f.span]
                lacks = [one for f in counts for one in _lacks_scale(told, f, Decimal(named.of[0]), told)]
                yield from lacks[:1]
                if told.exact and not lacks:
                    yield from _of_any(told, [f for f in counts if f.exact], named.of)
        main = list(sentence.counts[:1]) if not sentence.inside else main


def products(sentences: Sequence[Sentence], prose: Prose) -> Iterator[Doubt]:
    """Every count of each item (12期，每期3,000份，共36,000份) with which the items do not come to the count of all."""
    for sentence in (s for s in sentences if not s.inside):
        for n, each in enumerate(sentence.figures):
            found = re.match(prose.per, each.before.strip())
            unit = found and (found[1] or found[2])
            if not unit:
                continue
            near = [f for f in sentence.figures[max(0, n - NEAR) : n + NEAR] if f.role == "count" and f is not each]
            beside = [f for f in near if not _parted(sentence, f, each)] or near
            every = [f for f in beside if f.unit == each.unit]
            here = [f for f in beside if f.start < each.start and (unit in f.unit or prose.alike(f.unit, unit))]
            times = Decimal(MONTHS if re.search("月", each.before) else 1)
            ways = ((f, told) for f in here[-BEFORE:] for told in every if len(every) <= BEFORE)
            lacks = [one for f, told in ways for one in _lacks_scale(each, told, f.value * times, told)]
            yield from lacks[:1]
            items = [] if lacks else [f for f in here if f.unit == unit and f.exact]
            if items and len(every) == 1 and each.exact and each.value and not each.span:
                yield from _multiplied(items[-1], each, every[0])


def _parted(sentence: Sentence, one: Figure, other: Figure) -> bool:
    """Whether a semicolon stands between two figures."""
    start, end = sorted((one.start, other.start))
    return ";" in sentence.text[start - sentence.start : end - sentence.start]


def _multiplied(items: Figure, each: Figure, every: Figure) -> Iterator[Doubt]:
    """The doubt where items and what each has do not come to all, and one slip of the pen would make them."""
    step = Decimal(1).scaleb(min(0, int(each.value.as_tuple().exponent))) * each.scale
    if not items.value or every.meets(items.value * (each.value - step), items.value * (each.value + step)):
        return
    made, ratio = items.value * each.value, every.value / items.value
    able = [(every, made), (each, ratio.to_integral_value()), (items, (every.value / each.value).to_integral_value())]
    mends = [(f, int(n)) for f, n in able if f.exact and f.value % 1 == 0 and slip(f.digits, int(n / f.scale))]
    if mends:
        facts = {
            "written": each.words, "total": number(every.value), "days": number(items.value),
            "expected": f"{ratio.quantize(Decimal('0.1')).normalize():,f}",
        }  # fmt: skip
        yield Doubt("average", each.paragraph, (each, every, items), facts, tuple(mends))


def _lacks_scale(each: Figure, every: Figure, items: Decimal, wrong: Figure) -> Iterator[Doubt]:
    """The doubt where what each has and how many there are come to all but for a 万 too many or left out."""
    made = each.value * items
    if not made or not every.value or abs(made / every.value - 1) < ROOM:
        return
    if any(abs(made * factor / every.value - 1) < ROOM for factor in (TEN_THOUSAND, 1 / TEN_THOUSAND)):
        ratio = every.value / items
        facts = {
            "written": each.words, "total": number(every.value), "days": number(items),
            "expected": f"{ratio.quantize(Decimal('0.01')).normalize():,f}",
        }  # fmt: skip
        yield Doubt("average", wrong.paragraph, (wrong, *(f for f in (each, every) if f is not wrong)), facts)


def _of_any(told: Figure, able: Sequence[Figure], several: Sequence[int]) -> Iterator[Doubt]:
    """The doubt of an average that is of none of the counts before it: of the last one, or with digits exchanged."""
    if not any(_fits(told, total, several) for total in able):
        for total in able:
            swapped = told.value % 1 == 0 and slip(int(told.value), _whole(total, several[0])) == SWAPPED
            if swapped or total is able[0]:
                yield from _doubted(told, total, several[0])
            if swapped:
                return


def _fits(told: Figure, total: Figure, several: Sequence[int]) -> bool:
    """Whether the average follows from one of several numbers of months or days, however it was rounded."""
    step = told.value.as_tuple().exponent
    places = told.value if isinstance(step, int) and step < 0 else told.value.quantize(told.value.copy_abs() * 0 + 1)
    made = [total.value / one for one in several]
    return any(
        one.quantize(places, ROUND_FLOOR) <= told.value <= one.quantize(places, ROUND_CEILING) for one in made
    )  # fmt: skip


def _whole(total: Figure, days: int) -> int:
    """The average of a count, rounded."""
    return int((total.value / days).to_integral_value())


def _doubted(told: Figure, total: Figure, days: int) -> Iterator[Doubt]:
    whole = _whole(total, days)
    how = slip(int(told.value), whole) if told.value % 1 == 0 else ""
    if how and not says_little(how, int(told.value)):
        facts = {"written": told.words, "total": number(total.value), "days": str(days), "expected": f"{whole:,}"}
        yield Doubt("average", told.paragraph, (told, total), facts, ((told, whole),))
