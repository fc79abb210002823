"""How many returns were owed, and what became of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Coverage:
    """How many returns were owed and what became of them, by unit and month (not by file)."""

    owed: int
    received: int
    counted: int
    returned: int
    missing: int
    provisional: int

    @property
    def words(self) -> str:
        """As it is printed under every table."""
        borne = f"（其中暂列{self.provisional}份）" if self.provisional else ""
        return (
            f"应报{self.owed}份，收到{self.received}份，入汇{self.counted}份{borne}，"
            f"退回未改{self.returned}份，未报{self.missing}份"
        )
