"""From the returns in force to tables: the annual tables as the edition defines them, with the sums they show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pipeline.judge.wide import combined, of_units
from pipeline.values.periods import Month
from pipeline.values.sums import Sums
from pipeline.values.table import RowKind, Table, TableColumn, TableRow
from schemas.annual import Annual
from schemas.counted import by_code, headline_of
from schemas.form import Form
from schemas.office import Office
from schemas.quantity import Quantity
from schemas.rules.terms import Linear, Ref
from schemas.units import UnitRow

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

SEE_ROWS = Quantity("见各行")
QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


@dataclass(frozen=True)
class Rollup:
    """Sums over the returns in force (one wide row a return).

    Over months a flow sums, a stock is each unit's last value of the span, an opening its first; over units all sum. A
    stock counts for the units that exist at the end of the span, an opening for those that exist at its beginning.
    """

    form: Form
    wide: "pd.DataFrame"
    months: Sequence[Month]
    office: Office

    @cached_property
    def in_order(self) -> "pd.DataFrame":
        """The returns by month, so that first and last mean what they say."""
        return self.wide.sort_values("period")

    def total(self, linear: Linear, months: Sequence[Month]) -> int:
        """The city's value over some months."""
        return self._combine(linear, months, None)[""]

    def by(self, linear: Linear, what: str, months: Sequence[Month]) -> dict[str, int]:
        """The value by unit or by period over some months."""
        return self._combine(linear, months, what)

    def is_flow(self, linear: Linear) -> bool:
        """Whether months simply add up."""
        return all(self.form.entry(ref).kind == "flow" for ref in linear.refs)

    @cached_property
    def _spans(self) -> "dict[tuple[Month, ...], pd.DataFrame]":
        return {tuple(self.months): self.in_order}

    def _span(self, months: Sequence[Month]) -> "pd.DataFrame":
        key = tuple(months)
        if key not in self._spans:
            self._spans[key] = self.in_order[self.in_order["period"].isin([str(month) for month in months])]
        return self._spans[key]

    def _combine(self, linear: Linear, months: Sequence[Month], what: str | None) -> dict[str, int]:
        found: dict[str, int] = {}
        for coefficient, ref in linear.terms:
            for key, value in self._values(ref, months, what).items():
                found[key] = found.get(key, linear.constant) + coefficient * value
        return found or {"": linear.constant}

    def _values(self, ref: Ref, months: Sequence[Month], what: str | None) -> dict[str, int]:
        """One line over a span, by unit or period, or (``what`` None) in all."""
        kind, name, span = self.form.entry(ref).kind, str(ref), self._span(months)
        if what is None:
            return {"": combined(span, ref, kind, months, self.office)}
        if kind == "flow" or what == "period":
            return {str(key): int(value) for key, value in span.groupby(what)[name].sum().items()}
        return {str(unit): int(value) for unit, value in of_units(span, ref, kind, months, self.office).items()}


def tables(form: Form, wide: "pd.DataFrame", months: Sequence[Month], office: Office) -> tuple[Table, ...]:
    """Every annual table of the form over the returns in force (one wide row a return).

    Sums are asserted where they are made: a table's total equals the sum of all returns.
    """
    rollup = Rollup(form, wide, months, office)
    made = tuple(_table(rollup, annual) for annual in form.edition.annual)
    for table in made:
        for n, column in enumerate(table.columns):
            if column.linear and table.rows[0].values[n] != rollup.total(column.linear, months):
                raise AssertionError(f"{table.annual.id} {column.name}: total is not the sum of the returns")
    return made


def headline(
    form: Form, wide: "pd.DataFrame", months: Sequence[Month], office: Office
) -> tuple[tuple[str, int, Quantity], ...]:
    """The figures at the head of the workbook: name, value, and what it is counted in."""
    rollup = Rollup(form, wide, months, office)
    figures = ((one.name, *headline_of(form, one)) for one in form.edition.report.headline)
    return tuple((name, rollup.total(linear, months), quantity) for name, quantity, linear in figures)


def sums(form: Form, wide: "pd.DataFrame", months: Sequence[Month], office: Office) -> Sums:
    """The city's sums of every line over the year and in each month."""
    rollup = Rollup(form, wide, months, office)
    refs = [Ref(*key) for key in form.entries]
    ordered = rollup.in_order
    periods = ordered["period"].to_list()
    starts = {month: periods.index(month) for month in dict.fromkeys(periods)}
    monthly: dict[str, dict[Ref, int]] = {month: {} for month in starts}
    year = {}
    for ref in refs:
        values = ordered[str(ref)].to_numpy("int64", na_value=0)
        for month, value in zip(starts, _from(values, list(starts.values())), strict=True):
            monthly[month][ref] = value
        flows = form.entry(ref).kind == "flow"
        year[ref] = int(values.sum()) if flows else rollup.total(Linear(((1, ref),)), months)
    return Sums(year, monthly)


def _from(values: "np.ndarray[Any, Any]", starts: list[int]) -> list[int]:
    """The sums of the values from each start to the next."""
    import numpy as np

    return [int(value) for value in np.add.reduceat(values, starts)] if starts else []


def _table(rollup: Rollup, annual: Annual) -> Table:
    if annual.rows == "lines":
        return _by_line(rollup, annual)
    if annual.rows == "codes":
        return _by_code(rollup, annual)
    columns = tuple(_columns(rollup.form, annual))
    rows = _by_month(rollup, columns) if annual.rows == "months" else _by_unit(rollup, columns)
    refs = frozenset(ref for column in columns if column.linear for ref in column.linear.refs)
    return Table(annual, columns, tuple(rows), refs)


