"""Everything that is held against itself, in order: months, agreements, owners, cumulative figures, years, print."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.judge.judging import judge_all, one_a_cell, places_of, rule_findings
from pipeline.judge.last_year import LastYear
from pipeline.judge.reconcile.agreements import agreements, differences
from pipeline.judge.reconcile.cumulative import Cumulated, cumulative
from pipeline.judge.reconcile.last_year import against_last_year
from pipeline.judge.reconcile.months import copied
from pipeline.judge.reconcile.owners import owner_findings, owners
from pipeline.judge.reconcile.report import against_report
from pipeline.judge.wide import shift
from pipeline.values.differences import ACCOUNTED, Difference
from pipeline.values.findings import Finding
from pipeline.values.notes import Line, Notes
from pipeline.values.printed import PrintedFigure
from pipeline.values.rulings import Ruling
from pipeline.values.tally import Tally
from schemas.form import Form
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas import frames, received


@dataclass(frozen=True)
class InForce:
    """The returns in force: one wide row a return, their cells, and their files by return.

    ``last_year`` is what is known of the year before, where anybody asks for it.
    """

    form: Form
    office: Office
    year: int
    wide: "DataFrame[frames.Wide]"
    rows: "DataFrame[frames.Rows]"
    returns: "DataFrame[received.Entered]"
    last_year: LastYear | None = None

    def __post_init__(self) -> None:
        """Of a unit's month one return counts. Raises SchemaError."""
        from schemas.frames import InForce as OneOfEach

        OneOfEach.validate(self.wide)

    @property
    def files(self) -> dict[int, str]:
        """The file of each return."""
        return dict(zip(self.returns["ret"], self.returns["file"], strict=True))

    @property
    def notes(self) -> Notes:
        """The units' 说明, by return, table and line."""
        told = self.rows[self.rows["note"] != ""]
        lines = zip(told["ret"], told["table"], told["line"], strict=True)
        return Notes(dict(zip(lines, told["note"], strict=True)), self.office.settings.thresholds.confirm_above)


def reconcile(
    there: InForce,
    adjusted: "pd.DataFrame",
    printed: Sequence[PrintedFigure],
    own: Sequence[Finding],
    tally: Tally,
    waivers: Mapping[str, Ruling],
) -> tuple[list[Finding], list[Difference]]:
    """The questions that the returns in force raise together, and every comparison made.

    ``own`` are the findings about each return by itself; ``adjusted`` is the wide frame with the office's adjustments,
    which the report is held against; ``waivers`` are the office's rulings by the finding that they close: what they
    excuse is accounted for.
    """
    form, notes, last = there.form, there.notes, there.last_year
    statements = tuple(s for s in form.judged if s.spans_months)
    refs = {ref for s in statements for ref in s.refs}
    beside = shift(there.wide, refs, form, there.office, last.before if last else None)
    cumulated = Cumulated(form, there.wide, there.office)
    broken = list(cumulated.without_echoes(judge_all(statements, beside, tally)))
    found = [*rule_findings(broken, there.rows, places_of(there.returns), form, there.wide, notes.limit, there.office)]
    found += copied(form, there.wide, there.files, there.office)
    compared = list(agreements(form, beside))
    for pairs in owners(form, there.wide):
        found += owner_findings(pairs, there.rows, there.files, notes, form, there.office)
        compared.append(pairs)
    for pairs, findings in cumulative(cumulated, there.rows, there.files, notes):
        found += findings
        compared.append(pairs)
    found = one_a_cell(found)
    notes = replace(notes, ruled=dict(_ruled([*own, *found], there.rows, there.files, waivers)))
    rows = [row for pairs in compared for row in differences(pairs, notes, there.year, there.office)]
    for compared_with, findings in against_last_year(last, there.wide) if last else ():
        rows += [_passed(compared_with, findings, waivers)] if compared_with else []
        found += findings
    for row, finding in against_report(form, adjusted, printed, rows, there.year):
        waiver = waivers.get(finding.id) if finding else None
        rows.append(_excused(row, waiver) if waiver else row)
        found += [finding] if finding else []
    return one_a_cell(found), rows


def _ruled(
    found: Sequence[Finding], rows: "pd.DataFrame", files: Mapping[int, str], waivers: Mapping[str, Ruling]
) -> Iterator[tuple[Line, str]]:
    """The lines whose difference the office has passed, with its words."""
    passed = {(f.file, f.sheet, f.cell): waivers[f.id].words for f in found if f.id in waivers and f.cell}
    own = rows[rows["cell"].isin({cell for _, _, cell in passed})]
    for row in own.itertuples(index=False):
        words = passed.get((files[int(str(row.ret))], str(row.sheet), str(row.cell)))
        if words:
            yield (int(str(row.ret)), str(row.table), str(row.line)), words


def _excused(row: Difference, waiver: Ruling) -> Difference:
    return replace(row, verdict=ACCOUNTED, explanation=f"{row.explanation}办公室核实通过：{waiver.words}")


def _passed(row: Difference, findings: Sequence[Finding], waivers: Mapping[str, Ruling]) -> Difference:
    """A comparison all of whose findings the office has passed is accounted for, with its words."""
    passed = [waivers[finding.id] for finding in findings if finding.id in waivers]
    return _excused(row, passed[0]) if passed and len(passed) == len(findings) else row
