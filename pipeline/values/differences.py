"""Two figures that must meet, and whether they do."""

from dataclasses import dataclass

from schemas.quantity import Quantity

AGREE, DIFFER, ACCOUNTED, UNJUDGED = "一致", "不一致", "已说明", "未判"


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of reconciliation.csv: two figures that must meet, at one scope, in steps of ``quantity``."""

    id: str
    title: str
    scope: str
    unit: str
    period: str
    left: str
    left_value: int | None
    right: str
    right_value: int | None
    difference: int | None
    verdict: str
    explanation: str
    quantity: Quantity

    @property
    def unit_of_measure(self) -> str:
        """The unit of all three numbers; "" where they add up what has several."""
        return self.quantity.unit
