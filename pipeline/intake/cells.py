"""One cell as a department filled it in: a whole number, zero, blank, or something that must be asked about."""

from typing import NamedTuple

from pipeline.numerals import visible

MOST = 10**15  # beyond it a spreadsheet no longer keeps every digit; no count is that large


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
    if abs(raw) > MOST:
        return Read(f"{raw:.10g}", None, "unread", "E-NUM-02")
    if raw != int(raw):
        return Read(f"{raw:.10g}", None, "unread", "E-NUM-03")
    return Read(str(int(raw)), int(raw), "number" if raw else "zero")


def text_of(raw: object) -> str:
    """A cell as text: whole numbers without a point, no outer white space."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw).strip()


def _read_text(raw: str) -> Read:
    if not visible(raw):
        return Read("", None, "blank")
    return Read(raw.strip(), None, "unread", "E-NUM-02")
