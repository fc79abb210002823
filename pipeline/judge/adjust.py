"""Adjustments of the consolidation: joint documents, double reporting, bodies that stand outside. Never of a return."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.judge.judging import judge_all
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.numerals import certain
from pipeline.values.rulings import RULINGS, Adjust, Rulings
from pipeline.values.tally import Tally
from schemas.form import Form
from schemas.rules import words
from schemas.rules.terms import Ref, Statement

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Wide

NOTHING = "没有数"

Applied = tuple[tuple[int, Ref, Adjust], ...]  # return beside which it stands, line, ruling


@dataclass(frozen=True)
class Adjusted:
    """The returns in force with the adjustments added (one wide row a return), what was applied, what to ask."""

    wide: "DataFrame[Wide]"
    applied: Applied
    findings: tuple[Finding, ...]


def adjust(wide: "DataFrame[Wide]", rulings: Rulings, form: Form) -> Adjusted:
    """Add the office's adjustments to the returns in force; each stands beside the return of its unit and month."""
    rets = {(str(row.unit), str(row.period)): int(str(row.Index)) for row in wide[["unit", "period"]].itertuples()}
    adjustments = rulings.of(Adjust)
    if not adjustments:
        return Adjusted(wide, (), ())
    after = wide.copy()
    applied: list[tuple[int, Ref, Adjust]] = []
    findings: list[Finding] = []
    for ruling in adjustments:
        ret, ref = rets.get((ruling.unit, ruling.period)), ruling.ref
        why = _refused(ruling, wide, after, ret, form)
        if why or ret is None:
            findings.append(_told(ruling, "W-RUL-04", why=why))
            continue
        after[str(ref)] = after[str(ref)].mask(after.index == ret, after[str(ref)] + ruling.amount)
        applied.append((ret, ref, ruling))
    findings += _unbalanced(wide, after, applied, form)
    return Adjusted(after, tuple(applied), tuple(findings))


def _refused(ruling: Adjust, sent: "pd.DataFrame", adjusted: "pd.DataFrame", ret: int | None, form: Form) -> str:
    """Why an adjustment is not made: no return, another value than it was made for, below zero; "" where it is.

    What the ruling expects is what the unit ``sent``, however many adjustments the number has.
    """
    if ret is None:
        return "这个单位这一期没有入汇的报表"
    now, value = (_written(frame.loc[ret, str(ruling.ref)], ruling.ref, form) for frame in (sent, adjusted))
    if ruling.expected and not _same(ruling.expected, now):
        return f"填的值写的是 {ruling.expected}，现在是 {now}"
    if value == NOTHING or Decimal(value) + form.entry(ruling.ref).quantity.exact(ruling.amount) < 0:
        return f"现在是 {value}，调整后会小于 0"
    return ""


def _written(value: object, ref: Ref, form: Form) -> str:
    """A number in the unit of its line."""
    return str(form.entry(ref).quantity.exact(int(str(value)))) if str(value) != "<NA>" else NOTHING


def _same(expected: str, now: str) -> bool:
    """Whether a value as somebody wrote it is the one that is there: 3500 is 3,500.00."""
    digits = certain(expected.replace(",", ""))
    return Decimal(digits) == Decimal(now) if digits and now[-1:].isdigit() else expected == now


def _told(ruling: Adjust, kind: str, **facts: str) -> Finding:
    place = Place(ruling.unit, ruling.period, RULINGS, ruling.sheet, f"A{ruling.row}")
    return tell(kind, place, value=ruling.id, about=ruling.about, **facts)


def _unbalanced(
    before: "pd.DataFrame", after: "pd.DataFrame", applied: Sequence[tuple[int, Ref, Adjust]], form: Form
) -> Iterator[Finding]:
    """A balance of the form that held and does not hold any more, told at the adjustment that it arises from."""
    statements = tuple(s for s in form.statements if s.level == "must" and s.scope == "return" and not s.spans_months)
    touched = {ret for ret, _, _ in applied}
    held, broken = (_broken(statements, wide[wide.index.isin(touched)]) for wide in (before, after))
    for (key, ret), (statement, left, right) in broken.items():
        guilty = [ruling for own, ref, ruling in applied if own == ret and ref in statement.refs]
        if (key, ret) not in held and guilty:
            yield _told(
                guilty[-1],
                "W-RUL-05",
                complaint=words.complaint(statement, form.entries, left, right).removesuffix("。"),
            )


def _broken(
    statements: tuple[Statement, ...], wide: "pd.DataFrame"
) -> dict[tuple[str, int], tuple[Statement, int, int]]:
    return {(s.key, ret): (s, left, right) for s, ret, left, right in judge_all(statements, wide, Tally())}
