"""Two counts of the same thing, return by return and in every sum of returns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.values.differences import ACCOUNTED, AGREE, DIFFER, UNJUDGED, Difference
from pipeline.values.notes import Notes
from schemas.crosswalk import Crosswalk
from schemas.office import Office
from schemas.period import Period, length_of, period_of, spoken
from schemas.quantity import NoMultiple, Quantity, common
from schemas.rules import words
from schemas.rules.judge import amounts
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd


class Apart(NamedTuple):
    """A line that differs by ``gap`` (in its own unit), and the return that it is explained in."""

    ret: int
    ref: Ref
    gap: Decimal


@dataclass(frozen=True)
class Pairs:
    """Figures that must meet: ``sides`` has a row a comparison, indexed by return, with unit, period, left and right.

    Both are in steps of ``quantity``, and may be ``tolerance`` of them apart; where parts ``overlap`` (a column of
    ``sides``, for a form may read them otherwise than the one before), the right one may be any more.
    ``left`` and ``right`` name the sides;
    ``at`` is the line where a unit explains a difference; ``lines`` are the lines that differ, with by how much in
    their own unit, by return, where several stand behind one comparison.
    """

    id: str
    title: str
    left: str
    right: str
    at: Ref
    sides: "pd.DataFrame"
    quantity: Quantity
    lines: Mapping[int, Sequence[Apart]] | None = None
    tolerance: int = 0

    @cached_property
    def judged(self) -> "pd.DataFrame":
        """The comparisons that both sides have a value for."""
        return self.sides[self.sides["left"].notna() & self.sides["right"].notna()]

    @cached_property
    def apart(self) -> "pd.DataFrame":
        """The comparisons that do not meet."""
        return self.beyond(self.judged)

    def beyond(self, judged: "pd.DataFrame") -> "pd.DataFrame":
        """Those of some comparisons that are further apart than they may be."""
        gap = judged["left"] - judged["right"]
        wrong = gap.abs() > self.tolerance
        return judged[wrong & (~judged["overlap"] | (gap > 0)) if "overlap" in judged else wrong]


def agreements(walk: Crosswalk, beside: "pd.DataFrame") -> Iterator[Pairs]:
    """The agreements within a return or with its months before, part by part where they say so."""
    import pandas as pd

    form = walk.form
    at = {(s.rule, s.claim.left, s.claim.right): s.at for s in form.statements}
    for meeting in form.meetings:
        agreement = meeting.agreement
        sides = pd.DataFrame(
            {
                "unit": beside["unit"],
                "period": beside["period"],
                "left": amounts(meeting.left, beside),
                "right": amounts(meeting.right, beside),
                "overlap": meeting.overlap,
            }
        )[beside["period"].map(agreement.speaks_of).astype(bool)]
        rounding = rounded((*meeting.left.refs, *meeting.right.refs), meeting.quantity, walk)
        near = ((sides["left"] - sides["right"]).abs() < rounding).fillna(False)
        sides["right"] = sides["right"].mask(near, sides["left"])
        name = words.side(meeting.left, form.entries, meeting.quantity)
        part = meeting.left.refs[0]
        key, title = agreement.id, agreement.title
        if agreement.each:
            key, title = f"{key}.{part.line}", f"{title}：{form.entry(part).label}"
        place = at.get((agreement.id, meeting.left, meeting.right), part)
        right = words.side(meeting.right, form.entries, meeting.quantity)
        yield Pairs(key, title, name, right, place, sides, meeting.quantity, tolerance=meeting.tolerance)


def in_one(pairs: Sequence[Pairs]) -> list[Pairs]:
    """The comparisons of a year: those that several forms make under one id are one, named as in the last of them."""
    by_id: dict[str, list[Pairs]] = {}
    for one in pairs:
        by_id.setdefault(one.id, []).append(one)
    return [made for several in by_id.values() for made in (several if len(several) == 1 else _joined(several))]


def _joined(several: list[Pairs]) -> list[Pairs]:
    """Several as one, in what all can be told in; apart where they count what cannot be added."""
    import pandas as pd

    try:
        quantity = common(one.quantity for one in several)
    except NoMultiple:
        return several
    sides, lines = [], dict[int, Sequence[Apart]]()
    for one in several:
        steps = quantity.steps_of(one.quantity)
        sides.append(one.sides.assign(left=one.sides["left"] * steps, right=one.sides["right"] * steps))
        lines |= {ret: _lines(ret, row, one) for ret, row in _rows(one.apart)}
    tolerance = max(one.tolerance * quantity.steps_of(one.quantity) for one in several)
    return [replace(several[-1], sides=pd.concat(sides), quantity=quantity, lines=lines, tolerance=tolerance)]


def _lines(ret: int, row: Any, pairs: Pairs) -> Sequence[Apart]:
    """The lines that stand behind a comparison that does not meet."""
    if pairs.lines is not None:
        return pairs.lines.get(ret, [])
    return [Apart(ret, pairs.at, pairs.quantity.exact(int(row.left) - int(row.right)))]


def rounded(refs: Iterable[Ref], quantity: Quantity, walk: Crosswalk) -> int:
    """By less than how many steps of ``quantity`` two sides may be apart because cells were rounded; mostly 0.

    What an earlier form counted more finely is carried into cells of this one in its own steps.
    """
    keys = {(ref.table, ref.line) for ref in refs if (ref.table, ref.line) in walk.form.entries}
    coarse = [key for key in keys if walk.rounding(key) > 1]
    return sum(walk.rounding(key) * quantity.steps_of(walk.form.entries[key].quantity) for key in coarse)


def differences(pairs: Pairs, notes: Notes, year: int, office: Office) -> Iterator[Difference]:
    """The comparison for the city; for each month, unit and return where it does not meet."""
    judged, apart = pairs.judged, pairs.apart
    behind = [_behind(ret, row, pairs, notes, office) for ret, row in _rows(apart)]
    called = spoken(max(map(length_of, pairs.sides["period"]), default=0))["report"]
    alike = "不少于总数（分项可以重复计数）" if "overlap" in judged and judged["overlap"].any() else "一致"
    rest = f"其余{len(judged) - len(apart)}份{called}{alike}" if behind else f"{len(judged)}份{called}全部{alike}"
    rest = rest if len(judged) else f"没有可比的{called}"
    rest += f"，{len(pairs.sides) - len(judged)}份缺数未判" if len(judged) < len(pairs.sides) else ""
    why = f"差在{len(apart)}份{called}：{'；'.join(behind)}。{rest}。" if behind else f"{rest}。"
    yield _difference(pairs, "city", "", str(year), judged, why, notes)
    for scope, by in (("month", "period"), ("unit-year", "unit")):
        for key, group in apart.groupby(by) if len(apart) else ():
            told = "；".join(_behind(ret, row, pairs, notes, office) for ret, row in _rows(group))
            unit, period = (str(key), str(year)) if by == "unit" else ("", str(key))
            yield _difference(pairs, scope, unit, period, judged[judged[by] == key], told, notes)
    for ret, row in _rows(apart):
        one = apart.loc[[ret]]
        yield _difference(pairs, "return", str(row.unit), str(row.period), one, _note(ret, row, pairs, notes), notes)


def _difference(
    pairs: Pairs, scope: str, unit: str, period: str, sides: "pd.DataFrame", why: str, notes: Notes
) -> Difference:
    """Both sides over the returns that were judged; where none was there is no number, and no 0 either."""
    if sides.empty:
        none = (pairs.left, None, pairs.right, None, None, UNJUDGED, why, pairs.quantity)
        return Difference(pairs.id, pairs.title, scope, unit, period, *none)
    left, right = int(sides["left"].sum()), int(sides["right"].sum())
    apart = pairs.beyond(sides)
    settled = all(_note(int(ret), row, pairs, notes) for ret, row in _rows(apart))
    verdict = AGREE if apart.empty else ACCOUNTED if settled else DIFFER
    return Difference(
        pairs.id, pairs.title, scope, unit, period, pairs.left, left, pairs.right, right, left - right, verdict, why,
        pairs.quantity,
    )  # fmt: skip


def _rows(frame: "pd.DataFrame") -> "Sequence[tuple[int, Any]]":
    return list(zip(frame.index, frame.itertuples(index=False), strict=True)) if len(frame) else []


def _note(ret: int, row: Any, pairs: Pairs, notes: Notes) -> str:
    """What settles a difference; where several lines stand behind it, every one of them has to be."""
    lines = _lines(ret, row, pairs)
    said = [notes.settling((one.ret, one.ref.table, one.ref.line), one.gap) for one in lines]
    return "；".join(said) if all(said) else ""


def _behind(ret: int, row: Any, pairs: Pairs, notes: Notes, office: Office) -> str:
    month = period_of(str(row.period)) or Period(0, 1)
    gap, said = int(row.left) - int(row.right), _note(ret, row, pairs, notes) or "未说明"
    whose = office.short(str(row.unit), str(row.period))
    return f"{whose}{month.words} {pairs.quantity.signed(gap)}（{said}）"
