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
    """A printed number that moves with the changes: a cell of an annual table, or a later month's 本年累计.

    ``before`` is what it would be without them, ``after`` what it is (of a 本年累计: what is written and what
    it should be), both in steps of ``quantity``.
    """

    published: str
    table: str
    title: str
    row: str
    column: str
    quantity: Quantity
    before: int
    after: int

    @property
    def unit_of_measure(self) -> str:
        """The unit of its numbers."""
        return self.quantity.unit

    @property
    def difference(self) -> int:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True)
class Revisions:
    """Against ``published`` (its name, and in words; "" where nothing of the year was forwarded)."""

    published: str = ""
    words: str = ""
    changes: tuple[Change, ...] = ()
    moved: tuple[Moved, ...] = ()
