"""The last cumulative figures against the sum of the months as received."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.findings import EXPLAINED, Finding, Place, tell
from pipeline.reconcile.agreements import Notes, Pairs
from schemas.edition import Agreement
from schemas.form import Form
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
    left = last[list(months)]
    right = sums[list(months.values())].set_axis(left.columns, axis=1)
    differs = (left != right).fillna(False) & complete.to_numpy()[:, None]
    findings, told = [], {}
    for ret in last.index[differs.any(axis=1)]:
        apart = [ref for ref in declared if differs.loc[ret, str(ref)]]
        words = [notes.get((int(ret), ref.table, ref.line), "") for ref in apart]
        told[int(ret)] = "；".join(words) if all(words) else ""
        for ref, note in zip(apart, words, strict=True):
            written, expected = int(left.loc[ret, str(ref)]), int(right.loc[ret, str(ref)])
            finding = _finding(form, ref, int(ret), last, written, expected, rows, files)
            findings.append(finding.settled(EXPLAINED, note) if note else finding)
    sides = pd.DataFrame(
        {
            "unit": last["unit"],
            "period": last["period"],
            "left": left.sum(axis=1).astype("Int64").where(complete),
            "right": right.sum(axis=1).astype("Int64").where(complete),
        }
    )
    table = declared[0].table
    name = f"{table} 各行"
    return Pairs(
        agreement.id, agreement.title, f"{name}本年累计", f"{name}各月之和", declared[0], sides, told
    ), findings


def _finding(
    form: Form, ref: Ref, ret: int, last: "pd.DataFrame", written: int, expected: int, rows: "pd.DataFrame",
    files: dict[int, str],
) -> Finding:  # fmt: skip
    entry = form.entry(ref)
    own = rows[(rows["ret"] == ret) & (rows["table"] == ref.table) & (rows["line"] == ref.line)]
    cell = own[own["measure"] == ref.measure].iloc[0]
    place = Place(str(last.loc[ret, "unit"]), str(last.loc[ret, "period"]), files[ret], cell["sheet"], cell["cell"])
    facts = {"written": f"{written:,}", "expected": f"{expected:,}", "difference": f"{abs(written - expected):,}"}
    more = "多" if written > expected else "少"
    return tell("W-YTD-01", place, value=str(written), label=entry.label, code=entry.line, more=more, **facts)
