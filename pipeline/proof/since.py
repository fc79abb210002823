"""Last year's published report: what it closed with is what this one opens with, and what it counted is 比上年."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.proof.across import cell_of, says
from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.grids import Tables
from pipeline.proof.growth import Growth
from pipeline.proof.labels import Labels
from pipeline.proof.sums import number
from schemas.proof import Prose
from schemas.proof_tables import Both


def counted(sentences: Sequence[Sentence], groups: Sequence[Group], labels: Labels) -> dict[str, Figure]:
    """The counts of a report that stand for themselves, by what they count."""
    inside = {part for group in groups for part in group.parts}
    every = (f for s in sentences if not s.inside for f in s.counts if f.exact and not f.span and f not in inside)
    found: dict[str, Figure] = {}
    for figure in every:
        found.setdefault(labels.core(figure) + figure.unit, figure)
    return found


def thing(both: Both, sentences: Sequence[Sentence], tables: Tables) -> Figure | None:
    """What a report has for a thing: its table's cell, else the first count of its text."""
    cell = cell_of(both, tables)
    if cell is not None:
        return cell
    return next((f for s in sentences for f in s.counts if f.exact and says(both, s, f)), None)


def carried(
    then: tuple[Sequence[Sentence], Tables], now: tuple[Sequence[Sentence], Tables], prose: Prose
) -> Iterator[Doubt]:
    """Every thing with which this report opens otherwise than last year's closed."""
    things = {both.name: both for both in prose.both}
    for closing, opening in prose.carried:
        one, other = thing(things[closing], *then), thing(things[opening], *now)
        if one is not None and other is not None and one.value != other.value:
            yield _differs(other, one)


def based(growth: Growth, last: dict[str, Figure], labels: Labels) -> Iterator[Doubt]:
    """Every count of last year that this report gives otherwise than last year's report."""
    for now, base in growth.bases():
        then = last.get(labels.core(now) + now.unit)
        if then is not None and base.exact and base.value != then.value:
            yield _differs(base, then)


def values(last: dict[str, Figure]) -> dict[str, Decimal]:
    """Last year's counts as growth is reckoned from them."""
    return {key: figure.value for key, figure in last.items()}


def _differs(figure: Figure, then: Figure) -> Doubt:
    facts = {
        "one": figure.words, "other": then.words, "place": then.paragraph.place,
        "gap": number(abs(figure.value - then.value)),
    }  # fmt: skip
    whole = then.value % 1 == 0 and figure.value % 1 == 0
    return Doubt("since", figure.paragraph, (figure,), facts, ((figure, int(then.value)),) if whole else ())
