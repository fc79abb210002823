"""Revisions as values."""

from dataclasses import dataclass

from schemas.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Change:
    """A number that is another than was forwarded; ``before`` or ``after`` is None where there was or is none.

    Both are in steps of ``quantity``.
    ``cause`` says which return or ruling changed it, ``file``, ``sheet`` and ``cell`` where it stands now.
    """

    published: str
    period: str
    unit: str
    table: str
    line: str
    column: str
    label: str
    before: int | None
    after: int | None
    cause: str
    file: str
    sheet: str
    cell: str
    return_sha256: str
    ruling: str
    quantity: Quantity

    @property
    def unit_of_measure(self) -> str:
        """The unit of its numbers."""
        return self.quantity.unit

    @property
    def difference(self) -> int:
        """After less before; what is not there counts 0."""
        return (self.after or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Moved:
    """A printed cell that is another than was forwarded, or a later month's 本年累计 that lacks the changes.

    ``before`` is what was printed then, ``after`` what the same cell comes to now (of a 本年累计: what is written and
    what it should be), both in steps of ``quantity``; None where there is no number, for which ``before_state`` and
    ``after_state`` say why.
    """

    published: str
    table: str
    title: str
    row: str
    column: str
    quantity: Quantity
    before: int | None
    after: int | None
    before_state: str = "number"
    after_state: str = "number"

    @property
    def unit_of_measure(self) -> str:
        """The unit of its numbers."""
        return self.quantity.unit

    @property
    def difference(self) -> int | None:
        """After less before; None where one of them is no number."""
        return None if self.after is None or self.before is None else self.after - self.before


@dataclass(frozen=True)
class Revisions:
    """Against ``published`` (its name, and in words; "" where nothing of the year was forwarded).

    ``cells_known`` is whether that version kept its printed cells, which they are held against.
    """

    published: str = ""
    words: str = ""
    changes: tuple[Change, ...] = ()
    moved: tuple[Moved, ...] = ()
    cells_known: bool = True

    @property
    def any(self) -> bool:
        """Whether anything at all differs."""
        return bool(self.changes or self.moved)
