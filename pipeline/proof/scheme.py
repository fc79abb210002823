"""Totals and their parts: a scheme of levels over the sentences of a report, with the totals that are open.

A list is read by position: what opens it (其中, a colon, a bracket, by which it is seen) has its total before it, never
among its own parts; each following number at its level is a part. A total stays open for the sentences behind it; a
part becomes a total when a list opens behind it; a list may go on in the next sentence where each part has its share.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from pipeline.proof.closed import Closed
from pipeline.proof.figure import Figure, Group, Sentence
from pipeline.proof.leads import Leads
from pipeline.proof.lists import LONGEST, Parts, collapsed, likeliest, parts_from
from pipeline.proof.numbered import numbered
from pipeline.proof.scope import Scope
from pipeline.proof.sums import FEW, comes_near, is_near, plainly, total_of
from pipeline.proof.tails import added_up, of_spans
from pipeline.proof.totals import OPEN, Open, Search, Totals
from schemas.proof import Prose

FRONT = 60  # letters in front of a list that say what it is of


@dataclass(frozen=True)
class Scheme:
    """Finds the groups of a text."""

    prose: Prose
    closed: Closed

    @cached_property
    def search(self) -> Search:
        """The search for the totals of lists."""
        return Search(self.prose, self.closed, self.leads)

    @cached_property
    def scope(self) -> Scope:
        """The knowledge of what may be the whole of a list."""
        return Scope(self.prose, self.closed.labels)

    @cached_property
    def leads(self) -> Leads:
        """The reader of the words in front of counts."""
        return Leads(self.prose)

    def groups(self, sentences: Sequence[Sentence]) -> list[Group]:
        """Every group, in the order of the text."""
        found: list[Group] = []
        opened = Open()
        last = None
        for n, sentence in enumerate(sentences):
            new = list(self._of(sentence, opened, self._with_shares(sentences, n)))
            if not new and not sentence.inside:
                new = list(self._going_on(sentences, n, last, opened))
            for group in new:
                opened.inside.update(group.parts)
                if group.closed and group.total.meets(*total_of(group.parts)):
                    self.search.made.add(group.total)
                if all(map(self.closed.labels.channel, group.parts[:2])):
                    opened.told.add(group.total)
            found += new
            if not sentence.inside:
                opened.counts.extend(sentence.counts)
                last = sentence
        return [*found, *numbered(sentences, self.closed, self.prose, opened.inside)]

    def _of(self, sentence: Sentence, opened: Open, further: Sequence[Figure]) -> Iterator[Group]:
        """The groups of one sentence; ``further`` are the parts with shares to the end of its paragraph."""
        counts = sentence.counts
        earlier = [sentence.owner] if sentence.owner else [] if sentence.inside else opened.totals()
        taken = begun = 0
        inside: set[Figure] = set()
        for n, first in enumerate(counts):
            lead = self.leads.lead(sentence, n)
            spans = n >= 2 and of_spans(self.prose, sentence, n)
            if not n and not sentence.inside and self.leads.adds_up(first):
                yield from added_up(self.leads, sentence, opened.here(first), first, apart=True)
            if n >= 2 and (spans or self.leads.adds_up(first)):
                yield from added_up(self.leads, sentence, counts[max(begun, n - OPEN) : n], first, certainly=spans)
                taken = begun = n + 1
            elif (n >= taken or self.leads.marked(lead)) and self._opens(lead, n, sentence):
                own = [f for f in counts[max(0, n - OPEN) : n] if f not in inside]
                before = [*self._open_to(lead, n, sentence, earlier, opened), *own]
                group = self._list(sentence, n, lead, before, further, opened)
                if group:
                    yield group
                    inside.update(group.parts)
                    taken, begun = n + sum(part in group.parts for part in counts[n : n + LONGEST]), n

    def _open_to(self, lead: str, n: int, sentence: Sentence, earlier: list[Figure], opened: Open) -> list[Figure]:
        """The totals that are open to a list: without a word before it none that has its channels already."""
        if n or self.leads.marked(lead) or self.leads.seen(lead) or sentence.owner:
            return earlier
        return [f for f in earlier if f not in opened.told and not self.closed.labels.channel(f)]

    def _opens(self, lead: str, n: int, sentence: Sentence) -> bool:
        """Whether a list of parts begins with the n-th count."""
        leads, counts = self.leads, sentence.counts
        following = leads.lead(sentence, n + 1) if n + 1 < len(counts) else ""
        if leads.of_these(following) or leads.listed(following):
            return False
        if leads.marked(lead) or leads.seen(lead) or (n and (leads.of_these(lead) or leads.listed(lead))):
            return True
        few = counts[n : n + OPEN]
        if n == 0:
            begins = leads.colon(lead) or leads.numbered(lead)
            said = begins and any(map(self.closed.labels.rest, counts[2:OPEN]))
            known = self.closed.is_list_of_channels(few) or self.closed.names_whole(None, few)
            return bool(sentence.owner) or said or known
        first = n == 1 and leads.starts(sentence.text)  # 其中 in front of it: a part itself
        return (n == 1 and self._remains(sentence)) or (
            not first and ";" not in lead and self.closed.names_whole(counts[n - 1], few)
        )

    def _remains(self, sentence: Sentence) -> bool:
        """Whether 其余 ends a list of which the first count is the total: near the sum, and with no share itself."""
        counts = sentence.counts
        if len(counts) < 3 or not counts[-1].before.startswith(self.prose.remains):
            return False
        own = sentence.figures[sentence.figures.index(counts[0]) + 1]
        each = any(word in counts[-1].before for word in self.prose.several)
        return not each and own.role != "share" and comes_near(counts[0], counts[1:])

    def _list(
        self, sentence: Sentence, n: int, lead: str, earlier: list[Figure], further: Sequence[Figure], opened: Open
    ) -> Group | None:
        """The list that begins with the n-th count: one that makes a total in some way, or else the likeliest."""
        reach = parts_from(self.leads, self.closed.labels, sentence, n)
        if reach.parts == list(further[: len(reach.parts)]):
            reach = replace(reach, parts=further, cut=len(further))
        totals = self.search.named(sentence, n, opened) or self.search.totals(sentence, n, lead, earlier)
        return self._made(n, lead, reach, totals, opened) or self._meant(sentence, n, lead, reach, totals)

    def _made(self, n: int, lead: str, reach: Parts, totals: Totals, opened: Open) -> Group | None:
        """The list as one that makes a total."""
        for total in totals.able:
            if made := reach.making(total):
                return self.closed.group(total, made, lead, sure=totals.sure)
        beside = totals.sure and n > 0
        for total in () if beside else self.search.elsewhere(reach.parts[0], totals.able, opened):
            if len(made := reach.making(total)) > 1 and len(made) in {len(reach.parts), reach.cut}:
                return self.closed.group(total, made, lead, sure=False)
        return None

    def _meant(self, sentence: Sentence, n: int, lead: str, reach: Parts, totals: Totals) -> Group | None:
        """The list as one of the likeliest total, which it does not make."""
        if one := self._exchanged(lead, reach, totals):
            return one
        able = self._able(sentence, n, lead, reach, totals.able)
        parts = collapsed(reach.meant(able[0])) if able else ()
        if not parts or len(parts) < 2 < len(reach.parts) or (len(parts) == 1 and self.leads.is_view_of_one(lead)):
            return None
        groups = (self.closed.group(total, parts, lead, sure=totals.sure) for total in able if not reach.hole)
        slipped = [group for group in groups if plainly(group)]
        if len(slipped) == 1:
            return slipped[0]
        behind = n > 0 and sentence.counts[n - 1] is able[0] and self.leads.next_to(lead)
        group = self.closed.group(likeliest(able, parts, behind=behind), parts, lead, sure=totals.sure)
        group = replace(group, closed=group.closed and not reach.hole)
        if self._is_far(sentence, group) and not (is_near(group) or plainly(group)):
            return None
        return group if totals.sure or (group.overlap and len(able) == 1) or is_near(group) else None

    def _exchanged(self, lead: str, reach: Parts, totals: Totals) -> Group | None:
        """The list behind 其中 as one of the only total that it makes with two digits exchanged, whatever its words."""
        if not self.leads.marked(lead) or reach.hole or len(reach.parts) <= FEW:
            return None
        groups = (self.closed.group(total, reach.parts, lead, sure=True) for total in totals.able)
        swapped = [one for one in groups if plainly(one) and comes_near(one.total, one.parts)]
        return swapped[0] if len(swapped) == 1 else None

    def _able(self, sentence: Sentence, n: int, lead: str, reach: Parts, totals: Sequence[Figure]) -> Sequence[Figure]:
        """The totals that a list may be of at all, which makes none of them; none where it is of something else."""
        at = reach.parts[0].start - sentence.start
        front = sentence.text[max(0, at - FRONT) : at]
        able = [f for f in totals if self.scope.fits(f, reach.parts, sentence, front)]
        another = self.leads.of_another(lead) and all(part.unit != f.unit for f in able for part in reach.parts)
        if not able or another or self._added_up_behind(sentence, reach) or self._of_neighbours(reach, able):
            return ()
        apart = self._respectively(sentence, n, lead) or self._of_two(sentence, n, able[0])
        return () if apart else able

    def _added_up_behind(self, sentence: Sentence, reach: Parts) -> bool:
        """Whether the count behind a list adds it up: the list is of that one."""
        at = bisect_right(sentence.counts, reach.parts[-1].start, key=lambda figure: figure.start)
        behind = sentence.counts[at] if at < len(sentence.counts) and reach.parts[-1].start >= sentence.start else None
        return bool(behind and self.leads.adds_up(behind) and behind.meets(*total_of(reach.parts)))

    def _is_far(self, sentence: Sentence, group: Group) -> bool:
        """Whether a total is of another sentence, and no 其中 behind it begins this one."""
        same = sentence.owner or group.total in sentence.counts
        return not same and not (self.leads.starts(sentence.text) and group.total.unit == group.parts[0].unit)

    def _respectively(self, sentence: Sentence, n: int, lead: str) -> bool:
        """Whether 分别 gives each of several counts before it its own number: 复议9件、诉讼5件，分别为3件、2件."""
        if not any(word in lead for word in self.prose.exhaustive):
            return False
        return n > 1 and "、" in sentence.counts[n - 1].gap and not self.scope.of_last(sentence.counts, n)

    def _of_two(self, sentence: Sentence, n: int, total: Figure) -> bool:
        """Whether what opens the list is two counts side by side (38个部门、9个县), of which neither is its total."""
        first = sentence.counts[n - 2] if n > 1 else None
        side = first and re.fullmatch(self.prose.side_by_side, sentence.counts[n - 1].gap)
        both = first and any(f.after[:2] == first.after[:2] for f in sentence.counts[n:] if first.after[:2].strip())
        if not both or not self.prose.alike(sentence.counts[n - 1].unit, total.unit):
            return False
        return bool(
            side and first and total in {first, sentence.counts[n - 1]} and self.prose.alike(first.unit, total.unit)
        )

    def _of_neighbours(self, reach: Parts, able: Sequence[Figure]) -> bool:
        """Whether the parts are of two counts beside each other: their difference (由8个增加到16个) or their sum."""
        low, high = total_of(reach.parts)
        two = list(pairwise(able))
        return any(low <= made <= high for a, b in two for made in (abs(a.value - b.value), a.value + b.value))

    def _going_on(self, sentences: Sequence[Sentence], n: int, last: Sentence | None, opened: Open) -> Iterator[Group]:
        """Parts with their shares, or the members of a whole list, right behind the sentence that has their total."""
        first = sentences[n]
        if not last or not last.counts or not first.counts or first.paragraph.number - last.paragraph.number > 1:
            return
        parts = self._with_shares(sentences, n)
        whole = not parts and self.closed.names_whole(last.counts[0], first.counts[:OPEN])
        if whole:
            parts = list(first.counts)
        main = next((f for f in last.counts if f not in opened.inside), None)
        front = first.text[: first.counts[0].start - first.start]
        if len(parts) < 2 or main is None or not self.scope.fits(main, parts, first, front):
            return
        if not any(word in first.text for word in self.prose.open):
            exact = main.meets(*total_of(parts)) or self.closed.scaled(main, parts)
            two = whole and len(parts) == 2 and main.exact and comes_near(main, parts)
            if exact or two or (len(parts) > 2 and not any(f.meets(*total_of(parts)) for f in opened.counts)):
                yield Group(main, tuple(parts), closed=True, overlap=False, sure=True)

    def _with_shares(self, sentences: Sequence[Sentence], n: int) -> list[Figure]:
        """The counts of a sentence and those that follow it, if each of them has its share behind it."""
        found: list[Figure] = []
        for sentence in sentences[n : n + OPEN]:
            pairs = list(zip(sentence.figures[::2], sentence.figures[1::2], strict=False))
            paired = len(sentence.figures) % 2 == 0 and all((a.role, b.role) == ("count", "share") for a, b in pairs)
            if not pairs or not paired or sentence.paragraph is not sentences[n].paragraph:
                break
            found += [one for one, _ in pairs]
        return found
