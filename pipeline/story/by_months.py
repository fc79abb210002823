"""A yearly return beside the unit's own months: what they tell of it, and where it says something else."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from pipeline.judge.judging import places_of
from pipeline.story.judged import Judged
from pipeline.tables.outcome import Outcome
from pipeline.values.answer import Answer
from pipeline.values.findings import Finding, tell
from pipeline.values.reasons import reason_in
from schemas.by_months import sums_by_months
from schemas.form import Form
from schemas.lineage import Key
from schemas.quantity import Quantity
from schemas.rules.terms import Ref
from schemas.spoken import names_of

if TYPE_CHECKING:
    import pandas as pd


class Told(NamedTuple):
    """What the months of a unit come to for a line: how many steps of the line, and how many months are there."""

    answer: Answer
    steps: Decimal

    @property
    def whole(self) -> int | None:
        """The number in steps of the line; None where a month is missing, or it is a fraction of a step."""
        known = self.answer.some and self.answer.is_whole and self.steps == self.steps.to_integral_value()
        return int(self.steps) if known else None


def by_months(form: Form, shorter: Outcome) -> Mapping[tuple[str, Key], Told]:
    """By unit and line of a form what the year's shorter periods, as they are in force, come to."""
    found: dict[tuple[str, Key], Told] = {}
    for key, (linear, quantity) in sums_by_months(form, shorter.form).items():
        own = form.entries[key].quantity
        for unit, answer in shorter.answers.by(linear, "unit").items():
            found[unit, key] = Told(answer, _in_steps(answer, quantity, own))
    return found


def _in_steps(answer: Answer, quantity: Quantity, own: Quantity) -> Decimal:
    return quantity.brought(answer.steps, own).scaleb(own.decimals)


def unlike_months(judged: Judged, shorter: Outcome, limit: int) -> Iterator[Finding]:
    """The numbers of returns in force that their unit's months do not come to, where all of these are there."""
    for part in judged.parts:
        wide, told = part.in_force.wide, by_months(part.form, shorter)
        places = places_of(judged.returns)
        for ret, unit in wide["unit"].items():
            for (whose, key), one in told.items():
                written = _written(wide, int(str(ret)), key, part.form)
                if whose != unit or one.whole is None or written is None or written == one.whole:
                    continue
                rows = judged.taken.rows
                row = rows[(rows["ret"] == ret) & (rows["table"] == key[0]) & (rows["line"] == key[1])].iloc[0]
                entry, gap = part.form.entries[key], written - one.whole
                show = entry.quantity.show
                facts = {"written": show(written), "expected": show(one.whole), "difference": show(abs(gap))}
                facts |= {
                    "label": entry.label,
                    "unit": entry.quantity.unit,
                    "code": entry.line,
                    "more": "多" if gap > 0 else "少",
                    **names_of(part.form.edition),
                }
                finding = tell(
                    "W-SUM-01", places[int(str(ret))].at(row), value=str(entry.quantity.exact(written)),
                    span=shorter.span, **facts,
                )  # fmt: skip
                yield finding.answered(reason_in(row.note), entry.quantity.exact(gap), limit)


def _written(wide: "pd.DataFrame", ret: int, key: Key, form: Form) -> int | None:
    """A number of a return: a sum by what was filled in for it; None where some of it is not known."""
    parts = [str(wide.loc[ret, str(Ref(key[0], code))]) for code in form.leaves(Ref(*key))]
    return None if "<NA>" in parts else sum(map(int, parts))
