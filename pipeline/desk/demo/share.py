"""Split the year's totals over units and months: invented, exact, the same on every machine."""

from collections.abc import Mapping, Sequence
from random import Random

from pipeline.desk.demo.plan import Derive, Flow, Plan
from pipeline.values.periods import Month
from schemas.form import Form
from schemas.office import Office
from schemas.rules.terms import Ref

Cell = tuple[str, Month]  # unit's short name and month
Values = dict[Cell, dict[Ref, int]]


def share_out(plan: Plan, form: Form, office: Office) -> Values:
    """The numbers of every return of the year; those in force add up to the plan's totals.

    Zero reports have none. The copied return equals the month before; the missing and the returned one are invented
    beside the totals, from the month before.
    """
    random = Random(plan.seed)  # noqa: S311  # a demonstration, no secret
    values: Values = {cell: {} for cell in _cells(plan, office)}
    outside = {(f.unit, f.period) for f in plan.faults if f.kind in {"missing", "returned", "copied"}}
    counted = [cell for cell in values if (cell[0], str(cell[1])) not in outside]
    weights = {cell: plan.size.get(cell[0], 1.0) * plan.season[cell[1].month - 1] for cell in counted}
    for line, total in plan.totals.items():
        ref = form.expression(line)[0].refs[0]
        asked_of = form.entry(ref).asked_of
        asked = {unit.short for unit in office.codes["units"] if asked_of is None or unit.code in asked_of}
        able = {cell: weight for cell, weight in weights.items() if cell[0] in asked}
        _spread(plan, ref, total, able, values, random)
    fault = plan.fault("copied")
    copied = next((cell for cell in values if fault and (cell[0], str(cell[1])) == fault.whose), None)
    if copied:
        source = (copied[0], copied[1].plus(-1))
        _make_room(plan, values, [cell for cell in counted if cell != source], copied, values[source])
    for cell in [cell for cell in values if not values[cell]]:
        values[cell] = _from_month_before(values[cell[0], cell[1].plus(-1)])
    _complete(plan, form, values, random)
    if copied:
        values[copied] = dict(values[source])
    return values


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` in whole parts as near to the weights as can be (largest remainders)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def _cells(plan: Plan, office: Office) -> list[Cell]:
    """The units and months that have numbers: all but the zero reports."""
    months = Month(plan.year, 1).until(Month(plan.year, 12))
    cells = [(unit.short, month) for month in months for unit in office.units_in(str(month))]
    zero = {at.whose for at in plan.zero_reports}
    return [cell for cell in cells if (cell[0], str(cell[1])) not in zero]


def _complete(plan: Plan, form: Form, values: Values, random: Random) -> None:
    """Add the lines that follow from others, and a zero for every line that has nothing."""
    inputs = [Ref(*key) for key, entry in form.entries.items() if entry.is_input]
    for flow in plan.flows:
        _carry(flow, form, values, random)
    for cell, numbers in values.items():
        for derive in plan.derived:
            _derive(derive, form, numbers, _gap(plan, cell), random)
        for line, value in plan.standing.items():
            numbers[form.expression(line)[0].refs[0]] = value
        for ref in inputs:
            numbers.setdefault(ref, 0)


def _carry(flow: Flow, form: Form, values: Values, random: Random) -> None:
    """Close most of what is there each month and carry the rest over."""
    opening, received, closed, closing = (
        form.expression(line)[0].refs[0] for line in (flow.opening, flow.received, flow.closed, flow.closing)
    )
    pending: dict[str, int] = {}
    for (unit, _), numbers in sorted(values.items(), key=lambda item: item[0][1]):
        there = pending.get(unit, 0) + numbers.get(received, 0)
        left = sum(random.random() < flow.backlog for _ in range(there))
        numbers.update({opening: pending.get(unit, 0), closed: there - left, closing: left})
        pending[unit] = left


def _spread(plan: Plan, ref: Ref, total: int, weights: Mapping[Cell, float], values: Values, random: Random) -> None:
    """One line's total over the returns that may have it, with the least that each must have."""
    only, least = plan.only.get(str(ref)), plan.least.get(str(ref), 0)
    cells = [cell for cell in weights if only is None or cell[0] in only]
    noisy = [weights[cell] * random.uniform(0.4, 1.6) for cell in cells]
    for cell, part in zip(cells, apportion(total - least * len(cells), noisy), strict=True):
        values[cell][ref] = part + least


def _make_room(plan: Plan, values: Values, donors: list[Cell], copied: Cell, numbers: Mapping[Ref, int]) -> None:
    """Take from other returns, those of its month first, what the copied return adds to the totals."""
    values[copied] = dict(numbers)
    donors.sort(key=lambda cell: cell[1] != copied[1])
    for ref, excess in numbers.items():
        least, left = plan.least.get(str(ref), 0), excess
        for donor in donors:
            has = values[donor].get(ref, 0)
            most = has // 2 if donor[1] == copied[1] else has
            taken = max(0, min(left, most, has - least))
            values[donor][ref] = has - taken
            left -= taken


def _from_month_before(numbers: Mapping[Ref, int]) -> dict[Ref, int]:
    """A month like the one before, a little busier in every line that had something."""
    return {ref: number + 1 if number else 0 for ref, number in numbers.items()}


def _gap(plan: Plan, cell: Cell) -> int:
    return sum(gap.items for gap in plan.gaps if gap.whose == (cell[0], str(cell[1])))


def _derive(derive: Derive, form: Form, numbers: dict[Ref, int], gap: int, random: Random) -> None:
    if derive.sum:
        parts = form.expression(f"sum({derive.sum})")[0].refs
        numbers[form.expression(derive.line)[0].refs[0]] = sum(numbers.get(ref, 0) for ref in parts) + gap
        return
    if derive.same:
        numbers[form.expression(derive.line)[0].refs[0]] = numbers.get(form.expression(derive.same)[0].refs[0], 0)
        return
    whole = numbers.get(form.expression(derive.of)[0].refs[0], 0)
    if derive.split:
        parts = form.expression(f"sum({derive.split})")[0].refs
        weights = derive.weights or (1,) * len(parts)
        noisy = [weight * random.uniform(0.5, 1.5) for weight in weights]
        numbers.update(zip(parts, apportion(whole, noisy), strict=True))
    else:
        share = derive.share * random.uniform(0.8, 1.2)
        numbers[form.expression(derive.line)[0].refs[0]] = min(whole, round(whole * share))
