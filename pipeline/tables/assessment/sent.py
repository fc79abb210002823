"""What became of the returns that a unit owed: when they came, and in how many versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

REJECTED, EXCLUDED = "退回", "作废"
ACCEPTED = ("待核实", "通过", "核实通过")


@dataclass(frozen=True)
class Sent:
    """The versions of one return that was owed, as (state, days late), in order; none where it is missing.

    ``counted``: one of them is in force.
    """

    versions: tuple[tuple[str, int], ...] = ()
    counted: bool = False

    @property
    def received(self) -> bool:
        """Whether anything came."""
        return bool(self.versions)

    @property
    def days_late(self) -> int:
        """How late the first version was."""
        return self.versions[0][1] if self.versions else 0

    @property
    def on_time(self) -> bool:
        """Whether it came in time, and not only to be sent back."""
        return self.received and not self.days_late and any(state != REJECTED for state, _ in self.versions)

    @property
    def sent_back(self) -> bool:
        """Whether a version was rejected."""
        return any(state == REJECTED for state, _ in self.versions)

    @property
    def rounds(self) -> int:
        """Which version was the first that was accepted; 0 where none was."""
        return next((n for n, (state, _) in enumerate(self.versions, start=1) if state in ACCEPTED), 0)

    @property
    def first_right(self) -> bool:
        """Whether the first version was accepted."""
        return self.rounds == 1


def sent(returns: "pd.DataFrame", facts: "pd.DataFrame") -> dict[tuple[str, str], Sent]:
    """What was sent, by unit and period; ``returns`` and ``facts`` (of what is in force): schemas.frames."""
    in_force = set(facts[["unit", "period"]].drop_duplicates().itertuples(index=False, name=None))
    found: dict[tuple[str, str], list[Any]] = {}
    there = returns[(returns["file"] != "") & (returns["state"] != EXCLUDED) & returns["version"].notna()]
    for row in there.sort_values("version", kind="stable").itertuples(index=False):
        found.setdefault((str(row.unit), str(row.period)), []).append((str(row.state), int(str(row.days_late))))
    return {key: Sent(tuple(versions), key in in_force) for key, versions in found.items()}


def halves(owed: Sequence[Sent], least: int) -> tuple[Sequence[Sent], Sequence[Sent]] | None:
    """The first and the last of them, as many each (a middle one belongs to neither); None where they are too few."""
    half = len(owed) // 2
    return (owed[:half], owed[-half:]) if half and half * 2 >= least else None
