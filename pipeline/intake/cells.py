"""One cell as a department filled it in: a whole number, zero, blank, or something that must be asked about."""

import re
import unicodedata
from typing import NamedTuple

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\ufeff\u00ad]")
_LIKELY = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d+)\D{0,3}$")


class Read(NamedTuple):
    """``written`` is what stands in the cell; ``value`` is None unless ``state`` is number or zero.

    ``problem`` is the kind of finding for a cell that could not be read (state "unread").
    """

    written: str
    value: int | None
    state: str
    problem: str = ""


def read_cell(raw: object, error: str | None = None) -> Read:
    """Read one number cell. Nothing is guessed: text is never a number, and never zero."""
    if error is not None:
        return Read(error, None, "unread", "E-NUM-04")
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return Read(str(raw), None, "unread", "E-NUM-02")
    if isinstance(raw, str):
        return _read_text(raw)
    if raw != int(raw):
        return Read(f"{raw:.10g}", None, "unread", "E-NUM-03")
    return Read(str(int(raw)), int(raw), "number" if raw else "zero")


def likely(written: str) -> str:
    """The number that a text most likely stands for ("14条" → "14"), or "" where that is not plain."""
    found = _LIKELY.match(_INVISIBLE.sub("", unicodedata.normalize("NFKC", written)))
    return found[1].replace(",", "") if found else ""


def text_of(raw: object) -> str:
    """A cell as text: whole numbers without a point, no outer white space."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw).strip()


def _read_text(raw: str) -> Read:
    if not _INVISIBLE.sub("", raw):
        return Read("", None, "blank")
    return Read(raw.strip(), None, "unread", "E-NUM-02")
