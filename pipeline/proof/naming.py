"""What a share says that it is of (占在校学生的6.5%), and which count bears that name, however far before it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.proof.figure import Figure
from pipeline.proof.labels import Labels
from schemas.proof import Prose

FAR = 60  # counts of its name before a share that may be its whole
NAMES = 200  # of wholes in one report that are searched
REACH = 200  # letters before a count that may have said what it counts
LONG = 3  # letters of a name that few counts bear


@dataclass(frozen=True)
class Naming:
    """Reads the names of wholes."""

    prose: Prose
    labels: Labels

    def heads(self, share: Figure) -> list[str]:
        """The words by which a share is of what came in, was done or the like; else the name of its whole."""
        if share.role != "share":
            return []
        named = self._named(share)
        return [word for word in self.prose.change.heads if word in share.before] or ([named] if named else [])

    def own(self, share: Figure) -> str:
        """The name of a whole that says more than what came in or was done; "" for any other."""
        name = self._named(share) if share.role == "share" else ""
        words = sorted({*self.prose.change.heads, *self.prose.words.plain}, key=len, reverse=True)
        return name if len(re.sub("|".join(map(re.escape, words)), "", name)) > 1 else ""

    def bears(self, figure: Figure, name: str) -> bool:
        """Whether the words of a count have all letters of a name in their order: 收到政府信息公开申请 of 收到申请."""
        words = iter(figure.before + figure.after)
        return all(letter in words for letter in name) or self.is_called(figure, name)

    def far(self, share: Figure, part: Figure, counts: Sequence[Figure]) -> Figure | None:
        """The one count before a part that is called as the whole of its share is."""
        name = self.own(share)
        if len(name) < LONG:
            return None
        if name not in self._called:
            self._called[name] = [f for f in counts if self.is_called(f, name)] if len(self._called) < NAMES else []
        at = bisect_left(self._called[name], part.at, key=lambda f: f.at)
        able = [
            f for f in self._called[name][max(0, at - FAR) : at]
            if f.exact and f.value > part.value and self.prose.alike(f.unit, part.unit)
            and (f.year, f.span) == (part.year, part.span)
        ]  # fmt: skip
        return able[-1] if len({f.value for f in able}) == 1 else None

    @cached_property
    def _called(self) -> dict[str, list[Figure]]:
        """The counts that are called by each name, in order."""
        return {}

    def is_called(self, figure: Figure, name: str) -> bool:
        """Whether the words of a count end in a name, or it stands right in front of it.

        They may lack what a count before them says: 发出问卷500份，收回482份 of 收回问卷.
        """
        words = self.labels.bare(figure.before)
        if not name or words.endswith(name) or self.labels.bare(figure.after) == name:
            return bool(name)
        lacking = name.removeprefix(words) if len(words) > 1 and name.startswith(words) else ""
        return len(lacking) > 1 and lacking in figure.paragraph.text[max(0, figure.start - REACH) : figure.start]

    def _named(self, share: Figure) -> str:
        found = re.search(self.prose.change.of_named, share.before)
        return self.labels.bare(found[1]).removesuffix("类") if found else ""
