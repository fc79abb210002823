"""Lists whose parts stand in numbered paragraphs of their own, behind one that ends with a colon."""

import re
from collections.abc import Container, Iterator, Sequence

from pipeline.proof.closed import Closed
from pipeline.proof.figure import Figure, Group, Paragraph, Sentence
from pipeline.proof.lists import LONGEST
from pipeline.proof.reading import plain
from pipeline.proof.sums import comes_near, suspects, total_of
from schemas.proof import Prose

SHORT = 30  # letters of a numbered line that is an item and no heading
_STOPS = re.compile(r"(?<=[。!?])")


def numbered(sentences: Sequence[Sentence], closed: Closed, prose: Prose, inside: Container[Figure]) -> Iterator[Group]:
    """The groups whose total stands before a colon that ends its paragraph, with a numbered paragraph a part.

    A paragraph may have several parts side by side (同意公开8件，部分公开2件); ``inside`` are those of lists in it.
    """
    counts: dict[Paragraph, list[Figure]] = {}
    for sentence in sentences:
        counts.setdefault(sentence.paragraph, []).extend(sentence.counts)
    own = {sentence.paragraph: _side_by_side(sentence, prose, inside) for sentence in reversed(sentences)}
    paragraphs = list(counts)
    for n, paragraph in enumerate(paragraphs):
        if not paragraph.text.rstrip().endswith((":", "：")):
            continue
        items = list(_items(paragraphs[n + 1 : n + 1 + LONGEST], counts, own, prose))
        totals = [f for f in counts[paragraph] if items and prose.alike(f.unit, items[0][0].unit)]
        lead = re.split(_STOPS, plain(paragraph.text).rstrip())[-1]
        apart = totals and totals[-1].end <= len(paragraph.text.rstrip()) - len(lead)
        if len(items) > 1 and totals:
            total = totals[0 if apart else -1]
            if parts := _meant(total, items):
                yield closed.group(total, parts, lead if apart else "", sure=True)


def _meant(total: Figure, items: Sequence[Sequence[Figure]]) -> Sequence[Figure]:
    """The parts of a list: the first count of each item, or all where items have several; () where neither may be."""
    first, every = [item[0] for item in items], [figure for item in items for figure in item]
    if len(first) == len(every) or total.meets(*total_of(first)):
        return first
    group = Group(total, tuple(every), closed=True, overlap=False, sure=True)
    return every if total.meets(*total_of(every)) or (comes_near(total, every) and suspects(group)) else ()


def _side_by_side(sentence: Sentence, prose: Prose, inside: Container[Figure]) -> list[Figure]:
    """The counts of a paragraph's first sentence that stand beside its first one, as far as no list begins below."""
    marks = [at for word in prose.parts if (at := sentence.text.find(word)) >= 0]
    end = sentence.start + min(marks, default=len(sentence.text))
    first = next(iter(sentence.counts), None)
    return [
        f for f in sentence.counts
        if f is first or (first and f.start < end and f not in inside and f.unit == first.unit and f.before.strip())
    ]  # fmt: skip


def _items(
    paragraphs: Sequence[Paragraph], counts: dict[Paragraph, list[Figure]], own: dict[Paragraph, list[Figure]],
    prose: Prose,
) -> Iterator[list[Figure]]:  # fmt: skip
    """The counts of each numbered paragraph that follows, as long as they are numbered and count alike."""
    unit = style = ""
    for paragraph in paragraphs:
        first = next(iter(counts[paragraph]), None)
        style = style or _style(plain(paragraph.text), prose)
        if (
            first is None
            or not style
            or not re.match(style, plain(paragraph.text))
            or not prose.alike(unit, first.unit)
        ):
            return
        unit = first.unit
        yield own[paragraph] or [first]


def _style(text: str, prose: Prose) -> str:
    """The numbering of the first item: its digits, or （一） where it is short and no heading; "" for none."""
    short = [prose.second_heading] if len(text) < SHORT else []
    return next((style for style in (prose.numbering, *short) if re.match(style, text)), "")
