"""From facts to tables: the annual tables as the edition defines them, with the sums that their cells show."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.periods import Month
from pipeline.table import Table, TableColumn, TableRow
from schemas.edition import Annual
from schemas.form import Form
from schemas.office import Office
from schemas.rules.judge import amounts

if TYPE_CHECKING:
    import pandas as pd

QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


def tables(form: Form, wide: "pd.DataFrame", months: list[Month], office: Office) -> tuple[Table, ...]:
    """Every annual table of the form over the returns in force (one wide row a return).

    Sums are asserted where they are made: a table's total equals the sum of all returns.
    """
    made = tuple(_table(form, annual, wide, months, office) for annual in form.edition.annual)
    for table in made:
        for n, column in enumerate(table.columns):
            whole = int(amounts(column.linear, wide).sum())
            if table.rows[0].values[n] != whole:
                raise AssertionError(f"{table.annual.id} {column.name}: {table.rows[0].values[n]} != {whole}")
    return made


def headline(form: Form, wide: "pd.DataFrame") -> tuple[tuple[str, int, str], ...]:
    """The figures at the head of the workbook: name, value, unit."""
    return tuple(
        (h.name, int(amounts(form.expression(h.of)[0], wide).sum()), h.unit) for h in form.edition.report.headline
    )


def _table(form: Form, annual: Annual, wide: "pd.DataFrame", months: list[Month], office: Office) -> Table:
    columns = tuple(_columns(form, annual))
    values = [amounts(column.linear, wide) for column in columns]
    if annual.rows == "months":
        rows = _by_month(_sums(values, wide["period"]), len(columns), months)
    else:
        rows = _by_unit(_sums(values, wide["unit"]), len(columns), months, office)
    return Table(annual, columns, tuple(rows))


def _columns(form: Form, annual: Annual) -> Iterator[TableColumn]:
    for column in annual.columns:
        for linear in form.expression(column.of):
            entry = form.entry(linear.refs[0])
            yield TableColumn(column.name or entry.label, linear, entry.unit)


def _sums(values: "list[pd.Series[int]]", by: "pd.Series[str]") -> dict[str, tuple[int, ...]]:
    """The sums of every column by month or by unit."""
    import pandas as pd

    summed = pd.concat(values, axis=1, keys=range(len(values))).groupby(by).sum()
    return {str(key): tuple(int(v) for v in row) for key, row in zip(summed.index, summed.to_numpy(), strict=True)}


def _by_month(sums: dict[str, tuple[int, ...]], width: int, months: list[Month]) -> Iterator[TableRow]:
    """The year, its months, its quarters."""
    none = (0,) * width
    items = [sums.get(str(month), none) for month in months]
    yield TableRow(
        "total",
        "全年" if len(months) == 12 else f"1—{len(months)}月",
        _add(items, width),
        tuple(range(1, len(months) + 1)),
    )
    for month, values in zip(months, items, strict=True):
        yield TableRow("item", f"{month.month}月", values, key=str(month))
    for n, label in enumerate(QUARTERS):
        inside = [i for i, month in enumerate(months) if (month.month - 1) // 3 == n]
        if inside:
            yield TableRow("quarter", label, _add([items[i] for i in inside], width), tuple(i + 1 for i in inside))


def _by_unit(sums: dict[str, tuple[int, ...]], width: int, months: list[Month], office: Office) -> Iterator[TableRow]:
    """The city, then each kind of unit with its units."""
    none = (0,) * width
    units = [u for u in office.units if any(u.valid(str(month)) for month in months)]
    kinds = list(dict.fromkeys(unit.kind for unit in units))
    rows: list[TableRow] = []
    heads: list[int] = []
    for kind in kinds:
        own = [unit for unit in units if unit.kind == kind]
        heads.append(len(rows) + 1)
        values = [sums.get(unit.code, none) for unit in own]
        rows.append(TableRow("group", kind, _add(values, width), tuple(range(heads[-1] + 1, heads[-1] + 1 + len(own)))))
        rows += [TableRow("item", u.short, v, key=u.code) for u, v in zip(own, values, strict=True)]
    yield TableRow("total", "合计", _add([rows[h - 1].values for h in heads], width), tuple(heads))
    yield from rows


def _add(rows: list[tuple[int, ...]], width: int) -> tuple[int, ...]:
    return tuple(sum(row[n] for row in rows) for n in range(width))
