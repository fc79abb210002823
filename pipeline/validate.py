"""Judge every return on its own: the cover, then the cells, then the rules between them.

Cells that could not be read are not judged further; one cell gets one complaint, the strongest first.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.findings import EXPLAINED, Finding, Place, make, tell
from pipeline.numerals import likely
from pipeline.wide import widen
from schemas.entry import Entry
from schemas.form import Form
from schemas.rules import words
from schemas.rules.judge import amounts
from schemas.rules.terms import Statement

if TYPE_CHECKING:
    import pandas as pd

_ORDER = {"must": 0, "verify": 1, "note": 2}


def confirm_zeros(rows: "pd.DataFrame", covers: "pd.DataFrame", form: Form) -> "pd.DataFrame":
    """The rows with the blanks of zero reports as confirmed zeros; every other blank stays a blank."""
    zero_fields = [f.code for f in form.edition.cover if f.role == "zero_report"]
    zero = set(covers.loc[covers["code"].isin(zero_fields) & (covers["text"] == "是"), "ret"])
    blank = rows["ret"].isin(zero) & (rows["state"] == "blank") & (rows["measure"] == "month")
    return rows.assign(value=rows["value"].mask(blank, 0), state=rows["state"].mask(blank, "zero"))


def validate(
    returns: "pd.DataFrame", rows: "pd.DataFrame", covers: "pd.DataFrame", form: Form
) -> tuple[list[Finding], dict[str, int]]:
    """The findings about each return by itself, and how often each rule was not judged for want of a value.

    ``returns``, ``rows`` and ``covers`` are as taken in, with zeros confirmed, of one edition.
    """
    places = places_of(returns)
    statements = tuple(s for s in form.statements if not s.spans_months)
    wide = widen(rows, returns[returns["edition"] != ""], form)
    not_judged: dict[str, int] = {}
    broken = list(judge_all(form, statements, wide, not_judged))
    findings = [
        *_covers(covers, places, form),
        *_cells(rows, places, form),
        *_zero_reports(rows, covers, places, form),
        *rule_findings(broken, rows, places, form),
    ]
    return one_a_cell(findings), not_judged


def judge_all(
    form: Form, statements: tuple[Statement, ...], wide: "pd.DataFrame", not_judged: dict[str, int]
) -> Iterator[tuple[Statement, int, int, int]]:
    """Every broken statement with its return and both sides; counts what could not be judged, by rule."""
    from pandera.errors import SchemaErrors

    from schemas.frames import schema_for, verdicts

    for statement in statements:
        unknown = int(verdicts(statement, wide).isna().sum())
        not_judged[statement.rule] = not_judged.get(statement.rule, 0) + unknown
    schema = schema_for(form, statements)
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
    wanted = rows[rows["ret"].isin({ret for _, ret, _, _ in broken})]
    cells = {(r.ret, r.table, r.line, r.measure): r for r in wanted.itertuples(index=False)}
    for statement, ret, left, right in broken:
        at = statement.at
        row: Any = cells[ret, at.table, at.line, at.measure]
        place = replace(places[ret], sheet=row.sheet, cell=row.cell)
        message = words.complaint(statement, form.entries, left, right)
        finding = make(statement.level, statement.rule, place, row.written, message, _remedy(statement))
        if statement.level == "verify" and row.note:
            finding = replace(finding, state=EXPLAINED, message=f"{message}单位说明：{row.note}")
        yield finding


def one_a_cell(findings: list[Finding]) -> list[Finding]:
    """At most one finding a cell: the strongest, and of equals the first."""
    kept: dict[tuple[str, ...], Finding] = {}
    for finding in sorted(findings, key=lambda f: _ORDER[f.level]):
        cell = (finding.file, finding.sheet, finding.cell) if finding.cell else (finding.id,)
        kept.setdefault(cell, finding)
    return [finding for finding in findings if finding in kept.values()]


def _covers(covers: "pd.DataFrame", places: dict[int, Place], form: Form) -> Iterator[Finding]:
    asked = {field.code: field for field in form.edition.cover}
    for row in covers.itertuples(index=False):
        field = asked[str(row.code)]
        place = replace(places[int(str(row.ret))], sheet=str(row.sheet), cell=str(row.cell))
        text = str(row.text)
        if not text:
            yield tell("E-COV-01", place, label=field.name, prompt=field.prompt)
        elif field.choices and text not in field.choices:
            yield tell("E-COV-02", place, value=text, label=field.name, written=text, choices="、".join(field.choices))


def _cells(rows: "pd.DataFrame", places: dict[int, Place], form: Form) -> Iterator[Finding]:
    """What cannot be a number of that line: text, an error, a fraction, a negative, nothing at all.

    What a formula (本年累计, a total) makes of such a cell is not told again.
    """
    total = {f"{table}.{line}" for (table, line), entry in form.entries.items() if entry.is_total}
    blank = (rows["state"] == "blank") & ~(rows["table"] + "." + rows["line"]).isin(total)
    negative = (rows["value"] < 0).fillna(False)
    kinds = rows["problem"].mask(blank, "E-MIS-02").mask(negative, "E-NEG-01")
    wrong = rows.assign(kind=kinds)[kinds != ""]
    causes = {
        (row.ret, str(row.table), str(row.line)) for row in wrong[wrong["role"] == "input"].itertuples(index=False)
    }
    causes |= {(ret, table, form.entries[table, line].parent) for ret, table, line in causes}
    for row in wrong.itertuples(index=False):
        if row.role == "declared" and row.state != "blank" and (row.ret, row.table, row.line) in causes:
            continue
        entry = form.entries[str(row.table), str(row.line)]
        place = replace(places[int(str(row.ret))], sheet=str(row.sheet), cell=str(row.cell))
        yield tell(
            str(row.kind), place, value=str(row.written), **_facts(entry, str(row.measure), str(row.written), form)
        )


def _facts(entry: Entry, measure: str, written: str, form: Form) -> dict[str, object]:
    likely_number = likely(written)
    label = entry.label if measure == "month" else f"{entry.label}”“{form.edition.words.measure(measure)}"
    suggestion = f"（疑为 {likely_number}）" if likely_number else ""
    return {"label": label, "code": entry.code, "unit": entry.unit, "written": written, "suggestion": suggestion}


def _zero_reports(
    rows: "pd.DataFrame", covers: "pd.DataFrame", places: dict[int, Place], form: Form
) -> Iterator[Finding]:
    """A zero report that has a number in it: one finding a return, at the first."""
    zero_fields = [f.code for f in form.edition.cover if f.role == "zero_report"]
    zero = set(covers.loc[covers["code"].isin(zero_fields) & (covers["text"] == "是"), "ret"])
    there = rows[rows["ret"].isin(zero) & (rows["role"] == "input") & (rows["value"] > 0).fillna(False)]
    for row in there.drop_duplicates("ret").itertuples(index=False):
        entry = form.entries[str(row.table), str(row.line)]
        place = replace(places[int(str(row.ret))], sheet=str(row.sheet), cell=str(row.cell))
        yield tell("E-ZER-01", place, value=str(row.written), label=entry.label, code=entry.code, written=row.written)


def places_of(returns: "pd.DataFrame") -> dict[int, Place]:
    """Where findings about each return arise."""
    return {int(r.ret): Place(r.unit, r.period, r.file) for r in returns.itertuples(index=False)}  # type: ignore[arg-type]


def _sides(statement: Statement) -> tuple[Any, Any]:
    return statement.claim.left, statement.claim.right


def _remedy(statement: Statement) -> str:
    if statement.level == "must":
        return "请核对这几行，改正后重新报送。"
    return "请核对：写错的请改正重报；属实的在这一行的“说明”栏写一句原因。"
