"""The items of a register: made up one by one so that they count to the return's numbers."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from random import Random

from pipeline.demo.share import Cell
from pipeline.demo.year import Year
from schemas.rules.terms import Ref

Item = dict[str, str | date]


def register_items(year: Year, cell: Cell) -> list[Item]:
    """One item a number of the return: its category and channel, and dates in order within the month."""
    numbers, plan = year.values.get(cell, {}), year.plan.items
    random = Random(f"{year.plan.seed} {cell[0]} {cell[1]}")  # noqa: S311  # a demonstration, no secret
    categories = list(_codes(year, numbers, plan.category))
    channels: list[str] = list(_codes(year, numbers, plan.channel))
    channels += [""] * (len(categories) - len(channels))
    random.shuffle(channels)
    days = monthrange(cell[1].year, cell[1].month)[1]
    items: list[Item] = []
    for number, (category, channel) in enumerate(zip(categories, channels, strict=True), start=1):
        made, reviewed, disclosed = (
            date(cell[1].year, cell[1].month, day) for day in sorted(random.randrange(1, days + 1) for _ in range(3))
        )
        title = random.choice(plan.titles).format(unit=cell[0], category=category, number=number)
        items.append({
            "title": title, "number": "", "category": category, "channel": channel, "made": made,
            "disclosed": disclosed, "reviewer": plan.reviewer, "reviewed": reviewed,
        })  # fmt: skip
    return items


def _codes(year: Year, numbers: dict[Ref, int], block: str) -> Iterator[str]:
    """The name of each code as often as it is counted."""
    for ref in year.form.expression(f"sum({block})")[0].refs:
        yield from [year.form.entry(ref).name] * numbers.get(ref, 0)
