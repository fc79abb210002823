"""The year of which the text speaks: its title, its span, and sentences that still tell of another year."""

import re
from collections.abc import Iterator, Sequence

from pipeline.proof.figure import Doubt, Paragraph, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.reading import plain
from schemas.proof import Prose

HEAD = 5  # paragraphs in which the title stands


def title_year(paragraphs: Sequence[Paragraph], prose: Prose) -> int | None:
    """The year of the report by its title."""
    found = (re.search(prose.time.title, plain(p.text)) for p in paragraphs[:HEAD])
    return next((int(m[1]) for m in found if m), None)


def years(
    paragraphs: Sequence[Paragraph], sentences: Sequence[Sentence], year: int, prose: Prose, labels: Labels
) -> Iterator[Doubt]:
    """Every year that should be the report's and is not."""
    for n, paragraph in enumerate(paragraphs):
        text = plain(paragraph.text)
        patterns = [
            prose.time.span,
            prose.time.reported,
            *([prose.time.title, prose.time.presented] if n < HEAD else []),
        ]
        for found in (m for pattern in patterns for m in re.finditer(pattern, text)):
            if any(int(one) != year for one in found.groups() if one):
                yield _doubt(paragraph, paragraph.text[found.start() : found.end()], year)
    yield from _closing(sentences, year, prose)
    yield from _onward(sentences, year, prose)
    yield from _topics(paragraphs, year, prose)
    yield from _nothing(sentences, year, prose)
    terms = {
        int(y) for p in paragraphs[:HEAD] for m in re.finditer(prose.time.terms, plain(p.text)) for y in m.groups()
    }
    own = {labels.core(f) for s in sentences for f in s.figures if f.year == year and f.role == "count"}
    for sentence in sentences:
        opens = re.match(prose.time.opens, sentence.text)
        if not opens or int(opens[1]) in {year, *terms} or sentence.inside or not sentence.counts:
            continue
        said = labels.bare(sentence.counts[0].before)
        dated = re.match(prose.time.attribute, sentence.text[opens.end() :])  # 2021年提出的3项: what is known
        if (
            said
            and not dated
            and _speaks_of_it(sentence, opens, prose, year)
            and labels.core(sentence.counts[0]) not in own
        ):
            yield _doubt(sentence.paragraph, opens[0].strip(" ，,"), year, sentence)


def _closing(sentences: Sequence[Sentence], year: int, prose: Prose) -> Iterator[Doubt]:
    """Every figure that is said to be of the end of the year before, where nothing says that this year is meant."""
    for sentence in (s for s in sentences if s.figures and not s.inside):
        now = re.search(prose.table.this_year, sentence.text) or f"{year + 1}年" in sentence.text
        if f"{year}年" in sentence.text or (re.search(prose.time.carried_on, sentence.text) and not now):
            continue
        for found in re.finditer(prose.time.closing, sentence.text):
            if int(found[1] or found[2]) == year - 1:
                yield _doubt(sentence.paragraph, found[0], year, sentence)


def _onward(sentences: Sequence[Sentence], year: int, prose: Prose) -> Iterator[Doubt]:
    """Every rest that is said to be carried into the year of the report itself: 办结35件，结转2023年3件."""
    for sentence in sentences:
        for found in re.finditer(prose.time.onward, sentence.text):
            if int(found[1]) == year:
                facts = {"written": found[0], "last": str(year), "year": str(year + 1)}
                yield Doubt("onward", sentence.paragraph, sentence.figures[:1], facts, words=found[0])


def _topics(paragraphs: Sequence[Paragraph], year: int, prose: Prose) -> Iterator[Doubt]:
    """The first paragraph that says of which year the report tells (2021年，全区贯彻……), where that is another one."""
    for paragraph in paragraphs:
        text = plain(paragraph.text)
        found = re.match(prose.time.topic, text)
        if found:
            others = {int(y) for y in re.findall(r"(?<!\d)(20\d\d)年", text)}
            if (
                int(found[1]) == year - 1
                and others == {year - 1}
                and not any(word in text for word in prose.time.plans[:1])
            ):
                yield _doubt(paragraph, found[0].strip(), year)
            return


def _nothing(sentences: Sequence[Sentence], year: int, prose: Prose) -> Iterator[Doubt]:
    """Every sentence without a figure that says of the year before alone what did not happen, in a paragraph of it."""
    for sentence in (s for s in sentences if not s.inside and not s.figures):
        found = re.match(prose.time.nothing, sentence.text)
        if not found or int(found[1]) != year - 1 or not _speaks_of_it(sentence, found, prose, year):
            continue
        if not set(re.findall(r"(?<!\d)(20\d\d)年", plain(sentence.paragraph.text))) - {found[1]}:
            yield _doubt(sentence.paragraph, found[0].strip(), year)


def _speaks_of_it(sentence: Sentence, opens: re.Match[str], prose: Prose, year: int) -> bool:
    """Whether a sentence that opens with another year tells of that year alone, with no plan and no comparison."""
    words = (*prose.time.plans, *prose.time.other, *prose.change.compares[:1], *prose.change.compares[2:4])
    others = {int(y) for y in re.findall(r"(?<!\d)(20\d\d)年", sentence.text)}
    now = re.search(prose.table.this_year, sentence.text)
    told = sentence.text.replace(prose.time.alike, "")
    if int(opens[1]) > year and not re.search(prose.time.ahead, sentence.text):
        return False
    return others == {int(opens[1])} and not now and not any(word in told for word in words)


def _doubt(paragraph: Paragraph, written: str, year: int, sentence: Sentence | None = None) -> Doubt:
    figures = sentence.figures[:1] if sentence else ()
    return Doubt("year", paragraph, figures, {"written": written, "year": str(year)}, words=written)
