"""The last cumulative figures against the sum of the months as received."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.judge.reconcile.agreements import Pairs
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.notes import Notes
from schemas.edition import Agreement
from schemas.form import Form
from schemas.quantity import Quantity
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd


def cumulative(
    form: Form, wide: "pd.DataFrame", rows: "pd.DataFrame", files: dict[int, str], notes: Notes
) -> Iterator[tuple[Pairs, list[Finding]]]:
    """One comparison an agreement: each unit's control totals over all its lines; with a finding a line that differs.

    A unit is judged where every month up to its last is in force; the sum of what is missing cannot be known.
    """
    for agreement in form.edition.agreements:
        if agreement.mode == "months":
            yield _compare(form, wide, rows, files, notes, agreement)


def _compare(
    form: Form,
    wide: "pd.DataFrame",
    rows: "pd.DataFrame",
    files: dict[int, str],
    notes: Notes,
    agreement: Agreement,
) -> tuple[Pairs, list[Finding]]:
    import pandas as pd

    declared = [linear.refs[0] for linear in form.expression(agreement.left)]
    months = {str(ref): str(Ref(ref.table, ref.line)) for ref in declared}
    last = wide.sort_values("period").groupby("unit").tail(1)
    groups = wide.groupby("unit")
    sums = groups[list(months.values())].sum().reindex(last["unit"]).set_axis(last.index)
    complete = groups.size().reindex(last["unit"]).set_axis(last.index) == last["calendar_month"]
    quantity, steps = _control(form, declared)
    left = last[list(months)]
    right = sums[list(months.values())].set_axis(left.columns, axis=1)
    differs = (left != right).fillna(False) & complete.to_numpy()[:, None]
    lines = {int(ret): _apart(left.loc[ret], right.loc[ret], declared) for ret in last.index[differs.any(axis=1)]}
    findings = [
        _finding(form, ref, ret, last, (int(str(left.loc[ret, str(ref)])), gap), rows, files).answered(
            notes.own((ret, ref.table, ref.line)), form.entry(ref).quantity.exact(gap), notes.limit
        )
        for ret, gaps in lines.items()
        for ref, gap in gaps.items()
    ]
    sides = pd.DataFrame(
        {
            "unit": last["unit"],
            "period": last["period"],
            "left": (left * steps).sum(axis=1).astype("Int64").where(complete),
            "right": (right * steps).sum(axis=1).astype("Int64").where(complete),
        }
    )
    table = declared[0].table
    name = f"{table} 各行"
    apart = {
        ret: {ref: form.entry(ref).quantity.exact(gap) for ref, gap in gaps.items()} for ret, gaps in lines.items()
    }
    return Pairs(
        agreement.id, agreement.title, f"{name}本年累计", f"{name}各月之和", declared[0], sides, quantity, apart
    ), findings


def _control(form: Form, declared: Sequence[Ref]) -> tuple[Quantity, list[int]]:
    """What the control totals of these lines are told in, and how many of its steps are one of each line's.

    Numbers of unlike units are added as they stand on the form: the totals only show that all of them are there.
    """
    quantities = [form.entry(ref).quantity for ref in declared]
    units, decimals = {quantity.unit for quantity in quantities}, max(quantity.decimals for quantity in quantities)
    steps = [10 ** (decimals - quantity.decimals) for quantity in quantities]
    return Quantity(units.pop() if len(units) == 1 else "", decimals), steps


def _apart(left: "pd.Series[int]", right: "pd.Series[int]", declared: Sequence[Ref]) -> dict[Ref, int]:
    """The lines whose cumulative figure is not the sum of the months, and by how much."""
    known = [ref for ref in declared if left[[str(ref)]].notna().all() and right[[str(ref)]].notna().all()]
    gaps = {ref: int(str(left[str(ref)])) - int(str(right[str(ref)])) for ref in known}
    return {ref: gap for ref, gap in gaps.items() if gap}


def _finding(
    form: Form, ref: Ref, ret: int, last: "pd.DataFrame", sides: tuple[int, int], rows: "pd.DataFrame",
    files: dict[int, str],
) -> Finding:  # fmt: skip
    """The question at the cell of a cumulative figure; ``sides`` are what is written and how much it is too much."""
    (written, gap), entry = sides, form.entry(ref)
    own = rows[(rows["ret"] == ret) & (rows["table"] == ref.table) & (rows["line"] == ref.line)]
    cell = own[own["measure"] == ref.measure].iloc[0]
    place = Place(str(last.loc[ret, "unit"]), str(last.loc[ret, "period"]), files[ret], cell["sheet"], cell["cell"])
    show = entry.quantity.show
    facts = {"written": show(written), "expected": show(written - gap), "difference": show(abs(gap))}
    more = "多" if gap > 0 else "少"
    return tell(
        "W-YTD-01",
        place,
        value=str(entry.quantity.exact(written)),
        label=entry.label,
        code=entry.line,
        more=more,
        **facts,
    )
