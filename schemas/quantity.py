"""How much: what a number of the form, a table or a report is counted in.

Inside, every number is an int: whole steps of 10**-decimals of its unit. ``read`` is the one way in, ``exact`` the one
way out to data files and cells (``number`` as a spreadsheet holds it), ``show`` the one way out to people.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

from schemas.reading import read_text

UNITS = Path(__file__).parent / "units.toml"
_PLACES = "零一两三四五六"
MOST_DECIMALS = 6  # so that whatever a spreadsheet keeps exactly is a whole number of steps that a machine keeps


class NoMultiple(ValueError):
    """Two units of which neither is a multiple of the other; the text is Chinese and names both."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """The unit of a line, a column, a difference or a sum, and how many decimals it is told with."""

    unit: str = "条"
    decimals: int = 0

    @property
    def kind(self) -> str:
        """What its unit measures, as people say it: 金额 of 元; "" of a unit that is not listed."""
        return _kinds().get(self.unit, ("", 1))[0]

    @property
    def places(self) -> str:
        """How many decimals, as people say it: 两 of 两位小数."""
        return _PLACES[self.decimals]

    def read(self, written: Decimal) -> int | None:
        """The steps that were written; None where there are more decimals than the line takes."""
        steps = written.scaleb(self.decimals)
        return int(steps) if steps == steps.to_integral_value() else None

    def exact(self, steps: int | Decimal) -> Decimal:
        """The number in its own unit, with all its decimals."""
        return Decimal(steps).scaleb(-self.decimals)

    def number(self, steps: int | Decimal) -> float:
        """The number in its own unit, as cells and JSON hold it."""
        return steps if isinstance(steps, int) and not self.decimals else float(self.exact(steps))

    def show(self, steps: int) -> str:
        """The number in its own unit as people read it: thousands apart, all its decimals."""
        return f"{self.exact(steps):,.{self.decimals}f}"

    def signed(self, steps: int) -> str:
        """A difference as people read it: with its sign."""
        return f"{'+' if steps > 0 else ''}{self.show(steps)}"

    def told(self, steps: int) -> str:
        """The number with its unit behind it."""
        return f"{self.show(steps)}{self.unit}"

    def steps_of(self, coarser: "Quantity") -> int:
        """How many steps of this one are one step of another: of 元 in 万元, both with two decimals, 10,000.

        Raises NoMultiple where it is no whole number of them.
        """
        if self == coarser:
            return 1
        steps = self._in_steps(coarser)
        if steps.denominator != 1:
            raise NoMultiple(f"“{coarser.unit}”的一步不是“{self.unit}”的整数步")
        return steps.numerator

    def brought(self, steps: int, other: "Quantity") -> Decimal:
        """These steps as an exact number in the unit of another. Raises NoMultiple."""
        per = Fraction(_size(self, other), _size(other, self))
        return self.exact(steps) * per.numerator / per.denominator

    def is_as_large_as(self, other: "Quantity") -> bool:
        """Whether one of its unit is one of the other's: 条 and 件 are, 元 and 万元 are not. Raises NoMultiple."""
        return _size(self, other) == _size(other, self)

    def _in_steps(self, other: "Quantity") -> Fraction:
        ratio = Fraction(_size(other, self), _size(self, other))
        return ratio * Fraction(10) ** (self.decimals - other.decimals)


def decimals_of(written: Decimal) -> int:
    """How many decimals a number needs."""
    return max(0, -int(written.normalize().as_tuple().exponent))


def common(quantities: Iterable[Quantity]) -> Quantity:
    """What numbers of these quantities are added and compared in: the smallest unit, as few decimals as hold them all.

    Raises NoMultiple where two units are of different kinds.
    """
    several = list(dict.fromkeys(quantities))
    if len(several) < 2:
        return several[0] if several else Quantity("")
    finest = min(several, key=lambda one: _size(one, several[0]))
    for other in several:
        _size(other, finest)
    able = (Quantity(finest.unit, n) for n in range(max(one.decimals for one in several) + 1))
    return next(q for q in able if all(q._in_steps(one).denominator == 1 for one in several))  # noqa: SLF001  # its own


@cache
def _kinds() -> Mapping[str, tuple[str, int]]:
    """By unit, its kind and its size."""
    kinds = tomllib.loads(read_text(UNITS))
    return {unit: (kind, size) for kind, sizes in kinds.items() for unit, size in sizes.items()}


def _size(one: Quantity, beside: Quantity) -> int:
    """How large a unit is among those of its kind, which the other's must be too. Raises NoMultiple."""
    if one.unit == beside.unit:
        return _kinds().get(one.unit, ("", 1))[1]
    (kind, size), (other, _) = (_kinds().get(unit, (unit, 1)) for unit in (one.unit, beside.unit))
    if kind != other:
        raise NoMultiple(f"{_named(beside)}和{_named(one)}不能放在一起加减或比较，只有互为倍数的单位（如元和万元）可以")
    return size


def _named(one: Quantity) -> str:
    kind = _kinds().get(one.unit, ("", 1))[0]
    return f"“{one.unit}”（{kind}）" if kind else f"“{one.unit}”"


def known_units() -> frozenset[str]:
    """The units of measure that are multiples of each other or of themselves, by their names."""
    return frozenset(_kinds())
