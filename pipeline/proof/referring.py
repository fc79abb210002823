"""What was counted before and is taken up again with its number: 收到申请89件…… 全年89件申请中，有6件补正."""

import re
from collections.abc import Iterator, Sequence

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import ONE_DIGIT, SWAPPED
from pipeline.proof.across import LEAST, differs
from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.labels import Labels
from schemas.proof import Prose

LATEST = 60  # counts before it that it may take up
SMALL = 10


def referring(sentences: Sequence[Sentence], labels: Labels, prose: Prose) -> Iterator[Doubt]:
    """Every number of a thing told before that no such thing had, and one slip of the pen would give it."""
    before: list[tuple[Figure, str]] = []
    for sentence in (s for s in sentences if not s.inside):
        for figure in sentence.counts:
            thing = _taken_up(sentence, figure, labels, prose)
            if thing and figure.exact and figure.value >= SMALL and figure.value % 1 == 0:
                yield from _against(figure, [one for one, words in before[-LATEST:] if thing in words])
        before += [(f, f.before + f.after[:SMALL]) for f in sentence.counts if f.exact and not f.span]


def _taken_up(sentence: Sentence, figure: Figure, labels: Labels, prose: Prose) -> str:
    """The thing that a count at the beginning of its clause takes up; "" where it counts anew."""
    at = figure.start - sentence.start
    begins = re.search(r"(?:^|[，;:])[^，;:]{0,6}$", sentence.text[max(0, at - SMALL) : at])
    if labels.bare(figure.before) or not begins:
        return ""
    at = figure.end - sentence.start
    found = re.match(prose.taken_up, sentence.text[at : at + 2 * SMALL])
    return found[1] if found else ""


def _against(figure: Figure, several: Sequence[Figure]) -> Iterator[Doubt]:
    own = [one for one in several if one.unit == figure.unit and one.year == figure.year and one.value % 1 == 0]
    if any(one.value == figure.value for one in own):
        return
    for one in reversed(own):
        how = slip(int(figure.value), int(one.value))
        if how == SWAPPED or (how == ONE_DIGIT and figure.value >= LEAST and len({o.value for o in own}) == 1):
            yield differs(figure, one)
            return
