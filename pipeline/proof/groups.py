"""Totals and their parts, as the sentences group them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.proof.closed import Closed
from pipeline.proof.extent import FAR, comes_near, extent
from pipeline.proof.figure import Figure, Group, Sentence
from pipeline.proof.leads import Leads
from pipeline.proof.sums import total_of
from schemas.proof import Prose

SOME = 3  # parts that show of which list they are


@dataclass(frozen=True)
class Totals:
    """What may be the total of a list, the likeliest first; ``sure`` where the text leaves no doubt that one is."""

    sure: bool
    able: Sequence[Figure]


@dataclass(frozen=True)
class Grouping:
    """Finds the groups of a text."""

    prose: Prose
    closed: Closed

    @cached_property
    def leads(self) -> Leads:
        """The reader of the words in front of counts."""
        return Leads(self.prose)

    def groups(self, sentences: Sequence[Sentence]) -> list[Group]:
        """Every group, in the order of the text."""
        found: list[Group] = []
        earlier: list[Figure] = []
        for sentence in sentences:
            inside = {part for group in found for part in group.parts}
            told = {group.total for group in found if all(map(self.closed.labels.channel, group.parts[:2]))}
            before = [sentence.owner] if sentence.owner else [f for f in earlier if f not in inside]
            found += list(self._of(sentence, before, told))
            earlier += sentence.counts if not sentence.owner else ()
        return found

    def _of(self, sentence: Sentence, earlier: list[Figure], told: set[Figure]) -> Iterator[Group]:
        """The groups of one sentence; ``earlier`` may be totals, those ``told`` have their channels already."""
        counts = sentence.counts
        taken = begun = 0
        inside: set[Figure] = set()
        for n, first in enumerate(counts):
            lead = self.leads.lead(sentence, n)
            if n >= 2 and self.leads.adds_up(first):
                yield from self._added_up(counts[begun:n], first)
                taken = begun = n + 1
            elif (n >= taken or self.leads.marked(lead)) and self._opens(lead, n, sentence):
                said = n or self.leads.marked(lead) or self.leads.seen(lead) or sentence.owner
                there = earlier if said else [f for f in earlier if f not in told and not self.closed.labels.channel(f)]
                group = self._list(sentence, n, lead, [*there, *(f for f in counts[:n] if f not in inside)])
                if group:
                    yield group
                    inside.update(group.parts)
                    taken, begun = n + len(group.parts), n

    def _opens(self, lead: str, n: int, sentence: Sentence) -> bool:
        """Whether a list of parts begins with the n-th count."""
        leads, counts = self.leads, sentence.counts
        if n + 1 < len(counts) and leads.of_these(leads.lead(sentence, n + 1)):
            return False
        if leads.marked(lead) or leads.seen(lead) or (n and (leads.of_these(lead) or leads.listed(lead))):
            return True
        if n == 0:
            said = leads.colon(lead) and any(map(self.closed.labels.rest, counts[2:]))
            known = self.closed.is_list_of_channels(counts) or self.closed.names_whole(None, counts)
            return bool(sentence.owner) or said or known
        return ";" not in lead and self.closed.names_whole(counts[n - 1], counts[n:])

    def _added_up(self, before: Sequence[Figure], total: Figure) -> Iterator[Group]:
        """The counts before 合计 that it adds up: those behind the last semicolon, or as many of them as make it."""
        own: list[Figure] = []
        for figure in reversed(before):
            if figure.unit != total.unit:
                break
            own.insert(0, figure)
            if ";" in figure.gap and len(own) > 1:
                break
        exact = next((own[k:] for k in range(len(own) - 1) if total.meets(*total_of(own[k:]))), [])
        certain = self.leads.adds_up(total, certainly=True) or comes_near(total, own)
        if exact or (len(own) > 1 and certain):
            yield Group(total, tuple(exact or own), closed=True, overlap=False, sure=True)

    def _list(self, sentence: Sentence, n: int, lead: str, earlier: list[Figure]) -> Group | None:
        """The list that begins with the n-th count: one that makes a total in some way, or else the likeliest."""
        reach = extent(self.leads, self.closed.labels, sentence, n)
        totals = self._totals(sentence, n, lead, earlier)
        for total in totals.able:
            for k in reach.ends():
                if total.meets(*total_of(reach.parts[:k])):
                    return self.closed.group(total, reach.parts[:k], lead, sure=totals.sure)
        able = totals.able
        later = any(f.unit == reach.parts[0].unit and self.leads.adds_up(f) for f in sentence.counts[n + 2 :])
        if not able or (later and not totals.sure):
            return None
        parts = reach.meant(able[0])
        behind = n > 0 and sentence.counts[n - 1] is able[0] and self.leads.next_to(lead)
        group = self.closed.group(_likeliest(able, parts, behind=behind), parts, lead, sure=totals.sure)
        sure = totals.sure or (group.overlap and len(able) == 1)
        return group if sure or _is_near(group) else None

    def _totals(self, sentence: Sentence, n: int, lead: str, earlier: list[Figure]) -> Totals:
        unit, counts, leads = sentence.counts[n].unit, sentence.counts, self.leads
        free = set(earlier) if leads.seen(lead) and not leads.marked(lead) else set(counts)
        own = [f for f in reversed(counts[:n]) if f.unit == unit and f in free]
        if own:
            clause = sentence.text.rfind(";", 0, own[0].start - sentence.start) + sentence.start
            near = [f for f in own if f.start >= clause]
            alone = leads.of_these(lead) or not (leads.marked(lead) or leads.seen(lead))
            return Totals(True, own[:1] if alone else near)
        if sentence.owner:
            return Totals(True, [f for f in earlier if f.unit == unit])
        chapter = not leads.marked(lead)
        everywhere = chapter and self.closed.is_of_a_list(counts[n : n + SOME])
        there = [
            f for f in reversed(earlier)
            if f.unit == unit and f not in counts and (everywhere or _in_reach(f, sentence, chapter=chapter))
        ]  # fmt: skip
        same = [f for f in there if f.paragraph is sentence.paragraph]
        sure = leads.starts(sentence.text) or (len(same) == 1 and leads.seen(lead))
        return Totals(sure, same if same and (sure or not chapter) else there)


def _in_reach(figure: Figure, sentence: Sentence, *, chapter: bool) -> bool:
    """Whether a list may be of a figure before its sentence: 按渠道分 of the chapter's, 其中 of one just before."""
    if chapter:
        return figure.section[0] == sentence.counts[0].section[0]
    return 0 <= sentence.paragraph.number - figure.paragraph.number <= 1


def _likeliest(totals: Sequence[Figure], parts: Sequence[Figure], *, behind: bool) -> Figure:
    """The total that a list is most likely of, where it makes none of them."""
    if len(parts) == 1 and behind:
        return totals[0]
    alike = [total for total in totals if total.span == parts[0].span] or totals
    able = [total for total in alike if total.high >= max(part.low for part in parts)]
    return able[0] if able else min(totals, key=lambda one: abs(one.value - total_of(parts)[0]))


def _is_near(group: Group) -> bool:
    """Whether the parts come near a total that the sentence does not name; channels that overlap may pass it far."""
    if group.overlap and len(group.parts) > 1:
        return group.total.high * (1 + FAR) >= max(part.low for part in group.parts)
    return comes_near(group.total, group.parts)
