"""The values of the rule language, before and after its names are bound to the lines of a form."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from schemas.period import calendar_month, last_month
from schemas.quantity import Quantity

Operator = Literal["=", "<=", ">="]

DAYS = Quantity("")  # what dates are compared in
ITEM = "item"  # the measure of a register's own fields


@dataclass(frozen=True, slots=True)
class Selection:
    """Lines as written in a rule: T2.11..16, T1.channels, T1.*, with a measure and a shift in periods or in years."""

    table: str
    first: str
    last: str | None = None
    measure: str = "month"
    shift: int = 0
    years: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """``coefficient`` times a selection, or times a ``number`` in the unit of the lines beside it.

    A selection that is not summed stands for each of its lines in turn.
    """

    coefficient: int
    selection: Selection | None
    summed: bool = False
    number: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two expressions and how they must compare, as written."""

    left: tuple[Term, ...]
    operator: Operator
    right: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole rule as written.

    ``scope`` is of "each part of" (lines of a range), "each row" (of a register, or of a matrix) or "each column" (of a
    matrix).
    """

    scope: Literal["", "part", "row", "column"]
    claim: Comparison
    guards: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One number of a return: a line of a table, a measure, and how many periods away (0 or less)."""

    table: str
    line: str
    measure: str = "month"
    shift: int = 0

    def __str__(self) -> str:
        measure = "" if self.measure == "month" else f":{self.measure}"
        return f"{self.table}.{self.line}{measure}{f'@{self.shift}' if self.shift else ''}"


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of lines with whole coefficients, and a constant.

    Bound to a form, both are in steps of what all its lines are counted in (schemas.quantity.common): a coefficient
    says how many of these one step of the line comes to.
    """

    terms: tuple[tuple[int, Ref], ...]
    constant: int = 0

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The lines that it needs, in order."""
        return tuple(ref for _, ref in self.terms)

    def times(self, factor: int) -> "Linear":
        """So many times the sum."""
        if factor == 1:
            return self
        return Linear(tuple((factor * n, ref) for n, ref in self.terms), factor * self.constant)


@dataclass(frozen=True, slots=True)
class Ratio:
    """One sum over another, told in ``quantity``: ``scale`` times their quotient, each in the unit of its own lines.

    ``counted`` is what its two sums are counted in.
    """

    top: Linear
    bottom: Linear
    quantity: Quantity
    counted: tuple[Quantity, Quantity]
    scale: Fraction

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The lines that it needs, in order."""
        return self.top.refs + self.bottom.refs

    @property
    def sums(self) -> tuple[Linear, Linear, Linear]:
        """Its two sums, and the lines of both as one: which returns owe any of them, and which gave all."""
        return self.top, self.bottom, Linear(self.top.terms + self.bottom.terms)

    def steps(self, top: int, bottom: int) -> int:
        """The ratio of two numbers in steps of its quantity, halves away from zero; ``bottom`` is not 0."""
        decimals = self.quantity.decimals + self.counted[1].decimals - self.counted[0].decimals
        exact = Fraction(top, bottom) * self.scale * Fraction(10) ** decimals
        rounded = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
        return -rounded if exact < 0 else rounded


@dataclass(frozen=True, slots=True)
class Claim:
    """A bound comparison; ``quantity`` is what both its sides are counted in.

    ``tolerance`` is by how many steps of it they may be apart from what is claimed.
    """

    left: Linear
    operator: Operator
    right: Linear
    quantity: Quantity = DAYS
    tolerance: int = 0

    def holds(self, difference: int | Decimal) -> bool:
        """Whether it holds where the left side is by so much more than the right."""
        at_most, at_least = difference <= self.tolerance, difference >= -self.tolerance
        return (self.operator == ">=" or at_most) and (self.operator == "<=" or at_least)

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The lines of both sides, each once."""
        return tuple(dict.fromkeys(self.left.refs + self.right.refs))


@dataclass(frozen=True, slots=True)
class Statement:
    """A rule bound to the lines of a form: what is claimed, when, and at which line it is answered.

    Months is the calendar months it speaks of, ``first`` and ``last`` the months between which. A rule with "each part
    of" makes several of one id. One of scope "row" is about each row of a register, whose dates are counted in days.
    Level is must, verify or trial.
    """

    rule: str
    level: str
    claim: Claim
    guards: tuple[Claim, ...]
    at: Ref
    months: tuple[int, ...]
    blank: Literal["unknown", "zero"]
    ask: str
    scope: Literal["return", "row"] = "return"
    first: str = ""
    last: str = ""

    def speaks_of(self, period: str) -> bool:
        """Whether it speaks of a period ("2012-07")."""
        return calendar_month(period) in self.months and self.in_force(period)

    def in_force(self, period: str) -> bool:
        """Whether it holds by then, in whatever calendar month."""
        return self.first <= last_month(period) and (not self.last or last_month(period) <= self.last)

    @property
    def key(self) -> str:
        """What tells it from the other statements of its rule."""
        return f"{self.rule}@{self.at}"

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Every line it reads, guards included, each once."""
        return tuple(dict.fromkeys(self._all_refs()))

    @property
    def spans_months(self) -> bool:
        """Whether it compares this month's return with an earlier one."""
        return any(ref.shift for ref in self.refs)

    def _all_refs(self) -> Iterator[Ref]:
        yield from self.claim.refs
        for guard in self.guards:
            yield from guard.refs
