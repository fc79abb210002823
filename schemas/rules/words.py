"""A statement in Chinese: what must hold, and what was found where it does not."""

from collections.abc import Callable, Mapping
from itertools import groupby

from schemas.day import in_words
from schemas.entry import TOTAL_ROW, Entry
from schemas.quantity import Quantity, common
from schemas.rules.terms import Claim, Linear, Ratio, Ref, Statement

Entries = Mapping[tuple[str, str], Entry]

_IS = {"=": "等于", "<=": "不大于", ">=": "不小于"}
_IS_ON = {"=": "同于", "<=": "不晚于", ">=": "不早于"}  # of dates


def sentence(statement: Statement, entries: Entries) -> str:
    """The rule as the data dictionary prints it."""
    each, compare = ("每一行的", _IS_ON) if statement.scope == "row" else ("", _IS)
    words = each + _claim(statement.claim, entries, compare, "应")
    guards = "，且".join(_claim(guard, entries, compare) for guard in statement.guards)
    return f"当{guards}时，{words}" if guards else words


def complaint(statement: Statement, entries: Entries, left: int, right: int) -> str:
    """What is wrong with the values of both sides, in one sentence."""
    claim = statement.claim
    sides = f"{side(claim.left, entries, claim.quantity)}是 {_amount(claim.left, left, entries, claim)}"
    if claim.right.refs:
        more = "多" if left > right else "少"
        sides += f"，{side(claim.right, entries, claim.quantity)}是 {_amount(claim.right, right, entries, claim)}"
        sides += f"，{more} {_amount(claim.left, abs(left - right), entries, claim)}"
    return f"{statement.ask}{sides}。"


def _amount(linear: Linear, value: int, entries: Entries, claim: Claim) -> str:
    """A value with the unit of its first line, or of the claim where that is another size."""
    ref = (linear.refs or claim.refs)[0]
    own, quantity = entries[ref.table, ref.line].quantity, claim.quantity
    return f"{quantity.show(value)} {own.unit if quantity.is_as_large_as(own) else quantity.unit}"


def dates_complaint(statement: Statement, entries: Entries, row: int, dates: Mapping[str, str]) -> str:
    """What is wrong with a row of a register, by the dates that stand in it."""
    labels = {ref.line: entries[ref.table, ref.line].label for ref in statement.claim.refs}
    told = "，".join(f"“{label}”是{in_words(dates[line])}" for line, label in labels.items())
    return f"{statement.ask}第 {row} 行{told}。"


def side(linear: Linear, entries: Entries, quantity: Quantity | None = None) -> str:
    """A sum by the names of its lines: one line by name, several by their codes.

    ``quantity`` is what it is counted in where that is not what its own lines are counted in.
    """
    own = [entries[ref.table, ref.line].quantity for ref in linear.refs]
    signs = ("加", "减", "倍的")
    return _joined(linear, signs, lambda refs: _named(refs, entries), entries, quantity or common(own))


def quotient(ratio: Ratio, entries: Entries) -> str:
    """A ratio by the names of its lines."""
    sums = zip((ratio.top, ratio.bottom), ratio.counted, strict=True)
    told = [side(linear, entries, quantity) for linear, quantity in sums]
    several = [len(linear.terms) > 1 for linear in (ratio.top, ratio.bottom)]
    return "÷".join(f"（{one}）" if many else one for one, many in zip(told, several, strict=True))


def brief(claim: Claim, entries: Entries) -> str:
    """The claim by codes alone, for the narrow check cell of a template: 10=11—16之和."""
    symbol = {"=": "=", "<=": "≤", ">=": "≥"}[claim.operator]
    left, right = (
        _joined(linear, ("+", "-", "×"), lambda refs: _short(refs, entries), entries, claim.quantity)
        for linear in (claim.left, claim.right)
    )
    within = f"±{claim.quantity.show(claim.tolerance)}" if claim.tolerance else ""
    return f"{left}{symbol}{right}{within}"


