"""Lists whose parts stand in numbered paragraphs of their own, behind one that ends with a colon."""

import re
from collections.abc import Iterator, Sequence

from pipeline.proof.closed import Closed
from pipeline.proof.figure import Figure, Group, Paragraph, Sentence
from pipeline.proof.lists import LONGEST
from pipeline.proof.reading import plain
from schemas.proof import Prose


def numbered(sentences: Sequence[Sentence], closed: Closed, prose: Prose) -> Iterator[Group]:
    """The groups whose total stands before a colon that ends its paragraph, with a numbered paragraph a part."""
    counts: dict[Paragraph, list[Figure]] = {}
    for sentence in sentences:
        counts.setdefault(sentence.paragraph, []).extend(sentence.counts)
    paragraphs = list(counts)
    for n, paragraph in enumerate(paragraphs):
        if not paragraph.text.rstrip().endswith((":", "：")):
            continue
        parts = list(_items(paragraphs[n + 1 : n + 1 + LONGEST], counts, prose))
        totals = [f for f in counts[paragraph] if parts and prose.alike(f.unit, parts[0].unit)]
        if len(parts) > 1 and totals:
            yield closed.group(totals[-1], parts, "", sure=True)


def _items(paragraphs: Sequence[Paragraph], counts: dict[Paragraph, list[Figure]], prose: Prose) -> Iterator[Figure]:
    """The first count of each numbered paragraph that follows, as long as they are numbered and count alike."""
    unit = ""
    for paragraph in paragraphs:
        first = next(iter(counts[paragraph]), None)
        if first is None or not re.match(prose.numbering, plain(paragraph.text)) or not prose.alike(unit, first.unit):
            return
        unit = first.unit
        yield first
