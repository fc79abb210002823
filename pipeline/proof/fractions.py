"""Things that are counted one by one and have a fraction all the same: 5.2人次, where 万 was left out."""

import re
from collections.abc import Iterator, Sequence

from pipeline.proof.figure import Doubt, Sentence
from schemas.proof import Prose


def fractions(sentences: Sequence[Sentence], prose: Prose) -> Iterator[Doubt]:
    """Every count of what cannot be divided that is no whole number and no average."""
    for sentence in sentences:
        for figure in sentence.counts:
            whole = figure.value == figure.value.to_integral_value()
            if whole or figure.scaled is not None or figure.unit not in prose.indivisible:
                continue
            around = f"{figure.before}{figure.written}{figure.after[:4]}"
            if not re.search(prose.averaged, around):
                facts = {"written": figure.words, "unit": figure.unit}
                yield Doubt("fraction", figure.paragraph, (figure,), facts)
