"""A unit's peers: the units of its kind, as far as they can be assessed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from pipeline.values.assessed import Assessed, Peers


def beside_peers(units: Sequence[Assessed], returns: int, peers: int) -> list[Assessed]:
    """The units with the medians of their kinds.

    Breadth is held against those with at least so many ``returns`` in force; of fewer than so many ``peers`` no median
    is given.
    """
    medians = {kind: _of_kind([u for u in units if u.kind == kind], returns, peers) for kind in {u.kind for u in units}}
    return [replace(unit, peers=medians[unit.kind]) for unit in units]


def _of_kind(units: Sequence[Assessed], returns: int, peers: int) -> Peers:
    def middle(values: Iterable[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return median(known) if len(known) >= peers else None

    return Peers(
        len(units),
        middle(u.on_time_rate for u in units),
        middle(u.first_right_rate for u in units),
        middle(u.breadth for u in units if u.counted >= returns),
        middle(u.days for u in units),
    )
