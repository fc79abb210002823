"""A month against the one before."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.judge.wide import shift
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.periods import parse_month
from schemas.form import Form
from schemas.office import Office
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd


def copied(form: Form, wide: "pd.DataFrame", files: dict[int, str], office: Office) -> Iterator[Finding]:
    """Returns whose every number equals the month before, where enough of them are not 0 to be no coincidence."""
    inputs = [Ref(*key) for key, entry in form.entries.items() if entry.is_input and entry.kind == "flow"]
    beside = shift(wide, {Ref(ref.table, ref.line, shift=-1) for ref in inputs}, form, office)
    now, before = (
        beside[[f"{ref}{month}" for ref in inputs]].to_numpy("float64", na_value=float("nan")) for month in ("", "@-1")
    )
    same, busy = (now == before).all(axis=1), (now > 0).sum(axis=1)
    for ret in wide.index[same & (busy >= office.settings.thresholds.identical_nonzero)]:
        unit, period = str(wide.loc[ret, "unit"]), str(wide.loc[ret, "period"])
        month = parse_month(period)
        expected = month.plus(-1).words if month else ""
        place = Place(unit, period, files[ret])
        count = sum(form.entry(ref).asked(period, unit) for ref in inputs)
        yield tell("W-DUP-01", place, value=str(count), count=count, expected=expected)
