"""Which count a list is of: what opens it has its total before it, in its sentence, its paragraph or its chapter."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.proof.closed import Closed
from pipeline.proof.figure import Figure, Sentence
from pipeline.proof.leads import Leads
from pipeline.proof.sums import total_of
from schemas.proof import Prose

SEVERAL = 2  # counts that are added up in a sentence of their own
SOME = 3  # parts that show of which list they are
OPEN = 40  # totals that stay open at most
MANY = 100  # from here on a sum seldom meets a count by chance
CLOSE = Decimal("0.1")  # how far a whole list may be from a total of another chapter


@dataclass(frozen=True)
class Totals:
    """What may be the total of a list, the likeliest first; ``sure`` where the text leaves no doubt that one is."""

    sure: bool
    able: Sequence[Figure]


@dataclass
class Open:
    """What was read so far: the counts that may be totals yet, and those that are parts or have their channels."""

    counts: deque[Figure] = field(default_factory=lambda: deque(maxlen=OPEN))
    inside: set[Figure] = field(default_factory=set)
    told: set[Figure] = field(default_factory=set)

    def here(self, figure: Figure) -> list[Figure]:
        """The counts before one in its paragraph, if they are several."""
        found = [one for one in self.counts if one.paragraph is figure.paragraph]
        return found if len(found) > SEVERAL else []

    def totals(self) -> list[Figure]:
        """The open totals in order."""
        return [figure for figure in self.counts if figure not in self.inside]


@dataclass(frozen=True)
class Search:
    """Searches the totals of lists; ``made`` are those that whole lists make: another view is likely of the same."""

    prose: Prose
    closed: Closed
    leads: Leads
    made: set[Figure] = field(default_factory=set)

    def named(self, sentence: Sentence, n: int, opened: Open) -> Totals | None:
        """The count that a sentence takes up by its words to break it down: 县区公开120条。县区中，……."""
        found = re.match(self.prose.named, sentence.text) if n == 0 else None
        labels = self.closed.labels
        names = {labels.bare(found[1]), labels.named(found[1])} if found else set()
        ends = tuple(name for name in names if len(name) > 1)
        able = [
            f for f in reversed(opened.counts)
            if ends and labels.bare(f.before).endswith(ends) and f.unit == sentence.counts[0].unit
        ]  # fmt: skip
        return Totals(True, able[:1]) if able else None

    def totals(self, sentence: Sentence, n: int, lead: str, earlier: list[Figure]) -> Totals:
        """The totals that the list beginning with the n-th count may be of; ``earlier`` are those open to it."""
        unit, counts, leads = sentence.counts[n].unit, sentence.counts, self.leads
        there = counts[max(0, n - OPEN) : n]
        free = set(earlier) if leads.seen(lead) and not leads.marked(lead) else set(there)
        own = [f for f in reversed(there) if self.prose.alike(f.unit, unit) and f in free]
        if own:
            clause = sentence.text.rfind(";", 0, own[0].start - sentence.start) + sentence.start
            near = [f for f in own if f.start >= clause]
            alone = leads.of_these(lead) or not (leads.marked(lead) or leads.seen(lead))
            return Totals(True, own[:1] if alone else near)
        if sentence.owner:
            return Totals(True, [f for f in earlier if self.prose.alike(f.unit, unit)])
        chapter = not leads.marked(lead)
        everywhere = chapter and self.closed.is_of_a_list(counts[n : n + SOME])
        reached = [
            f for f in reversed(earlier)
            if self.prose.alike(f.unit, unit) and f.at < counts[0].at
            and (everywhere or _in_reach(f, sentence, chapter=chapter))
        ]  # fmt: skip
        before = [f for f in reversed(earlier) if self.prose.alike(f.unit, unit) and f.at < counts[0].at]
        known = [f for f in before if f in self.made] if leads.seen(lead) and not leads.marked(lead) else []
        if known:
            return Totals(True, known[:1])
        same = [f for f in reached if f.paragraph is sentence.paragraph]
        sure = leads.starts(sentence.text) or (len(same) == 1 and leads.seen(lead))
        able = same if same and (sure or not chapter) else reached
        if not able and len(counts) > SOME and self.closed.labels.rest(counts[-1]):
            made = total_of(counts[n:])[0]
            able = [f for f in before if f.value >= MANY and abs(f.value - made) <= f.value * CLOSE]
        return Totals(sure and len({f.value for f in able}) == 1, able)

    def elsewhere(self, first: Figure, able: Sequence[Figure], opened: Open) -> Iterator[Figure]:
        """What was counted before, parts too, of which a list may be that makes none of its likely totals."""
        for figure in reversed(opened.counts):
            alike = self.prose.alike(figure.unit, first.unit) and figure.at < first.at
            here = figure.section[0] == first.section[0] or figure.value >= MANY
            if alike and figure not in able and here:
                yield figure


def _in_reach(figure: Figure, sentence: Sentence, *, chapter: bool) -> bool:
    """Whether a list may be of a figure before its sentence: 按渠道分 of the chapter's, 其中 of one just before."""
    if chapter:
        return figure.section[0] == sentence.counts[0].section[0]
    return 0 <= sentence.paragraph.number - figure.paragraph.number <= 1
