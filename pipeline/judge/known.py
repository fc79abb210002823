"""What is known of units before a month's returns come, from all that is in force: what a form can ask with."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.judge.block import Block, onto
from pipeline.judge.plausibility.limits import limits
from pipeline.judge.plausibility.panel import panel
from pipeline.judge.plausibility.wholes import usually
from pipeline.judge.wide import shift
from pipeline.values.known import Known, Span
from pipeline.values.periods import Month
from schemas.crosswalk import Crosswalk
from schemas.form import Form
from schemas.office import Office
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Wide

Spans = dict[Ref, tuple[Span, ...]]


def known_of(
    blocks: Sequence[Block], form: Form, units: Collection[str], month: Month, office: Office
) -> dict[str, Known]:
    """By unit what its form of a month can ask with; ``form`` is that of all months and units.

    ``blocks`` are the returns in force of this year and the year before; a unit's own of that month is not looked at.
    """
    codes = sorted(units)
    walk = Crosswalk(form, [block.form for block in blocks])
    wide = onto(blocks, walk) if blocks else None
    if wide is None or wide.empty:
        return dict.fromkeys(codes, Known())
    told = _numbers(wide, walk.form, codes, month, office)
    numbers = {unit: _in_own_steps(own, walk) for unit, own in told.items()}
    usual, heard, quiet = _usual(wide, walk, month, office)
    least = office.settings.thresholds.identical_nonzero
    return {
        unit: Known(
            numbers[unit],
            usual.get(unit, {}),
            _before(numbers[unit], walk.form, unit, month),
            unit in heard,
            unit in quiet,
            least,
        )
        for unit in codes
    }


def _in_own_steps(numbers: dict[Ref, int], walk: Crosswalk) -> dict[Ref, int]:
    """The numbers in the steps of the form's own lines; one that is counted more finely is none there."""
    steps = {ref: walk.rounding((ref.table, ref.line)) for ref in numbers}
    return {ref: value // steps[ref] for ref, value in numbers.items() if value % steps[ref] == 0}


def _numbers(
    wide: "DataFrame[Wide]", form: Form, units: list[str], month: Month, office: Office
) -> dict[str, dict[Ref, int]]:
    """By unit the numbers of other periods that rules of the form name, and those of the period before."""
    import pandas as pd

    refs = {ref for statement in form.statements for ref in statement.refs if ref.shift}
    refs |= {Ref(ref.table, ref.line, "month", -1) for ref in _flows(form)}
    own = {str(Ref(ref.table, ref.line, ref.measure)): pd.array([pd.NA] * len(units), "Int64") for ref in refs}
    index = pd.RangeIndex(-len(units), 0)
    bare = pd.DataFrame({"unit": units, "period": str(month), **own}, index=index).astype(
        {"unit": "str", "period": "str"}
    )
    beside = shift(bare, refs, form, office, wide)
    told: dict[str, dict[Ref, int]] = {unit: {} for unit in units}
    for ref in sorted(refs):
        for unit, value in zip(units, beside[str(ref)], strict=True):
            if not pd.isna(value):
                told[unit][ref] = int(value)
    return told


def _flows(form: Form) -> Iterable[Ref]:
    return (Ref(*key) for key, entry in form.entries.items() if entry.is_input and entry.kind == "flow")


def _before(numbers: dict[Ref, int], form: Form, unit: str, month: Month) -> dict[Ref, int]:
    """What the period before had in each line that is asked; nothing where one cannot be compared, as in a run."""
    earlier, found = str(month.plus(-1)), {}
    for ref in _flows(form):
        entry, value = form.entry(ref), numbers.get(Ref(ref.table, ref.line, "month", -1))
        if not entry.asked(str(month), unit):
            if value:
                return {}
        elif value is not None:
            found[ref] = value
        elif entry.listed(earlier):
            return {}
    return found


def _usual(
    wide: "DataFrame[Wide]", walk: Crosswalk, month: Month, office: Office
) -> tuple[dict[str, Spans], set[str], set[str]]:
    """By unit what is usual in the month, and the units of which a return without numbers would be odd, or one with."""
    whose = zip(wide["unit"], wide["period"], strict=True)
    wide = wide[
        [office.history.changed(unit, period) == office.history.changed(unit, str(month)) for unit, period in whose]
    ]
    if wide.empty:
        return {}, set(), set()
    block = panel(wide, walk.form, office, month.so_far[0], until=month)
    at = block.months.index(month)
    heard, quiet = (_units(flags[:, at], block.units) for flags in usually(block))
    found = {
        unit: {ref: _spans(spans, ref, walk) for ref, spans in own.items()} for unit, own in limits(block, at).items()
    }
    return found, heard, quiet


def _spans(spans: tuple[Span, ...], ref: Ref, walk: Crosswalk) -> tuple[Span, ...]:
    steps = walk.rounding((ref.table, ref.line))
    return tuple(Span(-(-low // steps), None if high is None else high // steps) for low, high in spans)


def _units(flags: Any, units: Sequence[str]) -> set[str]:
    return {unit for unit, flag in zip(units, flags, strict=True) if flag}
