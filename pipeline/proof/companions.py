"""Two counts that are told together twice (培训37期、1246人次), of which only the first is the same both times."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import ONE_DIGIT, SWAPPED
from pipeline.proof.across import LEAST, differs
from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.labels import Labels

RARE = 6  # from here on two counts in one unit are seldom the same by chance
BREATH = 16  # letters between two counts that are told together
MOST = 12  # pairs of one first count that are compared

Pair = tuple[Figure, Figure]


def companions(sentences: Sequence[Sentence], labels: Labels) -> Iterator[Doubt]:
    """Every second count that differs by a slip of the pen from the one told with the same first count before."""
    often = Counter((f.value, f.unit) for s in sentences for f in s.counts)
    told: dict[tuple[object, ...], list[Pair]] = defaultdict(list)
    families = labels.prose.family_of
    for first, second in (pair for sentence in sentences for pair in _pairs(sentence, labels)):
        before = told[first.value, first.unit, families.get(second.unit, second.unit), second.year, second.span]
        alike = [(a, b) for a, b in before[:MOST] if a.paragraph is not first.paragraph and _common(a, first, labels)]
        if not any(b.value == second.value for _, b in alike) and often[second.value, second.unit] == 1:
            meant = next((b for _, b in alike if _slipped(second, b)), None)
            yield from [differs(second, meant)] if meant else []
        before.append((first, second))


def _pairs(sentence: Sentence, labels: Labels) -> Iterator[Pair]:
    """The counts of a sentence that stand beside each other in different units, the first of them a rare one."""
    for first, second in zip(sentence.figures, sentence.figures[1:], strict=False):
        counted = {first.role, second.role} == {"count"} and all(f.exact and f.value % 1 == 0 for f in (first, second))
        close = len(second.gap.strip()) <= BREATH and ";" not in second.gap
        more = any(word in first.before + second.gap for word in (*labels.prose.several, *labels.prose.more))
        if counted and close and first.value >= RARE and not more and not labels.prose.alike(first.unit, second.unit):
            yield first, second


def _common(one: Figure, other: Figure, labels: Labels) -> bool:
    """Whether the words of two counts have two letters in a row in common."""
    first, second = (labels.bare(f.before + f.after) for f in (one, other))
    return any(first[n : n + 2] in second for n in range(len(first) - 1))


def _slipped(figure: Figure, other: Figure) -> bool:
    how = slip(int(figure.value), int(other.value))
    return how == SWAPPED or (how == ONE_DIGIT and figure.value >= LEAST)
