"""A table of the form as an annual table, as the form has it: its totals are made of what was filled in.

A matrix has its own rows and columns; a list has its lines, under their headings, by its measures.
"""

from collections.abc import Iterator, Sequence

from pipeline.tables.answers import Answers
from pipeline.values.answer import Answer
from pipeline.values.periods import Month
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
    return _list(answers, annual, asked) if asked.shape == "list" else _matrix(answers, annual, asked)


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
