"""What was counted on the average of a month or a day, against the count of the whole year before it."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR

from pipeline.judge.slips import slip
from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.sums import number
from schemas.proof import Prose


def averages(sentences: Sequence[Sentence], prose: Prose) -> Iterator[Doubt]:
    """Every average behind its count that no number of months or days gives, and one slip of the pen would mend."""
    for sentence in sentences:
        total: Figure | None = None
        for told in sentence.figures:
            named = next((one for one in prose.averages if re.search(one.says, told.before)), None)
            if not named or not total:
                total = told
                continue
            alike = told.role == total.role == "count" and told.unit == total.unit and not total.span
            if alike and total.exact and told.exact and not _fits(told, total, named.of):
                yield from _doubted(told, total, named.of[0])


def _fits(told: Figure, total: Figure, several: Sequence[int]) -> bool:
    """Whether the average follows from one of several numbers of months or days, however it was rounded."""
    step = told.value.as_tuple().exponent
    places = told.value if isinstance(step, int) and step < 0 else told.value.quantize(told.value.copy_abs() * 0 + 1)
    made = [total.value / one for one in several]
    return any(
        one.quantize(places, ROUND_FLOOR) <= told.value <= one.quantize(places, ROUND_CEILING) for one in made
    )  # fmt: skip


def _doubted(told: Figure, total: Figure, days: int) -> Iterator[Doubt]:
    right = total.value / days
    whole = int(right.to_integral_value())
    if told.value % 1 == 0 and slip(int(told.value), whole):
        facts = {"written": told.words, "total": number(total.value), "days": str(days), "expected": number(right)}
        facts["expected"] = f"{whole:,}"
        yield Doubt("average", told.paragraph, (told, total), facts, ((told, whole),))
