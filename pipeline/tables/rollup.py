"""From answers to tables: the annual tables as the edition defines them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import accumulate, pairwise
from operator import add

from pipeline.tables.answers import Answers
from pipeline.tables.grid import SEE_ROWS, counted, grid
from pipeline.values.answer import Answer, Why, divided
from pipeline.values.periods import Month, whole_span
from pipeline.values.table import RowKind, Table, TableColumn, TableRow
from schemas.annual import Annual, Column
from schemas.counted import ROW, by_code, headline_of
from schemas.entry import Entry
from schemas.form import Form
from schemas.quantity import Quantity
from schemas.ratios import of_all, ratios
from schemas.rules.terms import Linear, Ratio
from schemas.units import UnitRow

QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


def tables(answers: Answers) -> tuple[Table, ...]:
    """Every annual table of the form.

    Sums are asserted where they are made: a table's total equals the sum of all returns.
    """
    made = tuple(_table(answers, annual) for annual in answers.form.edition.annual)
    for table in made:
        for n, column in enumerate(table.columns):
            if column.counts and table.rows[0].answers[n] != _of(answers, column.counts):
                raise AssertionError(f"{table.annual.id} {column.name}: total is not the sum of the returns")
    return made


def headline(answers: Answers) -> tuple[tuple[str, Answer, Quantity], ...]:
    """The figures at the head of the workbook: name, figure, and what it is counted in."""
    form = answers.form
    figures = ((one.name, *headline_of(form, one)) for one in form.edition.report.headline)
    return tuple((name, answers.of(linear), quantity) for name, quantity, linear in figures)


def _table(answers: Answers, annual: Annual) -> Table:
    if annual.rows == "table":
        return grid(answers, annual)
    if annual.rows == "lines":
        return _by_line(answers, annual)
    if annual.rows == "codes":
        return _by_code(answers, annual)
    columns = tuple(_columns(answers.form, annual))
    counts = tuple(column.counts for column in columns if column.counts)
    linears = tuple(linear for one in counts for linear in _sums(one))
    rows = _by_month(answers, linears) if annual.rows == "months" else _by_unit(answers, linears)
    refs = frozenset(ref for one in counts for ref in one.refs)
    return Table(annual, columns, tuple(_counting(answers.form, row, counts) for row in rows), refs)


def _columns(form: Form, annual: Annual) -> Iterator[TableColumn]:
    for column in annual.columns:
        above = (column.group,) if column.group else ()
        if column.over:
            own = _ratio_columns(form, column, [ratio for (ratio,) in ratios(form, column)])
            yield from (replace(one, above=above) for one in own)
            continue
        for linear in form.expression(column.of):
            key = column.name or str(linear.refs[0])  # what has a name of its own may be made of other lines one day
            name = column.name or form.entry(linear.refs[0]).label
            yield TableColumn(name, linear, form.quantity(linear), key=key, above=above)


def _ratio_columns(form: Form, column: Column, own: Sequence[Ratio]) -> Iterator[TableColumn]:
    """A column of ratios by its name, or one a part, called by its line with the name behind it."""
    for ratio in own:
        label = form.entry(ratio.top.refs[0]).label if len(own) > 1 else ""
        part = _column_name(label) if ROW in column.of else label
        key = f"{ratio.top.refs[0]}/{column.over}" if part else column.name
        yield TableColumn(part + column.name, None, ratio.quantity, key=key, ratio=ratio)


def _sums(counted: Linear | Ratio) -> tuple[Linear, ...]:
    """The sums that returns are asked for."""
    return counted.sums if isinstance(counted, Ratio) else (counted,)


def _of(answers: Answers, counted: Linear | Ratio) -> Answer:
    sums = [answers.of(linear) for linear in _sums(counted)]
    return _answer(answers.form, counted, tuple(map(str, answers.months)), sums)


def _answer(form: Form, counted: Linear | Ratio, months: Sequence[str], sums: Sequence[Answer]) -> Answer:
    """What its sums come to; there is no ratio of sums over unlike months, as where one line is listed since July."""
    if not isinstance(counted, Ratio):
        return sums[0]
    answer = divided(counted, *sums)
    alike = len({_unlisted(form.entry(ref), months) for ref in counted.refs}) == 1
    return answer if alike or not answer.some else replace(answer, steps=0, some=False, why=Why.NOT_LISTED)


def _unlisted(entry: Entry, months: Sequence[str]) -> tuple[str, ...]:
    """The months that a line would be taken from and whose form had nothing of the kind."""
    taken = {"flow": months, "stock": months[-1:], "opening": months[:1]}[entry.kind]
    return tuple(month for month in taken if not entry.listed(month))


def _counting(form: Form, row: TableRow, counts: tuple[Linear | Ratio, ...]) -> TableRow:
    """A row of all sums as a row of what its columns count: a ratio is made of its own row's sums, and of no others."""
    spans = list(pairwise([0, *accumulate(len(_sums(one)) for one in counts)]))
    values = tuple(_answer(form, one, row.months, row.answers[a:b]) for one, (a, b) in zip(counts, spans, strict=True))
    live = tuple(b - a == 1 and row.live[a] for a, b in spans) if row.live else ()
    return replace(row, answers=values, live=live, counts=counts)


