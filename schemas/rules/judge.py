"""Judge a statement: holds (True), broken (False), or not judged (None, NA) because a value it needs is missing."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from schemas.rules.terms import Claim, Linear, Ref, Statement

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Whole = npt.NDArray[np.int64]
    Truth = npt.NDArray[np.bool_]

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


class Numbers:
    """The numbers of many returns: each line's as arrays, taken out of the frame once, however many rules need it.

    The frame has a row a return, an Int64 column a line (named by the text of its Ref), ``calendar_month``, and for
    what holds from some month on, or until one, the ``period``.
    """

    def __init__(self, wide: "pd.DataFrame", refs: Iterable[Ref]) -> None:
        columns = ((ref, wide[str(ref)].array) for ref in refs)
        self._lines = {ref: (column.to_numpy("int64", na_value=0), column.isna()) for ref, column in columns}
        self._month = wide["calendar_month"]
        self._period = wide.get("period")
        self._months: dict[tuple[int, ...], Truth] = {}
        self.rets = wide.get("ret", wide.index).to_numpy()
        """The return of each row: the rows of registers name theirs."""

    def of(self, ref: Ref) -> "tuple[Whole, Truth]":
        """The numbers of a line over the returns, and where there is none (a 0 stands there)."""
        return self._lines[ref]

    def within(self, statement: Statement) -> "Truth":
        """Which returns a statement speaks of."""
        months = statement.months
        if months not in self._months:
            self._months[months] = self._month.isin(months).to_numpy()
        if not (statement.first or statement.last) or self._period is None:
            return self._months[months]
        by_then: Truth = self._period.map(statement.in_force).to_numpy(bool)
        return self._months[months] & by_then

    def __len__(self) -> int:
        """How many returns there are."""
        return len(self.rets)


class Verdicts(NamedTuple):
    """On many returns: whether the statement holds, and which could not be judged. Of these ``holds`` says nothing."""

    holds: "Truth"
    lacking: "Truth"

    @property
    def broken(self) -> "Truth":
        """The returns that break it."""
        return ~self.holds & ~self.lacking


def judge_many(statement: Statement, numbers: Numbers) -> Verdicts:
    """The verdicts on many returns. Outside its months a statement holds."""
    holds, lacking = _compare(statement.claim, numbers, statement.blank)
    guards = [_compare(guard, numbers, statement.blank) for guard in statement.guards]
    for guard in guards:
        holds, lacking = holds | guard.broken, lacking & ~guard.broken
    for guard in guards:
        lacking = lacking | guard.lacking
    within = numbers.within(statement)
    return Verdicts(holds | ~within, lacking & within)


def amounts(side: Linear, wide: "pd.DataFrame") -> "pd.Series[Any]":
    """The values of a side over many returns, as Int64 with NA where a value is missing."""
    import pandas as pd

    return pd.Series(pd.arrays.IntegerArray(*_amounts(side, Numbers(wide, side.refs))), index=wide.index)


def sides(statement: Statement, wide: "pd.DataFrame") -> "tuple[Whole, Whole]":
    """Both sides of what is claimed over many returns; where one cannot be judged, they say nothing."""
    numbers = Numbers(wide, statement.claim.refs)
    return _amounts(statement.claim.left, numbers)[0], _amounts(statement.claim.right, numbers)[0]


def _amounts(side: Linear, numbers: Numbers) -> "tuple[Whole, Truth]":
    """The values of a side, and where one is missing that it needs; 0 stands in its place."""
    import numpy as np

    total, lacking = np.full(len(numbers), side.constant, "int64"), np.zeros(len(numbers), bool)
    for coefficient, ref in side.terms:
        values, lacks = numbers.of(ref)
        total += values if coefficient == 1 else coefficient * values
        lacking |= lacks
    return total, lacking


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


def _compare(claim: Claim, numbers: Numbers, blank: str) -> Verdicts:
    """One comparison on many returns; what is missing may be taken for 0."""
    (left, no_left), (right, no_right) = _amounts(claim.left, numbers), _amounts(claim.right, numbers)
    difference = left - right
    at_most, at_least = difference <= claim.tolerance, difference >= -claim.tolerance
    holds = {"=": at_most & at_least, "<=": at_most, ">=": at_least}[claim.operator]
    lacking = no_left | no_right
    return Verdicts(holds, lacking & False if blank == "zero" else lacking)
