"""The city's sums of every line: over the year, and in each month."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.rules.terms import Linear, Ref


@dataclass(frozen=True)
class Sums:
    """Sums over the returns in force, by line in its steps; a month without returns has none.

    Over the year a flow sums, a stock is each unit's last value, an opening its first.
    """

    year: Mapping[Ref, int]
    months: Mapping[str, Mapping[Ref, int]]

    def of(self, linear: Linear, month: str = "") -> int:
        """The value over the year, or in a month ("2012-06")."""
        sums = self.months.get(month, {}) if month else self.year
        return linear.constant + sum(coefficient * sums.get(ref, 0) for coefficient, ref in linear.terms)
