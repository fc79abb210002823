"""Everything that is held against itself, in order: months, agreements, owners, cumulative figures, years, print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.judge.block import Block
from pipeline.judge.judging import judge_all, one_a_cell, places_of, rule_findings
from pipeline.judge.last_year import LastYear
from pipeline.judge.reconcile.agreements import Pairs, agreements, differences, in_one, rounded
from pipeline.judge.reconcile.cumulative import Cumulated, cumulative
from pipeline.judge.reconcile.last_year import against_last_year
from pipeline.judge.reconcile.months import copied
from pipeline.judge.reconcile.owners import owner_findings, owners
from pipeline.judge.reconcile.report import against_report
from pipeline.judge.wide import shift
from pipeline.values.differences import ACCOUNTED, Difference
from pipeline.values.findings import EXPLAINED, UNCONFIRMED, Finding
from pipeline.values.notes import Line, Notes
from pipeline.values.printed import PrintedFigure
from pipeline.values.reasons import is_reason
from pipeline.values.rulings import Waive
from pipeline.values.tally import Tally
from schemas.crosswalk import Crosswalk
from schemas.form import Form
from schemas.office import Office
from schemas.rules.terms import Statement

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas import frames, received


Broken = tuple[Statement, int, int, int]  # with its return and both sides


@dataclass(frozen=True)
class InForce:
    """The returns in force of one form: one wide row each, their cells, and what is before them.

    ``form`` is theirs as other forms are brought onto it; ``so_far`` are the year's returns of earlier forms and these,
    ``last_year`` what is known of the year before, where anybody asks for it: both in the lines of ``form``.
    ``latest`` are the last returns of each unit in the year, whatever their form, ``walk`` what brings others onto it.
    """

    walk: Crosswalk
    office: Office
    year: int
    wide: "DataFrame[frames.Wide]"
    so_far: "DataFrame[frames.Wide]"
    rows: "DataFrame[frames.Rows]"
    returns: "DataFrame[received.Entered]"
    latest: frozenset[int]
    last_year: LastYear | None = None

    def __post_init__(self) -> None:
        """Of a unit's month one return counts. Raises SchemaError."""
        from schemas.frames import InForce as OneOfEach

        OneOfEach.validate(self.wide)

    @property
    def form(self) -> Form:
        """The form of these returns, as others are brought onto it."""
        return self.walk.form

    @property
    def files(self) -> dict[int, str]:
        """The file of each return."""
        return dict(zip(self.returns["ret"], self.returns["file"], strict=True))

    @property
    def notes(self) -> Notes:
        """The units' 说明 that are reasons, by return, table and line."""
        told = self.rows[self.rows["note"] != ""]
        told = told[told["note"].map(is_reason).astype(bool)]
        lines = zip(told["ret"], told["table"], told["line"], strict=True)
        return Notes(dict(zip(lines, told["note"], strict=True)), self.office.settings.thresholds.confirm_above)

    @property
    def earlier(self) -> "pd.DataFrame":
        """Every return of a month before those of the form that is known."""
        import pandas as pd

        before = self.so_far[~self.so_far.index.isin(self.wide.index)]
        there = [frame for frame in (before, self.last_year.before if self.last_year else before[:0]) if len(frame)]
        return pd.concat(there) if there else before


class Reconciled(NamedTuple):
    """What comes of the returns in force of one form: questions, and the figures that must meet."""

    findings: list[Finding]
    pairs: list[Pairs]


