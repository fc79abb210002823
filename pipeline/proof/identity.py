"""A total of a report's table and the cells that make it; and what is said where they do not."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.judge.slips import slip
from pipeline.proof.figure import Doubt, Figure
from pipeline.proof.sums import number

CHANGE = "change"  # the kind of identities of two years
SEVERAL = 6  # identities with blank cells that show what a blank stands for
NEARLY_ALL = 0.85  # of them hold where it is a nought
MOST_BROKEN = 3  # identities of a kind that may be broken in a panel of which hardly any holds


@dataclass(frozen=True, eq=False)
class Identity:
    """A total and the cells that make it, some with a minus.

    ``open`` where more may be left, ``blank`` where cells were left blank.
    """

    kind: str
    total: Figure
    parts: tuple[Figure, ...]
    minus: tuple[Figure, ...] = ()
    open: bool = False
    blank: bool = False

    @property
    def made(self) -> Decimal:
        """What the parts come to."""
        return sum((p.value for p in self.parts), Decimal(0)) - sum((p.value for p in self.minus), Decimal(0))

    @property
    def holds(self) -> bool:
        """Whether the total is what its parts make, or can be."""
        return self.exact or ((self.open or self.blank) and self.total.value > self.made)

    @property
    def exact(self) -> bool:
        """Whether the total is what the parts that are filled in make."""
        return self.total.value == self.made

    @property
    def near(self) -> bool:
        """Whether the parts come near the total, as parts of it would but for a slip."""
        return abs(self.total.value - self.made) * 5 <= self.total.value

    def mends(self) -> Iterator[tuple[Figure, Decimal]]:
        """Each cell with the number that alone would mend it; no count is negative."""
        gap = self.total.value - self.made
        able = [(self.total, self.made)]
        able += [(part, part.value + gap) for part in self.parts]
        able += [(part, part.value - gap) for part in self.minus]
        yield from ((figure, value) for figure, value in able if value >= 0)


def broken_of(identities: Sequence[Identity]) -> list[Identity]:
    """Those broken, unless so many are that the table was rather misread.

    A blank may be a nought or not filled in: where nearly all with blanks hold without them, it is a nought.
    """
    blank = [one for one in identities if one.blank and not one.open]
    zeros = len(blank) >= SEVERAL and sum(one.exact for one in blank) >= len(blank) * NEARLY_ALL
    broken = [one for one in identities if not one.holds or (zeros and one in blank and not one.exact)]
    said = [one for one in identities if one.total.value or one.made]
    return [] if len(broken) > MOST_BROKEN and len(broken) * 2 > len(said) else broken


def doubts_of(broken: Sequence[Identity]) -> Iterator[Doubt]:
    """A doubt for each cause: the cell of which one number mends several identities, else the total.

    A change that breaks alone is told by those who know changes.
    """
    left = list(broken)
    while left:
        mends = Counter(mend for one in left for mend in set(one.mends()))
        (figure, value), times = max(mends.items(), key=lambda m: (m[1], bool(slip(int(m[0][0].value), int(m[0][1])))))
        if times > 1:
            own = [one for one in left if (figure, value) in set(one.mends())]
            yield _cell_doubt(figure, value, own)
            left = [one for one in left if one not in own]
        else:
            alone = left.pop(0)
            yield from [] if alone.kind == CHANGE else [_sum_doubt(alone)]


def _cell_doubt(figure: Figure, value: Decimal, own: Sequence[Identity]) -> Doubt:
    facts = {"cell": figure.words, "expected": number(value), "times": str(len(own))}
    figures = (figure, *(f for one in own for f in (one.total, *one.parts, *one.minus) if f is not figure))
    whole = figure.value % 1 == 0 and value % 1 == 0
    return Doubt("cell", figure.paragraph, figures, facts, ((figure, int(value)),) if whole else ())


def _sum_doubt(one: Identity) -> Doubt:
    gap = one.total.value - one.made
    shown = [p for p in one.parts if p.value] or one.parts
    minus = [number(p.value) for p in one.minus if p.value or one.kind == "balance"]
    facts = {
        "total": one.total.words, "sum": number(one.made), "more": "多" if gap > 0 else "少", "gap": number(abs(gap)),
        "parts": "－".join(["＋".join(number(p.value) for p in shown), *minus]),
    }  # fmt: skip
    mends = tuple((f, int(v)) for f, v in one.mends() if f.value % 1 == 0 and v % 1 == 0 and slip(int(f.value), int(v)))
    return Doubt("column", one.total.paragraph, (one.total, *one.parts, *one.minus), facts, mends)
