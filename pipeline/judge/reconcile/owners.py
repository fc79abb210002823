"""What units claim for a channel against the record of the unit that runs it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.judge.reconcile.agreements import Pairs
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.notes import Notes
from schemas.counted import owned
from schemas.edition import Agreement
from schemas.form import Form
from schemas.office import Office
from schemas.rules.terms import Linear, Ref
from schemas.spoken import names_of

if TYPE_CHECKING:
    import pandas as pd


def owners(form: Form, wide: "pd.DataFrame") -> Iterator[Pairs]:
    """One comparison a channel that has an owner: each unit's claim and the owner's record of that unit and month."""
    for agreement in form.edition.agreements:
        if agreement.mode == "owner":
            for linear in form.expression(agreement.left):
                yield from _pairs(form, wide, agreement, linear)


def owner_findings(
    pairs: Pairs, rows: "pd.DataFrame", files: dict[int, str], notes: Notes, form: Form, office: Office
) -> Iterator[Finding]:
    """A question to the unit at the cell of its claim, for each claim that differs from the owner's record."""
    at, entry = pairs.at, form.entry(pairs.at)
    apart, show = pairs.apart, pairs.quantity.show
    rows_apart: Iterator[tuple[int, Any]] = zip(apart.index, apart.itertuples(index=False), strict=True)
    for ret, row in rows_apart:
        table, _, line = str(row.record).partition(".")
        own, theirs = _cell(rows, ret, at.table, at.line), _cell(rows, row.source, table, line)
        place = Place(str(row.unit), str(row.period), files[ret], ret=ret).at(own)
        gap = int(row.left) - int(row.right)
        facts = {
            "label": entry.label, "code": entry.line, "written": show(int(row.left)), "expected": show(int(row.right)),
            "owner": office.short(str(row.owner)), "more": "多" if gap > 0 else "少", "difference": show(abs(gap)),
            "unit": pairs.quantity.unit, "source": f"{files[row.source]}，{theirs.sheet}!{theirs.cell}",
            **names_of(form.edition),
        }  # fmt: skip
        finding = tell("W-OWN-01", place, value=str(pairs.quantity.exact(int(row.left))), **facts)
        finding = finding.between(int(row.left), int(row.right), pairs.quantity)
        finding = replace(finding, asked=(str(row.owner),))
        yield finding.answered(notes.own((ret, at.table, at.line)), pairs.quantity.exact(gap), notes.limit)


def _pairs(form: Form, wide: "pd.DataFrame", agreement: Agreement, claimed: Linear) -> Iterator[Pairs]:
    import pandas as pd

    claim = claimed.refs[0]
    cells = [e for e in form.table(agreement.right) if e.column == claim.line and not e.is_total]
    if not cells:
        return
    owner = next(iter(cells[0].asked_of or ()))
    mine, quantity = wide[wide["unit"] == owner], owned(form, agreement, claimed)
    at, times = {period: n for n, period in enumerate(mine["period"])}, quantity.steps_of(cells[0].quantity)
    records = {e.row: mine[str(Ref(e.table, e.code))].array for e in cells}
    about = list(zip(wide["unit"], wide["period"], strict=True))
    there = [(records[unit][at[period]], mine.index[at[period]]) if unit in records and period in at else (pd.NA, pd.NA)
             for unit, period in about]  # fmt: skip
    numbers = pd.DataFrame(there, columns=["right", "source"], index=wide.index).astype("Int64")
    sides = wide[["unit", "period"]].assign(
        left=wide[str(claim)] * quantity.steps_of(form.entry(claim).quantity),
        right=numbers["right"] * times,
        source=numbers["source"],
        owner=owner,
        record=f"{agreement.right}." + wide["unit"] + f"_{claim.line}",
    )
    label = form.entry(claim).label
    title = f"{agreement.title}：{label}"
    yield Pairs(
        f"{agreement.id}.{claim.line}",
        title,
        f"各单位填报的“{label}”",
        f"主管单位记录的“{label}”",
        claim,
        sides,
        quantity,
    )


def _cell(rows: "pd.DataFrame", ret: int, table: str, line: str) -> Any:
    there = rows[
        (rows["ret"] == ret) & (rows["table"] == table) & (rows["line"] == line) & (rows["measure"] == "month")
    ]
    return next(there.itertuples(index=False))