def quarters(months: Sequence[Month]) -> Iterator[tuple[str, list[int]]]:
    """The quarters that are over, each with the places of its months; one that is not over is none yet."""
    for n, label in enumerate(QUARTERS):
        inside = [i for i, one in enumerate(months) if one.length < 3 and (one.month - 1) // 3 == n]
        if inside and months[inside[-1]].month == 3 * n + 3:
            yield label, inside


def _by_month(answers: Answers, linears: tuple[Linear, ...]) -> Iterator[TableRow]:
    """The year, its months, its quarters."""
    months = answers.months
    flows = tuple(all(answers.form.entry(ref).kind == "flow" for ref in linear.refs) for linear in linears)
    monthly = [answers.by(linear, "period") for linear in linears]

    def whole(kind: RowKind, label: str, inside: list[int]) -> TableRow:
        span = [months[i] for i in inside]
        values = tuple(answers.of(linear, span) for linear in linears)
        adds, names = tuple(i + 1 for i in inside), tuple(map(str, span))
        return TableRow(kind, label, values, adds, flows, months=names, key=label)

    yield whole("total", whole_span(months), list(range(len(months))))
    for month in months if months[0].length < 12 else ():
        values = tuple(by[str(month)] for by in monthly)
        yield TableRow("item", month.short, values, months=(str(month),), key=str(month))
    for label, inside in quarters(months):
        yield whole("quarter", label, inside)


def _by_unit(answers: Answers, linears: tuple[Linear, ...]) -> Iterator[TableRow]:
    """The city, then each kind of unit with its units."""
    sums = [answers.by(linear, "unit") for linear in linears]
    months = tuple(map(str, answers.months))
    units = answers.office.owing(months)
    rows: list[TableRow] = []
    heads: list[int] = []
    for kind in dict.fromkeys(unit.kind for unit in units):
        own = [unit for unit in units if unit.kind == kind]
        heads.append(len(rows) + 1)
        items = [_unit_row(u, tuple(by.get(u.code, Answer()) for by in sums), months) for u in own]
        if answers.office.settings.units_by_size:
            items.sort(key=_smaller)
        group = _sum("group", kind, items, heads[-1] + 1)
        rows += [replace(group, months=months, units=tuple(u.code for u in own)), *items]
    total = _sum("total", "合计", [rows[head - 1] for head in heads], 1)
    yield replace(total, adds=tuple(heads), months=months)
    yield from rows


def _smaller(row: TableRow) -> tuple[bool, int]:
    """The order of size, largest first; who has no number comes last."""
    first = row.answers[0]
    return not first.some, -first.steps


def _unit_row(unit: UnitRow, values: tuple[Answer, ...], months: tuple[str, ...]) -> TableRow:
    return TableRow("item", unit.short, values, months=months, units=(unit.code,), key=unit.code)


def _by_code(answers: Answers, annual: Annual) -> Table:
    """The year's total, then a row a code of the list; each column's expression is read once a row."""
    form, months = answers.form, tuple(map(str, answers.months))
    valid = [code for code in form.codes[annual.codes] if any(map(code.valid, months))]
    codes = {code.code: max((c for c in valid if c.code == code.code), key=lambda c: c.valid_from) for code in valid}
    made = [one for column in annual.columns for one in _code_columns(form, column, list(codes))]
    items = []
    for code, counts in zip(codes.values(), zip(*(rows for *_, rows in made), strict=True), strict=True):
        values = tuple(_of(answers, one) for one in counts)
        items.append(TableRow("item", code.name, values, months=months, counts=counts, key=code.code))
    whole = tuple(one for _, one, _ in made)
    values, adds = tuple(_of(answers, one) for one in whole), tuple(range(1, len(items) + 1))
    live = tuple(not isinstance(one, Ratio) for one in whole)
    total = TableRow("total", "合计", values, adds, live, months=months, counts=whole, key="合计")
    refs = frozenset(ref for one in whole for ref in one.refs)
    return Table(annual, tuple(column for column, *_ in made), (total, *items), refs)


def _code_columns(
    form: Form, column: Column, codes: Sequence[str]
) -> Iterator[tuple[TableColumn, Linear | Ratio, Sequence[Linear | Ratio]]]:
    """The columns of a table by codes, each with what it counts in all rows together and in each."""
    if column.over:
        every = ratios(form, column, codes)
        whole = [of_all(column, rows) for rows in every]
        yield from zip(_ratio_columns(form, column, whole), whole, every, strict=True)
        return
    for quantity, sums in by_code(form, column, codes):
        name = _column_name(column.name or form.entry(sums[-1].refs[0]).label)
        total = Linear(tuple(term for linear in sums for term in linear.terms))
        above = (column.group,) if column.group else ()
        yield TableColumn(name, None, quantity, key=f"{column.of}#{name}", above=above), total, sums


def _by_line(answers: Answers, annual: Annual) -> Table:
    """A row a line; the year and its quarters across."""
    form, months = answers.form, answers.months
    spans = {whole_span(months): list(months)}
    spans |= {label: [months[i] for i in inside] for label, inside in quarters(months)}
    rows = []
    for linear in form.expression(annual.lines):
        entry = form.entry(linear.refs[0])
        linear = counted(form, entry) if entry.column else linear  # noqa: PLW2901  # a sum by its parts
        values = tuple(answers.of(linear, span) for span in spans.values())
        label, across = f"{entry.label}（{form.quantity(linear).unit}）", (linear,) * len(spans)
        quantity = form.quantity(linear)
        months_of = tuple(map(str, months))
        key = str(linear.refs[0])
        rows.append(TableRow("item", label, values, months=months_of, counts=across, quantity=quantity, key=key))
    refs = frozenset(ref for row in rows for one in row.counts for ref in one.refs)
    columns = (
        TableColumn(label, None, SEE_ROWS, months=tuple(map(str, span)), key=label) for label, span in spans.items()
    )
    return Table(annual, tuple(columns), tuple(rows), refs)


def _column_name(name: str) -> str:
    """The name of a matrix's column without its row."""
    return name.rpartition("·")[2]


def _sum(kind: RowKind, label: str, rows: Sequence[TableRow], first: int) -> TableRow:
    values = tuple(reduce(add, column, Answer()) for column in zip(*(row.answers for row in rows), strict=True))
    return TableRow(kind, label, values, tuple(range(first, first + len(rows))), (True,) * len(values), key=label)
