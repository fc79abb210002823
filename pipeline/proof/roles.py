"""What a figure is to its sentence: a count, an earlier year's count, a difference, a share, growth or a rate."""

import re
from dataclasses import dataclass

from pipeline.proof.figure import Figure, Role
from schemas.proof import Prose


@dataclass(frozen=True)
class Roles:
    """Reads the words in front of a figure in a report on ``year``."""

    prose: Prose
    year: int

    def role(self, figure: Figure, last: Figure | None) -> Role:
        """What a figure is, behind the ``last`` one of its sentence."""
        words, change = figure.before, self.prose.change
        if figure.unit == "%":
            return self._percentage(figure, last)
        if figure.unit in change.times:
            return "other"
        if figure.rough and figure.after.startswith(self.prose.threshold):
            return "other"
        if last and last.role == "base" and re.fullmatch(r"\s*[、和]\s*", figure.gap):
            return "base"
        since = re.search(change.before, re.sub(r"\([^()]*\)", "", words))
        if since and all(int(year) < self.year for year in re.findall(r"\d{4}", since[0])):
            return "base"
        if words.endswith(change.to):
            return "count"
        moved = re.search(rf"({'|'.join(map(re.escape, change.rise + change.fall))})(?:了|约|近)*$", words)
        compared = any(word in figure.gap for word in change.compares) or (last and moved and len(moved[0]) > 1)
        compared = compared or bool(last and last.role == "base" and moved)
        return "change" if moved and compared and not words.endswith(change.new) else "count"

    def _percentage(self, figure: Figure, last: Figure | None) -> Role:
        words, change = figure.before, self.prose.change
        if any(word in words for word in change.share):
            return "share"
        if last and last.role == "count" and words.strip() == "的" and last.before.strip().startswith(change.of_goal):
            return "share"
        if last and re.fullmatch(r"[、和及，\s]*", figure.gap) and last.role == "share":
            return "share"
        if any(word in words for word in change.rise + change.fall):
            return "growth"
        if any(word in words for word in change.rates) or words.rstrip("为达是有到").endswith(change.rate):
            return "rate"
        return "share" if not words.strip() and not figure.gap.strip() else "other"
