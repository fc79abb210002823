"""The check code as the form prints it: a formula over the yellow cells of the month, and its value."""

from functools import cached_property
from typing import Any, NamedTuple

from pipeline.paper.check_code import as_formula, check_code, weights
from pipeline.paper.names import STAMP
from pipeline.paper.templates.draft import Draft
from pipeline.paper.templates.layout import Layout
from schemas.entry import Entry
from schemas.rules.terms import Ref

LONGEST = 7_000  # characters of one sum; Excel takes 8192 in a formula
PART_COLUMN = 2  # where on the stamp's sheet the sums stand that do not fit into the code's own formula


class Part(NamedTuple):
    """A weighed sum that is written as one formula: the numbers in it with their weights, and its text."""

    weighed: tuple[tuple[int, Entry], ...]
    text: str


class CheckCode:
    """The check code of one layout.

    N makes nothing of a text, also of one that looks like a number; spreadsheets do not agree on what SUMPRODUCT does.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._inputs = [entry for entry in layout.form.entries.values() if entry.is_input]

    @cached_property
    def formula(self) -> str:
        """The formula, without the leading =."""
        rest = [f"'{STAMP}'!C{n}" for n in range(1, len(self._parts))]
        return as_formula("+".join([self._parts[0].text, *rest]))

    def of(self, draft: Draft) -> str:
        """What the formula shows for these values."""
        return check_code(draft.numbers.get(Ref(entry.table, entry.code)) for entry in self._inputs)

    def write_rest(self, sheet: Any, draft: Draft) -> None:
        """Write to the stamp's sheet what does not fit into the formula: an office with hundreds of units asks much."""
        for row, part in enumerate(self._parts[1:]):
            numbers = ((weight, draft.numbers.get(Ref(entry.table, entry.code), 0)) for weight, entry in part.weighed)
            sheet.write_formula(
                row, PART_COLUMN, f"={part.text}", None, float(sum(w * number for w, number in numbers))
            )

    @cached_property
    def _parts(self) -> list[Part]:
        parts = [Part((), "0")]
        for weight, entry in zip(weights(len(self._inputs)), self._inputs, strict=True):
            last, term = parts[-1], self._term(weight, entry)
            if len(last.text) + len(term) < LONGEST:
                parts[-1] = Part((*last.weighed, (weight, entry)), f"{last.text}+{term}")
            else:
                parts.append(Part(((weight, entry),), term))
        return parts

    def _term(self, weight: int, entry: Entry) -> str:
        """A number with its weight, in steps of its line."""
        steps = f"{10**entry.quantity.decimals}*" if entry.quantity.decimals else ""
        return f"{steps}{weight}*N({self._layout.cell(Ref(entry.table, entry.code))})"
