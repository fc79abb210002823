"""Code lists and the register of units: rows with dates of validity, kept by the office as CSV."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import field_validator

from schemas.mistake import Mistake
from schemas.reading import Frozen, Month, read_csv


class Code(Frozen):
    """A row of a code list, valid from ``valid_from`` to ``valid_to``.

    Aliases are names met in returns; ``owner`` is the unit that keeps its own record of what falls under the code.
    """

    code: str
    name: str
    short: str
    valid_from: Month = ""
    valid_to: Month = "9999-12"
    aliases: tuple[str, ...] = ()
    owner: str = ""

    @field_validator("aliases", mode="before")
    @classmethod
    def _split(cls, written: object) -> object:
        return tuple(filter(None, written.split(";"))) if isinstance(written, str) else written

    def valid(self, month: str) -> bool:
        """Whether the code is in use in that month ("2012-07")."""
        return self.valid_from <= month <= self.valid_to


class Unit(Code):
    """A reporting unit; ``kind`` groups units in the annual tables, ``parent`` is the code of the unit above."""

    kind: str
    parent: str = ""


Row = TypeVar("Row", bound=Code)


def read_codes(path: Path, model: type[Row]) -> tuple[Row, ...]:
    """A code list in the order of its file. Raises Mistake where a code stands twice for the same month."""
    rows = list(read_csv(path, model))
    for index, (line, row) in enumerate(rows):
        if _overlaps(row, (earlier for _, earlier in rows[:index])):
            raise Mistake(
                path, line, f"代码“{row.code}”出现了两次。请删去一行，或用 valid_from、valid_to 把两行的有效期分开。"
            )
    return tuple(row for _, row in rows)


def _overlaps(row: Code, others: Iterable[Code]) -> bool:
    return any(
        row.code == other.code and row.valid_from <= other.valid_to and other.valid_from <= row.valid_to
        for other in others
    )
