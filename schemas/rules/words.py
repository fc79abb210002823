"""A statement in Chinese: what must hold, and what was found where it does not."""

from collections.abc import Mapping
from itertools import groupby

from schemas.entry import Entry
from schemas.rules.terms import Claim, Linear, Ref, Statement

Entries = Mapping[tuple[str, str], Entry]

_MUST_BE = {"=": "应等于", "<=": "应不大于", ">=": "应不小于"}


def sentence(statement: Statement, entries: Entries) -> str:
    """The rule as the data dictionary prints it."""
    words = _claim(statement.claim, entries)
    guards = "，且".join(_claim(guard, entries).replace("应", "") for guard in statement.guards)
    return f"当{guards}时，{words}" if guards else words


def complaint(statement: Statement, entries: Entries, left: int, right: int) -> str:
    """What is wrong with the values of both sides, in one sentence."""
    claim = statement.claim
    unit = entries[statement.at.table, statement.at.line].unit
    sides = f"{side(claim.left, entries)}是 {left:,} {unit}"
    if claim.right.refs:
        more = "多" if left > right else "少"
        sides += f"，{side(claim.right, entries)}是 {right:,} {unit}，{more} {abs(left - right):,} {unit}"
    return f"{statement.ask}{sides}。"


def side(linear: Linear, entries: Entries) -> str:
    """A sum by the names of its lines: one line by name, several by their codes."""
    names = [_group(list(group), entries) for _, group in groupby(linear.terms, key=_alike)]
    names += [f"{linear.constant:,}"] if linear.constant or not names else []
    return "加".join(names).replace("加减", "减")


def _claim(claim: Claim, entries: Entries) -> str:
    return f"{side(claim.left, entries)}{_MUST_BE[claim.operator]}{side(claim.right, entries)}"


def _alike(term: tuple[int, Ref]) -> tuple[object, ...]:
    coefficient, ref = term
    return coefficient, ref.table, ref.measure, ref.shift


def _group(terms: list[tuple[int, Ref]], entries: Entries) -> str:
    coefficient, ref = terms[0]
    times = {1: "", -1: "减"}.get(coefficient, f"{coefficient}倍的")
    when = {0: "", -1: "上月", -12: "上年同月"}.get(ref.shift, f"{-ref.shift}个月前")
    measure = "" if ref.measure == "month" else "本年累计"
    if len(terms) == 1:
        name = f"“{entries[ref.table, ref.line].label}”（{ref.line}行）"
        return f"{times}{when}{name}{measure}"
    return f"{times}{when}{_codes([ref.line for _, ref in terms], ref.table, entries)}行{measure}之和"


def _codes(codes: list[str], table: str, entries: Entries) -> str:
    """Codes as ranges where they stand together in the form: 11—16、18."""
    order = [code for t, code in entries if t == table]
    runs = groupby(enumerate(codes), key=lambda item: order.index(item[1]) - item[0])
    parts = [[code for _, code in run] for _, run in runs]
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else run[0] for run in parts)


def brief(claim: Claim, entries: Entries) -> str:
    """The claim by codes alone, for the narrow check cell of a template: 10=11—16之和."""
    symbol = {"=": "=", "<=": "≤", ">=": "≥"}[claim.operator]
    return f"{_brief_side(claim.left, entries)}{symbol}{_brief_side(claim.right, entries)}"


def _brief_side(linear: Linear, entries: Entries) -> str:
    codes = [ref.line for _, ref in linear.terms]
    if len(codes) > 1:
        return f"{_codes(codes, linear.terms[0][1].table, entries)}之和"
    return codes[0] if codes else f"{linear.constant:,}"
