"""What was counted before and is taken up again with its number: 收到申请89件…… 全年89件申请中，有6件补正."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import ONE_DIGIT, SWAPPED
from pipeline.proof.across import LEAST, differs
from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.grids import Tables
from pipeline.proof.labels import Labels
from schemas.proof import Prose

LATEST = 60  # counts before it that it may take up
SMALL = 10
LONG = 2  # letters of a thing that are found within other words


def referring(sentences: Sequence[Sentence], tables: Tables, labels: Labels, prose: Prose) -> Iterator[Doubt]:
    """Every number of a thing told before that no such thing had, and one slip of the pen would give it."""
    before: list[Figure] = []
    often = Counter(f.value for s in sentences for f in s.figures) + Counter(f.value for f in tables.figures)
    for sentence in (s for s in sentences if not s.inside):
        for figure in sentence.counts:
            thing = _taken_up(sentence, figure, labels, prose)
            if thing is None or not figure.exact or figure.value < SMALL or figure.value % 1:
                continue
            own = _alike(figure, [one for one in before[-LATEST:] if _is_meant(figure, one, thing)])
            alone = often[figure.value] == 1
            other = _meant(figure, own) if thing or alone else None
            if other is None and thing and alone:
                other = _only(figure, [one for one in own if _is_of(one, thing)], sentences, tables)
            yield from [differs(figure, other)] if other else []
        before += [f for f in sentence.counts if f.exact and not f.span]


def _taken_up(sentence: Sentence, figure: Figure, labels: Labels, prose: Prose) -> str | None:
    """The thing that a count at the beginning of its clause takes up; "" a number alone, None anew."""
    at = figure.start - sentence.start
    begins = re.search(r"(?:^|[，;:])[^，;:]{0,6}$", sentence.text[max(0, at - SMALL) : at])
    words = labels.bare(re.sub(prose.begins, "", figure.before))
    at = figure.end - sentence.start
    behind = sentence.text[at : at + 2 * SMALL]
    bare = re.match(prose.taken_up_bare, behind)
    if words and not figure.before.endswith(prose.attribute):  # 主动公开246条中
        return words if bare and len(words) > LONG and figure is sentence.figures[0] else None
    if not begins and not words:
        return None
    found = re.match(prose.taken_up, behind)
    return "" if bare and not words else found[1] if found else None


def _is_meant(figure: Figure, before: Figure, thing: str) -> bool:
    """Whether a count may be what is taken up: its words name the thing, or it stands near a number alone."""
    if not thing:
        return figure.paragraph.number - before.paragraph.number <= 1
    words = before.before + before.after[:SMALL]
    return thing in words if len(thing) >= LONG else _is_of(before, thing)


def _is_of(figure: Figure, thing: str) -> bool:
    """Whether a count is of a thing: 收到申请23件, 13个村."""
    return figure.after.startswith(thing) or figure.before.endswith(thing)


def _alike(figure: Figure, several: Sequence[Figure]) -> list[Figure]:
    """Those with the same unit and year, the latest first; none where one has the same number."""
    own = [f for f in reversed(several) if f.unit == figure.unit and f.year == figure.year and f.value % 1 == 0]
    return [] if any(one.value == figure.value for one in own) else own


def _meant(figure: Figure, own: Sequence[Figure]) -> Figure | None:
    """The count that was meant: the same digits, or the only one of its kind with all digits but one."""
    alone = figure.value >= LEAST and len({one.value for one in own}) == 1
    for one in own:
        how = slip(int(figure.value), int(one.value))
        if how == SWAPPED or (how == ONE_DIGIT and alone):
            return one
    return None


def _only(figure: Figure, own: Sequence[Figure], sentences: Sequence[Sentence], tables: Tables) -> Figure | None:
    """The only count as large of a thing, of two digits, where nothing told beside it makes up for the difference."""
    large = [one for one in own if one.value * 2 > figure.value]
    if len({one.value for one in large}) != 1 or slip(int(figure.value), int(large[0].value)) != ONE_DIGIT:
        return None
    gap = abs(figure.value - large[0].value)
    beside = {f.value for s in sentences if s.paragraph is large[0].paragraph for f in s.figures}
    there: set[Decimal] = beside | {f.value for f in tables.figures}
    return None if gap in there else large[0]
