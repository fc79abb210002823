"""Each unit's figures over the months that are due. What is not due yet is held against nobody.

No figure is made of the others: what matters more, to be in time or to be right, is for the office to say.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median_low
from typing import TYPE_CHECKING

from pipeline.tables.assessment.peers import beside_peers
from pipeline.tables.assessment.sent import Sent, halves, sent
from pipeline.tables.assessment.work import breadth, delays, waiting
from pipeline.values.assessed import Assessed, Peers
from pipeline.values.findings import Finding
from pipeline.values.periods import Month, due_day
from schemas.assessing import breadth_of
from schemas.form import Form
from schemas.office import Office
from schemas.units import UnitRow

if TYPE_CHECKING:
    import pandas as pd

ALONE = Peers(0, None, None, None, None)


def assess(
    office: Office,
    form: Form,
    months: Sequence[Month],
    as_of: date,
    returns: "pd.DataFrame",
    findings: Iterable[Finding],
    facts: "pd.DataFrame",
    items: "Mapping[str, pd.DataFrame]",
) -> list[Assessed]:
    """The units that owed a return for one of the ``months`` that are due, in the office's order.

    ``returns``, ``facts``: schemas.frames; ``items``: the registers, by table.
    """
    due = [str(month) for month in months if due_day(month, office) < as_of]
    least = office.settings.thresholds.assessed_returns
    came, wait = sent(returns, facts), waiting(findings, returns, as_of)
    lines = breadth_of(form)
    used, took = breadth(facts, form, due), delays(items, form, due)
    found = []
    owing = {period: {unit.code for unit in office.units_in(period)} for period in due}
    for unit in office.owing(due):
        periods = [period for period in due if unit.code in owing[period]]
        owed = [came.get((unit.code, period), Sent()) for period in periods]
        of = sum(any(entry.asked(period, unit.code) for period in periods) for entry in lines)
        ages, days = wait.get(unit.code, []), took.get(unit.code, [])
        found.append(_unit(unit, owed, ages, (used.get(unit.code, 0), of), days, least))
    return beside_peers(found, least, office.settings.thresholds.assessed_peers)


def _unit(
    unit: UnitRow, owed: Sequence[Sent], ages: Sequence[int], wide: tuple[int, int], days: Sequence[int], least: int
) -> Assessed:
    received, on_time = sum(r.received for r in owed), sum(r.on_time for r in owed)
    right = sum(r.first_right for r in owed)
    split = halves(owed, least)
    earlier, later = split or ((), ())
    return Assessed(
        unit=unit.code,
        kind=unit.kind,
        owed=len(owed),
        sent=received,
        counted=sum(r.counted for r in owed),
        on_time=on_time,
        late=sum(r.days_late > 0 for r in owed),
        missing=len(owed) - received,
        days_late=sum(r.days_late for r in owed),
        first_right=right,
        sent_back=sum(r.sent_back for r in owed),
        most_rounds=max(r.rounds for r in owed),
        on_time_rate=on_time / len(owed) if len(owed) >= least else None,
        first_right_rate=right / received if received >= least else None,
        on_time_earlier=sum(r.on_time for r in earlier) if split else None,
        on_time_later=sum(r.on_time for r in later) if split else None,
        first_right_earlier=sum(r.first_right for r in earlier) if split else None,
        first_right_later=sum(r.first_right for r in later) if split else None,
        open_questions=len(ages),
        oldest_days=max(ages, default=None),
        breadth=wide[0],
        breadth_of=wide[1],
        items=len(days),
        days=median_low(days) if len(days) >= least else None,
        peers=ALONE,
    )
