"""Judge statements over many returns at once, and say what is broken at the cell where it is answered."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.judge.figures import Figures
from pipeline.judge.slips import Suspect, Suspects, hint
from pipeline.values.findings import Finding, Place, make, tell
from pipeline.values.numerals import certain
from pipeline.values.reasons import no_reason, reason_in
from pipeline.values.taken import AS_TEXT
from pipeline.values.tally import Tally
from schemas.edition import TRIAL
from schemas.form import Form
from schemas.office import Office
from schemas.rules import words
from schemas.rules.judge import sides
from schemas.rules.terms import Statement

if TYPE_CHECKING:
    import pandas as pd

Cells = dict[tuple[str, str, str], Any]  # the rows of a return, by table, line and measure

_ORDER = {"must": 0, "verify": 1, "note": 2, TRIAL: 3}


def judge_all(
    statements: tuple[Statement, ...], wide: "pd.DataFrame", tally: Tally
) -> Iterator[tuple[Statement, int, int, int]]:
    """Every broken statement with its return and both sides; what was judged is entered in ``tally``."""
    from pandera.errors import SchemaErrors

    from schemas.compiled import schema_for

    there = set(wide["calendar_month"])
    statements = tuple(s for s in statements if there.intersection(s.months))
    schema = schema_for(statements, tally.enter)
    try:
        schema.validate(wide, lazy=True)
    except SchemaErrors as failed:
        by_key = {s.key: s for s in statements}
        for error in failed.schema_errors:
            if error.check is None or error.check.name not in by_key:
                raise
            statement = by_key[error.check.name]
            left, right = sides(statement, wide)
            for ret in dict.fromkeys(error.failure_cases["index"]):
                at = wide.index.get_loc(ret)
                yield statement, int(ret), int(left[at]), int(right[at])


def rule_findings(
    broken: list[tuple[Statement, int, int, int]],
    rows: "pd.DataFrame",
    places: dict[int, Place],
    form: Form,
    wide: "pd.DataFrame",
    limit: int,
    office: Office | None = None,
) -> Iterator[Finding]:
    """Findings for broken statements, at the cell each rule is answered at.

    A 说明 there settles a verify, up to a difference of ``limit`` (in the line's unit).
    What is not settled says which cell is probably wrong, as far as the returns in ``wide`` single one out; rules
    between months need the ``office``, whose units take over each other's stocks.
    """
    if not broken:
        return
    cells: dict[int, Cells] = {}
    for row in rows[rows["ret"].isin({ret for _, ret, _, _ in broken})].itertuples(index=False):
        cells.setdefault(int(str(row.ret)), {})[str(row.table), str(row.line), str(row.measure)] = row
    left_out = {(ret, s.key): found for s, ret, *sides in broken if (found := _left_out(s, sides, cells[ret]))}
    asked = [one for one in broken if (one[1], one[0].key) not in left_out and _cell(one[0]) in cells[one[1]]]
    in_use = [one for one in asked if one[0].level != TRIAL]
    unsettled = [one for one in in_use if not _explained(one[0], cells[one[1]][_cell(one[0])])]
    likely = _likely(unsettled, form, wide, office)
    for (ret, _), texts in left_out.items():
        yield from (_about_text(row, places[ret], form) for row in texts)
    for statement, ret, left, right in asked:
        own = cells[ret][_cell(statement)]
        message = words.complaint(statement, form.entries, left, right)
        whose = taken_over(office, places[ret]) if office and statement.at.measure == "year_to_date" else ""
        hinted = "" if whose else hint(likely.get((ret, statement.key), ()), form.entries)
        advice = remedy(statement, form) + whose + hinted + _unsaid(statement, own, form)
        finding = make(statement.level, statement.rule, places[ret].at(own), own.written, message, advice)
        finding = finding.between(left, right, statement.claim.quantity)
        yield finding.answered(_explained(statement, own), _gap(statement, left - right, form), limit)


def _left_out(statement: Statement, sides: list[int], cells: Cells) -> list[Any]:
    """The numbers written as text that a sheet's own formula left out of a sum, where they explain the whole gap."""
    claim, gap = statement.claim, sides[0] - sides[1]
    terms = [*claim.left.terms, *((-coefficient, ref) for coefficient, ref in claim.right.terms)]
    there = [(n, cells.get((ref.table, ref.line, ref.measure))) for n, ref in terms if not ref.shift]
    found = [(n, row) for n, row in there if row is not None and row.problem == AS_TEXT]
    explained = sum(coefficient * row.value for coefficient, row in found)
    return [row for _, row in found] if statement.level == "must" and gap and explained == gap else []


def _about_text(row: Any, place: Place, form: Form) -> Finding:
    """The complaint about such a number, at its own cell: the sum is right as soon as it is a number."""
    entry = form.entries[row.table, row.line]
    facts = {"label": entry.label, "code": entry.line, "written": row.written, "number": certain(row.written)}
    return tell("E-NUM-06", place.at(row), value=row.written, **facts)


def _gap(statement: Statement, gap: int, form: Form) -> Decimal:
    """A difference in the unit of the line where it is answered; between dates in days."""
    entry, quantity = form.entries.get((statement.at.table, statement.at.line)), statement.claim.quantity
    return quantity.brought(gap, entry.quantity) if entry else quantity.exact(gap)


def _explained(statement: Statement, row: Any) -> str:
    return reason_in(row.note) if statement.level in {"verify", TRIAL} else ""


def _unsaid(statement: Statement, row: Any, form: Form) -> str:
    return no_reason(row.note, form.edition.words.note) if statement.level == "verify" else ""


def _cell(statement: Statement) -> tuple[str, str, str]:
    """Where it is answered; a unit may not be asked that line."""
    return statement.at.table, statement.at.line, statement.at.measure


def _likely(
    broken: list[tuple[Statement, int, int, int]], form: Form, wide: "pd.DataFrame", office: Office | None
) -> dict[tuple[int, str], tuple[Suspect, ...]]:
    """The lines that are probably wrong, by return and statement; a return at a time, for its numbers are many."""
    by_return: dict[int, list[Statement]] = defaultdict(list)
    for statement, ret, _, _ in broken:
        by_return[ret].append(statement)
    figures = Figures(form, wide, by_return, office)
    in_force: dict[tuple[Statement, ...], Suspects] = {}  # what holds by then: nearly always all
    likely: dict[tuple[int, str], tuple[Suspect, ...]] = {}
    for ret, statements in by_return.items():
        numbers, month = figures.of(ret)
        own = tuple(s for s in form.statements if s.in_force(str(wide.loc[ret, "period"])))
        suspects = in_force.setdefault(own, in_force.get(own) or Suspects(form, own))
        likely |= {(ret, s.key): suspects.of(s, numbers, month) for s in statements}
    return likely


def one_a_cell(findings: list[Finding]) -> list[Finding]:
    """At most one finding a cell: the strongest, and of equals the first; what is on trial is told apart from it."""
    kept: dict[tuple[object, str], Finding] = {}
    for finding in sorted(findings, key=lambda f: _ORDER[f.level]):
        apart = TRIAL if finding.level == TRIAL and finding.cell else ""
        kept.setdefault((finding.spot, apart), finding)
    ids = {(finding.id, finding.file) for finding in kept.values()}
    told = {(finding.id, finding.file): finding for finding in findings}
    return [finding for key, finding in told.items() if key in ids]


def taken_over(office: Office, place: Place) -> str:
    """What to know of a 本年累计 of a unit that took over others in that year; "" of any other."""
    names = "、".join(office.short(code, place.period) for code in office.history.taken_over(place.unit, place.period))
    whose = office.short(place.unit, place.period)
    return (
        f"{whose}今年接替了{names}：本年累计只算{whose}自己各期的数，{names}以前报的还在{names}名下，不要加进来。"
        if names
        else ""
    )


def places_of(returns: "pd.DataFrame") -> dict[int, Place]:
    """Where findings about each return arise."""
    about = returns[["ret", "unit", "period", "file"]].itertuples(index=False, name=None)
    return {int(ret): Place(unit, period, file, ret=int(ret)) for ret, unit, period, file in about}


def remedy(statement: Statement, form: Form) -> str:
    """What to do about a broken statement."""
    if statement.level == TRIAL:
        return "这条规则在试行，不用处理；请看它查得准不准。"
    if statement.level == "must":
        return "请核对这几行，改正后重新报送。"
    return f"请核对：写错的请改正重报；属实的在这一行的“{form.edition.words.note}”栏写一句原因。"
