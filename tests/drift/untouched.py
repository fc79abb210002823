"""The return that every drift starts from: sound, and with numbers unlike each other, so that a shifted row shows."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pipeline.intake.intake import Reading
from schemas.form import Form
from tests.builders import Desk

UNIT, MONTH, FILE = "620200-025", "2012-01", "市卫生局_2012-01.xlsx"


def _lines(table: str, first: int, *numbers: int, width: int = 3) -> dict[str, int]:
    return {f"{table}.{first + n:0{width}d}": number for n, number in enumerate(numbers)}


def _fees(row: int, *numbers: int) -> dict[str, int]:
    columns = ("charged", "payers", "waived", "exempt")
    return {f"T8.{row}_{column}": number for column, number in zip(columns, numbers, strict=True)}


FILLED_IN = {
    **_lines("T1", 101, 1, 4, 6, 2, 3, 5, 7),
    **_lines("T1", 201, 2, 7, 1, 3, 4, 0, 6, 5),
    **_lines("T2", 1, 28, 18, 1, 25, 120, 9, 12, 17, 13, 21, 1, 2, 3, 4, 5, 6, width=2),
    **_lines("T2", 17, 15, 3, 2, 10, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 6, 15, 24, 11, width=2),
    **_lines("T2", 91, 14, 16, width=2),
    **_lines("T3", 301, 8, 19, 11, 8, 10),
    **_lines("T4", 401, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    **_lines("T5", 511, 2, 30),
    **_fees(801, 1250, 3, 400, 2),
    **_fees(802, 2600, 5, 150, 1),
    **_fees(803, 700, 1, 0, 0),
    **_fees(804, 900, 4, 250, 3),
}
TOTALS = {
    "T1.100": 28, "T1.200": 28,
    "T8.total_charged": 5450, "T8.total_payers": 13, "T8.total_waived": 800, "T8.total_exempt": 6,
}  # fmt: skip

Numbers = dict[str, int | None]


@cache
def untouched(folder: Path) -> bytes:
    """The return as the unit filled it in."""
    return Desk(folder).send(changes=FILLED_IN).read_bytes()


def numbers(form: Form) -> Numbers:
    """What a person sees in it, by line and measure; it is January's, so that the year so far is the month."""
    written = FILLED_IN | TOTALS
    return {
        f"{ref.table}.{entry.code}:{ref.measure}": written[f"{ref.table}.{entry.code}"]
        for entry, refs in form.filled_in
        for ref in refs
    }


def listed(reading: Reading) -> Counter[tuple[str, str]]:
    """The items of the register, by category and channel."""
    fields: dict[int, dict[str, str]] = {}
    for _, row, field, text, *_ in reading.items:
        fields.setdefault(row, {})[field] = text
    return Counter((item.get("category", ""), item.get("channel", "")) for item in fields.values())


def as_listed() -> Counter[str]:
    """How many items the register has of each category and channel."""
    return Counter({line[3:]: count for line, count in FILLED_IN.items() if line.startswith("T1.") and count})


def one_by_one(items: Iterable[tuple[str, str]]) -> Counter[str]:
    """How many items are of each category, and of each channel."""
    return Counter(code for item in items for code in item)
