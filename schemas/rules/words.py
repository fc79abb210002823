"""A statement in Chinese: what must hold, and what was found where it does not."""

from collections.abc import Callable, Mapping
from itertools import groupby

from schemas.entry import Entry
from schemas.rules.terms import Claim, Linear, Ref, Statement

Entries = Mapping[tuple[str, str], Entry]

_IS = {"=": "等于", "<=": "不大于", ">=": "不小于"}


def sentence(statement: Statement, entries: Entries) -> str:
    """The rule as the data dictionary prints it."""
    words = _claim(statement.claim, entries, "应")
    guards = "，且".join(_claim(guard, entries) for guard in statement.guards)
    return f"当{guards}时，{words}" if guards else words


def complaint(statement: Statement, entries: Entries, left: int, right: int) -> str:
    """What is wrong with the values of both sides, in one sentence."""
    claim = statement.claim
    sides = f"{side(claim.left, entries)}是 {_amount(claim.left, left, entries, claim)}"
    if claim.right.refs:
        more = "多" if left > right else "少"
        sides += f"，{side(claim.right, entries)}是 {_amount(claim.right, right, entries, claim)}"
        sides += f"，{more} {_amount(claim.left, abs(left - right), entries, claim)}"
    return f"{statement.ask}{sides}。"


def _amount(linear: Linear, value: int, entries: Entries, claim: Claim) -> str:
    """A value with the unit of its first line; money in 元."""
    ref = (linear.refs or claim.refs)[0]
    shown = f"{value / claim.scale:,.2f}" if claim.scale > 1 else f"{value:,}"
    return f"{shown} {entries[ref.table, ref.line].unit}"


def dates_complaint(statement: Statement, entries: Entries, row: int, dates: Mapping[str, str]) -> str:
    """What is wrong with a row of a register, by the dates that stand in it."""
    told = "，".join(f"“{entries[ref.table, ref.line].label}”是 {dates[ref.line]}" for ref in statement.claim.refs)
    return f"{statement.ask}第 {row} 行{told}。"


def side(linear: Linear, entries: Entries) -> str:
    """A sum by the names of its lines: one line by name, several by their codes."""
    return _joined(linear, "加", "减", "倍的", lambda refs: _named(refs, entries))


def brief(claim: Claim, entries: Entries) -> str:
    """The claim by codes alone, for the narrow check cell of a template: 10=11—16之和."""
    symbol = {"=": "=", "<=": "≤", ">=": "≥"}[claim.operator]
    left, right = (
        _joined(side, "+", "-", "×", lambda refs: _codes(refs, entries) + ("之和" if len(refs) > 1 else ""))
        for side in (claim.left, claim.right)
    )
    return f"{left}{symbol}{right}"


def _joined(linear: Linear, plus: str, minus: str, times: str, say: Callable[[list[Ref]], str]) -> str:
    """The terms of a sum one after the other; neighbours that are alike are said together."""
    text = ""
    for (coefficient, *_), group in groupby(linear.terms, key=_alike):
        factor = f"{abs(coefficient)}{times}" if abs(coefficient) != 1 else ""
        text += (minus if coefficient < 0 else plus) + factor + say([ref for _, ref in group])
    if not text:
        return f"{linear.constant:,}"
    if linear.constant:
        text += f"{minus if linear.constant < 0 else plus}{abs(linear.constant):,}"
    return text.removeprefix(plus)


def _claim(claim: Claim, entries: Entries, must: str = "") -> str:
    return f"{side(claim.left, entries)}{must}{_IS[claim.operator]}{side(claim.right, entries)}"


def _alike(term: tuple[int, Ref]) -> tuple[int, str, str, int]:
    coefficient, ref = term
    return coefficient, ref.table, ref.measure, ref.shift


def _named(refs: list[Ref], entries: Entries) -> str:
    ref = refs[0]
    when = {0: "", -1: "上月", -12: "上年同月"}.get(ref.shift, f"{-ref.shift}个月前")
    measure = "" if ref.measure == "month" else "本年累计"
    if len(refs) == 1:
        return f"{when}“{entries[ref.table, ref.line].label}”（{ref.line}行）{measure}"
    return f"{when}{_codes(refs, entries)}行{measure}之和"


def _codes(refs: list[Ref], entries: Entries) -> str:
    """Codes of one table as ranges where they stand together in the form: 11—16、18."""
    order = [code for table, code in entries if table == refs[0].table]
    runs = groupby(enumerate(ref.line for ref in refs), key=lambda item: order.index(item[1]) - item[0])
    parts = [[code for _, code in run] for _, run in runs]
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else run[0] for run in parts)
