"""What a form computes: a wrong number in a cell is wrong again in the totals and 本年累计 that follow it."""

from collections.abc import Iterator, Mapping

from schemas.form import Form
from schemas.rules.terms import Ref


class Computed:
    """What follows from the cells of a form, where it still does: a total may have been typed over."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._totals = {
            Ref(entry.table, part, measure): Ref(entry.table, entry.code, measure)
            for entry in form.entries.values()
            for part in entry.parts
            for measure in entry.measures
        }

    def hypotheses(self, ref: Ref, values: Mapping[Ref, int | None], month: int) -> list[tuple[Ref, ...]]:
        """What a correction of the cell may move: the cell alone, or with it what is computed from it."""
        moved = [ref]
        for one in moved:
            moved += [other for other in self._following(one, values, month) if other not in moved]
        return [(ref,), tuple(moved)] if len(moved) > 1 else [(ref,)]

    def _following(self, ref: Ref, values: Mapping[Ref, int | None], month: int) -> Iterator[Ref]:
        total, whole = self._totals.get(ref), Ref(ref.table, ref.line, "year_to_date")
        if total and values.get(total) is not None:
            parts = [values.get(Ref(total.table, part, total.measure)) for part in self._form.entry(total).parts]
            if values[total] == sum(part or 0 for part in parts):
                yield total
        if (
            (ref.measure, ref.shift) == ("month", 0)
            and self._form.entry(ref).is_input
            and values.get(whole) is not None
        ):
            before = 0 if month == 1 else values.get(Ref(ref.table, ref.line, "year_to_date", -1))
            if before is None or values[whole] == before + (values[ref] or 0):
                yield whole
