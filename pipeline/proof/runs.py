"""Lists that no word opens: a count, and a run of like counts behind it that would make it but for one slip of the pen.

What makes them a list is their shape: one unit, labels that end alike or leave a remainder, one sign between them.
Where any other run makes the count, or the run makes any other count before it, nothing is said.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from pipeline.judge.slips.kinds import SWAPPED, slip
from pipeline.proof.figure import Figure, Group, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.leads import Leads
from pipeline.proof.reading import plain
from pipeline.proof.sums import is_split, suspects, tail_of, total_of
from schemas.proof import Prose

LONGEST = 14  # counts of a run
REACH = 32  # counts around a run that may make or be made by others
BACK = 6  # counts before a run that may be its total
ITEM = 44  # letters of a numbered paragraph that is an item
LEAST = 100  # below it two counts are like each other by chance
NEAR = Decimal("0.12")  # how far from its total a run may be whose shape says that it is a list
SEVERAL = 2
CLOSE = Decimal("0.03")
Run = tuple[Figure, ...]


@dataclass(frozen=True)
class Runs:
    """Finds the broken lists that no word opens; ``groups`` are those that words open."""

    prose: Prose
    labels: Labels
    sentences: Sequence[Sentence]
    groups: Sequence[Group]

    def broken(self) -> list[Group]:
        """Each count with the run that should make it."""
        found: dict[Figure, Group] = {}
        for stretch in self._stretches():
            for group in self._of(stretch):
                if not any(f in found for f in (group.total, *group.parts)):
                    found.update(dict.fromkeys((group.total, *group.parts), group))
        return list(dict.fromkeys(found.values()))

    def _stretches(self) -> Iterator[list[Sentence]]:
        """The sentences of each paragraph, with the numbered items that follow it."""
        kept = (s for s in self.sentences if not s.inside)
        paragraphs = [list(own) for _, own in groupby(kept, key=lambda s: s.paragraph.number)]
        for n, own in enumerate(paragraphs):
            items: list[Sentence] = []
            for behind in paragraphs[n + 1 : n + 1 + LONGEST]:
                text = plain(behind[0].paragraph.text[: ITEM + 1])
                if len(text) > ITEM or not re.match(rf"{self.prose.begins}|\s*[-—·•●◆]", text):
                    break
                items += behind
            yield [*own, *items]

    def _of(self, stretch: Sequence[Sentence]) -> Iterator[Group]:
        counts = [f for s in stretch for f in s.counts if f.exact or f.scaled is not None]
        ends = {s.counts[-1] for s in stretch if s.counts}
        begins = {s.counts[0] for s in stretch if s.counts}
        for at in range(1, len(counts)):
            opens = counts[at] in begins or ":" in counts[at].gap
            totals = counts[max(0, at - (BACK if opens else 1)) : at]
            run = self._run(counts, at)
            for end in () if self._is_beside(counts, at, run) else self._ends(run, ends):
                able = [
                    g
                    for f in reversed(totals)
                    if (g := self._group(f, run[:end], counts[max(0, at - REACH) : at + REACH]))
                ]
                if able:
                    yield min(able, key=lambda g: abs(g.total.value - total_of(g.parts)[0]))
                    break

    def _is_beside(self, counts: Sequence[Figure], at: int, run: Run) -> bool:
        """Whether the count before a run stands in a list with it: after a like count, and the same sign."""
        total, before = counts[at - 1], counts[at - 2] if at > 1 else None
        item = (
            re.match(self.prose.begins, plain(total.paragraph.text[:ITEM])) and total.paragraph is not run[0].paragraph
        )
        if item or not before or before.paragraph is not total.paragraph or len(run) < SEVERAL:
            return bool(item)
        return before.unit == total.unit and _sign(total) == _sign(run[0]) == _sign(run[1])

    def _run(self, counts: Sequence[Figure], at: int) -> Run:
        """The like counts from one on, as far as each has a label and is of the same time."""
        first, found = counts[at], list(counts[at : at + 1])
        for figure in counts[at + 1 : at + LONGEST]:
            alike = figure.unit == first.unit and self._is_of_one_time(first, figure)
            adds_up = Leads(self.prose).adds_up(figure) and len(found) > 1
            if not alike or not figure.value or Leads(self.prose).marked(figure.gap) or adds_up:
                break
            found.append(figure)
        return tuple(found)

    def _is_of_one_time(self, one: Figure, other: Figure) -> bool:
        """Whether two counts are of the same time, or of two halves or quarters of the year."""
        same = (one.year, one.span) == (other.year, other.span)
        return same or (one.year == other.year and is_split((one, other), self.prose))

    def _ends(self, run: Run, ends: set[Figure]) -> Iterator[int]:
        """Where a run may end: with its sentence, before a semicolon, with a remainder."""
        for n in range(len(run), 1, -1):
            last, behind = run[n - 1], run[n] if n < len(run) else None
            if last in ends or self.labels.rest(last) or (behind and ";" in behind.gap):
                yield n

    def _group(self, total: Figure, run: Run, counts: Sequence[Figure]) -> Group | None:
        """The list of a total and a run, where its shape and its number say that it is one and is broken."""
        low, high = total_of(run)
        of_it = total.unit == run[0].unit and (self._is_of_one_time(total, run[0]) or is_split(run, self.prose))
        if not of_it or total.meets(low, high):
            return None
        group = Group(total, run, closed=True, overlap=False, sure=True)
        if not self._is_list(group) or self._is_made(group, counts):
            return None
        sound = [(f, n) for f, n in suspects(group) if f not in self._sound]
        swapped = any(slip(f.digits, int(n * f.digits / f.value) if f.value else n) == SWAPPED for f, n in sound)
        gap = abs(total.value - low)
        shape = self._shape(group)
        alone = len(run) > SEVERAL and total.digits >= LEAST and self._is_whole_sentence(total, run)
        if swapped and (shape or alone or min(f.digits for f in (total, *run)) >= LEAST):
            return group
        firm = shape and (len(run) > SEVERAL or is_split(run, self.prose)) and total.value >= max(f.value for f in run)
        return group if firm and ((sound and gap <= total.value * NEAR) or gap <= total.value * CLOSE) else None

    def _is_list(self, group: Group) -> bool:
        """Whether nothing says that it is none: no part of a list that words open, no label that begins anew."""
        names = [self._label(part) for part in group.parts]
        if group.total in self._made or any(
            self._made.get(part, group.total) is not group.total for part in group.parts
        ):
            return False
        if not all(names) or len(set(names)) < len(names) or self._label(group.total) in names:
            return False
        if any(f in self._inside for f in group.parts) or group.total in self._opened:
            return False
        broken = [word for part in group.parts for word in self.prose.breaks if part.before.strip().startswith(word)]
        each = set(broken) and all(broken.count(word) == len(group.parts) for word in set(broken))
        return (not broken or bool(each)) and not any(
            word in f.before + f.gap for f in group.parts[1:] for word in (*self.prose.several[:4], *self.prose.more)
        )

    def _is_made(self, group: Group, counts: Sequence[Figure]) -> bool:
        """Whether another run makes the total, or the run another count."""
        total, (low, high) = group.total, total_of(group.parts)
        at = counts.index(total)
        alike = (
            f for f in self._by_value.get(low, ()) if f not in group.parts and self.prose.alike(f.unit, total.unit)
        )
        near = counts[max(0, at - LONGEST) : at + LONGEST]
        rounded = (f for f in near if f.scaled is not None and f not in group.parts and f.meets(low, high))
        if next(alike, None) or next(rounded, None):
            return True
        for n in range(len(near)):
            made = Decimal(0)
            for k, figure in enumerate(near[n:], start=1):
                if figure is total:
                    break
                made += figure.value
                if k > 1 and made == total.value:
                    return True
        return False

    def _shape(self, group: Group) -> bool:
        """Whether the labels leave a remainder, or end alike and otherwise than that of the total."""
        if self.labels.rest(group.parts[-1]):
            return len(group.parts) > 2
        names = [self.labels.bare(part.before) for part in group.parts]
        tail, own = tail_of(names), self.labels.bare(group.total.before)
        if {len(name) for name in names} == {1} or is_split(group.parts, self.prose):
            return True
        return (
            bool(tail) and (len(tail) > 1 or not own.endswith(tail)) and len({_sign(p) for p in group.parts[1:]}) == 1
        )

    def _is_whole_sentence(self, total: Figure, run: Run) -> bool:
        """Whether a run is all that its sentence counts, right behind a total that is all that its own begins with."""
        own = self._sentence_of.get(run[0])
        return own is not None and own.counts == run and total not in own.counts

    def _label(self, figure: Figure) -> str:
        return self.labels.named(figure.before) or self.labels.bare(figure.after)

    @cached_property
    def _sentence_of(self) -> dict[Figure, Sentence]:
        return {f: s for s in self.sentences for f in s.counts}

    @cached_property
    def _by_value(self) -> dict[Decimal, list[Figure]]:
        found: dict[Decimal, list[Figure]] = defaultdict(list)
        for figure in self._sentence_of:
            if len(found[figure.value]) < LONGEST:
                found[figure.value].append(figure)
        return found

    @cached_property
    def _inside(self) -> frozenset[Figure]:
        return frozenset(part for group in self.groups if len(group.parts) > 1 for part in group.parts)

    @cached_property
    def _opened(self) -> frozenset[Figure]:
        return frozenset(group.total for group in self.groups if group.closed)

    @cached_property
    def _made(self) -> dict[Figure, Figure]:
        """The total of each count of a run that makes the count right before it."""
        found: dict[Figure, Figure] = {}
        for stretch in self._stretches():
            counts = [f for s in stretch for f in s.counts if f.exact]
            begins = {s.counts[0] for s in stretch if s.counts}
            for at in range(1, len(counts)):
                run = self._run(counts, at)
                for total in counts[max(0, at - (BACK if counts[at] in begins else 1)) : at]:
                    end = next((n for n in range(len(run), 1, -1) if _makes(total, run[:n])), 0)
                    if end and not self._is_beside(counts, at, run):
                        found.update(dict.fromkeys(run[:end], total))
        return found

    @cached_property
    def _sound(self) -> frozenset[Figure]:
        made = [g for g in self.groups if len(g.parts) > 1 and g.total.meets(*total_of(g.parts))]
        return frozenset(f for group in made for f in (group.total, *group.parts))


def _makes(total: Figure, run: Run) -> bool:
    """Whether a run makes a total."""
    return bool(total.value) and total.unit == run[0].unit and total.meets(*total_of(run))


def _sign(figure: Figure) -> str:
    """What parts a count from the one before it."""
    return next((sign for sign in ";。，、" if sign in figure.gap), "")
