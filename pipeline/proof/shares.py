"""Percentages of a total: shares and rates."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.naming import Naming
from pipeline.proof.percent import is_of, slipped_share, told_share
from pipeline.proof.ratio import fits
from pipeline.proof.sums import total_of
from pipeline.proof.told_wholes import Wholes
from schemas.proof import Prose

FEW = 2  # parts of which chance may make a total
FEW_PARTS = 12  # before one share that is of all of them
HUNDRED = 100  # of a whole
NEAR = 60  # counts before a share that it may be of


@dataclass(frozen=True)
class Shares:
    """Checks the shares and rates of a text against the counts around them."""

    prose: Prose
    labels: Labels
    sentences: Sequence[Sentence]
    groups: Sequence[Group]

    @cached_property
    def naming(self) -> Naming:
        """The reader of what shares say that they are of."""
        return Naming(self.prose, self.labels)

    @cached_property
    def share_of(self) -> dict[Figure, Figure]:
        """The share that the text gives of a count."""
        return {part: share for sentence in self.sentences for part, share in self._shares(sentence)}

    def doubts(self) -> Iterator[Doubt]:
        """Shares and rates that none of the totals around them gives."""
        wholes = Wholes(self.prose, self._groups_of, self._before, self.labels)
        for n, sentence in enumerate(self.sentences):
            shares = [(p, s) for p, s in self._shares(sentence) if not p.rough and p.value]
            doubted = [(p, s) for p, s in shares if not self._rounds_up(p, s) and not self._is_joint(sentence, p, s)]
            found = [doubt for p, s in doubted for doubt in self._doubted(p, s)]
            if FEW <= len(shares) < len(found) * 2 or (len(shares) > FEW and len(shares) == len(found) * 2):
                found = [d for d in found if self._is_made(*d.figures)]  # the most are of a whole that is not told
            if len(shares) < len(found) * FEW + FEW:  # too few fit to say that the whole is theirs
                found = [doubt for doubt in found if self._is_sure(*doubt.figures)]
            yield from found or self._of_one_whole(sentence)
            for part, rate in self._rates(sentence, n):
                if part.precise and part.value and not self._rounds_up(part, rate):
                    yield from self._doubted(part, rate)
            yield from wholes.doubts(sentence)

    def _of_one_whole(self, sentence: Sentence) -> Iterator[Doubt]:
        """Shares of a list that makes its own whole, or one told before, of which the most are, and these are not."""
        pairs = [(p, s) for p, s in self._shares(sentence) if p.precise]
        if len(pairs) < FEW or len({p.unit for p, _ in pairs}) > 1 or sum(s.value for _, s in pairs) == HUNDRED:
            return
        made = total_of([part for part, _ in pairs])[0]
        told = [f.value for f in reversed(self._before(pairs[0][0])) if f.unit == pairs[0][0].unit and f.precise]
        every = {whole: [one for one in pairs if not is_of(one, whole)] for whole in (made, *told) if whole}
        whole, apart = min(every.items(), key=lambda one: len(one[1]))
        few = len(apart) * 3 <= len(pairs) and (len(pairs) > FEW or whole == made)
        if apart and (few or (len(apart) == 1 and len(pairs) == FEW and slipped_share(*apart[0], whole))):
            yield from (told_share(s, p, whole) for p, s in apart if not self._rounds_up(p, s))

    def _doubted(self, part: Figure, share: Figure) -> Iterator[Doubt]:
        named, wholes = self._wholes(part, share)
        if (
            not named
            or named.rough
            or not named.value
            or named.value < part.value
            or any(w and is_of((part, share), w) for w in wholes)
        ):
            return
        yield told_share(share, part, named)

    def _is_joint(self, sentence: Sentence, part: Figure, share: Figure) -> bool:
        """Whether a share is of all counts since the share before it: 不存在6件、非本机关4件，占29.4%."""
        at = bisect_left(sentence.figures, share.at, key=lambda figure: figure.at)
        own = at < len(sentence.figures) and sentence.figures[at] is share
        before = sentence.figures[max(0, at - FEW_PARTS) : at] if own else ()
        since = max((n + 1 for n, f in enumerate(before) if f.role != "count"), default=0)
        run = [f for f in before[since:] if f.unit == part.unit]
        joint = [total_of(run[n:])[0] for n in range(len(run) - 1)]
        return any(w and fits(share, made / w * 100) for made in joint for w in self._wholes(part, share)[1])

    def _is_made(self, _: Figure, part: Figure, whole: Figure) -> bool:
        """Whether a whole is the total of a list of which the part is, and which makes it."""
        own = [group for group in self._groups_of.get(part, []) if group.total is whole]
        return any(whole.meets(*total_of(group.parts)) for group in own)

    def _is_sure(self, share: Figure, part: Figure, whole: Figure) -> bool:
        """Whether a whole is told in one sentence with its part, is the total of its list, or a slip would do."""
        if slipped_share(part, share, whole.value):
            return True
        if any(group.total is whole for group in self._groups_of.get(part, [])):
            return True
        if self.naming.is_called(whole, self.naming.own(share)):
            return True
        text = part.paragraph.text[min(whole.end, part.start) : part.start]
        return whole.paragraph is part.paragraph and not re.search("[。！？]", text)

    def _shares(self, sentence: Sentence) -> Iterator[tuple[Figure, Figure]]:
        """Each share with the count it is of; several shares behind several counts are taken in order."""
        figures = sentence.figures
        n = 0
        while n < len(figures):
            run = 0
            while (
                n + run < len(figures) and figures[n + run].role == "share" and (not run or _in_turn(figures[n + run]))
            ):
                run += 1
            before = [f for f in figures[max(0, n - NEAR) : n] if f.role == "count"]
            told = run and len(before) >= run and n and figures[n - 1].role in {"count", "growth", "change"}
            told = told and not before[-1].before.strip().startswith(tuple(self.prose.change.share))
            if told and re.match(self.prose.change.of_what, figures[n].before.strip()):
                yield from zip(before[-run:], figures[n : n + run], strict=True)
            n += max(run, 1)
        for aside in sentence.asides:
            if aside.owner and len(aside.figures) == 1 and aside.figures[0].role == "share":
                yield aside.owner, aside.figures[0]

    def _rates(self, sentence: Sentence, at: int) -> Iterator[tuple[Figure, Figure]]:
        """Each rate with the count it is made of, where the words name it plainly."""
        before = self.sentences[at - 1].figures if at and self.sentences[at - 1].paragraph is sentence.paragraph else ()
        for n, rate in enumerate(sentence.figures):
            name = next((w for w in self.prose.change.rates if rate.before.strip().startswith(w)), "")
            if rate.role == "rate" and name:
                made = [
                    f for f in (*before, *sentence.figures[max(0, n - NEAR) : n])
                    if f.role == "count" and self.labels.core(f) in self.prose.change.rates[name]
                ]  # fmt: skip
                yield from ((f, rate) for f in made[-1:] if not self._is_parted(sentence, f, rate))

    def _is_parted(self, sentence: Sentence, made: Figure, rate: Figure) -> bool:
        """Whether a semicolon, or what else came in, stands between a count and a rate: it is of that."""
        between = [f for f in sentence.figures if made.start < f.start <= rate.start]
        came = any(word in f.before for f in between[:-1] for word in self.prose.change.came if f.role == "count")
        return came or any(";" in f.gap for f in between)

    def _wholes(self, part: Figure, share: Figure) -> tuple[Figure | None, list[Decimal]]:
        """The total that a part is of, and every number that it might be of.

        A share that names what it is of (占受理总数的) is of a total of that word, or of none that is printed.
        """
        own = self._groups_of.get(part, [])
        own = [group for group in own if group.total.at < part.at or self._settled(part, [group])]
        near = [
            f for f in self._before(part)
            if self.prose.alike(f.unit, part.unit) and f.section[0] == part.section[0]
        ]  # fmt: skip
        of_all = any(word in share.before for word in self.prose.change.of_all)
        close = [f for f in reversed(near) if of_all or f.paragraph.number == part.paragraph.number]
        alone = [f for f in close if f not in self.share_of and f not in self._parents and f.span == part.span]
        large = [f for f in alone if f.high >= part.low]
        able = [*(group.total for group in own), *large, *alone]
        heads, name = self.naming.heads(share), self.naming.own(share)
        called = [f for f in able if self.naming.bears(f, name)] if name else []
        if name and not called:
            far = self.naming.far(share, part, self._counts)
            return far, [far.value] if far else []
        if heads and (len(near) > 1 or not own):
            able = called or [f for f in able if any(word in f.before.replace("总", "") for word in heads)]
            if not own and len({f.value for f in able}) > 1:
                able = []
        if able and self._settled(part, own):
            return able[0], [total for group in own for total in (group.total.value, total_of(group.parts)[0])]
        sums = [total_of(group.parts)[0] for f in {*near, part} for group in [*self._totals.get(f, []), *own]]
        return next(iter(able), None), [*(group.total.value for group in own), *sums, *(f.value for f in near)]

    def _settled(self, part: Figure, own: Sequence[Group]) -> bool:
        """Whether the other parts of its list have shares of the list's total: this one is of it too."""
        for group in own:
            told = [(p, self.share_of[p]) for p in group.parts if p in self.share_of and p is not part]
            fit = [p for p, share in told if group.total.value and is_of((p, share), group.total.value)]
            if len(fit) > 1 and len(fit) * 2 > len(told):
                return True
        return False

    def _before(self, part: Figure) -> Sequence[Figure]:
        """The counts before a part, as far as it may be of them."""
        at = bisect_left(self._counts, part.at, key=lambda f: f.at)
        return self._counts[max(0, at - NEAR) : at]

    @cached_property
    def _counts(self) -> list[Figure]:
        return sorted((f for s in self.sentences for f in s.counts), key=lambda f: f.at)

    def _rounds_up(self, part: Figure, share: Figure) -> bool:
        """Whether a share is off by its last digit only to make the shares of its list a hundred."""
        for group in self._groups_of.get(part, []):
            told = [self.share_of[p].value for p in group.parts if p in self.share_of]
            if len(told) == len(group.parts) and sum(told, Decimal(0)) == 100 and group.total.value:
                step = Decimal(1).scaleb(min(0, int(share.value.as_tuple().exponent)))
                return abs(part.value / group.total.value * 100 - share.value) < step * Decimal("1.5")
        return False

    @cached_property
    def _groups_of(self) -> dict[Figure, list[Group]]:
        return _by((part, group) for group in self.groups for part in group.parts)

    @cached_property
    def _totals(self) -> dict[Figure, list[Group]]:
        return _by((group.total, group) for group in self.groups)

    @cached_property
    def _parents(self) -> dict[Figure, Figure]:
        return {part: group.total for group in self.groups for part in group.parts}


def _in_turn(share: Figure) -> bool:
    """Whether a share follows another one with nothing told between."""
    return bool(re.fullmatch(r"\s*(?:[、和及与，]|以及)?\s*(?:占)?\s*", share.gap))


def _by(pairs: Iterator[tuple[Figure, Group]]) -> dict[Figure, list[Group]]:
    found: dict[Figure, list[Group]] = defaultdict(list)
    for figure, group in pairs:
        found[figure].append(group)
    return found
