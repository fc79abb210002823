"""Lists whose parts stand in numbered paragraphs of their own, behind one that ends with a colon."""

import re
from collections.abc import Iterator, Sequence

from pipeline.proof.closed import Closed
from pipeline.proof.figure import Figure, Group, Paragraph, Sentence
from pipeline.proof.lists import LONGEST
from pipeline.proof.reading import plain
from schemas.proof import Prose

SHORT = 30  # letters of a numbered line that is an item and no heading
_STOPS = re.compile(r"(?<=[。!?])")


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
        lead = re.split(_STOPS, plain(paragraph.text).rstrip())[-1]
        apart = totals and totals[-1].end <= len(paragraph.text.rstrip()) - len(lead)
        if len(parts) > 1 and totals:
            yield closed.group(totals[0 if apart else -1], parts, lead if apart else "", sure=True)


def _items(paragraphs: Sequence[Paragraph], counts: dict[Paragraph, list[Figure]], prose: Prose) -> Iterator[Figure]:
    """The first count of each numbered paragraph that follows, as long as they are numbered and count alike."""
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
        yield first


def _style(text: str, prose: Prose) -> str:
    """The numbering of the first item: its digits, or （一） where it is short and no heading; "" for none."""
    short = [prose.second_heading] if len(text) < SHORT else []
    return next((style for style in (prose.numbering, *short) if re.match(style, text)), "")
