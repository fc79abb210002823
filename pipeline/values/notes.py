"""What was said about a difference: the unit's 说明 at the line, and the office's ruling."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Line = tuple[int, str, str]  # return, table, line


@dataclass(frozen=True)
class Notes:
    """The units' 说明 and the office's rulings, by return, table and line.

    A difference above ``limit`` (the office's setting) is settled by the unit's word only when the office confirms it.
    """

    told: Mapping[Line, str]
    limit: int
    ruled: Mapping[Line, str] = field(default_factory=dict)

    def own(self, line: Line) -> str:
        """The unit's 说明; "" where there is none."""
        return self.told.get(line, "")

    def settling(self, line: Line, gap: Decimal) -> str:
        """What settles a difference of that size (in the line's unit); "" where nothing does."""
        ruled, own = self.ruled.get(line, ""), self.own(line)
        if ruled:
            return f"{own}；办公室核实通过：{ruled}" if own else f"办公室核实通过：{ruled}"
        return own if abs(gap) <= self.limit else ""
