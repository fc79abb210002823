"""本年累计 against the sum of the months as received: of the year, of a unit's or of the form's first month on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.judge.judging import taken_over
from pipeline.judge.reconcile.agreements import Apart, Pairs
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.notes import Notes
from schemas.crosswalk import Crosswalk
from schemas.edition import Agreement
from schemas.form import Form
from schemas.office import Office
from schemas.period import last_month, period_of
from schemas.quantity import Quantity
from schemas.rules.terms import Ref, Statement
from schemas.spoken import names_of

if TYPE_CHECKING:
    import pandas as pd

TO_DATE = "year_to_date"
Spans = tuple[tuple[str, str], ...]  # first and last month of each


@dataclass(frozen=True)
class Cumulated:
    """The returns in force of a year (one wide row each) with how far each 本年累计 is from its months.

    It is known where every month that the unit owed up to its own is in force: what the sum of a missing one would be
    cannot be known. A line begins with the first month whose form has it: nothing of it is owed before.
    ``own`` are the returns of ``form`` itself, which are asked about, ``latest`` the last of each unit in the year.
    """

    walk: Crosswalk
    wide: "pd.DataFrame"
    office: Office
    own: frozenset[int]
    latest: frozenset[int]

    @property
    def form(self) -> Form:
        """The form whose lines these are."""
        return self.walk.form

    @cached_property
    def in_order(self) -> "pd.DataFrame":
        """The returns by month."""
        return self.wide.sort_values("period", kind="stable")

    def complete(self, unlisted: Spans = ()) -> "pd.Series[bool]":
        """Whether no month that the unit owed up to a return's own is missing, but for those of ``unlisted``."""
        if unlisted not in self._complete:
            self._complete[unlisted] = self._without_gaps(unlisted)
        return self._complete[unlisted]

    @cached_property
    def _complete(self) -> "dict[Spans, pd.Series[bool]]":
        return {}

    def _without_gaps(self, unlisted: Spans) -> "pd.Series[bool]":
        import pandas as pd

        own = self.in_order[~_within(self.in_order["period"], unlisted)]
        count: dict[str, int] = {}
        owed: dict[tuple[str, str], int] = {}
        for month in _months(own["period"]):
            for unit in self.office.units_in(month) if not _lies_in(month, unlisted) else ():
                count[unit.code] = count.get(unit.code, 0) + 1
                owed[unit.code, month] = count[unit.code]
        wanted = [owed.get(whose) for whose in zip(own["unit"], own["period"], strict=True)]
        there = pd.Series(wanted, index=own.index, dtype="Int64").eq(own.groupby("unit").cumcount() + 1).fillna(False)
        return there.reindex(self.in_order.index, fill_value=False)

    def sums(self, declared: Sequence[Ref]) -> "pd.DataFrame":
        """The months of the lines ``declared`` up to each return's own."""
        months = [str(Ref(ref.table, ref.line)) for ref in declared]
        if not months:
            return self.in_order[months]
        numbers = self.in_order[months].copy()
        for unlisted, refs in self._by_spans(declared).items():
            names = [str(Ref(ref.table, ref.line)) for ref in refs]
            if unlisted:
                numbers.loc[_within(self.in_order["period"], unlisted), names] = 0
        added = numbers.groupby(self.in_order["unit"]).cumsum(skipna=False)
        return added.set_axis([str(ref) for ref in declared], axis=1)

    def off(self, declared: Sequence[Ref]) -> "pd.DataFrame":
        """By how much each cumulative figure is too much, as far as that is known."""
        apart = self.in_order[[str(ref) for ref in declared]] - self.sums(declared)
        for unlisted, refs in self._by_spans(declared).items():
            names = [str(ref) for ref in refs]
            apart[names] = apart[names].where(self.complete(unlisted))
        for ref in declared:
            step = self.walk.rounding((ref.table, ref.line))
            if step > 1:  # what was counted more finely had to be rounded into the cell
                apart[str(ref)] = apart[str(ref)].mask((apart[str(ref)].abs() < step).fillna(False), 0)
        return apart

    def _by_spans(self, declared: Sequence[Ref]) -> dict[Spans, list[Ref]]:
        """Lines by the months of the year whose forms have nothing of the kind."""
        found: dict[Spans, list[Ref]] = {}
        for ref in declared:
            found.setdefault(self.form.entry(ref).unlisted, []).append(ref)
        return found

    def arising(self, declared: Sequence[Ref], off: "pd.DataFrame") -> "dict[str, list[Apart]]":
        """By unit the steps by which its figures part from the months (``off``), each at the return that takes it."""
        units = self.in_order["unit"]
        before = off.groupby(units).ffill().groupby(units).shift().fillna(0)
        steps = (off - before).fillna(0)
        found: dict[str, list[Apart]] = {}
        for ret in steps.index[(steps != 0).any(axis=1) & steps.index.isin(self.own)]:
            own = [(ref, int(str(steps.loc[ret, str(ref)]))) for ref in declared]
            parted = (Apart(int(ret), ref, self.form.entry(ref).quantity.exact(gap)) for ref, gap in own if gap)
            found.setdefault(str(units[ret]), []).extend(parted)
        return found

    def without_echoes(
        self, broken: Iterable[tuple[Statement, int, int, int]]
    ) -> Iterator[tuple[Statement, int, int, int]]:
        """Broken statements but those that hold a right cumulative figure against a wrong one of the month before."""
        broken = list(broken)
        refs = sorted({statement.at for statement, *_ in broken if _chained(statement)}, key=str)
        off = self.off(refs)
        for statement, ret, left, right in broken:
            if not (_chained(statement) and str(off.loc[ret, str(statement.at)]) == "0"):
                yield statement, ret, left, right


