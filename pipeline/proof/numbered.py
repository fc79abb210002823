"""Lists whose parts stand in numbered paragraphs of their own, behind one that ends with a colon."""

import re
from collections.abc import Iterator, Sequence

from pipeline.proof.closed import Closed
from pipeline.proof.figure import Figure, Group, Paragraph, Sentence
from pipeline.proof.reading import plain
from schemas.proof import Prose


def numbered(sentences: Sequence[Sentence], closed: Closed, prose: Prose) -> Iterator[Group]:
    """The groups whose total stands before a colon that ends its paragraph, with a numbered paragraph a part."""
    paragraphs = list(dict.fromkeys(s.paragraph for s in sentences))
    first = {p: next((f for s in sentences if s.paragraph is p for f in s.counts), None) for p in paragraphs}
    for n, paragraph in enumerate(paragraphs):
        if not plain(paragraph.text).rstrip().endswith(":"):
            continue
        parts = list(_parts(paragraphs[n + 1 :], first, prose))
        totals = [
            f for s in sentences if s.paragraph is paragraph for f in s.counts if parts and f.unit == parts[0].unit
        ]
        if len(parts) > 1 and totals:
            yield closed.group(totals[-1], parts, "", sure=True)


def _parts(paragraphs: Sequence[Paragraph], first: dict[Paragraph, Figure | None], prose: Prose) -> Iterator[Figure]:
    unit = ""
    for paragraph in paragraphs:
        figure = first[paragraph]
        if not re.match(prose.numbering, plain(paragraph.text)) or figure is None or (unit and figure.unit != unit):
            return
        unit = figure.unit
        yield figure
