"""The check code as the form prints it: a formula over the yellow cells of the month, and its value."""

from collections.abc import Mapping

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.check_code import as_formula, check_code, weights
from pipeline.templates.draft import Draft
from pipeline.templates.layout import Layout
from schemas.rules.terms import Ref


def code_formula(layout: Layout) -> str:
    """The formula, without the leading =: a weighed sum for each column of each sheet, counts and money apart."""
    inputs = [entry for entry in layout.form.entries.values() if entry.is_input]
    columns: dict[str, dict[tuple[str, int], dict[int, int]]] = {"count": {}, "money": {}}
    for entry, weight in zip(inputs, weights(len(inputs)), strict=True):
        place = layout.places[entry.table, entry.code]
        columns[entry.number].setdefault((place.sheet, place.column), {})[place.row] = weight
    counts, money = ("+".join(_weighed(*at, rows) for at, rows in columns[kind].items()) for kind in columns)
    return as_formula(counts, money)


def _weighed(sheet: str, column: int, rows: Mapping[int, int]) -> str:
    """The weighed sum of one column; what stands between its cells weighs nothing, as text does in any case."""
    first, last = min(rows), max(rows)
    listed = ";".join(str(rows.get(row, 0)) for row in range(first, last + 1))
    area = f"'{sheet}'!{xl_rowcol_to_cell(first, column)}:{xl_rowcol_to_cell(last, column)}"
    return f"SUMPRODUCT({area},{{{listed}}})"


def code_of(draft: Draft) -> str:
    """What the formula shows for these values."""
    inputs = (entry for entry in draft.layout.form.entries.values() if entry.is_input)
    return check_code(draft.numbers.get(Ref(entry.table, entry.code)) for entry in inputs)
