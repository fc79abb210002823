"""A table of the form as an annual table, as the form has it: its totals are made of what was filled in.

A matrix has its own rows and columns; a list has its lines, under their headings, by its measures.
"""

from collections.abc import Iterator, Sequence

from pipeline.tables.answers import Answers
from pipeline.values.answer import Answer
from pipeline.values.periods import Month, whole_span
from pipeline.values.table import RowKind, Table, TableColumn, TableRow
from schemas.annual import Annual
from schemas.entry import Entry
from schemas.form import Form
from schemas.quantity import Quantity
from schemas.rules.terms import Linear, Ref
from schemas.table import Table as Asked

SEE_ROWS = Quantity("见各行")  # of a column in which rows differ


def grid(answers: Answers, annual: Annual) -> Table:
    """The table of the form that an annual table names; its headings have no figures."""
    asked = next(table for table in answers.form.edition.tables if table.id == annual.table)
    if asked.shape == "list":
        return _list(answers, annual, asked)
    return _one_row(answers, annual, asked) if annual.in_one_row else _matrix(answers, annual, asked)


def _list(answers: Answers, annual: Annual, asked: Asked) -> Table:
    """A row a line; the last period and the year so far, as the form asks both, or the year alone."""
    form, months = answers.form, answers.months
    spans = _spans(form, asked, months)
    rows, section = [], ""
    for entry in form.table(asked.id):
        if entry.section and entry.section != section:
            rows.append(_heading(entry.section, len(spans), months))
        section = entry.section or section
        rows.append(_line(answers, entry, list(spans.values())))
    refs = frozenset(ref for row in rows for one in row.counts for ref in one.refs)
    columns = (TableColumn(name, None, SEE_ROWS, tuple(map(str, span)), key=name) for name, span in spans.items())
    return Table(annual, tuple(columns), tuple(rows), refs)


def _spans(form: Form, asked: Asked, months: Sequence[Month]) -> dict[str, list[Month]]:
    """What the columns of a list speak of: its last period and the year so far, where the form asks both."""
    words = form.edition.words
    if "year_to_date" not in asked.measures:
        return {words.month: list(months)}
    return {f"{words.month}（{months[-1].short}）": [months[-1]], words.year_to_date: list(months)}


def _line(answers: Answers, entry: Entry, spans: Sequence[Sequence[Month]]) -> TableRow:
    """A line of a list; of what is no flow the form asks no cumulative number."""
    form = answers.form
    linear, own = counted(form, entry), spans[: 1 + ("year_to_date" in entry.measures)]
    lacking = len(spans) - len(own)
    return TableRow(
        "total" if entry.parts else "item",
        f"{entry.name}（{entry.unit}）",
        (*(answers.of(linear, span) for span in own), *(Answer(),) * lacking),
        months=tuple(map(str, answers.months)),
        counts=(*(linear,) * len(own), *(Linear(()),) * lacking),
        quantity=entry.quantity,
        key=entry.code,
        depth=_depth(form, entry),
    )


def _heading(section: str, width: int, months: Sequence[Month]) -> TableRow:
    nothing = (Answer(),) * width
    return TableRow(
        "heading", section, nothing, months=tuple(map(str, months)), counts=(Linear(()),) * width, key=section
    )


def _depth(form: Form, entry: Entry) -> int:
    """How many lines above it a line is a part of."""
    above = form.entries.get((entry.table, entry.parent))
    return 1 + _depth(form, above) if above else 0


def _matrix(answers: Answers, annual: Annual, asked: Asked) -> Table:
    form = answers.form
    months = tuple(map(str, answers.months))
    cells = {(entry.row, entry.column): entry for entry in form.table(asked.id)}
    columns = tuple(dict.fromkeys(column for _, column in cells))
    rows = []
    depths = dict(_depths(asked))
    for code, label, heading in _rows(asked, form):
        own = [] if heading else [cells[code, column] for column in columns]
        counts = tuple(counted(form, entry) for entry in own) or (Linear(()),) * len(columns)
        values = tuple(answers.of(one) if one.terms else Answer() for one in counts)
        kind: RowKind = "heading" if heading else "total" if own[0].parts else "item"
        rows.append(TableRow(kind, label, values, months=months, counts=counts, key=code, depth=depths.get(code, 0)))
    refs = frozenset(ref for row in rows for one in row.counts for ref in one.refs)
    groups = {column.code: column.group for column in asked.columns}
    heads = (_column(column, cells, groups.get(column, "")) for column in columns)
    return Table(annual, tuple(heads), tuple(rows), refs)


def _one_row(answers: Answers, annual: Annual, asked: Asked) -> Table:
    """The cells of a matrix side by side: over each what its row is called, and what that is a part of."""
    form, months = answers.form, answers.months
    entries = form.table(asked.id)
    above = dict(_names_above(asked, form))
    counts = tuple(counted(form, entry) for entry in entries)
    columns = tuple(
        TableColumn(
            "·".join((*above[entry.row], entry.name.rpartition("·")[2])),
            linear,
            entry.quantity,
            key=entry.code,
            above=above[entry.row],
            below=entry.name.rpartition("·")[2],
        )
        for entry, linear in zip(entries, counts, strict=True)
    )
    values, span = tuple(answers.of(one) for one in counts), tuple(map(str, months))
    row = TableRow("total", whole_span(months), values, months=span, counts=counts, key="whole")
    return Table(annual, columns, (row,), frozenset(ref for one in counts for ref in one.refs))


def _names_above(asked: Asked, form: Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each row's name behind those of the rows that it is a part of."""
    known: dict[str, tuple[str, ...]] = {}
    parents = {row.code: row.parent for row in asked.own_rows}
    for code, name, _ in _rows(asked, form):
        known[code] = (*known.get(parents.get(code, ""), ()), name)
        yield code, known[code]


def counted(form: Form, entry: Entry) -> Linear:
    """A line as it is counted: a sum by what is filled in for it, whatever a return declares."""
    ref = Ref(entry.table, entry.code)
    return Linear(tuple((1, Ref(entry.table, code)) for code in form.leaves(ref)))


def _depths(asked: Asked) -> Iterator[tuple[str, int]]:
    """How many rows above it each row of its own is a part of."""
    known: dict[str, int] = {}
    for row in asked.own_rows:
        known[row.code] = known[row.parent] + 1 if row.parent else 0
        yield row.code, known[row.code]


def _rows(asked: Asked, form: Form) -> Iterator[tuple[str, str, bool]]:
    """Each row's code and name, and whether it is a heading."""
    if asked.own_rows:
        yield from ((row.code, row.name, row.heading) for row in asked.own_rows)
        return
    for row in dict.fromkeys(entry.row for entry in form.table(asked.id)):
        entry = next(entry for entry in form.table(asked.id) if entry.row == row)
        yield row, entry.name.rpartition("·")[0], False


def _column(column: str, cells: dict[tuple[str, str], Entry], group: str) -> TableColumn:
    entry = next(entry for (_, own), entry in cells.items() if own == column)
    name = entry.name.rpartition("·")[2]
    return TableColumn(name, None, entry.quantity, key=column, above=(group,) if group else ())