def cumulative(
    cumulated: Cumulated, rows: "pd.DataFrame", files: dict[int, str], notes: Notes
) -> Iterator[tuple[Pairs, list[Finding]]]:
    """One comparison an agreement: each unit's last control totals over all its lines; with a finding where one parts.

    A figure that goes on from a wrong one is not asked about again: the question stands where it parted.
    """
    for agreement in cumulated.form.edition.agreements:
        if agreement.mode == "months":
            yield _compare(cumulated, rows, files, notes, agreement)


def _compare(
    cumulated: Cumulated, rows: "pd.DataFrame", files: dict[int, str], notes: Notes, agreement: Agreement
) -> tuple[Pairs, list[Finding]]:
    import pandas as pd

    form, wide = cumulated.form, cumulated.in_order
    declared = [linear.refs[0] for linear in form.expression(agreement.left)]
    last = wide[wide.index.isin(cumulated.latest & cumulated.own)]
    off, sums = cumulated.off(declared), cumulated.sums(declared)
    steps = cumulated.arising(declared, off)
    quantity, scale = _control(form, declared)
    findings = [
        _finding(cumulated, step, sums, rows, files).answered(
            notes.own((step.ret, step.ref.table, step.ref.line)), step.gap, notes.limit
        )
        for own in steps.values()
        for step in _parting(own, off)
    ]
    complete = cumulated.complete().reindex(last.index)
    left = last[[str(ref) for ref in declared]]
    right = left - off.reindex(last.index).fillna(0)  # what is only rounding is no difference
    sides = pd.DataFrame(
        {
            "unit": last["unit"],
            "period": last["period"],
            "left": (left * scale).sum(axis=1).astype("Int64").where(complete),
            "right": (right * scale).sum(axis=1).astype("Int64").where(complete),
        }
    )
    lines = {int(str(ret)): steps.get(unit, []) for ret, unit in last["unit"].items()}
    table = declared[0].table
    name = f"{table} 各行"
    return Pairs(
        agreement.id,
        agreement.title,
        f"{name}本年累计",
        f"{name}{names_of(form.edition)['each_period']}之和",
        declared[0],
        sides,
        quantity,
        lines,
    ), findings


def _control(form: Form, declared: Sequence[Ref]) -> tuple[Quantity, list[int]]:
    """What the control totals of these lines are told in, and how many of its steps are one of each line's.

    Numbers of unlike units are added as they stand on the form: the totals only show that all of them are there.
    """
    quantities = [form.entry(ref).quantity for ref in declared]
    units, decimals = {quantity.unit for quantity in quantities}, max(quantity.decimals for quantity in quantities)
    steps = [10 ** (decimals - quantity.decimals) for quantity in quantities]
    return Quantity(units.pop() if len(units) == 1 else "", decimals), steps


def _parting(steps: Sequence[Apart], off: "pd.DataFrame") -> Iterator[Apart]:
    """The steps after which a figure is wrong; one that leads back to the months is no question."""
    yield from (step for step in steps if str(off.loc[step.ret, str(step.ref)]) != "0")


def _chained(statement: Statement) -> bool:
    """Whether it holds a cumulative figure against that of the month before."""
    at = statement.at
    return at.measure == TO_DATE and Ref(at.table, at.line, TO_DATE, -1) in statement.refs


def _lies_in(month: str, spans: Spans) -> bool:
    return any(first <= last_month(month) <= last for first, last in spans)


def _within(periods: "pd.Series[str]", spans: Spans) -> "pd.Series[bool]":
    """Which periods lie in one of the spans."""
    return periods.map({period: _lies_in(period, spans) for period in set(periods)}).astype(bool)


def _months(periods: Iterable[str]) -> Iterator[str]:
    """The periods of the year up to the last of these."""
    last = period_of(max(periods, default=""))
    if last:
        yield from map(str, last.so_far)


def _finding(
    cumulated: Cumulated, step: Apart, sums: "pd.DataFrame", rows: "pd.DataFrame", files: Mapping[int, str]
) -> Finding:
    """The question at the cell of a cumulative figure: what is written, and what its months come to."""
    form, wide, ret, ref = cumulated.form, cumulated.in_order, step.ret, step.ref
    entry, written, expected = form.entry(ref), *(int(str(side.loc[ret, str(ref)])) for side in (wide, sums))
    own = rows[(rows["ret"] == ret) & (rows["table"] == ref.table) & (rows["line"] == ref.line)]
    cell = own[own["measure"] == ref.measure].iloc[0]
    place = Place(str(wide.loc[ret, "unit"]), str(wide.loc[ret, "period"]), files[ret], ret=ret).at(cell)
    show, exact = entry.quantity.show, str(entry.quantity.exact(written))
    facts = {"written": show(written), "expected": show(expected), "difference": show(abs(written - expected))}
    facts |= {"more": "多" if written > expected else "少", "unit": entry.quantity.unit, **names_of(form.edition)}
    found = tell("W-YTD-01", place, value=exact, label=entry.label, code=entry.line, **facts)
    found = replace(found, remedy=found.remedy + taken_over(cumulated.office, place))
    return found.between(written, expected, entry.quantity)
