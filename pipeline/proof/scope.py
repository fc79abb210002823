"""Whether a count may be the whole of a list at all: of the same kind, and no member of a list itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.proof.figure import Figure, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.sums import total_of
from schemas.proof import Prose


@dataclass(frozen=True)
class Scope:
    """Knows kinds of counts (what came in, what was done) by the words of totals, of parts, and in front of lists."""

    prose: Prose
    labels: Labels

    def fits(self, total: Figure, parts: Sequence[Figure], sentence: Sentence, lead: str) -> bool:
        """Whether a total may be that of a list which does not stand behind it in its own sentence."""
        if sentence.owner is total or total in sentence.counts:
            return True
        if not self.prose.alike(total.unit, parts[0].unit):
            return False
        if total.unit != parts[0].unit and total.unit and parts[0].unit and not _near(total, parts):
            return False
        own, asked = self.kind(total.before), self._asked(lead, parts)
        near = total.paragraph is parts[0].paragraph
        return not (asked and own != asked and (own or not near)) and not (self._is_member(total) and own is None)

    def kind(self, words: str) -> str | None:
        """The kind of a count by the last word that says one."""
        found = [(m.end(), kind.name) for kind in self.prose.kinds for m in re.finditer(kind.totals, words)]
        return max(found)[1] if found else None

    def _asked(self, lead: str, parts: Sequence[Figure]) -> str | None:
        """The kind that a list is of: by the words in front of it, or by its labels."""
        said = self.kind(lead)
        labels = [part.before for part in parts]
        by_label = [
            k.name
            for k in self.prose.kinds
            if k.parts and sum(bool(re.search(k.parts, w)) for w in labels) * 2 > len(labels)
        ]
        return next(iter(by_label), said)

    def of_last(self, counts: Sequence[Figure], n: int) -> bool:
        """Whether what follows n counts has the unit of the last of them alone: 4批次、1,860套，分别为512套、488套."""
        first, last = counts[n - 2 : n]
        return all(part.unit == last.unit for part in counts[n:]) and not self.prose.alike(first.unit, last.unit)

    def _is_member(self, total: Figure) -> bool:
        """Whether a count is itself a member of a list: what ran on a channel, a class, a remainder."""
        if self.labels.rest(total) or total.before.rstrip().endswith(self.prose.classes):
            return True
        return any(
            word in total.before
            for whole in self.prose.wholes
            if whole.asks
            for words in whole.members
            for word in words
        )


def _near(total: Figure, parts: Sequence[Figure]) -> bool:
    low, high = total_of(parts)
    return total.low * 9 <= high * 10 and low * 9 <= total.high * 10
