"""Read one return by itself and look at what was read; look at the book of returns."""

from pathlib import Path

from pipeline.intake.intake import Reading, read_data
from pipeline.tables.outcome import Outcome
from tests.builders import Desk


def read(desk: Desk, path: Path) -> Reading:
    return read_data(path.read_bytes(), path.name, desk.forms(), desk.office)


def values(reading: Reading) -> dict[str, int | None]:
    """Every value read, by line and measure."""
    return {f"{table}.{line}:{measure}": value for table, line, measure, _, _, value, *_ in reading.rows}


def items(reading: Reading) -> list[dict[str, str]]:
    """The rows of the register: each field's text, with its row."""
    rows: dict[int, dict[str, str]] = {}
    for _, row, field, text, *_ in reading.items:
        rows.setdefault(row, {"row": str(row)})[field] = text
    return list(rows.values())


def cell(reading: Reading, line: str, measure: str = "month") -> tuple:
    """What was read for a line: written, value, state, sheet and cell."""
    return next(
        (written, value, state, sheet, at)
        for table, code, of, _, written, value, state, _, sheet, at, _ in reading.rows
        if (f"{table}.{code}", of) == (line, measure)
    )


def rules(reading: Reading) -> list[tuple[str, str, str]]:
    return [(f.rule, f.sheet, f.cell) for f in reading.findings]


def returns(outcome: Outcome, *columns: str, unit: str = "") -> list[tuple]:
    """The rows of the book that a file stands behind, of one unit or of all, in the order of arrival."""
    there = outcome.returns[outcome.returns["file"] != ""].sort_values(["received", "file"])
    there = there[there["unit"].map(outcome.office.short) == unit] if unit else there
    return list(there[list(columns)].itertuples(index=False, name=None))
