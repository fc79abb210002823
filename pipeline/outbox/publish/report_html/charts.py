"""The charts as values: the columns of the months, the bars of the parts and of the units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.outbox.publish.charts import Figure, Point, figures
from pipeline.paper.theme import width
from pipeline.tables.outcome import Outcome
from schemas.quantity import Quantity

STEPS = (1, 2, 5, 10)
LINES = 5  # of the grid, at most


@dataclass(frozen=True)
class Chart:
    """A chart: its address on the page, what it shows, counted in what, its points in order, what it leaves out."""

    id: str
    title: str
    quantity: Quantity
    points: Sequence[Point]
    note: str = ""

    @property
    def words(self) -> str:
        """Everything that it shows, for whoever does not see it."""
        return "；".join(f"{point.name} {point.answer.show(self.quantity)}" for point in self.points)

    @property
    def most(self) -> int:
        """The largest value, at least 1."""
        return max([1, *(point.value for point in self.points)])

    @property
    def label(self) -> int:
        """How wide the longest name is, in half-width characters."""
        return max(width(point.name) for point in self.points)

    @cached_property
    def grid(self) -> list[int]:
        """The values of its lines, from 0 to no less than the largest value, at round distances."""
        power = 10 ** (len(str(self.most)) - 1)
        wide = max(power // 10, 1)
        step = next(s for s in (*(wide * n for n in STEPS), *(power * n for n in STEPS)) if s * LINES >= self.most)
        return list(range(0, self.most + step, step))


def charts(outcome: Outcome) -> list[Chart]:
    """Of the first headline figure that is not 0: its months, its parts (split the first way), its units."""
    found: dict[str, Chart] = {}
    drawn = figures(outcome)
    for figure in (figure for figure in drawn if figure.of == drawn[0].of):
        shown = [point for point in figure.points if figure.by != "units" or not point.rest]
        points = [replace(point, name=figure.label(point)) for point in shown]
        title = f"{figure.of}（{'，'.join(filter(None, [figure.words, figure.total.lacking]))}）"
        found.setdefault(figure.by, Chart(figure.by, title, figure.quantity, points, _others(figure) + figure.lacking))
    return list(found.values())


def _others(figure: Figure) -> str:
    """The units that have no bar of their own, together."""
    left = [point for point in figure.points if point.rest and figure.by == "units"]
    return "".join(f"{point.name}合计{figure.quantity.told(point.value)}。" for point in left)
