"""The cell of a report's table: a number, left blank, or words."""

import re
from decimal import Decimal

from pipeline.values.numerals import half_width
from schemas.proof import prose

_NUMBER = re.compile(
    r"(?P<sign>[+-]{0,2})\s*(?P<digits>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<unit>[^\d\s.,]*)"
)
_BLANK = re.compile(r"[\s/\\|—–―-]*|无|空")


def is_blank(cell: str) -> bool:
    """Whether a cell was left blank, or crossed out."""
    return bool(_BLANK.fullmatch(cell))


def is_number(cell: str) -> bool:
    """Whether a cell says a number, with its unit or without."""
    return value_of(cell) is not None


def value_of(cell: str) -> Decimal | None:
    """The number that a cell says, in the unit that it says; None where it says none. A doubled sign is one."""
    found = _NUMBER.fullmatch(half_width(cell).strip())
    if not found or (found["unit"] and found["unit"] not in prose().units):
        return None
    value = Decimal(re.sub(r"[, ]", "", found["digits"]))
    return -value if "-" in found["sign"] else value


def unit_of(cell: str) -> str:
    """The unit that a cell says behind its number."""
    found = _NUMBER.fullmatch(half_width(cell).strip())
    return found["unit"] if found else ""
