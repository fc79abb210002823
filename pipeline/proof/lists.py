"""How far a list of parts goes on: by position, whatever unit its numbers have or lack."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from pipeline.proof.figure import Figure, Role, Sentence
from pipeline.proof.labels import Labels
from pipeline.proof.leads import Leads
from pipeline.proof.sums import comes_near, total_of

LONGEST = 60  # parts of one list: more is no list of a sentence
CLOSE = Decimal("0.9")  # of a total that its list must reach to be its own
_ITEM = r"[，、;](?=[^，、;]*\w)"  # before a count that has words of its own, and is no attribute of the one before it


@dataclass(frozen=True)
class Parts:
    """The counts that may be parts of a list, in order; as far as ``cut`` they are for certain.

    ``even`` is a list behind a colon that nothing parts to its end: none of it is left over. ``shared`` are those with
    a share right behind them. ``hole`` is a list with an item that counts another thing: what its parts come to is not
    known.
    """

    leads: Leads
    labels: Labels
    parts: Sequence[Figure]
    cut: int
    even: bool = False
    shared: Sequence[Figure] = ()
    hole: bool = False

    def making(self, total: Figure) -> Sequence[Figure]:
        """The parts that make a total: all or those before a break, or fewer that name no remainder later on."""
        lows = [Decimal(0), *accumulate(part.low for part in self.parts)]
        highs = [Decimal(0), *accumulate(part.high for part in self.parts)]
        ends = (k for k in self._ends(highs) if total.meets(lows[k], highs[k]))
        made = self.parts[: next(ends, 0)]
        if not made and len(self.shared) > 1 and total.meets(*total_of(self.shared)):
            return self.shared
        return made

    def _ends(self, sums: Sequence[Decimal]) -> Iterator[int]:
        yield from (len(self.parts), self.cut)
        rest = False
        for k in range(len(self.parts) - 1, 1, -1):
            rest = rest or self.labels.rest(self.parts[k])
            if (not rest and not self.even) or sums[k] == sums[-1] - sums[k]:
                yield k

    def meant(self, total: Figure) -> Sequence[Figure]:
        """The parts of a list that makes no total in any way.

        One with semicolons goes on to its remainder where it comes near the total.
        """
        parts = self.parts
        whole = len(parts) > 2 and self.labels.rest(parts[-1]) and not any(map(self.leads.breaks, parts))
        if (whole and comes_near(total, parts)) or (self.cut < len(parts) and self._runs_on(total)):
            return parts
        return parts[: self.cut]

    def _runs_on(self, total: Figure) -> bool:
        """Whether a list goes on behind a word that else begins anew (培训6.2万元): all of it comes close to the total.

        It has one unit, that of the total, and nothing but commas in it.
        """
        between = "".join(part.gap for part in self.parts[1:])
        alike = len(self.parts) > 2 and {part.unit for part in self.parts} == {total.unit} and ";" not in between
        low, high = total_of(self.parts)
        return alike and not self.hole and low * CLOSE <= total.high and total.low * CLOSE <= high


def parts_from(leads: Leads, labels: Labels, sentence: Sentence, n: int) -> Parts:
    """The counts from the n-th on that may be parts of one list; what counts another thing is passed over."""
    counts = sentence.counts
    parts, cut, level, signs = [counts[n]], 0, "", ""
    begins, apart, hole = leads.lead(sentence, n), False, False
    colon = leads.colon(begins) or leads.numbered(begins)
    for j in range(n + 1, min(len(counts), n + LONGEST)):
        lead, figure = leads.lead(sentence, j), counts[j]
        if (leads.adds_up(figure) and len(parts) > 1) or leads.marked(lead):
            break
        signs += lead
        if not leads.prose.alike(figure.unit, parts[0].unit):
            cut = cut or (len(parts) if level and level in lead else 0)  # another thing is an item of its own
            apart = apart or bool(re.match(_ITEM, lead))
            continue
        between = next((sign for sign in ";，" if sign in signs), "、")
        level = level or between
        said = _between(sentence, parts[-1], figure)
        rest = labels.rest(figure)
        parted = between == ";" and (level != ";" or not (colon or rest or "share" in said))
        anew = not rest and leads.anew(figure) and not leads.anew(parts[0])
        if not cut and (
            anew
            or parted
            or (between != "、" and leads.breaks(figure, parts[0]))
            or (said[:1] == ["rate"] and not rest)
        ):
            cut = len(parts)
        hole = hole or (apart and not cut)
        parts.append(figure)
        signs = ""
    turns = level == "、" and len(parts) > 2 and "，" in leads.lead(sentence, len(parts) - 1 + n)
    even = leads.listed(begins) and not cut and len(parts) == len(counts) - n and not turns
    shared = [part for part in parts if _has_share(sentence, part)]
    return Parts(leads, labels, parts, cut or len(parts), even, shared, hole)


def _has_share(sentence: Sentence, part: Figure) -> bool:
    """Whether a share stands right behind a count."""
    at = bisect_left(sentence.figures, part.start, key=_start) + 1
    return at < len(sentence.figures) and sentence.figures[at].role == "share"


def _between(sentence: Sentence, first: Figure, last: Figure) -> list[Role]:
    """What the figures between two of a sentence are: a share goes on with a list, a rate ends what is told of."""
    begin, end = (bisect_left(sentence.figures, figure.start, key=_start) for figure in (first, last))
    return [figure.role for figure in sentence.figures[begin + 1 : end]]


def _start(figure: Figure) -> int:
    return figure.start


def collapsed(parts: Sequence[Figure]) -> Sequence[Figure]:
    """Parts without those that make the part right before them: 有效回访246件，满意240件，一般5件，不满意1件."""
    found: list[Figure] = []
    n = 0
    while n < len(parts):
        found.append(parts[n])
        low = high = Decimal(0)
        reach = n
        for k in range(n + 1, min(len(parts), n + LONGEST)):
            low, high = low + parts[k].low, high + parts[k].high
            if k > n + 1 and parts[n].value and parts[n].meets(low, high):
                reach = k
        n = reach + 1
    return found


def likeliest(totals: Sequence[Figure], parts: Sequence[Figure], *, behind: bool) -> Figure:
    """The total that a list is most likely of, where it makes none of them."""
    if len(parts) == 1 and behind:
        return totals[0]
    alike = [total for total in totals if total.span == parts[0].span] or totals
    able = [total for total in alike if total.high >= max(part.low for part in parts)]
    return able[0] if able else min(totals, key=lambda one: abs(one.value - total_of(parts)[0]))
