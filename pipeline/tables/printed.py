"""The printed cells of the annual tables as they are kept, and those that are others now than were forwarded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.values.answer import Answer
from pipeline.values.revisions import Moved
from pipeline.values.table import Table
from schemas.quantity import NoMultiple, Quantity

if TYPE_CHECKING:
    import pandas as pd

NUMBER, NOT_PRINTED = "number", "没有这一格"
Place = tuple[str, str, str]  # table, row, column: by their keys


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: what it is called, counted in what, its number in steps, or else why there is none."""

    title: str
    label: str
    heading: str
    quantity: Quantity
    steps: int | None
    why: str

    @property
    def state(self) -> str:
        """That there is a number, or why there is none."""
        return NUMBER if self.steps is not None else self.why

    def within(self, quantity: Quantity) -> int | None:
        """The number in steps of another quantity. Raises NoMultiple where it is none of them."""
        if self.steps is None or quantity == self.quantity:
            return self.steps
        steps = quantity.read(self.quantity.brought(self.steps, quantity))
        if steps is None:
            raise NoMultiple("more decimals than are printed now")
        return steps


def printed(tables: Sequence[Table]) -> "pd.DataFrame":
    """schemas.reports.Printed of the tables."""
    from schemas.frames import frame_of
    from schemas.reports import Printed

    rows = [
        (table.annual.id, table.annual.title, row.key, row.label, column.key, column.name, *_told(answer, quantity))
        for table in tables
        for row in table.rows
        for n, (column, answer) in enumerate(zip(table.columns, row.answers, strict=True))
        for quantity in (table.quantity(row, n),)
    ]
    return frame_of(Printed, rows)


def _told(answer: Answer, quantity: Quantity) -> tuple[str, ...]:
    value = str(quantity.exact(answer.steps)) if answer.some else ""
    why = "" if answer.some else answer.why.words
    return quantity.unit, value, str(quantity.decimals), str(answer.there), str(answer.owed), why


def moved(published: str, then: "pd.DataFrame", tables: Sequence[Table]) -> Iterator[Moved]:
    """The cells that were printed ``then`` (schemas.reports.Printed) and are others in the same tables of today."""
    before, after = _kept(then), _kept(printed(tables))
    for place in dict.fromkeys([*after, *before]):
        was, now = before.get(place), after.get(place)
        if was is None or now is None or was.state != now.state or not _same(was, now):
            yield _moved(published, place, was, now)


def _kept(frame: "pd.DataFrame") -> Mapping[Place, Cell]:
    cells = {}
    for row in frame.itertuples(index=False):
        quantity = Quantity(str(row.unit_of_measure), int(str(row.decimals)))
        steps = quantity.read(Decimal(str(row.value))) if row.value else None
        cell = Cell(str(row.title), str(row.label), str(row.heading), quantity, steps, str(row.why))
        cells[str(row.table), str(row.row), str(row.column)] = cell
    return cells


def _same(was: Cell, now: Cell) -> bool:
    try:
        return was.within(now.quantity) == now.steps
    except NoMultiple:
        return False


def _moved(published: str, place: Place, was: Cell | None, now: Cell | None) -> Moved:
    one = now or was
    assert one is not None  # noqa: S101  # it was printed then or is now
    try:
        before = was.within(one.quantity) if was else None
        state = was.state if was else NOT_PRINTED
    except NoMultiple:
        before, state = None, f"{was.quantity.show(was.steps or 0)}{was.quantity.unit}" if was else NOT_PRINTED
    after, now_state = (now.steps, now.state) if now else (None, NOT_PRINTED)
    return Moved(published, place[0], one.title, one.label, one.heading, one.quantity, before, after, state, now_state)