def _joined(
    linear: Linear, signs: tuple[str, str, str], say: Callable[[list[Ref]], str], entries: Entries, quantity: Quantity
) -> str:
    """The terms of a sum one after the other; neighbours that are alike are said together."""
    plus, minus, times = signs
    text = ""
    for (coefficient, *_), group in groupby(linear.terms, key=lambda term: _alike(term, entries, quantity)):
        factor = f"{abs(coefficient)}{times}" if abs(coefficient) != 1 else ""
        text += (minus if coefficient < 0 else plus) + factor + say([ref for _, ref in group])
    if not text:
        return _constant(linear.constant, linear, entries, quantity)
    if linear.constant:
        sign = minus if linear.constant < 0 else plus
        text += f"{sign}{_constant(abs(linear.constant), linear, entries, quantity)}"
    return text.removeprefix(plus)


def _constant(steps: int, linear: Linear, entries: Entries, quantity: Quantity) -> str:
    """A number among lines; with its unit where a line beside it is counted in units of another size."""
    own = (entries[ref.table, ref.line].quantity for ref in linear.refs)
    return quantity.show(steps) if all(map(quantity.is_as_large_as, own)) else quantity.told(steps)


def _claim(claim: Claim, entries: Entries, compare: Mapping[str, str], must: str = "") -> str:
    left, right = (side(linear, entries, claim.quantity) for linear in (claim.left, claim.right))
    within = f"，可以相差{claim.quantity.told(claim.tolerance)}以内" if claim.tolerance else ""
    return f"{left}{must}{compare[claim.operator]}{right}{within}"


def _alike(term: tuple[int, Ref], entries: Entries, quantity: Quantity) -> tuple[int, str, str, int, str]:
    """How often a line is counted, and where it stands."""
    steps, ref = term
    entry = entries[ref.table, ref.line]
    return steps // quantity.steps_of(entry.quantity), ref.table, ref.measure, ref.shift, entry.column


def _named(refs: list[Ref], entries: Entries) -> str:
    ref, entry = refs[0], entries[refs[0].table, refs[0].line]
    when = _before(-ref.shift, entry.length) if ref.shift else ""
    measure = "本年累计" if ref.measure == "year_to_date" else ""
    if len(refs) > 1:
        column = f"“{_heading(entry)}”" if entry.column else ""
        return f"{when}{_codes(refs, entries)}行{column}{measure}之和"
    has_code = not entry.derived and entry.row != TOTAL_ROW
    return f"{when}“{entry.label}”{f'（{entry.line}行）' if has_code else ''}{measure}"


def _before(periods: int, length: int) -> str:
    """How a number of an earlier period is called."""
    if periods * length == 12:
        return {1: "上年同月", 3: "上年同季", 6: "上年同期"}.get(length, "上年")
    if periods == 1:
        return {1: "上月", 3: "上季度"}.get(length, "上半年")
    return f"{periods}个月前" if length == 1 else f"{periods}期前"


def _short(refs: list[Ref], entries: Entries) -> str:
    ref, entry = refs[0], entries[refs[0].table, refs[0].line]
    when = _before(-ref.shift, entry.length) if ref.shift else ""
    measure = "累计" if ref.measure == "year_to_date" else ""
    codes = entry.label if entry.derived else _codes(refs, entries) + _heading(entry)
    return when + codes + measure + ("之和" if len(refs) > 1 else "")


def _heading(entry: Entry) -> str:
    """The heading of a matrix's column."""
    return entry.label.rpartition("·")[2] if entry.column else ""


def _codes(refs: list[Ref], entries: Entries) -> str:
    """The codes of lines of one table, or of the rows of a matrix's column, as ranges where they stand together."""
    table, column = refs[0].table, entries[refs[0].table, refs[0].line].column
    order = [entry.code for entry in entries.values() if (entry.table, entry.column) == (table, column)]
    runs = groupby(enumerate(ref.line for ref in refs), key=lambda item: order.index(item[1]) - item[0])
    parts = [[_code(entries[table, code]) for _, code in run] for _, run in runs]
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else run[0] for run in parts)


def _code(entry: Entry) -> str:
    """What stands at the head of its row: the code, or the word of a matrix's total."""
    return entry.label.partition("·")[0] if entry.row == TOTAL_ROW else entry.line
