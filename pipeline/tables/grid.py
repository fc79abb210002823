"""A matrix of the form as an annual table: its own rows and columns, its totals made of what was filled in."""

from collections.abc import Iterator

from pipeline.tables.answers import Answers
from pipeline.values.answer import Answer
from pipeline.values.table import RowKind, Table, TableColumn, TableRow
from schemas.annual import Annual
from schemas.entry import Entry
from schemas.form import Form
from schemas.rules.terms import Linear, Ref
from schemas.table import Table as Asked


def grid(answers: Answers, annual: Annual) -> Table:
    """The matrix that an annual table names, as its form has it; its headings have no figures."""
    form = answers.form
    asked = next(table for table in form.edition.tables if table.id == annual.table)
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
    return Table(annual, tuple(_column(column, cells) for column in columns), tuple(rows), refs)


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


def _column(column: str, cells: dict[tuple[str, str], Entry]) -> TableColumn:
    entry = next(entry for (_, own), entry in cells.items() if own == column)
    return TableColumn(entry.name.rpartition("·")[2], None, entry.quantity, key=column)
