"""Lists that are told in two units at once: 培训16期1840人次，其中县级4期620人次，乡镇12期1220人次."""

import re
from collections.abc import Iterator, Sequence

from pipeline.proof.figure import Figure, Group, Sentence
from pipeline.proof.sums import total_of
from schemas.proof import Prose

_NEXT = re.compile(r"\s*[、]?\s*[\u4e00-\u9fff]{0,2}\s*")  # between a count and another one of the same item


def beside(groups: Sequence[Group], sentences: Sequence[Sentence], prose: Prose) -> Iterator[Group]:
    """The second list of every list that makes its total, where the total and each part have a second count."""
    following = {one: other for s in sentences for one, other in zip(s.figures, s.figures[1:], strict=False)}
    for group in groups:
        if len(group.parts) < 2 or not group.total.meets(*total_of(group.parts)) or group.overlap:
            continue
        second = [following.get(figure) for figure in (group.total, *group.parts)]
        there = [other for other in second if other and _is_second(other, group.total, prose)]
        if len(there) == len(second) and all(prose.alike(there[0].unit, other.unit) for other in there):
            yield Group(there[0], tuple(there[1:]), closed=True, overlap=False, sure=group.sure)


def _is_second(figure: Figure, first: Figure, prose: Prose) -> bool:
    """Whether a count stands right behind another one and counts the same item in another unit."""
    return figure.role == "count" and bool(_NEXT.fullmatch(figure.gap)) and not prose.alike(figure.unit, first.unit)
