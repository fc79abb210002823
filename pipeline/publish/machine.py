"""数据_机读: every accepted value once, for the next level's pipeline: a row a unit, month, table and measure."""

from typing import TYPE_CHECKING, Any

from pipeline.files import short
from pipeline.outcome import Outcome

if TYPE_CHECKING:
    pass

MACHINE = "数据_机读"
ABOUT = ("edition", "period", "unit", "unit_name", "table", "measure", "source", "version", "status")
STATUS = {"blank": "O", "not_applicable": "M"}  # SDMX CL_OBS_STATUS; a plain reported number needs none


def machine_rows(outcome: Outcome) -> tuple[list[str], list[list[str | int | None]]]:
    """The header and the rows; ``status`` lists only the lines that are not plain numbers, as code=mark.

    Money is in 分. A return that is missing has a row with status O and no values. What is counted of a register
    (tables of which nothing is filled in) is there where it is not 0.
    """
    entries = outcome.form.entries.values()
    codes = list(dict.fromkeys(_column(entry.line, entry.column) for entry in entries))
    counted = outcome.facts["table"].isin({e.table for e in entries if e.derived})
    facts = outcome.facts[outcome.facts["role"].isin(["input", "declared"]) | counted]
    facts = facts.assign(line=[_column(*key) for key in zip(facts["line"], facts["column"], strict=True)])
    names = {unit.code: unit.name for unit in outcome.office.units}
    by = ["edition", "period", "unit", "table", "measure", "return_sha256", "version"]
    odd = facts[facts["cell_state"].isin(STATUS)]
    marks = odd.assign(mark=odd["line"] + "=" + odd["cell_state"].map(STATUS)).groupby(by)["mark"].agg(";".join)
    values = facts.pivot(index=by, columns="line", values="value").reindex(columns=codes).sort_index()
    rows: list[list[str | int | None]] = []
    for key, line in zip(values.index, values.itertuples(index=False), strict=True):
        edition, period, unit, table, measure, digest, version = key
        about = [edition, period, unit, names.get(unit, ""), table, measure, short(digest), int(version)]
        rows.append([*about, marks.get(key, ""), *(None if _lacking(v) else int(v) for v in line)])
    return [*ABOUT, *codes], rows + _absent(outcome, names, len(codes))


def write_machine(workbook: Any, outcome: Outcome) -> None:
    """The sheet: header in row 1, no formats but widths."""
    sheet = workbook.get_worksheet_by_name(MACHINE)
    header, rows = machine_rows(outcome)
    sheet.write_row(0, 0, header)
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(r, c, value)
            elif value is not None:
                sheet.write_number(r, c, value)
    for column, wide in enumerate((10, 9, 12, 30, 6, 13, 15, 8, 14)):
        sheet.set_column(column, column, wide)
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _column(line: str, column: str) -> str:
    """The heading of a number: its line, and its column where it is a cell of a matrix."""
    return f"{line}.{column}" if column else line


def _absent(outcome: Outcome, names: dict[str, str], width: int) -> list[list[str | int | None]]:
    """Units and months that are owed and not in the facts."""
    counted = set(zip(outcome.facts["unit"], outcome.facts["period"], strict=True))
    owed = ((u.code, str(m)) for m in outcome.months for u in outcome.office.units_in(str(m)))
    edition = outcome.form.edition.id
    return [
        [edition, period, unit, names[unit], "", "", "", None, "O", *[None] * width]
        for unit, period in owed
        if (unit, period) not in counted
    ]


def _lacking(value: object) -> bool:
    import pandas as pd

    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]  # a scalar of an Int64 column
