"""Sound returns by the thousand: invented, the same on every machine.

They are those of an office's demonstration year (pipeline.desk.demo.share: a year's totals split over units and months, so
that most counts are small and many 0), invented anew for every seed, with totals, cumulative figures, what the register
counts, and the figures of the month before.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random
from typing import TypeAlias

import pandas as pd

from pipeline.desk.demo.plan import read_plan
from pipeline.desk.demo.share import share_out
from schemas.form import Form, form_for
from schemas.forms import forms_of
from schemas.office import OFFICES, Office, read_office
from schemas.rules.judge import Numbers, amount, judge_many
from schemas.rules.terms import Ref, Statement

YEAR_TO_DATE = "year_to_date"

Return: TypeAlias = dict[Ref, int | None]
Broken: TypeAlias = set[tuple[Statement, int]]  # statements that do not hold, with the position of the return


@dataclass(frozen=True)
class World:
    """An office's returns. ``bare``: no register is read and no month before is there; ``overlap``: so are channels."""

    name: str
    office: Office
    seeds: range
    bare: bool = False
    overlap: bool = False

    @cached_property
    def form(self) -> Form:
        form = form_for(forms_of(self.office), "2012-12")
        assert form
        if not self.overlap:
            return form
        tables = tuple(
            t.model_copy(update={"blocks": tuple(b.model_copy(update={"reading": "overlap"}) for b in t.blocks)})
            for t in form.edition.tables
        )
        return Form(form.edition.model_copy(update={"tables": tables}), form.codes, form.duties)

    @cached_property
    def statements(self) -> list[Statement]:
        return [s for s in self.form.statements if s.scope == "return"]

    @cached_property
    def sound(self) -> list[tuple[Return, int]]:
        """Each return with its month. Some raise a question that is no balance (answers to earlier applications)."""
        returns = [one for seed in self.seeds for one in self._year(seed)]
        odd = {row for s, row in self.broken(returns) if s.level == "must" or s.claim.operator == "="}
        return [one for row, one in enumerate(returns) if row not in odd]

    def known(self, values: Return) -> Return:
        """What the office knows of a return."""
        if not self.bare:
            return values
        return {ref: n for ref, n in values.items() if not ref.shift and not self.form.entry(ref).derived}

    def broken(self, returns: Sequence[tuple[Return, int]]) -> Broken:
        refs = {ref for s in self.statements for ref in s.refs}
        known = [self.known(values) for values, _ in returns]
        columns = {str(ref): pd.array([values.get(ref) for values in known], dtype="Int64") for ref in refs}
        wide = pd.DataFrame({**columns, "calendar_month": [month for _, month in returns]})
        numbers = Numbers(wide, refs)
        judged = ((s, judge_many(s, numbers).broken) for s in self.statements)
        return {(s, int(row)) for s, there in judged for row in wide.index[there]}

    def _year(self, seed: int) -> Iterator[tuple[Return, int]]:
        plan = read_plan(self.office).model_copy(
            update={"faults": (), "gaps": (), "zero_reports": (), "seed": seed}
        )  # fmt: skip
        before: dict[str, Return] = {}
        random = Random(seed)  # noqa: S311  # a simulation, no secret
        for (unit, month), numbers in sorted(share_out(plan, self.form, self.office).items(), key=lambda i: i[0][1]):
            own: Return = dict(numbers)
            if self.overlap:
                self._run_on_several(own, random)
            self._complete(own, before.get(unit, {}), month.month)
            yield {**own, **_of_month_before(before.get(unit, {}))}, month.month
            before[unit] = own

    def _complete(self, own: Return, before: Return, month: int) -> None:
        entries = self.form.entries.values()
        own.update({Ref(e.table, e.code): None for e in entries if e.kind != "flow" and month not in e.months})
        for entry in (e for e in entries if e.is_total):
            own[Ref(entry.table, entry.code)] = sum(own[Ref(entry.table, part)] or 0 for part in entry.parts)
        for entry in (e for e in entries if YEAR_TO_DATE in e.measures):
            whole = Ref(entry.table, entry.code, YEAR_TO_DATE)
            own[whole] = (before.get(whole) or 0) + (own[Ref(entry.table, entry.code)] or 0)
        for counted, left in self.counts:
            own[counted] = amount(left, own)

    @cached_property
    def counts(self) -> list:
        """What a register counts, with what the return says of it."""
        sides = [(meeting.right.refs[0], meeting.left) for meeting in self.form.meetings]
        return [(ref, left) for ref, left in sides if not ref.shift and self.form.entry(ref).derived]

    @cached_property
    def partition(self) -> tuple[Ref, tuple[Ref, ...]]:
        """The line that all items are counted in, and its channels, which a few items may not have."""
        agreed = next(meeting for meeting in self.form.meetings if meeting.agreement.remainder)
        return agreed.left.refs[0], agreed.right.refs

    def _run_on_several(self, own: Return, random: Random) -> None:
        """Some items run on a second channel."""
        whole, channels = self.partition
        for ref in channels:
            own[ref] = min(own[whole], own[ref] + random.choice([0, 0, 1, 3]))


def _of_month_before(numbers: Return) -> Return:
    return {replace(ref, shift=-1): value for ref, value in numbers.items()}


def worlds(scale: int = 1) -> Iterable[World]:
    """Each edition as it is; without register and month before; and with channels that overlap."""
    jyg, shifan = read_office(OFFICES / "jyg"), read_office(OFFICES / "shifan")
    return (
        World("jyg-2012", jyg, range(scale)),
        World("jyg-2012, bare", jyg, range(scale), bare=True),
        World("jyg-2012, overlap", jyg, range(scale), overlap=True),
        World("sfs-2012", shifan, range(8 * scale)),
        World("sfs-2012, bare", shifan, range(8 * scale), bare=True),
    )
