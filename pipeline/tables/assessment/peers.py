"""A unit's peers: the units of its kind, as far as they can be assessed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median, quantiles

from pipeline.values.assessed import Assessed, Peers


def beside_peers(units: Sequence[Assessed], returns: int, peers: int) -> list[Assessed]:
    """The units with the medians of their kinds.

    Breadth is held against those with at least so many ``returns`` in force; of fewer than so many ``peers`` no median
    is given.
    """
    medians = {kind: _of_kind([u for u in units if u.kind == kind], returns, peers) for kind in {u.kind for u in units}}
    return [replace(unit, peers=medians[unit.kind]) for unit in units]


def _of_kind(units: Sequence[Assessed], returns: int, peers: int) -> Peers:
    """The medians and the quartiles (those that are values of a sample as large, method 7 of Hyndman and Fan, 1996)."""

    def known(values: Iterable[float | None]) -> list[float]:
        there = [value for value in values if value is not None]
        return there if len(there) >= peers else []

    rates, rights = known(u.on_time_rate for u in units), known(u.first_right_rate for u in units)
    breadths, days = known(u.breadth for u in units if u.counted >= returns), known(u.days for u in units)
    low, high = 0, 2
    return Peers(
        len(units),
        *(median(own) if own else None for own in (rates, rights, breadths, days)),
        *(_quartile(own, which) for own, which in ((rates, low), (rights, low), (breadths, low), (days, high))),
    )


def _quartile(own: Sequence[float], which: int) -> float | None:
    return quantiles(own, n=4, method="inclusive")[which] if len(own) > 1 else None
