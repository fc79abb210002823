"""A chart as values, with the sentence that says what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pipeline.values.answer import Answer
from schemas.quantity import Quantity

By = Literal["months", "parts", "units"]
STARRED = "（带*）"  # as their names in the chart are
NAMED = 3  # that share a value; of more, one is named and all are counted


@dataclass(frozen=True, slots=True)
class Point:
    """One column or bar: its name, its answer, and the cell of an annual table that shows it.

    Of ``rest``, what is left over, the cell is that of the whole.
    """

    name: str
    answer: Answer
    cell: str
    rest: bool = False

    @property
    def lacks(self) -> bool:
        """Whether returns that were owed are not in it."""
        return bool(self.answer.owed) and not (self.answer.is_whole and self.answer.some)

    @property
    def value(self) -> int:
        """How high it stands, in steps; where there is no number, it does not."""
        return self.answer.steps


@dataclass(frozen=True)
class Figure:
    """A chart: of which headline figure, by what, counted in what, its points in their order.

    ``axis`` names what the points are; ``total`` is the figure itself, which says what it lacks. ``last_year`` are the
    same points a year before, None where that is not known; without any of them there is no line. ``apart`` says why
    the two years cannot be compared, "" where they can.
    """

    of: str
    by: By
    words: str
    axis: str
    quantity: Quantity
    points: tuple[Point, ...]
    last_year: tuple[int | None, ...] = ()
    apart: str = ""
    total: Answer = field(default_factory=Answer)

    def label(self, point: Point) -> str:
        """What a point is called beside it, with a star where it lacks returns that the others have."""
        return f"{point.name}*" if point in self._lacking else point.name

    @property
    def whole(self) -> int:
        """What all points come to."""
        return sum(point.value for point in self.points)

    @cached_property
    def sentence(self) -> str:
        """What there is to see: the largest, the smallest, and what the largest are of the whole."""
        own = [point for point in self.points if point.answer.some and not point.rest]
        most = max(point.value for point in own)
        told = f"{_who(own, most)}最多，{self.quantity.told(most)}"
        ending = f"{self._least(own)}；合计{self.quantity.told(self.whole)}{self._mark}。"
        if self.by == "months":
            return (
                told + ending + self.lacking + self._without + (f"与上年不可比：{self.apart}。" if self.apart else "")
            )
        told += f"，占{share(most, self.whole)}"
        if self.by == "parts":
            return told + ending
        if not any(point.rest for point in self.points):
            return told + ending + self.lacking
        first = sum(point.value for point in own)
        rest = "".join(f"；{p.name}{self.quantity.told(p.value)}" for p in self.points if p.rest)
        told += f"；前{len(own)}个共{self.quantity.told(first)}，占{share(first, self.whole)}{rest}"
        return f"{told}{self._mark}。{self.lacking}"

    @property
    def _mark(self) -> str:
        return f"（{self.total.lacking}）" if self.total.lacking else ""

    def _least(self, own: Sequence[Point]) -> str:
        """Who has least, among those that every return is in: of any other that says nothing."""
        sure = [point for point in own if point.answer.is_whole]
        if len(sure) < min(2, len(self.points)):
            return ""
        least = min(point.value for point in sure)
        return f"；{_who(sure, least)}最少，{self.quantity.told(least)}"

    @property
    def lacking(self) -> str:
        """The months or units that lack returns: of units the first few, and how many."""
        told = [f"{p.name}{p.answer.coverage if p.answer.some else p.answer.why.told}" for p in self._lacking]
        if self.by == "units" and len(told) > NAMED:
            told = [*told[: NAMED - 1], f"{told[NAMED - 1]}等{len(told)}个"]
        return f"未收齐的{STARRED}：{'、'.join(told)}。" if told else ""

    @property
    def _lacking(self) -> list[Point]:
        """The months or units that lack returns; parts lack what the whole lacks, which is said of it."""
        return [point for point in self.points if point.lacks and not point.rest] if self.by != "parts" else []

    @property
    def _without(self) -> str:
        """The points of which nothing was owed: nobody is asked them, or their form had no such line."""
        told = [f"{p.name}{p.answer.why.told}" for p in self.points if not p.answer.owed and not p.answer.some]
        return f"没有这项数的：{'、'.join(told)}。" if told else ""

    @property
    def words_of_all(self) -> str:
        """Every point in words, for whoever does not see the chart."""
        return "；".join(f"{self.label(point)} {point.answer.show(self.quantity)}" for point in self.points)


def share(part: int, whole: int) -> str:
    """A part of the whole in percent, to one decimal, half up; 100.0% and 0.0% only of all and of nothing."""
    tenths = (2000 * part + whole) // (2 * whole)
    if part != whole and tenths == 1000:
        return "99.9%以上"
    if part and not tenths:
        return "不到0.1%"
    return f"{tenths // 10}.{tenths % 10}%"


def _who(points: Sequence[Point], value: int) -> str:
    names = [point.name for point in points if point.value == value]
    return "、".join(names) if len(names) <= NAMED else f"{names[0]}等{len(names)}个"
