"""What a sum over months and units comes to: one set of returns, asked in one way by every table, chart and sentence.

Over months a flow sums; a stock is each unit's value of the last month in which it was asked, an opening that of the
first, of the units that exist then. Over units everything sums.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pipeline.ledger.book import MISSING
from pipeline.ledger.settle import REJECTED
from pipeline.tables.line import Column
from pipeline.values.answer import Answer, Why
from pipeline.values.findings import EXCLUDED
from pipeline.values.periods import Month
from schemas.entry import Entry
from schemas.form import Form
from schemas.office import Office
from schemas.rules.terms import Linear, Ref

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.tables.line import Mask, Whole

By = Literal["unit", "period"]


@dataclass(frozen=True)
class Answers:
    """The returns that are owed, a row each in order of months, with those in force as ``wide`` has them.

    ``wide`` is one wide row a return in force (judge.wide), with the office's adjustments; ``book`` is
    schemas.frames.Returns, which knows why a return is not among them. ``partial`` are numbers of forwarded returns
    that lack a part, by period, unit and line: they are printed, and count as not given.
    """

    form: Form
    wide: "pd.DataFrame"
    book: "pd.DataFrame"
    months: Sequence[Month]
    office: Office
    partial: frozenset[tuple[str, str, str]] = frozenset()
    _columns: dict[str, Column] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, linear: Linear, months: Sequence[Month | str] | None = None) -> Answer:
        """The answer of all units over some months, by default over all."""
        (answer,) = self._answers(linear, self._span(months), None)
        return answer

    def by(self, linear: Linear, what: By, months: Sequence[Month | str] | None = None) -> dict[str, Answer]:
        """The answer of each unit over some months, or of all units in each month; who owes nothing has none."""
        span = self._span(months)
        names = self._units if what == "unit" else self._periods
        return dict(zip(names, self._answers(linear, span, what), strict=True))

    def taken(self, linear: Linear, months: Sequence[str]) -> Iterator[tuple[int, Ref, frozenset[tuple[str, str]]]]:
        """Each line of a sum with its coefficient, and the units and periods whose numbers of it are in the sum."""
        span = self._span(months)
        for coefficient, ref in linear.terms:
            column = self._column(ref)
            rows = self._used(column, self.form.entry(ref).kind, span, None) & column.number
            keys = (self._keys[n] for n in rows.nonzero()[0].tolist())
            yield coefficient, ref, frozenset((unit, period) for period, unit in keys)

    def over(self, months: Sequence[Month]) -> "Answers":
        """The same returns, as long as nothing but these months was reported."""
        names = [str(month) for month in months]
        if names == self._periods:
            return self
        wide, book = (frame[frame["period"].isin(names)] for frame in (self.wide, self.book))
        return Answers(self.form, wide, book, months, self.office, self.partial)

    def returns(self, months: Sequence[Month] | None = None) -> tuple[int, int]:
        """How many returns of some months are owed, and how many of them are in force."""
        span = self._span(months)
        return int(span.sum()), int((span & self._has_return).sum())

    def units(self, months: Sequence[Month]) -> frozenset[str]:
        """The units with a return in force in one of these months."""
        there = self._span(months) & self._has_return
        return frozenset(self._units[n] for n in set(self._unit[there].tolist()))

    @cached_property
    def _keys(self) -> list[tuple[str, str]]:
        """Period and unit of every return that is owed or in force."""
        months = [str(month) for month in self.months]
        owed = {(month, unit.code) for month in months for unit in self.office.units_in(month)}
        there = {(str(p), str(u)) for p, u in zip(self.wide["period"], self.wide["unit"], strict=True)}
        return sorted(owed | {key for key in there if key[0] in months})

    @cached_property
    def _units(self) -> list[str]:
        return sorted({unit for _, unit in self._keys})

    @cached_property
    def _periods(self) -> list[str]:
        return [str(month) for month in self.months]

    @cached_property
    def _unit(self) -> "Whole":
        """The number of each row's unit."""
        import numpy as np

        at = {unit: n for n, unit in enumerate(self._units)}
        return np.array([at[unit] for _, unit in self._keys], dtype="int64")

    @cached_property
    def _period(self) -> "Whole":
        """The number of each row's period."""
        import numpy as np

        at = {period: n for n, period in enumerate(self._periods)}
        return np.array([at[period] for period, _ in self._keys], dtype="int64")

    @cached_property
    def _place(self) -> "Whole":
        """Where each row stands in the wide frame; -1 where no return is in force."""
        import numpy as np

        pairs = zip(self.wide["period"], self.wide["unit"], strict=True)
        at = {(str(period), str(unit)): n for n, (period, unit) in enumerate(pairs)}
        return np.array([at.get(key, -1) for key in self._keys], dtype="int64")

    @cached_property
    def _has_return(self) -> "Mask":
        return self._place >= 0

    @cached_property
    def _absent(self) -> "Whole":
        """Why a row has no return in force: it never came, was sent back, or waits for an answer."""
        import numpy as np

        came = self.book[~self.book["state"].isin([MISSING, EXCLUDED])]
        states: dict[tuple[str, str], set[str]] = {}
        for period, unit, state in zip(came["period"], came["unit"], came["state"], strict=True):
            states.setdefault((str(period), str(unit)), set()).add(str(state))
        return np.array([_why(states.get(key, set())) for key in self._keys], dtype="int64")

    def _span(self, months: Sequence[Month | str] | None) -> "Mask":
        import numpy as np

        if months is None:
            return np.ones(len(self._keys), dtype=bool)
        wanted = {str(month) for month in months}
        return np.isin(self._period, [n for n, period in enumerate(self._periods) if period in wanted])

    def _column(self, ref: Ref) -> Column:
        name = str(ref)
        if name not in self._columns:
            self._columns[name] = self._read(name, self.form.entry(ref))
        return self._columns[name]

    def _read(self, name: str, entry: Entry) -> Column:
        import numpy as np

        series = self.wide[name]
        values = np.append(series.to_numpy("int64", na_value=0), 0)[self._place]
        there = np.append(series.notna().to_numpy(bool), False)[self._place]
        asked = self._asked(entry) | (there & (values != 0))
        why = np.where(self._has_return, Why.BLANK, self._absent)
        unasked = np.where(self._listed(entry), Why.NOT_ASKED, Why.NOT_LISTED)
        part = np.array([bool(self.partial) and (*key, name) in self.partial for key in self._keys], dtype=bool)
        return Column(values, there & asked, asked, np.where(asked, why, unasked), part)

    def _listed(self, entry: Entry) -> "Mask":
        """The rows whose own form had a line."""
        import numpy as np

        listed: Mask = np.array([entry.listed(period) for period in self._periods], dtype=bool)[self._period]
        return listed

    def _asked(self, entry: Entry) -> "Mask":
        """The rows that are asked a line."""
        import numpy as np

        if entry.always_asked:
            return np.ones(len(self._keys), dtype=bool)
        months = np.array([entry.asked(period) for period in self._periods], dtype=bool)
        units = np.array([entry.asked_of is None or unit in entry.asked_of for unit in self._units], dtype=bool)
        asked: Mask = months[self._period] & units[self._unit] if len(self._keys) else np.zeros(0, dtype=bool)
        return asked

    def _answers(self, linear: Linear, span: "Mask", what: By | None) -> list[Answer]:
        """The answers to a sum over a span: of all, or by unit or period."""
        import numpy as np

        groups, count = self._groups(what)
        steps, some, why = (np.zeros(count, dtype="int64") for _ in range(3))
        owing, lacking = (np.zeros(len(span), dtype=bool) for _ in range(2))
        for coefficient, ref in linear.terms:
            column = self._column(ref)
            used = self._used(column, self.form.entry(ref).kind, span, what)
            number, lacks = used & column.number, used & (~column.number | column.part)
            np.add.at(steps, groups[number], coefficient * column.values[number])
            np.add.at(some, groups[number], 1)
            unlisted = span & (column.why == Why.NOT_LISTED)
            np.maximum.at(why, groups[lacks | unlisted], column.why[lacks | unlisted])
            owing, lacking = owing | used, lacking | lacks
        owed, there = (np.bincount(groups[rows], minlength=count) for rows in (owing, owing & ~lacking))
        cells = zip(steps.tolist(), there.tolist(), owed.tolist(), some.tolist(), why.tolist(), strict=True)
        return [
            Answer(value + (linear.constant if numbers else 0), gave, asked, numbers > 0, Why(reason))
            for value, gave, asked, numbers, reason in cells
        ]

    def _groups(self, what: By | None) -> "tuple[Whole, int]":
        import numpy as np

        if what is None:
            return np.zeros(len(self._keys), dtype="int64"), 1
        return (self._unit, len(self._units)) if what == "unit" else (self._period, len(self._periods))

    def _used(self, column: Column, kind: str, span: "Mask", what: By | None) -> "Mask":
        """The rows of a span that a line is taken from: all of a flow, one of each unit there of a stock or opening."""
        import numpy as np

        used: Mask = span & column.asked
        if kind == "flow" or what == "period" or not used.any():
            return used
        rows = np.flatnonzero(span)
        living = self.office.living(self._periods[self._period[rows[-1 if kind == "stock" else 0]]])
        there = np.array([unit in living for unit in self._units], dtype=bool)
        found = np.flatnonzero(used & there[self._unit])
        one = np.full(len(self._units), -1, dtype="int64")
        found = found if kind == "stock" else found[::-1]
        one[self._unit[found]] = found  # of several the one that stands last stays
        chosen = np.zeros(len(span), dtype=bool)
        chosen[one[one >= 0]] = True
        return chosen


def _why(states: set[str]) -> Why:
    """Why none of the returns that came for a unit's month counts."""
    if not states:
        return Why.MISSING
    return Why.SENT_BACK if REJECTED in states else Why.PENDING
