"""Whether a list of parts leaves nothing out, and whether its parts may overlap."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.proof.figure import Figure, Group
from pipeline.proof.labels import Labels
from pipeline.proof.sums import comes_near, plainly
from schemas.proof import Prose, Whole

FEW = 3  # classes that may be only some
BEHIND = 40  # letters behind a list that speak of it


@dataclass(frozen=True)
class Closed:
    """Knows whole lists: those of the prose, and the office's code lists (``lists``: the codes of each).

    ``readings`` are the edition's, by code list; ``says_overlap`` where the text itself counts an item once only.
    """

    prose: Prose
    labels: Labels
    lists: tuple[tuple[frozenset[str], bool], ...]
    says_overlap: bool

    def group(self, total: Figure, parts: Sequence[Figure], lead: str, *, sure: bool) -> Group:
        """The group of these parts."""
        crossed = self._crosses(parts)
        overlap = crossed or self._overlaps_here(total, parts) or self.overlaps(parts)
        closed = not crossed and self._closed(total, parts, lead)
        return Group(total, tuple(parts), closed, overlap and not self._is_disjoint(parts[-1]), sure)

    def _overlaps_here(self, total: Figure, parts: Sequence[Figure]) -> bool:
        """Whether the words right behind a list or at its total say that its parts overlap, or one channel has all."""
        if any(word in _behind(parts[-1]) for word in self.prose.overlap.here):
            return True
        channels = 2 * sum(map(self.labels.channel, parts)) > len(parts)
        once = re.search(self.prose.overlap.once, total.before) or any(p.value == total.value > 0 for p in parts)
        return channels and len(parts) > 1 and bool(once)

    def _is_disjoint(self, last: Figure) -> bool:
        """Whether the words right behind a list say that its parts do not overlap."""
        return bool(re.search(self.prose.overlap.disjoint, _behind(last)))

    def _crosses(self, parts: Sequence[Figure]) -> bool:
        """Whether parts are seen from several sides (自然人 beside 网上), or several may stand at one item (出席)."""
        sides = {n for p in parts for n, side in enumerate(self.prose.sides) if re.search(side, p.before)}
        together = [any(word in part.before for word in self.prose.overlap.together) for part in parts]
        return len(sides) > 1 or (len(parts) > 1 and all(together))

    def overlaps(self, parts: Sequence[Figure]) -> bool:
        """Whether an item may count in several parts: as the edition reads its channels, or as the text says."""
        keys = {self.labels.key(part) for part in parts}
        for codes, overlap in self.lists:
            if 2 * len(keys & codes) > len(keys):
                return overlap
        return self.says_overlap and 2 * sum(map(self.labels.channel, parts)) > len(parts)

    def names_whole(self, before: Figure | None, parts: Sequence[Figure]) -> bool:
        """Whether a list without any word before it is known to be one: it begins with members of a whole list.

        The count before it is then its total, and no member; one that begins its sentence must be long.
        """
        return any(
            self._whole(whole, before, parts[:least])
            and not (before and any(word in before.before for words in whole.members for word in words))
            and (before is None or self._is_head(whole, before, parts[:least]))
            for whole in self.prose.wholes
            if (least := whole.least or len(whole.members)) > 2 or before
        )

    def _is_head(self, whole: Whole, total: Figure, parts: Sequence[Figure]) -> bool:
        """Whether a count that no word makes the total of a list is as large, and of its noun: 人员, not 负责人."""
        large = total.high >= max(part.low for part in parts)
        words = "|".join(word for words in whole.members for word in words)
        nouns = {re.sub(words, "", self.labels.bare(part.before)) for part in parts} - {""}
        named = not whole.noun or all(noun in total.before for noun in nouns)
        slipped = plainly(Group(total, tuple(parts), closed=True, overlap=False, sure=True))
        return named and (large or slipped or comes_near(total, parts))

    def scaled(self, total: Figure, parts: Sequence[Figure]) -> bool:
        """Whether the parts make the digits of a total, and only its 万 is too much (or missing)."""
        made = sum((part.value for part in parts), Decimal(0))
        return made == total.scaled or (total.scaled is None and made == total.value * 10_000)

    def is_of_a_list(self, parts: Sequence[Figure]) -> bool:
        """Whether they are all codes of one of the office's lists."""
        keys = {self.labels.key(part) for part in parts}
        return len(keys) > 1 and any(keys <= codes for codes, _ in self.lists)

    def is_list_of_channels(self, parts: Sequence[Figure]) -> bool:
        """Whether counts that follow each other are channels to the last remainder."""
        ends = next((n for n, part in enumerate(parts) if self.labels.rest(part)), 0)
        return ends > 1 and all(map(self.labels.channel, parts[:ends]))

    def _closed(self, total: Figure, parts: Sequence[Figure], lead: str) -> bool:
        if len(parts) < 2 or parts[-1].after.startswith(self.prose.and_so_on):
            return False
        if self.labels.rest(parts[-1]):
            return True
        if any(word in lead for word in self.prose.open):
            return False
        if any(word in lead for word in self.prose.exhaustive):
            return True
        if any(re.search(pattern, lead) for pattern in self.prose.seen_whole):
            return True
        if re.match(self.prose.listed, lead) and not any(word in lead for word in self.prose.parts):
            return True
        keys = {self.labels.key(part) for part in parts}
        return (self._classes(parts, lead) or any(codes <= keys for codes, _ in self.lists)) or any(
            self._whole(whole, total, parts) for whole in self.prose.wholes
        )

    def _classes(self, parts: Sequence[Figure], lead: str) -> bool:
        """Whether a list without 其中 is of classes, and ends its sentence: nothing is left out."""
        if any(word in lead for word in self.prose.parts):
            return False
        named = len(parts) > FEW and all(part.before.rstrip().endswith(self.prose.classes) for part in parts)
        return named and bool(re.match(r"\s*(?:[。.]|$)", parts[-1].paragraph.text[parts[-1].end :]))

    def _whole(self, whole: Whole, total: Figure | None, parts: Sequence[Figure]) -> bool:
        """Whether each part is a member, and as many members are named as the list needs."""
        if total and whole.asks not in total.before + total.after + "".join(part.before for part in parts):
            return False
        there = {n for part in parts for n, words in enumerate(whole.members) if any(w in part.before for w in words)}
        all_known = all(any(w in part.before for words in whole.members for w in words) for part in parts)
        return all_known and len(there) >= (whole.least or len(whole.members))


def _behind(last: Figure) -> str:
    """What is printed right behind a list."""
    return last.paragraph.text[last.end : last.end + BEHIND]
