"""A figure beside the one it is compared with: 增减 and 增减%, or why there is none.

上年同期 that is 0 is known, and the increase with it; a figure that is not known has neither. Nothing is ever ∞ or 100%
for want of a base.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from schemas.quantity import Quantity

UNCHANGED, NOT_COMPARABLE = "持平", "不可比"


@dataclass(frozen=True, slots=True)
class Growth:
    """A figure (``now``) and its base, in steps of what they are counted in; None: not known.

    ``apart`` says why the two cannot be compared ("" where they can), ``base_is`` what the base is called (上年, 上月).
    ``listed``: both forms had it; where one had not, that is the reason also of there being no base.
    ``now_is`` is what the figure's own span is called; ``now_lacks`` and ``base_lacks`` say how many of the returns
    that were owed are in the two where not all are: 598/600.
    """

    now: int | None
    base: int | None
    apart: str = ""
    base_is: str = "上年"
    listed: bool = True
    now_is: str = "今年"
    now_lacks: str = ""
    base_lacks: str = ""

    @property
    def increase(self) -> int | None:
        """How much more it is than its base; None where that is not known."""
        return None if self.now is None or self.base is None else self.now - self.base

    @property
    def percent(self) -> Decimal | None:
        """The increase in hundredths of the base, to one decimal, halves away from 0 as spreadsheets round.

        None where the base is not known, not above 0, or no base for the figure.
        """
        if self.increase is None or not self.base or self.base < 0 or self.apart:
            return None
        exact = Decimal(self.increase * 1000) / self.base
        return exact.quantize(Decimal(1), ROUND_HALF_UP) / 10

    @property
    def note(self) -> str:
        """What a reader must know of the comparison and of what its figures lack; "" where the figures say it all."""
        lacks = ((self.now_is, self.now_lacks), (self.base_is, self.base_lacks))
        return "；".join(filter(None, [self._compared, *(f"{span}未收齐{some}" for span, some in lacks if some)]))

    @property
    def _compared(self) -> str:
        if self.now is None:
            return "无本期数据"
        if not self.listed or (self.apart and self.base is not None):
            return f"{NOT_COMPARABLE}：{self.apart}"
        if self.base is None:
            return f"无{self.base_is}数据"
        if self.now == self.base:
            return UNCHANGED
        if self.base == 0:
            return f"{self.base_is}为 0"
        return f"{self.base_is}为负数" if self.base < 0 else ""


@dataclass(frozen=True, slots=True)
class GrowthRow:
    """One line of 同比: what is counted, which spans are compared, counted in what; ``part`` of the line above it."""

    label: str
    spans: str
    quantity: Quantity
    part: bool
    growth: Growth


@dataclass(frozen=True, slots=True)
class GrowthTables:
    """The figures of the year beside the year before, then the headline's months beside the month before.

    ``same_months`` are the months of each headline figure, by its name, beside the same months of the year before;
    ``sources`` is what last year's figures are taken from, "" where nothing is known of it.
    """

    yearly: tuple[GrowthRow, ...]
    monthly: tuple[GrowthRow, ...]
    same_months: Mapping[str, tuple[Growth, ...]]
    sources: str
