"""Which charts are worth having: of every headline figure its months and its parts, of the first its units too."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from itertools import count
from operator import add

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.charts.figure import By, Figure, Point
from pipeline.outbox.publish.heads import first_row
from pipeline.tables.outcome import Outcome
from pipeline.values.table import Table
from schemas.form import Form
from schemas.rules.terms import Linear, Ref

BARS = 15  # units that have a bar of their own
Place = tuple[Table, int]  # an annual table and the number of a column


def figures(outcome: Outcome) -> list[Figure]:
    """The charts in their order, those of units last, which fill a page; none of a figure that is 0."""
    of = (headline.of for headline in outcome.form.edition.report.headline)
    found: list[Figure] = []
    for rank, expression, (name, answer, _) in zip(count(), of, outcome.headline, strict=False):
        if answer.number:
            places = list(_places(outcome, outcome.form.expression(expression)[0]))
            found += _by_month(outcome, name, places)
            found += _by_part(outcome.form, name, places)
            found += _by_unit(name, places) if rank == 0 else ()
    return sorted(found, key=lambda figure: figure.by == "units")


def total_of(outcome: Outcome, name: str) -> Point | None:
    """A headline figure itself, and the first cell of the annual tables that shows it; None where none does."""
    of = {headline.name: headline.of for headline in outcome.form.edition.report.headline}
    for table, n in _places(outcome, outcome.form.expression(of[name])[0]):
        return Point(name, table.rows[0].answers[n], _cell(table, 0, n))
    return None


def _places(outcome: Outcome, linear: Linear) -> Iterator[Place]:
    """Where the annual tables show a figure."""
    for table in outcome.tables:
        for n, column in enumerate(table.columns):
            if column.linear and set(column.linear.terms) == set(linear.terms):
                yield table, n


def _by_month(outcome: Outcome, name: str, places: list[Place]) -> Iterator[Figure]:
    growth = outcome.growth.same_months.get(name, ())
    known = sum(one.base is not None for one in growth) * 2 > len(growth)  # a month or two make no line
    called = outcome.spoken["periods"]
    for table, n in places:
        if table.annual.rows == "months" and len(outcome.months) > 1:
            figure = _figure(name, "months", f"按{called}", called, (table, n), tuple(_items(table, n)))
            yield replace(figure, last_year=tuple(c.base for c in growth), apart=growth[0].apart) if known else figure
            return


def _by_part(form: Form, name: str, places: list[Place]) -> Iterator[Figure]:
    """The parts as the tables split the figure, each way once; the largest part comes first, what is left over last."""
    seen: set[frozenset[Ref]] = set()
    for table, n in places:
        parts, rest = parts_of(table, n)
        refs = frozenset(ref for part in parts if (ref := _single(table, part)))
        if not parts or refs in seen:
            continue
        seen.add(refs)
        total = table.rows[0].answers
        points = [Point(table.columns[c].name, total[c], _cell(table, 0, c)) for c in parts if total[c].some]
        points.sort(key=lambda point: -point.value)
        if rest is not None and total[rest].number:
            points.append(Point(table.columns[rest].name, total[rest], _cell(table, 0, n), rest=True))
        if not any(point.answer.some and point.value for point in points if not point.rest):
            continue
        words = _block(form, refs)
        yield _figure(name, "parts", words or "按分项", words.removeprefix("按") or "分项", (table, n), tuple(points))


def _by_unit(name: str, places: list[Place]) -> Iterator[Figure]:
    """The units that have most, and all others together."""
    for table, n in places:
        if table.annual.rows == "units":
            there = (point for point in _items(table, n) if point.answer.some)
            ranked = sorted(there, key=lambda point: -point.value)
            points, others = ranked[:BARS], ranked[BARS:]
            if others:
                left = reduce(add, (point.answer for point in others))
                points.append(Point(f"其余{len(others)}个单位", left, _cell(table, 0, n), rest=True))
            yield _figure(name, "units", "按报送单位", "报送单位", (table, n), tuple(points))
            return


def parts_of(table: Table, n: int) -> tuple[list[int], int | None]:
    """The columns that together make column ``n``, and the column of what they leave over; none where it has no parts.

    Columns that count one line each are its parts where it is their sum, or where the table has what is left over.
    """
    own = table.columns[n].linear
    others = [c for c, column in enumerate(table.columns) if column.linear and column.linear != own]
    parts = [c for c in others if _single(table, c)]
    if not own or not parts:
        return [], None
    refs = {_single(table, c) for c in parts}
    if refs == set(own.refs) and all(times == 1 for times, _ in own.terms):
        return parts, None
    left = {*own.terms, *((-1, ref) for ref in refs)}
    rest = next((c for c in others if _terms(table, c) == left), None)
    return ([], None) if rest is None else (parts, rest)


def _terms(table: Table, column: int) -> set[tuple[int, Ref]]:
    linear = table.columns[column].linear
    return set(linear.terms) if linear and not linear.constant else set()


def _single(table: Table, column: int) -> Ref | None:
    """The line that a column counts, where it counts one alone."""
    terms = _terms(table, column)
    return next(iter(terms))[1] if len(terms) == 1 and next(iter(terms))[0] == 1 else None


def _block(form: Form, refs: frozenset[Ref]) -> str:
    """What the form calls the block of these lines, without its number: 按公开渠道."""
    for table in form.edition.tables:
        for block in table.blocks:
            if refs == set(form.expression(f"sum({table.id}.{block.id})")[0].refs):
                return block.title.rpartition("、")[2]
    return ""


def _figure(name: str, by: By, words: str, axis: str, place: Place, points: tuple[Point, ...]) -> Figure:
    column = place[0].columns[place[1]]
    return Figure(name, by, words, axis, column.quantity, points, total=place[0].rows[0].answers[place[1]])


def _items(table: Table, n: int) -> Iterator[Point]:
    for r, row in enumerate(table.rows):
        if row.kind == "item":
            yield Point(row.label, row.answers[n], _cell(table, r, n))


def _cell(table: Table, row: int, column: int) -> str:
    return f"'{table.annual.sheet}'!{xl_rowcol_to_cell(first_row(table) + row, column + 1)}"
