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
ROOM = Decimal("0.06")  # how far an average may be rounded


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
