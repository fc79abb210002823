"""Whether another reading of the same words fits: then what was doubted was read wrongly, and nothing is said of it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipeline.judge.slips import slip
from pipeline.proof.figure import Doubt, Figure
from pipeline.proof.ratio import fits_share
from pipeline.proof.reading import plain
from schemas.proof import Prose

LARGE = 100  # a change that hardly leads to another count by chance
NEAR = 6  # figures before and behind, of which one may be what a change is told of
FAR = 5  # how many times larger or smaller a total is that is of something else
_COLUMN = re.compile(r"([^“”]+)”的“[^“”]*$")


class Around:
    """The figures of a report's sentences, by paragraph and value, so that each doubt is looked at in no time."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.values = {(figure.value, figure.unit) for figure in figures}
        self._own: dict[int, list[Figure]] = defaultdict(list)
        self._equal: dict[tuple[int, Decimal], list[Figure]] = defaultdict(list)
        self._at: dict[Figure, int] = {}
        for figure in figures:
            own = self._own[id(figure.paragraph)]
            self._at[figure] = len(own)
            own.append(figure)
            self._equal[id(figure.paragraph), figure.value].append(figure)

    def near(self, told: Figure) -> list[Figure]:
        """The counts of its paragraph some figures before and behind it."""
        at = self._at.get(told, 0)
        own = self._own[id(told.paragraph)][max(0, at - NEAR) : at + NEAR + 1]
        return [one for one in own if one.role in {"count", "base"}]

    def counts(self, beside: Figure, value: Decimal) -> list[Figure]:
        """The counts of that value in the same paragraph."""
        return [one for one in self._equal[id(beside.paragraph), value] if one.role == "count"]


def fits_otherwise(doubt: Doubt, around: Around, cells: Sequence[Figure], prose: Prose) -> bool:
    """Whether the figures around what is doubted fit it, read in another way. ``cells`` are those of the tables."""
    if doubt.kind == "growth":
        return _moved_between_others(doubt, around) or _moved_to_another(doubt, around)
    if doubt.kind == "sum":
        total, *parts = doubt.figures
        rest = _rest_is_left_open(total, parts, prose)
        return rest or _first_parts_add_up(total, parts) or _sum_of_another(total, parts, around)
    if doubt.kind == "exceed":
        part, total, *parts = doubt.figures
        again = part.before.rstrip().endswith(prose.restates)
        planned = any(word in figure.before for word in prose.time.plans for figure in (part, total))
        lacking = any(abs(part.value - other.value) == total.value for other in parts if other is not part)
        each = bool(re.search(prose.averaged, total.before)) and not re.search(prose.averaged, part.before)
        again |= planned or lacking or each
        return again or _wider(part, total, prose) or _sum_of_another(total, parts, around)
    return doubt.kind == "same" and _elsewhere_in_its_column(doubt, cells)


def _moved_between_others(doubt: Doubt, around: Around) -> bool:
    """A change is of two counts of which the one that was read is one, and another near it the other."""
    told = doubt.figures[0]
    if told.cell or told.role not in {"growth", "change", "share"}:
        return False
    near = [figure for figure in around.near(told) if figure not in doubt.figures]
    own = [figure for figure in doubt.figures[1:] if figure.value]
    return any(_makes(told, a, b) for one in own for other in near for a, b in ((one, other), (other, one)))


def _moved_to_another(doubt: Doubt, around: Around) -> bool:
    """A change leads from its base to a count elsewhere in the report; a growth is that of such a change."""
    told, *others = doubt.figures
    bases = [figure for figure in others if figure.role == "base" and figure.value]
    if told.role == "growth":
        moved = [figure for figure in others if figure.role == "change"]
        pairs = [(one, base) for one in moved for base in bases if _leads_on(one, base, around)]
        return any(fits_share(told.value, one.value / base.value * 100) for one, base in pairs)
    return told.role == "change" and any(_leads_on(told, base, around) for base in bases)


def _leads_on(moved: Figure, base: Figure, around: Around) -> bool:
    ends = (base.value + moved.value, base.value - moved.value)
    return moved.value >= LARGE and any((end, base.unit) in around.values for end in ends)


def _makes(told: Figure, now: Figure, base: Figure) -> bool:
    moved = now.value - base.value
    if now is base or told in {now, base} or not base.value or not moved or now.unit != base.unit:
        return False
    if told.unit == "%":
        return fits_share(abs(told.value), abs(moved / base.value * 100))
    return abs(moved) == told.value


def _first_parts_add_up(total: Figure, parts: Sequence[Figure]) -> bool:
    """The total is the sum of its first parts; those behind them tell of these again."""
    made = Decimal(0)
    for n, part in enumerate(parts, start=1):
        made += part.value
        if 1 < n < len(parts) and made == total.value:
            return True
    return False


def _rest_is_left_open(total: Figure, parts: Sequence[Figure], prose: Prose) -> bool:
    """The total is more than its parts, and the text names a rest behind them without its number: 其余为工作动态等."""
    last = max(parts, key=lambda part: part.at)
    behind = plain(last.paragraph.text[last.end :])
    return sum((part.value for part in parts), Decimal(0)) < total.value and bool(re.match(prose.rest_open, behind))


def _sum_of_another(total: Figure, parts: Sequence[Figure], around: Around) -> bool:
    """The parts make another count of the paragraph: one nearer to them, or what was read as their total is far off."""
    made = sum((part.value for part in parts), Decimal(0))
    others = [one for one in around.counts(total, made) if one is not total and one not in parts]
    if any(total.at < one.at < parts[0].at for one in others):
        return True
    if slip(int(total.value), int(made)):
        return False
    return bool(others) and not (total.value * FAR > made and made * FAR > total.value)


def _wider(part: Figure, total: Figure, prose: Prose) -> bool:
    """The part is told of a wider place than the total: 全县16个 beside 本镇4个."""
    return bool(re.search(prose.everywhere, part.before)) and not re.search(prose.everywhere, total.before)


def _elsewhere_in_its_column(doubt: Doubt, cells: Iterable[Figure]) -> bool:
    """The number of the text stands in the column that it was held against, in another line."""
    told = [figure for figure in doubt.figures if not figure.cell]
    held = [found[1] for figure in doubt.figures if figure.cell and (found := _COLUMN.search(figure.cell))]
    if not (told and held) or told[0].value < 10:
        return False
    there = (found[1] for cell in cells if cell.value == told[0].value and (found := _COLUMN.search(cell.cell)))
    return any(name in held for name in there)
