"""A month against the one before."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.judge.wide import shift
from pipeline.values.findings import Finding, Place, tell
from schemas.form import Form
from schemas.office import Office
from schemas.period import period_of
from schemas.rules.terms import Ref
from schemas.spoken import names_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


def copied(
    form: Form, wide: "pd.DataFrame", so_far: "pd.DataFrame", files: dict[int, str], office: Office
) -> Iterator[Finding]:
    """Returns whose every number equals the month before, where enough of them are not 0 to be no coincidence.

    ``so_far`` are the year's returns up to these; what the form of the month before did not have is not compared.
    """
    inputs = [Ref(*key) for key, entry in form.entries.items() if entry.is_input and entry.kind == "flow"]
    earlier = so_far[~so_far.index.isin(wide.index)]
    beside = shift(wide, {Ref(ref.table, ref.line, shift=-1) for ref in inputs}, form, office, earlier)
    now, before = (
        beside[[f"{ref}{month}" for ref in inputs]].to_numpy("float64", na_value=float("nan")) for month in ("", "@-1")
    )
    same = ((now == before) | _new(wide["period"], inputs, form)).all(axis=1) & (now == before).any(axis=1)
    busy = (now > 0).sum(axis=1)
    for ret in wide.index[same & (busy >= office.settings.thresholds.identical_nonzero)]:
        unit, period = str(wide.loc[ret, "unit"]), str(wide.loc[ret, "period"])
        own = period_of(period)
        expected = own.plus(-1).words if own else ""
        place = Place(unit, period, files[ret], ret=ret)
        count = sum(form.entry(ref).asked(period, unit) for ref in inputs)
        yield tell("W-DUP-01", place, value=str(count), count=count, expected=expected, **names_of(form.edition))


def _new(periods: "pd.Series[str]", refs: list[Ref], form: Form) -> "NDArray[np.bool_]":
    """By return and line whether the form of the month before had nothing of the kind."""
    import numpy as np

    found = np.zeros((len(periods), len(refs)), dtype=bool)
    some = [n for n, ref in enumerate(refs) if form.entry(ref).unlisted]
    for period in set(periods) if some else ():
        whole = period_of(period)
        before = str(whole.plus(-1)) if whole else period
        own = np.array([not form.entry(refs[n]).listed(before) for n in some])
        found[np.ix_(np.flatnonzero(periods == period), np.array(some))] = own
    return found
