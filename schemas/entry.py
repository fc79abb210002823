"""The lines of a form once its code lists are filled in."""

import re
from dataclasses import dataclass

from schemas.period import last_month
from schemas.quantity import Quantity
from schemas.table import EVERY_MONTH, Kind

_NUMBERING = re.compile(r"^(其中：)?([（(](\d+|[一二三四五六七八九十]+)[）)]|\d+\.|[一二三四五六七八九十]+、)?")

TOTAL_ROW = "total"
ITEMS = Quantity()  # what the rows of a register are counted in


@dataclass(frozen=True, slots=True)
class Entry:
    """One number that a form asks for or counts: a line, a block's total, a cell of a matrix, a count of a register.

    ``line`` and ``column`` are what is printed (a matrix cell has both), ``code`` is unique in its table. ``parts``
    are the codes that a total adds up; ``section`` is the heading that it stands under. ``asked_of`` are the units that
    are asked it (None: all), ``derived`` marks what is taken from a register and never filled in as a number.
    ``unlisted`` are the months (first and last of each span) whose own edition had nothing of the kind. ``least`` is
    the smallest number that it can be, in steps, ``indent`` how far a matrix's own row is set in, ``length`` how many
    months a number of it is about, ``source`` what its wording rests on,
    ``from_months`` what tells it of a form of shorter periods.
    """

    table: str
    code: str
    name: str
    quantity: Quantity
    kind: Kind = "flow"
    section: str = ""
    parent: str = ""
    block: str = ""
    parts: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = "9999-12"
    months: tuple[int, ...] = EVERY_MONTH
    asked_of: frozenset[str] | None = None
    measures: tuple[str, ...] = ("month",)
    row: str = ""
    column: str = ""
    derived: bool = False
    unlisted: tuple[tuple[str, str], ...] = ()
    least: int = 0
    indent: int = 0
    length: int = 1
    source: str = ""
    from_months: str = ""

    @property
    def unit(self) -> str:
        """Its unit of measure."""
        return self.quantity.unit

    @property
    def is_total(self) -> bool:
        """Whether the form computes it."""
        return bool(self.parts)

    @property
    def is_input(self) -> bool:
        """Whether a unit fills it in."""
        return not self.parts and not self.derived

    def role(self, measure: str) -> str:
        """What its number of a measure is to a return: filled in, declared beside what it follows from, or counted."""
        return "counted" if self.derived else "input" if self.is_input and measure == "month" else "declared"

    @property
    def line(self) -> str:
        """The code printed at the head of its row."""
        return self.row or self.code

    @property
    def label(self) -> str:
        """The name without the numbering that only makes sense inside the printed form."""
        return _NUMBERING.sub("", self.name)

    @property
    def always_asked(self) -> bool:
        """Whether every unit is asked it every month."""
        every_month = not self.valid_from and self.valid_to == "9999-12" and self.months == EVERY_MONTH
        return every_month and self.asked_of is None and not self.unlisted

    def listed(self, month: str) -> bool:
        """Whether the edition of that period has it, or what it continues."""
        month = last_month(month)
        return not any(first <= month <= last for first, last in self.unlisted)

    def asked(self, month: str, unit: str | None = None) -> bool:
        """Whether the form of that period ("2012-07", "2012-Q3") asks it: of that unit, of any where it is None."""
        month = last_month(month)
        in_time = self.valid_from <= month <= self.valid_to and int(month[-2:]) in self.months and self.listed(month)
        return in_time and (unit is None or self.asked_of is None or unit in self.asked_of)
