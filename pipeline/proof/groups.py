"""Totals and their parts, as the sentences group them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.proof.closed import Closed
from pipeline.proof.figure import Figure, Group, Sentence
from schemas.proof import Prose

FAR = Decimal("0.3")  # how far the sum may be from a total that only an earlier sentence names


@dataclass(frozen=True)
class Grouping:
    """Finds the groups of a text."""

    prose: Prose
    closed: Closed

    def groups(self, sentences: Sequence[Sentence]) -> list[Group]:
        """Every group, in the order of the text."""
        found: list[Group] = []
        earlier: list[Figure] = []
        for sentence in sentences:
            inside = {part for group in found for part in group.parts}
            told = {group.total for group in found if all(map(self.closed.labels.channel, group.parts[:2]))}
            before = [sentence.owner] if sentence.owner else [f for f in earlier if f not in inside]
            own = list(self._of(sentence, before, told))
            found += own
            earlier += sentence.counts if not sentence.owner else ()
        return found

    def _of(self, sentence: Sentence, earlier: list[Figure], told: set[Figure]) -> Iterator[Group]:
        counts = sentence.counts
        taken = begun = 0
        for n, first in enumerate(counts):
            lead = self._lead(sentence, counts, n)
            if n >= 2 and self._is_tail(first):
                yield from self._tail(counts[begun:n], first)
                taken = begun = n + 1
            elif (n >= taken or self._marked(lead)) and self._opens(lead, n, sentence):
                unnamed = n == 0 and not self._marked(lead) and not self._seen(lead) and not sentence.owner
                there = [f for f in earlier if f not in told and not self.closed.labels.channel(f)] if unnamed else earlier
                group = self._list(sentence, n, lead, there)
                if group:
                    yield group
                    taken, begun = n + len(group.parts), n

    def _lead(self, sentence: Sentence, counts: Sequence[Figure], n: int) -> str:
        """What stands between a count and the one before it (or the sentence's beginning)."""
        start = counts[n - 1].end if n else sentence.start
        return sentence.text[start - sentence.start : counts[n].start - sentence.start]

    def _marked(self, lead: str) -> bool:
        return any(word in lead for word in self.prose.parts)

    def _opens(self, lead: str, n: int, sentence: Sentence) -> bool:
        """Whether a list of parts begins with the count behind these words."""
        counts = sentence.counts
        if self._is_whole(sentence, n):
            return False
        these, listed = (n > 0 and re.match(p, lead) for p in (self.prose.of_these, self.prose.listed))
        if self._marked(lead) or self._seen(lead) or these or listed or (sentence.owner and n == 0):
            return True
        following = counts[n:]
        return self.closed.names_whole(counts[n - 1], following) if n else self.closed.is_list_of_channels(following)

    def _seen(self, lead: str) -> bool:
        """Whether the words say by what the list is made: 按渠道分."""
        return any(re.search(pattern, lead) for pattern in (*self.prose.seen_whole, *self.prose.seen_by))

    def _is_whole(self, sentence: Sentence, n: int) -> bool:
        """Whether the count itself is what the list is made of: 从结果看，97件申请中."""
        counts = sentence.counts
        return n + 1 < len(counts) and bool(re.match(self.prose.of_these, self._lead(sentence, counts, n + 1)))

    def _is_tail(self, figure: Figure) -> bool:
        return figure.before.rstrip("为达有 ").endswith(self.prose.tail)

    def _tail(self, before: Sequence[Figure], total: Figure) -> Iterator[Group]:
        """The counts before 合计 that it adds up: those behind the last semicolon, or as many of them as make it."""
        own: list[Figure] = []
        for figure in reversed(before):
            if figure.unit != total.unit:
                break
            own.insert(0, figure)
            if ";" in figure.gap and len(own) > 1:
                break
        for k in range(len(own) - 1):
            if total.meets(*_sum(own[k:])):
                yield Group(total, tuple(own[k:]), closed=True, overlap=False, sure=True)
                return
        if len(own) > 1:
            yield Group(total, tuple(own), closed=True, overlap=False, sure=total.before.rstrip("为达有 ")[-1:] == "计")

    def _list(self, sentence: Sentence, n: int, lead: str, earlier: list[Figure]) -> Group | None:
        parts, cut = self._parts(sentence, n)
        sure, near, far = self._totals(sentence, n, lead, earlier)
        for total in (*near, *far):
            for k in self._ends(parts, cut):
                if total.meets(*_sum(parts[:k])):
                    return self.closed.group(total, parts[:k], lead, sure=sure)
        totals = near or far
        if not totals:
            return None
        parts = parts[: self._meant(parts, cut, totals)]
        total = self._likeliest(totals, parts, next_to=self._next_to(sentence, n, totals[0], lead))
        group = self.closed.group(total, parts, lead, sure=sure)
        return group if sure or _comes_near(group) else None

    def _likeliest(self, totals: Sequence[Figure], parts: Sequence[Figure], *, next_to: bool) -> Figure:
        """The total that a list is most likely of, where it makes none of them."""
        if len(parts) == 1 and next_to:
            return totals[0]
        able = [total for total in totals if total.high >= max(part.low for part in parts)]
        return able[0] if able else min(totals, key=lambda one: abs(one.value - sum(part.value for part in parts)))

    def _ends(self, parts: Sequence[Figure], cut: int) -> list[int]:
        """How many counts the list may have: all or those before a break, or fewer that name no remainder later on."""
        fewer = [
            k for k in range(len(parts) - 1, 1, -1)
            if not any(map(self.closed.labels.rest, parts[k:])) or _sum(parts[:k]) == _sum(parts[k:])
        ]  # fmt: skip
        return list(dict.fromkeys([len(parts), cut, *fewer]))

    def _meant(self, parts: Sequence[Figure], cut: int, totals: Sequence[Figure]) -> int:
        """How many counts the list has where no number of them makes a total.

        A list with semicolons goes on to its remainder where it comes near the total.
        """
        low, high = _sum(parts)
        near = totals and totals[0].low * (1 - FAR) <= high and low <= totals[0].high * (1 + FAR)
        whole = len(parts) > 2 and self.closed.labels.rest(parts[-1]) and not any(map(self._breaks, parts))
        return len(parts) if near and whole else cut

    def _next_to(self, sentence: Sentence, n: int, total: Figure, lead: str) -> bool:
        """Whether 其中 stands right behind the total."""
        return n > 0 and sentence.counts[n - 1] is total and bool(re.match(rf"，?({'|'.join(self.prose.parts)})", lead))

    def _parts(self, sentence: Sentence, n: int) -> tuple[list[Figure], int]:
        """The counts that may be parts from the n-th on, and how many of them are for certain."""
        counts = sentence.counts
        parts, cut, level = [counts[n]], 0, ""
        lead = self._lead(sentence, counts, n)
        colon = re.search(r":\s*[^:，;]*$", lead) or self._seen(lead)
        for j in range(n + 1, len(counts)):
            lead, figure = self._lead(sentence, counts, j), counts[j]
            if self._is_tail(figure) or self._marked(lead):
                break
            if figure.unit != parts[0].unit:
                cut = cut or len(parts)
                break
            between = ";" if ";" in lead else "，" if "，" in lead else "、"
            level = level or between
            if not cut and ((between == ";" and (level != ";" or not (colon or "%" in lead))) or self._breaks(figure)):
                cut = len(parts)
            parts.append(figure)
        return parts, cut or len(parts)

    def _breaks(self, figure: Figure) -> bool:
        return figure.before.strip().startswith(self.prose.breaks)

    def _totals(
        self, sentence: Sentence, n: int, lead: str, earlier: list[Figure]
    ) -> tuple[bool, list[Figure], list[Figure]]:
        """Whether the sentence itself names the total, and what may be it: of its clause, and from farther off."""
        unit, counts = sentence.counts[n].unit, sentence.counts
        own = [f for f in reversed(counts[:n]) if f.unit == unit]
        if own:
            clause = sentence.text.rfind(";", 0, own[0].start - sentence.start) + sentence.start
            near = [f for f in own if f.start >= clause]
            alone = re.match(self.prose.of_these, lead) or not (self._marked(lead) or self._seen(lead))
            return (True, own[:1], []) if alone else (True, near, [f for f in own if f not in near])
        if sentence.owner:
            return True, [f for f in earlier if f.unit == unit], []
        seen, marked = self._seen(lead) or n == 0, self._marked(lead)
        there = [f for f in reversed(earlier) if f.unit == unit and self._reach(f, sentence, seen=seen and not marked)]
        same = [f for f in there if f.paragraph is sentence.paragraph]
        starts = bool(re.match(rf"[\s\d.()]*({'|'.join(self.prose.parts)})", sentence.text))
        return starts, same if same and marked else there, []

    def _reach(self, figure: Figure, sentence: Sentence, *, seen: bool) -> bool:
        """Whether a list may speak of a figure before its sentence: of one just before, or 按渠道分 of the chapter's."""
        if seen:
            return figure.section[0] == sentence.counts[0].section[0]
        return 0 <= sentence.paragraph.number - figure.paragraph.number <= 1


def _comes_near(group: Group) -> bool:
    """Whether the parts come near a total that the sentence does not name; channels that overlap may pass it far."""
    low, high = _sum(group.parts)
    total = group.total
    if group.overlap and len(group.parts) > 1:
        return total.high * (1 + FAR) >= max(part.low for part in group.parts)
    return total.low * (1 - FAR) <= high and low <= total.high * (1 + FAR)


def _sum(parts: Sequence[Figure]) -> tuple[Decimal, Decimal]:
    return sum((p.low for p in parts), Decimal(0)), sum((p.high for p in parts), Decimal(0))
