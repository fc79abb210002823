"""数据_机读: every accepted value once, for the next level's pipeline: a row a unit, month, table and measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.paper.room import room
from pipeline.paper.theme import BASE
from pipeline.tables.outcome import Outcome
from pipeline.values.files import short
from pipeline.values.machine import ABOUT, BORNE, LACKS, MACHINE, heading_of
from schemas.form import form_for
from schemas.quantity import Quantity
from schemas.units import Unit

KEY = ("edition", "period", "unit", "table", "measure", "return_sha256", "version")
WIDTHS, LEAST = (10, 9, 12, 30, 6, 13, 15, 8, 14), 8.43  # of what a row is about; of its values
Key = tuple[str | int, ...]
PLAIN = {"num_format": "0_)", "font_size": BASE["font_size"]}
STATUS = {"blank": LACKS, "unread": LACKS}  # a plain reported number needs none


@dataclass(frozen=True)
class MachineRow:
    """One row: who, when and which table, and the values that there are, by the heading of their column."""

    about: tuple[str | int | None, ...]
    values: Mapping[str, float]


def machine_rows(outcome: Outcome) -> tuple[list[str], list[MachineRow]]:
    """The header and the rows; ``status`` lists only the lines that are not plain numbers, as code=mark.

    Numbers are in the unit of their line. A return that is missing has a row with status O and no values. What is
    counted of a register is there where it is not 0; a cell that is empty without a mark was not asked. A number with
    O lacks a part (of a forwarded return), one with P is borne for the time, as are all of a row that says P.
    """
    entries = [(f.edition.id, entry) for f in reversed(outcome.walk.forms) for entry in f.entries.values()]
    codes = list(dict.fromkeys(heading_of(entry.line, entry.column) for _, entry in entries))
    every = outcome.facts
    plain = every["role"].isin(["input", "declared", "adjustment"])
    asked = plain & (every["cell_state"] != "not_applicable")
    facts = every[asked | ((every["role"] == "counted") & (every["cell_state"] == "number"))]
    units = {unit.code: unit for unit in outcome.office.units}
    cells: dict[Key, dict[str, float]] = {}
    marks: dict[Key, dict[str, str]] = {}
    columns = [facts[name].tolist() for name in (*KEY, "line", "column", "cell_state", "decimals", "quality")]
    values = facts["value"].astype(object).where(facts["value"].notna(), None).tolist()
    for *key, line, column, state, decimals, quality, value in zip(*columns, values, strict=True):
        row, heading = tuple(key), heading_of(line, column)
        there = cells.setdefault(row, {})
        if value is not None:
            number = Quantity("", decimals).number(value) if decimals else value
            there[heading] = there[heading] + number if heading in there else number
        lacks = (key[1], key[2], f"{key[3]}.{_code(line, column)}") in outcome.answers.partial
        mark = STATUS.get(state) or (LACKS if lacks else BORNE if quality == BORNE else "")
        marks.setdefault(row, {})[heading] = mark
    rows = [MachineRow(_about(key, units, _marks(marks[key])), cells[key]) for key in sorted(cells)]
    return [*ABOUT, *codes], rows + _absent(outcome)


def _code(line: str, column: str) -> str:
    """The code of a number within its table (schemas.entry)."""
    return f"{line}_{column}" if column else line


def _marks(marks: Mapping[str, str]) -> list[str]:
    """What is said of the numbers of a row: of all of them at once, or of those that are not plain."""
    if set(marks.values()) == {BORNE}:
        return [BORNE]
    return [f"{heading}={mark}" for heading, mark in marks.items() if mark]


def write_machine(workbook: Any, outcome: Outcome) -> None:
    """The sheet: header in row 1, no formats but widths."""
    sheet = workbook.get_worksheet_by_name(MACHINE)
    header, rows = machine_rows(outcome)
    sheet.write_row(0, 0, header)
    at = {heading: column for column, heading in enumerate(header)}
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row.about):
            if isinstance(value, str):
                sheet.write_string(r, c, value)
            elif value is not None:
                sheet.write_number(r, c, value)
        for heading, number in row.values.items():
            sheet.write_number(r, at[heading], number)
    for column, wide in enumerate(WIDTHS):
        sheet.set_column(column, column, wide)
    for heading, largest in _largest(rows).items():
        sheet.set_column(at[heading], at[heading], max(LEAST, room(largest, PLAIN)))
    sheet.hide()
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _largest(rows: list[MachineRow]) -> dict[str, float]:
    """The figure of each column that takes most room."""
    found: dict[str, float] = {}
    for row in rows:
        for heading, number in row.values.items():
            found[heading] = max(found.get(heading, 0), abs(number))
    return found


def _about(key: Key, units: Mapping[str, Unit], marks: list[str]) -> tuple[str | int | None, ...]:
    edition, period, unit, table, measure, digest, version = key
    name = units[str(unit)].at(str(period)).name if unit in units else ""
    return edition, period, unit, name, table, measure, short(str(digest)), version, ";".join(marks)


def _absent(outcome: Outcome) -> list[MachineRow]:
    """Units and months that are owed and not in the facts."""
    counted = set(outcome.facts[["unit", "period"]].drop_duplicates().itertuples(index=False, name=None))
    owed = [(unit, str(month)) for month in outcome.months for unit in outcome.office.units_in(str(month))]
    lacking = (key for key in owed if (key[0].code, key[1]) not in counted)
    editions = {p: form.edition.id for _, p in owed if (form := form_for(outcome.walk.forms, p))}
    return [MachineRow((editions[p], p, unit.code, unit.name, "", "", "", None, LACKS), {}) for unit, p in lacking]
