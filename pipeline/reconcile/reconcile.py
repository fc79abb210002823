"""Everything that is held against itself, in order: months, agreements, owners, cumulative figures, the report."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.differences import Difference
from pipeline.findings import Finding
from pipeline.judging import judge_all, one_a_cell, places_of, rule_findings
from pipeline.printed import PrintedFigure
from pipeline.reconcile.agreements import agreements, differences
from pipeline.reconcile.cumulative import cumulative
from pipeline.reconcile.months import copied
from pipeline.reconcile.owners import owner_findings, owners
from pipeline.reconcile.report import against_report
from pipeline.wide import shift
from schemas.form import Form
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class InForce:
    """The returns in force: one wide row a return, their cells (schemas.frames.Rows), and their files by return."""

    form: Form
    office: Office
    year: int
    wide: "pd.DataFrame"
    rows: "pd.DataFrame"
    returns: "pd.DataFrame"

    @property
    def files(self) -> dict[int, str]:
        """The file of each return."""
        return dict(zip(self.returns["ret"], self.returns["file"], strict=True))

    @property
    def notes(self) -> dict[tuple[int, str, str], str]:
        """The units' 说明, by return, table and line."""
        told = self.rows[self.rows["note"] != ""]
        return dict(zip(zip(told["ret"], told["table"], told["line"], strict=True), told["note"], strict=True))


def reconcile(
    there: InForce, printed: Sequence[PrintedFigure], printed_file: str, not_judged: Counter[str]
) -> tuple[list[Finding], list[Difference]]:
    """The questions that the returns in force raise together, and every comparison made."""
    form, notes = there.form, there.notes
    statements = tuple(s for s in form.statements if s.spans_months)
    beside = shift(there.wide, {ref for s in statements for ref in s.refs})
    broken = list(judge_all(statements, beside, not_judged))
    found = [*rule_findings(broken, there.rows, places_of(there.returns), form, there.wide)]
    found += copied(form, there.wide, there.files, there.office)
    compared = list(agreements(form, beside))
    for pairs in owners(form, there.wide):
        found += owner_findings(pairs, there.rows, there.files, notes, form, there.office)
        compared.append(pairs)
    for pairs, findings in cumulative(form, there.wide, there.rows, there.files, notes):
        found += findings
        compared.append(pairs)
    rows = [row for pairs in compared for row in differences(pairs, notes, there.year, there.office)]
    for row, finding in against_report(form, there.wide, printed, rows, there.year, printed_file):
        rows.append(row)
        found += [finding] if finding else []
    return one_a_cell(found), rows