def reconcile(there: InForce, tally: Tally) -> Reconciled:
    """The questions that the returns in force of a form raise beside each other and the months before."""
    form, notes = there.form, there.notes
    statements = tuple(s for s in form.judged if s.spans_months)
    refs = {ref for s in statements for ref in s.refs}
    beside = shift(there.wide, refs, form, there.office, there.earlier)
    cumulated = Cumulated(there.walk, there.so_far, there.office, frozenset(map(int, there.wide.index)), there.latest)
    broken = list(cumulated.without_echoes(_apart(judge_all(statements, beside, tally), there.walk)))
    so_far = there.so_far
    found = [*rule_findings(broken, there.rows, places_of(there.returns), form, so_far, notes.limit, there.office)]
    found += copied(form, there.wide, so_far, there.files, there.office)
    compared = list(agreements(there.walk, beside))
    for pairs in owners(form, there.wide):
        found += owner_findings(pairs, there.rows, there.files, notes, form, there.office)
        compared.append(pairs)
    for pairs, findings in cumulative(cumulated, there.rows, there.files, notes):
        found += findings
        compared.append(pairs)
    return Reconciled(one_a_cell(found), compared)


def _apart(broken: Iterable[Broken], walk: Crosswalk) -> Iterator[Broken]:
    """Broken statements but those whose sides are apart by no more than a cell had to be rounded."""
    for statement, ret, left, right in broken:
        if abs(left - right) >= rounded(statement.claim.refs, statement.claim.quantity, walk):
            yield statement, ret, left, right


def compare(
    every: Sequence[InForce],
    reconciled: Sequence[Reconciled],
    adjusted: Block,
    printed: Sequence[PrintedFigure],
    own: Sequence[Finding],
    waivers: Mapping[str, Waive],
) -> tuple[list[Finding], list[Difference]]:
    """Every comparison made over a year, and the questions of all its forms with those that arise from these.

    ``own`` are the findings about each return by itself; ``adjusted`` are all returns with the office's adjustments,
    which the report is held against; ``waivers`` are the office's rulings by the finding that they close: what they
    excuse is accounted for.
    """
    first, last = every[0], every[0].last_year
    found = [finding for one in reconciled for finding in one.findings]
    agreed = {meeting.agreement.id for there in every for meeting in there.form.meetings}
    asked = [*(one for one in own if one.rule in agreed), *found]
    told = dict(_replied(asked)) | {line: n for there in every for line, n in there.notes.told.items()}
    notes = replace(first.notes, told=told, ruled=dict(_ruled([*own, *found], waivers)))
    together = in_one([pairs for one in reconciled for pairs in one.pairs])
    rows = [row for pairs in together for row in differences(pairs, notes, first.year, first.office)]
    for compared_with, findings in against_last_year(last, first.wide) if last else ():
        rows += [_passed(compared_with, findings, waivers)] if compared_with else []
        found += findings
    for row, finding in against_report(adjusted.form, adjusted.wide, printed, rows, first.year):
        waiver = waivers.get(finding.id) if finding else None
        rows.append(_excused(row, waiver) if waiver else row)
        found += [finding] if finding else []
    return one_a_cell(found), rows


def _ruled(found: Sequence[Finding], waivers: Mapping[str, Waive]) -> Iterator[tuple[Line, str]]:
    """The lines whose difference the office has passed, with its words."""
    for finding in found:
        if finding.id in waivers and finding.ret is not None and finding.number:
            yield (finding.ret, finding.number.table, finding.number.line), waivers[finding.id].words


def _replied(found: Sequence[Finding]) -> Iterator[tuple[Line, str]]:
    """The lines whose difference the unit has said is so, beside its return."""
    for finding in found:
        if finding.reply and finding.state in {EXPLAINED, UNCONFIRMED} and finding.ret is not None and finding.number:
            yield (finding.ret, finding.number.table, finding.number.line), finding.reply


def _excused(row: Difference, waiver: Waive) -> Difference:
    return replace(row, verdict=ACCOUNTED, explanation=f"{row.explanation}办公室核实通过：{waiver.words}")


def _passed(row: Difference, findings: Sequence[Finding], waivers: Mapping[str, Waive]) -> Difference:
    """A comparison all of whose findings the office has passed is accounted for, with its words."""
    passed = [waivers[finding.id] for finding in findings if finding.id in waivers]
    return _excused(row, passed[0]) if passed and len(passed) == len(findings) else row
