"""What became of units in the months that are reported: founded, renamed, merged, split, ended."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.values.periods import Month
from schemas.codes import month_after
from schemas.office import Office
from schemas.period import called, last_month
from schemas.units import Unit, UnitRow

Row = tuple[Unit, UnitRow]


def became(office: Office, months: Sequence[Month]) -> list[str]:
    """One sentence a change, in the order of time; a change lies in the first month of what is new."""
    first, last = str(months[0].so_far[0]), last_month(str(months[-1]))
    told = [*_ended(office), *_renamed(office), *_founded(office)]
    return [words for month, words in sorted(told, key=lambda one: one[0]) if first <= month <= last]


def _ended(office: Office) -> Iterator[tuple[str, str]]:
    """Who was taken over by whom: units that went into one together are told together."""
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for unit in office.units:
        for row in unit.rows:
            after = month_after(row.valid_to)
            if not unit.valid(after):
                alike.setdefault((after, row.successor), []).append(row.short)
    for (after, successors), names in alike.items():
        heirs = "、".join(office.short(code, after) for code in successors)
        fresh = all(_begins(office, code, after) for code in successors)
        how = "分为" if len(successors) > 1 else "合并为" if fresh and len(names) > 1 else "改为" if fresh else "并入"
        whose = "、".join(names)
        yield after, f"{whose}{called(after)}起{how}{heirs}" if successors else f"{whose}{called(after)}起撤销"


def _begins(office: Office, code: str, month: str) -> bool:
    return any(row.code == code and row.valid_from == month for unit in office.units for row in unit.rows)


def _renamed(office: Office) -> Iterator[tuple[str, str]]:
    for unit in office.units:
        for before, after in pairwise(unit.rows):
            if before.name != after.name and month_after(before.valid_to) == after.valid_from:
                yield after.valid_from, f"{before.short}{called(after.valid_from)}起改称{after.short}"


def _founded(office: Office) -> Iterator[tuple[str, str]]:
    """Who began without taking anyone over."""
    heirs = {(own.successor, month_after(own.last)) for own in office.history.successions}
    for unit in office.units:
        first = unit.rows[0]
        if first.valid_from and (unit.code, first.valid_from) not in heirs:
            yield first.valid_from, f"{first.short}{called(first.valid_from)}起设立"