def _columns(form: Form, annual: Annual) -> Iterator[TableColumn]:
    for column in annual.columns:
        for linear in form.expression(column.of):
            yield TableColumn(column.name or form.entry(linear.refs[0]).label, linear, form.quantity(linear))


def _by_month(rollup: Rollup, columns: tuple[TableColumn, ...]) -> Iterator[TableRow]:
    """The year, its months, its quarters."""
    months = rollup.months
    linears = tuple(column.linear for column in columns if column.linear)
    live = tuple(rollup.is_flow(linear) for linear in linears)
    monthly = [rollup.by(linear, "period", months) for linear in linears]

    def whole(kind: RowKind, label: str, inside: list[int]) -> TableRow:
        span = [months[i] for i in inside]
        values = tuple(
            sum(by.get(str(m), 0) for m in span) if flows else rollup.total(linear, span)
            for linear, by, flows in zip(linears, monthly, live, strict=True)
        )
        adds, names = tuple(i + 1 for i in inside), tuple(map(str, span))
        return TableRow(kind, label, values, adds, live, months=names, linears=linears)

    yield whole("total", "全年" if len(months) == 12 else f"1—{len(months)}月", list(range(len(months))))
    for month in months:
        values = tuple(by.get(str(month), 0) for by in monthly)
        yield TableRow("item", f"{month.month}月", values, months=(str(month),), linears=linears)
    for n, label in enumerate(QUARTERS):
        inside = [i for i, month in enumerate(months) if (month.month - 1) // 3 == n]
        if inside:
            yield whole("quarter", label, inside)


def _by_unit(rollup: Rollup, columns: tuple[TableColumn, ...]) -> Iterator[TableRow]:
    """The city, then each kind of unit with its units."""
    linears = tuple(column.linear for column in columns if column.linear)
    sums = [rollup.by(linear, "unit", rollup.months) for linear in linears]
    months = tuple(map(str, rollup.months))
    units = rollup.office.owing(months)
    rows: list[TableRow] = []
    heads: list[int] = []
    for kind in dict.fromkeys(unit.kind for unit in units):
        own = [unit for unit in units if unit.kind == kind]
        heads.append(len(rows) + 1)
        items = [_unit_row(u, tuple(by.get(u.code, 0) for by in sums), months, linears) for u in own]
        group = _sum("group", kind, items, heads[-1] + 1)
        rows += [replace(group, months=months, units=tuple(u.code for u in own), linears=linears), *items]
    total = _sum("total", "合计", [rows[head - 1] for head in heads], 1)
    yield replace(total, adds=tuple(heads), months=months, linears=linears)
    yield from rows


def _unit_row(unit: UnitRow, values: tuple[int, ...], months: tuple[str, ...], linears: tuple[Linear, ...]) -> TableRow:
    return TableRow("item", unit.short, values, months=months, units=(unit.code,), linears=linears)


def _by_code(rollup: Rollup, annual: Annual) -> Table:
    """The year's total, then a row a code of the list; each column's expression is read once a row."""
    form, months = rollup.form, tuple(map(str, rollup.months))
    valid = [code for code in form.codes[annual.codes] if any(map(code.valid, months))]
    codes = {code.code: max((c for c in valid if c.code == code.code), key=lambda c: c.valid_from) for code in valid}
    columns: list[TableColumn] = []
    sums: list[tuple[Linear, ...]] = []
    for column in annual.columns:
        for quantity, rows in by_code(form, column, list(codes)):
            name = column.name or form.entry(rows[-1].refs[0]).label
            columns.append(TableColumn(_column_name(name), None, quantity))
            sums.append(rows)
    items = []
    for code, linears in zip(codes.values(), zip(*sums, strict=True), strict=True):
        values = tuple(rollup.total(linear, rollup.months) for linear in linears)
        items.append(TableRow("item", code.name, values, months=months, linears=linears))
    total = _sum("total", "合计", items, 1)
    whole = tuple(Linear(tuple(term for linear in rows for term in linear.terms)) for rows in sums)
    refs = frozenset(ref for linear in whole for ref in linear.refs)
    return Table(annual, tuple(columns), (replace(total, months=months, linears=whole), *items), refs)


def _by_line(rollup: Rollup, annual: Annual) -> Table:
    """A row a line; the year and its quarters across."""
    form, months = rollup.form, rollup.months
    spans = {label: [m for m in months if (m.month - 1) // 3 == n] for n, label in enumerate(QUARTERS)}
    spans = {"全年": list(months), **{label: span for label, span in spans.items() if span}}
    rows = []
    for linear in form.expression(annual.lines):
        entry = form.entry(linear.refs[0])
        values = tuple(rollup.total(linear, span) for span in spans.values())
        label, across = f"{entry.label}（{form.quantity(linear).unit}）", (linear,) * len(spans)
        quantity = form.quantity(linear)
        months_of = tuple(map(str, months))
        rows.append(TableRow("item", label, values, months=months_of, linears=across, quantity=quantity))
    refs = frozenset(ref for row in rows for linear in row.linears for ref in linear.refs)
    columns = (TableColumn(label, None, SEE_ROWS, months=tuple(map(str, span))) for label, span in spans.items())
    return Table(annual, tuple(columns), tuple(rows), refs)


def _column_name(name: str) -> str:
    """The name of a matrix's column without its row."""
    return name.rpartition("·")[2]


def _sum(kind: RowKind, label: str, rows: Sequence[TableRow], first: int) -> TableRow:
    values = tuple(map(sum, zip(*(row.values for row in rows), strict=True)))
    return TableRow(kind, label, values, tuple(range(first, first + len(rows))), (True,) * len(values))
