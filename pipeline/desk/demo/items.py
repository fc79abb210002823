"""The items of a register: made up one by one so that they count to the return's numbers."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from random import Random

from pipeline.desk.demo.share import Cell
from pipeline.desk.demo.year import Year
from schemas.rules.terms import Ref

Item = dict[str, str | date]


def register_items(year: Year, cell: Cell) -> list[Item]:
    """One item a number of the return: its codes, dates in order within the month, and texts.

    Where a field counts fewer items than another, some items have none of it.
    """
    numbers, plan = year.values.get(cell, {}), year.plan.items
    random = Random(f"{year.plan.seed} {cell[0]} {cell[1]}")  # noqa: S311  # a demonstration, no secret
    columns = {field: list(_codes(year, numbers, block)) for field, block in plan.counts.items()}
    most = max(map(len, columns.values()))
    for names in columns.values():
        names.extend([""] * (most - len(names)))
    for names in list(columns.values())[1:]:
        random.shuffle(names)
    return [
        _item(year, cell, {field: names[n] for field, names in columns.items()}, n + 1, random) for n in range(most)
    ]


def _item(year: Year, cell: Cell, codes: dict[str, str], number: int, random: Random) -> Item:
    unit, month = cell
    plan, last = year.plan.items, monthrange(month.year, month.month)[1]
    days = sorted(random.randrange(1, last + 1) for _ in plan.dates)
    dates = {field: date(month.year, month.month, day) for field, day in zip(plan.dates, days, strict=True)}
    said = {"unit": unit, "number": number, **codes}
    texts = {field: random.choice(choices).format(**said) for field, choices in plan.texts.items()}
    return {**codes, **dates, **texts}


def _codes(year: Year, numbers: dict[Ref, int], block: str) -> Iterator[str]:
    """The name of each code as often as it is counted."""
    for ref in year.form.expression(f"sum({block})")[0].refs:
        yield from [year.form.entry(ref).name] * numbers.get(ref, 0)
