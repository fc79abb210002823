"""Every printed cell of a year's annual tables, as a table that is kept: what is printed today is held against it."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.tables.outcome import Outcome

HERE = Path(__file__).parent
HEADINGS = ("table", "row", "column", "value")
ALLOWED = HERE / "allowed.csv"  # year, table, row, column, before, after, why: where a printed cell may differ

Place = tuple[str, str, str]


def cells(outcome: Outcome) -> dict[Place, str]:
    """The value of each cell in its line's own unit, by table, row and column as printed."""
    found = list(_cells(outcome))
    places = dict(found)
    if len(places) != len(found):
        raise AssertionError("two cells stand in one place")
    return places


def _cells(outcome: Outcome) -> Iterator[tuple[Place, str]]:
    for table in outcome.tables:
        for row in table.rows:
            for n, (column, answer) in enumerate(zip(table.columns, row.answers, strict=True)):
                there = str(table.quantity(row, n).exact(answer.steps)) if answer.some else answer.why.words
                yield (table.annual.id, row.label, column.name), there


def kept(year: str) -> dict[Place, str]:
    """The cells as they are kept, but for those that are allowed to differ."""
    there = {(row["table"], row["row"], row["column"]): row["value"] for row in _rows(HERE / f"{year}.csv")}
    return there | {place: after for place, (_, after) in allowed(year).items()}


def allowed(year: str) -> Mapping[Place, tuple[str, str]]:
    """The cells of a year that may differ from what is kept: before and after."""
    rows = (row for row in _rows(ALLOWED) if row["year"] == year)
    return {(row["table"], row["row"], row["column"]): (row["before"], row["after"]) for row in rows}


def keep(year: str, outcome: Outcome) -> None:
    """Write the cells of a year."""
    with (HERE / f"{year}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(HEADINGS)
        lines.writerows((*place, value) for place, value in cells(outcome).items())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
