"""How far a list of parts goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.proof.figure import Figure, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.leads import Leads
from pipeline.proof.sums import total_of

FAR = Decimal("0.3")  # how far the sum may be from a total that only an earlier sentence names


@dataclass(frozen=True)
class Extent:
    """The counts that may be parts of a list, in order; as far as ``cut`` they are for certain."""

    leads: Leads
    labels: Labels
    parts: Sequence[Figure]
    cut: int

    def ends(self) -> list[int]:
        """How many counts the list may have: all or those before a break, or fewer that name no remainder later on."""
        parts = self.parts
        fewer = [
            k for k in range(len(parts) - 1, 1, -1)
            if not any(map(self.labels.rest, parts[k:])) or total_of(parts[:k]) == total_of(parts[k:])
        ]  # fmt: skip
        return list(dict.fromkeys([len(parts), self.cut, *fewer]))

    def meant(self, total: Figure) -> Sequence[Figure]:
        """The parts of a list that makes no total in any way.

        One with semicolons goes on to its remainder where it comes near the total.
        """
        parts = self.parts
        whole = len(parts) > 2 and self.labels.rest(parts[-1]) and not any(map(self.leads.breaks, parts))
        return parts if whole and comes_near(total, parts) else parts[: self.cut]


def extent(leads: Leads, labels: Labels, sentence: Sentence, n: int) -> Extent:
    """The counts from the n-th on that may be parts of one list."""
    counts = sentence.counts
    parts, cut, level = [counts[n]], 0, ""
    colon = leads.colon(leads.lead(sentence, n))
    for j in range(n + 1, len(counts)):
        lead, figure = leads.lead(sentence, j), counts[j]
        if leads.adds_up(figure) or leads.marked(lead):
            break
        if figure.unit != parts[0].unit:
            cut = cut or len(parts)
            break
        between = next((sign for sign in ";，" if sign in lead), "、")
        level = level or between
        parted = between == ";" and (level != ";" or not (colon or "%" in lead))
        if not cut and (parted or leads.breaks(figure)):
            cut = len(parts)
        parts.append(figure)
    return Extent(leads, labels, parts, cut or len(parts))


def comes_near(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the sum of the parts is near the total."""
    low, high = total_of(parts)
    return total.low * (1 - FAR) <= high and low <= total.high * (1 + FAR)
