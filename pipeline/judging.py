"""Judge statements over many returns at once, and say what is broken at the cell where it is answered."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.findings import EXPLAINED, Finding, Place, make, tell
from pipeline.numerals import certain
from pipeline.taken import AS_TEXT
from schemas.form import Form
from schemas.rules import words
from schemas.rules.judge import amounts
from schemas.rules.terms import Statement

if TYPE_CHECKING:
    import pandas as pd

_ORDER = {"must": 0, "verify": 1, "note": 2}


def judge_all(
    statements: tuple[Statement, ...], wide: "pd.DataFrame", not_judged: Counter[str]
) -> Iterator[tuple[Statement, int, int, int]]:
    """Every broken statement with its return and both sides; counts what could not be judged, by rule."""
    from pandera.errors import SchemaErrors

    from schemas.frames import schema_for

    there = set(wide["calendar_month"])
    statements = tuple(s for s in statements if there.intersection(s.months))
    schema = schema_for(statements, not_judged)
    try:
        schema.validate(wide, lazy=True)
    except SchemaErrors as failed:
        by_key = {s.key: s for s in statements}
        for error in failed.schema_errors:
            if error.check is None or error.check.name not in by_key:
                raise
            statement = by_key[error.check.name]
            left, right = (amounts(side, wide, statement.blank) for side in _sides(statement))
            for ret in dict.fromkeys(error.failure_cases["index"]):
                yield statement, int(ret), int(left[ret]), int(right[ret])


def rule_findings(
    broken: list[tuple[Statement, int, int, int]], rows: "pd.DataFrame", places: dict[int, Place], form: Form
) -> Iterator[Finding]:
    """Findings for broken statements, at the cell each rule is answered at; a 说明 there settles a verify."""
    if not broken:
        return
    cells: dict[int, dict[tuple[str, str, str], Any]] = {}
    for row in rows[rows["ret"].isin({ret for _, ret, _, _ in broken})].itertuples(index=False):
        cells.setdefault(int(str(row.ret)), {})[str(row.table), str(row.line), str(row.measure)] = row
    for statement, ret, left, right in broken:
        own: Any = cells[ret].get((statement.at.table, statement.at.line, statement.at.measure))
        texts = _left_out(statement, left - right, cells[ret])
        if texts:
            yield from (_left_out_finding(row, places[ret], form) for row in texts)
        elif own is not None:  # else the unit is not asked the line at which it would be answered
            place = replace(places[ret], sheet=own.sheet, cell=own.cell)
            message = words.complaint(statement, form.entries, left, right)
            finding = make(statement.level, statement.rule, place, own.written, message, remedy(statement))
            explained = statement.level == "verify" and own.note
            yield finding.settled(EXPLAINED, own.note) if explained else finding


def _left_out(statement: Statement, gap: int, cells: dict[tuple[str, str, str], Any]) -> list[Any]:
    """The numbers written as text that a sheet's own formula left out of a sum, where they explain the whole gap."""
    claim = statement.claim
    terms = [*claim.left.terms, *((-coefficient, ref) for coefficient, ref in claim.right.terms)]
    there = [(n, cells.get((ref.table, ref.line, ref.measure))) for n, ref in terms if not ref.shift]
    found = [(n, row) for n, row in there if row is not None and row.problem == AS_TEXT]
    explained = sum(coefficient * row.value for coefficient, row in found)
    return [row for _, row in found] if statement.level == "must" and gap and explained == gap else []


def _left_out_finding(row: Any, place: Place, form: Form) -> Finding:
    entry = form.entries[row.table, row.line]
    where = replace(place, sheet=row.sheet, cell=row.cell)
    facts = {"label": entry.label, "code": entry.line, "written": row.written, "number": certain(row.written)}
    return tell("E-NUM-06", where, value=row.written, **facts)


def one_a_cell(findings: list[Finding]) -> list[Finding]:
    """At most one finding a cell: the strongest, and of equals the first."""
    kept: dict[tuple[str, ...], Finding] = {}
    for finding in sorted(findings, key=lambda f: _ORDER[f.level]):
        cell = (finding.file, finding.sheet, finding.cell) if finding.cell else (finding.id,)
        kept.setdefault(cell, finding)
    return list({finding.id: finding for finding in findings if finding in kept.values()}.values())


def places_of(returns: "pd.DataFrame") -> dict[int, Place]:
    """Where findings about each return arise."""
    return {int(r.ret): Place(r.unit, r.period, r.file) for r in returns.itertuples(index=False)}  # type: ignore[arg-type]


def _sides(statement: Statement) -> tuple[Any, Any]:
    return statement.claim.left, statement.claim.right


def remedy(statement: Statement) -> str:
    """What to do about a broken statement."""
    if statement.level == "must":
        return "请核对这几行，改正后重新报送。"
    return "请核对：写错的请改正重报；属实的在这一行的“说明”栏写一句原因。"
