"""Judge a statement: holds (True), broken (False), or not judged (None, NA) because a value it needs is missing."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from schemas.rules.terms import Claim, Linear, Ref, Statement

if TYPE_CHECKING:
    import pandas as pd

Values = Mapping[Ref, int | Decimal | None]


def judge(statement: Statement, values: Values) -> bool | None:
    """The verdict on one return. A guard that is not met makes the statement hold; one that is unknown, unknown."""
    guards = [_claim(guard, values, statement.blank) for guard in statement.guards]
    if None in guards:
        return None
    if not all(guards):
        return True
    return _claim(statement.claim, values, statement.blank)


def amount(side: Linear, values: Values, blank: str = "unknown") -> int | Decimal | None:
    """The value of a side, or None where a value it needs is missing."""
    total: int | Decimal = side.constant
    for coefficient, ref in side.terms:
        value = values.get(ref)
        if value is None and blank == "unknown":
            return None
        total += coefficient * (value or 0)
    return total


def judge_frame(statement: Statement, wide: "pd.DataFrame") -> "pd.Series[Any]":
    """The verdicts on many returns: one row a return, one Int64 column a line (named by the text of its Ref).

    Returns a nullable boolean series; NA is "not judged".
    """
    result = _compare(statement.claim, wide, statement.blank)
    guards = [_compare(guard, wide, statement.blank) for guard in statement.guards]
    for met in guards:
        result = result.mask(~met.fillna(True), True)
    for met in guards:
        result = result.mask(met.isna())
    return result


def amounts(side: Linear, wide: "pd.DataFrame", blank: str = "unknown") -> "pd.Series[Any]":
    """The values of a side over many returns, as Int64 with NA where a value is missing."""
    import pandas as pd

    total: pd.Series[Any] | None = None
    for coefficient, ref in side.terms:
        values = wide[str(ref)].fillna(0) if blank == "zero" else wide[str(ref)]
        part = values if coefficient == 1 else coefficient * values
        total = part if total is None else total + part
    if total is None:
        return pd.Series(side.constant, index=wide.index, dtype="Int64")
    return total + side.constant if side.constant else total


def _claim(claim: Claim, values: Values, blank: str) -> bool | None:
    left, right = amount(claim.left, values, blank), amount(claim.right, values, blank)
    if left is None or right is None:
        return None
    difference = left - right
    if (
        isinstance(difference, Decimal) and claim.quantity.decimals
    ):  # a fraction of a step is rounded, as the formula does
        difference = difference.quantize(Decimal(1), ROUND_HALF_UP)
    return claim.holds(difference)


def _compare(claim: Claim, wide: "pd.DataFrame", blank: str) -> "pd.Series[Any]":
    left, right = amounts(claim.left, wide, blank), amounts(claim.right, wide, blank)
    difference = left - right
    at_most, at_least = difference <= claim.tolerance, difference >= -claim.tolerance
    result = {"=": at_most & at_least, "<=": at_most, ">=": at_least}[claim.operator]
    return result.astype("boolean")
